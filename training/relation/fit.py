"""Fit the network to rows: seeded, one thread, bf16 where the processor has it."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from dateline.model import Encoder
from relation import network, rows
from relation.rows import LABELS, Row


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides how the network is fitted."""

    epochs: int = 7
    rate: float = 1e-4
    head_rate: float = 5e-4
    decay: float = 0.01
    warmup: float = 0.1
    batch: int = 24
    dropout: float = 0.1
    smoothing: float = 0.0
    vary: float = 0.2
    drawn: float = 0.2
    average: float = 0.98
    freeze_pieces: bool = True
    max_length: int = 128


def fit(
    examples: Sequence[Row],
    recipe: Recipe,
    seed: int,
    encoder_folder: Path,
    encoder: Encoder,
) -> network.Network:
    """Return the network fitted to the examples."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    net = network.pretrained(encoder_folder, len(LABELS), recipe.dropout)
    mean = copy.deepcopy(net).eval() if recipe.average else None
    steps = recipe.epochs * -(-len(_draw(examples, recipe, random.Random(0))) // recipe.batch)
    optimizer, schedule = _optimizer(net, recipe, steps)
    step = 0
    for epoch in range(recipe.epochs):
        net.train()
        started, total = time.time(), 0.0
        for batch in _batches(examples, recipe, chance, encoder):
            loss = _loss(net, batch, recipe)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            step += 1
            if mean is not None:
                _move(mean, net, min(recipe.average, step / (step + 10)))
        mean_loss = total * recipe.epochs / steps
        print(
            f"seed {seed} epoch {epoch + 1}: loss {mean_loss:.3f}, {time.time() - started:.0f} s", flush=True
        )
    return mean if mean is not None else _settled(net)


DRAWN = ("own-none", "no-event")
Batch = tuple[Tensor, Tensor, Tensor]
Optimizer = tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]


def _optimizer(net: network.Network, recipe: Recipe, steps: int) -> Optimizer:
    head = [*net.hidden.parameters(), *net.answer.parameters()]
    own = {id(p) for p in head}
    table = net.pieces.weight
    if recipe.freeze_pieces:  # of the piece table only the four markers learn
        table.requires_grad_(False)
        markers = nn.Parameter(table[1:5].clone())
        net.pieces.markers = markers  # type: ignore[assignment]
        net.pieces.hook = net.pieces.register_forward_hook(_put_markers)  # type: ignore[assignment]
        head.append(markers)
        own.add(id(markers))
    body = [p for p in net.parameters() if p.requires_grad and id(p) not in own]
    groups = [{"params": body, "lr": recipe.rate}, {"params": head, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=recipe.decay)
    warm = max(1, int(steps * recipe.warmup))
    slope = lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))  # noqa: E731
    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, slope)


def _put_markers(module: nn.Embedding, inputs: tuple[Tensor], output: Tensor) -> Tensor:
    """Read the markers from the small table that learns instead of the large one that does not."""
    ids = inputs[0]
    marked = nn.functional.embedding((ids - 1).clamp(0, 3), module.markers)
    return torch.where(((ids >= 1) & (ids <= 4))[..., None], marked, output)


def _settled(net: network.Network) -> network.Network:
    """Write the learnt markers into the piece table."""
    if hasattr(net.pieces, "markers"):
        net.pieces.hook.remove()
        with torch.no_grad():
            net.pieces.weight[1:5] = net.pieces.markers
        del net.pieces.markers
    return net.eval()


def _move(mean: nn.Module, net: nn.Module, keep: float) -> None:
    """Move the running mean of the weights a little towards the weights."""
    with torch.no_grad():
        theirs = dict(net.named_parameters())
        for name, parameter in mean.named_parameters():
            if theirs[name].requires_grad:
                parameter.lerp_(theirs[name], 1 - keep)
        if hasattr(net.pieces, "markers"):
            mean.pieces.weight[1:5].lerp_(net.pieces.markers, 1 - keep)


def _batches(
    examples: Sequence[Row], recipe: Recipe, chance: random.Random, encoder: Encoder
) -> Iterator[Batch]:
    """Yield shuffled batches of rows of like length: (numbers, right labels, weights)."""
    order = _draw(examples, recipe, chance)
    chance.shuffle(order)
    pool = recipe.batch * 16
    batches = []
    for start in range(0, len(order), pool):
        changed = [rows.varied(row, chance, recipe.vary) for row in order[start : start + pool]]
        encoded = sorted(((encoder.encode(r.plain), r) for r in changed), key=lambda pair: len(pair[0]))
        batches += [encoded[k : k + recipe.batch] for k in range(0, len(encoded), recipe.batch)]
    chance.shuffle(batches)
    for batch in batches:
        yield (
            padded([e for e, _ in batch]),
            right([r for _, r in batch]),
            torch.tensor([r.weight for _, r in batch]),
        )


def _draw(examples: Sequence[Row], recipe: Recipe, chance: random.Random) -> list[Row]:
    """Return an epoch's rows: all, but only a share of the many pairs without an event between them."""
    few = [row for row in examples if row.kind in DRAWN]
    rest = [row for row in examples if row.kind not in DRAWN]
    return rest + chance.sample(few, int(len(few) * recipe.drawn))


def padded(encoded: Sequence[Sequence[int]]) -> Tensor:
    """Return rows of numbers as one table, padded with 0."""
    ids = torch.zeros(len(encoded), max(map(len, encoded)), dtype=torch.long)
    for row, numbers in zip(ids, encoded, strict=True):
        row[: len(numbers)] = torch.tensor(numbers)
    return ids


def right(examples: Sequence[Row]) -> Tensor:
    """Return a table that is true where a label is right for a row."""
    return torch.tensor([[label in row.labels for label in LABELS] for row in examples])


def _loss(net: nn.Module, batch: Batch, recipe: Recipe) -> Tensor:
    """Return the mean of minus the log of the probability of the right labels together."""
    ids, good, weight = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = net(ids)
    logs = scores.float().log_softmax(-1)
    loss = -logs.masked_fill(~good, -1e9).logsumexp(-1)
    if recipe.smoothing:
        loss = (1 - recipe.smoothing) * loss - recipe.smoothing * logs.mean(-1)
    return (loss * weight).sum() / weight.sum()


def answers(net: nn.Module, examples: Sequence[Row], encoder: Encoder) -> list[dict[str, float]]:
    """Return the float network's probabilities, as ``dateline.model.Relations.types`` does."""
    encoded = [encoder.encode(row.plain) for row in examples]
    order = sorted(range(len(examples)), key=lambda i: len(encoded[i]))
    found: list[dict[str, float]] = [{} for _ in examples]
    with torch.no_grad():
        for start in range(0, len(order), 32):
            part = order[start : start + 32]
            for i, given in zip(
                part, net(padded([encoded[i] for i in part])).softmax(-1).tolist(), strict=True
            ):
                found[i] = dict(zip(LABELS, given, strict=True))
    return found
