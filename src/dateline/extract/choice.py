"""A choice between candidates that named features describe, by fitted weights that lie in a table.

:mod:`.ties` and :mod:`.carried` choose dates so, :mod:`.antecedents`, :mod:`.countries`, :mod:`.sectors` and
:mod:`.unsaid` who is meant. A candidate's score is the sum of the weights of what is true of it; choosing
none scores 0. The weights are fitted by ``training/choices.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from dateline import tables
from dateline.extract.parties import log_odds

Described = tuple[str, tuple[str, ...]]  # a candidate, and the names of what is true of it


@cache
def weights(table: str) -> Mapping[str, float]:
    """Return the weight of every feature in a table of ``data``."""
    return {row["feature"]: float(row["weight"]) for row in tables.read(table, ("feature", "weight"))}


def score(names: Iterable[str], of: Mapping[str, float]) -> float:
    """Return how much speaks for a candidate; a feature without a weight says nothing."""
    return sum(of.get(name, 0.0) for name in names)


def likeliest(found: Iterable[tuple[str, float]], least: float = 0.0) -> str | None:
    """Return the candidate with the highest score, None if none clears ``least``; of equals the last name."""
    highest, best = max(((value, name) for name, value in found), default=(least, ""))
    return best if highest > least else None


def odds_class(chance: float, surest: int) -> str:
    """Return a probability as whole logarithm of the odds, no surer than ``surest``."""
    return str(max(-surest, min(surest, round(log_odds(chance)))))
