"""Mentions as flat rows for spreadsheets and R: one row a mention, lists joined with ";".

``;`` inside a value is written as ``,``. Values that a spreadsheet would run as a formula keep their
text; :func:`write_csv` with ``escape=True`` puts an apostrophe before them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

Json = dict[str, Any]

COLUMNS: tuple[str, ...] = (
    "id", "report_id", "source_id", "outlet", "url", "published", "title",
    "event", "mode", "context", "cameo", "quad_code", "event_scale",
    "actor_codes", "actor_sectors", "actor_names", "actor_text",
    "recipient_codes", "recipient_sectors", "recipient_names", "recipient_text",
    "date", "date_basis", "time", "realis", "distancing",
    "voice_kind", "voice_codes", "voice_names", "voice_stance",
    "place", "place_country", "latitude", "longitude", "confidence",
    "trigger", "trigger_start", "trigger_end", "sentence", "sentence_start", "sentence_end", "coder",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _join(values: Iterable[Any]) -> str:
    return ";".join("" if v is None else str(v).replace(";", ",") for v in values)


def flat(row: Json) -> Json:
    """Return one mention as a flat row with the keys of :data:`COLUMNS` (None where unknown)."""
    report, place = row["report"], row["event_loc"] or {}
    out: Json = {
        "report_id": report["id"],
        "actor_text": _join(a["entity_text"] for a in row["actor"]),
        "recipient_text": _join(a["entity_text"] for a in row["recipient"]),
        "date_basis": row["date_basis"]["kind"],
        "distancing": _join(m["kind"] for m in row["distancing"]),
        "voice_kind": _join(v["kind"] for v in row["voices"]) or "outlet",
        "voice_codes": _join(v["code"] for v in row["voices"]),
        "voice_names": _join(v["name"] for v in row["voices"]),
        "voice_stance": _join(v["stance"] for v in row["voices"]),
        "place": place.get("name"),
        "place_country": place.get("country"),
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "mode": _join(row["mode"]),
        "context": _join(row["context"]),
    }
    for role in ("actor", "recipient"):
        for key, field in (("codes", "code"), ("sectors", "sector"), ("names", "identifier_text")):
            out[f"{role}_{key}"] = _join(a[field] for a in row[role])
    for name in ("source_id", "outlet", "url", "published", "title"):
        out[name] = report[name]
    for name in (
        "id",
        "event",
        "cameo",
        "quad_code",
        "event_scale",
        "date",
        "time",
        "realis",
        "confidence",
        "coder",
    ):
        out[name] = row[name]
    for name in ("trigger", "sentence"):
        span = row[name]
        out |= {name: span["text"], f"{name}_start": span["start"], f"{name}_end": span["end"]}
    return {column: out[column] for column in COLUMNS}


def write_csv(rows: Iterable[Json], stream: BinaryIO, escape: bool = False) -> int:
    """Write mentions as CSV (RFC 4180, UTF-8, header line); return how many."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        if row["record"] != "mention":
            continue
        values = flat(row)
        writer.writerow({k: _safe(v) for k, v in values.items()} if escape else values)
        count += 1
    text.flush()
    text.detach()
    return count


def write_escaped_csv(rows: Iterable[Json], stream: BinaryIO) -> int:
    """Write mentions as CSV that is safe to open in a spreadsheet; return how many."""
    return write_csv(rows, stream, escape=True)


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
