"""Ask all questions of a collection, one after another; what is known of pairs is not asked again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dateline.link import copies, events, independence, stories
from dateline.link.collection import Collection
from dateline.link.copies import Copy
from dateline.link.events import EventLink
from dateline.link.found import Found
from dateline.link.known import Known, ends
from dateline.link.origins import Origins, Taken
from dateline.link.stories import StoryLink


def search(collection: Collection, known: Known) -> Found:
    """Find out what belongs together in a collection of which some reports may be known."""
    heads, keys = collection.heads, collection.keys
    number_of = {head.id: n for n, head in enumerate(heads)}
    new = [head.id not in known.reports for head in heads]
    story_links = stories.links(
        [one.report for one in keys], collection.vectors, _story_links(known, number_of), new
    )
    near = [(k.one, k.other) for k in story_links if k.score >= stories.SAME_STORY]
    found = copies.find(
        collection.readings, collection.prints, near, keys, _copies(known, number_of, collection), new
    )
    shared = independence.Shared(collection.readings, collection.prints, found)

    @cache
    def brought(number: int) -> Taken:
        return independence.taken(collection.readings, collection.prints, found[number], shared)

    evidence = events.Evidence(collection.statements, collection.vectors, shared)
    event_links = _event_links(collection, evidence, known, new, found)
    told = stories.cluster(len(heads), story_links)
    denied = [one for held in keys for one in held.denied]
    groups = events.cluster(event_links, denied, collection.report_of)
    return Found(
        heads=heads,
        readings=collection.readings,
        statements=collection.statements,
        told=collection.told,
        mentions=collection.mentions,
        report_of=collection.report_of,
        vectors=collection.vectors,
        origins=Origins(heads, [one.credit for one in keys], found, brought),
        copies=found,
        story_links=story_links,
        stories=told,
        story_of=_home(told, len(heads)),
        evidence=evidence,
        event_links=event_links,
        events=groups,
        event_of=_home(groups, len(collection.statements)),
    )


def _home(groups: Sequence[Sequence[int]], count: int) -> list[int]:
    """Return for each item the number of its group."""
    home = [0] * count
    for number, group in enumerate(groups):
        for item in group:
            home[item] = number
    return home


def _story_links(known: Known, number_of: dict[str, int]) -> list[StoryLink]:
    return [StoryLink(number_of[a], number_of[b], score) for (a, b), score in known.stories.items()]


def _copies(known: Known, number_of: dict[str, int], collection: Collection) -> list[Copy]:
    return [
        Copy(
            report := number_of[one.report], number_of[one.source], one.share, one.sentences,
            collection.keys[report].credit, one.passage,
        )
        for one in known.copies.values()
    ]  # fmt: skip


def _event_links(
    collection: Collection, evidence: events.Evidence, known: Known, new: Sequence[bool],
    found: Sequence[Copy],
) -> list[EventLink]:  # fmt: skip
    """Return the links of statements.

    Reports that no longer count as copies are taken for new: a shingle that has become a set phrase makes no
    candidates any more, and that a sentence was copied spoke for its mentions.
    """
    heads = collection.heads
    copied = {ends(heads[c.report].id, heads[c.source].id) for c in found}
    lost = {report for pair in known.copies.keys() - copied for report in pair}
    unsure = [is_new or head.id in lost for is_new, head in zip(new, heads, strict=True)]
    kept = []
    number_of = {name: n for n, name in enumerate(collection.mentions)} if known.events else {}
    for pair, likeness in known.events.items():
        one, other = sorted((number_of[pair[0]], number_of[pair[1]]))
        if not (unsure[collection.report_of[one]] or unsure[collection.report_of[other]]):
            kept.append(EventLink(one, other, likeness))
    acts = [one for keys in collection.keys for one in keys.acts]
    return events.links(acts, evidence, kept, [unsure[report] for report in collection.report_of])
