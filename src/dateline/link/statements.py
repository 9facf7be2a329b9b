"""Event mentions as linking sees them: who, whom, what, when, according to whom, in which words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

from dateline import tables
from dateline.gazetteer import gazetteer
from dateline.link import words
from dateline.link.reading import day_number

Json = dict[str, Any]
Days = tuple[int, int]

WEEKDAY_COLUMNS = ("name", "number", "short")
QUOTATION = re.compile(r"“([^”]{12,})”|\"([^\"]{12,})\"")
QUOTED_RUN = 4  # content words in a row that make two quotations one
FIRST, LAST = date(1, 1, 1).toordinal(), date(9999, 12, 31).toordinal()
# Reasons of a code that is the country where the report, the town or the other side is.
GUESSES = frozenset({"setting", "town", "domestic", "weighed", "unsaid"})  # reasons, up to a colon
RECENT = 3  # days before publication in which an undated current act is taken to lie
FAMILIES = {1: "cooperation", 2: "cooperation", 3: "verbal", 4: "material"}


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient: code, sector, and the canonical name in folded form.

    ``guessed``: the code is that of the country where the report is set, which no word of the party names.
    """

    code: str | None
    sector: str | None
    name: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence of a statement: its place, its weighed stems (length one), its quoted runs.

    ``acts`` are the triggers of all statements in it (:func:`told_together`).
    """

    start: int
    end: int
    weights: dict[str, float]
    quoted: frozenset[tuple[str, ...]]
    acts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Vouching:
    """Who vouches for a statement: the innermost voice, or the outlet itself (``name`` None)."""

    name: str | None
    code: str | None
    sector: str | None
    denies: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One event mention of the report with number ``report``.

    ``trigger`` is the stem of its first word, ``phrase`` the stems of all ("throw out").
    ``days`` is the interval of the act as day numbers, ``dated`` tells whether the text gives it, ``weekday``
    whether it names the day of the week only.
    What many pairs ask is worked out once: the codes of either side that are not guessed, ``domestic`` (both
    sides are of one state), ``happened`` (told as done or denied, not as planned, asked for or possible),
    ``denied``.
    """

    id: str
    report: int
    trigger: str
    phrase: str
    sense: str
    event: str
    family: str
    mode: str
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    days: Days | None
    dated: bool
    date: str | None
    current: bool
    realis: str
    voice: Vouching
    place: str | None
    sentence: Sentence
    start: int
    weekday: bool = False
    actor_codes: frozenset[str] = field(init=False)
    recipient_codes: frozenset[str] = field(init=False)
    domestic: bool = field(init=False)
    happened: bool = field(init=False)
    denied: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out what is asked again and again."""
        worked_out = {
            "actor_codes": _codes(p for p in self.actor if not p.guessed),
            "recipient_codes": _codes(p for p in self.recipient if not p.guessed),
            "domestic": bool(self.actor and self.recipient) and len(self.codes) == 1,
            "happened": self.realis in ("actual", "negated"),
            "denied": self.realis == "negated" or self.voice.denies,
        }
        for name, value in worked_out.items():
            object.__setattr__(self, name, value)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of all parties, sorted."""
        return tuple(sorted(_codes((*self.actor, *self.recipient))))


def _codes(parties: Iterable[Party]) -> frozenset[str]:
    return _shared(tuple(p.code for p in parties if p.code))


@lru_cache(maxsize=1 << 14)
def _shared(codes: tuple[str, ...]) -> frozenset[str]:
    """Return the set of some codes; equal ones are one object, since a million statements hold few."""
    return frozenset(codes)


def statement(row: Json, report: int, sentences: dict[tuple[int, int], Sentence]) -> Statement:
    """Make a statement of a mention row; ``sentences`` is filled with those of the report."""
    where = (row["sentence"]["start"], row["sentence"]["end"])
    if where not in sentences:
        sentences[where] = sentence(*where, row["sentence"]["text"])
    days = interval(row["date"])
    current = row["time"] == "current"
    dated = days is not None and row["date_basis"]["kind"] != "publication"
    if days is None and current and row["realis"] != "negated":  # what is denied may lie long back
        published = day_number(row["report"]["published"])
        days = None if published is None else (published - RECENT, published)
    return Statement(
        id=row["id"],
        report=report,
        trigger=words.stem(row["trigger"]["text"].split()[0]),
        phrase=" ".join(map(words.stem, row["trigger"]["text"].split())),
        sense=next((w.removeprefix("trigger:") for w in row["why"] if w.startswith("trigger:")), ""),
        event=row["event"],
        family=FAMILIES[row["quad_code"]],
        mode="/".join(row["mode"]),
        actor=tuple(party(p, row["why"]) for p in row["actor"]),
        recipient=tuple(party(p, row["why"]) for p in row["recipient"]),
        days=days,
        dated=dated,
        date=row["date"],
        current=current,
        realis=row["realis"],
        voice=vouching(row["voices"]),
        place=row["event_loc"]["name"] if row["event_loc"] else None,
        sentence=sentences[where],
        start=row["trigger"]["start"],
        weekday=dated and row["date_basis"].get("text", "").casefold().rstrip(".") in weekdays(),
    )


