"""How certain a given predicate is: the network's score, the rules of realis, and MEANTIME's classes.

A predicate is ``NEG`` where the rules find it negated or the score is below zero; else its score decides.
It is in the ``FUTURE`` where rules or network take it for announced, asked for or possible. How the rules
count was chosen on the half of MEANTIME's documents whose name has an even MD5, how sure the network must be
on our file p09, which it had not seen, the score from which on an event is certain on
that half with three networks that had seen it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline import model, parse
from dateline.evaluate.sentences import Rebuilt, rebuild
from dateline.extract.realis import Judgement, judge_token
from dateline.lexicon import lexicon
from dateline.records import Realis

CLASSES = ((2.2, "CERTAIN"), (0.4, "POSSIBLE"), (-0.4, "UNKNOWN"), (-3.0, "NEG"))
UNREAL: frozenset[Realis] = frozenset({"future", "requested", "hypothetical"})
AHEAD = 0.5  # the network's probability of all these together from which on an event lies ahead
NEVER_AHEAD = 0.01  # and below which it does not, whatever the rules say


@dataclass(frozen=True, slots=True)
class Certainty:
    """Score from -3 to 3, what the rules judge, and how probable the network finds ``UNREAL``."""

    score: float
    judged: Judgement
    ahead: float

    @property
    def name(self) -> str:
        """MEANTIME's class of certainty: CERTAIN, POSSIBLE (or probable), UNKNOWN, NEG."""
        return "NEG" if self.judged.realis == "negated" else class_of(self.score)

    @property
    def future(self) -> bool:
        """Tell an event that lies ahead of its report, or may never come: "will", "if", also "will not"."""
        ruled = bool(self.judged.told & UNREAL) and self.ahead >= NEVER_AHEAD
        return ruled or self.ahead > AHEAD


def class_of(value: float) -> str:
    """Return MEANTIME's class of a score."""
    return next((name for least, name in CLASSES if value >= least), CLASSES[-1][1])


def read(sentences: Sequence[Sequence[str]], targets: Sequence[Iterable[int]]) -> list[list[Certainty]]:
    """Return the certainty of each predicate of each sentence, given by its token."""
    texts = [rebuild(tokens) for tokens in sentences]
    readings = model.network().read_each([text.words for text in texts])
    rules = [_judged(text, list(wanted)) for text, wanted in zip(texts, targets, strict=True)]
    names = model.network().labels["realis"]
    unreal = [n for n, name in enumerate(names) if name in UNREAL]
    return [
        [
            Certainty(_within(float(reading.certainty[n])), found, float(reading.realis[n][unreal].sum()))
            for n, found in zip(wanted, judged, strict=True)
        ]
        for reading, wanted, judged in zip(readings, targets, rules, strict=True)
    ]


def _within(score: float) -> float:
    return max(-3.0, min(3.0, score))


def _judged(text: Rebuilt, wanted: Iterable[int]) -> list[Judgement]:
    doc = parse.pipeline()(text.text)
    found: list[Judgement] = []
    for n in wanted:
        start, _ = text.places[n]
        token = next((t for t in doc if t.idx <= start < t.idx + len(t)), doc[-1])
        found.append(judge_token(token, None, lexicon("en")))
    return found
