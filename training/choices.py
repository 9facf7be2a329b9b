"""Choices among candidates that named features describe, and the weights that make the right ones likeliest.

A row is one choice: the ``item`` it comes from, the ``right`` value (None: none of the candidates) and its
``candidates``, each a value with the names of its features. The fit maximises the probability of the right
values (full-batch L-BFGS from zero, so it is deterministic); the score of choosing none is 0. Items are
dealt to folds by the hash of their id. Needs scipy.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from dateline.evaluate import corpus
from dateline.extract import choice

Row = dict[str, Any]
FOLDS = 5
PENALTY = 8.0  # L2; from 4 to 16 the folds of countries and of empty roles are alike
LEAST = 4  # a feature must be true in so many rows
SMALL = 0.02  # weights below say nothing and are left out


def load(paths: list[Path]) -> list[Row]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def fold(row: Row) -> int:
    return int(hashlib.md5(row["item"].encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def answers(row: Row) -> list[bool] | None:
    """Return which candidates are right (none: none is to be chosen); None where the right one is missing."""
    right = [value is not None and value == row["right"] for value, _ in row["candidates"]]
    return right if row["candidates"] and (any(right) or row["right"] is None) else None


def fit(found: list[Row], penalty: float) -> dict[str, float]:
    """Return the weight of every feature."""
    data = [(row, right) for row in found if (right := answers(row)) is not None]
    count = Counter(n for row, _ in data for n in {x for _, names in row["candidates"] for x in names})
    index = {name: n for n, name in enumerate(sorted(n for n, c in count.items() if c >= LEAST))}
    columns: list[int] = []
    pointer, group = [0], []
    for number, (row, _) in enumerate(data):
        for _, names in row["candidates"]:
            columns += [index[name] for name in names if name in index]
            pointer.append(len(columns))
            group.append(number)
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, pointer), (len(group), len(index)))
    rows, target = np.array(group), np.array([float(x) for _, right in data for x in right])
    nothing = np.array([float(not any(right)) for _, right in data])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        """Negative log probability of the right answers; the score of none of them is 0."""
        odds = np.exp(matrix @ weights)
        total = 1 + np.bincount(rows, odds, minlength=len(data))
        good = nothing + np.bincount(rows, odds * target, minlength=len(data))
        gradient = matrix.T @ (odds / total[rows] - odds * target / good[rows])
        value = np.log(total).sum() - np.log(good).sum() + penalty / 2 * (weights @ weights)
        return float(value), gradient + penalty * weights

    best = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return dict(zip(index, best.x.tolist(), strict=True))


def write(weights: dict[str, float], target: Path, tool: str, module: str) -> None:
    """Write the weights as a table that a person can read."""
    lines = [
        f"# Written by training/{tool}.py; see extract/{module}.py for what the features mean.",
        "feature\tweight",
    ]
    lines += [f"{name}\t{weight:.3f}" for name, weight in sorted(weights.items()) if abs(weight) >= SMALL]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines) - 2, "features")


# -- the command of the tools whose choices are codes ---------------------------------------------------


def decode(row: Row, weights: dict[str, float], least: float) -> str | None:
    """Return the likeliest candidate whose score is above ``least``."""
    scored = ((value, choice.score(names, weights)) for value, names in row["candidates"])
    return choice.likeliest(scored, least)


def describe(target: Path, files: list[Path], reader: Callable[[corpus.Item], Iterable[Row]]) -> None:
    """Write the rows of corpus files to a cache."""
    with target.open("w", encoding="utf-8") as out:
        for item in (item for file in files for item in corpus.load(file)):
            out.writelines(json.dumps(row) + "\n" for row in reader(item))


def choose(found: list[Row], penalty: float, least: float) -> None:
    """Print the share of right codes over the folds."""
    right = 0
    for number in range(FOLDS):
        weights = fit([row for row in found if fold(row) != number], penalty)
        right += sum(decode(row, weights, least) == row["right"] for row in found if fold(row) == number)
    print(f"penalty {penalty}: {right / len(found):.4f} of {len(found)}")


def score(found: list[Row], weights: dict[str, float], least: float) -> None:
    """Print how often the written weights are right, and how often what they choose is."""
    given = [(decode(row, weights, least), row["right"]) for row in found]
    right, taken = sum(a == b for a, b in given), [(a, b) for a, b in given if a is not None]
    of_taken = sum(a == b for a, b in taken)
    print(f"{right / len(found):.4f} of {len(found)}; {of_taken} of {len(taken)} that are given")


def command(
    doc: str,
    reader: Callable[[corpus.Item], Iterable[Row]],
    target: Path,
    weights: Callable[[], dict[str, float]],
    least: float = 0.0,
) -> None:
    """Describe, choose, fit or score, as the tool's own text says."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("describe", "choose", "fit", "score"))
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--penalty", type=float, default=PENALTY)
    options = parser.parse_args()
    if options.task == "describe":
        describe(options.paths[0], options.paths[1:], reader)
    elif options.task == "choose":
        choose(load(options.paths), options.penalty, least)
    elif options.task == "fit":
        write(fit(load(options.paths), options.penalty), target, target.stem, target.stem)
    else:
        score(load(options.paths), weights(), least)
