"""Tables (.csv, .tsv): the first row names the columns, every other row is one report."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from dateline.ingest import fields, lines
from dateline.ingest.build import Options
from dateline.records import Rejected, Report

_DELIMITERS = ",\t;|"


class _UnreadableError(Exception):
    """A line below the csv module that cannot be read; carries the reason."""


class _Lines:
    """The lines of a table as the csv module wants them, with what must be said about them."""

    def __init__(self, source: Iterator[lines.TextLine]) -> None:
        self._source = source
        self._notes: dict[str, None] = {}
        self.number = 0
        self.rows = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._source)
        self.number = line.number
        if line.reason:
            raise _UnreadableError(line.reason)
        self._notes.update(dict.fromkeys(line.notes))
        return line.text

    def notes(self) -> tuple[str, ...]:
        """Return the notes on the lines since the last call."""
        notes = tuple(self._notes)
        self._notes.clear()
        return notes


def read(stream: BinaryIO, path: str | None, options: Options) -> Iterator[Report | Rejected]:
    """Yield one record per row, ``item`` counting the rows below the header from 1."""
    csv.field_size_limit(options.limits.csv_field)
    source = _Lines(lines.read(stream, options.limits, blank=True))
    names = _header(source)
    if isinstance(names, str):
        yield Rejected(path, names)
        return
    columns, delimiter = names
    if fields.text_name(columns, options.field_map) is None:
        shown = ", ".join(columns)[:100]
        yield Rejected(path, f"table: no column with the text among {shown!r}")
        return
    for item, found in enumerate(_rows(source, columns, delimiter), 1):
        if isinstance(found, str):
            yield Rejected(path, found, item=item)
        else:
            yield fields.report(found, path, item, options, source.notes())
    if not source.rows:
        yield Rejected(path, "empty: no row below the header")


def _header(source: _Lines) -> tuple[list[str], str] | str:
    """Return the column names and the delimiter that parts them, or why there are none."""
    try:
        line = next((text for text in source if text.strip()), "")
        delimiter = max(_DELIMITERS, key=line.count)
        columns = next(csv.reader([line], delimiter=delimiter), [])
    except (_UnreadableError, csv.Error) as error:
        return str(error) if isinstance(error, _UnreadableError) else f"table: {error}"
    return ([name.strip() for name in columns], delimiter) if columns else "empty: no text"


def _rows(source: _Lines, columns: list[str], delimiter: str) -> Iterator[dict[str, str] | str]:
    """Yield each row as a dict of its cells, or why it cannot be read."""
    rows = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        first = source.number + 1
        try:
            row = next(rows, None)
        except (_UnreadableError, csv.Error) as error:
            source.rows += 1
            yield _trouble(error, first, source.number)
            continue
        if row is None:
            return
        if any(cell.strip() for cell in row):
            source.rows += 1
            yield _named(row, columns)


def _trouble(error: Exception, first: int, last: int) -> str:
    words = str(error) if isinstance(error, _UnreadableError) else f"table: {error}"
    return f"{words} (line {first})" if first >= last else f"{words} (lines {first} to {last})"


def _named(row: list[str], columns: list[str]) -> dict[str, str] | str:
    if len(row) > len(columns):
        return f"table: {len(row)} cells under {len(columns)} columns"
    return dict(zip(columns, row, strict=False))
