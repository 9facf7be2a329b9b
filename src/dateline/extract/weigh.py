"""Which acts are kept: what the tables found, weighed against what the network reads.

The tables say *why* (a row, its pattern, its example) and know idioms; the network has read the whole
sentence and knows when "attack" is a goal and "hit" a storm. Where both see an act of one type it stands;
where the network is sure that there is none, it falls; where the network sees another type, or an act at
a word for which no row fits, the network is followed if it is sure enough. The weights are a logistic
regression on the corpus files numbered 09, which the network was not fitted to (``training/weights.py``).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from dateline import model
from dateline.extract import syntax
from dateline.extract.parties import log_odds
from dateline.extract.reading import Readings
from dateline.extract.realis import Judgement
from dateline.extract.recode import Act
from dateline.extract.triggers import Hit
from dateline.lexicon import DEFAULT_SLOTS, Slots, Trigger
from dateline.parse import Paragraph
from dateline.records import Realis

if TYPE_CHECKING:
    from spacy.tokens import Token

# A sign's weight in the logarithm of the odds that an act stands; "always" is what no sign leaves.
WEIGHTS = {
    "own type": 0.58,  # the network's log odds of this type at any word of the trigger
    "any act": 0.05,  # and of any type at all
    "elsewhere": 0.07,  # and of any act at the likeliest other word of the report
    "a row": 1.08,
    "specific row": 0.06,  # how much the row's pattern asks for, at most 2
    "a code": 0.23,  # one of the parties is identified
    "a party": 0.16,  # there is one at all
    "always": -1.2,
}
LEAST = -0.2  # odds from which on an act stands; F1 is flat from -1.0 to 0, precision is not (files 09)
REPLACE = 0.5  # the network's own type replaces that of a row from this probability on
PROPOSE = 0.2  # less probable acts of the network alone are not even weighed
ABOUT, HALF_ABOUT = 0.4, 0.12  # a context holds from here on: the network alone, with a word's support
SURE_OF_NOT = 0.95  # and from here on that of an explicit negation
SURE_OF_WORD = 0.95  # and from here on "actual" replaces that of any other word that marks it, "perhaps"
SURE_OF_DENIAL = 0.95  # and from here on that something did not happen which nothing in the sentence denies
SURE = 0.8  # the network's realis replaces that of the rules from here on
NO_PATTERN: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """An act the network sees: its token, type and probability."""

    token: Token
    event: str
    chance: float


def proposals(paragraph: Paragraph, kept: Sequence[Act], readings: Readings) -> list[Hit]:
    """Return hits for the acts that the network sees where none of that type is kept already."""
    return [_hit(s) for s in _seen(paragraph, readings) if not any(_is_told(s, act) for act in kept)]


def _is_told(seen: Seen, act: Act) -> bool:
    """Tell whether an act is the one seen: at the same word, or of the same type at another of its words.

    A verb whose object is an act of its type tells no other: "*conducted* patrols".
    """
    place = seen.token.i
    if act.event == seen.event and syntax.is_verbal(seen.token) and _governs(seen.token, act.hit.token):
        return True
    return place == act.hit.token.i or (act.event == seen.event and place in _words(act.hit))


def _governs(verb: Token, noun: Token) -> bool:
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.pos_ == "NOUN" and noun.dep_ in ("dobj", "pobj", "nsubjpass") and above.i == verb.i


def _seen(paragraph: Paragraph, readings: Readings) -> Iterator[Seen]:
    for token in paragraph.doc:
        event, likely = readings.act(paragraph, token)
        if event != model.NONE and likely >= PROPOSE and not token.is_punct:
            yield Seen(token, event, likely)


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


def chance(paragraph: Paragraph, hit: Hit, readings: Readings) -> float:
    """Return how probable the network finds an act of the hit's type at any of its words."""
    return max(readings.chance(paragraph, i, hit.row.event) for i in _words(hit))


