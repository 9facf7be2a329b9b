"""Fit the chain that reads what each sentence does in its report (data/discourse), on
NewsDiscourse train.

    python training/discourse.py describe GOLD/train CACHE      # features of every sentence, as JSON lines
    python training/discourse.py choose CACHE/train.jsonl       # four folds, to choose the settings below
    python training/discourse.py fit CACHE/train.jsonl          # writes src/dateline/data/discourse
    python training/discourse.py join GOLD/validation           # with each new network: its share

Documents are dealt to folds by the hash of their name, so that a report lies in one fold. ``join`` chooses
the one number that depends on the network, the weight of the report reader's log probabilities beside the
chain's, and writes it into ``chain.toml``: network and reader saw the training part, which can therefore not
tell it. Needs scipy (users
never do). The fit is deterministic: full-batch L-BFGS from zero.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from dateline.chain import Chain, chain
from dateline.evaluate import newsdiscourse
from dateline.evaluate.result import f1, macro_f1
from dateline.extract import discourse
from dateline.lexicon import lexicon

Described = dict[str, Any]
Fitted = tuple[list[str], np.ndarray, np.ndarray]
Scored = tuple[list[str], list[list[str]], list[int], list[list[float]]]
FOLDS = 4
KINDS = 2  # of steps between labels: to a new paragraph, within one
LEAST = 4  # a feature must stand in so many documents
PENALTY = 30.0  # L2 on a sentence's own features
BESIDE = 200.0  # L2 on those of its neighbours, which are many and say less
STEPS = 10.0  # L2 on the weights between labels
ROUNDS = 80  # L-BFGS iterations; more overfit
SHARES = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
SIDES = 0.85  # F1 of news and of background below which a share is not taken
WEIGHT = 0.35  # classes weigh (1 / frequency) ** WEIGHT, so that rare ones count for macro-F1
FOLDER = Path(__file__).parents[1] / "src" / "dateline" / "data" / "discourse"


def describe(source: Path, target: Path) -> None:
    labels = newsdiscourse.gold(source)
    with target.open("w", encoding="utf-8") as out:
        for document in newsdiscourse.load(source):
            numbers, parsed = newsdiscourse.units(document)
            described = discourse.features(parsed, document.title, document.published, lexicon())
            known = [labels.get((document.name, n), "NA") for n in numbers]
            if described:
                out.write(
                    json.dumps(
                        {
                            "document": document.name,
                            "labels": known,
                            "kinds": discourse.kinds(parsed),
                            "features": described,
                        }
                    )
                    + "\n"
                )


def load(path: Path) -> list[Described]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fold(document: Described) -> int:
    return int(hashlib.sha256(document["document"].encode()).hexdigest(), 16) % FOLDS


class Data:
    """The documents as one sparse matrix, padded for the recursions over positions."""

    def __init__(self, documents: list[Described], names: list[str]) -> None:
        rows = {name: k for k, name in enumerate(names)}
        indices, pointer = [], [0]
        for document in documents:
            for item in document["features"]:
                indices += [rows[name] for name in item if name in rows]
                pointer.append(len(indices))
        shape = (len(pointer) - 1, len(names))
        self.matrix = sparse.csr_matrix((np.ones(len(indices)), indices, pointer), shape)
        self.turned = self.matrix.T.tocsr()
        sizes = [len(document["labels"]) for document in documents]
        self.longest = max(sizes)
        self.grid = np.full((len(documents), self.longest), -1)
        at = 0
        for k, size in enumerate(sizes):
            self.grid[k, :size] = range(at, at + size)
            at += size
        self.mask = self.grid >= 0
        self.kinds = np.zeros(self.grid.shape, dtype=int)
        self.kinds[self.mask] = [kind for document in documents for kind in document["kinds"]]
        order = {label: k for k, label in enumerate(newsdiscourse.LABELS)}
        self.gold = np.array([order[label] for document in documents for label in document["labels"]])


def names_of(documents: list[Described]) -> list[str]:
    count = Counter(
        name for document in documents for name in {n for item in document["features"] for n in item}
    )
    return sorted(name for name, found in count.items() if found >= LEAST)


def logsum(table: np.ndarray, axis: int) -> np.ndarray:
    top = table.max(axis=axis)
    return top + np.log(np.exp(table - np.expand_dims(top, axis)).sum(axis=axis))


def loss(
    parameters: np.ndarray, data: Data, weights: np.ndarray, penalty: np.ndarray
) -> tuple[float, np.ndarray]:
    """Weighted negative log of the marginals' pseudo-likelihood of a chain, and its gradient.

    The chain's own likelihood cannot weigh classes; the emission of a rare class is therefore raised by a
    constant added to the scores while fitting (cost-augmented fitting), which decoding leaves out.
    """
    width = len(newsdiscourse.LABELS)
    split = data.matrix.shape[1] * width
    emission, steps = parameters[:split].reshape(-1, width), parameters[split:].reshape(KINDS, width, width)
    scores = data.matrix @ emission - weights[None, :]
    documents, longest = data.grid.shape
    padded = np.zeros((documents, longest, width))
    padded[data.mask] = scores[data.grid[data.mask]]
    mask = data.mask
    forward, backward = np.zeros_like(padded), np.zeros_like(padded)
    forward[:, 0] = padded[:, 0]
    for n in range(1, longest):
        step = padded[:, n] + logsum(forward[:, n - 1][:, :, None] + steps[data.kinds[:, n]], 1)
        forward[:, n] = np.where(mask[:, n][:, None], step, forward[:, n - 1])
    for n in range(longest - 2, -1, -1):
        into = steps[data.kinds[:, n + 1]]
        step = logsum(into + (padded[:, n + 1] + backward[:, n + 1])[:, None, :], 2)
        backward[:, n] = np.where(mask[:, n + 1][:, None], step, 0.0)
    partition = logsum(forward[:, -1], 1)
    marginal = np.exp(forward + backward - partition[:, None, None])[mask]
    order = data.grid[mask]
    expected = np.zeros_like(scores)
    expected[order] = marginal
    steps_found, steps_gold = np.zeros_like(steps), np.zeros_like(steps)
    gold = np.zeros(mask.shape, dtype=int)
    gold[mask] = data.gold[order]
    for n in range(1, longest):
        on = mask[:, n]
        kinds = data.kinds[on, n]
        pair = forward[on, n - 1][:, :, None] + steps[kinds] + (padded[on, n] + backward[on, n])[:, None, :]
        np.add.at(steps_found, kinds, np.exp(pair - partition[on][:, None, None]))
        np.add.at(steps_gold, (kinds, gold[on, n - 1], gold[on, n]), 1)
    rows = np.arange(len(data.gold))
    likelihood = scores[rows, data.gold].sum() + (steps * steps_gold).sum() - partition.sum()
    expected[rows, data.gold] -= 1
    gradient = np.concatenate([(data.turned @ expected).ravel(), (steps_found - steps_gold).ravel()])
    value = -likelihood + 0.5 * (penalty * parameters**2).sum()
    return value, gradient + penalty * parameters


def fit(documents: list[Described], penalty: float, beside: float, weight: float) -> Fitted:
    names = names_of(documents)
    data = Data(documents, names)
    width = len(newsdiscourse.LABELS)
    share = np.bincount(data.gold, minlength=width) / len(data.gold)
    raised = -weight * np.log(share)
    raised -= raised.mean()
    by_name = np.array([beside if name[0] in "<>" else penalty for name in names])
    penalties = np.concatenate([np.repeat(by_name, width), np.full(KINDS * width * width, STEPS)])
    found = minimize(
        loss, np.zeros(len(penalties)), args=(data, raised, penalties), jac=True, method="L-BFGS-B",
        options={"maxiter": ROUNDS},
    )  # fmt: skip
    split = len(names) * width
    return names, found.x[:split].reshape(-1, width), found.x[split:].reshape(KINDS, width, width)


def answers(fitted: Fitted, documents: list[Described]) -> list[tuple[list[str], list[list[float]]]]:
    names, weights, steps = fitted
    model = Chain(newsdiscourse.LABELS, names, weights, steps)
    return [model.decode(d["features"], kinds=d["kinds"]) for d in documents]


def show(gold: list[str], found: list[str], probabilities: list[list[float]], title: str) -> None:
    scores = newsdiscourse.news_scores(gold, found)
    forced = forced_scores(gold, probabilities)
    print(
        title,
        f"macro {macro_f1(gold, found):.4f}",
        f"bg {scores['background F1, both decided']:.3f}",
        f"news {scores['news F1, both decided']:.3f} forced bg {forced[1]:.3f} news {forced[0]:.3f}",
        flush=True,
    )


def forced_scores(gold: list[str], probabilities: list[list[float]]) -> tuple[float, float]:
    news = [k for k, x in enumerate(newsdiscourse.LABELS) if x in discourse.NEWS]
    past = [k for k, x in enumerate(newsdiscourse.LABELS) if x in discourse.PAST]
    pairs = [
        (label in discourse.NEWS, sum(p[k] for k in news) > sum(p[k] for k in past))
        for label, p in zip(gold, probabilities, strict=True)
        if label in discourse.NEWS | discourse.PAST
    ]
    both = [[a for a, _ in pairs], [b for _, b in pairs]]
    return f1(*both, True), f1(*both, False)


def choose(documents: list[Described], options: argparse.Namespace) -> None:
    """Print the scores over four folds."""
    gold: list[str] = []
    found: list[str] = []
    probabilities: list[list[float]] = []
    for number in range(FOLDS):
        held = [d for d in documents if fold(d) == number]
        rest = [d for d in documents if fold(d) != number]
        fitted = fit(rest, options.penalty, options.beside, options.weight)
        for document, (labels, rows) in zip(held, answers(fitted, held), strict=True):
            gold += document["labels"]
            found += labels
            probabilities += rows
    show(gold, found, probabilities, "four folds")


def join(source: Path) -> None:
    """Choose the network's share over the documents of a folder and write it into the card.

    The best macro-F1 is taken of those that tell news and background apart well enough (``SIDES``).
    """
    labels = newsdiscourse.gold(source)
    told = [scored(document, labels) for document in newsdiscourse.load(source)]
    scores = {share: joined(told, share) for share in SHARES}
    best = max(SHARES, key=lambda share: (min(scores[share][1:]) >= SIDES, scores[share][0]))
    for share, (macro, news, background) in scores.items():
        mark = "  <- taken" if share == best else ""
        print(f"share {share}: macro {macro:.4f} news {news:.3f} background {background:.3f}{mark}")
    card = FOLDER / "chain.toml"
    lines = [x for x in card.read_text(encoding="utf-8").splitlines() if not x.startswith("share = ")]
    card.write_text("\n".join([*lines, f"share = {best}"]) + "\n", encoding="utf-8")


def scored(
    document: newsdiscourse.Document, labels: dict[tuple[str, int], str]
) -> Scored:
    """Return gold labels, features, kinds of steps and the network's log probabilities of a document."""
    numbers, parsed = newsdiscourse.units(document)
    described = discourse.features(parsed, document.title, document.published, lexicon())
    known = [labels.get((document.name, n), "NA") for n in numbers]
    return known, described, discourse.kinds(parsed), discourse.heard(parsed, newsdiscourse.LABELS)


