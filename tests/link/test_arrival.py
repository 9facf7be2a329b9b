"""Linked at once or bit by bit, in any order: the same links. Blocks are small here, to overflow."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bench_link import items
from dateline import link
from dateline.link import blocks, copies, events, known

ITEMS = list(items(200))
cuts = st.lists(st.integers(0, len(ITEMS)), max_size=3).map(sorted)


@pytest.fixture(autouse=True, scope="module")
def _small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "LIMIT", 6)
        patch.setattr(blocks, "NEIGHBOURS", 2)
        patch.setattr(copies, "TOO_COMMON", 3)
        yield


@given(st.permutations(range(len(ITEMS))), cuts)
@settings(max_examples=12, deadline=None, phases=(Phase.reuse, Phase.generate))  # shrinking takes minutes
def test_bit_by_bit_is_at_once(order: list[int], at: list[int]) -> None:
    at_once, all_known = link.link_on(ITEMS, known.NOTHING)
    so_far = known.NOTHING
    for end in [*at, len(ITEMS)]:
        linked, so_far = link.link_on([ITEMS[i] for i in order[:end]], so_far)
    assert linked == at_once
    assert so_far == all_known
