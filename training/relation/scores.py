"""How good the answers are: PLV's measures, swapped pairs, held-out rows of our own corpus."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.evaluate import plv
from dateline.evaluate.result import macro_f1
from relation.rows import Row

Answers = Sequence[dict[str, float]]


def root(answer: dict[str, float]) -> str:
    """Return the best PLV root: CONCEDE and RETREAT count together, NONE is no answer."""
    summed: dict[str, float] = {}
    for label, share in answer.items():
        name = plv.MERGED.get(label, label)
        summed[name] = summed.get(name, 0.0) + share
    del summed["NONE"]
    return max(summed, key=lambda name: summed[name])


def best(answer: dict[str, float]) -> str:
    """Return the best label, NONE among them."""
    return max(answer, key=lambda label: answer[label])


def plv_scores(rows: Sequence[Row], answers: Answers) -> dict[str, float]:
    """Return macro-F1 of root, quad and binary as published scores are computed."""
    gold = [plv.MERGED.get(row.labels[0], row.labels[0]) for row in rows]
    ours = [root(answer) for answer in answers]
    quads = [[plv.QUAD_OF[name] for name in names] for names in (gold, ours)]
    return {
        "rows": len(rows),
        "root macro-F1": macro_f1(gold, ours),
        "root accuracy": sum(map(str.__eq__, gold, ours)) / len(rows),
        "quad macro-F1": macro_f1(*quads),
        "binary macro-F1": macro_f1(*([q >= 3 for q in part] for part in quads)),
    }


def label_scores(rows: Sequence[Row], answers: Answers) -> dict[str, float]:
    """Return how often the best label is right, over all rows and by how the rows were made."""
    found = {}
    for kind in ("", *sorted({row.kind for row in rows})):
        right = [
            best(a) in row.labels for row, a in zip(rows, answers, strict=True) if kind in ("", row.kind)
        ]
        found[f"right: {kind or 'all'}"] = sum(right) / len(right)
        found[f"rows: {kind or 'all'}"] = len(right)
    typed = [(r.labels[0], best(a)) for r, a in zip(rows, answers, strict=True) if r.weight == 1.0]
    found["macro-F1 with NONE"] = macro_f1([g for g, _ in typed], [o for _, o in typed])
    return {key: round(value, 4) for key, value in found.items()}
