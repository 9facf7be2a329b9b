"""PolNeAR as CofeNet's token file (Wang et al., COLING 2022), the form in which results are published.

Format: a JSON object a line with ``tokens``, ``labels`` (BIO: source, cue, content) and the ``id`` of the
document, whose lines follow each other. Score: F1 of exact spans of each part.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from dateline import errors, model
from dateline.evaluate.result import Result
from dateline.evaluate.sentences import entities, is_choosing, rebuild

Json = dict[str, Any]

ORDER = ("cue", "source", "content")

PUBLISHED: tuple[tuple[str, dict[str, float]], ...] = (
    ("CRF, test part", {"source": 0.506, "cue": 0.534, "content": 0.286}),
    ("CofeNet without encoder, test part", {"source": 0.621, "cue": 0.633, "content": 0.504}),
    ("BERT + CRF, test part", {"source": 0.822, "cue": 0.749, "content": 0.710}),
    ("BERT + Cofe, test part", {"source": 0.832, "cue": 0.753, "content": 0.729}),
)


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of one line, the document it belongs to and, where not blanked, its labels."""

    document: str
    tokens: tuple[str, ...]
    labels: tuple[str, ...] | None


def load(path: Path) -> list[Line]:
    """Read a token file; raise EvaluationError if it is not one."""
    try:
        rows = path.read_text(encoding="utf-8").split("\n")
        return [_line(row) for row in rows if row.strip()]
    except (OSError, ValueError, RecursionError) as error:
        raise errors.EvaluationError(f"{path}: {error}") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise errors.EvaluationError(f"{path}: not a file of CofeNet, no {error}") from None


def _line(row: str) -> Line:
    raw = json.loads(row)
    tokens = tuple(str(token) for token in raw["tokens"])
    labels = tuple(str(label) for label in raw.get("labels") or ())
    if labels and len(labels) != len(tokens):
        raise ValueError(f"{len(tokens)} tokens, but {len(labels)} labels")
    return Line(str(raw.get("id", "")), tokens, labels or None)


# -- predicting ---------------------------------------------------------------------------------------------


def predict(lines: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Label lines, each read on its own as the sentence it is: the network's tags, as they stand."""
    network = model.network()
    readings = network.read([rebuild(tokens).words for tokens in lines])
    return [model.best_tags(reading.saying, network.labels["saying"], network.steps) for reading in readings]


def evaluate(path: Path) -> Result:
    """Label every line and score those that have labels."""
    lines = load(path)
    answers: list[list[str]] = []
    for _, group in groupby(lines, key=lambda line: line.document):
        answers += predict([line.tokens for line in group])
    rows = [{"row": n, "labels": labels} for n, labels in enumerate(answers)]
    return Result("polnear", score(lines, answers), PUBLISHED, tuple(rows))


# -- scoring ------------------------------------------------------------------------------------------------


def score(lines: list[Line], answers: list[list[str]]) -> dict[str, float]:
    """Return exact-span F1 of each part over all labelled lines, then over the two halves of documents."""
    pairs = [(line, answer) for line, answer in zip(lines, answers, strict=True) if line.labels]
    if not pairs:
        return {}
    scores = {"lines": float(len(pairs)), **_measures(pairs)}
    for name, wanted in (("choosing", True), ("checking", False)):
        half = [pair for pair in pairs if is_choosing(pair[0].document) == wanted]
        scores |= {f"{part} F1, {name} half": _measures(half)[f"{part} F1"] for part in ORDER}
    return scores


def _measures(pairs: list[tuple[Line, list[str]]]) -> dict[str, float]:
    counts = {part: [0, 0, 0] for part in ORDER}
    for line, answer in pairs:
        gold, ours = set(entities(line.labels or ())), set(entities(answer))
        for part in ORDER:
            wanted, written = ({e for e in side if e[0] == part} for side in (gold, ours))
            for place, number in enumerate((len(wanted & written), len(written), len(wanted))):
                counts[part][place] += number
    scores: dict[str, float] = {}
    for part in ("source", "cue", "content"):
        right, written_count, wanted_count = counts[part]
        scores[f"{part} precision"] = right / (written_count or 1)
        scores[f"{part} recall"] = right / (wanted_count or 1)
        scores[f"{part} F1"] = 2 * right / ((written_count + wanted_count) or 1)
    return scores
