"""Plain text: one file is one report, header lines included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from dateline.ingest import charset
from dateline.ingest.build import Fields, Options, build
from dateline.records import Rejected, Report


def read(stream: BinaryIO, path: str | None, options: Options) -> Iterator[Report | Rejected]:
    """Yield the one report of a plain text file, or the reason why it is none."""
    data = bounded(stream, options)
    if isinstance(data, str):
        yield Rejected(path, data)
        return
    decoded = charset.decode(data)
    if decoded.text is None:
        yield Rejected(path, decoded.reason)
        return
    fields = Fields(path=path, notes=decoded.notes)
    yield build(decoded.text, fields, options.limits)


def bounded(stream: BinaryIO, options: Options) -> bytes | str:
    """Read a whole stream up to the limit of one report; a string says why it cannot be read."""
    limit = options.limits.report_bytes
    try:
        data = stream.read(limit + 1)
    except OSError as error:
        return f"unreadable: {error.strerror or error}"
    if len(data) > limit:
        return f"too large: more than {limit} bytes"
    return data if data.strip() else "empty: no text"
