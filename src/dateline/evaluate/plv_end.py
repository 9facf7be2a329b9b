"""PLV sentences end to end: nothing is given but the sentence; the labelled pair and root must come out.

Format: that of :mod:`.plv`; one row is one labelled pair of a sentence. A mention has the right pair when
an actor's words overlap the labelled source and a recipient's the labelled target, in this direction, or
when both stand among the actors of a reciprocal mention. The words of a party are those in its place and the
noun phrases that the record labels as the same actor ("Russia said *it* had expelled …" is about Russia).
CONCEDE and RETREAT count as one root (YIELD).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from dateline import extract
from dateline.evaluate.plv import MERGED, Row, load
from dateline.evaluate.result import Result
from dateline.evaluate.sentences import plain_report
from dateline.records import ActorRef, Coded

Json = dict[str, Any]
Range = tuple[int, int]

PUBLISHED: tuple[tuple[str, dict[str, float]], ...] = (
    (
        "Universal PETRARCH with both dictionaries, test part",
        {"some event": 0.69, "right pair": 0.545, "right pair and type": 0.375, "type precision": 0.52},
    ),
)


def evaluate(path: Path) -> Result:
    """Code every sentence and look for the labelled pairs among what was written."""
    rows = load(path)
    coded = cache(predict)
    predictions = [{"row": n, "mentions": coded(row.sentence)} for n, row in enumerate(rows)]
    scores, missed = score(rows, predictions), notes(rows, predictions)
    return Result("plv-end", scores, PUBLISHED, tuple(predictions), missed)


def predict(sentence: str) -> list[Json]:
    """Return root, actors and recipients (character ranges) of each mention of a sentence."""
    coded = extract.code(plain_report(sentence))
    return [
        {"event": m.event, "actor": _ranges(m.actor, coded), "recipient": _ranges(m.recipient, coded)}
        for m in coded.mentions
    ]


def _ranges(parties: Iterable[ActorRef], coded: Coded) -> list[list[int]]:
    """Return where the parties stand, and every label of the same actors."""
    spans = {
        span
        for party in parties
        for span in (party.span, *(label.span for label in coded.labels if _same(label.actor, party)))
    }
    return [[span.start, span.end] for span in sorted(spans)]


def _same(one: ActorRef, other: ActorRef) -> bool:
    return (one.name, one.code, one.sector) == (other.name, other.code, other.sector)


def sides_met(row: Row, mention: Json) -> int:
    """Return how many of the two labelled parties a mention has in their place: 0, 1 or 2."""
    source = _meets(mention["actor"], row.source)
    both_act = source and not mention["recipient"] and _meets(mention["actor"], row.target)
    return source + (both_act or _meets(mention["recipient"], row.target))


def _meets(ranges: list[list[int]], gold: Range) -> bool:
    return any(start < gold[1] and gold[0] < end for start, end in ranges)


def is_right_type(row: Row, mention: Json) -> bool:
    """Tell whether a mention has the labelled root."""
    return MERGED.get(mention["event"], mention["event"]) == MERGED.get(row.root or "", row.root)


def best(row: Row, mentions: list[Json]) -> Json | None:
    """Return the mention that meets most of the labelled pair, the first of equals; types do not matter."""
    return max(mentions, key=lambda m: sides_met(row, m), default=None)


def score(rows: list[Row], predictions: list[Json]) -> dict[str, float]:
    """Return shares of the rows whose gold is not blank, and two precisions of the type.

    The first precision is over the mentions that have a labelled pair; the second over the rows with any
    mention, judged by the mention that meets the pair best.
    """
    judged = [(row, p["mentions"]) for row, p in zip(rows, predictions, strict=True) if row.root]
    if not judged:
        return {}
    eventful = [(row, best(row, mentions)) for row, mentions in judged]
    paired = [(row, m) for row, mentions in judged for m in mentions if sides_met(row, m) == 2]
    right = [(row, m) for row, m in paired if is_right_type(row, m)]
    answered = [is_right_type(row, m) for row, m in eventful if m is not None]
    total = len(judged)
    return {
        "rows": float(total),
        "some event": len(answered) / total,
        "right pair": len({id(row) for row, _ in paired}) / total,
        "right pair and type": len({id(row) for row, _ in right}) / total,
        "type precision, right pairs": len(right) / len(paired) if paired else 0.0,
        "type precision, rows with event": sum(answered) / len(answered) if answered else 0.0,
    }


def notes(rows: list[Row], predictions: list[Json]) -> tuple[str, ...]:
    """Return a line for each row whose pair or type was not found."""
    return tuple(
        line
        for n, (row, p) in enumerate(zip(rows, predictions, strict=True))
        if row.root and (line := _note(n, row, p["mentions"]))
    )


def _note(number: int, row: Row, mentions: list[Json]) -> str:
    paired = [m for m in mentions if sides_met(row, m) == 2]
    if any(is_right_type(row, m) for m in paired):
        return ""
    what = "type" if paired else "pair" if mentions else "nothing"
    shown = "; ".join(_show(row, m) for m in paired or mentions)
    wanted = f"{row.root} {row.sentence[slice(*row.source)]} > {row.sentence[slice(*row.target)]}"
    return f"{number}: {what}: {shown} | expected {wanted} | {row.sentence}"


def _show(row: Row, mention: Json) -> str:
    sides = (", ".join(row.sentence[s:e] for s, e in mention[r]) or "-" for r in ("actor", "recipient"))
    return f"{mention['event']} {' > '.join(sides)}"
