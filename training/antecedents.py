"""Fit the weights of whom a pronoun stands for (data/actors/antecedents.tsv), on our own corpus.

    python training/antecedents.py describe CACHE FILE...  # labelled pronouns of corpus files
    python training/antecedents.py choose CACHE...         # five folds, to choose PENALTY
    python training/antecedents.py fit CACHE...            # writes src/dateline/data/actors/antecedents.tsv
    python training/antecedents.py score CACHE...          # how often the written weights are right

Give ``describe`` files to learn from: those numbered 09 are for choosing, those numbered 10 the test. The
labels tell whom a pronoun means by code and sector; whoever has both is right. "Its" and "their" are no
parties: they are right if they have the code of what is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from choices import Row, command

from dateline.evaluate import actors, corpus
from dateline.extract import antecedents, fitting, identity
from dateline.extract.cast import Cast
from dateline.extract.reading import Readings
from dateline.extract.states import Key
from dateline.parse import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

TARGET = Path(__file__).parents[1] / "src" / "dateline" / "data" / "actors" / "antecedents.tsv"
RIGHT = "right"
Means = tuple[str | None, str | None]  # code and sector; no sector where it plays no part


def rows(item: corpus.Item) -> Iterator[Row]:
    """Yield the labelled pronouns with everybody they may stand for."""
    paragraphs, cast, readings, asked = fitting.pronouns(item.report)
    wanted = dict(_wanted(item, paragraphs))
    for key, found in dict(asked).items():
        if key not in wanted:
            continue
        code, sector = wanted[key]
        yield {
            "item": item.id,
            "right": RIGHT if code is not None else None,
            "candidates": [
                [RIGHT if _is_right(_who(chain, cast, readings), code, sector) else chain, list(names)]
                for chain, names in found
            ],
        }


def _wanted(item: corpus.Item, paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[Key, Means]]:
    """Yield the pronouns whose code a label tells: parties, and owners of parties."""
    for named in actors.parties(item):
        found = actors.head_of(named.span, paragraphs)
        if found is None or len(named.codes) > 1:
            continue
        paragraph, head = found
        code, sector = next(iter(named.codes), None), next(iter(named.sectors), None)
        for word in (head, *_owners(head)):
            if word.lower_ in antecedents.FORMS and (word is head or code is not None):
                yield (paragraph.number, word.i), (code, sector if word is head else None)


def _owners(head: Token) -> list[Token]:
    return [word for word in head.lefts if word.dep_ == "poss"]


def _who(chain: str, cast: Cast, readings: Readings) -> Means:
    """Return code and sector of a chain by its first phrase that is no pronoun."""
    keys = [key for key in cast.phrases.get(chain, ()) if key in cast.actors]
    named = [key for key in keys if key in cast.words] or keys
    if not named:
        return None, None
    actor = identity.judged(cast.actors[named[0]], named[0], cast, readings)
    return actor.code, actor.sector


def _is_right(who: Means, code: str | None, sector: str | None) -> bool:
    alike = sector is None or who[1] is None or who[1] == sector
    return code is not None and who[0] == code and alike


if __name__ == "__main__":
    command(__doc__, rows, TARGET, antecedents.weights)
