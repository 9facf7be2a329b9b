"""PolNeAR as CofeNet's token file (Wang et al., COLING 2022), the form in which results are published.

Format: a JSON object a line with ``tokens``, ``labels`` (BIO: source, cue, content) and the ``id`` of the
document, whose lines follow each other. Score: F1 of exact spans of each part.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import errors, model, parse
from dateline.evaluate.result import Result
from dateline.evaluate.sentences import entities, is_choosing, rebuild
from dateline.records import Report

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


def answers(lines: Sequence[Line], network: model.Network) -> list[list[str]]:
    """Label lines by the tags of a network, each document read as one text."""
    found: list[list[str]] = []
    for _, group in itertools.groupby(lines, key=lambda line: line.document):
        found += _document([line.tokens for line in group], network)
    return found


def _document(lines: Sequence[tuple[str, ...]], network: model.Network) -> list[list[str]]:
    """Label the lines of a document. A line is a paragraph: it is tagged sentence by sentence, and where one
    sentence ends with a part and the next begins with the same, it runs on."""
    cuts = [_sentences(tokens) for tokens in lines]
    words = [rebuild(tokens).words for tokens in lines]
    text = [words[n][start:end] for n, ranges in enumerate(cuts) for start, end in ranges]
    (readings,) = network.read([text])
    tags = iter([model.best_tags(r.saying, network.labels["saying"], network.steps) for r in readings])
    return [_joined([next(tags) for _ in ranges]) for ranges in cuts]


def _sentences(tokens: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the sentences of a line as the parser cuts them, as ranges of its tokens."""
    text = rebuild(tokens)
    report = Report(text=text.text, paragraphs=((0, len(text.text)),))
    begins = [p.span(s[0]).start for p in parse.read(report) for s in p.sentences()]
    firsts = sorted({sum(end <= begin for _, end in text.places) for begin in begins} | {0})
    return list(itertools.pairwise([*(n for n in firsts if n < len(tokens)), len(tokens)]))


def _joined(sentences: Sequence[Sequence[str]]) -> list[str]:
    found: list[str] = []
    for tags in sentences:
        runs_on = found and tags and tags[0].startswith("B-") and tags[0][2:] == found[-1][2:]
        found += [f"I-{tags[0][2:]}", *tags[1:]] if runs_on else tags
    return found


def evaluate(path: Path) -> Result:
    """Label every line and score those that have labels."""
    lines = load(path)
    found = answers(lines, model.network())
    rows = [{"row": n, "labels": labels} for n, labels in enumerate(found)]
    return Result("polnear", score(lines, found), PUBLISHED, tuple(rows))


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
