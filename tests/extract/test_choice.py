"""A choice by weights: the likeliest candidate, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract import carried, choice, countries, sectors, ties, unsaid

SCORED = st.lists(st.tuples(st.text(min_size=1, max_size=3), st.floats(-9, 9)), max_size=6)


@given(SCORED, st.floats(-2, 2))
def test_nothing_scores_higher_than_what_is_taken(found: list[tuple[str, float]], least: float) -> None:
    taken = choice.likeliest(found, least)
    highest = max((value for _, value in found), default=least)
    assert (taken is None) == (highest <= least)
    assert taken is None or (taken, highest) in found


@given(SCORED)
def test_the_order_of_candidates_does_not_matter(found: list[tuple[str, float]]) -> None:
    assert choice.likeliest(found) == choice.likeliest(found[::-1])


@pytest.mark.parametrize(("chance", "name"), [(0.5, "0"), (0.0, "-6"), (1.0, "6"), (0.27, "-1")])
def test_probabilities_become_classes(chance: float, name: str) -> None:
    assert choice.odds_class(chance, 6) == name


@pytest.mark.parametrize("room", [carried, countries, sectors, ties, unsaid])
def test_every_room_has_its_table(room: object) -> None:
    weights = room.weights()  # type: ignore[attr-defined]
    assert weights
    assert all(name == name.strip() for name in weights)
    assert any(value > 0 for value in weights.values())
    assert any(value < 0 for value in weights.values())
