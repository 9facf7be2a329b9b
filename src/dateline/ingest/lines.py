"""Lines of a file of any size, each bounded and decoded by itself."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dateline.ingest import charset
from dateline.ingest.limits import Limits

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class TextLine:
    """Line ``number`` (from 1) with its line end; ``reason`` says why it cannot be read."""

    number: int
    text: str
    notes: tuple[str, ...] = ()
    reason: str = ""


def read(stream: BinaryIO, limits: Limits, *, blank: bool = False) -> Iterator[TextLine]:
    """Yield the lines of a stream, blank ones if wanted; a file that is no text, one reason."""
    number = 0
    while raw := stream.readline(limits.report_bytes + 1):
        number += 1
        if number == 1 and raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            yield TextLine(1, "", reason="charset: a file of many reports must be UTF-8, not UTF-16")
            return
        if number == 1 and raw.startswith(charset.MAGIC):
            yield TextLine(1, "", reason="binary: not a text file")
            return
        if len(raw) > limits.report_bytes:
            _drain(stream, raw)
            reason = f"too large: line of more than {limits.report_bytes} bytes"
            yield TextLine(number, "", reason=reason)
        elif blank or raw.strip():
            yield _decoded(number, raw)


def _drain(stream: BinaryIO, raw: bytes) -> None:
    """Read on to the end of a line that is too long, keeping nothing."""
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(_CHUNK)


def _decoded(number: int, raw: bytes) -> TextLine:
    decoded = charset.decode(raw)
    if decoded.text is None:
        return TextLine(number, "", reason=decoded.reason)
    return TextLine(number, decoded.text, decoded.notes)
