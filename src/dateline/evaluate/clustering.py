"""Measures of clusterings: pairs, B³, MUC, CEAF-e, and their mean (CoNLL F1).

A clustering is a sequence of clusters; each is a set of items, and no item is in two clusters.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

Clusters = Sequence[frozenset[Hashable]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def clusters_of(labels: Iterable[tuple[Hashable, Hashable]]) -> list[frozenset[Hashable]]:
    """Group (item, name of its cluster) pairs into clusters, in the order of the names' first item."""
    found: dict[Hashable, set[Hashable]] = {}
    for item, name in labels:
        found.setdefault(name, set()).add(item)
    return [frozenset(group) for group in found.values()]


def _homes(clusters: Clusters) -> dict[Hashable, int]:
    return {item: number for number, group in enumerate(clusters) for item in group}


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _overlaps(one: Clusters, other: Clusters) -> dict[tuple[int, int], int]:
    homes = _homes(other)
    found: dict[tuple[int, int], int] = {}
    for number, group in enumerate(one):
        for item in group:
            if item in homes:
                key = number, homes[item]
                found[key] = found.get(key, 0) + 1
    return found


def pairs(gold: Clusters, ours: Clusters) -> Score:
    """Score the pairs of items that stand in one cluster."""
    both = sum(_pairs(n) for n in _overlaps(gold, ours).values())
    wanted, given = (sum(_pairs(len(g)) for g in c) for c in (gold, ours))
    return Score(both / given if given else 0.0, both / wanted if wanted else 0.0)


def b_cubed(gold: Clusters, ours: Clusters) -> Score:
    """B³ (Bagga and Baldwin 1998): how much of each item's cluster is shared, averaged over items."""
    overlaps = _overlaps(gold, ours)
    items_gold, items_ours = sum(map(len, gold)), sum(map(len, ours))
    precision = sum(n * n / len(ours[o]) for (_, o), n in overlaps.items())
    recall = sum(n * n / len(gold[g]) for (g, _), n in overlaps.items())
    return Score(precision / items_ours if items_ours else 0.0, recall / items_gold if items_gold else 0.0)


def muc(gold: Clusters, ours: Clusters) -> Score:
    """MUC (Vilain et al. 1995): links kept, of those needed to hold each cluster together."""
    return Score(_muc_recall(ours, gold), _muc_recall(gold, ours))


def _muc_recall(wanted: Clusters, given: Clusters) -> float:
    homes = _homes(given)
    needed = kept = 0
    for group in wanted:
        parts = {homes[item] for item in group if item in homes}
        lost = sum(item not in homes for item in group)
        needed += len(group) - 1
        kept += len(group) - len(parts) - lost
    return kept / needed if needed else 0.0


def ceaf_e(gold: Clusters, ours: Clusters) -> Score:
    """CEAF with the entity similarity (Luo 2005): the best one-to-one pairing of clusters."""
    similar = {(g, o): 2 * n / (len(gold[g]) + len(ours[o])) for (g, o), n in _overlaps(gold, ours).items()}
    total = _best_pairing(similar)
    return Score(total / len(ours) if ours else 0.0, total / len(gold) if gold else 0.0)


def conll(gold: Clusters, ours: Clusters) -> float:
    """Return CoNLL F1: the mean F1 of MUC, B³ and CEAF-e."""
    return sum(measure(gold, ours).f1 for measure in (muc, b_cubed, ceaf_e)) / 3


def _best_pairing(similar: dict[tuple[int, int], float]) -> float:
    """Return the greatest sum of a one-to-one pairing; clusters that nothing joins are paired apart."""
    neighbours: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for g, o in similar:
        neighbours.setdefault(("g", g), []).append(("o", o))
        neighbours.setdefault(("o", o), []).append(("g", g))
    seen: set[tuple[str, int]] = set()
    total = 0.0
    for start in neighbours:
        if start in seen:
            continue
        stack, part = [start], []
        seen.add(start)
        while stack:
            node = stack.pop()
            part.append(node)
            for near in neighbours[node]:
                if near not in seen:
                    seen.add(near)
                    stack.append(near)
        rows = sorted(n for side, n in part if side == "g")
        columns = sorted(n for side, n in part if side == "o")
        total += _assign([[similar.get((g, o), 0.0) for o in columns] for g in rows])
    return total


def _assign(gain: list[list[float]]) -> float:
    """Return the greatest total gain of pairing rows with columns (Hungarian method, cubic)."""
    if len(gain) > len(gain[0]):
        gain = [list(column) for column in zip(*gain, strict=True)]
    height, width = len(gain), len(gain[0])
    row_price, column_price = [0.0] * (height + 1), [0.0] * (width + 1)
    row_of = [0] * (width + 1)
    for row in range(1, height + 1):
        row_of[0] = row
        column = 0
        least = [float("inf")] * (width + 1)
        came_from = [0] * (width + 1)
        used = [False] * (width + 1)
        while row_of[column]:
            used[column] = True
            current, step, following = row_of[column], float("inf"), 0
            for c in range(1, width + 1):
                if used[c]:
                    continue
                cost = -gain[current - 1][c - 1] - row_price[current] - column_price[c]
                if cost < least[c]:
                    least[c], came_from[c] = cost, column
                if least[c] < step:
                    step, following = least[c], c
            for c in range(width + 1):
                if used[c]:
                    row_price[row_of[c]] += step
                    column_price[c] -= step
                else:
                    least[c] -= step
            column = following
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return sum(gain[row_of[c] - 1][c - 1] for c in range(1, width + 1) if row_of[c])
