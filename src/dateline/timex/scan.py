"""Find where rules match: normalise, prefilter with one pattern, then read left to right."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.timex import (
    rules_absolute,
    rules_clock,
    rules_fiscal,
    rules_names,
    rules_periods,
    rules_relative,
    rules_years,
    values,
)
from dateline.timex.fragments import (
    CARDINALS,
    HOLIDAYS,
    MONTHS,
    ORDINALS,
    OTHER_MONTHS,
    PARTS,
    QUANTIFIERS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    Rule,
    anonymous,
    either,
)
from dateline.timex.model import Context, Reading
from dateline.timex.tables import rows

# Order decides between readings of the same length; otherwise the longest reading wins.
GRAMMAR: tuple[tuple[Rule, ...], ...] = (
    rules_absolute.RULES,
    rules_years.RULES,
    rules_names.RULES,
    rules_fiscal.RULES,
    rules_relative.RULES,
    rules_periods.RULES,
    rules_clock.RULES,
)

_WINDOW = 48  # the longest run of words before the word that the prefilter finds
_QUARTERS = {
    "the third-quarter loss",
    "quarter of year",
    "this year's quarter",
    "quarter of this year",
    "the quarter",
    "this quarter",
    "Q3 2014",
    "2014 Q3",
}
_NO_MENTION = {"reference", "nine eleven"}
_SPACES = {0x09: " ", 0x0D: " ", 0xA0: " ", 0x2009: " ", 0x202F: " ", 0x2007: " ", 0x3000: " "}
_SIGNS = {
    0x2019: "'",
    0x2018: "'",
    0x02BC: "'",
    0x0060: "'",
    0x2010: "-",
    0x2011: "-",
    0x2012: "-",
    0x2013: "-",
    0x2212: "-",
}
_OPENERS = [word for word, kind in rows("openers", 2) if kind != "head"]
_HEADS = [word for word, kind in rows("openers", 2) if kind != "opener"]
_LINE = re.compile(r"(?<=[^\n])\n(?=[^\n])")


@dataclass(frozen=True, slots=True)
class Found:
    """One reading with its place; ``rule`` is the name of the row of the grammar."""

    start: int
    end: int
    rule: str
    reading: Reading


def normalise(text: str) -> str:
    """Return a lower-case view of the same length, with plain blanks, hyphens and apostrophes.

    A single line break counts as a blank, since texts are wrapped; an empty line does not.
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return _LINE.sub(" ", low.translate(_SPACES | _SIGNS))


@functools.cache
def prefilter() -> re.Pattern[str]:
    """Return the pattern of the words and figures without which no rule matches."""
    words = {
        *MONTHS,
        *WEEKDAYS,
        *UNITS,
        *SEASONS,
        *PARTS,
        *HOLIDAYS,
        *OTHER_MONTHS,
        *_HEADS,
        *rules_periods.SETS,
        *rules_names.REFERENCES,
        *(f"{day}s" for day in WEEKDAYS),
    }
    heads = either(word.split()[0] for word in words - {"the past", "the future"})
    figures = (
        r"\d{4}|\d{3}0'?s|\d\d?[:/.]\d\d|\d\d? ?[ap]\.?m|'?\d0'?s|'\d\d|\d\d?(?:st|nd|rd|th)"
        r"|[qh][1-4]|fy ?\d\d|\d\d?-\w{3}|\d\d? (?:o'clock|in the|at night)|past|future"
    )
    return re.compile(rf"(?<!\w)(?:{heads}|{figures})")


@functools.cache
def openers() -> re.Pattern[str]:
    """Return the pattern of the words and figures with which an expression may begin."""
    words = {
        *_OPENERS,
        *MONTHS,
        *WEEKDAYS,
        *UNITS,
        *SEASONS,
        *PARTS,
        *HOLIDAYS,
        *OTHER_MONTHS,
        *CARDINALS,
        *ORDINALS,
        *QUANTIFIERS,
        *rules_periods.SETS,
        *rules_names.REFERENCES,
    }
    words |= {f"{day}s" for day in WEEKDAYS}
    firsts = either(re.split(r"[ -]", word)[0] for word in words)
    return re.compile(rf"(?<!\w)(?:{firsts}(?!\w)|\d|fy\d)")


@functools.cache
def _anything() -> re.Pattern[str]:
    return _any_of([rule for rules in GRAMMAR for rule in rules])


@functools.cache
def _groups() -> tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...]:
    return tuple((_any_of(rules), rules) for rules in GRAMMAR)


def _any_of(rules: list[Rule] | tuple[Rule, ...]) -> re.Pattern[str]:
    return re.compile("|".join(anonymous(rule.pattern.pattern) for rule in rules))


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Return every compiled pattern of the scan with its name, for the tests of speed."""
    yield "prefilter", prefilter()
    yield "openers", openers()
    yield "anything", _anything()
    for rules in GRAMMAR:
        for rule in rules:
            yield rule.name, rule.pattern


def _windows(low: str) -> Iterator[tuple[int, int]]:
    """Return the stretches in which an expression may begin, merged where they touch."""
    start = end = -1
    for match in prefilter().finditer(low):
        if match.start() - _WINDOW > end:
            if end >= 0:
                yield start, end
            start = max(0, match.start() - _WINDOW)
        end = match.end()
    if end >= 0:
        yield start, end


def scan(context: Context) -> list[Found]:
    """Return the readings of a text in order, none overlapping."""
    found: list[Found] = []
    position = 0
    for start, end in _windows(context.low):
        position = max(position, start)
        while position < end and (word := openers().search(context.low, position, end)):
            hit = _read(context, word.start())
            if hit is None:
                position = word.end()
                continue
            found.append(hit)
            _remember(context, hit)
            position = max(hit.end, word.end())
    return found


def _read(context: Context, position: int) -> Found | None:
    """Return the longest reading that begins at a word; rules may refuse."""
    if _anything().match(context.low, position) is None:
        return None
    matches = [
        (match, rule)
        for pattern, rules in _groups()
        if pattern.match(context.low, position)
        for rule in rules
        if (match := rule.pattern.match(context.low, position))
    ]
    matches.sort(key=lambda pair: -pair[0].end())
    for match, rule in matches:
        context.at = match.span()
        reading = rule.action(match, context)
        if reading is not None:
            start = match.start() if reading.start is None else reading.start
            end = match.end() if reading.end is None else reading.end
            return Found(start, end, rule.name, reading)
    return None


def _remember(context: Context, hit: Found) -> None:
    """Keep the date mentioned last, and the last quarter, for "that day" and "a year earlier"."""
    value = hit.reading.value
    if hit.reading.type not in ("DATE", "TIME") or hit.rule in _NO_MENTION:
        return
    if values.interval(value) is None or "impossible" in hit.reading.flags:
        return
    context.last = value
    if values.granularity(value) in ("day", "time"):
        context.day = value
    if hit.rule in _QUARTERS and re.fullmatch(r"\d{4}-Q\d", value):
        context.quarter = value
