"""Figures in reports: how many dead, injured, arrested, and who says so. Kept per source, never averaged.

A figure is an interval: "at least 11" has no upper end, "about 30" leaves room on both sides. Two figures
conflict when their intervals do not meet.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline import tables
from dateline.link import words
from dateline.records import Span

FIGURE_COLUMNS = ("what", "words", "example")
MANY = 10**9
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
VAGUE = {"dozens": (24, 99), "scores": (40, 199), "hundreds": (200, 999), "thousands": (2000, 9999)}
SCALE = {"hundred": 100, "thousand": 1000, "million": 1000000, "dozen": 12}
LEAST = ("at least", "no fewer than", "no less than", "more than", "over", "upwards of", "well over")
MOST = ("up to", "as many as", "at most", "no more than", "fewer than", "less than", "under")
ABOUT = (
    "about",
    "around",
    "some",
    "roughly",
    "nearly",
    "almost",
    "approximately",
    "an estimated",
    "close to",
)
ROUGHLY = 0.15  # how far "about" reaches on either side
AFTER, BEFORE = 12, 5  # words between a number and what it counts
NUMBER_WORD = "|".join([*UNITS[1:], *TENS, "hundred", "thousand", "dozen", *VAGUE])
NUMBER = re.compile(
    rf"\b(?P<how>{'|'.join((*LEAST, *MOST, *ABOUT))})?\s*(?<![\d.,$€£-])"
    rf"\b(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+|(?:a\s+)?(?:{NUMBER_WORD})(?:[\s-](?:and\s)?(?:{NUMBER_WORD}))*)\b"
    r"(?![\d.,]*\d)(?!\s*(?:%|percent|per cent|million|billion|euros?|dollars?|years?|hours?|days?|months?"
    r"|weeks?|kilomet|km\b|miles?|a\.m|p\.m|o'clock|°|and a half))",
    re.IGNORECASE,
)
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
)
MONTH = re.compile(rf"\s+(?:{MONTHS})\b")
NUMBERED = re.compile(rf"\b(?:{MONTHS}|aged?|[Rr]esolution|[Aa]rticle|[Nn]umber|No\.)\s$")
NOT_A_COUNT = re.compile(
    rf"(?:\b(?:in|since|by|until|from|of|{MONTHS})\s|[,–-]\s?)$",
    re.IGNORECASE,
)
WORDS = re.compile(r"[\w'’-]+")
# To whom more may happen than that they march.
MARCHERS = frozenset({"demonstrators", "protesters", "marchers", "strikers", "rioters"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of something in a text: what is counted and by which word (its stem), the number as said, the
    interval it gives, and its words.
    """

    what: str
    cue: str
    said: int
    low: int
    high: int
    span: Span

    def conflicts(self, other: Figure) -> bool:
        """Tell whether two figures of one thing cannot both be true."""
        return self.low > other.high or other.low > self.high


def conflict(found: Sequence[Figure]) -> bool:
    """Tell whether two figures of one thing cannot both be true."""
    pairs = itertools.combinations(found, 2)
    return any(a.what == b.what and a.conflicts(b) for a, b in pairs)


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = tables.read("lexicon/en/figures.tsv", FIGURE_COLUMNS)
    what = {word: row["what"] for row in rows for word in tables.alternatives(row["words"])}
    longest_first = sorted(what, key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE), what


@lru_cache(maxsize=1 << 17)
def find(sentence: Span) -> tuple[Figure, ...]:
    """Return the figures of a sentence, in order; positions are those of the report."""
    return tuple(_find(sentence))


