"""Which country a party belongs to whom no word of the report gives one: what speaks for each, weighed.

"The union", "the minister", "he" have no country word. The tables take the nearest that fits (:mod:`.scene`,
:mod:`.coreference`); the network links the word that heads a party to the words that name its state or body,
as far as it reads at once; and the report as a whole tells which states it is about. Every state that the
report names is described by named features (:func:`described`) and scored with fitted weights
(``data/actors/countries.tsv``, written by ``training/countries.py``). The best one above zero is taken;
where none is, the party has no country.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract import choice, origins
from dateline.extract.cast import Cast, weakly
from dateline.extract.reading import Readings
from dateline.extract.states import Key
from dateline.ontology import ontology
from dateline.records import ActorRef

if TYPE_CHECKING:
    from collections.abc import Mapping

OPEN = frozenset({"nothing", "unresolved", "setting", "town"})  # what tables went by where no word tells it
SUREST = 7  # logarithm of the odds: surer counts no more
ABSENT = -9.0  # what speaks for a state that one phrase of somebody does not think of
TELLS = 0.3  # what the network says of a country less probably than this at one phrase says nothing
SHARES = (0.0, 0.15, 0.3, 0.5, 0.7)  # shares of a state in all names of states: the upper bounds of classes
SENTENCES = (1, 2, 5)  # so many sentences back: the upper bounds of classes
LATE = 4  # a state that is first named in the fifth sentence or later comes late


def is_open(actor: ActorRef) -> bool:
    """Tell a party whose country is a question: no word of the report has told it."""
    return basis(actor) in OPEN


def basis(actor: ActorRef) -> str:
    """Return what the tables went by: scene, town, nothing, an unknown name, or their first reason."""
    if actor.code is None:
        return "unresolved" if "unresolved" in actor.why else "nothing"
    return weakly(actor) or actor.why[0].partition(":")[0]


def judged(actor: ActorRef, head: Key, cast: Cast, readings: Readings) -> ActorRef:
    """Return a party with the country for which most speaks; ``head`` is the word that heads its phrase.

    All open phrases that name the same somebody are heard alike, so that they are of one country. Of a list
    ("the mayors of Ulm and Lille") each is where its words put it.
    """
    if not readings.at or head in cast.others or not is_open(actor):
        return actor
    code = choice.likeliest(_means(actor, head, cast, readings).items())
    if code == actor.code:
        return actor
    return replace(actor, code=code, why=(*actor.why, f"weighed:{code or 'none'}"))


def _means(actor: ActorRef, head: Key, cast: Cast, readings: Readings) -> dict[str, float]:
    """Return how much speaks for each state by all open phrases of somebody on average, worked out once."""
    heads = [key for key in cast.chained(head) if key in cast.actors and is_open(cast.actors[key])]
    if head not in heads or actor.code != cast.actors[head].code:  # "the police" of who is quoted
        return _scores(actor, head, cast, readings)
    if heads[0] not in cast.placed:
        rows = [_scores(cast.actors[key], key, cast, readings) for key in heads]
        codes = sorted({code for row in rows for code in row})
        cast.placed[heads[0]] = {c: sum(row.get(c, ABSENT) for row in rows) / len(rows) for c in codes}
    return cast.placed[heads[0]]


def _scores(actor: ActorRef, head: Key, cast: Cast, readings: Readings) -> dict[str, float]:
    """Return how much speaks for each state by one phrase."""
    return {code: choice.score(names, weights()) for code, names in described(actor, head, cast, readings)}


def weights() -> Mapping[str, float]:
    """Return the weight of every feature."""
    return choice.weights("actors/countries.tsv")


# -- features ---------------------------------------------------------------------------------------------


def described(actor: ActorRef, head: Key, cast: Cast, readings: Readings) -> Iterator[choice.Described]:
    """Yield every state that a party may belong to, with the names of what is true of the two."""
    states = cast.states
    here, whole = _linked(head, cast, readings), _linked_on_average(head, cast, readings)
    around = _around(actor, head, cast)
    codes = sorted({*states.shares, *filter(None, (states.dateline, actor.code))})
    names = _names(head, cast, codes)
    for code in codes:
        common = _features(code, actor, head, cast, here, whole, around)
        yield code, (*common, *_by_name(code, names))


def _features(
    code: str,
    actor: ActorRef,
    head: Key,
    cast: Cast,
    here: Mapping[str, float],
    whole: Mapping[str, float],
    around: Mapping[str, frozenset[str]],
) -> Iterator[str]:
    states = cast.states
    yield "any"
    if code in ontology().entities:
        yield "a body"
    yield f"network:{_class_of(whole.get(code))}"
    yield f"network here:{_class_of(here.get(code))}"
    if code == actor.code:
        yield "tables"
        yield f"tables:{_kind(actor)}"
    yield f"share:{_step(states.shares.get(code, 0.0), SHARES)}"
    earliest = states.earliest(code)
    yield f"first sentence:{LATE if earliest is None else min(earliest, LATE)}"
    if code == states.first:
        yield "first"
    if code == states.dateline:
        yield "dateline"
    if code == cast.against.get(head):
        yield "across"  # "the government has asked *Windhoek*"
    yield from _standing(code, head, cast)
    yield from (f"{name}:{'same' if code in codes else 'other'}" for name, codes in around.items())


def _names(head: Key, cast: Cast, codes: Iterable[str]) -> list[frozenset[str]]:
    """Return for each known word of somebody's name the states it may tell of."""
    names = {cast.actors[key].name for key in cast.chained(head) if key in cast.actors}
    whole = frozenset(codes)
    return [origin & whole for name in sorted(names) for origin in origins.origins(name)]


