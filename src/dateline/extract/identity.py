"""Whose somebody is and what: code and sector that tables and network together give a party or a speaker.

The tables' answer stands with each phrase; :mod:`.countries` weighs it with the states of the whole report,
:mod:`.sectors` says how sure the network must be of another sector. It is asked about all the phrases that name
somebody, so that one person has one country in a report, whether he acts, suffers or speaks.
"""

from __future__ import annotations

from dateline.extract import countries, sectors
from dateline.extract.cast import Cast
from dateline.extract.reading import Readings
from dateline.extract.states import Key
from dateline.records import ActorRef


def judged(actor: ActorRef, head: Key, cast: Cast, readings: Readings) -> ActorRef:
    """Return somebody with code and sector; ``head`` is the word that heads the phrase."""
    known = cast.judged.get((head, actor))
    if known is None:
        known = cast.judged[head, actor] = _weighed(actor, head, cast, readings)
    return known


def _weighed(actor: ActorRef, head: Key, cast: Cast, readings: Readings) -> ActorRef:
    placed = countries.judged(actor, head, cast, readings)
    return sectors.judged(placed, _sectors(head, cast, readings), _is_named(head, cast))


def _is_named(head: Key, cast: Cast) -> bool:
    """Tell whether a name that the tables know stands for somebody anywhere in the report."""
    same = (cast.actors.get(key) for key in cast.chained(head))
    return any(a is not None and a.why and a.why[0].startswith("gazetteer:") for a in same)


def _sectors(head: Key, cast: Cast, readings: Readings) -> dict[str, float]:
    """Return how probably somebody has each sector: by this phrase, and half by all that name them."""
    own, mean = readings.sectors_at(head), readings.mean_sectors(cast.chained(head))
    return {name: (chance + mean[name]) / 2 for name, chance in own.items()}
