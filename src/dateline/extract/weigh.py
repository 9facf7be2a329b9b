"""Which acts are kept: what the tables found, weighed against what the network reads.

The tables say *why* (a row, its pattern, its example) and know idioms; the network has read the whole
sentence and knows when "attack" is a goal and "hit" a storm. Where both see an act of one type it stands;
where the network is sure that there is none, it falls; where the network sees another type, or an act at
a word for which no row fits, the network is followed if it is sure enough. The thresholds were chosen on
the corpus files numbered 09 (``docs/evaluation.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from dateline import model
from dateline.extract import syntax
from dateline.extract.reading import Readings
from dateline.extract.realis import Judgement
from dateline.extract.recode import Act
from dateline.extract.triggers import Hit
from dateline.lexicon import DEFAULT_SLOTS, Slots, Trigger
from dateline.parse import Paragraph
from dateline.records import Realis

if TYPE_CHECKING:
    from spacy.tokens import Token

# An act of the tables stands if the network gives its type at least this; a fuller pattern needs less.
KEEP = 0.25
KEEP_SPECIFIC = 0.10
# The network's own type replaces that of a row, and its own act is taken, from here on.
REPLACE = 0.5
PROPOSE = 0.5
SURE = 0.8  # the network's realis replaces that of the rules from here on
NO_PATTERN: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """An act the network sees: its token, type and probability."""

    token: Token
    event: str
    chance: float


def proposals(paragraph: Paragraph, hits: Iterable[Hit], readings: Readings) -> list[Hit]:
    """Return hits for the acts that the network sees at words where no row fits."""
    covered = {i for hit in hits for i in _words(hit)}
    seen = sorted(_seen(paragraph, readings), key=lambda s: s.token.i)
    return [_hit(s) for s in seen if s.token.i not in covered]


def _seen(paragraph: Paragraph, readings: Readings) -> Iterator[Seen]:
    for token in paragraph.doc:
        event, chance = readings.act(paragraph, token)
        if event != model.NONE and chance >= PROPOSE and not token.is_punct:
            yield Seen(token, event, chance)


def _hit(seen: Seen) -> Hit:
    """Make a hit without a row of the tables: default slots, the type the network gives."""
    kind: Literal["verb", "noun"] = "verb" if syntax.is_verbal(seen.token) else "noun"
    actor, recipient = (Slots.parse(cell) for cell in DEFAULT_SLOTS[kind])
    row = Trigger(
        id=f"network:{seen.event}", pos=kind, lemmas=frozenset({seen.token.lemma_.lower()}),
        particle=NO_PATTERN, object=NO_PATTERN, prep=NO_PATTERN, prep_object=NO_PATTERN, clause=NO_PATTERN,
        modifier=NO_PATTERN, event=seen.event, mode=None, cameo="", actor=actor, recipient=recipient,
        example="",
    )  # fmt: skip
    return Hit(seen.token, row, frozenset())


def weighed(paragraph: Paragraph, act: Act, readings: Readings) -> Act | None:
    """Return an act as the network lets it stand: as it is, with another type, or not at all."""
    words = _words(act.hit)
    own = max((readings.chance(paragraph, i, act.event) for i in words), default=0.0)
    least = KEEP_SPECIFIC if act.hit.row.specificity >= 1 else KEEP
    event, chance = max(
        (readings.act(paragraph, act.hit.token.doc[i]) for i in words),
        key=lambda pair: (pair[0] != model.NONE, pair[1]),
    )
    if event not in (model.NONE, act.event) and chance >= REPLACE and own < chance:
        act = _typed(paragraph, replace(act, event=event, why=(*act.why, f"network:{event}")), readings)
    elif own < least:
        return None
    elif act.mode is None:
        act = _typed(paragraph, act, readings)
    return _judged(paragraph, act, readings)


def _judged(paragraph: Paragraph, act: Act, readings: Readings) -> Act:
    """Take the network's word on whether it happened where it is sure."""
    realis, chance = readings.realis(paragraph, act.hit.token)
    if realis == act.judgement.realis or chance < SURE:
        return act
    judgement = Judgement(cast("Realis", realis), (*act.judgement.why, f"network:{realis}"))
    return replace(act, judgement=judgement)


def _typed(paragraph: Paragraph, act: Act, readings: Readings) -> Act:
    """Give an act without a mode of its own the network's."""
    return replace(act, mode=readings.mode(paragraph, act.hit.token, act.event))


def _words(hit: Hit) -> frozenset[int]:
    """Return the words a trigger consists of: its head, what its row used up, its light verb."""
    support = {hit.support.i} if hit.support is not None else set()
    return frozenset({hit.token.i, *hit.used, *support})
