"""Resolve partial dates against the anchor: which Friday, which March, which third quarter."""

from __future__ import annotations

import datetime as dt
import re

from dateline.timex import tables, values
from dateline.timex.fragments import either
from dateline.timex.model import Context, Direction

_CUES = {cue: direction for cue, direction in tables.rows("tense", 2)}
_CUE = re.compile(rf"(?<![\w'])(?:{either(_CUES)}|\w{{2,20}}ed)(?!\w)|'ll(?!\w)")
_STOP = re.compile(r"[.!?;](?= |$)|\n")
_REACH = 90  # characters of the clause looked at on each side


def direction(context: Context) -> Direction:
    """Return where the clause around the match points; news is past unless it says so."""
    return hint(context) or "past"


def hint(context: Context) -> Direction | None:
    """Return where the clause around the match points, None where nothing tells."""
    start, end = context.at
    told = context.tense(start) if context.tense else ""
    if told in ("past", "present", "future"):
        return "future" if told == "future" else "present" if told == "present" else "past"
    return guess(context.low, start, end)


def guess(low: str, start: int, end: int) -> Direction | None:
    """Guess the direction from the nearest verb or cue in the same clause; None without one."""
    left = _STOP.split(low[max(0, start - _REACH) : start])[-1]
    right = _STOP.split(low[end : end + _REACH], maxsplit=1)[0]
    found: list[tuple[int, str]] = []
    for match in _CUE.finditer(left):
        found.append((len(left) - match.end(), match[0]))
    for match in _CUE.finditer(right):
        found.append((match.start() + 1, match[0]))
        break
    if not found:
        return None
    return "future" if _CUES.get(min(found)[1], "past") == "future" else "past"


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
    if here > _FAR or (here > 0 and way == "past" and here > _NEAR):
        year -= 1
    elif here < -_FAR and way != "past":
        year += 1
    return f"{year:04}-{number:02}-{day:02}"


_FAR = 6 * 31 + 15  # beyond half a year the other year is nearer
_NEAR = 4 * 31  # a past verb does not move a date this close ahead ("agreed to close on 1 May")


def quarter(context: Context, number: int, way: Direction) -> str:
    """Return a quarter without year: the last one begun, or the next one."""
    if context.anchor is None:
        return f"XXXX-Q{number}"
    year, own = context.anchor.year, (context.anchor.month + 2) // 3
    year += (number < own) if way == "future" else -(number > own)
    return f"{year:04}-Q{number}"


_SEASON_ORDER = {"WI": 0, "SP": 1, "SU": 2, "FA": 3}


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


def is_future(context: Context, value: str) -> bool:
    """Return whether a value begins after the anchor."""
    first = values.first_day(value)
    return bool(context.anchor and first and first > context.anchor)
