"""How good the written network is on what was held out, head by head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline import model
from dateline.evaluate import factuality, plv, polnear_tokens
from dateline.evaluate.result import macro_f1
from dateline.evaluate.sentences import entities, rebuild
from reader.examples import Example

Scores = dict[str, float]


def measured(net: model.Network, held: Sequence[Example], gold: Path | None) -> Scores:
    """Return all scores of a network on held-out examples and on the development parts below ``gold``."""
    found = _pairs(net, held) | _acts(net, [e for e in held if e.kind == "own"])
    found |= _contexts(net, [e for e in held if e.contexts])
    found |= _parties(net, [e for e in held if e.parties is not None])
    if gold is not None:
        found |= _sayings(net, gold / "polnear_cofenet" / "valid.txt")
        found |= _certainty(net, gold / "factuality" / "UW" / "dev.jsonl")
    return {name: round(value, 4) for name, value in found.items()}


def root(answer: dict[str, float]) -> str:
    """Return the best PLV root: CONCEDE and RETREAT count together, NONE is no answer."""
    summed: dict[str, float] = {}
    for label, share in answer.items():
        name = plv.MERGED.get(label, label)
        summed[name] = summed.get(name, 0.0) + share
    del summed[model.NONE]
    return max(summed, key=lambda name: summed[name])


def _pairs(net: model.Network, held: Sequence[Example]) -> Scores:
    marked = [(e, e.pair) for e in held if e.pair is not None]
    answers = net.relations([(e.words, (pair.source, pair.target)) for e, pair in marked])
    found: Scores = {}
    right: dict[str, list[bool]] = {}
    for (example, pair), answer in zip(marked, answers, strict=True):
        right.setdefault(example.kind, []).append(max(answer, key=lambda k: answer[k]) in pair.right)
    for kind, hits in sorted(right.items()):
        found |= {f"{kind}: best label right": sum(hits) / len(hits), f"{kind}: pairs": len(hits)}
    rows = [(p.right[0], root(a)) for (e, p), a in zip(marked, answers, strict=True) if e.kind == "plv"]
    if rows:
        gold, ours = [plv.MERGED.get(g, g) for g, _ in rows], [o for _, o in rows]
        quads = [[plv.QUAD_OF[name] for name in side] for side in (gold, ours)]
        found |= {
            "PLV root macro-F1": macro_f1(gold, ours),
            "PLV quad macro-F1": macro_f1(*quads),
            "PLV binary macro-F1": macro_f1(*([q >= 3 for q in side] for side in quads)),
        }
    return found


def _acts(net: model.Network, held: Sequence[Example]) -> Scores:
    tally: Counter[str] = Counter()
    for example, readings in zip(held, net.read([e.sentences for e in held]), strict=True):
        at = [(reading, row) for reading in readings for row in range(len(reading.event))]
        for n, label in enumerate(example.events or ()):
            best = net.labels["event"][int(_row(at[n], "event").argmax())]
            if label is not None:
                tally["gold"] += label != model.NONE
                tally["written"] += best != model.NONE
                tally["right"] += label == best != model.NONE
            act = example.acts.get(n)
            if act is not None and act.realis:
                tally["acts"] += 1
                tally["realis"] += net.labels["realis"][int(_row(at[n], "realis").argmax())] == act.realis
                tally["background"] += (_row(at[n], "background") >= 0.5) == act.background
                tally["voiced"] += (_row(at[n], "voiced") >= 0.5) == act.voiced
                if act.carried is not None:
                    ours = _row(at[n], "carried") >= 0.5
                    tally["carried all"] += act.carried + ours
                    tally["carried both"] += act.carried and ours
                tally["mode"] += net.labels["mode"][int(_row(at[n], "mode").argmax())] == act.mode
        for n, sector in example.sectors.items():
            tally["sectors"] += 1
            tally["sector"] += net.labels["sector"][int(_row(at[n], "sector").argmax())] == sector
        for anchor, named in example.links.items():
            reading, row = at[anchor]
            before = anchor - row - reading.first  # words of the example before the stretch of the anchor
            for link, members in named.items():
                shares = reading.links[net.labels["link"].index(link)][row]
                ours = {before + n for n, share in enumerate(shares) if share >= 0.5}
                tally[f"{link} words"] += len(members) + len(ours)
                tally[f"{link} both"] += len(members & ours)
    if not tally["gold"]:
        return {}
    found = {"act F1 by word": 2 * tally["right"] / (tally["gold"] + tally["written"])}
    cells = ("mode", "realis", "background", "voiced")
    found |= {f"{cell} right": tally[cell] / tally["acts"] for cell in cells}
    found["carried F1"] = 2 * tally["carried both"] / max(tally["carried all"], 1)
    found["sector right"] = tally["sector"] / tally["sectors"]
    links = [link for link in net.labels["link"] if tally[f"{link} words"]]
    return found | {f"{link} word F1": 2 * tally[f"{link} both"] / tally[f"{link} words"] for link in links}


def _row(at: tuple[model.Reading, int], head: str) -> Any:
    return getattr(at[0], head)[at[1]]


def _contexts(net: model.Network, held: Sequence[Example]) -> Scores:
    right = written = gold = 0
    for example, reading in zip(held, net.read_each([e.words for e in held]), strict=True):
        ours = {c for c, share in zip(net.labels["context"], reading.context, strict=True) if share >= 0.4}
        wanted = example.contexts[0]
        right, written, gold = right + len(ours & wanted), written + len(ours), gold + len(wanted)
    return {"context F1": 2 * right / (written + gold)} if gold else {}


def _parties(net: model.Network, held: Sequence[Example]) -> Scores:
    right = total = 0
    for example, reading in zip(held, net.read_each([e.words for e in held]), strict=True):
        ours = set(entities(model.best_tags(reading.party, net.labels["party"])))
        wanted = set(entities(example.parties or ()))
        right, total = right + len(ours & wanted), total + len(ours) + len(wanted)
    return {"CAMEO-NER F1, held fifth": 2 * right / total} if total else {}


def _sayings(net: model.Network, path: Path) -> Scores:
    lines = polnear_tokens.load(path)
    scores = polnear_tokens.score(lines, polnear_tokens.answers(lines, net))
    return {f"PolNeAR dev {name}": scores[name] for name in ("source F1", "cue F1", "content F1")}


def _certainty(net: model.Network, path: Path) -> Scores:
    sentences = factuality.load(path)
    readings = net.read_each([rebuild(s.tokens).words for s in sentences])
    rows = [
        {"score": max(-3.0, min(3.0, float(reading.certainty[t.token])))}
        for sentence, reading in zip(sentences, readings, strict=True)
        for t in sentence.targets
    ]
    scores = factuality.score(sentences, rows)
    return {"UW dev MAE": scores["MAE"], "UW dev r": scores["Pearson r"]}
