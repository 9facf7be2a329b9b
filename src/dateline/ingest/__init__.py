"""The door: bytes come in, and each becomes a report or a rejection with one line of reason.

``READERS`` below is the whole register: file suffixes, and the function that reads such a file.
A reader takes an open binary stream, the path to write on its records, and the options; it yields
one :class:`~dateline.records.Report` or :class:`~dateline.records.Rejected` per article, in order,
and never raises for what the bytes hold. To add a format, write one file and add one row.

What happens to an article, by file: ``charset`` turns bytes into text; ``text``, ``html``,
``jsonl`` and ``table`` take the article out of the file; ``build`` then asks ``header`` for the
lines before it, ``paragraphs`` (with ``junk``) for its paragraphs, ``dateline`` for the place
before the first sentence, ``dates`` for a moment and ``language`` for the language. ``clean`` is
the view of a paragraph that the parser reads. ``limits`` holds every limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from dateline.ingest import fields, html, jsonl, table, text
from dateline.ingest.build import Options
from dateline.ingest.limits import DEFAULT_LIMITS, Limits
from dateline.ingest.walk import Source, opened, unreadable, walk
from dateline.records import Rejected, Report

__all__ = ["DEFAULT_LIMITS", "READERS", "SUFFIXES", "Limits", "read"]

Reader = Callable[[BinaryIO, str | None, Options], Iterator[Report | Rejected]]

READERS: tuple[tuple[tuple[str, ...], Reader], ...] = (
    ((".txt", ".text"), text.read),
    ((".html", ".htm", ".xhtml"), html.read),
    ((".jsonl", ".ndjson"), jsonl.read),
    ((".json",), jsonl.read_document),
    ((".csv", ".tsv"), table.read),
)
SUFFIXES: Mapping[str, Reader] = {suffix: reader for suffixes, reader in READERS for suffix in suffixes}


def read(
    paths: Iterable[str | Path],
    *,
    field_map: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Report | Rejected]:
    """Read files, folders and ``-`` (standard input), yielding one record per article in order.

    Folders are walked in sorted order without their hidden files; a file whose suffix nobody reads
    is rejected, not passed over. ``field_map`` renames the fields of JSON and tables: from ours
    (``text``, ``title``, ``published``, ``outlet``, ``byline``, ``url``, ``source_id``,
    ``language``) to the name in the file. Nothing is raised for an input that
    cannot be read; InputError is raised at once for a field map with a name that is none of ours.
    """
    return _read(paths, Options(fields.checked(field_map or {}), limits))


def _read(paths: Iterable[str | Path], options: Options) -> Iterator[Report | Rejected]:
    for source in walk(paths):
        if source.reason:
            yield Rejected(source.path, source.reason)
        else:
            yield from _articles(source, options)


def _articles(source: Source, options: Options) -> Iterator[Report | Rejected]:
    try:
        with opened(source) as (stream, suffix):
            reader = SUFFIXES.get(suffix)
            if reader is None:
                yield Rejected(source.path, f"format: no reader for {suffix or 'no suffix'}")
            else:
                yield from reader(stream, source.path, options)
    except (OSError, ValueError) as error:
        yield Rejected(source.path, unreadable(error))
