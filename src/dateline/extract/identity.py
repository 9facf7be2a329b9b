"""Whose somebody is and what: code and sector that tables and network together give a party or a speaker.

The tables' answer stands with each phrase; :mod:`.countries` and :mod:`.sectors` say how sure the network
must be of another. It is asked about all the phrases that name somebody, so that one person has one country
in a report, whether he acts, suffers or speaks.
"""

from __future__ import annotations

from dateline.extract import countries, sectors
from dateline.extract.cast import Cast, Key
from dateline.extract.reading import Readings
from dateline.records import ActorRef

TELLS = 0.3  # what a phrase says of a country less probably than this says nothing


def judged(actor: ActorRef, head: Key, cast: Cast, readings: Readings) -> ActorRef:
    """Return somebody with code and sector; ``head`` is the word that heads the phrase."""
    placed = actor
    if countries.is_open(actor):
        placed = countries.judged(actor, _countries(head, cast, readings))
    return sectors.judged(placed, _sectors(head, cast, readings), _is_named(head, cast))


def _is_named(head: Key, cast: Cast) -> bool:
    """Tell whether a name that the tables know stands for somebody anywhere in the report."""
    same = (cast.actors.get(key) for key in cast.chained(head))
    return any(a is not None and a.why and a.why[0].startswith("gazetteer:") for a in same)


def _sectors(head: Key, cast: Cast, readings: Readings) -> dict[str, float]:
    """Return how probably somebody has each sector: by this phrase, and half by all that name them."""
    own, mean = readings.sectors_at(head), readings.mean_sectors(cast.chained(head))
    return {name: (chance + mean[name]) / 2 for name, chance in own.items()}


def _countries(head: Key, cast: Cast, readings: Readings) -> dict[str, float]:
    """Return how probably somebody is of each state, by all the phrases that name them on average."""
    rows = [_country(key, cast, readings) for key in cast.chained(head)]
    rows = [r for r in rows if r and max(r.values()) > TELLS] or rows[:1]
    return {code: sum(r.get(code, 0.0) for r in rows) / len(rows) for r in rows for code in r}


def _country(head: Key, cast: Cast, readings: Readings) -> dict[str, float]:
    chances: dict[str, float] = {}
    for key, chance in readings.linked_at(head, "country").items():
        if key in cast.states:
            code = cast.states[key]
            chances[code] = max(chance, chances.get(code, 0.0))
    return chances
