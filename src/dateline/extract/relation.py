"""Which relation holds between two given stretches of a sentence, source first.

The whole coder finds actors itself; this door is for those who have them already (a coded pair, a
gold set). Three readers judge: :func:`by_lexicon` scores every trigger of the sentence by how well its
parties fit the pair; the network (:mod:`dateline.model`) reads the sentence with the pair marked, and
once more as it reads every sentence, word by word. :func:`relate` weighs them together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline import model, parse
from dateline.extract import realis, recode, syntax, triggers
from dateline.extract.actors import find_actors
from dateline.extract.cast import Cast
from dateline.extract.parties import log_odds
from dateline.extract.standing import Standing
from dateline.extract.triggers import Hit
from dateline.gazetteer import gazetteer
from dateline.lexicon import Lexicon, lexicon
from dateline.parse import Paragraph
from dateline.records import Report, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[int, int]

# How much each sign counts; chosen on a part of the PLV training set (docs/evaluation.md).
WEIGHTS = {
    "actor is source": 3.0,
    "recipient is target": 2.5,
    "actor is target": -1.0,
    "recipient is source": -1.0,
    "on the path": 1.5,
    "between": 0.75,
    "main clause": 0.5,
    "under a cue": 0.25,
    "specific row": 0.25,
    "inside a party": -1.5,
    "far": -0.5,
}


# Each reader's part in the joint judgement; chosen on the same part.
SHARES = {"lexicon": 0.1, "marked": 0.8, "words": 0.1}
# What speaks for no relation in this direction, in the logarithm of the odds: a regression on the choosing
# part, each pair both ways.
NO_RELATION = {"none, marked": 0.45, "acts this way": -0.45, "acts the other way": 0.64, "always": -0.25}
LEAST_NONE = 0.0
MUTUAL = 0.7  # what a target counts that is linked as an actor too
BESIDE = 0.15  # what an act counts that the words of the pair are not linked to


@dataclass(frozen=True, slots=True)
class Relation:
    """The best event type for a pair, its mode, the trigger, and the score of every type.

    ``holds`` is false where the readers see no relation in this direction; ``event`` is then the least
    unlikely type.
    """

    event: str | None
    mode: str | None
    trigger: Span | None
    scores: dict[str, float]
    why: tuple[str, ...]
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network sees of a pair: types with the pair marked, types word by word, no relation or not."""

    marked: dict[str, float]
    words: dict[str, float]
    holds: bool


def relate(report: Report, source: Range, target: Range) -> Relation:
    """Return the relation between two character ranges of ``report.text``, by lexicon and network."""
    return weigh(by_lexicon(report, source, target), by_network([(report.text, source, target)])[0])


def by_network(rows: Sequence[tuple[str, Range, Range]]) -> list[Seen]:
    """Return what the network sees in rows of (text, source, target)."""
    marked = [_marked(*row) for row in rows]
    network = model.network()
    readings = network.read_each([words for words, _ in marked])
    relations = network.relations(marked)
    return [
        _seen(reading, relation, pair)
        for reading, relation, (_, pair) in zip(readings, relations, marked, strict=True)
    ]


def _marked(text: str, source: Range, target: Range) -> tuple[list[str], tuple[Range, Range]]:
    """Cut a text into words and turn the character ranges of a pair into word ranges."""
    words = parse.words(text)
    return [word for word, _ in words], (_words_in(words, source), _words_in(words, target))


