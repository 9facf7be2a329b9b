"""Which pairs are compared at all: items that share a key, with no block too large.

An item offers *ladders* of keys: the same ground from coarse to fine ("Albania", "Albania, in this week",
"Albania, in this week, expulsion"). The coarsest rung whose block is not too large is used, so a small
collection is compared widely and a large one narrowly, and the cost stays near linear. In a block that is
too large even at its finest rung each item meets its neighbours in order only.

A rung must name the rungs above it, so that who shares it shares them too. Then blocks only become finer
as a collection grows, and a pair that did not meet before never meets later for what arrives beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

Ladder = Sequence[str]
LIMIT = 150  # items in a block that are all compared with each other
NEIGHBOURS = 20  # how many of the following items each one meets in a block that is too large


def blocks(
    count: int, ladders: Callable[[int], Iterable[Ladder]], limit: int = LIMIT
) -> dict[str, list[int]]:
    """Return the used blocks of the items 0 … ``count`` - 1, with their members in order.

    ``ladders`` gives the ladders of an item; it is asked again for every rung, since keeping them, or
    counting a fine rung where a coarse one does, would take much memory.
    """
    large = _too_large(count, ladders, limit)
    found: dict[str, list[int]] = defaultdict(list)
    for item in range(count):
        for rung in dict.fromkeys(_rung(ladder, large) for ladder in ladders(item)):
            found[rung].append(item)
    return {rung: members for rung, members in found.items() if len(members) > 1}


def _too_large(count: int, ladders: Callable[[int], Iterable[Ladder]], limit: int) -> set[str]:
    """Return the rungs that more than ``limit`` ladders have, of those below which none does."""
    large: set[str] = set()
    depth = 0
    waiting: Sequence[int] = range(count)
    while waiting:
        counts: Counter[str] = Counter()
        deeper = []
        for item in waiting:
            rungs = [
                ladder[depth]
                for ladder in ladders(item)
                if depth < len(ladder) and (not depth or ladder[depth - 1] in large)
            ]
            if rungs:
                counts.update(rungs)
                deeper.append(item)
        large.update(rung for rung, number in counts.items() if number > limit)
        waiting, depth = deeper, depth + 1
    return large


def _rung(ladder: Ladder, large: set[str]) -> str:
    return next((rung for rung in ladder if rung not in large), ladder[-1])


def pairs(found: Mapping[str, Sequence[int]], limit: int = LIMIT) -> Iterator[tuple[int, int]]:
    """Yield each pair of items that share a block, once and in order, the smaller number first."""
    homes: dict[int, list[Sequence[int]]] = defaultdict(list)
    for members in found.values():
        for item in members:
            homes[item].append(members)
    for one in sorted(homes):
        yield from ((one, other) for other in sorted(_met(one, homes.pop(one), limit)))


def _met(one: int, homes: Iterable[Sequence[int]], limit: int) -> set[int]:
    """Return the items after ``one`` that it meets in its blocks."""
    met: set[int] = set()
    for members in homes:
        place = bisect_right(members, one)
        met.update(members[place:] if len(members) <= limit else members[place : place + NEIGHBOURS])
    return met


def within(members: Sequence[int], limit: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a block: all, or in one that is too large each item with its neighbours."""
    if len(members) <= limit:
        yield from combinations(members, 2)
        return
    for place, item in enumerate(members):
        for other in members[place + 1 : place + 1 + NEIGHBOURS]:
            yield item, other
