"""TempEval-3 time expressions: reader of TimeML files, scorer, and predictions of the grammar.

The measures are those of the task: an expression is found *relaxed* when it overlaps a gold one,
*strict* when both ends agree; value F1 is relaxed F1 times the share of relaxed matches with the
right value. Full stops, commas and blanks at the ends do not count, since the task scores tokens.
A fifth of the documents, drawn by their name, was held out for choosing (``held``).
"""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from dateline.errors import EvaluationError
from dateline.evaluate.result import Result
from dateline.timex import time_expressions

Gold = tuple[int, int, str, str]
Part = Literal["dev", "held"]


@dataclass(frozen=True, slots=True)
class Document:
    """A TimeML document: plain TEXT content, creation time, and (start, end, type, value) rows."""

    name: str
    text: str
    dct: str
    gold: list[Gold]


def load(path: str | Path) -> list[Document]:
    """Read every ``.tml`` file below a folder (or one file), in the order of their names.

    Raises EvaluationError where there is none or one is not TimeML.
    """
    root = Path(path)
    files = [root] if root.is_file() else sorted(root.rglob("*.tml"))
    if not files:
        raise EvaluationError(f"{root}: no .tml files of TempEval-3 here")
    return [_document(file) for file in files]


def _document(file: Path) -> Document:
    try:
        root = ElementTree.parse(file).getroot()
    except (ElementTree.ParseError, UnicodeDecodeError, OSError) as error:
        raise EvaluationError(f"{file}: not a TimeML file: {error}") from error
    body, created = root.find("TEXT"), root.find("DCT/TIMEX3")
    if body is None or created is None:
        raise EvaluationError(f"{file}: no TEXT or no DCT")
    pieces: list[str] = []
    gold: list[Gold] = []
    _walk(body, pieces, gold, 0)
    return Document(file.stem, "".join(pieces), created.get("value", ""), sorted(gold))


def _walk(node: ElementTree.Element, pieces: list[str], gold: list[Gold], start: int) -> int:
    """Collect the text below a node and its TIMEX3 spans; return the offset after it."""
    offset = start
    if node.text:
        pieces.append(node.text)
        offset += len(node.text)
    for child in node:
        begin, offset = offset, _walk(child, pieces, gold, offset)
        if child.tag == "TIMEX3" and offset > begin:
            gold.append((begin, offset, child.get("type", ""), child.get("value", "")))
        if child.tail:
            pieces.append(child.tail)
            offset += len(child.tail)
    return offset


def in_part(name: str, part: Part) -> bool:
    """Return whether a document belongs to a part: ``held`` is a fifth drawn by name."""
    held = int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0
    return held == (part == "held")


def predict(document: Document) -> dict[str, Any]:
    """Return the prediction row of a document; its gold is not looked at."""
    found = time_expressions(document.text, document.dct)
    rows = [{"start": x.start, "end": x.end, "type": x.type, "value": x.value} for x in found]
    return {"document": document.name, "timex": rows}


# On the platinum test part; quoted from memory of the overview paper (UzZaman et al., 2013).
PUBLISHED = (
    ("HeidelTime, platinum, to be verified", {"relaxed F1": 0.903, "strict F1": 0.813, "value F1": 0.776}),
)


def evaluate(path: Path) -> Result:
    """Score the grammar on a folder of TimeML files: all of it, then its two parts."""
    documents = load(path)
    rows = [predict(document) for document in documents]
    scores = score(documents, rows)
    for part in ("dev", "held"):
        inside = [d for d in documents if in_part(d.name, part)]
        scores[f"value_f1, {part} part"] = score(inside, rows)["value_f1"] if inside else 0.0
    return Result("timex", scores, PUBLISHED, tuple(rows))


def score(documents: list[Document], rows: list[dict[str, Any]]) -> dict[str, float]:
    """Score prediction rows against documents of the same names; all values are 0 to 1.

    Keys: ``relaxed_precision``, ``relaxed_recall``, ``relaxed_f1``, ``strict_*``, ``type_f1``,
    ``value_f1``, ``value_accuracy``, and the counts ``documents``, ``gold``, ``system``.
    """
    predicted = {row["document"]: row["timex"] for row in rows}
    counts = dict.fromkeys(("gold", "system", "relaxed", "strict", "type", "value"), 0)
    for document in documents:
        _count(document, predicted.get(document.name, []), counts)
    result = _measures("relaxed", counts) | _measures("strict", counts)
    matched = counts["relaxed"] or 1
    accuracy = counts["value"] / matched
    return result | {
        "type_f1": result["relaxed_f1"] * counts["type"] / matched,
        "value_f1": result["relaxed_f1"] * accuracy,
        "value_accuracy": accuracy,
        "documents": float(len(documents)),
        "gold": float(counts["gold"]),
        "system": float(counts["system"]),
    }


def _measures(kind: str, counts: dict[str, int]) -> dict[str, float]:
    precision = counts[kind] / (counts["system"] or 1)
    recall = counts[kind] / (counts["gold"] or 1)
    f1 = 2 * precision * recall / (precision + recall or 1)
    return {f"{kind}_precision": precision, f"{kind}_recall": recall, f"{kind}_f1": f1}


def _count(document: Document, system: list[dict[str, Any]], counts: dict[str, int]) -> None:
    counts["gold"] += len(document.gold)
    counts["system"] += len(system)
    for gold, row in align(document, system):
        counts["relaxed"] += 1
        strict = _trim(document.text, gold[0], gold[1]) == _trim(document.text, row["start"], row["end"])
        counts["strict"] += strict
        counts["type"] += gold[2] == row["type"]
        counts["value"] += gold[3] == row["value"]


def align(document: Document, system: list[dict[str, Any]]) -> list[tuple[Gold, dict[str, Any]]]:
    """Pair gold and predicted expressions one to one, the largest overlaps first."""
    overlaps = [
        (min(gold[1], row["end"]) - max(gold[0], row["start"]), g, s)
        for g, gold in enumerate(document.gold)
        for s, row in enumerate(system)
        if gold[0] < row["end"] and row["start"] < gold[1]
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs: list[tuple[Gold, dict[str, Any]]] = []
    for _, g, s in sorted(overlaps, key=lambda item: (-item[0], item[1], item[2])):
        if g not in taken[0] and s not in taken[1]:
            taken[0].add(g)
            taken[1].add(s)
            pairs.append((document.gold[g], system[s]))
    return pairs


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " \n\t.,":
        end -= 1
    while start < end and text[start] in " \n\t":
        start += 1
    return start, end
