"""Fit the network to examples: seeded, bf16 where the processor has it."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from dateline.evaluate.certainty import UNREAL
from dateline.pieces import Encoder
from reader import network
from reader.examples import Act, Example, Range, packed
from reader.labels import (
    CONTEXTS,
    DISCOURSE,
    EVENTS,
    LINKS,
    MODES,
    PARTIES,
    REALIS,
    SAYINGS,
    SECTORS,
    TEXT_HEADS,
    WORD_HEADS,
    places,
)

UNKNOWN = -100
HIDDEN = 103  # the number of [MASK] in the vocabulary; the markers, [UNK], [CLS] and [SEP] come before it
POOL = 1536  # examples that are sorted by length at once
# Texts shorter than what is read at once.
PACKED = ("own", "uw", "meantime", "meantime-time", "cameo-ner", "predicates")
WORD, TEXT = places(WORD_HEADS), places(TEXT_HEADS)
# The heads that give a word one of several labels.
TAGGED = {
    "event": EVENTS, "mode": MODES, "realis": REALIS, "saying": SAYINGS, "party": PARTIES, "sector": SECTORS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides how the network is fitted.

    ``share`` says how often an epoch reads an example of a kind (2: twice, 0.2: a fifth, drawn anew);
    ``loss`` how much each head counts; ``batch`` how many pieces are read at once, padding included;
    ``packed`` how many of the texts of each kind of ``PACKED`` are read together with others of their kind;
    ``hidden`` the share of pieces that are hidden, drawn anew each time, so that no one word decides.
    """

    epochs: int = 3
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warmup: float = 0.06
    batch: int = 1800
    dropout: float = 0.1
    average: float = 0.995
    max_length: int = 160
    packed: float = 0.7
    hidden: float = 0.12
    share: dict[str, float] = field(default_factory=lambda: {
        "own": 2, "own-pair": 0.06, "own-none": 0.03, "no-event": 0.15, "plv": 6, "swapped-none": 3,
        "swapped-same": 3, "polnear": 0.7, "uw": 1, "meantime": 1, "meantime-time": 2, "cameo-ner": 2,
        "discourse": 0.8, "predicates": 2,
    })  # fmt: skip
    loss: dict[str, float] = field(default_factory=lambda: {
        "event": 2.5, "mode": 0.3, "realis": 0.3, "background": 0.3, "voiced": 0.3, "certainty": 0.5,
        "saying": 1.0, "party": 1.0, "sector": 0.5, "link": 2.5, "relation": 0.5, "context": 0.5,
        "discourse": 0.3, "ahead": 0.3, "carried": 0.5,
    })  # fmt: skip


def fit(
    examples: Sequence[Example], recipe: Recipe, seed: int, net: network.Network, encoder: Encoder
) -> network.Network:
    """Return a running mean of the network's weights while it is fitted to the examples."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    _grow_markers(net)
    mean = copy.deepcopy(net).eval()
    lengths = sorted(len(encode(e, encoder)[0]) for e in _draw(examples, recipe, random.Random(0)))
    steps = recipe.epochs * len(list(_cut(lengths, recipe.batch)))
    optimizer, schedule = _optimizer(net, recipe, steps)
    step = 0
    for epoch in range(recipe.epochs):
        net.train()
        started, totals = time.time(), dict.fromkeys(recipe.loss, 0.0)
        for count, batch in enumerate(_batches(examples, recipe, chance, encoder), 1):
            _hide(batch.ids, recipe.hidden)
            parts = losses(net, batch)
            loss = sum(recipe.loss[name] * part for name, part in parts.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[union-attr]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            for name, part in parts.items():
                totals[name] += float(part.detach())
            _move(mean, net, min(recipe.average, step / (step + 10)))
            if count % 100 == 0:
                shown = " ".join(f"{name} {total / count:.3f}" for name, total in totals.items())
                taken = time.time() - started
                print(f"seed {seed} epoch {epoch + 1} step {count}: {shown}, {taken:.0f} s", flush=True)
    return _settled(mean)


# -- the piece table is fixed, but its four markers learn ----------------------------------------------------


def _grow_markers(net: network.Network) -> None:
    net.pieces.weight.requires_grad_(False)
    net.markers = nn.Parameter(net.pieces.weight[1:5].clone())
    net.pieces.register_forward_hook(lambda module, inputs, output: _put(net.markers, inputs[0], output))


def _put(markers: Tensor, ids: Tensor, output: Tensor) -> Tensor:
    marked = nn.functional.embedding((ids - 1).clamp(0, 3), markers)
    return torch.where(((ids >= 1) & (ids <= 4))[..., None], marked, output)


def _settled(net: network.Network) -> network.Network:
    """Write the learnt markers into the piece table."""
    with torch.no_grad():
        net.pieces.weight[1:5] = net.markers
    net.pieces._forward_hooks.clear()
    del net.markers
    return net.eval()


def _optimizer(
    net: network.Network, recipe: Recipe, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    body = {id(p) for part in (net.layers, net.norm, net.positions) for p in part.parameters()}
    learning = [p for p in net.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in learning if id(p) in body], "lr": recipe.rate},
        {"params": [p for p in learning if id(p) not in body], "lr": recipe.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=recipe.decay, fused=True)
    warm = max(1, int(steps * recipe.warmup))
    slope = lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))  # noqa: E731
    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, slope)


def _move(mean: nn.Module, net: nn.Module, keep: float) -> None:
    """Move the running mean of the weights a little towards the weights."""
    with torch.no_grad():
        pairs = [(m, p) for m, p in zip(mean.parameters(), net.parameters(), strict=True) if p.requires_grad]
        torch._foreach_lerp_([m for m, _ in pairs], [p.detach() for _, p in pairs], 1 - keep)


# -- batches ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one padded table, where their words and sentences begin, and what is right for them."""

    ids: Tensor
    examples: list[Example]
    starts: list[list[int]]
    heads: list[list[int]]


