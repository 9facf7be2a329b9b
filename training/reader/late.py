"""The head fitted last, on the states of a network whose encoder is settled: ``carried``.

Only some of our reports were read for it (``training/corpus/dated.list``), too few to be heard while all else
is learnt, and a mean of rounds blurs it. So it is a logistic regression of its own on what the written
network holds of each act.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor, nn

from dateline.pieces import Encoder
from reader import fit
from reader.examples import Example
from reader.labels import WORD_HEADS, places
from reader.network import Network

HEAD = "carried"
SHRINKAGE = 100.0  # of the weights; from 30 to 300 files 09 are alike
TOGETHER = 16  # stretches read at once


def refit(net: Network, examples: Sequence[Example], encoder: Encoder) -> Network:
    """Return the network with the head fitted anew to the acts of which it is known; others are left out."""
    told = [e for e in examples if any(act.carried is not None for act in e.acts.values())]
    if not told:
        return net
    rows = list(_states(net, sorted(told, key=lambda e: len(e.words)), encoder))
    weights, bias = _regression(
        torch.stack([state for state, _ in rows]), torch.tensor([float(y) for _, y in rows])
    )
    place = places(WORD_HEADS)[HEAD][0]
    with torch.no_grad():
        net.words.weight[place], net.words.bias[place] = weights, bias
    return net


def _states(net: Network, told: Sequence[Example], encoder: Encoder) -> Iterator[tuple[Tensor, bool]]:
    """Yield the last state of each act of which it is known, with what is known."""
    net.eval()
    for start in range(0, len(told), TOGETHER):
        batch = told[start : start + TOGETHER]
        encoded = [fit.encode(example, encoder) for example in batch]
        with torch.no_grad():
            states = net(fit.padded([ids for ids, _, _ in encoded]))[4].float()
        for row, (example, (_, starts, _)) in enumerate(zip(batch, encoded, strict=True)):
            for word, act in example.acts.items():
                if act.carried is not None and starts[word]:
                    yield states[row, starts[word]].clone(), act.carried


def _regression(states: Tensor, right: Tensor) -> tuple[Tensor, Tensor]:
    """Return weights and bias of a logistic regression, the weights shrunk."""
    weights, bias = torch.zeros(states.shape[1], requires_grad=True), torch.zeros((), requires_grad=True)
    search = torch.optim.LBFGS([weights, bias], max_iter=500, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        search.zero_grad()
        misses = nn.functional.binary_cross_entropy_with_logits(
            states @ weights + bias, right, reduction="sum"
        )
        total: Tensor = misses + SHRINKAGE / 2 * weights.square().sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    search.step(loss)
    return weights.detach(), bias.detach()
