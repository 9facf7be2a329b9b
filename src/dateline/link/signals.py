"""The table of signals: what speaks for and against two statements denoting one event.

Every signal is a function from a pair to a value between -1 (against) and 1 (for), 0 when it cannot tell.
The score of a pair is the weighted sum, :data:`SIGNALS` says with which weights, and a link carries as its
reasons the signals that spoke. To add a signal (a sentence embedding, say) add a row.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline import tables
from dateline.link import words
from dateline.link.statements import Party, Statement

RETOLD_COLUMNS = ("one", "other", "likeness", "example")
SAME_SIDE, SAME_STATE = 0.7, 0.2  # parties of one code and sector, of one code
OTHER_SECTOR = -0.5  # of one code, with other sectors, where only sectors tell the parties apart
MUTUAL = frozenset(
    {"CONSULT", "AGREE", "COOPERATE", "SUPPORT"}
)  # acts whose reports often name one party only
INCOMPLETE = 0.2
VERBAL_MODE = -0.4
OTHER_TYPES_MODE = -0.6  # the types have spoken already
MEANS_MODE = -0.2  # a bomb may have fallen, been planted or been fired: reports differ, and are misread
MEANS = frozenset(
    "aerial assassinate drone execute explosives firearms heavy-weapons massacre suicide-attack".split()
)
DENIED_MODE = -0.2  # who denies an act seldom uses the words of who tells it
VAGUE = 0.4
LIKE_WORDS = 0.5  # the value of the signal "trigger" for words of like meaning
RELATED = 0.03  # a cosine of two reports below which they have no affair in common
ALIKE = 0.15  # a cosine of two reports from which on they are no strangers
ANSWERED = 0.25  # a cosine of two reports from which on a denial in one answers the other
UNSURE = 0.25  # of what two given dates weigh against each other, where one is only taken to be recent
WEEK = 7
MONTH = 31  # what is told as news without a date is not older than this
FAR = 10  # days after which two dates speak against each other with full weight


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements, and what is asked of their reports.

    ``alike`` gives how alike the reports are (0 to 1; asked last, it costs most); ``copied`` tells whether
    one copies the other's sentence.
    """

    one: Statement
    other: Statement
    alike: Callable[[], float]
    copied: bool

    @property
    def reports(self) -> float:
        """Return how alike the two reports are."""
        return self.alike()


@dataclass(frozen=True, slots=True)
class Signal:
    """A row of the table: name, weight, the function, what it says, and the most it can speak for."""

    name: str
    weight: float
    value: Callable[[Pair], float]
    says: str
    most: float = 1.0


def same_type(pair: Pair) -> float:
    """Same event type 1, types that one act is told as up to 0.5 or -0.1 (``retold.tsv``), any other -1."""
    if pair.one.event == pair.other.event:
        return 1.0
    return _retold(pair.one.event, pair.one.mode, pair.other.event, pair.other.mode)


@lru_cache(maxsize=1 << 14)
def _retold(event: str, mode: str, other: str, other_mode: str) -> float:
    """Return the value of two different types with their modes: the largest that the table gives, else -1."""
    table = _retold_table()
    pairs = (frozenset((a, b)) for a in _kinds(event, mode) for b in _kinds(other, other_mode))
    return max(table.get(pair, -1.0) for pair in pairs)


@lru_cache(maxsize=1 << 14)
def retold_as(event: str, mode: str) -> tuple[str, ...]:
    """Name the pairs of types that speak for one act and of which a type with its modes is one."""
    kinds = _kinds(event, mode)
    return tuple(
        "+".join(sorted(pair))
        for pair, likeness in _retold_table().items()
        if likeness > 0 and not kinds.isdisjoint(pair)
    )


def _kinds(event: str, mode: str) -> frozenset[str]:
    return frozenset((event, *(f"{event}/{one}" for one in mode.split("/") if one)))


