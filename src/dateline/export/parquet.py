"""Mentions as Parquet with an explicit schema: the flat columns, and the whole record as JSON.

Needs the extra ``dateline[parquet]`` (pyarrow).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline import contract, errors
from dateline.export.flat import COLUMNS, flat

if TYPE_CHECKING:
    import pyarrow

Json = dict[str, Any]

INTEGERS = frozenset({"quad_code", "trigger_start", "trigger_end", "sentence_start", "sentence_end"})
FLOATS = frozenset({"event_scale", "confidence", "latitude", "longitude"})
ROWS_A_GROUP = 10_000


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise errors.InputError('Parquet needs pyarrow: pip install "dateline[parquet]"') from None
    return pyarrow


def schema() -> pyarrow.Schema:
    """Return the Arrow schema of exported mentions (codes are text: leading zeros count)."""
    arrow = _pyarrow()

    def kind(column: str) -> Any:
        if column in INTEGERS:
            return arrow.int64()
        return arrow.float64() if column in FLOATS else arrow.string()

    fields = [arrow.field(column, kind(column)) for column in (*COLUMNS, "json")]
    return arrow.schema(fields, metadata={"dateline": contract.coder()})


def write_parquet(rows: Iterable[Json], stream: BinaryIO) -> int:
    """Write mentions as Parquet (zstd, row groups of 10,000); return how many."""
    arrow = _pyarrow()
    count = 0
    with arrow.parquet.ParquetWriter(stream, schema(), compression="zstd") as writer:
        for group in _groups(row for row in rows if row["record"] == "mention"):
            table = [{**flat(row), "json": contract.dumps(row)} for row in group]
            writer.write_table(arrow.Table.from_pylist(table, schema=schema()))
            count += len(group)
    return count


def _groups(rows: Iterator[Json]) -> Iterator[list[Json]]:
    while group := list(islice(rows, ROWS_A_GROUP)):
        yield group
