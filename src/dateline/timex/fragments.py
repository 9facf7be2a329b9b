"""Pattern fragments built from the tables, number words, and the compiler of rule patterns.

In a pattern ``<MONTH>`` stands for a fragment; a fragment with a digit (``<MONTH2>``) is the same
one with its group renamed (``month2``). A blank stands for one to three blanks. Every repetition
is bounded, so that no pattern can grow beyond a constant number of steps at a position.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dateline.timex import tables
from dateline.timex.model import Context, Reading

Action = Callable[[re.Match[str], Context], Reading | None]


def either(words: Iterable[str]) -> str:
    """Return an alternation of literal words, the longest first among those with one first letter.

    Grouping by the first letter keeps the matcher from trying every word at every place.
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    groups: dict[str, list[str]] = {}
    for word in ordered:
        groups.setdefault(word[0], []).append(_literal(word[1:]))
    return "(?:" + "|".join(f"{_literal(first)}(?:{'|'.join(rest)})" for first, rest in groups.items()) + ")"


def _literal(word: str) -> str:
    return re.escape(word).replace(r"\ ", " ")


_MONTH_ROWS = tables.rows("months", 4)
_DAY_ROWS = tables.rows("weekdays", 3)
_UNIT_ROWS = tables.rows("units", 4)

MONTHS = {name: int(n) for full, n, short, _ in _MONTH_ROWS for name in (full, *tables.names(short))}
MONTH_WORDS = frozenset(full for full, _, _, word in _MONTH_ROWS if word)
FULL_MONTHS = [full for full, *_ in _MONTH_ROWS]
WEEKDAYS = {name: int(n) for full, n, short in _DAY_ROWS for name in (full, *tables.names(short))}
FULL_WEEKDAYS = [full for full, *_ in _DAY_ROWS]
UNITS = {
    name: (code, int(factor))
    for word, plural, code, factor in _UNIT_ROWS
    for name in (word, *tables.names(plural))
}
PLURALS = {name for _, plural, *_ in _UNIT_ROWS for name in tables.names(plural)}
CARDINALS = {word: int(value) for word, value in tables.pairs("numbers").items()}
ORDINALS = {word: int(value) for word, value in tables.pairs("ordinals").items()}
QUANTIFIERS = tables.pairs("quantifiers")
SEASONS = {word: code for word, code, *_ in tables.rows("seasons", 4)}
PARTS = tables.pairs("parts_of_day")
HOLIDAYS = {
    name: (rule, tuple(flags.split()))
    for cell, rule, flags in tables.rows("holidays", 3)
    for name in tables.names(cell)
}
OTHER_MONTHS = {
    name: (calendar, int(number))
    for calendar, number, cell in tables.rows("calendars", 3)
    for name in tables.names(cell)
}

_CARDINAL = either(CARDINALS)
_WORDS = rf"{_CARDINAL}(?:[ -]{_CARDINAL}){{0,3}}"
_FIGURES = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,4}(?:\.\d{1,2})?(?:[ -]\d/\d)?)"
_DOTTED = r"(?:" + either(set(MONTHS) - set(FULL_MONTHS)) + r"\.?)"

FRAGMENTS = {
    "MONTH": rf"(?P<month>{either(FULL_MONTHS)}|{_DOTTED})",
    "FULLMONTH": rf"(?P<month>{either(FULL_MONTHS)}|(?:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)\.)",
    "WEEKDAY": rf"(?P<weekday>{either(FULL_WEEKDAYS)})",
    "ANYDAY": rf"(?P<weekday>{either(WEEKDAYS)})\.?",
    "DAY": r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?",
    "YEAR": r"(?P<year>(?:1[4-9]|20)\d\d)",
    "NUM": rf"(?P<num>{_FIGURES}|{_WORDS}|{either(QUANTIFIERS)})(?P<half>[ -]and[ -]a[ -]half)?",
    "UNIT": rf"(?P<unit>{either(UNITS)})",
    "ONEUNIT": rf"(?P<unit>{either(set(UNITS) - PLURALS)})",
    "UNITS": rf"(?P<unit>{either(PLURALS)})",
    "ORDINAL": rf"(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{either(ORDINALS)})",
    "CARDINAL": rf"(?P<cardinal>{_WORDS})",
    "SEASON": rf"(?P<season>{either(SEASONS)})",
    "PART": rf"(?P<part>{either(PARTS)})",
    "HOLIDAY": rf"(?P<holiday>{either(HOLIDAYS)})",
    "OTHERMONTH": rf"(?P<month>{either(OTHER_MONTHS)})",
    "QUARTER": r"(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th)",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the grammar: a name, a compiled pattern, and the function that reads a match."""

    name: str
    pattern: re.Pattern[str]
    action: Action


def rule(name: str, pattern: str, action: Action) -> Rule:
    """Compile one row of a grammar table."""
    return Rule(name, re.compile(expand(pattern) + r"(?!\w)"), action)


def expand(pattern: str) -> str:
    """Put the fragments into a pattern and make its blanks flexible."""
    filled = re.sub(r"(?<!\?P)<([A-Z]+)(\d?)>", _fragment, pattern)
    optional = re.sub(r"(?<!\[) \?", " {0,3}", filled)
    return "(?:" + re.sub(r"(?<!\[) (?![-{])", " {1,3}", optional) + ")"


def _fragment(match: re.Match[str]) -> str:
    source = FRAGMENTS[match[1]]
    return re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{match[2]}>", source)


def anonymous(pattern: str) -> str:
    """Return a pattern without group names, for use inside a larger alternation."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def number(words: str) -> float | None:
    """Return the amount of a ``<NUM>`` match (``two hundred``, ``5 1/2``); None for "several".

    Raises nothing: words that are no number give None as well.
    """
    words = re.sub(r"\s+", " ", words)
    if words in QUANTIFIERS:
        return None if QUANTIFIERS[words] == "X" else float(QUANTIFIERS[words])
    if words[0].isdigit():
        return _figures(words)
    return float(cardinal(words))


def _figures(words: str) -> float | None:
    whole, *fraction = re.split(r"[ -]", words.replace(",", ""))
    value = float(whole)
    if fraction:
        upper, lower = fraction[0].split("/")
        if lower == "0":
            return None
        value += int(upper) / int(lower)
    return value


def cardinal(words: str) -> int:
    """Add up cardinal words: "two hundred five" is 205, "nineteen ninety-six" is 115."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words):
        value = CARDINALS.get(word, 0)
        if value < 100:
            part += value
        elif value == 100:
            part = max(part, 1) * 100
        else:
            total, part = total + max(part, 1) * value, 0
    return total + part


def ordinal(words: str) -> int:
    """Return the number of an ``<ORDINAL>`` or ``<QUARTER>`` match."""
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else ORDINALS[words]


def month_number(words: str) -> int:
    """Return the month (1 to 12) of a ``<MONTH>`` match."""
    return MONTHS[words.rstrip(".")]