def _by_name(code: str, names: list[frozenset[str]]) -> Iterator[str]:
    """Yield how a person's name speaks for a state: "Watanabe" for Japan alone of those in question."""
    if not names:
        return
    own = [origin for origin in names if code in origin]
    if not any(names):
        yield "name:of none"
    elif not own:
        yield "name:of others"
    else:
        yield "name:" + ("its own" if any(len(origin) == 1 for origin in own) else "shared")


def _kind(actor: ActorRef) -> str:
    """Return how the tables found a party, and what they went by for its country: "role by setting"."""
    found, by = actor.why[0].partition(":")[0], basis(actor)
    return by if by in (found, "nothing") else f"{found} by {by}"


def _standing(code: str, head: Key, cast: Cast) -> Iterator[str]:
    """Yield how a state stands to a phrase: in its sentence, how far before, on which side, just after."""
    states, now = cast.states, cast.states.sentences.get(head, 0)
    inside = states.inside.get(now, [])
    own = [key for key, named in inside if named == code]
    others = len(own) < len(inside)
    yield "here:" + (("among others" if others else "alone") if own else "others" if others else "none")
    if own:
        nearest = min(own, key=lambda key: abs(key[1] - head[1]))
        yield "before" if nearest < head else "after"
    back = states.before(code, now)
    yield f"back:{'none' if back is None else _step(back, SENTENCES)}"
    if any(named == code for _, named in states.inside.get(now + 1, [])):
        yield "next"


def _around(actor: ActorRef, head: Key, cast: Cast) -> dict[str, frozenset[str]]:
    """Return whose the last one of the same sector was, and whose the same word is where it is told."""
    found: dict[str, frozenset[str]] = {}
    kin = cast.last_of(actor.sector, head)
    if kin is not None and kin.code is not None:
        found["kin" if weakly(kin) else "kin told"] = frozenset({kin.code})
    same = [a for key, a in cast.of_word(head) if key != head and not weakly(a)]
    codes = frozenset(a.code for a in same if a.code)
    return found | ({"same word": codes} if codes else {})


def _step(value: float, bounds: tuple[float, ...]) -> int:
    """Return the number of the class a value falls into."""
    return sum(value > bound for bound in bounds)


def _class_of(chance: float | None) -> str:
    """Return a probability as whole logarithm of the odds; a state beyond what is read at once has none."""
    return "absent" if chance is None else choice.odds_class(chance, SUREST)


def _linked_on_average(head: Key, cast: Cast, readings: Readings) -> dict[str, float]:
    """Return how probably somebody is of each state, by all the phrases that name them on average."""
    chain = cast.chained(head)
    if chain[0] not in cast.linked:
        rows = [_linked(key, cast, readings) for key in chain]
        rows = [r for r in rows if r and max(r.values()) > TELLS] or rows[:1]
        codes = {code for row in rows for code in row}
        cast.linked[chain[0]] = {c: sum(r.get(c, 0.0) for r in rows) / len(rows) for c in codes}
    return cast.linked[chain[0]]


def _linked(head: Key, cast: Cast, readings: Readings) -> dict[str, float]:
    """Return how probably the network links a phrase to the words that name each state."""
    chances: dict[str, float] = {}
    for key, chance in readings.linked_at(head, "country").items():
        code = cast.states.words.get(key)
        if code is not None:
            chances[code] = max(chance, chances.get(code, 0.0))
    return chances
