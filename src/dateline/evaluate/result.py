"""What an evaluation returns, and how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """Scores of one gold set, published scores of others, raw predictions, and remarks.

    ``text`` holds the predictions of a set whose format is not JSON lines (CoNLL).
    """

    name: str
    scores: dict[str, float]
    published: tuple[tuple[str, dict[str, float]], ...]
    predictions: tuple[Json, ...]
    notes: tuple[str, ...] = field(default=())
    text: str | None = None

    def as_json(self) -> Json:
        """Return everything but the predictions as one JSON object."""
        return {
            "evaluation": self.name,
            "scores": {key: round(value, 4) for key, value in self.scores.items()},
            "published": [{"system": system, **scores} for system, scores in self.published],
            "notes": list(self.notes),
        }


def report(result: Result) -> str:
    """Return scores and published numbers as a plain table."""
    lines = [result.name, *(f"  {key:<34}{value:10.3f}" for key, value in result.scores.items())]
    for system, scores in result.published:
        cells = ", ".join(f"{key} {value:g}" for key, value in scores.items())
        lines.append(f"  published: {system}: {cells}")
    return "\n".join([*lines, *(f"  note: {note}" for note in result.notes)])


def macro_f1(gold: Sequence[object], predicted: Sequence[object]) -> float:
    """Return the F1 of each gold class, averaged over the classes that gold or prediction have."""
    classes = sorted({*gold, *predicted}, key=str)
    return sum(f1(gold, predicted, c) for c in classes) / len(classes) if classes else 0.0


def f1(gold: Sequence[object], predicted: Sequence[object], label: object) -> float:
    """Return the F1 of one class."""
    both = sum(g == label and p == label for g, p in zip(gold, predicted, strict=True))
    total = sum(g == label for g in gold) + sum(p == label for p in predicted)
    return 2 * both / total if total else 0.0
