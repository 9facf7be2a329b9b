"""Which rows must be made anew when something has arrived, and what is known afterwards.

A row depends on the members of its story or event, on where their text comes from, on their strongest
links, and on the figures given to it. A row of which nothing of this has changed is that of the last run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.link import affairs, counted
from dateline.link.collection import Collection
from dateline.link.found import Found
from dateline.link.known import Copied, Known, Place, ends
from dateline.records import content_hash

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Renewed:
    """The rows that are new or other than before, and (kind, id) of those that are gone.

    ``known`` is what is known now. Kinds are ``story``, ``event`` and ``copy``; the id of a copy is that of
    the copying report.
    """

    rows: tuple[Json, ...]
    gone: tuple[tuple[str, str], ...]
    known: Known


def renew(collection: Collection, found: Found, known: Known) -> Renewed:
    """Make the rows that have changed since the last run, of which ``known`` is left."""
    names = _names(found)
    state = _state(found, names)
    placed = counted.place(found, [one.figures for one in collection.keys])
    loose = {
        (found.heads[r].id, place): names.events[event] for (r, place), event in placed.items()
    }
    changed = _changed_reports(found, state, known)
    resting = _resting(found, changed)
    dirty = _dirty_events(found, names, state, known, resting | _restoried(found, names, known))
    dirty |= _refigured(names, loose, known, {found.heads[r].id for r in changed})
    told = _dirty_stories(found, names, state, known, resting)
    return _Writer(found, names, state, known, placed, loose).write(resting, dirty, told)


# -- what is there now ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Names:
    """The ids of events and stories, in the order of their numbers; the numbers by the ids."""

    events: list[str]
    stories: list[str]
    event_of: dict[str, int]


def _names(found: Found) -> _Names:
    order = [head.order for head in found.heads]
    first = (min(group, key=lambda n: (order[found.report_of[n]], n)) for group in found.events)
    events = [content_hash("event", found.mentions[n]) for n in first]
    stories = [affairs.story_id(found.heads, group) for group in found.stories]
    return _Names(events, stories, {name: n for n, name in enumerate(events)})


def _state(found: Found, names: _Names) -> Known:
    """Return what is known of pairs and groups after a run; homes and loose figures are still to come."""
    ids, mentions = [head.id for head in found.heads], found.mentions
    groups = {
        names.events[n]: frozenset(mentions[m] for m in group) for n, group in enumerate(found.events)
    }
    groups |= {names.stories[n]: frozenset(ids[r] for r in group) for n, group in enumerate(found.stories)}
    copies = (
        Copied(ids[c.report], ids[c.source], c.share, c.sentences, c.passage) for c in found.copies
    )
    return Known(
        reports={head.id: (head.current, head.supersedes) for head in found.heads},
        stories={ends(ids[k.one], ids[k.other]): k.score for k in found.story_links},
        copies={copy.ends: copy for copy in copies},
        events={ends(mentions[k.one], mentions[k.other]): k.likeness for k in found.event_links},
        groups=groups,
    )


# -- what has changed -------------------------------------------------------------------------------------


def _changed_reports(found: Found, state: Known, known: Known) -> set[int]:
    """Return the reports that are new, superseded, or take other text from others than before."""
    edges = state.copies.items() ^ known.copies.items() if known.reports else ()
    copying = {copy.report for _, copy in edges}
    return {
        n
        for n, head in enumerate(found.heads)
        if known.reports.get(head.id) != (head.current, head.supersedes) or head.id in copying
    }


def _resting(found: Found, changed: set[int]) -> set[int]:
    """Return the changed reports and all that take text from them, also through others."""
    takers: dict[int, list[int]] = defaultdict(list)
    for copy in found.copies:
        takers[copy.source].append(copy.report)
    reached, waiting = set(changed), list(changed)
    while waiting:
        for report in takers[waiting.pop()]:
            if report not in reached:
                reached.add(report)
                waiting.append(report)
    return reached


def _restoried(found: Found, names: _Names, known: Known) -> set[int]:
    """Return the reports whose story has another id than before."""
    return {
        report
        for name, group in zip(names.stories, found.stories, strict=True)
        if (before := known.groups.get(name, frozenset())) != {found.heads[r].id for r in group}
        for report in group
        if found.heads[report].id not in before
    }


def _dirty_events(
    found: Found, names: _Names, state: Known, known: Known, reports: set[int]
) -> set[int]:
    """Return the events with other mentions than before, of such reports, or with a link lost."""
    unlinked = {mention for pair in known.events.keys() - state.events.keys() for mention in pair}
    of_reports = {found.mentions[n] for report in reports for n in found.told[report]}
    touched = unlinked | of_reports
    return {
        n
        for n, name in enumerate(names.events)
        if known.groups.get(name) != state.groups[name] or not touched.isdisjoint(state.groups[name])
    }


def _refigured(
    names: _Names, loose: Mapping[Place, str], known: Known, changed: set[str]
) -> set[int]:
    """Return the events that gain or lose a loose figure, or have one of a changed report."""
    moved = {event for _, event in loose.items() ^ known.loose.items()}
    moved |= {event for (report, _), event in loose.items() if report in changed}
    return {names.event_of[event] for event in moved if event in names.event_of}


def _dirty_stories(
    found: Found, names: _Names, state: Known, known: Known, reports: set[int]
) -> set[int]:
    """Return the stories with other reports than before, with such reports, or with a link lost."""
    unlinked = {report for pair in known.stories.keys() - state.stories.keys() for report in pair}
    touched = unlinked | {found.heads[r].id for r in reports}
    return {
        n
        for n, name in enumerate(names.stories)
        if known.groups.get(name) != state.groups[name] or not touched.isdisjoint(state.groups[name])
    }


# -- the rows ---------------------------------------------------------------------------------------------


class _Writer:
    """Makes the rows that have changed."""

    def __init__(
        self, found: Found, names: _Names, state: Known, known: Known,
        placed: Mapping[tuple[int, int], int], loose: Mapping[Place, str],
    ) -> None:  # fmt: skip
        self._found, self._names, self._state, self._known = found, names, state, known
        self._loose = loose
        self._placed: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for figure, event in placed.items():
            self._placed[event].append(figure)

    def write(self, reports: set[int], events: set[int], stories: set[int]) -> Renewed:
        """Make the rows of events and stories by number, and of the copies that the reports are."""
        rows = affairs.Affairs(self._found, stories | self._might_change(events), events)
        told = {n: rows.event(n, self._placed.get(n, ())) for n in sorted(events)}
        homes = self._homes(told)
        stories = stories | self._rehomed(homes)
        by_story: dict[str, list[str]] = defaultdict(list)
        for event in sorted(homes):
            by_story[homes[event]].append(event)
        made = [rows.story(n, by_story.get(self._names.stories[n], ())) for n in sorted(stories)]
        taken = {r: rows.copy(r) for r in sorted(reports)}
        copies = [row for row in taken.values() if row is not None]
        gone = [("copy", self._found.heads[r].id) for r, row in taken.items() if row is None]
        return Renewed(
            rows=(*made, *told.values(), *copies),
            gone=tuple(sorted([*gone, *self._gone()])),
            known=self._after(homes),
        )

    def _might_change(self, events: set[int]) -> set[int]:
        """Return the stories that may gain or lose one of these events."""
        found, names, known = self._found, self._names, self._known
        now = {found.story_of[found.report_of[n]] for event in events for n in found.events[event]}
        left = {known.homes[event] for event in known.homes if event not in names.event_of}
        left |= {known.homes[name] for event in events if (name := names.events[event]) in known.homes}
        return now | {n for n, name in enumerate(names.stories) if name in left}

    def _homes(self, told: Mapping[int, Json]) -> dict[str, str]:
        """Return the story of every event."""
        new = {row["id"]: row["story"] for row in told.values()}
        return {name: new[name] if name in new else self._known.homes[name] for name in self._names.events}

    def _rehomed(self, homes: Mapping[str, str]) -> set[int]:
        """Return the stories that have got or lost an event."""
        changed = {story for _, story in homes.items() ^ self._known.homes.items()}
        return {n for n, name in enumerate(self._names.stories) if name in changed}

    def _gone(self) -> Iterable[tuple[str, str]]:
        known = self._known
        for name in known.groups.keys() - self._state.groups.keys():
            yield ("event" if name in known.homes else "story"), name

    def _after(self, homes: Mapping[str, str]) -> Known:
        state = self._state
        return Known(
            state.reports, state.stories, state.copies, state.events, state.groups, homes, self._loose
        )