def _draw(examples: Sequence[Example], recipe: Recipe, chance: random.Random) -> list[Example]:
    """Return an epoch's examples: each kind as often as the recipe says."""
    kinds: dict[str, list[Example]] = {}
    for example in examples:
        kinds.setdefault(example.kind, []).append(example)
    drawn: list[Example] = []
    for kind, found in kinds.items():
        whole, rest = divmod(recipe.share[kind], 1)
        rows = found * int(whole) + chance.sample(found, int(len(found) * rest))
        if kind in PACKED:
            chance.shuffle(rows)
            some = int(len(rows) * recipe.packed)
            rows = [*packed(rows[:some]), *rows[some:]]
        drawn += rows
    return drawn


def _batches(
    examples: Sequence[Example], recipe: Recipe, chance: random.Random, encoder: Encoder
) -> Iterator[Batch]:
    """Yield shuffled batches of texts of like length."""
    order = _draw(examples, recipe, chance)
    chance.shuffle(order)
    batches = []
    for start in range(0, len(order), POOL):
        encoded = [(encode(e, encoder), e) for e in order[start : start + POOL]]
        encoded.sort(key=lambda pair: len(pair[0][0]))
        sizes = [len(ids) for (ids, _, _), _ in encoded]
        batches += [encoded[first:end] for first, end in _cut(sizes, recipe.batch)]
    chance.shuffle(batches)
    for batch in batches:
        read = [found for found, _ in batch]
        yield Batch(
            padded([f[0] for f in read]), [e for _, e in batch], [f[1] for f in read], [f[2] for f in read]
        )


def _hide(ids: Tensor, share: float) -> None:
    """Put the piece for a hidden word in place of a share of the pieces; what orders the text stays."""
    drawn = torch.rand(ids.shape) < share
    ids[drawn & (ids > HIDDEN)] = HIDDEN


def _cut(lengths: Sequence[int], most: int) -> Iterator[Range]:
    """Yield ranges of rows, ordered by length, whose padded table holds at most so many pieces."""
    first = 0
    for n, length in enumerate(lengths):
        if n > first and length * (n - first + 1) > most:
            yield first, n
            first = n
    if lengths:
        yield first, len(lengths)


def encode(example: Example, encoder: Encoder) -> tuple[list[int], list[int], list[int]]:
    """Return an example's numbers, and where its words (0: cut off) and its sentences begin."""
    if example.pair:
        return *encoder.encode(example.words, (example.pair.source, example.pair.target)), [0]
    stretch = next(encoder.stretches(example.sentences))
    starts = [start for sentence in stretch.starts for start in sentence]
    return stretch.ids, starts + [0] * (len(example.words) - len(starts)), stretch.heads


def padded(encoded: Sequence[Sequence[int]]) -> Tensor:
    """Return rows of numbers as one table, padded with 0."""
    ids = torch.zeros(len(encoded), max(map(len, encoded)), dtype=torch.long)
    for row, numbers in zip(ids, encoded, strict=True):
        row[: len(numbers)] = torch.tensor(numbers)
    return ids


# -- losses -------------------------------------------------------------------------------------------------