def _find(sentence: Span) -> Iterator[Figure]:
    pattern, what = _cues()
    text = sentence.text
    cues = [(m.start(), m.end(), what[m[0].lower()]) for m in pattern.finditer(text)]
    numbers = [m for m in NUMBER.finditer(text) if _counts(text, m)] if cues else []
    taken: set[int] = set()
    for match in numbers:
        found = _counted(text, match, cues, numbers, taken)
        value = _value(match)
        if found is None or value is None:
            continue
        taken.add(found[0])
        start = sentence.start + match.start() + len(match[0]) - len(match[0].lstrip())
        end = sentence.start + match.end()
        cue = words.stem(text[found[0] : found[1]].split()[0])
        yield Figure(
            found[2],
            cue,
            _said(match, value),
            *value,
            Span(start, end, text[start - sentence.start : match.end()]),
        )


def _counts(text: str, match: re.Match[str]) -> bool:
    """Tell a count from a year, a day of the month, an age or an article's number."""
    number = match["number"]
    before, after = text[: match.start("number")], text[match.end() :]
    if number.lower() == "one" and re.search(r"\b(?:no|any|every|this|that|the)\s*$", before, re.IGNORECASE):
        return False
    if match["how"] or not number.isdigit():
        return True
    if len(number) == 4 and number[0] in "12":
        return bool(re.match(r"\s+[a-z]", after)) and not NOT_A_COUNT.search(before)
    return not (NUMBERED.search(before) or MONTH.match(after))


def _counted(
    text: str, match: re.Match[str], cues: list[tuple[int, int, str]],
    numbers: list[re.Match[str]], taken: set[int],
) -> tuple[int, int, str] | None:  # fmt: skip
    """Return the cue that a number belongs to: right before it, else the next one after, else before."""
    start, end = match.start(), match.end()
    right_before = [c for c in cues if c[1] <= start and not text[c[1] : start].strip(" \n")]
    near = [
        c
        for c in cues
        if c[1] <= start and _between(text, c[1], start) <= 2 and "," not in text[c[1] : start]
    ]
    others = [n.start() for n in numbers if n.start() > start]
    limit = min(others, default=len(text))
    after = [
        c for c in cues if end <= c[0] and _between(text, end, c[0]) <= AFTER and c[0] < limit
        and not re.search(r"[.;:]", text[end : c[0]])
    ]  # fmt: skip
    if len(after) > 1 and text[slice(*after[0][:2])].lower() in MARCHERS and after[1][2] != after[0][2]:
        after = after[1:]  # "110 demonstrators had been locked up"
    before = [c for c in cues if c[1] <= start and _between(text, c[1], start) <= BEFORE]
    free_near = [c for c in near if c[0] not in taken]
    for choice in (
        right_before[-1:],
        free_near[-1:] if not _adjacent(text, end, after) else [],
        after[:1],
        before[-1:],
    ):
        if choice:
            return choice[0]
    return None


def _adjacent(text: str, end: int, after: list[tuple[int, int, str]]) -> bool:
    return bool(after) and _between(text, end, after[0][0]) == 0


def _between(text: str, start: int, end: int) -> int:
    return len(WORDS.findall(text[start:end]))


def _said(match: re.Match[str], value: tuple[int, int]) -> int:
    number = match["number"].lower().replace(",", "")
    return int(number) if number.isdigit() else _spelled(number) or value[0]


def _value(match: re.Match[str]) -> tuple[int, int] | None:
    """Return the interval that a number expression gives."""
    number = match["number"].lower().replace(",", "")
    how = (match["how"] or "").lower()
    if number in VAGUE:
        return VAGUE[number]
    count = int(number) if number.isdigit() else _spelled(number)
    if count is None or count > MANY:
        return None
    if how in LEAST:
        return count, MANY
    if how in MOST:
        return 0, count
    if how in ABOUT:
        return round(count * (1 - ROUGHLY)), round(count * (1 + ROUGHLY))
    return count, count


def _spelled(text: str) -> int | None:
    total = 0
    for word in re.split(r"[\s-]+", text.removeprefix("a ")):
        if word in UNITS:
            total += UNITS.index(word)
        elif word in TENS:
            total += 10 * (TENS.index(word) + 2)
        elif word in SCALE:
            total = max(total, 1) * SCALE[word]
        elif word != "and":
            return None
    return total
