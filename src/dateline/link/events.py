"""Events: the statements, across reports, that denote one happening."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from numpy.typing import NDArray

from dateline.link import blocks, clusters, signals, stories
from dateline.link.reading import Ordered
from dateline.link.statements import Statement

LIMIT = 60  # statements in a block that are all compared with each other
SAME_EVENT = 0.6  # mean likeness at which statements are one event
DENIED = 0.25  # likeness at which who only denies is taken to answer an assertion
SURE = 0.6  # likeness at which one link is enough for what a single report tells alone
NO_LINK = 0.05  # a likeness below this is not kept
WEEK = 7
NOBODY = "-"
RUNGS = 5  # of the longest ladder
HEAVY_WORDS = 4  # words of a report by which its acts are found
REMEMBERED = 1 << 16  # pairs of reports whose likeness is kept: pairs of statements come report by report


@dataclass(frozen=True, slots=True)
class EventLink:
    """Two statements (by number), and how likely they denote one event."""

    one: int
    other: int
    likeness: float


class Shared(Protocol):
    """Says which sentences two reports share, by their starts; None when neither copies the other."""

    def get(self, ends: tuple[int, int]) -> frozenset[tuple[int, int]] | None:
        """Return the pairs of (start of sentence, start of sentence) that are one text."""


def ladders(one: Statement, reading: Ordered, told: stories.Vector) -> Iterator[tuple[str, ...]]:
    """Yield the keys by which a statement is found, coarse to fine: for each party's code, and for words.

    Parties are misread, or only one side is named; so acts of one type meet also where the heaviest words of
    their reports (``told`` are the words of ``reading``) are the same. So do types that one act is told as.
    """
    week = "undated" if reading.day is None else f"w{reading.day // WEEK}"
    for word in told.heaviest[:HEAVY_WORDS]:
        for kind in (one.event, *signals.retold_as(one.event, one.mode)):
            yield f"{kind}/{word}", f"{kind}/{word}|{week}"
    codes = one.codes or (f"{NOBODY}{one.trigger}",)
    for code in codes:
        beside = "+".join(c for c in codes if c != code)
        for stretch in _stretches(one):
            base = f"{code}|{one.family}"
            timed = [f"{base}|{part}" for part in stretch]
            fine = f"{timed[-1]}|{beside}"
            yield base, *timed, fine, f"{fine}|{one.event}|{one.trigger}"


def _stretches(one: Statement) -> Iterator[tuple[str, ...]]:
    """Yield the stretches of time a statement falls into: year, then week (in two overlapping counts)."""
    if one.days is None:
        yield ("undated",)
        return
    first, last = one.days
    middle = (first + last) // 2
    year, half = f"y{middle // 366}", f"y{(middle + 183) // 366}h"
    if last - first > WEEK:
        yield (year,)
        return
    yield year, f"{year}w{middle // WEEK}"
    yield half, f"{half}w{(middle + WEEK // 2) // WEEK}h"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the signals of two statements rest on, beside the statements: the reports.

    ``vectors`` are those of the reports; ``shared`` gives, for two reports of which one copies the other,
    the pairs of (start of sentence, start of sentence) that are one text.
    """

    statements: Sequence[Statement]
    vectors: Sequence[stories.Vector]
    shared: Shared
    alike: dict[tuple[int, int], float] = field(default_factory=dict)

    def pair(self, a: int, b: int) -> signals.Pair:
        """Return two statements (by number) with what the signals ask of their reports."""
        one, other = self.statements[a], self.statements[b]
        ends = (min(one.report, other.report), max(one.report, other.report))
        return signals.Pair(one, other, partial(self.likeness, ends), _copied(one, other, ends, self.shared))

    def likeness(self, ends: tuple[int, int]) -> float:
        """Return how alike two reports (by number) are."""
        if ends not in self.alike:
            if len(self.alike) >= REMEMBERED:
                self.alike.clear()
            self.alike[ends] = stories.cosine(self.vectors[ends[0]], self.vectors[ends[1]])
        return self.alike[ends]


def keys(one: Statement, reading: Ordered, told: stories.Vector) -> NDArray[Any]:
    """Return the ladders of a statement as numbers, one row a ladder."""
    return blocks.hashed(ladders(one, reading, told), RUNGS)


