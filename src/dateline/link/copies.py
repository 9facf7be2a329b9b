"""Copies: which report reprints which, wholly or in passages, and where a text comes from.

Candidates are found by MinHash (64 bands of 2) over shingles of three content words, and by shared
shingles from a fixed sample, which still meet when a text was cut and shuffled. A candidate is verified
sentence by sentence: how much of the shorter report's text stands, word for word or nearly, in the other.
Words in quotation marks are left out, since two independent reporters may quote one spokesman.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy
from numpy.typing import NDArray

from dateline import tables
from dateline.link import blocks, stories, words
from dateline.link.reading import Reading

BANDS, ROWS = 64, 2
SHINGLE = 3  # content words
SAMPLE = 4  # one shingle in so many is also a key of its own
MEETINGS = 3  # so many shared sampled shingles make a candidate
MIXER = 0x9E3779B97F4A7C15
TOO_COMMON = 40  # a shingle in more reports than this is a set phrase, not a passage
SHORT = 4  # a sentence of fewer content words cannot show copying
SHARED_SENTENCE = 0.62  # weight of a sentence's words found in one sentence of the other report
IN_ORDER = 0.34  # share of its word pairs that stand there as neighbours too
COPY = 0.30  # share of the shorter report's weight in shared sentences that makes it a copy
LEAST_SENTENCES = 2
PASSAGE = 10  # content words of a sentence that may by itself show that it was taken over,
PASSAGE_SHARED, PASSAGE_ORDER = 0.65, 0.5  # the share of its weight in common, of its neighbours in order,
PASSAGE_SUM = 1.25  # and what both must come to
SHORT_PASSAGE = 6  # a sentence of fewer content words than PASSAGE shows it only word for word
VERBATIM_SHARED, VERBATIM_ORDER = 0.95, 0.8
HEAD, TAIL = 400, 250  # characters in which credit lines are looked for
QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?")
AGENCY_COLUMNS = ("name", "aliases", "example")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without its quotations: its content stems in order, and what they weigh together."""

    number: int
    stems: tuple[str, ...]
    weight: float

    @property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """Return the pairs of stems that stand side by side."""
        return frozenset(itertools.pairwise(self.stems))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a report is compared by: sentences, keys for candidates, and the agency it credits."""

    sentences: tuple[Sentence, ...]
    bands: NDArray[Any]
    sample: NDArray[Any]
    credit: str | None


class Keyed(Protocol):
    """What candidates are found by, and the agency that is credited."""

    @property
    def bands(self) -> NDArray[Any]:
        """One number a band of the MinHash."""

    @property
    def sample(self) -> NDArray[Any]:
        """The shingles of the fixed sample."""

    @property
    def credit(self) -> str | None:
        """The agency that the report credits."""


@dataclass(frozen=True, slots=True)
class Copy:
    """``report`` takes text from ``source`` (numbers of reports): how much of it, and why we say so.

    ``passage`` is true when it takes a sentence or two into a text of its own, and is no copy as a whole.
    """

    report: int
    source: int
    share: float
    sentences: int
    credit: str | None = None
    passage: bool = False

    @property
    def ends(self) -> tuple[int, int]:
        """The two reports, the smaller number first."""
        return min(self.report, self.source), max(self.report, self.source)

    @property
    def why(self) -> tuple[str, ...]:
        """Why we say so: how much is shared, and whom the report credits."""
        credited = (f"credit:{self.credit}",) if self.credit else ()
        return f"shared-text:{self.share:.2f}", f"shared-sentences:{self.sentences}", *credited


# -- fingerprints -----------------------------------------------------------------------------------------


def fingerprint(reading: Reading) -> Fingerprint:
    """Return what a report is compared by."""
    unquoted = [QUOTED.sub(" ", span.text) for span in reading.sentences]
    stems = [words.content(text) for text in unquoted]
    shingles = _shingles(stems)
    return Fingerprint(
        sentences=tuple(sentence(number, found) for number, found in enumerate(stems) if len(found) >= SHORT),
        bands=_bands(shingles),
        sample=shingles[shingles % SAMPLE == 0],
        credit=credit(reading.text),
    )


def sentence(number: int, stems: Sequence[str]) -> Sentence:
    """Return a sentence of the given content stems."""
    return Sentence(number, tuple(stems), math.fsum(map(words.rarity, stems)))


def _shingles(sentences: Sequence[Sequence[str]]) -> NDArray[Any]:
    """Return the sorted numbers of all runs of three content words inside a sentence."""
    found = {
        stories.code(" ".join(stems[i : i + SHINGLE]))
        for stems in sentences
        for i in range(len(stems) - SHINGLE + 1)
    }
    return numpy.array(sorted(found), dtype=numpy.uint64)


@cache
def _permutations() -> tuple[NDArray[Any], NDArray[Any]]:
    numbers = numpy.random.Generator(numpy.random.PCG64(20220907))
    size = (BANDS * ROWS, 1)
    factors = numbers.integers(1, 1 << 63, size=size, dtype=numpy.uint64) | numpy.uint64(1)
    return factors, numbers.integers(0, 1 << 63, size=size, dtype=numpy.uint64)


def _bands(shingles: NDArray[Any]) -> NDArray[Any]:
    """Return one number a band; two reports that have it in common share both of its least hashes."""
    if len(shingles) == 0:
        return numpy.zeros(0, dtype=numpy.uint64)
    factors, summands = _permutations()
    rows = (shingles * factors + summands).min(axis=1).reshape(BANDS, ROWS)  # arithmetic modulo 2**64
    mixed: NDArray[Any] = rows[:, 0]
    for column in range(1, ROWS):
        mixed = mixed * numpy.uint64(MIXER) ^ rows[:, column]
    return mixed


# -- credit lines -----------------------------------------------------------------------------------------


@cache
def _agencies() -> dict[str, str]:
    rows = tables.read("lexicon/en/agencies.tsv", AGENCY_COLUMNS)
    return {
        alias: row["name"] for row in rows for alias in (row["name"], *tables.alternatives(row["aliases"]))
    }


@cache
def _credit_patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(a) for a in sorted(_agencies(), key=lambda a: (-len(a), a)))
    in_dateline = rf"^[^\n]{{0,80}}?[(/\[](?P<name>{names})[)/\]]\s*[.:–—-]*"
    other = r"^[A-Z][^\n()]{1,60}\((?P<other>[A-Z][\w.&' ]{2,30})\)\s*(?:--|—|–|-)"
    at_end = rf"(?:[—–-]\s*|\(|\bSource: |\bBy )(?P<name>{names})\)?[.\s]*$"
    byline = rf"^(?:By |Source: )?(?:The )?(?P<name>{names})\s*$"
    at_top = (re.compile(p, re.MULTILINE) for p in (in_dateline, byline, other))
    return *at_top, re.compile(at_end)


def credit(text: str) -> str | None:
    """Return the agency that a report credits in its dateline, byline or last line, or None."""
    head, tail = text[:HEAD], text[-TAIL:]
    *at_top, at_end = _credit_patterns()
    for pattern, part in (*((p, head) for p in at_top), (at_end, tail)):
        match = pattern.search(part)
        if match is not None:
            groups = match.groupdict()
            found = groups.get("name") or groups.get("other") or ""
            return _agencies().get(found, found.strip())
    return None


# -- candidates and their verification --------------------------------------------------------------------


def candidates(prints: Sequence[Keyed]) -> list[tuple[int, int]]:
    """Return the pairs of reports (numbers, the smaller first) that may share text, in order."""
    found: set[tuple[int, int]] = set()
    banded = [n for n, one in enumerate(prints) if len(one.bands)]
    for band in range(BANDS if banded else 0):
        keys = numpy.array([prints[n].bands[band] for n in banded], dtype=numpy.uint64)
        for members in _groups(keys, numpy.array(banded)):
            found.update(blocks.within(members, blocks.LIMIT))
    sizes = [len(one.sample) for one in prints]
    if sum(sizes):
        keys = numpy.concatenate([one.sample for one in prints])
        owners = numpy.repeat(numpy.arange(len(prints)), sizes)
        meetings: Counter[tuple[int, int]] = Counter()
        for members in _groups(keys, owners):
            if len(members) <= TOO_COMMON:
                meetings.update(itertools.combinations(members, 2))
        found.update(pair for pair, count in meetings.items() if count >= MEETINGS)
    return sorted(found)


def _groups(keys: NDArray[Any], owners: NDArray[Any]) -> Iterator[list[int]]:
    """Yield the owners of each key that has several, in order."""
    order = numpy.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    edges = numpy.flatnonzero(numpy.concatenate(([True], keys[1:] != keys[:-1], [True])))
    for first, last in itertools.pairwise(edges.tolist()):
        if last - first > 1:
            yield owners[first:last].tolist()


def shared(one: Fingerprint, other: Fingerprint) -> list[tuple[int, int]]:
    """Return the pairs of sentence numbers (of the shorter report, of the longer) with one text."""
    holders: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in other.sentences:
        for found in set(sentence.stems):
            holders[found].append(sentence)
    pairs = []
    for sentence in one.sentences:
        best = _best(sentence, holders)
        if best is not None:
            pairs.append((sentence.number, best))
    return pairs


def _best(sentence: Sentence, holders: dict[str, list[Sentence]]) -> int | None:
    """Return the number of the sentence that holds most of this one, if it holds enough."""
    overlap: dict[int, float] = defaultdict(float)
    by_number: dict[int, Sentence] = {}
    for found, count in sorted(Counter(sentence.stems).items()):
        for other in holders.get(found, ()):
            overlap[other.number] += words.rarity(found) * min(count, other.stems.count(found))
            by_number[other.number] = other
    if not overlap:
        return None
    number = min(overlap, key=lambda n: (-overlap[n], n))
    other = by_number[number]
    alike = overlap[number] / max(sentence.weight, 1e-9) >= SHARED_SENTENCE
    order = len(sentence.neighbours & other.neighbours) / max(len(sentence.neighbours), 1)
    return number if alike and order >= IN_ORDER else None


def resemblance(sentence: Sentence, other: Fingerprint) -> float:
    """Return the largest share of a sentence's weight that stands in one sentence of another report."""
    counts = sorted(Counter(sentence.stems).items())
    overlaps = (
        math.fsum(words.rarity(s) * min(n, held.stems.count(s)) for s, n in counts)
        for held in other.sentences
    )
    return max(overlaps, default=0.0) / max(sentence.weight, 1e-9)


