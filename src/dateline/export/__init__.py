"""The export window: contract rows to files. Each format is one entry of ``EXPORTERS``.

An exporter takes JSON rows of one kind (see :mod:`dateline.contract`) and writes them to a binary
stream. It reads and writes; it never computes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

from dateline import errors
from dateline.export.flat import write_csv, write_escaped_csv
from dateline.export.lines import write_jsonl
from dateline.export.parquet import write_parquet

Json = dict[str, Any]
Exporter = Callable[[Iterable[Json], BinaryIO], int]

EXPORTERS: tuple[tuple[str, Exporter], ...] = (
    ("jsonl", write_jsonl),
    ("csv", write_csv),
    ("csv-escaped", write_escaped_csv),
    ("parquet", write_parquet),
)


def exporter(name: str) -> Exporter:
    """Return the exporter of that name; raise InputError if there is none."""
    for known, write in EXPORTERS:
        if known == name:
            return write
    raise errors.InputError(f"unknown format {name!r}; known are {', '.join(n for n, _ in EXPORTERS)}")


def write_file(rows: Iterable[Json], path: Path, name: str) -> int:
    """Write a whole file durably: a temporary file is synchronised, then renamed; return the rows."""
    import os

    write = exporter(name)
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("wb") as handle:
            count = write(rows, handle)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
    except OSError as error:
        raise errors.InputError(f"{path}: {error.strerror or error}") from None
    _sync_folder(path.parent)
    return count


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be opened (not on Windows)."""
    import os

    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