def joined(
    told: list[Scored], share: float
) -> tuple[float, float, float]:
    """Return macro-F1, and F1 of news and of background where both are decided, with a share."""
    model = chain("discourse")
    gold: list[str] = []
    found: list[str] = []
    for labels, described, kinds, heard in told:
        gold += labels
        found += model.decode(described, [[share * x for x in row] for row in heard], kinds)[0]
    sides = newsdiscourse.news_scores(gold, found)
    return macro_f1(gold, found), sides["news F1, both decided"], sides["background F1, both decided"]


def write(fitted: Fitted, options: argparse.Namespace) -> None:
    """Write weights (half precision, rows that say nothing left out) and card."""
    names, weights, steps = fitted
    share = chain("discourse").share  # read before the weights it is pinned to are overwritten
    kept = np.abs(weights).max(axis=1) >= 0.01
    arrays = {
        "names": np.frombuffer(
            "\n".join(n for n, k in zip(names, kept, strict=True) if k).encode(), dtype=np.uint8
        ),
        "weights": weights[kept].astype(np.float16),
        "steps": steps.astype(np.float32),
    }
    FOLDER.mkdir(exist_ok=True)
    with zipfile.ZipFile(FOLDER / "weights.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, array, allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)),
                content.getvalue(),
                zipfile.ZIP_DEFLATED,
            )
    card = {
        "labels": list(newsdiscourse.LABELS),
        "sha256": hashlib.sha256((FOLDER / "weights.npz").read_bytes()).hexdigest(),
        "share": share,
        "fitted_on": "NewsDiscourse, training part",
        "penalty": options.penalty,
        "beside": options.beside,
        "class_weight": options.weight,
        "features": int(kept.sum()),
    }
    lines = ["# Written by training/discourse.py; not for editing."]
    lines += [f"{key} = {json.dumps(value)}" for key, value in card.items()]
    (FOLDER / "chain.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(int(kept.sum()), "features,", (FOLDER / "weights.npz").stat().st_size, "bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("describe", "choose", "fit", "join"))
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path, nargs="?")
    parser.add_argument("--penalty", type=float, default=PENALTY)
    parser.add_argument("--weight", type=float, default=WEIGHT)
    parser.add_argument("--beside", type=float, default=BESIDE)
    options = parser.parse_args()
    if options.task == "describe":
        describe(options.source, options.target)
    elif options.task == "join":
        join(options.source)
    elif options.task == "choose":
        choose(load(options.source), options)
    else:
        documents = load(options.source)
        write(fit(documents, options.penalty, options.beside, options.weight), options)


if __name__ == "__main__":
    main()
