"""Which sector a party has: what tables and network say of it, weighed.

A table knows what a ministry is; the network has read what "the union", "its men" or an unknown name does,
at this phrase and at all others that name the same. Every sector that one of them thinks possible is
described by named features (:func:`described`) and scored with fitted weights (``data/actors/sectors.tsv``,
written by ``training/sectors.py``). The best one above zero is taken; where none is, the party has no
sector.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dateline import model
from dateline.extract import choice
from dateline.ontology import ontology
from dateline.records import ActorRef

LIKELY = 0.01  # what the network finds less probable is not thought of
SUREST = 6  # logarithm of the odds: surer counts no more


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of somebody beside the phrase at hand: how probable each sector is by ``own`` words and
    by the ``mean`` of all that name the same; the sectors that tables give to those ``others``; and whether
    a name that the tables know is among them.
    """

    own: Mapping[str, float]
    mean: Mapping[str, float]
    others: tuple[str | None, ...]
    named: bool


def judged(actor: ActorRef, seen: Seen) -> ActorRef:
    """Return a party with the sector for which most speaks; the tables' where the network read nothing.

    Whoever belongs to no one state ("the mission's envoy", UNO) is of no government.
    """
    sector = _weighed(actor, seen) if seen.own else actor.sector
    if sector == "GOV" and actor.code in ontology().entities:
        sector = None
    if sector == actor.sector:
        return actor
    return replace(actor, sector=sector, why=(*actor.why, f"sector:{sector or 'none'}"))


def _weighed(actor: ActorRef, seen: Seen) -> str | None:
    scored = ((sector, choice.score(names, weights())) for sector, names in described(actor, seen))
    return choice.likeliest(scored)


def weights() -> Mapping[str, float]:
    """Return the weight of every feature."""
    return choice.weights("actors/sectors.tsv")


# -- features ---------------------------------------------------------------------------------------------


def described(actor: ActorRef, seen: Seen) -> Iterator[choice.Described]:
    """Yield every sector that a party may have, with the names of what is true of it."""
    likely = {s for s, chance in (*seen.own.items(), *seen.mean.items()) if chance >= LIKELY}
    likeliest = max(seen.mean, key=lambda s: (seen.mean[s], s), default=None)
    for sector in sorted((likely | {s for s in (actor.sector, *seen.others) if s}) - {model.NONE}):
        names = [
            "any",
            f"is:{sector}",
            f"own:{choice.odds_class(seen.own.get(sector, 0.0), SUREST)}",
            f"mean:{choice.odds_class(seen.mean.get(sector, 0.0), SUREST)}",
            f"none:{choice.odds_class(seen.own.get(model.NONE, 0.0), SUREST)}",
            *_against(sector, actor, seen.named),
        ]
        if sector == likeliest:
            names.append("likeliest")
        if seen.others:
            all_of, some_of = all(s == sector for s in seen.others), sector in seen.others
            names.append(f"others:{'all' if all_of else 'some' if some_of else 'none'}")
        if actor.code is None:
            names.append("of no country")
        yield sector, tuple(names)


def _against(sector: str, actor: ActorRef, named: bool) -> Iterator[str]:
    """Yield what a sector is to that of the tables, and what they went by."""
    if actor.sector is None:
        yield "tables:none"
        return
    by = actor.why[0].partition(":")[0] if actor.why else "nothing"
    if sector != actor.sector:
        yield f"tables say another:{by}"
        return
    yield "tables"
    yield f"tables:{by}"
    if named:
        yield "tables:a name"