@cache
def _retold_table() -> dict[frozenset[str], float]:
    rows = tables.read("ontology/retold.tsv", RETOLD_COLUMNS)
    return {frozenset((row["one"], row["other"])): float(row["likeness"]) for row in rows}


def same_mode(pair: Pair) -> float:
    """Same mode 1, different ones -1 (verbal acts -0.4, two types -0.6, means of killing or a denial -0.2).

    0 where one has none, or where one act is told as either.
    """
    one, other = pair.one, pair.other
    if not one.mode or not other.mode:
        return 0.0
    if one.mode == other.mode:
        return 1.0
    if one.family == other.family == "verbal":
        return VERBAL_MODE
    if one.event != other.event:
        return 0.0 if same_type(pair) > 0 else OTHER_TYPES_MODE
    if one.denied != other.denied:
        return DENIED_MODE
    return MEANS_MODE if one.mode in MEANS and other.mode in MEANS else -1.0


def _alike(one: tuple[Party, ...], other: tuple[Party, ...], domestic: bool = False) -> float:
    if not one or not other:
        return 0.0
    if len(one) == len(other) == 1:
        return _same_party(one[0], other[0], domestic)
    return max(_same_party(a, b, domestic) for a in one for b in other)


def _same_party(one: Party, other: Party, domestic: bool) -> float:
    if one.name == other.name:
        return 1.0
    if one.code and other.code:
        if one.code != other.code:
            return 0.0 if one.guessed or other.guessed else -1.0
        if not one.sector or not other.sector or one.sector == other.sector:
            return SAME_SIDE
        return OTHER_SECTOR if domestic else SAME_STATE
    shared = set(one.name.split()) & set(other.name.split())
    return 0.6 if shared else -0.4


def _domestic(pair: Pair) -> bool:
    """Tell whether one of the statements is about one state alone: there sectors tell the parties apart."""
    return pair.one.domestic or pair.other.domestic


def actors(pair: Pair) -> float:
    """How well some actor of the one matches some actor of the other: name, then code and sector.

    That mutual acts name different parties says little: each report may name its own side only.
    """
    found = _alike(pair.one.actor, pair.other.actor, _domestic(pair))
    return INCOMPLETE * found if found < 0 and _mutual(pair) else found


def recipients(pair: Pair) -> float:
    """The same for recipients."""
    return _alike(pair.one.recipient, pair.other.recipient, _domestic(pair))


def other_actor(pair: Pair) -> float:
    """Both actors have codes, none guessed, none among those of the other: -1, of mutual acts -0.2."""
    found = _strangers(pair.one.actor_codes, pair.other.actor_codes)
    return INCOMPLETE * found if _mutual(pair) else found


def _mutual(pair: Pair) -> bool:
    return not pair.one.recipient and not pair.other.recipient and pair.one.event in MUTUAL


def other_recipient(pair: Pair) -> float:
    """The same for recipients."""
    return _strangers(pair.one.recipient_codes, pair.other.recipient_codes)


def _strangers(codes: frozenset[str], others: frozenset[str]) -> float:
    return -1.0 if codes and others and codes.isdisjoint(others) else 0.0


def roles(pair: Pair) -> float:
    """Who acts in the one suffers in the other, by code and sector: -1."""
    one, other = pair.one, pair.other
    if not (one.actor and one.recipient and other.actor and other.recipient):
        return 0.0
    domestic = _domestic(pair)
    if _alike(one.actor, other.recipient, domestic) <= 0 or _alike(one.recipient, other.actor, domestic) <= 0:
        return 0.0
    straight = min(_alike(one.actor, other.actor, domestic), _alike(one.recipient, other.recipient, domestic))
    return -1.0 if straight <= 0 else 0.0


