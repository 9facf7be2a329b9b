"""A report read as a whole: labels for its sentences from their vectors, in both directions.

A small recurrent network (a GRU to the end and one back, Cho et al. 2014) over the states that the network of
:mod:`dateline.model` leaves at the beginning of each sentence, so that what stands before and after a
sentence tells what it does. Files: ``data/NAME/reader.npz`` (numbers, no pickled objects) and
``data/NAME/reader.toml`` (labels, hash, the hash of the network whose states it was fitted to).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline import fitted

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float32]]

LONGEST = 60  # sentences; a longer report counts as one of these


class Reader:
    """A fitted reader; get the shipped ones with :func:`reader`.

    ``weights``: ``enter`` (width x hidden), ``place`` (5 x hidden) and their ``bias``; for each direction
    ``there`` and ``back`` the GRU's ``in``, ``again`` (each hidden x 3 halves: reset, update, new) and their
    biases; ``leave`` (two hidden x labels) and its bias.
    """

    def __init__(self, labels: Sequence[str], weights: Mapping[str, Matrix], network: str = "") -> None:
        self.labels = tuple(labels)
        self.network = network
        self._weights = weights

    def read(self, vectors: Sequence[Any], kinds: Sequence[int]) -> Matrix:
        """Return the logarithm of the probability of each label (columns) of each sentence (rows).

        ``vectors`` are the states of the sentences in order, ``kinds`` 0 where a paragraph begins, else 1.
        """
        import numpy as np

        w = self._weights
        if not len(vectors):
            return np.zeros((0, len(self.labels)), np.float32)
        entered = np.asarray(vectors, np.float32) @ w["enter"] + places(kinds) @ w["place"] + w["bias"]
        entered = np.maximum(entered, 0)
        both = [self._pass(entered, "there"), self._pass(entered[::-1], "back")[::-1]]
        scores = np.concatenate([*both, entered], axis=1) @ w["leave"] + w["leave_bias"]
        scores = scores - scores.max(axis=1, keepdims=True)
        found: Matrix = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return found

    def _pass(self, entered: Matrix, way: str) -> Matrix:
        """Return the states of the GRU in one direction, after each sentence."""
        import numpy as np

        again, bias = self._weights[f"{way}_again"], self._weights[f"{way}_again_bias"]
        told = entered @ self._weights[f"{way}_in"] + self._weights[f"{way}_in_bias"]
        half = again.shape[0]
        state, states = np.zeros(half, np.float32), np.empty((len(entered), half), np.float32)
        for n, row in enumerate(told):
            kept = state @ again + bias
            reset, update = np.split(_sigmoid(row[: 2 * half] + kept[: 2 * half]), 2)
            new = np.tanh(row[2 * half :] + reset * kept[2 * half :])
            states[n] = state = (1 - update) * new + update * state
        return states


def places(kinds: Sequence[int]) -> Matrix:
    """Return where each sentence stands: how far on, how near the beginning, whether among the first three or
    inside a paragraph, and how long the report is."""
    import numpy as np

    count = len(kinds)
    number = np.arange(count, dtype=np.float32)
    length = np.full(count, min(count, LONGEST) / LONGEST)
    rows = [number / max(count, 1), 1 / (1 + number), number < 3, np.asarray(kinds), length]
    found: Matrix = np.stack(rows, axis=1).astype(np.float32)
    return found


def _sigmoid(scores: Matrix) -> Matrix:
    import numpy as np

    found: Matrix = 1.0 / (1.0 + np.exp(-scores))
    return found


@cache
def reader(name: str) -> Reader:
    """Load a shipped reader once; raise ModelError if its files are missing or not the pinned ones."""
    import numpy as np

    card, arrays = fitted.load(name, "reader.toml", "reader.npz")
    weights = {key: array.astype(np.float32) for key, array in arrays.items()}
    return Reader(card["labels"], weights, card["network"])
