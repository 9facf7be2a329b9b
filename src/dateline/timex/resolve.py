"""Resolve partial dates against the anchor: which Friday, which March, which third quarter."""

from __future__ import annotations

import datetime as dt
import re

from dateline.timex import tables, values
from dateline.timex.fragments import MONTHS, WEEKDAYS, either
from dateline.timex.model import Context, Direction, Timex

_CUES = tables.pairs("tense")
_CUE = re.compile(rf"(?<![\w'])(?:{either(_CUES)}|\w{{2,20}}ed)(?!\w)|'ll(?!\w)")
_LIMIT = re.compile(r"(?<!\w)(?:until|till|by|through)(?: early| late| mid| the end of)?[ -]{1,3}$")
_STATE = re.compile(r"(?<!\w)(?:had|was|were|did|remained|stayed|lasted|rose|fell|served|ended)(?!\w)")
_STOP = re.compile(r"[.!?;](?= |$)|\n")
# "called a protest for Friday", "payable on 2 January", "a news conference scheduled Thursday": ahead,
# whatever the tense of the clause.
_SET_FOR = re.compile(
    r"(?<!\w)(?:calls?|called|schedul(?:es?|ed)|sets?|plans?|planned|summoned|convened|invited)"
    r"(?: [\w'-]+){0,5} for (?:the |next |this |early |late )?\Z"
)
_DUE = re.compile(
    r"(?<!\w)(?:scheduled|due|planned|expected|payable|effective|slated|to be \w+)(?: [\w'-]+){0,4} ?"
    r"(?:on |in |for |by )?(?:the |early |late |mid-)?\Z"
)
_REACH = 90  # characters of the clause looked at on each side


def direction(context: Context) -> Direction:
    """Return where the clause around the match points; news is past unless it says so."""
    return hint(context) or "past"


def hint(context: Context) -> Direction | None:
    """Return where the clause around the match points, None where nothing tells."""
    start, end = context.at
    if context.tense and _is_set(context.low[max(0, start - _REACH) : start]):
        return "future"
    told = context.tense(start) if context.tense else ""
    if told in ("past", "present", "future"):
        return "future" if told == "future" else "present" if told == "present" else "past"
    return guess(context.low, start, end)


def _is_set(before: str) -> bool:
    clause = _STOP.split(before)[-1]
    limited = _LIMIT.search(clause) and not _STATE.search(clause)
    return bool(limited or _SET_FOR.search(clause) or _DUE.search(clause))


def guess(low: str, start: int, end: int) -> Direction | None:
    """Guess from the nearest cue before, else the first one after, in the clause; None without."""
    left = _STOP.split(low[max(0, start - _REACH) : start])[-1]
    right = _STOP.split(low[end : end + _REACH], maxsplit=1)[0]
    if _LIMIT.search(left):
        return "past" if _STATE.search(left) or _STATE.search(right) else "future"
    ways = [*reversed(_ways(left)), *_ways(right)]
    return ways[0] if ways else None


def _ways(clause: str) -> list[Direction]:
    """Return the directions of the cues of a clause in order, without those that tell nothing."""
    ways: list[Direction] = []
    for match in _CUE.finditer(clause):
        way = _CUES.get(match[0], "past")
        participle = way == "past" and clause[: match.start()].endswith("be ")
        if way != "none" and not participle:  # in "will be closed" only "will" tells
            ways.append("future" if way == "future" else "past")
    return ways


def weekday(context: Context, number: int, way: Direction) -> str:
    """Return the day of the named weekday nearest to the anchor in a direction; it counts itself."""
    if context.anchor is None:
        return f"XXXX-WXX-{number}"
    back = (context.anchor.isoweekday() - number) % 7
    days = -back if way != "future" or not back else 7 - back
    return (context.anchor + dt.timedelta(days)).isoformat()


def month(context: Context, number: int, way: Direction) -> str:
    """Return a month without year as ``2022-07``; the anchor's own month counts."""
    if context.anchor is None:
        return f"XXXX-{number:02}"
    year = context.anchor.year
    if way == "future":
        year += number < context.anchor.month
    else:
        year -= number > context.anchor.month
    return f"{year:04}-{number:02}"