def dates(pair: Pair) -> float:
    """Same day 1, overlapping intervals less the longer they are, apart down to -1.

    A day apart 0 (the night between); a week apart 0, too, where one is told by the day of the week: which
    week is meant is often misread.
    """
    one, other = pair.one.days, pair.other.days
    if one is None or other is None:
        return 0.0
    gap = max(one[0], other[0]) - min(one[1], other[1])
    if gap == 1 or (gap == WEEK and (pair.one.weekday or pair.other.weekday)):
        return 0.0
    if gap > 0:
        given = pair.one.dated and pair.other.dated
        return -1.0 if given else -UNSURE if gap <= MONTH else -min(1.0, 0.3 + gap / FAR)
    longest = max(one[1] - one[0], other[1] - other[0])
    return 1.0 if longest == 0 else 0.7 if longest <= FAR else 0.3 if longest <= 366 else 0.1


def places(pair: Pair) -> float:
    """Same place 1, different ones -0.5; 0 where one is not known."""
    if pair.one.place is None or pair.other.place is None:
        return 0.0
    return 1.0 if pair.one.place == pair.other.place else -0.5


def trigger(pair: Pair) -> float:
    """Same word or same row of the trigger table 1, words of like meaning 0.5, same mode 0.3; else -0.4."""
    one, other = pair.one, pair.other
    if one.trigger == other.trigger or (one.sense and one.sense == other.sense):
        return 1.0
    if not _meanings(one).isdisjoint(_meanings(other)):
        return 0.5
    return 0.3 if one.mode and one.mode == other.mode else -0.4


def _meanings(statement: Statement) -> frozenset[str]:
    known = words.synonyms()
    return known.get(statement.phrase) or known.get(statement.trigger, frozenset())


def quotation(pair: Pair) -> float:
    """The two sentences quote the same words: 1."""
    return 0.0 if pair.one.sentence.quoted.isdisjoint(pair.other.sentence.quoted) else 1.0


def text(pair: Pair) -> float:
    """Cosine of the two sentences' words, each weighed by its rarity."""
    one, other = pair.one.sentence.weights, pair.other.sentence.weights
    if len(other) < len(one):
        one, other = other, one
    return math.fsum(w * other[s] for s, w in one.items() if s in other)


def reports(pair: Pair) -> float:
    """Reports that have little in common speak against one event that is news in either: down to -1."""
    if pair.one.report == pair.other.report or not (pair.one.current or pair.other.current):
        return 0.0
    return min(0.0, pair.reports / ALIKE - 1.0)


def affair(pair: Pair) -> float:
    """Reports of one affair tell an act of one type by the same mode or words of like meaning: 1.

    The same for two types that one act is told as. One report seldom tells two such acts, so a party that
    differs is rather one that was misread. Where one gives no mode, and on neither side are strangers: 0.4.
    Less where the reports are less alike.
    """
    one, other = pair.one, pair.other
    if one.report == other.report or same_type(pair) <= 0 or one.happened != other.happened:
        return 0.0
    like = trigger(pair) >= LIKE_WORDS or bool(one.mode and one.mode == other.mode)
    vague = not (one.mode and other.mode) and not other_actor(pair) and not other_recipient(pair)
    if not (like or vague):
        return 0.0
    near = min(1.0, max(0.0, pair.reports - RELATED) / (ALIKE - RELATED))
    return near if like else VAGUE * near


def together(pair: Pair) -> float:
    """One sentence tells both, with different words: -1; one report, in different sentences: -0.3."""
    one, other = pair.one, pair.other
    if one.report != other.report or one.trigger == other.trigger:
        return 0.0
    return -1.0 if one.sentence.start == other.sentence.start else -0.3


def copied(pair: Pair) -> float:
    """One report takes this very sentence from the other, and in it the act: 1; another act of it: -1.

    A reprint may tell the act by another verb, but then neither sentence has the other's word.
    """
    one, other = pair.one, pair.other
    if not pair.copied:
        return 0.0
    if one.trigger == other.trigger or (one.sense and one.sense == other.sense):
        return 1.0
    if one.trigger in other.sentence.acts or other.trigger in one.sentence.acts:
        return -1.0
    return 1.0 if same_type(pair) > 0 else 0.0


