"""A linear chain: labels for a sequence of items that are described by named features.

The weights are a table of features against labels and one of labels against the label before
(a conditional random field without hidden layers); :meth:`Chain.decode` gives the best sequence and
the probability of each label. Files: ``data/NAME/weights.npz`` (numbers and names, no pickled objects)
and ``data/NAME/chain.toml`` (labels, hash, how it was fitted).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline import fitted

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float64]]


class Chain:
    """A fitted chain; get the shipped ones with :func:`chain`.

    ``weights`` has a row a feature and a column a label; ``steps[i, j]`` scores label ``j`` after ``i``,
    or ``steps[k, i, j]`` where there are several kinds ``k`` of steps between items.
    ``share`` is the weight that the log probabilities of another reader had when the two were fitted to
    one another (see ``leaning`` of :meth:`decode`).
    """

    def __init__(
        self, labels: Sequence[str], names: Sequence[str], weights: Matrix, steps: Matrix, share: float = 0.0
    ) -> None:
        self.share = share
        self.labels = tuple(labels)
        self._rows = {name: row for row, name in enumerate(names)}
        self._weights = weights
        self._steps = steps

    def scores(self, items: Sequence[Sequence[str]]) -> Matrix:
        """Return a row an item, a column a label: the sum of the weights of the item's features.

        Unknown features count nothing.
        """
        import numpy as np

        found = np.zeros((len(items), len(self.labels)))
        for number, item in enumerate(items):
            known = [self._rows[name] for name in item if name in self._rows]
            found[number] = self._weights[known].sum(axis=0)
        return found

    def decode(
        self,
        items: Sequence[Sequence[str]],
        leaning: Sequence[Sequence[float]] | None = None,
        kinds: Sequence[int] | None = None,
    ) -> tuple[list[str], list[list[float]]]:
        """Return the best label of each item in its sequence, and the probability of every label.

        ``leaning`` is what another reader adds to the score of each label of each item, in their order;
        ``kinds`` tells by which kind of step each item follows the one before it (all by the first).
        """
        import numpy as np

        if not items:
            return [], []
        scores = self.scores(items)
        scores = scores if leaning is None else scores + np.asarray(leaning)
        probabilities = marginals(scores, self._steps, kinds)
        best = probabilities.argmax(axis=1)
        return [self.labels[k] for k in best], [[float(p) for p in row] for row in probabilities]


def marginals(scores: Matrix, steps: Matrix, kinds: Sequence[int] | None = None) -> Matrix:
    """Return the probability of each label of each item, all label sequences weighed (forward, backward)."""
    import numpy as np

    tables = steps.reshape(-1, *steps.shape[-2:])
    into = [tables[kind] for kind in kinds or [0] * len(scores)]
    forward, backward = np.empty_like(scores), np.zeros_like(scores)
    forward[0] = scores[0]
    for n in range(1, len(scores)):
        forward[n] = scores[n] + _logsum(forward[n - 1][:, None] + into[n], 0)
    for n in range(len(scores) - 2, -1, -1):
        backward[n] = _logsum(into[n + 1] + (scores[n + 1] + backward[n + 1])[None, :], 1)
    both = forward + backward
    both -= both.max(axis=1, keepdims=True)
    shares = np.exp(both)
    result: Matrix = shares / shares.sum(axis=1, keepdims=True)
    return result


def _logsum(table: Matrix, axis: int) -> Matrix:
    import numpy as np

    top = table.max(axis=axis)
    result: Matrix = top + np.log(np.exp(table - np.expand_dims(top, axis)).sum(axis=axis))
    return result


@cache
def chain(name: str) -> Chain:
    """Load a shipped chain once; raise ModelError if its files are missing or not the pinned ones."""
    import numpy as np

    card, arrays = fitted.load(name, "chain.toml", "weights.npz")
    names = arrays["names"].tobytes().decode("utf-8").split("\n")
    weights, steps = (arrays[k].astype(np.float64) for k in ("weights", "steps"))
    return Chain(card["labels"], names, weights, steps, card.get("share", 0.0))
