"""Two names for one actor side by side: "Olsi Jazexhi, an Albanian historian" is whoever the surer one says.

:func:`share` is asked by :mod:`.actors` when the words of a sentence have been resolved one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract import phrases, syntax
from dateline.extract.cast import weakly
from dateline.extract.coreference import Memory
from dateline.extract.states import Key
from dateline.parse import Paragraph
from dateline.records import ActorRef

if TYPE_CHECKING:
    from spacy.tokens import Token


def share(
    paragraph: Paragraph, tokens: Iterable[Token], actors: MutableMapping[Key, ActorRef],
    chains: MutableMapping[Key, str], memory: Memory,
) -> None:  # fmt: skip
    """Give each name in a sentence the code of what stands beside it, or the other way round.

    ``actors`` and ``chains`` (who is meant, and the key of the referent) are by head token; both they and the
    memory learn what is found.
    """
    number = paragraph.number
    for token in tokens:
        described = actors.get((number, _whole(token).i))
        beside = [token.head] if token.dep_ == "appos" else []
        for named in (*beside, phrases.before_comma(token)):
            name = actors.get((number, named.i)) if named is not None else None
            if named is None or name is None or described is None:
                continue
            if _is_surer(described, name):
                known, giver, place = name, described, named
            elif _is_surer(name, described):
                known, giver, place = described, name, token
            else:
                break
            weak = weakly(giver)
            why = (*known.why, "apposition", *([weak] if weak else ()))
            actors[number, place.i] = replace(known, code=giver.code, sector=giver.sector, why=why)
            if (number, place.i) in chains:
                memory.learn(chains[number, place.i], giver.code, giver.sector, weak)
            break


def _is_surer(one: ActorRef, other: ActorRef) -> bool:
    """Tell whether ``one`` tells the code of two words for the same actor."""
    if one.code is None:
        return False
    named = any(w.startswith("gazetteer") for w in one.why)
    return other.code is None or ("setting" in other.why and named)


def _whole(token: Token) -> Token:
    """Return whom a phrase like "one of the nine skippers" is about."""
    of = (noun for prep, noun in syntax.prepositions(token) if prep == "of")
    return next(of, token) if token.lower_ == "one" else token
