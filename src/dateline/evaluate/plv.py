"""PLV (Hu et al., ACL 2024): the PLOVER relation of a given source and target.

Format: TSV with ``sentence``, ``source``, ``target``, ``marked_sentence``, ``gold_root``, ``gold_penta``.
Score: macro-F1 over all rows, every row answered; gold quad and binary are derived from the root.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline import errors
from dateline.evaluate.result import Result, macro_f1
from dateline.extract.relation import Relation, Seen, by_lexicon, by_network, weigh
from dateline.records import Report

Json = dict[str, Any]

QUADS = {
    1: ("AGREE", "CONSULT", "SUPPORT"),
    2: ("COOPERATE", "AID", "YIELD"),
    3: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    4: ("PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"),
}
QUAD_OF = {root: quad for quad, roots in QUADS.items() for root in roots}
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
# The root answered where the sentence has no trigger at all; the most frequent of the training set.
FALLBACK = "ACCUSE"

PUBLISHED: tuple[tuple[str, dict[str, float]], ...] = (
    ("Universal PETRARCH, test part", {"binary": 0.808, "quad": 0.518, "root": 0.463}),
    ("GPT-4, test part", {"binary": 0.934, "quad": 0.767, "root": 0.615}),
    ("ZSP, test part", {"binary": 0.964, "quad": 0.896, "root": 0.824}),
    ("ConfliBERT supervised, test part", {"binary": 0.984, "quad": 0.963, "root": 0.867}),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with its pair (character ranges) and, where not blanked, its gold root."""

    sentence: str
    source: tuple[int, int]
    target: tuple[int, int]
    root: str | None


def load(path: Path) -> list[Row]:
    """Read a PLV file; raise EvaluationError if it is not one."""
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
        return [_row(row) for row in rows]
    except (OSError, UnicodeDecodeError) as error:
        raise errors.EvaluationError(f"{path}: {error}") from None
    except (KeyError, TypeError) as error:
        raise errors.EvaluationError(f"{path}: not a PLV file, no column {error}") from None


def _row(row: dict[str, str]) -> Row:
    sentence, spans = unmark(row["marked_sentence"])
    root = row.get("gold_root") or None
    source = spans.get("s") or _find(sentence, row["source"])
    target = spans.get("t") or _find(sentence, row["target"])
    return Row(sentence, source, target, root)


def unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Take ``<s>…</s>`` and ``<t>…</t>`` out of a sentence; return it and the first range of each."""
    text, position = "", 0
    spans: dict[str, tuple[int, int]] = {}
    opened: dict[str, int] = {}
    while position < len(marked):
        for tag in ("s", "t"):
            if marked.startswith(f"<{tag}>", position):
                opened[tag] = len(text)
                position += 3
                break
            if marked.startswith(f"</{tag}>", position):
                spans.setdefault(tag, (opened.get(tag, 0), len(text)))
                position += 4
                break
        else:
            text += marked[position]
            position += 1
    return text, spans


def _find(sentence: str, words: str) -> tuple[int, int]:
    start = max(sentence.find(words), 0)
    return start, start + len(words)


def predict(row: Row, network: Seen | None = None) -> Json:
    """Answer one row: root, quad, binary and the scores of all roots.

    Every row is answered with a root, as the published scores want it; ``holds`` says whether a relation is
    seen in this direction at all. Quad and binary are the likeliest sides, the probabilities of their roots
    added. Without what the network sees, lexicon and parse alone answer, and the root decides the sides.
    """
    report = Report(text=row.sentence, paragraphs=((0, len(row.sentence)),))
    relation = by_lexicon(report, row.source, row.target)
    if network is not None:
        relation = weigh(relation, network)
    scores = _by_root(relation, add=network is not None)
    root = max(scores, key=lambda r: (scores[r], r)) if scores else FALLBACK
    quads = _by_quad(scores if network is not None else {root: 1.0})
    return {
        "root": root,
        "quad": max(quads, key=lambda q: (quads[q], q)),
        "binary": int(quads[3] + quads[4] > quads[1] + quads[2]),
        "scores": scores,
        "holds": relation.holds,
    }


def _by_quad(scores: Mapping[str, float]) -> dict[int, float]:
    return {quad: sum(scores.get(root, 0.0) for root in roots) for quad, roots in QUADS.items()}


def _by_root(relation: Relation, add: bool) -> dict[str, float]:
    """Merge the scores of CONCEDE and RETREAT: probabilities are added, fits are not."""
    scores: dict[str, float] = {}
    for event, score in sorted(relation.scores.items()):
        root = MERGED.get(event, event)
        scores[root] = scores.get(root, 0.0) + score if add else max(scores.get(root, score), score)
    return scores


def evaluate(path: Path) -> Result:
    """Predict every row and score the rows that have gold; lexicon alone and swapped pairs beside it."""
    rows = load(path)
    predictions = [{"row": n, **answer} for n, answer in enumerate(_answers(rows))]
    scores = score(rows, predictions)
    alone = score(rows, [predict(row) for row in rows])
    scores |= {f"{key}, lexicon alone": value for key, value in alone.items() if "F1" in key}
    if scores:
        scores["swapped pairs: no relation, or the same"] = _swapped(rows)
        scores["pairs as given: no relation"] = _share(not p["holds"] for p in predictions)
    note = "the network was fitted to the PLV training set: only its scores on other rows are its own"
    return Result("plv", scores, PUBLISHED, tuple(predictions), (note,))


def _answers(rows: Sequence[Row]) -> list[Json]:
    seen = by_network([(row.sentence, row.source, row.target) for row in rows])
    return [predict(row, one) for row, one in zip(rows, seen, strict=True)]


def _swapped(rows: Iterable[Row]) -> float:
    """Return how often a pair with its roles exchanged gets no relation, or (mutual acts) the same root."""
    turned = [replace(row, source=row.target, target=row.source) for row in rows if row.root]
    return _share(
        not answer["holds"] or answer["root"] == MERGED.get(row.root or "", row.root)
        for row, answer in zip(turned, _answers(turned), strict=True)
    )


def _share(found: Iterable[bool]) -> float:
    counted = list(found)
    return sum(counted) / len(counted)


def score(rows: list[Row], predictions: list[Json]) -> dict[str, float]:
    """Return macro-F1 of binary, quad and root, over the rows whose gold is not blank."""
    pairs = [(row.root, p) for row, p in zip(rows, predictions, strict=True) if row.root]
    if not pairs:
        return {}
    gold = [MERGED.get(root, root) for root, _ in pairs]
    return {
        "rows": float(len(pairs)),
        "binary macro-F1": macro_f1([QUAD_OF[g] >= 3 for g in gold], [bool(p["binary"]) for _, p in pairs]),
        "quad macro-F1": macro_f1([QUAD_OF[g] for g in gold], [p["quad"] for _, p in pairs]),
        "root macro-F1": macro_f1(gold, [p["root"] for _, p in pairs]),
        "root accuracy": sum(g == p["root"] for g, (_, p) in zip(gold, pairs, strict=True)) / len(pairs),
    }
