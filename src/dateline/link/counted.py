"""The figures of each event, per source: which number belongs to which event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from dateline.link import figures
from dateline.link.found import Found
from dateline.link.reading import Reading

Json = dict[str, Any]
Counted = dict[str, list[tuple[figures.Figure, Json]]]  # by what is counted


def rows(found: Found) -> list[list[Json]]:
    """Return the rows of figures of each event, in the order of the events."""
    current = frozenset(r.id for r in found.readings if r.current)
    return [_rows(one, current) for one in all_figures(found)]


def all_figures(found: Found) -> list[Counted]:
    """Return the figures of each event, per source.

    A figure belongs to the events told in its sentence. One whose sentence tells no event ("he put the
    number of injured at 20") belongs to the event of its story of which the same thing is counted most
    often, else to the last event told before it in its report.
    """
    homes = {s: number for number, group in enumerate(found.events) for s in group}
    told: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, s in enumerate(found.statements):
        told[s.report, s.sentence.start].append(number)
    counted: list[Counted] = [defaultdict(list) for _ in found.events]
    loose: list[tuple[int, figures.Figure, int | None]] = []
    for report in sorted(range(len(found.readings)), key=lambda r: found.readings[r].order):
        before: int | None = None
        for span in found.readings[report].sentences:
            here = told.get((report, span.start), [])
            for figure in figures.find(span):
                for event in sorted({homes[s] for s in here}):
                    voice = next(found.statements[s].voice.name for s in here if homes[s] == event)
                    counted[event][figure.what].append(
                        (figure, _figure(figure, found.readings[report], voice))
                    )
                if not here:
                    loose.append((report, figure, before))
            before = homes[here[-1]] if here else before
    _place_loose(found, counted, loose)
    return counted


def _place_loose(
    found: Found, counted: list[Counted], loose: Sequence[tuple[int, figures.Figure, int | None]]
) -> None:
    story_of = {r: number for number, group in enumerate(found.stories) for r in group}
    events_of: dict[int, set[int]] = defaultdict(set)
    for event, group in enumerate(found.events):
        for s in group:
            events_of[story_of[found.statements[s].report]].add(event)
    for report, figure, before in loose:
        told = [e for e in sorted(events_of[story_of[report]]) if counted[e].get(figure.what)]
        best = max(told, key=lambda e: len(counted[e][figure.what]), default=before)
        if best is not None:
            counted[best][figure.what].append((figure, _figure(figure, found.readings[report], None)))


def _rows(found: Counted, current: frozenset[str]) -> list[Json]:
    """Return an event's figures as rows, those of superseded versions left out."""
    made = []
    for what in sorted(found):
        kept = [(f, row) for f, row in found[what] if row["report"] in current]
        if kept:
            values = [row for _, row in kept]
            made.append({"what": what, "conflict": figures.conflict([f for f, _ in kept]), "values": values})
    return made


def _figure(figure: figures.Figure, reading: Reading, voice: str | None) -> Json:
    return {
        "said": figure.said,
        "low": figure.low,
        "high": None if figure.high >= figures.MANY else figure.high,
        "outlet": reading.outlet,
        "report": reading.id,
        "voice": voice,
        "start": figure.span.start,
        "end": figure.span.end,
        "text": figure.span.text,
    }
