"""Many reports, one affair: stories, events, copies, disputes, figures.

:func:`link` is the whole way of a collection: it is given reports with their records and returns who
tells one story, which mentions denote one event, who reprints whom, who denies what, and which figures
differ. It asks, in this order:

1. ``reading``, ``statements``  what is there to compare?
2. ``copies``, ``origins``      who takes text from whom, and where does it come from first?
3. ``stories``                  which reports tell one affair?
4. ``signals``, ``events``      which mentions denote one happening, and why?
5. ``affairs``                  who asserts, who denies, how many are independent, which figures differ?

The result is a function of the set of reports: in whatever order they come, it is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dateline.link import affairs, copies, events, stories
from dateline.link.affairs import Linked
from dateline.link.origins import origins
from dateline.link.reading import Reading, of_coded
from dateline.link.statements import Sentence, Statement, statement
from dateline.records import Coded

Json = dict[str, Any]

__all__ = ["Linked", "Reading", "link", "link_coded"]


def link_coded(coded: Sequence[Coded]) -> Linked:
    """Link coded reports, as :func:`dateline.code` returns them."""
    return link(of_coded(coded))


def link(items: Iterable[tuple[Reading, Sequence[Json]]]) -> Linked:
    """Link reports, each given with its rows of the record contract.

    Ids of events and stories are hashes of their earliest member, so they stay when something later joins.
    """
    readings, statements = _read(items)
    vectors = [stories.vector(r.title, r.text) for r in readings]
    prints = [copies.fingerprint(r) for r in readings]
    found = copies.find(readings, prints)
    shared = affairs.shared_sentences(readings, prints, found)
    came_from = origins(readings, prints, found, [affairs.taken(readings, prints, c, shared) for c in found])
    story_links = stories.links(readings, vectors)
    evidence = events.Evidence(statements, vectors, shared)
    event_links = list(events.links(evidence))
    return affairs.assemble(
        affairs.Found(
            readings=readings,
            statements=statements,
            origins=came_from,
            copies=found,
            story_links=story_links,
            stories=stories.cluster(readings, story_links),
            evidence=evidence,
            event_links=event_links,
            events=events.cluster(len(statements), event_links),
        )
    )


def _read(items: Iterable[tuple[Reading, Sequence[Json]]]) -> tuple[list[Reading], list[Statement]]:
    """Return the readings by id, and the statements of their mentions by report and place."""
    arrived: list[Reading] = []
    told: list[list[Statement]] = []
    for reading, rows in items:
        sentences: dict[tuple[int, int], Sentence] = {}
        told.append([statement(row, 0, sentences) for row in rows if row["record"] == "mention"])
        arrived.append(reading)
    order = sorted(range(len(arrived)), key=lambda n: arrived[n].id)
    statements = [
        replace(one, report=rank)
        for rank, number in enumerate(order)
        for one in sorted(told[number], key=lambda s: (s.start, s.id))
    ]
    return [arrived[n] for n in order], statements