def _words_in(words: list[tuple[str, int]], span: Range) -> Range:
    inside = [n for n, (word, at) in enumerate(words) if at < span[1] and span[0] < at + len(word)]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A word as the centre of an act between a pair: its types, its links to source and target."""

    chances: dict[str, float]
    source: float
    target: float
    mutual: float

    @property
    def strength(self) -> float:
        """How surely there is an act here that the source does to the target, or both do."""
        return (1 - self.chances[model.NONE]) * self.source * max(self.target, self.mutual)


def _anchors(reading: model.Reading, source: Range, target: Range) -> list[_Anchor]:
    labels = model.network().labels
    links = dict(zip(labels["link"], reading.links, strict=True))
    return [
        _Anchor(
            dict(zip(labels["event"], row, strict=True)),
            float(links["actor"][n][slice(*source)].max(initial=0.0)),
            float(links["recipient"][n][slice(*target)].max(initial=0.0)),
            float(links["actor"][n][slice(*target)].max(initial=0.0)),
        )
        for n, row in enumerate(reading.event.tolist())
    ]


def _seen(reading: model.Reading, relation: dict[str, float], pair: tuple[Range, Range]) -> Seen:
    anchors, turned = _anchors(reading, *pair), _anchors(reading, *reversed(pair))
    signs = {
        "none, marked": log_odds(relation[model.NONE]),
        "acts this way": log_odds(max((a.strength for a in anchors), default=0.0)),
        "acts the other way": log_odds(max((a.strength for a in turned), default=0.0)),
        "always": 1.0,
    }
    holds = sum(NO_RELATION[sign] * value for sign, value in signs.items()) < LEAST_NONE
    words = dict.fromkeys(relation, 0.0)
    for anchor in anchors:
        links = (BESIDE + anchor.source) * (BESIDE + max(anchor.target, MUTUAL * anchor.mutual))
        for event, chance in anchor.chances.items():
            words[event] = max(words[event], chance * links)
    return Seen(relation, words, holds)


def weigh(lexical: Relation, seen: Seen) -> Relation:
    """Join all readers' judgements; ``scores`` of the result add up to one."""
    readers = {
        "lexicon": _shares(lexical.scores),
        "marked": _without_none(seen.marked),
        "words": _without_none(seen.words),
    }
    total = sum(SHARES[name] for name, shares in readers.items() if shares)
    scores = {
        event: sum(SHARES[name] * shares.get(event, 0.0) for name, shares in readers.items()) / total
        for event in sorted(readers["marked"])
    }
    best = max(scores, key=lambda e: (scores[e], e))
    why = (*lexical.why, f"network:{max(seen.marked, key=lambda e: (seen.marked[e], e))}")
    if best != lexical.event:
        return Relation(best, None, None, scores, why, seen.holds)
    return Relation(best, lexical.mode, lexical.trigger, scores, why, seen.holds)


def _without_none(chances: dict[str, float]) -> dict[str, float]:
    """Return types' probabilities as shares of one, without that of no act."""
    total = sum(p for event, p in chances.items() if event != model.NONE)
    return {event: p / total for event, p in chances.items() if event != model.NONE} if total else {}


def _shares(scores: dict[str, float]) -> dict[str, float]:
    """Turn the lexicon's scores into shares of one."""
    weights = {event: math.exp(score) for event, score in scores.items()}
    return {event: weight / sum(weights.values()) for event, weight in weights.items()}


def by_lexicon(report: Report, source: tuple[int, int], target: tuple[int, int]) -> Relation:
    """Return the relation between two character ranges of ``report.text`` from lexicon and parse alone."""
    paragraphs = parse.read(report)
    words = lexicon(report.language)
    cast = find_actors(paragraphs, gazetteer(), words)
    found: list[tuple[float, recode.Act, Paragraph]] = []
    for paragraph in paragraphs:
        pair = _tokens(paragraph, source), _tokens(paragraph, target)
        for hit in triggers.find_triggers(paragraph, cast, words):
            act = recode.recoded(
                recode.Act(hit, hit.row.event, hit.row.mode, (), (), realis.judge(hit, words))
            )
            found.append((_fit(hit, paragraph, cast, words, *pair), act, paragraph))
    return _best(found)


