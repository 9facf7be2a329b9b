"""Stories, events and copies in the terminal: who tells it, how many independently, who denies it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

Json = dict[str, Any]


def summary(rows: Iterable[Json]) -> str:
    """Return one line that counts what linking found."""
    kinds: dict[str, list[Json]] = {"story": [], "event": [], "copy": []}
    for row in rows:
        kinds[row["record"]].append(row)
    reports = sum(len(story["reports"]) for story in kinds["story"])
    mentions = sum(len(event["mentions"]) for event in kinds["event"])
    disputed = sum(event["disputed"] for event in kinds["event"])
    return (
        f"{reports} reports in {len(kinds['story'])} stories, {len(kinds['copy'])} of them copies; "
        f"{mentions} mentions in {len(kinds['event'])} events, {disputed} of them disputed"
    )


def print_rows(console: Console, rows: Iterable[Json]) -> None:
    """Print rows of linking, one line each."""
    from rich.text import Text

    writers = {"story": story_line, "event": event_line, "copy": copy_line}
    for row in rows:
        console.print(Text(writers[row["record"]](row)), soft_wrap=True)


def act(row: Json) -> str:
    """Return an event as who → what → to whom, with its date."""
    sides = [", ".join(row[role]) or "—" for role in ("actor", "recipient")]
    done = "/".join([row["event"], *row["mode"]])
    return f"{sides[0]} → {done} → {sides[1]} | {row['date'] or 'undated'}"


def counts(row: Json) -> str:
    """Return how many reports, outlets, independent outlets and voices an event has."""
    return (
        f"{row['reports']} reports, {row['outlets']} outlets, {row['independent_outlets']} independent, "
        f"{row['voices']} voices"
    )


def names(vouchers: Iterable[Json]) -> str:
    """Return who vouches, in one line."""
    return ", ".join(v["name"] for v in vouchers)


def event_line(row: Json) -> str:
    """Return an event as one line."""
    parts = [row["id"][:8], act(row), counts(row)]
    if row["disputed"]:
        parts.append(f"disputed: {names(row['asserted_by'])} against {names(row['denied_by'])}")
    parts += [f"{f['what']}: {figure(f)}" for f in row["figures"] if f["conflict"]]
    return " | ".join(parts)


def figure(row: Json) -> str:
    """Return the figures of one kind with their outlets: ``11 (North Wire), 14 (Coast Tribune)``."""
    shown = dict.fromkeys(f"{v['text']} ({v['voice'] or v['outlet']})" for v in row["values"])
    return ", ".join(shown)


def story_line(row: Json) -> str:
    """Return a story as one line."""
    tally = (
        f"{len(row['reports'])} reports, {row['outlets']} outlets, {row['independent_outlets']} independent"
    )
    return " | ".join([row["id"][:8], row["title"] or "untitled", row["first"] or "undated", tally])


def copy_line(row: Json) -> str:
    """Return a copy as one line: the chain back to its origin."""
    return f"{' ← '.join(row['chain'])} | {row['origin']} | {row['share']:.0%}"
