"""Whom a pronoun stands for: everybody mentioned lately, described by named features and weighed.

"It", "they", "his" are asked in text order, while the report is read (:mod:`.coreference`). What speaks for
somebody: how lately and how prominently he was mentioned, whether kind and number agree, what the rules say,
and what the network reads at the pronoun: to which words it links its country, and of which sector it is.
The weights (``data/actors/antecedents.tsv``) are fitted by ``training/antecedents.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline import model
from dateline.extract import choice
from dateline.extract.reading import NOTHING, Readings
from dateline.extract.states import Key

if TYPE_CHECKING:
    from spacy.tokens import Token

SUREST = 6  # logarithm of the odds: surer counts no more
OFTEN = 4  # who is mentioned so often is mentioned often
FAR = 4  # sentences back
DEEP = 3  # clauses down

FORMS = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they", "themselves": "they",
}  # fmt: skip
Candidates = tuple[Key, list[choice.Described]]  # a pronoun, and everybody it may stand for
PERSONS = frozenset({"person", "name", "listed"})  # a name nobody knows, or one of a list, may be a person's
PLACES = {"nsubj": "subject", "nsubjpass": "subject", "poss": "owner"}


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody the report speaks of.

    ``kind`` is state, body, group, person, people, name, thing, or listed (named in one phrase with another).
    ``by`` is what the code rests on where no word says it: ``setting`` or ``town``.
    """

    key: str
    name: str
    code: str | None
    sector: str | None
    kind: str
    plural: bool
    by: str = ""


@dataclass(slots=True)
class Trace:
    """Where somebody was mentioned last, how prominently, and how often; ``at`` are the words lately."""

    referent: Referent
    sentence: int
    position: int
    subject: bool
    head: str
    depth: int
    times: int = 1
    at: list[Key] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """A pronoun being asked about: its word, its sentence, and what the rules know.

    ``ruled`` is whom the rules would choose, ``hints`` the names of what they see, each with those of whom
    it is true ("barred": who does the act that the pronoun suffers).
    """

    token: Token
    key: Key
    sentence: int
    ruled: str | None
    hints: Mapping[str, Collection[str]]


@dataclass(slots=True)
class Evidence:
    """What the network says of the words of a report; ``codes`` are the states that its names mean."""

    readings: Readings = NOTHING
    codes: dict[Key, str] = field(default_factory=dict)

    def knows(self, key: Key) -> bool:
        """Tell whether the network has read a word."""
        return key in self.readings.at

    def states(self, links: Mapping[Key, float]) -> dict[str, float]:
        """Return how probable each state is by the likeliest of the linked words that name it."""
        found: dict[str, float] = {}
        for word, chance in links.items():
            code = self.codes.get(word)
            if code is not None:
                found[code] = max(chance, found.get(code, 0.0))
        return found


def may_mean(word: str, referent: Referent) -> bool:
    """Tell whom a pronoun can mean at all: "he" one person, "it" no person."""
    if FORMS[word] in ("he", "she"):
        return referent.kind in PERSONS and not referent.plural
    return FORMS[word] != "it" or referent.kind not in ("person", "people")


def described(asked: Asked, traces: Mapping[str, Trace], evidence: Evidence) -> Iterator[choice.Described]:
    """Yield everybody a pronoun may stand for, with the names of what is true of the two."""
    links = evidence.readings.linked_at(asked.key, "country")
    sectors = evidence.readings.sectors_at(asked.key)
    states = evidence.states(links)
    latest = max((t.sentence, t.position) for t in traces.values()) if traces else (0, 0)
    for key, trace in traces.items():
        names = [*_by_place(asked, trace), *_by_kind(asked, trace)]
        names += [name for name, true_of in asked.hints.items() if key in true_of]
        names += ["rules"] if key == asked.ruled else []
        names += ["latest"] if (trace.sentence, trace.position) == latest else []
        names.append(f"link:{_strongest(links, trace)}")
        names.append(f"state:{_class_of(states.get(trace.referent.code or ''))}")
        names.append(f"sector:{_class_of(sectors.get(trace.referent.sector or model.NONE))}")
        yield key, tuple(names)


def chosen(found: list[choice.Described]) -> str | None:
    """Return for whom most speaks; None where nobody is likely enough."""
    return choice.likeliest((key, choice.score(names, weights())) for key, names in found)


def weights() -> Mapping[str, float]:
    """Return the weight of every feature."""
    return choice.weights("actors/antecedents.tsv")


def _by_place(asked: Asked, trace: Trace) -> Iterator[str]:
    """Yield how lately and how prominently somebody was mentioned."""
    back = min(asked.sentence - trace.sentence, FAR)
    place = PLACES.get(asked.token.dep_, "other")
    prominent = "subject" if trace.subject else "other"
    yield f"back:{back}"
    yield f"back:{back} {place}"
    yield f"was {prominent}, is {place}"
    yield f"was {prominent}, back:{min(back, 2)}"
    yield f"times:{min(trace.times, OFTEN)}"
    if trace.subject:
        yield f"depth:{min(trace.depth, DEEP)}"


def _by_kind(asked: Asked, trace: Trace) -> Iterator[str]:
    """Yield which pronoun asks for whom: "they" for people, "it" for a state."""
    form = FORMS[asked.token.lower_]
    number = "many" if trace.referent.plural else "one"
    yield f"{form}: {trace.referent.kind}, {number}"
    yield f"{form}: {trace.referent.sector or 'no sector'}"


def _strongest(links: Mapping[Key, float], trace: Trace) -> str:
    return _class_of(max((links[at] for at in trace.at if at in links), default=None))


def _class_of(chance: float | None) -> str:
    return "absent" if chance is None else choice.odds_class(chance, SUREST)
