"""Who fills a role that the act's own clause leaves empty: those named around it, weighed.

"Both measures were dropped", "Islamabad apologised but declined": whose measures, towards whom, stands a
sentence or three before, and often nobody can be known at all. Every state to which somebody named in the
act's sentence, the three before or the next belongs is described by named features (:func:`described`): how
strongly the network links a phrase to the act, how far off it is, what it is to the other side of the act,
of which sector. They are scored with fitted weights (``data/actors/unsaid.tsv``, written by
``training/unsaid.py``). The best one that clears :data:`LEAST` is taken, by the phrase that is linked most
strongly; where none is, the role stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.extract import choice, syntax
from dateline.extract.states import States
from dateline.extract.triggers import Hit
from dateline.records import ActorRef

BEFORE, AFTER = 3, 1  # sentences around the act that are looked through
SHARES = (0.0, 0.15, 0.3, 0.5)  # shares of a state in all names of states: the upper bounds of classes
MOST = 4  # from so many states on it does not matter how many there are
SUREST = 6  # logarithm of the odds: surer counts no more
LEAST = 1.3  # the logarithm of the odds from which on; files 09 and stories to develop with


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody with a code who is named ``away`` sentences from an act (0: beside it, -1: just before).

    ``chance``: how probably the network links the phrase to the act, None beyond what it reads at once.
    """

    actor: ActorRef
    away: int
    chance: float | None


def chosen(
    role: str, hit: Hit, other: Iterable[ActorRef], around: Sequence[Seen], states: States
) -> Seen | None:
    """Return who fills an empty role of an act, None if nobody does; ``other`` fill the other role."""
    found = described(role, hit, other, around, states)
    code = choice.likeliest(((code, choice.score(names, weights())) for code, names in found), LEAST)
    return _strongest([s for s in around if s.actor.code == code]) if code else None


def weights() -> Mapping[str, float]:
    """Return the weight of every feature."""
    return choice.weights("actors/unsaid.tsv")


# -- features ---------------------------------------------------------------------------------------------


def described(
    role: str, hit: Hit, other: Iterable[ActorRef], around: Sequence[Seen], states: States
) -> Iterator[choice.Described]:
    """Yield the state of everybody who is named around an act, with the names of what is true of it."""
    across = list(other)
    before = [s for s in around if s.away < 0]
    codes = sorted({s.actor.code for s in around if s.actor.code})
    for code in codes:
        of = [s for s in around if s.actor.code == code]
        names = [
            "any", hit.row.event, f"{len(codes) if len(codes) < MOST else MOST} states",
            *_against(code, hit, across), *_seen(of),
            f"share:{sum(states.shares.get(code, 0.0) > bound for bound in SHARES)}",
        ]  # fmt: skip
        if before:
            names.append(f"named last:{before[-1].actor.code == code}")
        if code == states.dateline:
            names.append("dateline")
        yield code, tuple(f"{role} {name}" for name in names)


def _against(code: str, hit: Hit, across: Sequence[ActorRef]) -> Iterator[str]:
    """Yield what a state is to the other side, alone and with what the act is."""
    codes = {a.code for a in across if a.code}
    side = "unknown" if not codes else "the same" if code in codes else "another"
    yield side
    yield f"{side}, {hit.row.event}"
    yield f"{side}, {hit.token.pos_}"
    if hit.token.pos_ == "VERB":
        yield f"{side}, {'passive' if syntax.is_passive(hit.token) else 'active'}"
    if across:
        yield f"{side}, of {across[0].sector}"


def _seen(of: Sequence[Seen]) -> Iterator[str]:
    """Yield how the network links the phrases of a state to the act, how near they are, and their sector."""
    yield f"beside:{_surest(s for s in of if s.away != 0)}"
    yield f"within:{_surest(s for s in of if s.away == 0)}"
    yield f"away:{min((s.away for s in of), key=lambda n: (abs(n), n))}"
    yield f"sector:{_strongest(of).actor.sector}"


def _surest(seen: Iterable[Seen]) -> str:
    """Return the strongest link as whole logarithm of the odds."""
    chances = [s.chance for s in seen if s.chance is not None]
    return choice.odds_class(max(chances), SUREST) if chances else "absent"


def _strongest(seen: Sequence[Seen]) -> Seen:
    """Return the phrase that is linked most strongly; of equals the nearest, then the first."""
    return min(seen, key=lambda s: (-(s.chance or 0.0), abs(s.away)))