def compare(one: Fingerprint, other: Fingerprint) -> tuple[float, list[tuple[int, int]]]:
    """Return the share of the shorter report that stands in the other, and the shared sentences.

    The pairs are (number in ``one``, number in ``other``).
    """
    weights = [sum(s.weight for s in p.sentences) for p in (one, other)]
    swapped = weights[1] < weights[0]
    short, long = (other, one) if swapped else (one, other)
    pairs = shared(short, long)
    weight_of = {s.number: s.weight for s in short.sentences}
    share = sum(weight_of[number] for number, _ in pairs) / max(min(weights), 1e-9)
    return share, [(b, a) for a, b in pairs] if swapped else pairs


def find(
    readings: Sequence[Reading], prints: Sequence[Fingerprint], near: Iterable[tuple[int, int]] = (),
    keys: Sequence[Keyed] | None = None, known: Iterable[Copy] = (), new: Sequence[bool] | None = None,
) -> list[Copy]:  # fmt: skip
    """Return who takes text from whom, the later report from the earlier, in order of the pairs.

    ``near`` are further pairs, reports of one story, that are looked through for passages only. ``keys`` may
    be given where not all ``prints`` should be asked. With ``new`` only pairs with a new report are compared,
    and those known as copies whose shared text no longer makes them candidates.
    """
    likely = set(candidates(prints if keys is None else keys))
    before = {copy.ends: copy for copy in known}
    found = []
    for pair in sorted({*likely, *near}):
        if new is None or new[pair[0]] or new[pair[1]]:
            copy = _copy(readings, prints, pair, pair in likely)
        else:
            copy = before.get(pair)
            if copy is not None and not copy.passage and pair not in likely:
                copy = _copy(readings, prints, pair, likely=False)
        if copy is not None:
            found.append(copy)
    return found