def _best(found: list[tuple[float, recode.Act, Paragraph]]) -> Relation:
    if not found:
        return Relation(None, None, None, {}, ("no trigger",))
    scores: dict[str, float] = defaultdict(float)
    for score, act, _ in found:
        scores[act.event] = max(scores.get(act.event, -99.0), score)
    score, act, paragraph = max(found, key=lambda f: (f[0], -f[1].hit.token.i))
    why = (f"trigger:{act.hit.row.id}", *act.why, *act.judgement.why)
    return Relation(act.event, act.mode, paragraph.span(act.hit.token), dict(scores), why)


def _tokens(paragraph: Paragraph, bounds: tuple[int, int]) -> frozenset[int]:
    start, end = bounds
    inside = []
    for token in paragraph.doc:
        first, last = paragraph.view.to_stored(token.idx, token.idx + len(token.text))
        if first < end and start < last:
            inside.append(token.i)
    return frozenset(inside)


def _fit(
    hit: Hit, paragraph: Paragraph, cast: Cast, words: Lexicon, source: frozenset[int], target: frozenset[int]
) -> float:
    signs = _signs(hit, paragraph, cast, words, source, target)
    return sum(WEIGHTS[sign] for sign in signs)


def _signs(
    hit: Hit, paragraph: Paragraph, cast: Cast, words: Lexicon, source: frozenset[int], target: frozenset[int]
) -> list[str]:
    standing = Standing(hit, paragraph, cast, lambda _: None, lambda _: None)
    actors, recipients = standing.heads(hit.row.actor), standing.heads(hit.row.recipient)
    reciprocal = not hit.row.recipient.alternatives
    signs = []
    if _meets(actors, source):
        signs.append("actor is source")
    if _meets(recipients, target) or (reciprocal and _meets(actors, target)):
        signs.append("recipient is target")
    elif not reciprocal and _meets(actors, target):
        signs.append("actor is target")
    if not reciprocal and _meets(recipients, source):
        signs.append("recipient is source")
    position = hit.token.i
    if position in source or position in target:
        signs.append("inside a party")
    elif _between(position, source, target):
        signs.append("between")
    if position in _path(paragraph, source, target):
        signs.append("on the path")
    if hit.token.dep_ == "ROOT":
        signs.append("main clause")
    elif ("verb", hit.token.head.lemma_.lower()) in words.cues and hit.token.dep_ == "ccomp":
        signs.append("under a cue")
    if hit.row.specificity:
        signs.append("specific row")
    if min((abs(position - i) for i in source | target), default=0) > 15:
        signs.append("far")
    return signs


def _meets(heads: list[Token], party: frozenset[int]) -> bool:
    """Tell whether a slot names the party: its head lies in it, or its phrase does."""
    for head in heads:
        start, end = syntax.phrase_bounds(head)
        if head.i in party or any(i in party for i in range(start, end)):
            return True
    return False


def _between(position: int, source: frozenset[int], target: frozenset[int]) -> bool:
    if not source or not target:
        return False
    return min(*source, *target) <= position <= max(*source, *target)


def _path(paragraph: Paragraph, source: frozenset[int], target: frozenset[int]) -> frozenset[int]:
    """Return the tokens on the dependency path between the heads of the two parties."""
    if not source or not target:
        return frozenset()
    one, other = (_chain(paragraph.doc[_head(paragraph, party)]) for party in (source, target))
    shared = [i for i in one if i in set(other)]
    meeting = shared[0] if shared else None
    ups = [c[: c.index(meeting)] if meeting in c else c for c in (one, other)]
    return frozenset([*ups[0], *ups[1], *([meeting] if meeting is not None else [])])


def _head(paragraph: Paragraph, party: frozenset[int]) -> int:
    """Return the token of a party whose head lies outside it."""
    for i in sorted(party):
        if paragraph.doc[i].head.i not in party or paragraph.doc[i].head.i == i:
            return i
    return min(party)


def _chain(token: Token) -> list[int]:
    return [t.i for t in syntax.ancestors_within(token)]
