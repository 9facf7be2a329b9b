"""The linear chain: probabilities, decoding, loading."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import errors
from dateline.chain import Chain, chain, marginals

SMALL = st.lists(st.lists(st.floats(-5, 5), min_size=2, max_size=2), min_size=1, max_size=4)


@given(SMALL, st.lists(st.floats(-3, 3), min_size=4, max_size=4))
def test_marginals_are_those_of_all_sequences(scores: list[list[float]], flat: list[float]) -> None:
    steps = np.array(flat).reshape(2, 2)
    found = marginals(np.array(scores), steps)
    expected = np.zeros((len(scores), 2))
    for labels in product(range(2), repeat=len(scores)):
        total = sum(scores[n][k] for n, k in enumerate(labels))
        total += sum(steps[a, b] for a, b in pairwise(labels))
        for n, k in enumerate(labels):
            expected[n, k] += np.exp(total)
    assert np.allclose(found, expected / expected.sum(axis=1, keepdims=True), atol=1e-6)


def test_a_step_is_of_its_own_kind() -> None:
    apart, alike = np.zeros((2, 2)), np.array([[3.0, 0.0], [0.0, 3.0]])
    weights = np.array([[1.0, 0.0], [0.0, 0.5]])
    model = Chain("AB", ["x", "y"], weights, np.stack([apart, alike]))
    assert model.decode([["x"], ["y"]])[0] == ["A", "B"]
    assert model.decode([["x"], ["y"]], kinds=[0, 1])[0] == ["A", "A"]


def test_features_decide_and_unknown_ones_do_not() -> None:
    model = Chain("AB", ["x", "y"], np.array([[2.0, 0.0], [0.0, 2.0]]), np.zeros((2, 2)))
    assert model.decode([["x"], ["y", "unheard of"]])[0] == ["A", "B"]
    assert model.decode([]) == ([], [])


def test_a_chain_that_is_not_there_is_a_model_error() -> None:
    with pytest.raises(errors.ModelError):
        chain("no such chain")


def test_the_shipped_chain_is_the_pinned_one() -> None:
    assert "Main" in chain("discourse").labels
