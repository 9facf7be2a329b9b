"""Load the hand-editable tables of ``data/lexicon/en/time`` (this package stands alone)."""

from __future__ import annotations

from pathlib import Path

from dateline.errors import LexiconError

FOLDER = Path(__file__).parents[1] / "data" / "lexicon" / "en" / "time"


def rows(name: str, width: int) -> list[tuple[str, ...]]:
    """Return the rows of ``name``.tsv without its header, each padded to ``width`` cells.

    Raises LexiconError for a row that has more cells than the header or an empty first cell.
    """
    path = FOLDER / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    content = [(n, x) for n, x in enumerate(lines, 1) if x.strip() and not x.startswith("#")]
    return [_cells(line, width, f"{path.name}:{number}") for number, line in content[1:]]


def pairs(name: str) -> dict[str, str]:
    """Return a table of two columns as a dict."""
    return {row[0]: row[1] for row in rows(name, 2)}


def _cells(line: str, width: int, place: str) -> tuple[str, ...]:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) > width or not cells[0]:
        raise LexiconError(f"{place}: expected at most {width} cells and no empty first one")
    return tuple(cells + [""] * (width - len(cells)))


def names(cell: str) -> tuple[str, ...]:
    """Split a cell at ``|``."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
