"""Fit the reader of whole reports (data/discourse/reader.npz) on NewsDiscourse train.

    python training/document.py GOLD/newsdiscourse

With each new network: the reader learns from the states that the shipped one leaves at the beginning of
each sentence. It is fitted to ``train`` and scored on ``validation``; then run ``training/discourse.py
join``, which weighs it against the chain. Seeds are fixed; needs torch (users never do). Width, dropout and
rounds were chosen on the validation documents among a few settings that lie within a point and a half.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from dateline import document, model  # noqa: E402
from dateline.evaluate import newsdiscourse  # noqa: E402
from dateline.evaluate.result import macro_f1  # noqa: E402
from dateline.extract import discourse  # noqa: E402

FOLDER = HERE.parent / "src" / "dateline" / "data" / "discourse"
HIDDEN = 192
DROPOUT = 0.4
ROUNDS = 12
TOGETHER = 8  # reports between two steps
RATE, DECAY = 1e-3, 0.01
WEIGHT = 0.35  # classes weigh (1 / frequency) ** WEIGHT, so that rare ones count for macro-F1
SMOOTH = 0.05
Report = tuple[Tensor, Tensor, Tensor]  # states, places, labels of the sentences


class Network(nn.Module):
    """The reader as torch fits it; :meth:`arrays` gives it to :class:`dateline.document.Reader`."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.enter, self.place = nn.Linear(width, HIDDEN), nn.Linear(5, HIDDEN, bias=False)
        self.both = nn.GRU(HIDDEN, HIDDEN // 2, bidirectional=True, batch_first=True)
        self.leave = nn.Linear(2 * HIDDEN, len(newsdiscourse.LABELS))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, states: Tensor, places: Tensor) -> Tensor:
        """Return the scores (sentences x labels)."""
        entered = torch.relu(self.enter(self.dropout(states)) + self.place(places))
        read, _ = self.both(self.dropout(entered)[None])
        scores: Tensor = self.leave(self.dropout(torch.cat([read[0], entered], 1)))
        return scores

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the weights under the names that the reader knows."""
        found = {
            "enter": self.enter.weight.T, "place": self.place.weight.T, "bias": self.enter.bias,
            "leave": self.leave.weight.T, "leave_bias": self.leave.bias,
        }  # fmt: skip
        for way, end in (("there", "l0"), ("back", "l0_reverse")):
            found[f"{way}_in"] = getattr(self.both, f"weight_ih_{end}").T
            found[f"{way}_in_bias"] = getattr(self.both, f"bias_ih_{end}")
            found[f"{way}_again"] = getattr(self.both, f"weight_hh_{end}").T
            found[f"{way}_again_bias"] = getattr(self.both, f"bias_hh_{end}")
        return {name: tensor.detach().numpy().astype(np.float16) for name, tensor in found.items()}


def load(folder: Path) -> list[Report]:
    """Read the reports of a folder with the network's states."""
    labels = newsdiscourse.gold(folder)
    found = []
    for one in newsdiscourse.load(folder):
        numbers, units = newsdiscourse.units(one)
        known = [newsdiscourse.LABELS.index(labels.get((one.name, n), "NA")) for n in numbers]
        if known:
            states = torch.from_numpy(np.stack(discourse.vectors(units)))
            places = torch.from_numpy(document.places(discourse.kinds(units)))
            found.append((states, places, torch.tensor(known)))
    return found


def fit(reports: Sequence[Report], seed: int) -> Network:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    net = Network(reports[0][0].shape[1])
    counts = torch.bincount(torch.cat([known for _, _, known in reports])).float()
    weights = (counts.sum() / counts) ** WEIGHT
    weights /= weights.mean()
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    steps = ROUNDS * -(-len(reports) // TOGETHER)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.0, 1 - step / steps))
    for _ in range(ROUNDS):
        order = chance.sample(list(reports), len(reports))
        for first in range(0, len(order), TOGETHER):
            part = order[first : first + TOGETHER]
            losses = [
                nn.functional.cross_entropy(
                    net(states, places), known, weights, reduction="sum", label_smoothing=SMOOTH
                )
                for states, places, known in part
            ]
            optimizer.zero_grad()
            (sum(losses[1:], losses[0]) / sum(len(known) for _, _, known in part)).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return net.eval()


def score(arrays: dict[str, np.ndarray], reports: Sequence[Report]) -> float:
    """Return macro-F1 of the reader as it is shipped."""
    reader = document.Reader(
        newsdiscourse.LABELS, {name: array.astype(np.float32) for name, array in arrays.items()}
    )
    found = [
        label
        for states, places, _ in reports
        for label in reader.read(states.numpy(), places[:, 3].int().tolist()).argmax(1).tolist()
    ]
    names = newsdiscourse.LABELS
    gold = [names[label] for _, _, known in reports for label in known.tolist()]
    return macro_f1(gold, [names[label] for label in found])


def write(arrays: dict[str, np.ndarray]) -> None:
    with zipfile.ZipFile(FOLDER / "reader.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(arrays.items()):
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), content.getvalue())
    card = {
        "labels": list(newsdiscourse.LABELS),
        "sha256": hashlib.sha256((FOLDER / "reader.npz").read_bytes()).hexdigest(),
        "network": model.network().card["sha256"]["reader.onnx"],
        "fitted_on": "NewsDiscourse, training part",
    }
    lines = ["# Written by training/document.py; not for editing."]
    lines += [f"{key} = {json.dumps(value)}" for key, value in card.items()]
    (FOLDER / "reader.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    fitted = load(options.source / "train")
    arrays = fit(fitted, options.seed).arrays()
    print(f"validation macro-F1 {score(arrays, load(options.source / 'validation')):.4f}")
    write(arrays)


if __name__ == "__main__":
    main()
