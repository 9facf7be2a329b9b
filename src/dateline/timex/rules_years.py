"""Grammar of years, spans of years, decades and centuries."""

from __future__ import annotations

import re

from dateline.timex.fragments import CARDINALS, cardinal, either, ordinal, rule
from dateline.timex.model import Context, Reading
from dateline.timex.tables import rows

_BEFORE = either(word for word, side in rows("counted", 2) if side == "before")
_AFTER = either(word for word, side in rows("counted", 2) if side == "after")
_LABEL = re.compile(rf"(?<!\w){_BEFORE}\.? (?:\d{{1,4}}(?:, | and |, and |-)){{0,3}}$")
_COUNTED = re.compile(rf"[ -]{{1,3}}(?:\w{{2,12}} )?{_AFTER}(?!\w)")
_YEAR_CUE = re.compile(
    r"(?<!\w)(?:in|since|of|until|till|from|to|by|during|before|after|through|and|or|"
    r"between|the|early|late|for|mid|year|year of|back to|around|pre|post)[ -]{1,3}$"
)
_FRAME = re.compile(r"(?<!\w)(?:in|since|until|till|during|early|late|mid|before|after|year)[ -]{1,3}$")
_YEAR_STOP = re.compile(r" ?%|[,.:/]\d|[-–]\w|\(|°")


def full_year(two: str, context: Context) -> int:
    """Return the year a two-digit one stands for: within 50 years back and 10 ahead of the anchor."""
    base = context.anchor.year if context.anchor else 2020
    year = base - base % 100 + int(two)
    return year - 100 if year > base + 10 else year


def _year_range(match: re.Match[str], context: Context) -> Reading | None:
    first = int(match["year"])
    tail = match["tail"]
    last = int(tail) if len(tail) == 4 else first - first % 100 + int(tail)
    if last <= first or last - first > 150 or _is_label(match, context):
        return None
    flags = ("ambiguous",) if len(tail) == 2 and int(tail) <= 12 else ()
    return Reading("DATE", f"{first:04}/{last:04}", flags)


def _is_label(match: re.Match[str], context: Context) -> bool:
    before = context.before(match, 40)
    return bool(_LABEL.search(before)) or before.endswith(tuple("$£€#.,'/"))


def _bare_year(match: re.Match[str], context: Context) -> Reading | None:
    """Read a four-digit number as a year unless its neighbours make it a count or a label."""
    before = context.before(match, 40)
    after = context.after(match, 30)
    year = int(match["year"])
    if before[-1:] in ("$", "£", "€", "#", ".", ",", "'", "/", ":", "+"):
        return None
    framed = _FRAME.search(before) and year % 100
    if _LABEL.search(before) or _YEAR_STOP.match(after) or (_COUNTED.match(after) and not framed):
        return None
    if (year < 1900 or year > 2060) and not _YEAR_CUE.search(before[-14:]):
        return None
    return Reading("DATE", match["year"])


def _short_year(match: re.Match[str], context: Context) -> Reading | None:
    if context.before(match, 1) != "'":
        return None
    return Reading("DATE", f"{full_year(match['two'], context)}", start=match.start() - 1)


def _decade(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("DATE", match["decade"])


def _short_decade(match: re.Match[str], context: Context) -> Reading | None:
    start = match.start("two")
    quoted = context.low[start - 1 : start] == "'"
    before = context.low[max(0, start - 12) : start]
    if not quoted and not re.search(r"(?<!\w)(?:the|early|late|mid)[ -]$", before):
        return None  # "in his 30s" is an age
    century = 20 if match["two"] in "01" else 19
    quoted = quoted and match.start() == start
    return Reading("DATE", f"{century}{match['two']}", start=start - 1 if quoted else None)


_DECADE_WORDS = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}


def _worded_decade(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("DATE", f"19{_DECADE_WORDS[match['tens']]}")


def _century(match: re.Match[str], context: Context) -> Reading | None:
    number = ordinal(match["ordinal"])
    return Reading("DATE", f"{number - 1:02}") if 1 <= number <= 30 else None


def _spelled_year(match: re.Match[str], context: Context) -> Reading | None:
    century, rest = match["century"], cardinal(match["rest"] or "")
    base = {"nineteen": 1900, "eighteen": 1800, "twenty": 2000}.get(century, 2000)
    if rest >= 100 or (rest < 10 and century == "twenty"):
        return None
    return Reading("DATE", f"{base + rest}")


_ONES = either(word for word, value in CARDINALS.items() if value < 100)

RULES = (
    rule("years", r"<YEAR>(?:-|/)(?P<tail>(?:1[4-9]|20)\d\d|\d\d)", _year_range),
    rule("year", r"(?:the year )?<YEAR>", _bare_year),
    rule("short year", r"(?P<two>[4-9]\d|[0-3]\d)", _short_year),
    rule(
        "decade",
        r"(?:the )?(?:(?:early|mid|late)(?: |-| to late |-to-late ))?"
        r"(?P<decade>(?:1[4-9]|20)\d)0'?s",
        _decade,
    ),
    rule("short decade", r"(?:the )?(?:(?:early|mid|late)[ -])?'?(?P<two>[2-9])0'?s", _short_decade),
    rule(
        "worded decade",
        rf"(?:the )?(?:(?:early|mid|late)[ -])?(?:nineteen[ -])?"
        rf"(?P<tens>{either(_DECADE_WORDS)})",
        _worded_decade,
    ),
    rule("century", r"(?:the )?(?:(?:early|mid|late)[ -])?<ORDINAL>[ -]century", _century),
    rule(
        "spelled year",
        rf"(?:the year )?(?P<century>two thousand)(?: and)?"
        rf"(?P<rest>(?: {_ONES}){{0,2}})",
        _spelled_year,
    ),
    rule(
        "spelled old year",
        rf"(?:the year )?(?P<century>nineteen|eighteen|twenty)"
        rf"(?: hundred(?: and)?)?(?P<rest>[ -]{_ONES}(?:[ -]{_ONES})?)",
        _spelled_year,
    ),
)
