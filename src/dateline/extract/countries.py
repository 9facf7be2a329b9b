"""Which country a party belongs to: that of the tables, unless the network is sure of another.

"The union", "the minister", "he" have no country word; the tables take the nearest that fits
(:mod:`.scene`, :mod:`.coreference`). The network has read the sentences around and links the word that heads
a party to the words that name its state or body. How sure it must be depends on what the tables went by; the
limits were chosen on corpus files the network was not fitted to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dateline.records import ActorRef

# What the tables went by → the network's probability from which on it decides. Where a role or a pronoun has
# an owner in the words, the tables are right more often than the network.
SURE = {"nothing": 0.35, "unresolved": 0.5, "setting": 0.5, "town": 0.7}
AHEAD = 0.1  # and by how much it must be surer of another code than of that of the tables
NEVER = 2.0


def is_open(actor: ActorRef) -> bool:
    """Tell a party whose country the network may decide: no word of the report has told it."""
    return _basis(actor) in SURE


def judged(actor: ActorRef, chances: Mapping[str, float]) -> ActorRef:
    """Return a party with the network's code where that is sure enough; ``chances`` are by code."""
    code, likely = max(chances.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0.0))
    if code in ("", actor.code) or likely < SURE.get(_basis(actor), NEVER):
        return actor
    if likely < chances.get(actor.code or "", 0.0) + AHEAD:
        return actor
    return replace(actor, code=code, why=(*actor.why, f"network:{code}"))


def _basis(actor: ActorRef) -> str:
    """Return what the tables went by: scene, town, nothing, an unknown name, or their first reason."""
    if actor.code is None:
        return "unresolved" if "unresolved" in actor.why else "nothing"
    return weakly(actor) or actor.why[0].partition(":")[0]


def weakly(actor: ActorRef) -> str:
    """Return the reason of a code that no word of the report has told, "" where one has."""
    return next((reason for reason in ("setting", "town") if reason in actor.why), "")
