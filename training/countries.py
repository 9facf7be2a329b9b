"""Fit the weights that place a party in a state (data/actors/countries.tsv), on our own corpus.

    python training/countries.py describe CACHE FILE...  # the labelled parties of corpus files, and the states named
    python training/countries.py choose CACHE...         # five folds, to choose PENALTY
    python training/countries.py fit CACHE...            # writes src/dateline/data/actors/countries.tsv
    python training/countries.py score CACHE...          # how often the written weights are right

Give ``describe`` files to learn from: those numbered 09 are for choosing, those numbered 10 the test. A party is
a choice between the states that the report names and none (:mod:`choices`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from choices import FOLDS, Row, fit, fold, load, write

from dateline import extract
from dateline.evaluate import actors, corpus
from dateline.extract import countries

PENALTY = 8.0  # L2; from 4 to 16 the folds are alike
TARGET = Path(__file__).parents[1] / "src" / "dateline" / "data" / "actors" / "countries.tsv"


def rows(item: corpus.Item) -> Iterator[Row]:
    """Yield the labelled parties whose country is open, with the right one and the states they may belong to."""
    paragraphs, cast, readings = extract.cast_of(item.report)
    for named in actors.parties(item):
        found = actors.headed(named.span, paragraphs, cast)
        if found is None or len(named.codes) > 1 or cast.others.get(found[0]):
            continue
        key, actor = found
        if countries.is_open(actor):
            yield {
                "item": item.id,
                "right": next(iter(named.codes), None),
                "tables": actor.code,
                "candidates": [
                    [code, list(names)] for code, names in countries.described(actor, key, cast, readings)
                ],
            }


def describe(target: Path, files: list[Path]) -> None:
    with target.open("w", encoding="utf-8") as out:
        for item in (item for file in files for item in corpus.load(file)):
            out.writelines(json.dumps(row) + "\n" for row in rows(item))


def decode(row: Row, weights: dict[str, float]) -> str | None:
    """Return the country that ``countries.judged`` would give with these weights."""
    scored = [(sum(weights.get(n, 0.0) for n in names), code) for code, names in row["candidates"]]
    best = max(scored, default=(0.0, None))
    return best[1] if best[0] > 0 else None


def choose(found: list[Row], penalty: float) -> None:
    """Print the share of right countries over the folds."""
    right = 0
    for number in range(FOLDS):
        weights = fit([row for row in found if fold(row) != number], penalty)
        right += sum(decode(row, weights) == row["right"] for row in found if fold(row) == number)
    print(f"penalty {penalty}: {right / len(found):.4f}, {len(found)} parties")


def score(found: list[Row]) -> None:
    """Print how often the tables alone and the written weights are right."""
    alone = sum(row["tables"] == row["right"] for row in found) / len(found)
    right = sum(decode(row, countries.weights()) == row["right"] for row in found) / len(found)
    print(f"{right:.4f}, tables alone {alone:.4f}, {len(found)} parties")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("describe", "choose", "fit", "score"))
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--penalty", type=float, default=PENALTY)
    options = parser.parse_args()
    if options.task == "describe":
        describe(options.paths[0], options.paths[1:])
    elif options.task == "choose":
        choose(load(options.paths), options.penalty)
    elif options.task == "fit":
        write(fit(load(options.paths), options.penalty), TARGET, "countries", "countries")
    else:
        score(load(options.paths))


if __name__ == "__main__":
    main()
