"""Fit the weights that place a party in a state (data/actors/countries.tsv), on our own corpus.

    python training/countries.py describe CACHE FILE...  # labelled parties of corpus files, states named
    python training/countries.py choose CACHE...         # five folds, to choose PENALTY
    python training/countries.py fit CACHE...            # writes src/dateline/data/actors/countries.tsv
    python training/countries.py score CACHE...          # how often the written weights are right

Give ``describe`` files to learn from: those numbered 09 are for choosing, those numbered 10 the test. A
party is a choice between the states that the report names and none (:mod:`choices`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from choices import Row, command

from dateline.evaluate import actors, corpus
from dateline.extract import countries, fitting

TARGET = Path(__file__).parents[1] / "src" / "dateline" / "data" / "actors" / "countries.tsv"


def rows(item: corpus.Item) -> Iterator[Row]:
    """Yield the labelled parties whose country is open, with the right one and the states they may be of."""
    paragraphs, cast, readings = fitting.cast_of(item.report)
    for named in actors.parties(item):
        found = actors.headed(named.span, paragraphs, cast)
        if found is None or len(named.codes) > 1 or cast.others.get(found[0]):
            continue
        key, actor = found
        if countries.is_open(actor):
            yield {
                "item": item.id,
                "right": next(iter(named.codes), None),
                "candidates": [
                    [code, list(names)] for code, names in countries.described(actor, key, cast, readings)
                ],
            }


if __name__ == "__main__":
    command(__doc__, rows, TARGET, countries.weights)
