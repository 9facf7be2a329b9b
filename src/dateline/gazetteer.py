"""Who is who: names of states, places, office holders and bodies, found in running text.

The tables are described in ``data/README.md``. :meth:`Gazetteer.find` returns the longest names that
stand in a text, with every entry each name may mean; which one is meant on a given day is decided by
:func:`valid_on`, because "the prime minister of Albania" changes and so do the codes of armed groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from dateline import errors, tables
from dateline.ontology import ontology

if TYPE_CHECKING:
    import ahocorasick_rs

STATE_COLUMNS = (
    "code", "name", "aliases", "adjectives", "people", "capital", "metonyms", "descriptions",
    "cow", "fips", "since", "until",
)  # fmt: skip
PLACE_COLUMNS = ("name", "kind", "code", "note")
PERSON_COLUMNS = ("id", "name", "aliases", "code", "sector", "office", "since", "until")
BODY_COLUMNS = ("id", "name", "aliases", "code", "sector", "kind", "since", "until", "note")

SURNAME_FIRST = frozenset({"CHN", "HKG", "KOR", "PRK", "TWN"})
RULERS = frozenset({"president", "prime minister", "chancellor", "premier", "king", "queen", "pope"})

Form = Literal["name", "adjective", "people", "capital", "metonym", "place", "person", "body"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a name may mean; ``form`` says what kind of word the name is for it."""

    id: str
    name: str
    form: Form
    code: str | None
    sector: str | None
    kind: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A name found at ``start:end`` of the searched text, and all it may mean."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A row of ``states.tsv``: what linking and the exporters need of it."""

    code: str
    name: str
    descriptions: tuple[str, ...]
    cow: str
    fips: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every known name with its entries, and an automaton that finds them; see :func:`gazetteer`."""

    names: dict[str, tuple[Entry, ...]]
    order: tuple[str, ...]
    automaton: ahocorasick_rs.AhoCorasick
    states: dict[str, State]
    descriptions: dict[str, tuple[str, ...]]
    surnames: dict[str, tuple[Entry, ...]]

    def holder(self, surname: str, office: str | None, code: str | None, day: str | None) -> Entry | None:
        """Return who has that surname and held an office of that name, if all who fit are of one state.

        "President Clinton" and "Prime Minister Sharif" name somebody where the bare surname would not.
        ``office`` None means any; who had not yet taken office on ``day`` does not count.
        """
        fitting = [
            e
            for e in self.surnames.get(surname, ())
            if (office is None or _is_office(office, e.kind))
            and code in (None, e.code)
            and (not day or _begun(e, day))
        ]
        holding = valid_on(fitting, day)
        return holding[0] if len({e.code for e in holding}) == 1 else None

    def ruler(self, surname: str, day: str) -> Entry | None:
        """Return the head of state or government of that surname on ``day``, if there was only one."""
        fitting = [e for e in self.surnames.get(surname, ()) if e.kind in RULERS and _begun(e, day)]
        holding = [e for e in fitting if not _ended(e, day)]
        return holding[0] if len({e.name for e in holding}) == 1 else None

    def find(self, text: str) -> list[Found]:
        """Return the names in ``text``, leftmost first, the longest where they overlap."""
        hits = [
            (start, end, self.order[index])
            for index, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True)
            if _is_word(text, start, end)
        ]
        return [Found(s, e, self.names[name]) for s, e, name in _longest(hits)]


# Before "American", these make it somebody of another country than the United States.
OTHER_AMERICAS = ("Latin", "South", "Central", "Inter", "Pan")


def _is_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if text.startswith("American", start) and text[:start].rstrip(" -").endswith(OTHER_AMERICAS):
        return False  # "South American leaders"
    return not (before.isalnum() or (after.isalnum() and text[end - 1].isalnum()))


def _longest(hits: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    reached = 0
    for hit in sorted(hits, key=lambda h: (h[0], -h[1])):
        if hit[0] >= reached:
            reached = hit[1]
            yield hit


def _is_office(title: str, office: str) -> bool:
    """Tell whether a title ("minister", "prime minister") may be that of an office ("foreign minister")."""
    return (
        office == title
        or office.endswith(f" {title}")
        or office.startswith((f"{title} of ", f"{title} for "))
    )


def valid_on(entries: Sequence[Entry], day: str | None) -> list[Entry]:
    """Return the entries that held on ``day`` (ISO, any precision), else the latest that had begun.

    Without a day all entries are returned, the most recent first.
    """
    recent = sorted(entries, key=lambda e: e.since, reverse=True)
    if not day:
        return recent
    holding = [e for e in recent if _begun(e, day) and not _ended(e, day)]
    return holding or [e for e in recent if _begun(e, day)] or recent


def _begun(entry: Entry, day: str) -> bool:
    return entry.since <= day[: len(entry.since)]


def _ended(entry: Entry, day: str) -> bool:
    return bool(entry.until) and entry.until < day[: len(entry.until)]


def _plural_people(adjective: str) -> list[str]:
    """Return the word for a people that English makes from an adjective: Iraqi → Iraqis, Greek → Greeks."""
    if adjective == "Czech":
        return ["Czechs"]
    irregular = adjective.endswith(("s", "sh", "ch", "ese", "ic", "men"))
    return [] if irregular or not adjective[-1:].isalpha() else [adjective + "s"]


def _state_entries(row: dict[str, str]) -> Iterator[tuple[str, Entry]]:
    base = Entry(row["code"], row["name"], "name", row["code"], "GOV", "state", row["since"], row["until"])
    names = [row["name"], *tables.alternatives(row["aliases"])]
    for name in names:
        yield name, base
        if len(name) > 3 and name.isalpha():
            yield name.upper(), base
    for name in tables.alternatives(row["capital"]):
        yield name, replace(base, form="capital")
    for name in tables.alternatives(row["metonyms"]):
        yield name, replace(base, form="metonym")
    people = list(tables.alternatives(row["people"]))
    for adjective in tables.alternatives(row["adjectives"]):
        yield adjective, replace(base, form="adjective")
        people += _plural_people(adjective)
    for name in people:
        yield name, replace(base, form="people", sector="CVL")


def _place_entries(row: dict[str, str]) -> Iterator[tuple[str, Entry]]:
    for name in tables.alternatives(row["name"]):
        yield name, Entry(f"{row['code']}.{name}", name, "place", row["code"], None, row["kind"])


def _named_entries(row: dict[str, str], form: Form) -> Iterator[tuple[str, Entry]]:
    kind = row.get("kind") or row.get("office", "")
    entry = Entry(
        row["id"], row["name"], form, row["code"] or None, row["sector"] or None,
        kind, row["since"], row["until"],
    )  # fmt: skip
    for name in (row["name"], *tables.alternatives(row["aliases"])):
        yield name, entry


def _check(row: dict[str, str]) -> None:
    if row["sector"] and row["sector"] not in ontology().sectors:
        raise errors.LexiconError(f"{row['@']}: unknown sector {row['sector']!r}")


def _all_entries() -> Iterator[tuple[str, Entry]]:
    for row in tables.read("actors/states.tsv", STATE_COLUMNS):
        yield from _state_entries(row)
    for row in tables.read("actors/places.tsv", PLACE_COLUMNS):
        yield from _place_entries(row)
    for row in tables.read_all("actors", PERSON_COLUMNS, "people*.tsv"):
        _check(row)
        yield from _named_entries(row, "person")
    for file in ("actors/organisations.tsv", "actors/groups.tsv"):
        for row in tables.read(file, BODY_COLUMNS):
            _check(row)
            yield from _named_entries(row, "body")


def _names(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    names: dict[str, dict[Entry, None]] = defaultdict(dict)
    for name, entry in pairs:
        if name:
            names[name][entry] = None
            if "’" not in name and "'" in name:
                names[name.replace("'", "’")][entry] = None
    return {name: tuple(entries) for name, entries in names.items()}


def _descriptions(states: Iterable[State]) -> dict[str, tuple[str, ...]]:
    """Index the states by description; several may share one: "southern european country"."""
    found: dict[str, list[str]] = defaultdict(list)
    for state in states:
        for description in state.descriptions:
            found[description].append(state.code)
    return {description: tuple(codes) for description, codes in found.items()}


def _surnames(names: dict[str, tuple[Entry, ...]]) -> dict[str, tuple[Entry, ...]]:
    """Index the office holders by surname: the last word of their names, the first in East Asia."""
    found: dict[str, dict[Entry, None]] = defaultdict(dict)
    for name, entries in names.items():
        for entry in entries:
            if entry.form == "person":
                first, _, last = name.partition(" ")
                surname = first if entry.code in SURNAME_FIRST else last.rpartition(" ")[2] or first
                found[surname][entry] = None
    return {surname: tuple(entries) for surname, entries in found.items()}


@cache
def gazetteer() -> Gazetteer:
    """Load the actor tables (once) and build the automaton."""
    import ahocorasick_rs

    names = _names(_all_entries())
    order = tuple(sorted(names))
    states = {
        row["code"]: State(
            row["code"], row["name"], tables.alternatives(row["descriptions"]), row["cow"], row["fips"]
        )
        for row in tables.read("actors/states.tsv", STATE_COLUMNS)
    }
    return Gazetteer(
        names=names,
        order=order,
        automaton=ahocorasick_rs.AhoCorasick(order),
        states=states,
        descriptions=_descriptions(states.values()),
        surnames=_surnames(names),
    )
