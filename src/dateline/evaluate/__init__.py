"""Scores on public gold sets, each read in its original format, printed beside published numbers.

One file per set; :data:`EVALUATIONS` lists them. Each has a function from the path of the data to a
:class:`Result`. Readers of gold labels are reachable from here only, never from the code that predicts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dateline import errors
from dateline.evaluate import (
    actors,
    cameo_class,
    cameo_ner,
    corpus,
    ecbplus,
    factuality,
    gsr,
    meantime_link,
    meantime_when,
    news_cluster,
    newsdiscourse,
    newswcl50,
    places,
    plv,
    plv_end,
    polnear,
    predicates,
    seed,
    stories,
    syndication,
    timex,
)
from dateline.evaluate.result import Result, report

__all__ = ["EVALUATIONS", "Result", "evaluation", "report"]

EVALUATIONS: tuple[tuple[str, Callable[[Path], Result]], ...] = (
    ("seed", seed.evaluate),
    ("plv", plv.evaluate),
    ("plv-end", plv_end.evaluate),
    ("cameo-ner", cameo_ner.evaluate),
    ("cameo-class", cameo_class.evaluate),
    ("gsr", gsr.evaluate),
    ("polnear", polnear.evaluate),
    ("factuality", factuality.evaluate),
    ("predicates", predicates.evaluate),
    ("timex", timex.evaluate),
    ("corpus", corpus.evaluate),
    ("actors", actors.evaluate),
    ("newsdiscourse", newsdiscourse.evaluate),
    ("places", places.evaluate),
    ("news-cluster", news_cluster.evaluate),
    ("syndication", syndication.evaluate),
    ("ecbplus", ecbplus.evaluate),
    ("newswcl50", newswcl50.evaluate),
    ("meantime-link", meantime_link.evaluate),
    ("meantime-when", meantime_when.evaluate),
    ("stories", stories.evaluate),
)


def evaluation(name: str) -> Callable[[Path], Result]:
    """Return the evaluation of that name; raise InputError for an unknown one."""
    for known, evaluate in EVALUATIONS:
        if known == name:
            return evaluate
    known_names = ", ".join(n for n, _ in EVALUATIONS)
    raise errors.InputError(f"unknown evaluation {name!r}; known are {known_names}")
