"""JSON: one object per line (.jsonl, .ndjson), or a document of one object or an array (.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from dateline.ingest import charset, fields, lines
from dateline.ingest.build import Options
from dateline.ingest.text import bounded
from dateline.records import Rejected, Report

_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)


def read(stream: BinaryIO, path: str | None, options: Options) -> Iterator[Report | Rejected]:
    """Yield one record per line; a line that cannot be read is rejected and the next one read."""
    seen = False
    for line in lines.read(stream, options.limits):
        seen = True
        if line.reason:
            yield Rejected(path, line.reason, item=line.number)
        else:
            yield _line(line, path, options)
    if not seen:
        yield Rejected(path, "empty: no text")


def _line(line: lines.TextLine, path: str | None, options: Options) -> Report | Rejected:
    value = _parsed(line.text, options.limits.json_depth)
    if isinstance(value, str):
        return Rejected(path, value, item=line.number)
    return _report(value[0], path, line.number, options, line.notes)


def read_document(stream: BinaryIO, path: str | None, options: Options) -> Iterator[Report | Rejected]:
    """Yield one record per object of a JSON document; a document is bounded as one report is."""
    data = bounded(stream, options)
    decoded = charset.Decoded(None, reason=data) if isinstance(data, str) else charset.decode(data)
    if decoded.text is None:
        yield Rejected(path, decoded.reason)
        return
    value = _parsed(decoded.text, options.limits.json_depth)
    if isinstance(value, str):
        yield Rejected(path, value)
        return
    for number, item in enumerate(_articles(value[0]), 1):
        yield _report(item, path, number, options, decoded.notes)


def _articles(value: Any) -> list[Any]:
    """Return the articles of a document: an array, the array an object wraps, or the one object."""
    if isinstance(value, dict):
        for name in ("articles", "items", "results", "documents", "docs", "data"):
            if isinstance(value.get(name), list):
                return value[name] or [value]
    return value or [None] if isinstance(value, list) else [value]


def _report(
    value: Any, path: str | None, item: int, options: Options, notes: tuple[str, ...]
) -> Report | Rejected:
    if not isinstance(value, dict):
        return Rejected(path, f"json: not an object but {_kind(value)}", item=item)
    return fields.report(value, path, item, options, notes)


def _kind(value: Any) -> str:
    return {list: "an array", str: "a string", type(None): "nothing"}.get(type(value), "a value")


def _parsed(text: str, depth: int) -> tuple[Any] | str:
    """Return the value in a tuple of one, or the reason why the text is not JSON."""
    if _deeper(text, depth):
        return f"json: nested more than {depth} deep"
    try:
        return (json.loads(text),)
    except json.JSONDecodeError as error:
        return f"json: {error.msg} at character {error.pos + 1}"
    except (ValueError, RecursionError) as error:
        return f"json: {str(error).splitlines()[0][:100]}"


def _deeper(text: str, limit: int) -> bool:
    if text.count("[") + text.count("{") <= limit:
        return False
    depth = 0
    for found in _STRUCTURE.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > limit:
            return True
    return False