def _copy(
    readings: Sequence[Reading], prints: Sequence[Fingerprint], pair: tuple[int, int], likely: bool
) -> Copy | None:
    """Return which of two reports takes text from the other; None if neither does."""
    one, other = pair
    share, pairs = compare(prints[one], prints[other])
    needed = min(LEAST_SENTENCES, len(prints[one].sentences), len(prints[other].sentences))
    copied = likely and share >= COPY and len(pairs) >= max(needed, 1)
    if not copied and not passages(prints[one], prints[other]):
        return None
    source, report = _direction(readings, prints, one, other)
    return Copy(report, source, share, len(pairs), prints[report].credit, passage=not copied)


def passages(one: Fingerprint, other: Fingerprint) -> list[tuple[int, int]]:
    """Return the pairs of sentences (by number) of which each shows by itself that it was taken over.

    Either may be the longer one: a sentence of the source may stand inside a longer one, or be cut.
    """
    pairs = {*shared(one, other), *((a, b) for b, a in shared(other, one))}
    return sorted(pair for pair in pairs if is_passage(one, other, *pair))


def is_passage(one: Fingerprint, other: Fingerprint, first: int, second: int) -> bool:
    """Tell whether two sentences (by number) are too alike, for their length, to be so by chance."""
    sides = [next(s for s in p.sentences if s.number == n) for p, n in ((one, first), (other, second))]
    short, long = sorted(sides, key=lambda s: (s.weight, s.stems))
    if len(short.stems) < SHORT_PASSAGE:
        return False
    held = math.fsum(
        words.rarity(s) * min(n, long.stems.count(s)) for s, n in sorted(Counter(short.stems).items())
    )
    order = len(short.neighbours & long.neighbours) / max(len(short.neighbours), 1)
    share = held / max(short.weight, 1e-9)
    if len(short.stems) < PASSAGE:
        return share >= VERBATIM_SHARED and order >= VERBATIM_ORDER
    return share >= PASSAGE_SHARED and order >= PASSAGE_ORDER and share + order >= PASSAGE_SUM


def _direction(
    readings: Sequence[Reading], prints: Sequence[Fingerprint], one: int, other: int
) -> tuple[int, int]:
    """Return (source, copy): the agency's own text first, then the earlier report, then the longer."""

    def rank(number: int) -> tuple[bool, str, int, str]:
        reading, credited = readings[number], prints[number].credit
        own = credited is not None and same_outlet(credited, reading.outlet)
        return not own, reading.moment, -len(reading.text), reading.id

    first, second = sorted((one, other), key=rank)
    return first, second


def same_outlet(agency: str, outlet: str) -> bool:
    """Tell whether an outlet's name is that of an agency ("North Wire", "northwire.example")."""
    names = [re.sub(r"[^a-z0-9]", "", words.fold(name)) for name in (agency, outlet)]
    return bool(names[0]) and (names[0] in names[1] or (bool(names[1]) and names[1] in names[0]))
