"""Clustering measures against worked examples of their papers."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluate import clustering


def sets(*groups: str) -> list[frozenset[str]]:
    return [frozenset(group) for group in groups]


# the example of Luo (2005), as in the reference scorer's documentation: gold {1-5}, {6,7}, {8-12}
GOLD = sets("12345", "67", "89ABC")
ALL_ONE = sets("123456789ABC")
APART = sets(*"123456789ABC")


def test_muc_counts_missing_links() -> None:
    score = clustering.muc(GOLD, ALL_ONE)
    assert (score.recall, score.precision) == (1.0, pytest.approx(9 / 11))


def test_b_cubed_of_the_luo_example() -> None:
    merged = sets("12345", "6789ABC")
    score = clustering.b_cubed(GOLD, merged)
    assert score.recall == 1.0
    assert score.precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)


def test_ceaf_pairs_each_cluster_once() -> None:
    score = clustering.ceaf_e(GOLD, sets("12345", "6789ABC"))
    similar = 1.0 + 2 * 5 / 12
    assert score.recall == pytest.approx(similar / 3)
    assert score.precision == pytest.approx(similar / 2)


def test_pairs() -> None:
    score = clustering.pairs(sets("abc", "d"), sets("ab", "cd"))
    assert (score.precision, score.recall) == (pytest.approx(1 / 2), pytest.approx(1 / 3))


def test_singletons_only() -> None:
    assert clustering.muc(APART, APART).f1 == 0.0
    assert clustering.b_cubed(APART, APART).f1 == 1.0


partitions = st.lists(st.integers(0, 3), min_size=6, max_size=6).map(
    lambda labels: clustering.clusters_of(zip("abcdef", labels, strict=True))
)


@given(partitions, partitions)
def test_the_pairing_of_clusters_is_the_best_one(gold, ours) -> None:
    short, long = sorted((gold, ours), key=len)
    best = max(
        sum(2 * len(g & o) / (len(g) + len(o)) for g, o in zip(short, chosen, strict=True))
        for chosen in itertools.permutations(long, len(short))
    )
    assert clustering.ceaf_e(gold, ours).recall == pytest.approx(best / len(gold))


@given(partitions)
def test_a_clustering_agrees_with_itself(gold) -> None:
    assert clustering.b_cubed(gold, gold).f1 == 1.0
    assert clustering.ceaf_e(gold, gold).f1 == pytest.approx(1.0)
