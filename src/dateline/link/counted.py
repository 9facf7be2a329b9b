"""The figures of each event, per source: which number belongs to which event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.link import figures
from dateline.link.found import Found
from dateline.link.reading import Reading
from dateline.link.statements import Statement

Json = dict[str, Any]
Counted = dict[str, list[tuple[figures.Figure, Json]]]  # by what is counted


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure of a report by its place among them: what is counted, and by which statements.

    ``here`` are the statements of its sentence (by their number in the report); where there is none, the
    figure is loose, and ``before`` is the last statement before it.
    """

    what: str
    here: tuple[int, ...]
    before: int | None


def seen(reading: Reading, statements: Sequence[Statement]) -> tuple[Seen, ...]:
    """Return the figures of a report, whose statements are given in order."""
    told = _told(statements)
    made: list[Seen] = []
    before: int | None = None
    for span in reading.sentences:
        here = tuple(told.get(span.start, ()))
        made += [Seen(figure.what, here, None if here else before) for figure in figures.find(span)]
        before = here[-1] if here else before
    return tuple(made)


def _told(statements: Sequence[Statement]) -> dict[int, list[int]]:
    """Return the statements (by their number in the report) of each sentence (by its start)."""
    told: dict[int, list[int]] = defaultdict(list)
    for number, s in enumerate(statements):
        told[s.sentence.start].append(number)
    return told


def place(found: Found, figures_of: Sequence[Sequence[Seen]]) -> dict[tuple[int, int], int]:
    """Say to which event (by number) each loose figure (report, place in it) belongs.

    A figure belongs to the events told in its sentence. One whose sentence tells no event ("he put the
    number of injured at 20") belongs to the event of its story of which the same thing is counted most
    often, else to the last event told before it in its report.
    """
    counts: dict[str, Counter[int]] = defaultdict(Counter)  # by what, and by event
    loose = []
    order = sorted((r for r, held in enumerate(figures_of) if held), key=lambda r: found.heads[r].order)
    for report in order:
        first = found.told[report].start
        for number, one in enumerate(figures_of[report]):
            counts[one.what].update({found.event_of[first + n] for n in one.here})
            if not one.here:
                loose.append((report, number, one))
    events_of = _events_of(found, {found.story_of[report] for report, _, _ in loose})
    placed: dict[tuple[int, int], int] = {}
    for report, number, one in loose:
        count = counts[one.what]
        told = [e for e in events_of[found.story_of[report]] if e in count]
        before = None if one.before is None else found.event_of[found.told[report].start + one.before]
        best = max(told, key=count.__getitem__, default=before)
        if best is not None:
            count[best] += 1
            placed[report, number] = best
    return placed


def _events_of(found: Found, stories: set[int]) -> dict[int, list[int]]:
    """Return the events (by number, in order) that reports of a story tell."""
    return {
        story: sorted({found.event_of[n] for report in found.stories[story] for n in found.told[report]})
        for story in stories
    }


def rows(found: Found, event: int, loose: Sequence[tuple[int, int]]) -> list[Json]:
    """Return the rows of figures of an event (by number); ``loose`` are those placed in it, in any order."""
    reports = sorted(
        {found.statements[n].report for n in found.events[event]}, key=lambda r: found.heads[r].order
    )
    counted: Counted = defaultdict(list)
    for report in reports:
        for figure, here in _in_sentences(found, report):
            voices = [s.voice.name for n, s in here if found.event_of[n] == event]
            if voices:
                counted[figure.what].append((figure, _figure(figure, found.readings[report], voices[0])))
    for report, number in sorted(loose, key=lambda one: (found.heads[one[0]].order, one[1])):
        figure = [f for span in found.readings[report].sentences for f in figures.find(span)][number]
        counted[figure.what].append((figure, _figure(figure, found.readings[report], None)))
    return _rows(counted, frozenset(found.heads[r].id for r in [*reports, *(r for r, _ in loose)]
                                    if found.heads[r].current))  # fmt: skip


def _in_sentences(
    found: Found, report: int
) -> Iterator[tuple[figures.Figure, list[tuple[int, Statement]]]]:
    """Yield the figures of a report that stand in a sentence with statements, with those statements."""
    numbers = found.told[report]
    told = _told([found.statements[n] for n in numbers])
    for span in found.readings[report].sentences:
        here = [(numbers[n], found.statements[numbers[n]]) for n in told.get(span.start, ())]
        if here:
            yield from ((figure, here) for figure in figures.find(span))


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
