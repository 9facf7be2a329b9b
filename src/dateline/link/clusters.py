"""Average-link clustering of sparse similarities, the same whatever the order of the items.

Items that no chain of links joins never meet, so each connected component is clustered by itself: when
something arrives, only the components it touches change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy
from numpy.typing import NDArray

Link = tuple[int, int, float]
LARGEST = 1500  # a component of more items is first cut at a higher similarity: cost grows as the square
STEP = 0.05


class Sets:
    """Disjoint sets of the numbers below ``size``; the name of a set is its smallest member."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, item: int) -> int:
        """Return the name of the set of an item."""
        parent = self._parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        """Make the sets of two items one."""
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first


def components(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected components of the numbers below ``size``, each in order, first members first."""
    sets = Sets(size)
    for one, other in pairs:
        sets.join(one, other)
    found: dict[int, list[int]] = defaultdict(list)
    for item in range(size):
        found[sets.find(item)].append(item)
    return list(found.values())


def cluster(size: int, links: Sequence[Link], threshold: float) -> list[list[int]]:
    """Cluster the numbers below ``size``: join while the mean similarity is at least ``threshold``.

    A pair without a link has similarity 0. Number the items by something of their own (an id), and the
    result does not depend on how they came.
    """
    groups = _grouped(size, sorted(links))
    linked = {item for members, _ in groups for item in members}
    found = [[item] for item in range(size) if item not in linked]
    for members, inside in groups:
        found += _clustered(members, inside, threshold)
    return sorted(found)


def _grouped(size: int, links: Sequence[Link]) -> list[tuple[list[int], list[Link]]]:
    """Return each component of two or more items with the links inside it."""
    groups = [c for c in components(size, ((a, b) for a, b, _ in links)) if len(c) > 1]
    name = {item: number for number, group in enumerate(groups) for item in group}
    inside: list[list[Link]] = [[] for _ in groups]
    for link in links:
        inside[name[link[0]]].append(link)
    return list(zip(groups, inside, strict=True))


def _clustered(members: list[int], links: list[Link], threshold: float) -> list[list[int]]:
    if len(members) > LARGEST:
        return _cut(members, links, threshold)
    place = {item: number for number, item in enumerate(members)}
    matrix = numpy.zeros((len(members), len(members)))
    for one, other, score in links:
        matrix[place[one], place[other]] = matrix[place[other], place[one]] = score
    return [[members[i] for i in group] for group in _average_link(matrix, threshold)]


def _cut(members: list[int], links: list[Link], threshold: float) -> list[list[int]]:
    """Split a very large component by leaving out its weakest links, then cluster the parts."""
    place = {item: number for number, item in enumerate(members)}
    weakest = min(score for _, _, score in links)
    kept = [(place[a], place[b], s) for a, b, s in links if s > weakest + STEP]
    parts = _grouped(len(members), kept)
    joined = {item for group, _ in parts for item in group}
    found = [[members[i]] for i in range(len(members)) if i not in joined]
    for group, inside in parts:
        found += [[members[i] for i in part] for part in _clustered(group, inside, threshold)]
    return found


def _average_link(matrix: NDArray[Any], threshold: float) -> list[list[int]]:
    """Join the most similar pair until none reaches the threshold; ties go to the first in order.

    Follows chains of nearest neighbours: for average link the merges are those of the plain method,
    and the cost grows as the square of the size.
    """
    size = len(matrix)
    numpy.fill_diagonal(matrix, -1.0)
    weight = numpy.ones(size)
    groups: list[list[int]] = [[i] for i in range(size)]
    alive = numpy.ones(size, dtype=bool)
    chain: list[int] = []
    while True:
        if not chain:
            open_ends = numpy.flatnonzero(alive)
            if len(open_ends) < 1:
                break
            chain = [int(open_ends[0])]
        top = chain[-1]
        row = numpy.where(alive, matrix[top], -1.0)
        row[top] = -1.0
        nearest = int(row.argmax())
        if row[nearest] < threshold:
            alive[top] = False  # nothing will ever come nearer: merging never raises a mean above its parts
            chain.pop()
            continue
        if len(chain) > 1 and matrix[top, chain[-2]] >= row[nearest]:
            other = chain[-2]
            del chain[-2:]
            _merge(matrix, weight, groups, top, other)
            alive[max(top, other)] = False
            continue
        chain.append(nearest)
    return sorted(sorted(group) for group in groups if group)


def _merge(matrix: NDArray[Any], weight: NDArray[Any], groups: list[list[int]], one: int, other: int) -> None:
    """Make two rows one, under the lower number."""
    low, high = sorted((one, other))
    mean = (matrix[low] * weight[low] + matrix[high] * weight[high]) / (weight[low] + weight[high])
    matrix[low], matrix[:, low] = mean, mean
    matrix[low, low] = matrix[high, high] = -1.0
    weight[low] += weight[high]
    groups[low] += groups[high]
    groups[high] = []
