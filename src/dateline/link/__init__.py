"""Many reports, one affair: stories, events, copies, disputes, figures.

:func:`link` is the whole way of a collection: it is given reports with their records and returns who
tells one story, which mentions denote one event, who reprints whom, who denies what, and which figures
differ. It asks, in this order:

1. ``reading``, ``statements``  what is there to compare?
2. ``copies``, ``origins``      who takes text from whom, and where does it come from first?
3. ``stories``                  which reports tell one affair?
4. ``signals``, ``events``      which mentions denote one happening, and why?
5. ``affairs``                  who asserts, who denies, how many are independent, which figures differ?

``search`` asks it, ``renewal`` makes the rows of what has changed since the last time.
The result is a function of the set of reports: in whatever order they come, it is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from dateline import tables
from dateline.link.collection import Collection, Item, Memory, Source
from dateline.link.known import NOTHING, Known
from dateline.link.linked import Linked
from dateline.link.reading import Reading, of_coded
from dateline.link.renewal import Renewed, renew
from dateline.link.search import search
from dateline.records import Coded

__all__ = ["Known", "Linked", "Reading", "Renewed", "link", "link_coded", "link_on", "stamp"]


def link_coded(coded: Sequence[Coded]) -> Linked:
    """Link coded reports, as :func:`dateline.code` returns them."""
    return link(of_coded(coded))


def link(items: Iterable[Item]) -> Linked:
    """Link reports, each given with its rows of the record contract.

    Ids of events and stories are hashes of their earliest member, so they stay when something later joins.
    """
    return Linked.of(link_on(Memory(items), NOTHING).rows)


def link_on(source: Source, known: Known) -> Renewed:
    """Link reports of which some were linked before; return the rows that have changed.

    With the rows of before that are not gone they are those that :func:`link` gives.
    """
    collection = Collection(source)
    return renew(collection, search(collection, known), known)


@cache
def stamp() -> str:
    """Return a hash of the code of linking and of the tables: with another, everything is linked anew."""
    digest = hashlib.sha256(tables.version().encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
