from hypothesis import given
from hypothesis import strategies as st

from dateline.link import blocks


def test_the_coarsest_rung_that_is_not_too_large_is_used() -> None:
    ladders = [[("all", f"half{i % 2}")] for i in range(6)]
    assert blocks.blocks(6, ladders.__getitem__, limit=6) == {"all": [0, 1, 2, 3, 4, 5]}
    assert blocks.blocks(6, ladders.__getitem__, limit=5) == {"half0": [0, 2, 4], "half1": [1, 3, 5]}


def test_a_pair_comes_once() -> None:
    found = {"a": [0, 1, 2], "b": [1, 2]}
    assert list(blocks.pairs(found)) == [(0, 1), (0, 2), (1, 2)]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=30), st.integers(1, 5))
def test_who_did_not_meet_never_meets_later(names: list[tuple[str, str]], limit: int) -> None:
    ladders = [[(one, f"{one}|{other}")] for one, other in names]
    met: set[tuple[int, int]] = set()
    for count in range(len(ladders), 0, -1):  # fewer and fewer items: whoever met among more meets still
        found = set(blocks.pairs(blocks.blocks(count, ladders.__getitem__, limit), limit))
        assert {pair for pair in met if pair[1] < count} <= found
        met = found


@given(st.integers(2, 400), st.integers(2, 50))
def test_a_block_that_is_too_large_costs_no_more_than_its_neighbours(size: int, limit: int) -> None:
    found = list(blocks.pairs({"x": list(range(size))}, limit))
    assert len(found) <= max(limit * limit, size * blocks.NEIGHBOURS)
    assert all(a < b for a, b in found)
