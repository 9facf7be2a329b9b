from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from dateline.link import blocks

Ladders = Sequence[tuple[str, ...]]
names = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=30)


def built(items: Sequence[Ladders], limit: int) -> blocks.Blocks:
    return blocks.blocks([blocks.hashed(one, 3) for one in items], limit)


def plainly(items: Sequence[Ladders], limit: int) -> list[list[int]]:
    """Return the members of the blocks as the definition has them, without hashes and sorting."""
    large: set[str] = set()
    for depth in range(3):
        rungs = [
            ladder[depth] for one in items for ladder in one
            if depth < len(ladder) and (not depth or ladder[depth - 1] in large)
        ]  # fmt: skip
        large |= {rung for rung, count in Counter(rungs).items() if count > limit}
    members: dict[str, set[int]] = {}
    for number, one in enumerate(items):
        for ladder in one:
            used = next((rung for rung in ladder if rung not in large), ladder[-1])
            members.setdefault(used, set()).add(number)
    return sorted(sorted(found) for found in members.values() if len(found) > 1)


def test_the_coarsest_rung_that_is_not_too_large_is_used() -> None:
    items = [[("all", f"half{i % 2}")] for i in range(6)]
    assert built(items, 6).members == [[0, 1, 2, 3, 4, 5]]
    assert sorted(built(items, 5).members) == [[0, 2, 4], [1, 3, 5]]


@given(st.lists(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), max_size=3), max_size=20),
       st.integers(1, 6))  # fmt: skip
def test_blocks_are_those_of_the_definition(drawn: list[list[tuple[str, str]]], limit: int) -> None:
    items = [[(a, f"{a}|{b}", f"{a}|{b}|{b}")[: 2 + (b == "x")] for a, b in one] for one in drawn]
    assert sorted(built(items, limit).members) == plainly(items, limit)


def test_a_pair_comes_once() -> None:
    assert list(blocks.Blocks([[0, 1, 2], [1, 2]], [[0], [0, 1], [0, 1]]).pairs()) == [(0, 1), (0, 2), (1, 2)]


@given(names, st.integers(1, 5))
def test_who_did_not_meet_never_meets_later(drawn: list[tuple[str, str]], limit: int) -> None:
    items = [[(one, f"{one}|{other}")] for one, other in drawn]
    met: set[tuple[int, int]] = set()
    for count in range(len(items), 0, -1):  # fewer and fewer items: whoever met among more meets still
        found = set(built(items[:count], limit).pairs())
        assert {pair for pair in met if pair[1] < count} <= found
        met = found


@given(names, st.integers(1, 5), st.integers(1, 3), st.data())
def test_pairs_of_the_new_and_those_that_still_meet_are_all(
    drawn: list[tuple[str, str]], limit: int, neighbours: int, data: st.DataObject
) -> None:
    items = [[(one, f"{one}|{other}")] for one, other in drawn]
    new = data.draw(st.lists(st.booleans(), min_size=len(items), max_size=len(items)))
    kept, blocks.NEIGHBOURS = blocks.NEIGHBOURS, neighbours
    try:
        used = built(items, limit)
        pairs = list(used.pairs(new))
        old = {(a, b) for a in range(len(items)) for b in range(a) if not new[a] and not new[b]}
        still = {(b, a) for a, b in old if used.meet(a, b)}
        assert len(pairs) == len(set(pairs))
        assert still | set(pairs) == set(used.pairs())
    finally:
        blocks.NEIGHBOURS = kept


@given(st.integers(2, 400), st.integers(2, 50))
def test_a_block_that_is_too_large_costs_no_more_than_its_neighbours(size: int, limit: int) -> None:
    found = list(built([[("x",)]] * size, limit).pairs())
    assert len(found) <= max(limit * limit, size * blocks.NEIGHBOURS)
    assert all(a < b for a, b in found)
