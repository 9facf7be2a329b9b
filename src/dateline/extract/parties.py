"""Who of those a sentence names is a party to an act: what speaks for each, weighed.

The signs come from both readers: how strongly the network links the phrase's words to the act, and whether
the phrase stands in a slot of the row. The weights are a logistic regression on the corpus files numbered
09, which the network was not fitted to (``training/weights.py`` finds them again).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.records import ActorRef, Span

# A sign's weight in the logarithm of the odds; "always" is what no sign at all leaves.
WEIGHTS: dict[str, dict[str, float]] = {
    "actor": {
        "strongest word": 0.29,
        "all words": 0.17,
        "in its slot": 2.23,
        "in the other slot": -0.44,
        "last resort": 0.0,
        "always": -0.53,
    },
    "recipient": {
        "strongest word": 0.31,
        "all words": 0.15,
        "in its slot": 1.62,
        "in the other slot": -1.03,
        "last resort": 0.26,
        "always": -0.51,
    },
}
LEAST = {"actor": -0.3, "recipient": -0.6}  # the odds from which on a phrase fills the role
BEHIND = 1.5  # who is so far behind the likeliest one is not one of several
SURE = 6.9  # the logarithm of the odds of a thousand to one: surer than that counts no more


@dataclass(frozen=True, slots=True)
class Slotted:
    """Who the row's slots and the last resort would take for a role, by where they stand."""

    own: frozenset[Span]
    other: frozenset[Span]
    last: frozenset[Span]


def chosen(
    role: str,
    named: Iterable[ActorRef],
    chances: Mapping[ActorRef, tuple[float, float]],
    slotted: Slotted,
    trigger: Span,
) -> tuple[ActorRef, ...]:
    """Return those who fill a role of an act, outermost phrases only, in text order.

    ``chances`` are of each one's strongest word and of its words on average; what the trigger itself
    covers is nobody's name.
    """
    scored = {a: score(role, signs(a, chances[a], slotted)) for a in named}
    best = max(scored.values(), default=0.0)
    least = max(LEAST[role], best - BEHIND)
    kept = [a for a, value in scored.items() if value >= least and not trigger.contains(a.span)]
    return outermost(kept)


def outermost(named: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """Return those whose phrase lies inside no other's, in text order."""
    kept = list(dict.fromkeys(named))
    outer = [a for a in kept if not any(_inside(a, b) for b in kept)]
    return tuple(sorted(outer, key=lambda a: a.span))


def signs(actor: ActorRef, chance: tuple[float, float], slotted: Slotted) -> dict[str, float]:
    """Return what speaks for somebody: each sign and how strongly it is given."""
    return {
        "strongest word": log_odds(chance[0]),
        "all words": log_odds(chance[1]),
        "in its slot": float(actor.span in slotted.own),
        "in the other slot": float(actor.span in slotted.other),
        "last resort": float(actor.span in slotted.last),
        "always": 1.0,
    }


def score(role: str, given: Mapping[str, float]) -> float:
    """Return the logarithm of the odds that somebody fills a role."""
    return sum(WEIGHTS[role][sign] * value for sign, value in given.items())


def log_odds(chance: float) -> float:
    """Return the logarithm of the odds of a probability, no surer than a thousand to one."""
    return max(-SURE, min(SURE, math.log((chance + 1e-9) / (1 - chance + 1e-9))))


def _inside(one: ActorRef, other: ActorRef) -> bool:
    return one is not other and one.span != other.span and other.span.contains(one.span)