def losses(net: nn.Module, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of each head that the batch teaches."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words, links, relation, text, _ = net(batch.ids)
    words, text = words.float(), text.float()
    found: dict[str, Tensor] = {}
    for name, labels in TAGGED.items():
        right = _word_labels(batch, name, labels)
        if (right != UNKNOWN).any():
            scores = words[..., slice(*WORD[name])]
            found[name] = nn.functional.cross_entropy(
                scores.reshape(-1, scores.shape[-1]), right.reshape(-1), ignore_index=UNKNOWN
            )
    _measures(batch, words, found)
    _link_loss(batch, links, found)
    _pair_loss(batch, relation.float(), found)
    _text_losses(batch, text, found)
    return found


def _word_labels(batch: Batch, name: str, labels: Sequence[str]) -> Tensor:
    number = {label: n for n, label in enumerate(labels)}
    right = torch.full(batch.ids.shape, UNKNOWN, dtype=torch.long)
    for row, (example, starts) in enumerate(zip(batch.examples, batch.starts, strict=True)):
        for word, label in _labels(example, name):
            if label is not None and starts[word]:
                right[row, starts[word]] = number[label]
    return right


def _labels(example: Example, name: str) -> Iterator[tuple[int, str | None]]:
    if name in ("mode", "realis"):
        yield from ((word, getattr(act, name)) for word, act in example.acts.items())
    elif name == "sector":
        yield from example.sectors.items()
    else:
        rows = {"event": example.events, "saying": example.sayings, "party": example.parties}[name]
        yield from enumerate(rows or ())


def _known(batch: Batch, name: str) -> list[tuple[int, int, Act]]:
    return [
        (row, starts[word], act)
        for row, (example, starts) in enumerate(zip(batch.examples, batch.starts, strict=True))
        for word, act in example.acts.items()
        if getattr(act, name) is not None and starts[word]
    ]


def _measures(batch: Batch, words: Tensor, found: dict[str, Tensor]) -> None:
    for name in ("background", "voiced", "carried"):
        known = _known(batch, name)
        if known:
            scores = words[[k[0] for k in known], [k[1] for k in known], WORD[name][0]]
            right = torch.tensor([float(getattr(k[2], name)) for k in known])
            found[name] = nn.functional.binary_cross_entropy_with_logits(scores, right)
    known = _known(batch, "certainty")
    if known:
        scores = words[[k[0] for k in known], [k[1] for k in known], WORD["certainty"][0]]
        right = torch.tensor([k[2].certainty or 0.0 for k in known])
        found["certainty"] = nn.functional.smooth_l1_loss(scores, right, beta=0.3)
    _ahead(batch, words, found)


def _ahead(batch: Batch, words: Tensor, found: dict[str, Tensor]) -> None:
    """Where it is known only that something lies ahead, all labels of realis that say so are right."""
    known = _known(batch, "ahead")
    if not known:
        return
    logs = words[[k[0] for k in known], [k[1] for k in known], slice(*WORD["realis"])].log_softmax(-1)
    unreal = torch.tensor([name in UNREAL for name in REALIS])
    right = torch.tensor([[k[2].ahead] for k in known]) == unreal
    found["ahead"] = -logs.masked_fill(~right, -1e9).logsumexp(-1).mean()


def _link_loss(batch: Batch, links: Tensor, found: dict[str, Tensor]) -> None:
    """Every known anchor asks of every word of its text whether it belongs to it."""
    asked, right = torch.zeros(links.shape, dtype=torch.bool), torch.zeros(links.shape)
    for row, (example, starts) in enumerate(zip(batch.examples, batch.starts, strict=True)):
        every = [start for start in starts if start]
        for anchor, named in example.links.items():
            for kind, members in named.items() if starts[anchor] else ():
                place = (row, LINKS.index(kind), starts[anchor])
                asked[place][every] = True
                right[place][[starts[word] for word in members if starts[word]]] = 1.0
    if asked.any():
        wanted = right[asked]
        each = nn.functional.binary_cross_entropy_with_logits(links[asked].float(), wanted, reduction="sum")
        found["link"] = each / (wanted.sum() + 20.0)


def _pair_loss(batch: Batch, relation: Tensor, found: dict[str, Tensor]) -> None:
    marked = [n for n, e in enumerate(batch.examples) if e.pair]
    if not marked:
        return
    pairs = [batch.examples[n] for n in marked]
    good = torch.tensor([[label in e.pair.right for label in EVENTS] for e in pairs])  # type: ignore[union-attr]
    weight = torch.tensor([e.weight for e in pairs])
    logs = relation[marked].log_softmax(-1).masked_fill(~good, -1e9).logsumexp(-1)
    found["relation"] = -(logs * weight).sum() / weight.sum()


def _text_losses(batch: Batch, text: Tensor, found: dict[str, Tensor]) -> None:
    """What is known of whole sentences is read where they begin."""
    about = _of_sentences(batch, "contexts")
    if about:
        right = torch.tensor([[float(c in known) for c in CONTEXTS] for _, _, known in about])
        scores = text[[row for row, _, _ in about], [at for _, at, _ in about], slice(*TEXT["context"])]
        each = nn.functional.binary_cross_entropy_with_logits(scores, right, reduction="sum")
        found["context"] = each / (right.sum() + 5.0)
    told = _of_sentences(batch, "discourse")
    if told:
        labels = torch.tensor([DISCOURSE.index(label) for _, _, label in told])
        scores = text[[row for row, _, _ in told], [at for _, at, _ in told], slice(*TEXT["discourse"])]
        found["discourse"] = nn.functional.cross_entropy(scores, labels)


def _of_sentences(batch: Batch, name: str) -> list[tuple[int, int, Any]]:
    return [
        (row, heads[sentence], known)
        for row, (example, heads) in enumerate(zip(batch.examples, batch.heads, strict=True))
        for sentence, known in getattr(example, name).items()
        if sentence < len(heads)
    ]
