"""Which files the given paths mean: files as named, folders in sorted order, ``-`` for stdin."""

from __future__ import annotations

import io
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dateline.ingest.charset import scrub

STDIN = "-"
_SNIFFED = 4096
_HTML = re.compile(rb"<(?:!doctype\s+html|!--|html|head|body|article|main|div|p|h1|meta|\?xml)\b", re.I)
_DOCUMENT = re.compile(rb"\[\s*[{\]]")


@dataclass(frozen=True, slots=True)
class Source:
    """One input: the path as records show it, its suffix in lower case, or why it cannot be read.

    ``file`` is None for standard input and for what is refused; then ``reason`` says why.
    """

    path: str
    suffix: str = ""
    file: Path | None = None
    reason: str = ""


def walk(paths: Iterable[str | Path]) -> Iterator[Source]:
    """Yield the sources that the paths mean, in the order given, folders sorted by name."""
    for path in paths:
        if str(path) == STDIN:
            yield Source(STDIN)
        else:
            yield from _named(Path(path))


def _named(path: Path) -> Iterator[Source]:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield from _folder(path)
        elif stat.S_ISREG(mode):
            yield Source(_shown(path), path.suffix.lower(), path)
        else:
            yield Source(_shown(path), reason="unreadable: not a regular file")
    except (OSError, ValueError) as error:
        yield Source(_shown(path), reason=unreadable(error))


def _folder(path: Path) -> Iterator[Source]:
    for child in sorted(path.iterdir()):
        if child.name.startswith("."):
            continue
        if child.is_symlink() and child.is_dir():
            yield Source(_shown(child), reason="unreadable: a link to a folder is not followed")
        else:
            yield from _named(child)


def unreadable(error: OSError | ValueError) -> str:
    """Return the one line of reason for a file that the system does not let us read."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"unreadable: {words}"


def _shown(path: Path) -> str:
    return scrub(str(path))[0].replace("\x00", "\ufffd")


@contextmanager
def opened(source: Source) -> Iterator[tuple[BinaryIO, str]]:
    """Open a source; give its stream and its suffix, which for standard input is sniffed."""
    if source.file is None:
        stream = _stdin()
        yield stream, sniffed(stream.peek(_SNIFFED)[:_SNIFFED])
        return
    with source.file.open("rb") as file:
        yield file, source.suffix


def _stdin() -> io.BufferedReader:
    stream = sys.stdin.buffer
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]


def sniffed(start: bytes) -> str:
    """Return the suffix of the format that these first bytes of a stream look like."""
    shown = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if shown.startswith(b"{"):
        return ".jsonl"
    if _DOCUMENT.match(shown):
        return ".json"
    return ".html" if _HTML.match(shown) else ".txt"
