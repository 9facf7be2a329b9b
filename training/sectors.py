"""Fit the weights that give a party its sector (data/actors/sectors.tsv), on our own corpus.

    python training/sectors.py describe CACHE FILE...  # labelled parties of corpus files, what they may be
    python training/sectors.py choose CACHE...         # five folds, to choose PENALTY
    python training/sectors.py fit CACHE...            # writes src/dateline/data/actors/sectors.tsv
    python training/sectors.py score CACHE...          # how often the written weights are right

Run it after ``countries.py``. Give ``describe`` files numbered 09, which the network was not fitted to: it is
much surer of the sectors of others. A
party is a choice between the sectors that tables or network think possible and none (:mod:`choices`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from choices import Row, command

from dateline.evaluate import actors, corpus
from dateline.extract import countries, fitting, identity, sectors

TARGET = Path(__file__).parents[1] / "src" / "dateline" / "data" / "actors" / "sectors.tsv"


def rows(item: corpus.Item) -> Iterator[Row]:
    """Yield the labelled parties that the cast knows, with the right sector and those that they may have."""
    paragraphs, cast, readings = fitting.cast_of(item.report)
    for named in actors.parties(item):
        found = actors.headed(named.span, paragraphs, cast)
        if found is None or len(named.sectors) > 1 or not (named.sectors or named.codes):
            continue
        key, actor = found
        seen = identity.seen(key, cast, readings)
        if seen.own:
            placed = countries.judged(actor, key, cast, readings)
            yield {
                "item": item.id,
                "right": next(iter(named.sectors), None),
                "candidates": [[sector, list(names)] for sector, names in sectors.described(placed, seen)],
            }


if __name__ == "__main__":
    command(__doc__, rows, TARGET, sectors.weights)
