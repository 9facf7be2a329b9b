"""Certainty of given predicates from -3 to +3: UW, MEANTIME and UDS as njjiang/factuality_bert ships them.

Format: a JSON object a line with ``text`` (tokens between blanks) and ``targets``, each ``{span1: [start,
end], label}`` in tokens. Score: mean absolute error and Pearson's r; and, where the labels are those of
MEANTIME (3, 1.5, 0.75, 0, -3), F1 of each class: CERTAIN, POSSIBLE (or probable), UNKNOWN, NEG. Its
FUTURE cannot be told from these labels and is not reported.

The score is what the network gives the predicate (its head ``certainty``, fitted to UW's training part).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import errors, model
from dateline.evaluate.result import Result
from dateline.evaluate.sentences import rebuild

Json = dict[str, Any]

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


def predict(sentences: Sequence[Sequence[str]], targets: Sequence[Iterable[int]]) -> list[list[float]]:
    """Return the certainty of each predicate of each sentence, given by its token."""
    readings = model.network().read([rebuild(tokens).words for tokens in sentences])
    return [
        [max(-3.0, min(3.0, float(reading.certainty[n]))) for n in wanted]
        for reading, wanted in zip(readings, targets, strict=True)
    ]


def evaluate(path: Path) -> Result:
    """Score every predicate of a file."""
    sentences = load(path)
    found = predict([s.tokens for s in sentences], [[t.token for t in s.targets] for s in sentences])
    rows = [
        {"row": n, "target": k, "score": round(value, 4)}
        for n, values in enumerate(found)
        for k, value in enumerate(values)
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
