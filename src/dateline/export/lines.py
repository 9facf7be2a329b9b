"""JSON lines: the record contract itself, one object a line, UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from dateline import contract


def write_jsonl(rows: Iterable[dict[str, Any]], stream: BinaryIO) -> int:
    """Write rows as JSON lines; return how many."""
    count = 0
    for row in rows:
        stream.write(contract.dumps(row).encode("utf-8") + b"\n")
        count += 1
    return count
