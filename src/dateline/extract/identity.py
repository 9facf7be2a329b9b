"""Whose somebody is and what: code and sector that tables and network together give a party or a speaker.

The tables' answer stands with each phrase; :mod:`.countries` weighs it with the states of the whole report,
:mod:`.sectors` with what the network reads. It is asked about all the phrases that name somebody, so that one
person has one country in a report, whether he acts, suffers or speaks.
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
    return sectors.judged(placed, seen(head, cast, readings))


def seen(head: Key, cast: Cast, readings: Readings) -> sectors.Seen:
    """Return what the report knows of somebody beside a phrase: what :mod:`.sectors` weighs."""
    chain = cast.chained(head)
    same = [(key, actor) for key in chain if (actor := cast.actors.get(key)) is not None]
    return sectors.Seen(
        readings.sectors_at(head),
        readings.mean_sectors(chain),
        tuple(actor.sector for key, actor in same if key != head),
        any(actor.why and actor.why[0].startswith("gazetteer:") for _, actor in same),
    )
