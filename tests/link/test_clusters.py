from hypothesis import given
from hypothesis import strategies as st

from dateline.link import clusters


def naive(size: int, links: list[tuple[int, int, float]], threshold: float) -> list[list[int]]:
    """Average link by the book: join the most similar pair of groups again and again."""
    score = {(min(a, b), max(a, b)): s for a, b, s in links}
    groups = [[i] for i in range(size)]

    def mean(one: list[int], other: list[int]) -> float:
        return sum(score.get((min(a, b), max(a, b)), 0.0) for a in one for b in other) / len(one) / len(other)

    while len(groups) > 1:
        best, i, j = max(
            (mean(a, b), -i, -j) for i, a in enumerate(groups) for j, b in enumerate(groups) if i < j
        )
        if best < threshold:
            break
        groups[-i] = sorted(groups[-i] + groups[-j])
        del groups[-j]
    return sorted(groups)


# scores of powers of two add up exactly, so that no rounding decides
links_of = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([i / 64 for i in range(1, 65)])),
    max_size=14,
).map(lambda found: list({(min(a, b), max(a, b)): (a, b, s) for a, b, s in found if a != b}.values()))


@given(links_of)
def test_the_parts_are_a_partition(links: list[tuple[int, int, float]]) -> None:
    found = clusters.cluster(8, links, 0.3)
    assert sorted(i for group in found for i in group) == list(range(8))


@given(links_of, st.randoms())
def test_the_order_of_links_does_not_matter(links, dice) -> None:
    shuffled = [(b, a, s) if dice.random() < 0.5 else (a, b, s) for a, b, s in links]
    dice.shuffle(shuffled)
    plain = [(min(a, b), max(a, b), s) for a, b, s in links]
    turned = [(min(a, b), max(a, b), s) for a, b, s in shuffled]
    assert clusters.cluster(8, turned, 0.3) == clusters.cluster(8, plain, 0.3)


def test_it_is_average_link() -> None:
    links = [(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.1), (3, 4, 0.6), (2, 3, 0.5)]
    assert clusters.cluster(6, links, 0.4) == naive(6, links, 0.4) == [[0, 1, 2], [3, 4], [5]]


def test_a_very_large_component_is_cut_at_its_weakest_links(monkeypatch) -> None:
    monkeypatch.setattr(clusters, "LARGEST", 4)
    strong = [(0, 1, 0.9), (2, 3, 0.9), (4, 5, 0.9)]
    weak = [(1, 2, 0.1), (3, 4, 0.1)]
    assert clusters.cluster(6, strong + weak, 0.5) == [[0, 1], [2, 3], [4, 5]]