def realis(pair: Pair) -> float:
    """One is told as done or denied, the other as planned, asked for or possible: -1."""
    return 0.0 if pair.one.happened == pair.other.happened else -1.0


def denial(pair: Pair) -> float:
    """One asserts what the other denies, in reports about one affair: 1 if an actor's code agrees.

    Where one names no actor ("no aircraft had been seized"), the same word or one of like meaning will do.
    """
    one, other = pair.one, pair.other
    answers = one.denied != other.denied and one.happened and other.happened
    if not answers or (one.report != other.report and pair.reports < ANSWERED):
        return 0.0
    codes, others = ({p.code for p in side.actor if p.code} for side in (one, other))
    if codes and others:
        return 1.0 if codes & others else 0.0
    return 1.0 if trigger(pair) >= LIKE_WORDS else 0.0


SIGNALS: tuple[Signal, ...] = (
    # those that seldom speak come first, those that cost most last: few pairs are weighed to the end
    Signal("copied", 2.7, copied, "the sentence stands in both reports"),
    Signal("denial", 2.0, denial, "one denies what the other asserts"),
    Signal("quotation", 1.0, quotation, "the sentences share a quotation"),
    Signal("place", 0.5, places, "place: same, different"),
    Signal("type", 1.8, same_type, "event type: same, neighbouring, other"),
    Signal("other-actor", 1.6, other_actor, "actors of other codes", most=0.0),
    Signal("other-recipient", 0.1, other_recipient, "recipients of other codes", most=0.0),
    Signal("realis", 1.1, realis, "done against planned, asked for or possible", most=0.0),
    Signal("together", 2.0, together, "one sentence or one report tells both", most=0.0),
    Signal("date", 2.3, dates, "date intervals: same day, overlapping, apart"),
    Signal("actor", 1.1, actors, "actors: name, code, sector"),
    Signal("recipient", 0.9, recipients, "recipients: name, code, sector"),
    Signal("mode", 1.6, same_mode, "mode: same, different"),
    Signal("trigger", 1.1, trigger, "trigger: same word, row or meaning"),
    Signal("roles", 2.0, roles, "actor and recipient changed places", most=0.0),
    Signal("reports", 0.6, reports, "the reports have little in common", most=0.0),
    Signal("affair", 0.2, affair, "reports of one affair tell the same act"),
    Signal("text", 2.3, text, "words of the sentences, weighed by rarity"),
)
BASE = -3.7  # what must be outweighed
SLIGHT = 0.05  # what adds less is no reason
TO_COME = tuple(  # what the signals after each may add at most; a hair more, for rounding
    1e-9 + math.fsum(later.weight * later.most for later in SIGNALS[place:])
    for place in range(1, len(SIGNALS) + 1)
)


def score(pair: Pair, least: float = -math.inf) -> float | None:
    """Return the weighted sum of all signals: above 0 two statements rather denote one event.

    None as soon as it is sure that the sum stays below ``least``.
    """
    parts = [BASE]
    so_far = BASE
    for signal, rest in zip(SIGNALS, TO_COME, strict=True):
        value = signal.value(pair)
        if value:
            parts.append(signal.weight * value)
            so_far += parts[-1]
        if so_far + rest < least:
            return None
    return math.fsum(parts)


def likeness(pair: Pair, least: float = 0.0) -> float:
    """Return the score as a number between 0 and 1; 0.5 is the border. What stays below ``least`` is 0."""
    found = score(pair, math.log(least / (1.0 - least)) if least > 0 else -math.inf)
    return 0.0 if found is None else 1.0 / (1.0 + math.exp(-found))


def reasons(pair: Pair) -> tuple[str, ...]:
    """Return the signals that spoke, with what they added, strongest first: ``date:+1.50``."""
    spoke = [(signal.name, signal.weight * signal.value(pair)) for signal in SIGNALS]
    why = sorted((s for s in spoke if abs(s[1]) >= SLIGHT), key=lambda s: (-abs(s[1]), s[0]))
    return tuple(f"{name}:{value:+.2f}" for name, value in why)