def links(
    found: Sequence[NDArray[Any]], evidence: Evidence, known: Iterable[EventLink] = (),
    new: Sequence[bool] | None = None,
) -> list[EventLink]:  # fmt: skip
    """Return the pairs of statements that may denote one event, in order.

    ``found`` are the :func:`keys` of the statements. With ``new`` only pairs with a new statement are
    weighed; of the ``known`` links those are kept that are still compared.
    """
    used = blocks.blocks(found, LIMIT)
    kept = [link for link in known if used.meet(link.one, link.other)]
    statements = evidence.statements
    for a, b in used.pairs(new):
        if hopeless(statements[a], statements[b]):
            continue
        likeness = signals.likeness(evidence.pair(a, b), NO_LINK)
        if likeness >= NO_LINK:
            kept.append(EventLink(a, b, likeness))
    return sorted(kept, key=lambda k: (k.one, k.other))


def hopeless(one: Statement, other: Statement) -> bool:
    """Tell cheaply that two statements cannot be one event: far apart in time, or told in one breath."""
    if one.report == other.report and one.start == other.start:
        return True
    if one.days is None or other.days is None:
        return False
    gap = max(one.days[0], other.days[0]) - min(one.days[1], other.days[1])
    if one.dated and other.dated:
        return gap > signals.MONTH
    return gap > 2 * signals.MONTH and one.current and other.current


def _copied(one: Statement, other: Statement, ends: tuple[int, int], shared: Shared) -> bool:
    pairs = shared.get(ends)
    if not pairs or one.report == other.report:
        return False
    first, second = (one, other) if one.report == ends[0] else (other, one)
    return (first.sentence.start, second.sentence.start) in pairs


def cluster(found: Sequence[EventLink], denied: Sequence[bool], report_of: Sequence[int]) -> list[list[int]]:
    """Return the events as lists of statement numbers.

    ``denied`` says which statements deny, ``report_of`` from which reports they are.
    """
    groups = clusters.cluster(len(denied), [(k.one, k.other, k.likeness) for k in found], SAME_EVENT)
    return _misread(_answered(groups, found, denied), found, report_of)


def _answered(groups: list[list[int]], found: Sequence[EventLink], denied: Sequence[bool]) -> list[list[int]]:
    """Join those who only deny to the event of the assertion that they are most like.

    A denial answers one report of the act, often in other words than the rest use ("had not blocked the
    aid"), so it is not measured by the mean of all.
    """
    denying = [all(denied[s] for s in group) for group in groups]
    return _join(groups, found, DENIED, lambda one, other: denying[one] and not denying[other])


def _misread(
    groups: list[list[int]], found: Sequence[EventLink], report_of: Sequence[int]
) -> list[list[int]]:
    """Join what one report tells alone to an event of several other reports that it is surely like in one.

    A report tells an act once or twice, and where a party, a type or a date is misread there, some links are
    weak; the mean of all would keep it out.
    """
    reports = [{report_of[s] for s in group} for group in groups]
    return _join(
        groups, found, SURE,
        lambda one, other: len(reports[one]) == 1 < len(reports[other]) and not reports[one] & reports[other],
    )  # fmt: skip


def _join(
    groups: list[list[int]], found: Sequence[EventLink], least: float, may: Callable[[int, int], bool]
) -> list[list[int]]:
    """Join each group (by number) that may join others to that of its strongest link of at least ``least``.

    What others join must not join anything itself.
    """
    home = {s: number for number, group in enumerate(groups) for s in group}
    best: dict[int, tuple[float, int]] = {}
    for link in found:
        for one, other in ((home[link.one], home[link.other]), (home[link.other], home[link.one])):
            if link.likeness >= least and one != other and may(one, other):
                best[one] = max(best.get(one, (0.0, 0)), (link.likeness, -other))
    joined = {-other: [*groups[-other]] for _, other in best.values()}
    for one, (_, other) in best.items():
        joined[-other] += groups[one]
    return sorted(sorted(joined.get(n, group)) for n, group in enumerate(groups) if n not in best)