def month_day(context: Context, number: int, day: int, way: Direction | None) -> str:
    """Return a day without year: the nearest one, or the one in a direction that is certain."""
    if context.anchor is None:
        return f"XXXX-{number:02}-{day:02}"
    year = context.anchor.year
    here = number * 31 + day - context.anchor.month * 31 - context.anchor.day
    if here > _FAR or (here > _AHEAD and way != "future"):
        year -= 1
    elif here < -_FAR or (here < -_BEHIND and way == "future"):
        year += 1
    return f"{year:04}-{number:02}-{day:02}"


# Differences in days of 31-day months. A past verb does not move a date that is close ahead
# ("agreed to close on 1 May"), nor a future one a date that is not long gone.
_AHEAD, _BEHIND, _FAR = 4 * 31, 5 * 31, 10 * 31


def quarter(context: Context, number: int, way: Direction) -> str:
    """Return a quarter without year: the last one begun, or the next one."""
    if context.anchor is None:
        return f"XXXX-Q{number}"
    year, own = context.anchor.year, (context.anchor.month + 2) // 3
    if way == "future" and (number - own) % 4 <= _QUARTERS_AHEAD:
        year += number < own
    else:
        year -= number > own
    return f"{year:04}-Q{number}"


_QUARTERS_AHEAD = 2  # "expects to report third-quarter profit" in October is not next year's


def season_of(date: dt.date) -> tuple[int, str]:
    """Return year and code of the season of a day; January belongs to the old year's winter."""
    code = ("WI", "SP", "SU", "FA")[date.month % 12 // 3]
    return (date.year - 1 if date.month < 3 else date.year), code


def season(context: Context, code: str, steps: int, way: Direction) -> str:
    """Return a season: ``steps`` 0 for the one a verb points to, -1 last, +1 next."""
    if context.anchor is None:
        return f"XXXX-{code}"
    year, own = season_of(context.anchor)
    order = ("SP", "SU", "FA", "WI")
    ahead = order.index(code) - order.index(own)
    if steps == 0:
        later = way == "future"
        year += (ahead < 0) if later else -(ahead > 0)
    elif steps < 0:
        year -= ahead >= 0
    else:
        year += ahead <= 0
    return f"{year:04}-{code}"


def unit(context: Context, code: str, steps: int) -> str:
    """Return the unit ``steps`` away from the anchor's own: last year, this week, next month."""
    if context.anchor is None:
        return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX"}.get(code, "XXXX")
    return values.shift(context.anchor, steps, code) or "XXXX"


def mentioned(context: Context, code: str) -> dt.date | None:
    """Return the day from which "two days later", "the same year" are told: the date mentioned last.

    Days and weeks are told from the last single day: after "on Friday, a week before the vote of October"
    "the day before" is Thursday, not the end of September. What is told as past is not told from a day to
    come: "marches are planned for September 21; a teacher was seized the previous day".
    """
    fine = code in ("D", "W") and context.day is not None
    day = values.first_day(context.day if fine else context.last)
    ahead = day is not None and context.anchor is not None and day > context.anchor
    past = context.tense is not None and context.tense(context.at[0]) == "past"
    return None if ahead and past else day


_TURNS = re.compile(rf"(?:early |late )?(?:{either(WEEKDAYS)}|{either(MONTHS)})(?: [a-z ]+)?")


def earlier(timex: Timex) -> str | None:
    """Return a weekday or month that was taken to lie ahead as the last one before the anchor.

    None where the words leave no choice ("next Friday", "in May 2030") or the date is a span.
    """
    text, day = timex.text.lower(), values.first_day(timex.edtf)
    if day is None or timex.edtf is None or "/" in timex.edtf or not _TURNS.fullmatch(text):
        return None
    if timex.granularity in ("day", "time"):
        return values.shift(day, -7, "D")
    return values.shift(day, -12, "M") if timex.granularity == "month" else None


def is_future(context: Context, value: str) -> bool:
    """Return whether a value begins after the anchor."""
    first = values.first_day(value)
    return bool(context.anchor and first and first > context.anchor)
