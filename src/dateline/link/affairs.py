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
from dateline.link.reading import Ordered
from dateline.link.statements import Party, Statement
from dateline.link.stories import StoryLink
from dateline.records import content_hash

Json = dict[str, Any]


class Affairs:
    """Makes the rows of events, stories and copies, each when it is asked for, by number.

    ``chosen`` are the events and the stories of which rows will be asked for.
    """

    def __init__(self, found: Found, stories_chosen: set[int], events_chosen: set[int]) -> None:
        self._found = found
        self._names = [story_id(found.heads, group) for group in found.stories]
        self._best = _strongest(found, events_chosen)
        self._reasons = _story_reasons(found, stories_chosen)
        self._came_from = independence.Sources(found)

    def event(self, number: int, loose: Sequence[tuple[int, int]]) -> Json:
        """Return the row of an event; ``loose`` are figures (report, place) of it outside its sentences."""
        figure_rows = counted.rows(self._found, number, loose)
        found, group = self._found, self._found.events[number]
        return _event(found, group, self._names, self._best, self._came_from, figure_rows)

    def story(self, number: int, events: Sequence[str]) -> Json:
        """Return the row of a story; ``events`` are the ids of those that are news in it."""
        return _story(self._found, self._found.stories[number], events, self._reasons)

    def copy(self, report: int) -> Json | None:
        """Return the row of a report that takes text from another; None when it does not."""
        return _copy(self._found, report) if self._found.origins[report].share > 0 else None


def story_id(heads: Sequence[Ordered], group: Sequence[int]) -> str:
    """Return the id of a story: a hash of its earliest report."""
    return content_hash("story", min(heads[r].order for r in group)[1])


def _strongest(found: Found, chosen: set[int]) -> dict[int, EventLink]:
    """Return for each statement of some events its strongest link inside its event."""
    best: dict[int, EventLink] = {}
    for link in found.event_links:
        home = found.event_of[link.one]
        if home not in chosen or home != found.event_of[link.other]:
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
    story_names: Sequence[str],
    best: dict[int, EventLink],
    came_from: independence.Sources,
    figure_rows: list[Json],
) -> Json:
    numbers = [n for n in group if found.heads[found.statements[n].report].current] or list(group)
    counted_ones = [found.statements[n] for n in numbers]
    first = min(
        (found.statements[n] for n in group),
        key=lambda s: (found.heads[s.report].order, s.start, s.id),
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
        "story": _home(found, counted_ones, story_names),
        "event": event,
        "mode": mode.split("/") if mode else [],
        "actor": _parties(s.actor for s in counted_ones),
        "recipient": _parties(s.recipient for s in counted_ones),
        "date": _date(counted_ones),
        "dates": _dates(found, counted_ones),
        "reports": len(reports),
        "outlets": len({found.heads[r].outlet for r in reports}),
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


def _home(found: Found, statements: Sequence[Statement], story_names: Sequence[str]) -> str:
    """Return the story in which the event is news, else the one that tells it most."""
    news = [s for s in statements if s.current] or list(statements)
    counts = Counter(story_names[found.story_of[s.report]] for s in news)
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
            by_date[s.date].add(found.heads[s.report].outlet)
    return [{"date": date, "outlets": sorted(outlets)} for date, outlets in sorted(by_date.items())]


def _mention(found: Found, number: int, best: dict[int, EventLink], came_from: str) -> Json:
    statement = found.statements[number]
    reading, link = found.heads[statement.report], best.get(number)
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


def _story_reasons(found: Found, chosen: set[int]) -> dict[int, StoryLink]:
    """Return for each report of some stories its strongest link inside its story."""
    best: dict[int, StoryLink] = {}
    for link in found.story_links:
        home = found.story_of[link.one]
        if home in chosen and home == found.story_of[link.other]:
            for end in (link.one, link.other):
                if end not in best or link.score > best[end].score:
                    best[end] = link
    return best


def _story(
    found: Found, group: list[int], events: Sequence[str], reasons: dict[int, StoryLink]
) -> Json:
    members = sorted(group, key=lambda r: found.heads[r].order)
    counted = [r for r in members if found.heads[r].current] or members
    dates = [found.heads[r].published for r in members if found.heads[r].published]
    return {
        "record": "story",
        "id": story_id(found.heads, group),
        "title": found.heads[members[0]].title,
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "outlets": len({found.heads[r].outlet for r in counted}),
        "independent_outlets": len({found.origins[r].name if found.origins[r].whole
                                    else found.heads[r].outlet for r in counted}),
        "reports": [_story_report(found, r, reasons) for r in members],
        "events": list(events),
    }  # fmt: skip


def _story_report(found: Found, number: int, reasons: dict[int, StoryLink]) -> Json:
    reading, origin, link = found.heads[number], found.origins[number], reasons.get(number)
    return {
        "id": reading.id,
        "outlet": reading.outlet,
        "published": reading.published,
        "title": reading.title,
        "origin": origin.name,
        "share": round(origin.share, 3),
        "chain": [found.heads[n].id for n in origin.chain[1:]],
        "current_version": reading.current,
        "supersedes": reading.supersedes,
        "why": ["alone"] if link is None else _alike(found, link),
    }


def _alike(found: Found, link: StoryLink) -> list[str]:
    return list(stories.reasons(found.vectors[link.one], found.vectors[link.other], link.score))


def _copy(found: Found, number: int) -> Json:
    reading, origin = found.heads[number], found.origins[number]
    return {
        "record": "copy",
        "report": reading.id,
        "outlet": reading.outlet,
        "source": found.heads[origin.chain[1]].id if len(origin.chain) > 1 else None,
        "origin": origin.name,
        "share": round(origin.share, 3),
        "chain": [found.heads[n].outlet for n in origin.chain],
        "why": list(origin.why),
    }
