"""PolNeAR (Newell et al., LREC 2018): attributions in political news, source, cue and content.

Two formats. A folder of texts and brat standoff files (``.ann``; a text may have several, every one
counts): F1 of whole attributions, found when source, cue and content all overlap, and of each part. Or
the token file of CofeNet (see :mod:`.polnear_tokens`): exact-span F1 of each part, as published.

The set draws parts wider than the record does: content with its "that" and its quotation marks, a
source with apposition and relative clause. :func:`widened` does that; it looks at the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import errors, extract, parse
from dateline.evaluate import polnear_tokens
from dateline.evaluate.result import Result
from dateline.evaluate.widen import Parts, outermost, widened
from dateline.records import Report

Json = dict[str, Any]
Ranges = tuple[tuple[int, int], ...]

PARTS = ("source", "cue", "content")
SPAN_LINE, EVENT_LINE = re.compile(r"T\d+(\t|$)"), re.compile(r"E\d+(\t|$)")
PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t\r]*\n))*")


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the attributions of each of its annotation files."""

    name: str
    text: str
    annotations: tuple[tuple[Parts, ...], ...]


# -- reading ------------------------------------------------------------------------------------------------


def load(folder: Path) -> list[Document]:
    """Read every text below a folder with its annotations; raise EvaluationError if there is none."""
    texts = sorted(folder.rglob("*.txt"))
    if not texts:
        raise errors.EvaluationError(f"{folder}: no texts of PolNeAR here")
    standoff = sorted(folder.rglob("*.ann"))
    return [_document(path, [a for a in standoff if _belongs(a.stem, path.stem)]) for path in texts]


def _belongs(annotation: str, text: str) -> bool:
    """Tell "article_5fec" (by one annotator) of "article"."""
    return annotation == text or bool(re.fullmatch(re.escape(text) + r"_[0-9a-f]{4}", annotation))


def _document(path: Path, standoff: list[Path]) -> Document:
    text = _read(path)
    return Document(path.stem, text, tuple(_annotation(a, len(text)) for a in standoff))


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            return handle.read()
    except (OSError, UnicodeDecodeError) as error:
        raise errors.EvaluationError(f"{path}: {error}") from None


def _annotation(path: Path, length: int) -> tuple[Parts, ...]:
    spans: dict[str, Ranges] = {}
    events: list[dict[str, list[str]]] = []
    for number, line in enumerate(_read(path).splitlines(), 1):
        try:
            if SPAN_LINE.match(line):  # what a span quotes may run over several lines
                name, ranges = _span(line)
                spans[name] = ranges
            elif EVENT_LINE.match(line):
                events.append(_event(line))
        except (ValueError, IndexError) as error:
            raise errors.EvaluationError(f"{path}:{number}: not brat standoff: {error}") from None
    try:
        found = tuple(_parts(event, spans) for event in events)
    except KeyError as error:
        raise errors.EvaluationError(f"{path}: no span {error}") from None
    if any(end > length for parts in found for ranges in parts.values() for _, end in ranges):
        raise errors.EvaluationError(f"{path}: a span ends after its text")
    return tuple(parts for parts in found if parts["cue"] or parts["source"])


def _span(line: str) -> tuple[str, Ranges]:
    name, place, *_ = line.split("\t")
    pieces = place.partition(" ")[2].split(";")
    ranges = tuple((int(start), int(end)) for start, end in (piece.split(" ") for piece in pieces))
    if any(start >= end for start, end in ranges):
        raise ValueError(f"an empty span {place!r}")
    return name, ranges


def _event(line: str) -> dict[str, list[str]]:
    """Read "E1 Attribution:T4 Content:T3 Content2:T9 Cue:T2" as part → span names."""
    roles: dict[str, list[str]] = {part: [] for part in PARTS}
    for pair in line.split("\t")[1].split(" "):
        role, _, span = pair.partition(":")
        part = role.lower().rstrip("0123456789")
        if part in roles:
            roles[part].append(span)
    return roles


def _parts(event: dict[str, list[str]], spans: dict[str, Ranges]) -> Parts:
    return {part: tuple(r for name in names for r in spans[name]) for part, names in event.items()}


# -- predicting ---------------------------------------------------------------------------------------------


def predict(text: str) -> list[Parts]:
    """Return the attributions of a text; its paragraphs stand between blank lines."""
    report = Report(text=text, paragraphs=tuple(m.span() for m in PARAGRAPH.finditer(text)))
    found = [
        {"source": a.source, "cue": a.cue, "content": a.content} for a in extract.code(report).attributions
    ]
    drawn: list[Parts] = [{p: tuple((s.start, s.end) for s in a[p]) for p in PARTS} for a in found]
    paragraphs = parse.read(report)
    return [widened(parts, paragraphs, text) for parts in outermost(drawn)]


def evaluate(path: Path) -> Result:
    """Score a folder of texts and ``.ann`` files, or a token file."""
    if path.is_file():
        return polnear_tokens.evaluate(path)
    documents = load(path)
    answers = [predict(document.text) for document in documents]
    rows = [
        {"document": d.name, "attributions": [{p: [list(r) for r in a[p]] for p in PARTS} for a in found]}
        for d, found in zip(documents, answers, strict=True)
    ]
    return Result("polnear", score(documents, answers), polnear_tokens.PUBLISHED, tuple(rows))


# -- scoring ------------------------------------------------------------------------------------------------


def score(documents: Iterable[Document], answers: Iterable[list[Parts]]) -> dict[str, float]:
    """Return precision, recall and F1 of linked attributions, and F1 of overlap of each part."""
    counts = {key: [0, 0, 0] for key in ("attribution", *PARTS)}
    annotations = 0
    for document, ours in zip(documents, answers, strict=True):
        for gold in document.annotations:
            annotations += 1
            _add(counts["attribution"], PARTS, gold, ours)
            for part in PARTS:
                _add(counts[part], (part,), [g for g in gold if g[part]], [o for o in ours if o[part]])
    right, written, wanted = counts["attribution"]
    return {
        "annotations": float(annotations),
        "attributions": float(wanted),
        "linked precision": right / (written or 1),
        "linked recall": right / (wanted or 1),
        "linked F1": _f1(*counts["attribution"]),
        **{f"{part} overlap F1": _f1(*counts[part]) for part in PARTS},
    }


def _f1(right: int, written: int, wanted: int) -> float:
    return 2 * right / ((written + wanted) or 1)


def _add(counts: list[int], parts: tuple[str, ...], gold: Iterable[Parts], ours: Iterable[Parts]) -> None:
    gold, ours = list(gold), list(ours)
    counts[0] += sum(1 for _ in match(parts, gold, ours))
    counts[1] += len(ours)
    counts[2] += len(gold)


def match(parts: tuple[str, ...], gold: list[Parts], ours: list[Parts]) -> Iterator[tuple[int, int]]:
    """Pair attributions all of whose parts overlap, one to one, the largest overlaps first."""
    fits = [
        (-sum(shared), g, o)
        for g, one in enumerate(gold)
        for o, other in enumerate(ours)
        if all(shared := [_shared(one[part], other[part]) for part in parts])
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, g, o in sorted(fits):
        if g not in taken[0] and o not in taken[1]:
            taken[0].add(g)
            taken[1].add(o)
            yield g, o


def _shared(one: Ranges, other: Ranges) -> int:
    """Return how many characters two parts share; two missing parts agree."""
    if not one and not other:
        return 1
    return sum(max(0, min(e, f) - max(s, t)) for s, e in one for t, f in other)
