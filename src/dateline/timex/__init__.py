"""The date grammar: time expressions in English news, as TIMEX3 values and EDTF intervals.

The grammar is a set of tables of (name, pattern, function) rows in ``rules_*.py``; its words
stand in ``data/lexicon/en/time``. Only the standard library is used. A text is read once from
left to right; where several rows match, the longest reading wins.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from dateline.timex import passes, resolve, values
from dateline.timex.model import Context, Granularity, Relation, Timex, Type
from dateline.timex.scan import Found, normalise, scan

__all__ = ["Granularity", "Relation", "Timex", "Type", "time_expressions"]

_FIRST_YEAR, _LAST_YEAR = 1400, 2400  # an anchor outside is no publication date
_ANCHOR = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d))?")
_RELATION_WORDS: tuple[tuple[Relation, str], ...] = (
    (
        "since",
        "ever since|since|starting|starting in|starting on|beginning|beginning in|"
        "beginning on|effective|from|as of|dating to|back to|post",
    ),
    ("until", "until|till|up to|through|by|no later than|as late as"),
    ("after", "after|following"),
    ("before", "before|prior to|ahead of|pre"),
)
_COMPARED = {
    "a year earlier",
    "a year ago",
    "year-ago",
    "year-ago period",
    "year-ago quarter",
    "same period",
    "the 1988 period",
}
_RELATIONS = tuple(
    (relation, re.compile(rf"(?<!\w)(?:{words})(?: the| its| their| his)?[ -]{{1,3}}$"))
    for relation, words in _RELATION_WORDS
)


def time_expressions(
    text: str, anchor: str | None, *, tense: Callable[[int], str] | None = None, last: str | None = None
) -> list[Timex]:
    """Return the time expressions of a text in order, none overlapping.

    ``anchor`` is the publication date (ISO, perhaps with a time); without one, or with one that
    is no date of the years 1400 to 2400, relative expressions have X's in their value and no
    ``edtf``. ``tense`` answers ``past``, ``present``, ``future`` or ``""`` for a character offset;
    where it does not, nearby words decide ("will", "due", "said"). ``last`` is the day mentioned
    last before the text, from which "the next morning" is told. Never raises on any text.
    """
    day, clock = _anchor(anchor)
    context = Context(text, normalise(text), day, clock, tense, last, last)
    found = passes.extend(context, scan(context))
    found = passes.join_clocks(context, passes.add_listed_days(context, found))
    found, spans = passes.ranges(context, passes.join_offsets(context, found))
    return [_timex(context, hit, spans.get(index)) for index, hit in enumerate(found)]


def _anchor(anchor: str | None) -> tuple[dt.date | None, str | None]:
    match = _ANCHOR.match(anchor or "")
    if match is None:
        return None, None
    try:
        day = dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None, None
    return (day, match[4]) if _FIRST_YEAR <= day.year <= _LAST_YEAR else (None, None)


def _timex(context: Context, hit: Found, span: str | None) -> Timex:
    reading = hit.reading
    relation = _relation(context, hit) if span is None else "in"
    grain = values.granularity(reading.value) if reading.type in ("DATE", "TIME") else "none"
    edtf, flags = span or _edtf(hit, relation), reading.flags
    if span:
        flags += ("range",)
    if "impossible" in flags:
        edtf = None
    if edtf and resolve.is_future(context, reading.value):
        flags += ("future",)
    text = context.text[hit.start : hit.end]
    day = context.anchor.isoformat() if context.anchor else None
    return Timex(hit.start, hit.end, text, reading.type, reading.value, edtf, relation, grain, flags, day)


def _edtf(hit: Found, relation: Relation) -> str | None:
    reading = hit.reading
    if reading.type == "SET" or "X" in reading.value:
        return None
    if reading.type == "DURATION":
        return reading.edtf
    if reading.edtf:
        first, _, last = reading.edtf.partition("/")
        return values.edtf((first, last or first), relation)
    if reading.type == "TIME" and relation in ("before", "after"):
        relation = "in"  # before dawn on Tuesday is on Tuesday
    return values.edtf(values.interval(reading.value), relation)


def _relation(context: Context, hit: Found) -> Relation:
    if hit.reading.type == "DURATION":
        return "duration"
    if hit.rule in _COMPARED:
        return "in"  # "up from a year earlier" opens no interval
    if hit.reading.type == "SET" or values.granularity(hit.reading.value) == "none":
        return "none"
    if "/" in hit.reading.value:
        return "in"  # "from 12 to 15 October" is a span of its own
    before = context.low[max(0, hit.start - 20) : hit.start]
    for relation, pattern in _RELATIONS:
        if pattern.search(before):
            return relation
    return "in"
