"""Linked at once or bit by bit, in any order: the same links. Blocks are small here, to overflow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bench_link import items
from dateline import link
from dateline.link import blocks, copies, events, known
from dateline.link.collection import Item, Memory

ITEMS = list(items(200))
cuts = st.lists(st.integers(0, len(ITEMS)), max_size=3).map(sorted)
versions = st.lists(st.tuples(*[st.integers(0, len(ITEMS) - 1)] * 2), max_size=6)
settled = settings(max_examples=12, deadline=None, phases=(Phase.reuse, Phase.generate))  # shrinking is slow


@pytest.fixture(autouse=True, scope="module")
def _small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "LIMIT", 6)
        patch.setattr(blocks, "NEIGHBOURS", 2)
        patch.setattr(copies, "TOO_COMMON", 3)
        yield


class Kept:
    """Rows as a store keeps them, and what is known of the last run."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        self.known = known.NOTHING
        self.written = 0

    def add(self, arrived: list[Item]) -> None:
        found = link.link_on(Memory(arrived), self.known)
        for gone in found.gone:
            self.rows.pop(gone, None)
        for row in found.rows:
            self.rows[row["record"], row["report" if row["record"] == "copy" else "id"]] = row
        self.known, self.written = found.known, len(found.rows)

    def linked(self) -> link.Linked:
        return link.Linked.of(self.rows.values())


def versioned(arrived: list[int], pairs: list[tuple[int, int]]) -> list[Item]:
    """Return reports of which some supersede others, where both are there."""
    newest: dict[int, tuple[str | None, bool]] = {}
    for one, other in pairs:
        if one != other and {one, other} <= set(arrived):
            newest[one] = newest.get(one, (None, True))[0], False
            newest[other] = ITEMS[one][0].id, newest.get(other, (None, True))[1]
    made = []
    for number in arrived:
        reading, rows = ITEMS[number]
        supersedes, current = newest.get(number, (None, True))
        article = f"article {min((min(p) for p in pairs if number in p), default=number)}"
        made.append((replace(reading, same_as=article, supersedes=supersedes, current=current), rows))
    return made


@given(st.permutations(range(len(ITEMS))), cuts, versions)
@settled
def test_bit_by_bit_is_at_once(order: list[int], at: list[int], pairs: list[tuple[int, int]]) -> None:
    at_once, kept = Kept(), Kept()
    at_once.add(versioned(list(range(len(ITEMS))), pairs))
    for end in [*at, len(ITEMS)]:
        kept.add(versioned(order[:end], pairs))
    assert kept.linked() == at_once.linked()
    assert kept.known == at_once.known


def test_one_by_one_is_at_once() -> None:
    at_once, kept = Kept(), Kept()
    at_once.add(ITEMS)
    for end in range(1, len(ITEMS) + 1):
        kept.add(ITEMS[:end])
    assert kept.linked() == at_once.linked()


def test_nothing_new_writes_nothing() -> None:
    kept = Kept()
    kept.add(ITEMS)
    kept.add(ITEMS)
    assert kept.written == 0
