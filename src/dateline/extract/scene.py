"""Where a sentence is set: whose "the army" is, in which country "four villagers" live.

A :class:`Scene` is made of the states a sentence names, in their order. Authorities without a country
("the army", "an interior ministry spokesman") belong to the state that the sentence is about, which mostly
stands first; people ("protesters", "four villagers") to the place where it happens. A sentence that names
no state is set where the report is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.gazetteer import Entry, Found, Gazetteer
from dateline.ontology import ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

# Bodies that tell nothing about where a sentence is set.
OUTSIDE = frozenset({"media", "company", "ngo", "religious", "ethnic"})
# Sectors whose members at home need no country word: it is the country the story is set in. Unidentified
# gunmen may come from anywhere.
DOMESTIC = frozenset("AGR COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRM PTY REB REL SOC".split())
LOCATIVE = frozenset({"in", "at", "near", "outside", "inside", "across", "around", "within"})
# Who is met where things happen, rather than acting for the state in front.
LOCAL = frozenset("AGR BUS COP CRM CVL EDU ELI LAB MED OPP PRM REB REF REL SOC UAF".split())
# Words that say somebody is from elsewhere, or from no country in particular.
ELSEWHERE = frozenset(
    "foreign international global multinational overseas western eastern european african asian "
    "arab latin american nordic baltic gulf caribbean pacific world neighbouring neighboring expatriate "
    "visiting non-governmental nongovernmental".split()
)
# Whose "foreign" says what they deal with, not where they are from.
FOREIGN_OFFICES = frozenset({"minister", "ministry", "secretary", "office"})
# Who represents a state abroad, or a body of many states: never of the country they are found in.
ABROAD = frozenset(
    "embassy ambassador diplomat envoy consulate consul attaché attache delegation delegate counterpart "
    "mission peacekeeper bloc donor observer monitor mediator negotiator foreigner expatriate tourist "
    "refugee migrant mercenary ally neighbour neighbor inspector summit alliance coalition".split()
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of a sentence that points at a state: as the ``place`` of something, or as its ``people``."""

    position: int
    code: str
    place: bool
    people: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """The states a sentence names, and the state of the report for want of one."""

    marks: tuple[Mark, ...]
    setting: str | None

    @property
    def codes(self) -> frozenset[str]:
        """Return the states named in the sentence."""
        return frozenset(mark.code for mark in self.marks)

    @property
    def first(self) -> str | None:
        """Return the state the sentence is about, or that of the report; None if people stand in front."""
        if not self.marks or self.setting in self.codes:
            return self.setting
        acting = [m for m in self.marks if not m.place] or list(self.marks)
        return None if acting[0].people and len(self.codes) > 1 else acting[0].code

    def without(self, code: str | None) -> Scene:
        """Return the same scene, one state left out."""
        return Scene(tuple(m for m in self.marks if m.code != code), self.setting)

    def home(self, token: Token, sector: str | None) -> str | None:
        """Return the country of a role of that sector which stands at ``token`` and has none."""
        places = [m for m in self.marks if m.place]
        if sector in LOCAL and places:
            return min(places, key=lambda m: (abs(m.position - token.i), m.position)).code
        return self.first


def scene(
    tokens: Iterable[Token], meant: Mapping[int, Entry], setting: str | None, before: str | None = None
) -> Scene:
    """Collect the states that the names of a sentence point at; ``meant`` is by token index.

    Where no state is named and the report has none either, office holders and bodies of a state point at
    it ("Cedras said that soldiers …"), and else it is the state of the sentence ``before``.
    """
    marks, weak = [], []
    for token in tokens:
        entry = meant.get(token.i)
        if entry is None or not entry.code or entry.code in ontology().entities:
            continue
        if entry.form not in ("person", "body"):
            place = entry.form == "place" or _is_where(token)
            marks.append(Mark(token.i, entry.code, place, _is_people(token, entry)))
        elif entry.kind not in OUTSIDE:
            weak.append(Mark(token.i, entry.code, False, False))
    if marks or setting is not None:
        return Scene(tuple(marks), setting)
    return Scene(tuple(weak), None if weak else before)


def _is_people(token: Token, entry: Entry) -> bool:
    """Tell "Palestinians", "a Palestinian" from "Palestinian police"."""
    alone = token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("amod", "compound", "nmod")
    return entry.form == "people" or (entry.form == "adjective" and alone)


def _is_where(token: Token) -> bool:
    """Tell a name after "in", "at", "near", or one that describes such a place: "in the Iraqi town"."""
    node = token
    while node.dep_ in ("compound", "amod", "nmod", "appos", "poss", "conj") and node.head.i != node.i:
        node = node.head
    return node.dep_ == "pobj" and node.head.lower_ in LOCATIVE


def may_take_home(token: Token, sector: str | None) -> bool:
    """Tell a role that can be of the country of the scene.

    Not an embassy, "foreign troops", "Arab leaders"; "Kurdish activists" may live anywhere, but "Kurdish
    rebels" are fought at home, and "the Harju county court" is a court of the country.
    """
    if token.lemma_.lower() in ABROAD:
        return False
    words = syntax.left_modifiers(token)
    if any(_is_from_elsewhere(w, token) or w.lemma_.lower() in ABROAD for w in words):
        return False
    return sector == "REB" or not any(w.lower_ in STATELESS for w in words)


def _is_from_elsewhere(word: Token, noun: Token) -> bool:
    """Tell "foreign troops" from "the foreign ministry"."""
    if word.lower_ == "foreign" and noun.lemma_.lower() in FOREIGN_OFFICES:
        return False
    return word.lower_ in ELSEWHERE


# Capitalised words that say what somebody believes or speaks, not where they are from.
FAITHS = frozenset(
    "islamist islamic muslim christian catholic protestant orthodox jewish hindu buddhist sikh sunni shiite "
    "shi'ite shia coptic evangelical baptist marxist maoist communist leninist trotskyist salafist wahhabi "
    "sufi anglican lutheran presbyterian methodist mennonite mormon republican democratic liberal labour "
    "conservative socialist green supreme high constitutional revolutionary".split()
)
# Peoples without a state of their own.
STATELESS = frozenset("kurdish tuareg fulani baloch baluch berber pashtun tamil karen kachin shan".split())


def main_state(names: Iterable[Iterable[Found]]) -> str | None:
    """Return the state a report without a dateline is about: the one named twice as often as others."""
    return most_named(Counter(code for found in names for f in found for code in _codes_of(f)))


def most_named(codes: Counter[str]) -> str | None:
    """Return the state that is named twice as often as any other."""
    ranked = codes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]


def _codes_of(found: Found) -> set[str]:
    """Return the states that a name of a country, people, capital or place points at."""
    return {e.code for e in found.entries[:1] if e.code and e.form not in ("person", "body")}


def place_code(place: str | None, gazetteer: Gazetteer) -> str | None:
    """Return the state of the place of a dateline."""
    if not place or not place.strip():
        return None
    entries = (e for found in gazetteer.find(place) + gazetteer.find(place.title()) for e in found.entries)
    return next((e.code for e in entries if e.code and e.form in ("name", "capital", "place")), None)


def outright(names: Iterable[Iterable[Found]]) -> frozenset[str | None]:
    """Return the codes that names with one meaning, or names of states, point at."""
    entries = (e for found in names for f in found for e in f.entries[:1])
    return frozenset(e.code for e in entries if e.form in ("name", "adjective", "people"))
