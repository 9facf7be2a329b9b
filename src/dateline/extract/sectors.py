"""Which sector a party has: that of the tables, unless the network is sure of another.

A table knows what a ministry is; the network has read what "the union", "its men" or an unknown name does in
this sentence. How sure it must be depends on what the tables went by; the limits were chosen on corpus files
the network was not fitted to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dateline import model
from dateline.ontology import ontology
from dateline.records import ActorRef

# What the tables went by (the beginning of the reason) → the network's probability from which on it decides.
SURE = {
    "linked": 0.3,
    "unresolved": 0.4,
    "place": 0.4,
    "role": 0.4,
    "title": 0.5,
    "coreference": 0.45,
    "belongs-to": 0.6,
    "gazetteer": 0.95,
}
NEVER = 2.0


def judged(actor: ActorRef, chances: Mapping[str, float], named: bool = False) -> ActorRef:
    """Return a party with the network's sector where that is sure enough; ``chances`` are by sector.

    ``named``: a name that the tables know stands for it elsewhere in the report, so they know what it is.

    Whoever belongs to no one state ("the mission's envoy", UNO) is of no government.
    """
    found = _weighed(actor, chances, named)
    if found.sector == "GOV" and found.code in ontology().entities:
        return replace(found, sector=None)
    return found


def _weighed(actor: ActorRef, chances: Mapping[str, float], named: bool) -> ActorRef:
    sector, likely = max(chances.items(), key=lambda pair: pair[1], default=(model.NONE, 0.0))
    basis = "gazetteer" if named else actor.why[0].partition(":")[0] if actor.why else ""
    if sector in (model.NONE, actor.sector) or likely < SURE.get(basis, NEVER):
        return actor
    return replace(actor, sector=sector, why=(*actor.why, f"network:{sector}"))
