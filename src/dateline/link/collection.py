"""What linking is given: all reports with what is compared, the rest when it is asked for.

Of every report there are a head and keys; text, words and statements are made, or read from a store, only
for the reports that turn out to be touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar, overload

from numpy.typing import NDArray

from dateline.link import copies, counted, denials, events, stories
from dateline.link.reading import Head, Reading
from dateline.link.statements import Sentence, Statement, statement, told_together

T = TypeVar("T")
Json = dict[str, Any]
Item = tuple[Reading, Sequence[Json]]


@dataclass(frozen=True, slots=True)
class Keys:
    """What of a report is looked at in every run.

    ``bands`` and ``sample`` find copies, ``report`` are the ladders of the report, ``acts`` those of each
    mention, ``mentions`` the ids of the mentions in the order of their places and ``denied`` whether they are
    denied, ``figures`` its figures.
    """

    credit: str | None
    bands: NDArray[Any]
    sample: NDArray[Any]
    report: NDArray[Any]
    acts: tuple[NDArray[Any], ...]
    mentions: tuple[str, ...]
    denied: tuple[bool, ...]
    figures: tuple[counted.Seen, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """Everything that linking makes of a report by itself; the statements have the report number 0."""

    reading: Reading
    keys: Keys
    vector: stories.Vector
    print: copies.Fingerprint
    statements: tuple[Statement, ...]

    def numbered(self, report: int) -> tuple[Statement, ...]:
        """Return the statements as those of the report with this number."""
        return tuple(replace(one, report=report) for one in self.statements)


def derive(reading: Reading, rows: Sequence[Json]) -> Derived:
    """Make of a report and its records what linking compares."""
    sentences: dict[tuple[int, int], Sentence] = {}
    mentions = (row for row in (*rows, *denials.rows(reading, rows)) if row["record"] == "mention")
    made = (statement(row, 0, sentences) for row in mentions)
    statements = told_together(sorted(made, key=lambda s: (s.start, s.id)))
    vector = stories.vector(reading.title, reading.text)
    print = copies.fingerprint(reading)
    keys = Keys(
        credit=print.credit,
        bands=print.bands,
        sample=print.sample,
        report=stories.keys(reading, vector),
        acts=tuple(events.keys(one, reading, vector) for one in statements),
        mentions=tuple(one.id for one in statements),
        denied=tuple(one.denied for one in statements),
        figures=counted.seen(reading, statements),
    )
    return Derived(reading, keys, vector, print, statements)


class Source(Protocol):
    """Where reports come from, sorted by id: heads and keys of all, the rest by the number of the report."""

    heads: Sequence[Head]
    keys: Sequence[Keys]
    readings: Sequence[Reading]
    vectors: Sequence[stories.Vector]
    prints: Sequence[copies.Fingerprint]
    statements: Sequence[Sequence[Statement]]


class Memory:
    """Reports that are all held in memory."""

    def __init__(self, items: Iterable[Item]) -> None:
        made = sorted((derive(*item) for item in items), key=lambda d: d.reading.id)
        self.heads: Sequence[Head] = [d.reading.head for d in made]
        self.keys: Sequence[Keys] = [d.keys for d in made]
        self.readings: Sequence[Reading] = [d.reading for d in made]
        self.vectors: Sequence[stories.Vector] = [d.vector for d in made]
        self.prints: Sequence[copies.Fingerprint] = [d.print for d in made]
        self.statements: Sequence[Sequence[Statement]] = [d.numbered(n) for n, d in enumerate(made)]


class Asked(Sequence[T]):
    """A sequence of which each item is made when it is first asked for, and kept."""

    def __init__(self, size: int, make: Callable[[int], T]) -> None:
        self._size, self._make = size, make
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(self._size))]
        found = self._made.get(place)
        if found is None:
            if not 0 <= place < self._size:
                raise IndexError(place)
            found = self._made[place] = self._make(place)
        return found


class Collection:
    """The reports of a source, and their statements numbered through."""

    def __init__(self, source: Source) -> None:
        self.heads, self.keys, self.readings = source.heads, source.keys, source.readings
        self.vectors, self.prints = source.vectors, source.prints
        self.told: list[range] = []
        first = 0
        for one in self.keys:
            self.told.append(range(first, first + len(one.mentions)))
            first += len(one.mentions)
        self.mentions = [name for one in self.keys for name in one.mentions]
        self.report_of = [report for report, numbers in enumerate(self.told) for _ in numbers]
        self._by_report = source.statements
        self.statements: Sequence[Statement] = Asked(first, self._statement)
        if isinstance(source, Memory):
            self.statements = list(self.statements)

    def _statement(self, number: int) -> Statement:
        report = self.report_of[number]
        return self._by_report[report][number - self.told[report].start]
