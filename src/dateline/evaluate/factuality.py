"""Certainty of given predicates from -3 to +3: UW, MEANTIME and UDS as njjiang/factuality_bert ships them.

Format: a JSON object a line with ``text`` (tokens between blanks) and ``targets``, each ``{span1: [start,
end], label}`` in tokens. Score: mean absolute error and Pearson's r; and, where the labels are those of
MEANTIME (3, 1.5, 0.75, 0, -3), F1 of each class: CERTAIN, POSSIBLE (or probable), UNKNOWN, NEG. Its
FUTURE cannot be told from these labels and is not reported.

The score follows from the realis of the predicate and the stance of the innermost voice around it, by a
small table of constants: medians of UW's training part.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline import errors, parse
from dateline.evaluate.result import Result
from dateline.evaluate.sentences import plain_report, rebuild
from dateline.extract import attribution, realis, syntax, voices
from dateline.extract.actors import find_actors
from dateline.gazetteer import gazetteer
from dateline.lexicon import lexicon
from dateline.parse import Paragraph
from dateline.records import Realis, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

Json = dict[str, Any]

# For a verb and for any other word. The noun under a negated verb often denotes what did happen
# ("nobody mentioned the ruling"), so that the two differ most there.
CERTAINTY: dict[Realis, tuple[float, float]] = {
    "actual": (3.0, 2.8),
    "negated": (-1.6, 0.6),
    "future": (2.4, 2.2),
    "hypothetical": (1.4, 2.0),
    "requested": (1.6, 2.0),
}
# What a voice leaves of an actual predicate; that of an outlet is left as it is.
STANCES: dict[Stance, float] = {"asserts": 2.8, "believes": 2.4, "doubts": -1.0, "denies": -1.0}
CLASSES = ((2.0, "CERTAIN"), (0.4, "POSSIBLE"), (-0.4, "UNKNOWN"), (-3.0, "NEG"))
MEANTIME = frozenset({3.0, 1.5, 0.75, 0.0, -3.0})

PUBLISHED: tuple[tuple[str, dict[str, float]], ...] = (
    ("always +3, UW", {"MAE": 0.781}),
    ("DLGRN, UW, test part", {"MAE": 0.346, "r": 0.863}),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A predicate: its first token, and its gold certainty where not blanked."""

    token: int
    label: float | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of a line and its predicates."""

    tokens: tuple[str, ...]
    targets: tuple[Target, ...]


def load(path: Path) -> list[Sentence]:
    """Read a file of sentences with predicates; raise EvaluationError if it is not one."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        return [_sentence(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, RecursionError) as error:
        raise errors.EvaluationError(f"{path}: {error}") from None
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise errors.EvaluationError(f"{path}: not a file of predicates: {error}") from None


def _sentence(row: Json) -> Sentence:
    tokens = tuple(row["text"].split(" "))
    targets = tuple(_target(t) for t in row["targets"])
    if any(not 0 <= t.token < len(tokens) for t in targets):
        raise ValueError(f"a predicate outside its sentence {row['text'][:60]!r}")
    return Sentence(tokens, targets)


def _target(row: Json) -> Target:
    label = row.get("label")
    return Target(int(row["span1"][0]), None if label is None else float(label))


# -- predicting ---------------------------------------------------------------------------------------------


def predict(tokens: Sequence[str], targets: Iterable[int]) -> list[float]:
    """Return the certainty of each predicate, given by its token."""
    return [certainty(*reading) for reading in readings(tokens, targets)]


def readings(tokens: Sequence[str], targets: Iterable[int]) -> list[tuple[Realis, Stance | None, bool]]:
    """Return realis, stance of the innermost voice, and whether it is a verb, of each predicate."""
    rebuilt = rebuild(tokens)
    paragraphs = parse.read(plain_report(rebuilt.text))
    words = lexicon()
    sayings = attribution.find_sayings(paragraphs, find_actors(paragraphs, gazetteer(), words), words)
    found: list[tuple[Realis, Stance | None, bool]] = []
    for target in targets:
        place = _token(paragraphs, rebuilt.places[target])
        if place is None:
            found.append(("actual", None, False))
            continue
        paragraph, token = place
        chain = voices.voices_at(token.i, sayings[paragraph.number])
        stance = chain[-1].stance if chain else None
        found.append((realis.judge_token(token, None, words).realis, stance, syntax.is_verbal(token)))
    return found


def certainty(how: Realis, stance: Stance | None, verbal: bool) -> float:
    """Return the score of a realis in the mouth of a voice of that stance."""
    if how == "actual" and stance in STANCES:
        return STANCES[stance]
    return CERTAINTY[how][0 if verbal else 1]


def _token(paragraphs: Iterable[Paragraph], place: tuple[int, int]) -> tuple[Paragraph, Token] | None:
    """Return the token of the parse that stands at a place of the text."""
    for paragraph in paragraphs:
        for token in paragraph.doc:
            span = paragraph.span(token)
            if span.start < place[1] and place[0] < span.end:
                return paragraph, token
    return None


def evaluate(path: Path) -> Result:
    """Score every predicate of a file."""
    sentences = load(path)
    rows = [
        {"row": n, "target": k, "score": value}
        for n, sentence in enumerate(sentences)
        for k, value in enumerate(predict(sentence.tokens, [t.token for t in sentence.targets]))
    ]
    return Result("factuality", score(sentences, rows), PUBLISHED, tuple(rows))


# -- scoring ------------------------------------------------------------------------------------------------


def score(sentences: Iterable[Sentence], rows: Iterable[Json]) -> dict[str, float]:
    """Return mean absolute error, Pearson's r, the error of always +3, and F1 of MEANTIME's classes."""
    labels = [target.label for sentence in sentences for target in sentence.targets]
    pairs = [(g, float(r["score"])) for g, r in zip(labels, rows, strict=True) if g is not None]
    if not pairs:
        return {}
    gold, ours = [g for g, _ in pairs], [o for _, o in pairs]
    scores = {
        "predicates": float(len(pairs)),
        "MAE": sum(abs(g - o) for g, o in pairs) / len(pairs),
        "Pearson r": pearson(gold, ours),
        "MAE of always +3": sum(abs(g - 3.0) for g in gold) / len(gold),
    }
    if set(gold) <= MEANTIME:
        scores |= {f"F1 of {name}": _f1(gold, ours, name) for _, name in CLASSES}
    return scores


def class_of(value: float) -> str:
    """Return MEANTIME's class of a score."""
    return next((name for least, name in CLASSES if value >= least), CLASSES[-1][1])


def _f1(gold: list[float], ours: list[float], name: str) -> float:
    wanted, written = ([class_of(v) == name for v in side] for side in (gold, ours))
    both = sum(w and o for w, o in zip(wanted, written, strict=True))
    return 2 * both / ((sum(wanted) + sum(written)) or 1)


def pearson(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Pearson's correlation, 0 where either side does not vary."""
    mean, mean_other = sum(one) / len(one), sum(other) / len(other)
    covariance = sum((a - mean) * (b - mean_other) for a, b in zip(one, other, strict=True))
    spread = math.sqrt(sum((a - mean) ** 2 for a in one) * sum((b - mean_other) ** 2 for b in other))
    return covariance / spread if spread else 0.0
