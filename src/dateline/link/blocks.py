"""Which pairs are compared at all: items that share a key, with no block too large.

An item offers *ladders* of keys: the same ground from coarse to fine ("Albania", "Albania, in this week",
"Albania, in this week, expulsion"). The coarsest rung whose block is not too large is used, so a small
collection is compared widely and a large one narrowly, and the cost stays near linear. In a block that is
too large even at its finest rung each item meets its neighbours in order only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

Ladder = Sequence[str]
LIMIT = 150  # items in a block that are all compared with each other
NEIGHBOURS = 20  # how many of the following items each one meets in a block that is too large


def blocks(
    count: int, ladders: Callable[[int], Iterable[Ladder]], limit: int = LIMIT
) -> dict[str, list[int]]:
    """Return the used blocks of the items 0 … ``count`` - 1, with their members in order.

    ``ladders`` gives the ladders of an item; it is asked twice, since keeping them would take much memory.
    """
    counts: Counter[str] = Counter()
    for item in range(count):
        counts.update(rung for ladder in ladders(item) for rung in ladder)
    found: dict[str, list[int]] = defaultdict(list)
    for item in range(count):
        for rung in dict.fromkeys(_rung(ladder, counts, limit) for ladder in ladders(item)):
            found[rung].append(item)
    return {rung: members for rung, members in found.items() if len(members) > 1}


def _rung(ladder: Ladder, counts: Counter[str], limit: int) -> str:
    return next((rung for rung in ladder if counts[rung] <= limit), ladder[-1])


def pairs(found: dict[str, list[int]], limit: int = LIMIT) -> Iterator[tuple[int, int]]:
    """Yield each pair of items that share a block, once, the smaller number first."""
    seen: set[int] = set()
    for members in found.values():
        for one, other in within(members, limit):
            name = one << 32 | other
            if name not in seen:
                seen.add(name)
                yield one, other


def within(members: list[int], limit: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a block: all, or in one that is too large each item with its neighbours."""
    if len(members) <= limit:
        yield from combinations(members, 2)
        return
    for place, item in enumerate(members):
        for other in members[place + 1 : place + 1 + NEIGHBOURS]:
            yield item, other
