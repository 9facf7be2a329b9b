"""Bring the links of a store up to date: read what is there, link it, keep the result.

The result is a function of the reports and their newest codings, whatever the order in which they came
and however often links were made in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline import link
from dateline.link.affairs import Linked
from dateline.link.reading import Reading, reading
from dateline.store import Store

Json = dict[str, Any]


def update(store: Store) -> Linked:
    """Link everything in a store and keep the result in it; nothing is computed when nothing is new."""
    codings = store.codings()
    if codings and codings == store.linked_codings():
        return stored(store)
    linked = link.link(readings(store))
    store.save_links(linked.rows(), codings)
    return linked


def stored(store: Store) -> Linked:
    """Return the links that a store holds."""
    stories, events, copies = (tuple(store.linked(kind)) for kind in ("story", "event", "copy"))
    return Linked(stories, events, copies)


def readings(store: Store) -> Iterator[tuple[Reading, list[Json]]]:
    """Yield the reports of a store as linking reads them, each with its records."""
    for report, rows in store.histories():
        yield reading(report, report["text"], rows), rows
