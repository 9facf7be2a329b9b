"""The result of linking as users receive it: rows, and flat tables of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Linked:
    """The result of linking: rows of stories, events and copies, each in the order of their ids."""

    stories: tuple[Json, ...]
    events: tuple[Json, ...]
    copies: tuple[Json, ...]

    @classmethod
    def of(cls, rows: Iterable[Json]) -> Linked:
        """Put rows of all kinds in order."""
        kinds: dict[str, list[Json]] = {"story": [], "event": [], "copy": []}
        for row in rows:
            kinds[row["record"]].append(row)
        names = {"story": "id", "event": "id", "copy": "report"}
        by_kind = {k: tuple(sorted(kinds[k], key=lambda row: str(row[name]))) for k, name in names.items()}
        return cls(by_kind["story"], by_kind["event"], by_kind["copy"])

    def rows(self) -> Iterable[Json]:
        """Return all rows: stories, then events, then copies."""
        return (*self.stories, *self.events, *self.copies)

    def event_of(self, mention: str) -> str | None:
        """Return the id of the event to which a mention belongs."""
        return next((e["id"] for e in self.events for m in e["mentions"] if m["id"] == mention), None)

    def tables(self) -> dict[str, list[Json]]:
        """Return flat tables, one dict a row with plain values only: give them to ``pandas.DataFrame``."""
        return {
            "stories": [_flat(s, ("reports", "events", "links", "figures")) for s in self.stories],
            "story_reports": [{"story": s["id"], **_flat(r)} for s in self.stories for r in s["reports"]],
            "events": [_flat(e, ("mentions", "figures", "dates")) for e in self.events],
            "event_mentions": [{"event": e["id"], **_flat(m)} for e in self.events for m in e["mentions"]],
            "figures": [
                {"event": e["id"], "what": f["what"], "conflict": f["conflict"], **_flat(v)}
                for e in self.events for f in e["figures"] for v in f["values"]
            ],
            "copies": [_flat(c) for c in self.copies],
        }  # fmt: skip


def _flat(row: Json, left_out: Sequence[str] = ()) -> Json:
    return {key: _cell(value) for key, value in row.items() if key not in left_out}


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ";".join(str(v) for v in value)
    if isinstance(value, dict):
        return value.get("name") or value.get("code") or ""
    return value
