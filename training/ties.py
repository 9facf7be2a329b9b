"""Fit the weights that tie acts to time expressions (data/dates/weights.tsv), on our own corpus.

    python training/ties.py describe FOLDER CACHE     # codes the files of a folder: acts and expressions
    python training/ties.py choose CACHE...           # five folds, to choose PENALTY
    python training/ties.py fit CACHE...              # writes src/dateline/data/dates/weights.tsv
    python training/ties.py undated FOLDER CACHE      # after fit: acts left undated, dates to take over
    python training/ties.py carry CACHE...            # five folds, then writes data/dates/carried.tsv

Give ``describe`` a folder with copies of the files to learn from: those numbered 10 are the test. An act is a
choice between its expressions and none (:mod:`choices`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from choices import FOLDS, Row, fit, fold, load, write

from dateline.evaluate import corpus
from dateline.extract import fitting, ties, when
from dateline.extract.recode import Act
from dateline.lexicon import lexicon
from dateline.parse import Paragraph
from dateline.timex import time_expressions

PENALTY = 8.0  # L2; from 4 to 14 the folds are alike
FOLDER = Path(__file__).parents[1] / "src" / "dateline" / "data" / "dates"


def describe(folder: Path, target: Path, reader: Callable[[corpus.Item], Iterator[Row]]) -> None:
    with target.open("w", encoding="utf-8") as out:
        for item in corpus.load(folder):
            # what has no label or no expression says nothing of how the two are tied
            if item.events and time_expressions(item.text, item.published):
                for row in reader(item):
                    out.write(json.dumps(row) + "\n")


def labelled(item: corpus.Item, paragraph: Paragraph, act: Act) -> corpus.Event | None:
    """Return the labelled event of an act that was found."""
    span = paragraph.span(act.hit.token)
    return next(
        (
            e for e in item.events
            if e.event == act.event and e.trigger[0] < span.end and span.start < e.trigger[1]
        ),
        None,
    )  # fmt: skip


def rows(item: corpus.Item) -> Iterator[Row]:
    """Yield the labelled acts that are found, with their date and what is true of each expression."""
    for paragraph, act, dates, rivals in fitting.acts(item.report):
        event = labelled(item, paragraph, act)
        if event is not None:
            happened = act.judgement.realis == "actual"
            ruled = when.date_of(act.hit, dates, lexicon(), happened=happened)
            kind = ties.kind_of(act)
            done = ties.is_done(kind)
            yield {
                "item": item.id,
                "right": event.date,
                "ruled": when.edtf_of(act.hit, ruled, done=done) if ruled is not None else None,
                "candidates": [
                    [
                        when.edtf_of(act.hit, d, done=done),
                        list(ties.features(act.hit, d, ruled, kind, dates, rivals)),
                    ]
                    for d in ties.candidates(act.hit, dates, ruled)
                ],
            }


def undated(item: corpus.Item) -> Iterator[Row]:
    """Yield the labelled acts that no words date, with their date and the dates they may take over."""
    for paragraph, act, options in fitting.undated(item.report):
        event = labelled(item, paragraph, act)
        if event is not None:
            yield {
                "item": item.id,
                "right": event.date,
                "ruled": None,
                "candidates": [[option.told.date, list(names)] for option, names in options],
            }


def decode(row: Row, weights: dict[str, float]) -> str | None:
    """Return the date that ``ties.chosen`` would give with these weights."""
    scored = [(sum(weights.get(n, 0.0) for n in names), value) for value, names in row["candidates"]]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if scored and row["candidates"][0][1][0] == "rule" and scored[0][0] > max(best[0], 0.0) - ties.MARGIN:
        return scored[0][1]
    return best[1] if best[0] > 0 else None


def choose(found: list[Row], penalty: float) -> None:
    """Print the share of right dates over the folds, before what is inherited within the report."""
    right = 0
    for number in range(FOLDS):
        weights = fit([row for row in found if fold(row) != number], penalty)
        right += sum(decode(row, weights) == row["right"] for row in found if fold(row) == number)
    ruled = sum(row["ruled"] == row["right"] for row in found) / len(found)
    print(f"penalty {penalty}: {right / len(found):.4f}, rules alone {ruled:.4f}, {len(found)} acts")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("describe", "choose", "fit", "undated", "carry"))
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--penalty", type=float, default=PENALTY)
    options = parser.parse_args()
    if options.task == "describe":
        describe(*options.paths, rows)
    elif options.task == "undated":
        describe(*options.paths, undated)
    elif options.task == "choose":
        choose(load(options.paths), options.penalty)
    elif options.task == "fit":
        write(fit(load(options.paths), options.penalty), FOLDER / "weights.tsv", "ties", "ties")
    else:
        choose(load(options.paths), options.penalty)
        write(fit(load(options.paths), options.penalty), FOLDER / "carried.tsv", "ties", "carried")


if __name__ == "__main__":
    main()
