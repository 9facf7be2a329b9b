"""Put together what was found: events and stories with their counts, disputes and figures.

What users receive are rows (:class:`dateline.link.linked.Linked`): JSON objects with ``record`` ``event``,
``story`` or ``copy``; ``docs/linking.md`` explains every field.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from dateline.link import counted, independence, signals, stories
from dateline.link.events import EventLink
from dateline.link.found import Found
from dateline.link.linked import Linked
from dateline.link.reading import Reading
from dateline.link.statements import Party, Statement
from dateline.link.stories import StoryLink
from dateline.records import content_hash

Json = dict[str, Any]



def assemble(found: Found) -> Linked:
    """Make the rows of events, stories and copies."""
    story_of = {r: story_id(found.readings, group) for group in found.stories for r in group}
    best = _strongest(found)
    came_from = independence.sources(found)
    events = [
        _event(found, group, story_of, best, came_from, rows)
        for group, rows in zip(found.events, counted.rows(found), strict=True)
    ]
    events.sort(key=lambda row: row["id"])
    by_story: dict[str, list[str]] = defaultdict(list)
    for event in events:
        if event["story"]:
            by_story[event["story"]].append(event["id"])
    reasons = _story_reasons(found)
    told = [_story(found, group, by_story, reasons) for group in found.stories]
    rows = [_copy(found, number) for number, origin in enumerate(found.origins) if origin.share > 0]
    return Linked(
        tuple(sorted(told, key=lambda row: row["id"])), tuple(events),
        tuple(sorted(rows, key=lambda row: row["report"])),
    )  # fmt: skip


def story_id(readings: Sequence[Reading], group: Sequence[int]) -> str:
    """Return the id of a story: a hash of its earliest report."""
    return content_hash("story", min(readings[r].order for r in group)[1])


def _strongest(found: Found) -> dict[int, EventLink]:
    """Return for each statement its strongest link inside its event."""
    home = {s: number for number, group in enumerate(found.events) for s in group}
    best: dict[int, EventLink] = {}
    for link in found.event_links:
        if home[link.one] != home[link.other]:
            continue
        for end in (link.one, link.other):
            if end not in best or (link.likeness, -link.one, -link.other) > (
                best[end].likeness, -best[end].one, -best[end].other,
            ):  # fmt: skip
                best[end] = link
    return best


# -- events -----------------------------------------------------------------------------------------------


def _event(
    found: Found,
    group: Sequence[int],
    story_of: dict[int, str],
    best: dict[int, EventLink],
    came_from: Sequence[str],
    figure_rows: list[Json],
) -> Json:
    numbers = [n for n in group if found.readings[found.statements[n].report].current] or list(group)
    counted_ones = [found.statements[n] for n in numbers]
    first = min(
        (found.statements[n] for n in group),
        key=lambda s: (found.readings[s.report].order, s.start, s.id),
    )
    event, mode = _most_common((s.event, s.mode) for s in counted_ones)
    told = [(n, s) for n, s in zip(numbers, counted_ones, strict=True)]
    asserted, denied = (
        independence.vouchers(found, [n for n, _ in side], came_from)
        for side in (
            [(n, s) for n, s in told if s.happened and not s.denied],
            [(n, s) for n, s in told if s.denied],
        )
    )
    reports = sorted({s.report for s in counted_ones})
    return {
        "record": "event",
        "id": content_hash("event", first.id),
        "story": _home(found, counted_ones, story_of),
        "event": event,
        "mode": mode.split("/") if mode else [],
        "actor": _parties(s.actor for s in counted_ones),
        "recipient": _parties(s.recipient for s in counted_ones),
        "date": _date(counted_ones),
        "dates": _dates(found, counted_ones),
        "reports": len(reports),
        "outlets": len({found.readings[r].outlet for r in reports}),
        "independent_outlets": len({came_from[n] for n in numbers}),
        "voices": len({independence.side(s, came_from[n]) for n, s in told}),
        "disputed": bool(denied) and bool(asserted),
        "asserted_by": asserted,
        "denied_by": denied,
        "figures": figure_rows,
        "mentions": [_mention(found, n, best, came_from[n]) for n in group],
    }


def _most_common(values: Iterable[Any]) -> Any:
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v))


def _home(found: Found, statements: Sequence[Statement], story_of: dict[int, str]) -> str:
    """Return the story in which the event is news, else the one that tells it most."""
    news = [s for s in statements if s.current] or list(statements)
    counts = Counter(story_of[s.report] for s in news)
    return min(counts, key=lambda name: (-counts[name], name))


def _parties(sides: Iterable[tuple[Party, ...]]) -> list[str]:
    """Return the codes with sectors that the mentions give, the most frequent first."""
    counts = Counter(p.code + (f" {p.sector}" if p.sector else "") for side in sides for p in side if p.code)
    return sorted(counts, key=lambda c: (-counts[c], c))


def _date(statements: Sequence[Statement]) -> str | None:
    """Return the date that most mentions give; of equally frequent ones the most precise."""
    given = [s.date for s in statements if s.date]
    if not given:
        return None
    counts = Counter(given)
    return min(counts, key=lambda d: (-counts[d], -len(d) if "/" not in d else 0, d))


def _dates(found: Found, statements: Sequence[Statement]) -> list[Json]:
    """Return each date with the outlets that give it: dates are kept per source."""
    by_date: dict[str, set[str]] = defaultdict(set)
    for s in statements:
        if s.date:
            by_date[s.date].add(found.readings[s.report].outlet)
    return [{"date": date, "outlets": sorted(outlets)} for date, outlets in sorted(by_date.items())]


def _mention(found: Found, number: int, best: dict[int, EventLink], came_from: str) -> Json:
    statement = found.statements[number]
    reading, link = found.readings[statement.report], best.get(number)
    other = None if link is None else link.other if link.one == number else link.one
    return {
        "id": statement.id,
        "report": reading.id,
        "outlet": reading.outlet,
        "published": reading.published,
        "start": statement.sentence.start,
        "end": statement.sentence.end,
        "realis": statement.realis,
        "denies": statement.denied,
        "voice": statement.voice.name,
        "voice_code": statement.voice.code,
        "origin": came_from,
        "current_version": reading.current,
        "with": None if other is None else found.statements[other].id,
        "likeness": None if link is None else round(link.likeness, 3),
        "why": ["alone"]
        if link is None
        else list(signals.reasons(found.evidence.pair(link.one, link.other))),
    }


# -- stories and copies -----------------------------------------------------------------------------------


def _story_reasons(found: Found) -> dict[int, StoryLink]:
    """Return for each report its strongest link inside its story."""
    home = {r: number for number, group in enumerate(found.stories) for r in group}
    best: dict[int, StoryLink] = {}
    for link in found.story_links:
        if home[link.one] == home[link.other]:
            for end in (link.one, link.other):
                if end not in best or link.score > best[end].score:
                    best[end] = link
    return best


def _story(
    found: Found, group: list[int], by_story: dict[str, list[str]],
    reasons: dict[int, StoryLink],
) -> Json:  # fmt: skip
    members = sorted(group, key=lambda r: found.readings[r].order)
    counted = [r for r in members if found.readings[r].current] or members
    name = story_id(found.readings, group)
    dates = [found.readings[r].published for r in members if found.readings[r].published]
    return {
        "record": "story",
        "id": name,
        "title": found.readings[members[0]].title,
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "outlets": len({found.readings[r].outlet for r in counted}),
        "independent_outlets": len({found.origins[r].name if found.origins[r].whole
                                    else found.readings[r].outlet for r in counted}),
        "reports": [_story_report(found, r, reasons) for r in members],
        "events": by_story.get(name, []),
    }  # fmt: skip


def _story_report(found: Found, number: int, reasons: dict[int, StoryLink]) -> Json:
    reading, origin, link = found.readings[number], found.origins[number], reasons.get(number)
    return {
        "id": reading.id,
        "outlet": reading.outlet,
        "published": reading.published,
        "title": reading.title,
        "origin": origin.name,
        "share": round(origin.share, 3),
        "chain": [found.readings[n].id for n in origin.chain[1:]],
        "current_version": reading.current,
        "supersedes": reading.supersedes,
        "why": ["alone"] if link is None else _alike(found, link),
    }


def _alike(found: Found, link: StoryLink) -> list[str]:
    return list(stories.reasons(found.vectors[link.one], found.vectors[link.other], link.score))


def _copy(found: Found, number: int) -> Json:
    reading, origin = found.readings[number], found.origins[number]
    return {
        "record": "copy",
        "report": reading.id,
        "outlet": reading.outlet,
        "source": found.readings[origin.chain[1]].id if len(origin.chain) > 1 else None,
        "origin": origin.name,
        "share": round(origin.share, 3),
        "chain": [found.readings[n].outlet for n in origin.chain],
        "why": list(origin.why),
    }
