"""Which pairs are compared at all: items that share a key, with no block too large.

An item offers *ladders* of keys: the same ground from coarse to fine ("Albania", "Albania, in this week",
"Albania, in this week, expulsion"). The coarsest rung whose block is not too large is used, so a small
collection is compared widely and a large one narrowly, and the cost stays near linear. In a block that is
too large even at its finest rung each item meets its neighbours in order only.

A rung must name the rungs above it, so that who shares it shares them too. Then blocks only become finer
as a collection grows, and a pair that did not meet before never meets later for what arrives beside it.

Rungs are kept as hashes (:func:`hashed`), so that the blocks of a hundred thousand items are found by
sorting numbers.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

import numpy
from numpy.typing import NDArray

Ladder = Sequence[str]
LIMIT = 150  # items in a block that are all compared with each other
NEIGHBOURS = 20  # how many of the following items each one meets in a block that is too large
NO_RUNG = 0  # fills up ladders that are shorter than others


def hashed(ladders: Iterable[Ladder], depth: int) -> NDArray[Any]:
    """Return the ladders of an item as numbers: one row a ladder, filled up with zeros to ``depth`` rungs."""
    rows = [[*map(_number, ladder), *[NO_RUNG] * (depth - len(ladder))] for ladder in ladders]
    return numpy.array(rows, dtype=numpy.uint64).reshape(len(rows), depth)


@lru_cache(maxsize=1 << 16)
def _number(rung: str) -> int:
    """Return a number for a rung that is the same in every run; never that of no rung."""
    digest = hashlib.blake2b(rung.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1


@dataclass(frozen=True, slots=True)
class Blocks:
    """The used blocks with their members in order, and for each item the blocks it is in.

    In a block of more than ``limit`` members each meets its next neighbours only.
    """

    members: list[list[int]]
    homes: list[list[int]]
    limit: int = LIMIT

    def pairs(self, new: Sequence[bool] | None = None) -> Iterator[tuple[int, int]]:
        """Yield each pair of items that share a block once, the smaller number first.

        With ``new`` only the pairs of which at least one item is new.
        """
        for one, homes in enumerate(self.homes):
            if new is None:
                yield from ((one, other) for other in sorted(self._after(one, homes)))
            elif new[one]:
                yield from ((other, one) for other in sorted(self._before(one, homes)) if not new[other])
                yield from ((one, other) for other in sorted(self._after(one, homes)))

    def _after(self, one: int, homes: Iterable[int]) -> set[int]:
        """Return the items after ``one`` that it meets."""
        met: set[int] = set()
        for block in homes:
            members = self.members[block]
            place = bisect_right(members, one)
            met.update(members[place:] if len(members) <= self.limit else members[place : place + NEIGHBOURS])
        return met

    def _before(self, one: int, homes: Iterable[int]) -> set[int]:
        """Return the items before ``one`` that it meets."""
        met: set[int] = set()
        for block in homes:
            members = self.members[block]
            place = bisect_left(members, one)
            first = 0 if len(members) <= self.limit else max(0, place - NEIGHBOURS)
            met.update(members[first:place])
        return met

    def meet(self, one: int, other: int) -> bool:
        """Tell whether two items are compared."""
        others = self.homes[other]
        return any(block in others and self._near(block, one, other) for block in self.homes[one])

    def _near(self, block: int, one: int, other: int) -> bool:
        members = self.members[block]
        if len(members) <= self.limit:
            return True
        return abs(bisect_left(members, one) - bisect_left(members, other)) <= NEIGHBOURS


def blocks(keys: Sequence[NDArray[Any]], limit: int = LIMIT) -> Blocks:
    """Return the blocks of items, each given with its :func:`hashed` ladders of one depth."""
    sizes = [len(one) for one in keys]
    if not sum(sizes):
        return Blocks([], [[] for _ in keys], limit)
    owners = numpy.repeat(numpy.arange(len(keys)), sizes)
    rungs = _used(numpy.concatenate([one for one in keys if len(one)]), limit)
    members = list(_groups(rungs, owners))
    homes: list[list[int]] = [[] for _ in keys]
    for block, items in enumerate(members):
        for item in items:
            homes[item].append(block)
    return Blocks(members, homes, limit)


def _used(ladders: NDArray[Any], limit: int) -> NDArray[Any]:
    """Return the rung of each ladder that is used: the coarsest that not too many have, else the finest.

    A fine rung is counted only where the coarser one is too large.
    """
    used = ladders[:, 0].copy()
    waiting = numpy.arange(len(ladders))
    for depth in range(ladders.shape[1]):
        waiting = waiting[ladders[waiting, depth] != NO_RUNG]
        rungs = ladders[waiting, depth]
        used[waiting] = rungs
        _, place, counts = numpy.unique(rungs, return_inverse=True, return_counts=True)
        waiting = waiting[counts[place] > limit]
    return used


def _groups(rungs: NDArray[Any], owners: NDArray[Any]) -> Iterator[list[int]]:
    """Yield the different owners of each rung that several have, in order."""
    order = numpy.lexsort((owners, rungs))
    rungs, owners = rungs[order], owners[order]
    first = numpy.ones(len(rungs), dtype=bool)
    first[1:] = (rungs[1:] != rungs[:-1]) | (owners[1:] != owners[:-1])
    rungs, owners = rungs[first], owners[first]
    edges = numpy.flatnonzero(numpy.concatenate(([True], rungs[1:] != rungs[:-1], [True]))).tolist()
    held = owners.tolist()
    for start, end in pairwise(edges):
        if end - start > 1:
            yield held[start:end]


def within(members: Sequence[int], limit: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a block: all, or in one that is too large each item with its neighbours."""
    if len(members) <= limit:
        yield from combinations(members, 2)
        return
    for place, item in enumerate(members):
        for other in members[place + 1 : place + 1 + NEIGHBOURS]:
            yield item, other
