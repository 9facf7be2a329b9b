"""Bring the links of a store up to date: read what is there, link it, keep the result.

The result is a function of the reports and their newest codings, whatever the order in which they came
and however often links were made in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dateline import errors, link
from dateline.link import compare as comparison
from dateline.link.linked import Linked
from dateline.link.reading import Reading, reading
from dateline.store import Store

Json = dict[str, Any]


def update(store: Store) -> Linked:
    """Link everything in a store and keep the result in it; nothing is computed when nothing is new."""
    codings, before = store.codings(), store.linked_codings()
    if codings and codings == before:
        return stored(store)
    linked, found = link.link_on(readings(store), known(store, codings, before))
    store.save_links(linked.rows(), codings, _pairs(found))
    return linked


def known(
    store: Store, codings: Sequence[tuple[int, bool]], before: Sequence[tuple[int, bool]]
) -> link.Known:
    """Return what the last run knows of pairs; nothing when a report was coded anew since."""
    now, then = {number for number, _ in codings}, {number for number, _ in before}
    if not then or not then <= now:
        return link.Known()
    found: dict[str, dict[tuple[str, str], float]] = {"story": {}, "copy": {}, "event": {}}
    for kind, one, other, likeness in store.linked_pairs():
        found[kind][one, other] = likeness
    return link.Known(
        reports=frozenset(store.coded_reports(then)), stories=found["story"],
        copies=frozenset(found["copy"]), events=found["event"],
    )  # fmt: skip


def _pairs(found: link.Known) -> Iterator[tuple[str, str, str, float]]:
    yield from (("story", *pair, score) for pair, score in sorted(found.stories.items()))
    yield from (("copy", *pair, 1.0) for pair in sorted(found.copies))
    yield from (("event", *pair, score) for pair, score in sorted(found.events.items()))


def stored(store: Store) -> Linked:
    """Return the links that a store holds."""
    stories, events, copies = (tuple(store.linked(kind)) for kind in ("story", "event", "copy"))
    return Linked(stories, events, copies)


def compare(store: Store, key: str) -> Json:
    """Compare outlets on an event or a story (the beginning of its id) or on an actor (code or name).

    Links that are not up to date are made anew, without being kept. Raises InputError when nothing is meant.
    """
    linked = stored(store) if store.codings() == store.linked_codings() else link.link(readings(store))
    stories = {row["id"]: row for row in linked.stories}
    row = next(
        (r for r in (*linked.events, *linked.stories) if len(key) > 5 and r["id"].startswith(key)), None
    )
    if row is not None and row["record"] == "story":
        return comparison.compare_story(row, dossiers(store, [r["id"] for r in row["reports"]]))
    if row is not None:
        held = dossiers(store, [m["report"] for m in row["mentions"]])
        return comparison.compare_event(row, stories.get(row["story"]), held)
    found = comparison.compare_actor(key, dossiers(store).values())
    if not found["reports"]:
        raise errors.InputError(f"no event, story or actor in {store.path} is {key!r}")
    return found


def dossiers(store: Store, ids: Sequence[str] | None = None) -> dict[str, comparison.Dossier]:
    """Return reports of a store with all their records, by id."""
    found = ((reading(r, r["text"], rows), rows) for r, rows in store.histories(ids))
    return {one.id: comparison.Dossier(one, tuple(rows)) for one, rows in found}


def readings(store: Store) -> Iterator[tuple[Reading, list[Json]]]:
    """Yield the reports of a store as linking reads them, each with its records."""
    for report, rows in store.histories():
        yield reading(report, report["text"], rows), rows
