"""Certainty of given predicates from -3 to +3: UW, MEANTIME and UDS as njjiang/factuality_bert ships them.

Format: a JSON object a line with ``text`` (tokens between blanks) and ``targets``, each ``{span1: [start,
end], label}`` in tokens. Score: mean absolute error and Pearson's r; and, where the labels are those of
MEANTIME (3, 1.5, 0.75, 0, -3), F1 of each class: CERTAIN, POSSIBLE (or probable), UNKNOWN, NEG. Its
FUTURE cannot be told from these labels: give the folder of MEANTIME's own files for that (see
:mod:`.meantime_events`).

The score is what the network gives the predicate (its head ``certainty``, fitted to UW's training part); the
class is that of :mod:`.certainty`, which asks the rules of realis too.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import errors
from dateline.evaluate import certainty, meantime_events
from dateline.evaluate.result import Result

Json = dict[str, Any]

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


def evaluate(path: Path) -> Result:
    """Score every predicate of a file, or every event of a folder of MEANTIME's own files."""
    if path.is_dir():
        return meantime_events.evaluate(path)
    sentences = load(path)
    found = certainty.read([s.tokens for s in sentences], [[t.token for t in s.targets] for s in sentences])
    rows = [
        {"row": n, "target": k, "score": round(value.score, 4), "class": value.name}
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
        pairs_of_classes = [
            (certainty.class_of(g), str(r["class"]))
            for g, r in zip(labels, rows, strict=True)
            if g is not None
        ]
        scores |= {f"F1 of {name}": f1(pairs_of_classes, name) for _, name in certainty.CLASSES}
    return scores


def f1(pairs: Iterable[tuple[str, str]], name: str) -> float:
    """Return F1 of one class over (gold, ours) pairs."""
    sides = [(gold == name, ours == name) for gold, ours in pairs]
    both = sum(g and o for g, o in sides)
    return 2 * both / ((sum(g for g, _ in sides) + sum(o for _, o in sides)) or 1)


def pearson(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Pearson's correlation, 0 where either side does not vary."""
    mean, mean_other = sum(one) / len(one), sum(other) / len(other)
    covariance = sum((a - mean) * (b - mean_other) for a, b in zip(one, other, strict=True))
    spread = math.sqrt(sum((a - mean) ** 2 for a in one) * sum((b - mean_other) ** 2 for b in other))
    return covariance / spread if spread else 0.0
