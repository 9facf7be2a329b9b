"""What linking reads: a report with the records that were coded from it, as plain rows of the contract.

Only what comparison needs is kept, so that a hundred thousand mentions fit in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dateline import contract
from dateline.records import Coded, Span

Json = dict[str, Any]

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n\s*\n|\n")
ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z])\.$"
)


class Ordered:
    """What has an id and a time of publication."""

    __slots__ = ()
    id: str
    published: str | None

    @property
    def moment(self) -> str:
        """When it was published, in a form that sorts: UTC where a zone is given; late when unknown."""
        return moment(self.published)

    @property
    def order(self) -> tuple[str, str]:
        """What reports are sorted by: the earlier first."""
        return self.moment, self.id

    @property
    def day(self) -> int | None:
        """The day of publication as a number of days, or None."""
        return day_number(self.published)


@dataclass(frozen=True, slots=True)
class Head(Ordered):
    """A report without its text; the fields are those of :class:`Reading`."""

    id: str
    outlet: str
    title: str
    published: str | None
    same_as: str | None
    supersedes: str | None
    current: bool


@dataclass(frozen=True, slots=True)
class Reading(Ordered):
    """One report as linking sees it.

    ``sentences`` are spans of ``text`` in order. ``same_as`` names the article of which this is a version,
    ``supersedes`` the version before; ``current`` is false for a version that was superseded itself.
    """

    id: str
    outlet: str
    title: str
    published: str | None
    text: str
    sentences: tuple[Span, ...]
    url: str | None = None
    same_as: str | None = None
    supersedes: str | None = None
    current: bool = True

    @property
    def head(self) -> Head:
        """The report without its text."""
        return Head(
            self.id, self.outlet, self.title, self.published, self.same_as, self.supersedes, self.current
        )


def moment(published: str | None) -> str:
    """Return a publication time as a string that sorts by time; unknown times come last."""
    if not published:
        return "9999"
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return published
    if when.tzinfo is not None:
        when = when.astimezone(UTC).replace(tzinfo=None)
    return when.isoformat(timespec="minutes") if len(published) > len("2024-01-01") else published


def day_number(date: str | None) -> int | None:
    """Return the number of a day (``2024-03-15…``), None for anything less precise."""
    if not date or len(date) < len("2024-03-15"):
        return None
    try:
        return datetime.fromisoformat(date[:10]).toordinal()
    except ValueError:
        return None


def reading(report: Json, text: str, rows: Iterable[Json]) -> Reading:
    """Make a reading of a report (as the contract or the store gives it) and its records."""
    spans = {
        (row["sentence"]["start"], row["sentence"]["end"])
        for row in rows
        if row["record"] in ("mention", "uncoded")
    }
    sentences = tuple(Span(s, e, text[s:e]) for s, e in sorted(spans)) or tuple(split(text))
    return Reading(
        id=report["id"],
        outlet=outlet(report),
        title=report["title"] or "",
        published=report["published"],
        text=text,
        sentences=sentences,
        url=report["url"],
        same_as=report.get("same_as"),
        supersedes=report.get("supersedes"),
        current=bool(report.get("current", True)),
    )


def head(report: Json) -> Head:
    """Make a head of a report as the store gives it."""
    return Head(
        report["id"], outlet(report), report["title"] or "", report["published"], report["same_as"],
        report["supersedes"], bool(report["current"]),
    )  # fmt: skip


def outlet(report: Json) -> str:
    """Return what an outlet is called: its name, else where the report was found."""
    return str(report["outlet"] or report["path"] or report["id"])


def split(text: str) -> Iterator[Span]:
    """Cut a text into sentences by its punctuation, for texts that were not coded."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if ABBREVIATION.search(text, start, match.start()):
            continue
        yield from _stripped(text, start, match.start() + len(match[0].rstrip()))
        start = match.end()
    yield from _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    shown = piece.strip()
    if shown:
        first = start + len(piece) - len(piece.lstrip())
        yield Span(first, first + len(shown), shown)


def of_coded(coded: Sequence[Coded]) -> Iterator[tuple[Reading, list[Json]]]:
    """Yield the reading and all contract rows of each coded report."""
    for one in coded:
        rows = contract.rows(one, "all")
        rows += [contract.uncoded_json(u, one.report) for u in one.uncoded]
        yield reading(contract.report_json(one.report), one.report.text, rows), rows