def weighed(paragraph: Paragraph, act: Act, readings: Readings) -> Act | None:
    """Return an act as the network lets it stand: as it is, with another type, or not at all."""
    if not readings.knows(paragraph, act.hit.token):
        return act
    sight = _sight(paragraph, act, readings)
    event, likely = readings.act(paragraph, act.hit.token)
    other = event not in (model.NONE, act.event) and likely >= REPLACE and not _is_expected(act, event)
    if other and sight.own >= REPLACE:
        act = replace(act, hit=replace(act.hit, token=sight.word))  # two acts: "ordered the release"
    elif other and sight.own < likely:
        return _judged(paragraph, _typed(paragraph, _turned(act, event), readings), readings)
    if odds(act, sight) < LEAST:
        return None
    return _judged(paragraph, act if act.mode else _typed(paragraph, act, readings), readings)


def _is_expected(act: Act, event: str) -> bool:
    """Tell "is expected to meet", a meeting that may be, from "will meet", which is agreed."""
    return (act.event, event) == ("CONSULT", "AGREE") and act.judgement.realis == "hypothetical"


def _turned(act: Act, event: str) -> Act:
    return replace(act, event=event, why=(*act.why, f"network:{event}"))


@dataclass(frozen=True, slots=True)
class Sight:
    """What the network sees of an act: how probable its type and any type are at its words, and at which.

    ``elsewhere``: how probable any type is at the likeliest other word of the report.
    """

    word: Token
    own: float
    any_act: float
    elsewhere: float


def _sight(paragraph: Paragraph, act: Act, readings: Readings) -> Sight:
    words = _words(act.hit)
    own, place = max((readings.chance(paragraph, i, act.event), -i) for i in words)
    any_act = max(readings.any_act(paragraph, i) for i in words)
    return Sight(act.hit.token.doc[-place], own, any_act, readings.act_elsewhere(paragraph, words))


def odds(act: Act, sight: Sight) -> float:
    """Return the logarithm of the odds that an act stands."""
    return sum(WEIGHTS[sign] * value for sign, value in signs(act, sight).items())


def signs(act: Act, sight: Sight) -> dict[str, float]:
    """Return what speaks for an act: each sign and how strongly it is given."""
    row = act.hit.row
    return {
        "own type": log_odds(sight.own),
        "any act": log_odds(sight.any_act),
        "elsewhere": log_odds(sight.elsewhere),
        "a row": float(not row.id.startswith("network:")),
        "specific row": min(row.specificity, 2.0),
        "a code": float(any(a.code for a in (*act.actor, *act.recipient))),
        "a party": float(bool(act.actor or act.recipient)),
        "always": 1.0,
    }


def contexts(by_words: Container[str], chances: Mapping[str, float]) -> tuple[str, ...]:
    """Return what a sentence is about: what the network says, or half says where a word agrees."""
    return tuple(
        sorted(c for c, chance in chances.items() if chance >= (HALF_ABOUT if c in by_words else ABOUT))
    )


def _judged(paragraph: Paragraph, act: Act, readings: Readings) -> Act:
    """Take the network's word on whether it happened where it is sure; surest where there is a "not".

    A refusal has its "not" in its type: "would not stop" is a REJECT that did happen.
    """
    realis, likely = readings.realis(paragraph, act.hit.token)
    found = act.judgement.realis
    refused = act.event == "REJECT" and (found, realis) == ("negated", "actual")
    if realis == found or likely < (0.0 if refused else _least(act.judgement, realis)):
        return act
    judgement = Judgement(cast("Realis", realis), (*act.judgement.why, f"network:{realis}"))
    return replace(act, judgement=judgement)


def _least(ruled: Judgement, realis: str) -> float:
    """Return how sure the network must be to replace what the rules found."""
    if ruled.realis == "negated":
        return SURE_OF_NOT
    if realis == "actual" or (ruled.realis == "actual" and ruled.why):
        return SURE_OF_WORD  # a word of the sentence says otherwise
    return SURE_OF_DENIAL if realis == "negated" else SURE


def _typed(paragraph: Paragraph, act: Act, readings: Readings) -> Act:
    """Give an act without a mode of its own the network's."""
    return replace(act, mode=readings.mode(paragraph, act.hit.token, act.event))


def _words(hit: Hit) -> frozenset[int]:
    """Return the words a trigger consists of: its head, what its row used up, its light verb."""
    support = {hit.support.i} if hit.support is not None else set()
    return frozenset({hit.token.i, *hit.used, *support})
