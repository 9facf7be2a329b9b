"""Which relation holds between two given stretches of a sentence, source first.

The whole coder finds actors itself; this door is for those who have them already (a coded pair, a
gold set). Two readers judge: :func:`by_lexicon` scores every trigger of the sentence by how well its
parties fit the pair; the trained network (:mod:`dateline.model`) reads the sentence with the pair
marked. :func:`relate` weighs them together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline import model, parse
from dateline.extract import realis, recode, roles, syntax, triggers
from dateline.extract.actors import Cast, find_actors
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


# The lexicon's part in the joint judgement, the network has the rest; chosen on the same part.
LEXICON_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Relation:
    """The best event type for a pair, its mode, the trigger, and the score of every type."""

    event: str | None
    mode: str | None
    trigger: Span | None
    scores: dict[str, float]
    why: tuple[str, ...]


def relate(report: Report, source: tuple[int, int], target: tuple[int, int]) -> Relation:
    """Return the relation between two character ranges of ``report.text``, by lexicon and network."""
    return weigh(by_lexicon(report, source, target), by_network([(report.text, source, target)])[0])


def by_network(rows: Sequence[tuple[str, Range, Range]]) -> list[dict[str, float]]:
    """Return the network's probability of each type (and NONE) for rows of (text, source, target)."""
    return model.network().relations([_marked(*row) for row in rows])


def _marked(text: str, source: Range, target: Range) -> tuple[list[str], tuple[Range, Range]]:
    """Cut a text into words and turn the character ranges of a pair into word ranges."""
    words = parse.words(text)
    return [word for word, _ in words], (_words_in(words, source), _words_in(words, target))


def _words_in(words: list[tuple[str, int]], span: Range) -> Range:
    inside = [n for n, (word, at) in enumerate(words) if at < span[1] and span[0] < at + len(word)]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def weigh(lexical: Relation, network: dict[str, float]) -> Relation:
    """Join both readers' judgements; ``scores`` of the result add up to one."""
    known = {event: p for event, p in network.items() if event != model.NONE}
    shares = _shares(lexical.scores)
    weight = LEXICON_SHARE if shares else 0.0
    total = sum(known.values()) or 1.0
    scores = {e: (1 - weight) * p / total + weight * shares.get(e, 0.0) for e, p in known.items()}
    best = max(scores, key=lambda e: (scores[e], e))
    why = (*lexical.why, f"network:{max(known, key=lambda e: (known[e], e))}")
    same = best == lexical.event
    return Relation(best, lexical.mode if same else None, lexical.trigger if same else None, scores, why)


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
    actors, recipients = roles.party_tokens(hit, paragraph, cast)
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
