"""Grammar of clock times; the engine gives them the day named beside them."""

from __future__ import annotations

import re

from dateline.timex.fragments import PARTS, WEEKDAYS, rule
from dateline.timex.model import Context, Reading

_PLACE = "????-??-??"  # the day is put in by the engine
_UTC = {"gmt", "utc", "z"}


def _clock(match: re.Match[str], context: Context) -> Reading | None:
    groups = match.groupdict()
    hour, minute = int(match["hour"]), int(groups.get("minute") or 0)
    half = (groups.get("half") or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 24 or minute > 59:
        return None
    zone = "Z" if (groups.get("zone") or "").strip(" ()") in _UTC else ""
    return Reading("TIME", f"{_PLACE}T{hour:02}:{minute:02}{zone}")


def _part_clock(match: re.Match[str], context: Context) -> Reading | None:
    hour, part = int(match["hour"]), PARTS[match["part"]]
    if not 1 <= hour <= 12:
        return None
    late = part in ("AF", "EV", "NI") and not (part == "NI" and hour < 5)
    return Reading("TIME", f"{_PLACE}T{hour % 12 + (12 if late else 0):02}:{match['minute'] or '00'}")


def _worded(match: re.Match[str], context: Context) -> Reading | None:
    if context.before(match, 5) == "high ":
        return None
    return Reading("TIME", f"{_PLACE}T{PARTS[match['part']]}")


_ZONE = r"(?P<zone> ?\(?(?:gmt|utc|z|e[sd]?t|c[sd]t|m[sd]t|p[sd]t|cest|bst|local time|moscow time)\)?)?"
_HALF = r"(?P<half>a\.?m\.?|p\.?m\.?)"

RULES = (
    rule("5 p.m.", rf"(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))?(?::[0-5]\d)? ?{_HALF}{_ZONE}", _clock),
    rule("17:30", rf"(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?::[0-5]\d)?{_ZONE}", _clock),
    rule("0735 GMT", r"(?P<hour>[0-2]\d)(?P<minute>[0-5]\d) ?(?P<zone>gmt|utc)", _clock),
    rule("5 o'clock", rf"(?P<hour>\d\d?) ?o'clock{_ZONE}", _clock),
    rule(
        "4 in the morning",
        r"(?P<hour>\d\d?)(?::(?P<minute>[0-5]\d))?(?: o'clock)? (?:in the|at) "
        r"(?P<part>morning|afternoon|evening|night)",
        _part_clock,
    ),
    rule(
        "noon",
        r"(?P<part>noon|midnight|midday|dawn|dusk|daybreak|nightfall|sunset|sunrise|noontime)",
        _worded,
    ),
)

WEEKDAY_NAMES = frozenset(WEEKDAYS)
