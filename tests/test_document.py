"""The reader of whole reports: probabilities, both directions, loading."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import document, errors, model, tables

WIDTH = 384


def states(seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, WIDTH)).astype(np.float32)


@given(st.integers(0, 1000), st.lists(st.integers(0, 1), min_size=1, max_size=70))
def test_every_sentence_has_probabilities_that_sum_to_one(seed: int, kinds: list[int]) -> None:
    found = np.exp(document.reader("discourse").read(states(seed, len(kinds)), kinds))
    assert found.shape == (len(kinds), 9)
    assert np.allclose(found.sum(axis=1), 1.0, atol=1e-4)


def test_a_report_without_sentences_has_no_rows() -> None:
    assert document.reader("discourse").read([], []).shape == (0, 9)


@pytest.mark.parametrize("changed", [0, 4], ids=["before", "after"])
def test_what_stands_around_a_sentence_tells_too(changed: int) -> None:
    one, other = states(1, 5), states(1, 5)
    other[changed] = states(2, 1)[0]
    kinds = [0, 0, 0, 0, 0]
    reader = document.reader("discourse")
    assert not np.allclose(reader.read(one, kinds)[2], reader.read(other, kinds)[2])


def test_it_was_fitted_to_the_states_of_the_shipped_network() -> None:
    assert document.reader("discourse").network == model.network().card["sha256"]["reader.onnx"]


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tables.path("discourse")
    (tmp_path / "reader.toml").write_bytes((folder / "reader.toml").read_bytes())
    (tmp_path / "reader.npz").write_bytes((folder / "reader.npz").read_bytes() + b"x")
    monkeypatch.setattr(tables, "path", lambda name: tmp_path)
    with pytest.raises(errors.ModelError, match="not the pinned file"):
        document.reader.__wrapped__("discourse")


def test_a_missing_reader_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "path", lambda name: tmp_path)
    with pytest.raises(errors.ModelError, match=r"reader\.toml"):
        document.reader.__wrapped__("discourse")
