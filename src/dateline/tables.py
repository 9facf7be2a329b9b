"""Read the tab-separated tables under ``data/``; the formats stand in ``data/README.md``.

Every problem is an error that names file and line, so that a hand edit is easily mended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from dateline import errors

DATA = Path(__file__).parent / "data"


def path(name: str) -> Path:
    """Return the path of a data file, ``name`` relative to the data folder."""
    return DATA / name


def alternatives(cell: str) -> tuple[str, ...]:
    """Split a cell at ``|`` into its alternatives; an empty cell has none."""
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()


def read(name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read one table; raise LexiconError for a wrong header or a row with too many cells.

    Each row is a dict of the columns plus ``"@"``, the place of the row (``file:line``).
    """
    file = path(name)
    lines = _lines(file)
    number, header = next(lines, (0, ""))
    if tuple(header.split("\t")) != tuple(columns):
        raise errors.LexiconError(f"{name}:{number}: the header must be: {' '.join(columns)}")
    return [_row(name, number, line, columns) for number, line in lines]


def read_all(folder: str, columns: Sequence[str], pattern: str = "*.tsv") -> list[dict[str, str]]:
    """Read every table of a folder that matches ``pattern``, in the order of their names."""
    files = sorted(path(folder).glob(pattern))
    return [row for file in files for row in read(f"{folder}/{file.name}", columns)]


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    with file.open(encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            if line.strip() and not line.startswith("#"):
                yield number, line.rstrip("\r\n")


def _row(name: str, number: int, line: str, columns: Sequence[str]) -> dict[str, str]:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) > len(columns):
        raise errors.LexiconError(f"{name}:{number}: {len(cells)} cells, but {len(columns)} columns")
    cells += [""] * (len(columns) - len(cells))
    return {**dict(zip(columns, cells, strict=True)), "@": f"{name}:{number}"}


@cache
def version() -> str:
    """Return 12 hex digits that change whenever any shipped table changes."""
    digest = hashlib.sha256()
    for file in sorted(DATA.rglob("*.t[so][vm]*")):
        digest.update(file.relative_to(DATA).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
