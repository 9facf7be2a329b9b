"""Fit the weights by which an empty role is filled (data/actors/unsaid.tsv), on our own corpus.

    python training/unsaid.py describe CACHE FILE...  # labelled acts of corpus files, who may fill roles
    python training/unsaid.py choose CACHE...         # five folds, to choose PENALTY
    python training/unsaid.py fit CACHE...            # writes src/dateline/data/actors/unsaid.tsv
    python training/unsaid.py score CACHE...          # how often the written weights are right

Run it after ``countries.py`` and ``sectors.py``. Give ``describe`` files to learn from: those numbered 09
are for choosing, those numbered 10 the test. A role is a choice between the states of those named around
the act and none (:mod:`choices`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from choices import Row, command
from ties import labelled

from dateline.evaluate import corpus
from dateline.extract import fitting, unsaid

TARGET = Path(__file__).parents[1] / "src" / "dateline" / "data" / "actors" / "unsaid.tsv"


def rows(item: corpus.Item) -> Iterator[Row]:
    """Yield the empty roles of labelled acts that are found, with the right code and those that may be."""
    for paragraph, act, role, candidates in fitting.unfilled(item.report):
        event = labelled(item, paragraph, act)
        codes = {p.code for p in getattr(event, role) if p.code} if event is not None else set()
        if event is not None and len(codes) < 2:
            yield {
                "item": item.id,
                "right": next(iter(codes), None),
                "candidates": [[code, list(names)] for code, names in candidates],
            }


if __name__ == "__main__":
    command(__doc__, rows, TARGET, unsaid.weights, unsaid.LEAST)
