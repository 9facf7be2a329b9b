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

from dateline.link import affairs, copies, events, independence, stories
from dateline.link.found import Found
from dateline.link.known import NOTHING, Ends, Known, ends
from dateline.link.linked import Linked
from dateline.link.origins import origins
from dateline.link.reading import Reading, of_coded
from dateline.link.statements import Sentence, Statement, statement
from dateline.records import Coded

Json = dict[str, Any]
Item = tuple[Reading, Sequence[Json]]

__all__ = ["Known", "Linked", "Reading", "link", "link_coded", "link_on"]


def link_coded(coded: Sequence[Coded]) -> Linked:
    """Link coded reports, as :func:`dateline.code` returns them."""
    return link(of_coded(coded))


def link(items: Iterable[Item]) -> Linked:
    """Link reports, each given with its rows of the record contract.

    Ids of events and stories are hashes of their earliest member, so they stay when something later joins.
    """
    return affairs.assemble(_found(items, NOTHING))


def link_on(items: Iterable[Item], known: Known) -> tuple[Linked, Known]:
    """Link reports of which some were linked before; return the links, and what is known for the next time.

    The links are those that :func:`link` gives; the pairs of known reports are not weighed again.
    """
    found = _found(items, known)
    return affairs.assemble(found), _known(found)


def _found(items: Iterable[Item], known: Known) -> Found:
    """Ask all questions of a collection, one after another."""
    readings, statements = _read(items)
    vectors = [stories.vector(r.title, r.text) for r in readings]
    prints = [copies.fingerprint(r) for r in readings]
    story_links = stories.links(readings, vectors, known)
    near = [(k.one, k.other) for k in story_links if k.score >= stories.SAME_STORY]
    found = copies.find(readings, prints, known, near)
    shared = independence.shared_sentences(readings, prints, found)
    brought = [independence.taken(readings, prints, c, shared) for c in found]
    came_from = origins(readings, prints, found, brought)
    evidence = events.Evidence(statements, vectors, shared)
    event_links = list(events.links(evidence, readings, _still(known, _copied(readings, found))))
    return Found(
        readings=readings,
        statements=statements,
        vectors=vectors,
        origins=came_from,
        copies=found,
        story_links=story_links,
        stories=stories.cluster(readings, story_links),
        evidence=evidence,
        event_links=event_links,
        events=events.cluster(len(statements), event_links),
        denying=frozenset((s.report, s.sentence.start) for s in statements if s.denied),
    )


def _known(found: Found) -> Known:
    """Return what a run has found out about pairs, by the ids of reports and mentions."""
    ids, statements = [r.id for r in found.readings], found.statements
    return Known(
        reports=frozenset(ids),
        stories={ends(ids[k.one], ids[k.other]): k.score for k in found.story_links},
        copies=_copied(found.readings, found.copies),
        events={ends(statements[k.one].id, statements[k.other].id): k.likeness for k in found.event_links},
    )


def _copied(readings: Sequence[Reading], found: Sequence[copies.Copy]) -> frozenset[Ends]:
    """Return the pairs of reports (ids) of which one takes text from the other."""
    return frozenset(ends(readings[c.report].id, readings[c.source].id) for c in found)


def _still(known: Known, copied: frozenset[Ends]) -> Known:
    """Return what is still known of mentions: nothing of reports that no longer count as copies.

    A shingle that has become a set phrase makes no candidates any more; that a sentence was copied spoke
    for its mentions.
    """
    lost = {report for pair in known.copies - copied for report in pair}
    return replace(known, reports=known.reports - lost)


def _read(items: Iterable[Item]) -> tuple[list[Reading], list[Statement]]:
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