def told_together(made: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements of a report, each sentence with the triggers of all of them that stand in it."""
    made = tuple(made)
    acts: dict[int, set[str]] = {}
    for one in made:
        acts.setdefault(one.sentence.start, set()).add(one.trigger)
    whole = {s.start: replace(s, acts=frozenset(acts[s.start])) for s in (one.sentence for one in made)}
    return tuple(replace(one, sentence=whole[one.sentence.start]) for one in made)


@cache
def weekdays() -> frozenset[str]:
    """Return the names of the days of the week."""
    rows = tables.read("lexicon/en/time/weekdays.tsv", WEEKDAY_COLUMNS)
    return frozenset(word for row in rows for word in (row["name"], *tables.alternatives(row["short"])))


def party(row: Json, why: Collection[str] = ()) -> Party:
    """Make a party of an actor or recipient object of the contract; ``why`` are the mention's reasons."""
    guessed = any(w.partition(":")[0] in GUESSES for w in why) and not _names(row["entity_text"], row["code"])
    return _named(row["code"], row["sector"], row["identifier_text"], guessed)


@lru_cache(maxsize=1 << 14)
def _names(phrase: str, code: str | None) -> bool:
    """Tell whether a phrase holds a name, be it of one who has the code or of nobody known."""
    if any(word[:1].isupper() for word in phrase.split()[1:]):
        return True
    return any(entry.code == code for found in gazetteer().find(phrase) for entry in found.entries)


@lru_cache(maxsize=1 << 14)
def _named(code: str | None, sector: str | None, name: str, guessed: bool) -> Party:
    return known_party(code, sector, " ".join(map(words.stem, name.split())), guessed)


@lru_cache(maxsize=1 << 14)
def known_party(code: str | None, sector: str | None, name: str, guessed: bool = False) -> Party:
    """Return a party whose name is folded already; equal ones are one object, since there are few."""
    return Party(code, sector, name, guessed)


def vouching(voices: list[Json]) -> Vouching:
    """Return who vouches in a chain of voices (outermost first): the innermost one."""
    if not voices:
        return Vouching(None, None, None, False)
    inner = voices[-1]
    return Vouching(inner["name"], inner["code"], inner["sector"], inner["stance"] == "denies")


def sentence(start: int, end: int, text: str) -> Sentence:
    """Return a sentence's stems with their weights (the squares add up to one) and its quoted runs."""
    return weighed(start, end, dict.fromkeys(words.content(text)), frozenset(quoted_runs(text)))


def weighed(start: int, end: int, stems: Iterable[str], quoted: frozenset[tuple[str, ...]]) -> Sentence:
    """Return a sentence of the given stems, each once, in the order of their first places."""
    weights = {s: words.rarity(s) for s in stems}
    length = sum(w * w for w in weights.values()) ** 0.5 or 1.0
    return Sentence(start, end, {s: w / length for s, w in weights.items()}, quoted)


def quoted_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of a few content words inside the quotations of a text."""
    for match in QUOTATION.finditer(text):
        stems = words.content(match[1] or match[2])
        for i in range(len(stems) - QUOTED_RUN + 1):
            yield tuple(stems[i : i + QUOTED_RUN])


def interval(edtf: str | None) -> Days | None:
    """Return the first and last day of a date of the record: ``2022-07``, ``1980/1988``, ``1979/..``."""
    if not edtf:
        return None
    first, slash, last = edtf.partition("/")
    if not slash:
        return _span(first)
    start = (FIRST, FIRST) if first in ("..", "") else _span(first)
    end = (LAST, LAST) if last in ("..", "") else _span(last)
    return None if start is None or end is None else (start[0], end[1])


def _span(text: str) -> Days | None:
    parts = text.rstrip("~?%")[: len("2022-07-15")].split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return date(numbers[0], 1, 1).toordinal(), date(numbers[0], 12, 31).toordinal()
        if len(numbers) == 2:
            following = date(numbers[0] + numbers[1] // 12, numbers[1] % 12 + 1, 1).toordinal()
            return date(numbers[0], numbers[1], 1).toordinal(), following - 1
        day = date(*numbers[:3]).toordinal()
    except (ValueError, OverflowError):
        return None
    return day, day
