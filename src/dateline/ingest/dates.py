"""Moments as news pages print them, to ISO 8601; what is not plainly stated is not a date.

:func:`stamp` returns ``2022-09-07T21:25`` with the zone where one is stated, ``2022-09-07`` or
``2022-09``: as precise as the text, never more. Ambiguous forms (``03/04/2021``) and abbreviations
that name several zones (CST, IST, BST) are not guessed at. Every pattern here is bounded.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from dateline.ingest.limits import DEFAULT_LIMITS, Limits

_MONTHS = (
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
    "september sept sep|october oct|november nov|december dec"
)
MONTHS = {n: i for i, names in enumerate(_MONTHS.split("|"), 1) for n in names.split()}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"

# hours east of Greenwich; only abbreviations with one meaning in the news
_ZONES = {
    "z": "Z", "utc": "Z", "gmt": "Z", "est": "-05:00", "edt": "-04:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "wet": "Z",
    "west": "+01:00", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00",
    "msk": "+03:00", "trt": "+03:00", "irst": "+03:30", "irdt": "+04:30", "pkt": "+05:00",
    "npt": "+05:45", "wib": "+07:00", "hkt": "+08:00", "sgt": "+08:00", "jst": "+09:00",
    "kst": "+09:00", "aest": "+10:00", "aedt": "+11:00", "eat": "+03:00", "wat": "+01:00",
    "sast": "+02:00", "nzst": "+12:00", "nzdt": "+13:00",
}  # fmt: skip
_VAGUE = "cst|ist|bst|ast|et|ct|mt|pt|local time|eastern time|london time"

_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?=\D|$)",
        r"(?<!\d)(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?=\D|$)",
        r"(?<!\d)(?P<y>\d{4})\.(?P<m>\d{1,2})\.(?P<d>\d{1,2})(?=\D|$)",
        r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?=t?\d{4}(?:\d\d)?|\s*$)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ ./-]{{0,2}}(?:of )?(?P<b>{MONTH})\.?"
        r"[ ,./-]{1,3}(?P<y>\d{4})(?!\d)",
        rf"\b(?P<b>{MONTH})\.? {{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
        r" ?(?:, ?| )(?P<y>\d{4})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d)",
        r"(?<!\d)(?P<n>\d{1,2})[/-](?P<k>\d{1,2})[/-](?P<y>\d{4})(?!\d)",
        rf"^\W*(?P<b>{MONTH})\.?,? (?P<y>\d{{4}})(?!\d)",
    )
)
_TIMES = (
    re.compile(
        r"(?<![\d:+-])(?P<h>\d{1,2})(?:[:.](?P<i>\d\d)(?::(?P<s>\d\d)(?:[.,]\d{1,9})?)?)? ?"
        r"(?P<half>[ap])\.?m\b\.?"
    ),
    re.compile(r"(?<![\d:+-])(?P<h>\d{1,2})[:.h](?P<i>\d\d)(?::(?P<s>\d\d)(?:[.,]\d{1,9})?)?(?!\d)"),
    re.compile(r"(?:^|[t ])(?P<h>\d\d)(?P<i>\d\d)(?P<s>\d\d)?(?= ?(?:z|gmt|utc|hrs|hours)\b|$)"),
)
_OFFSET = re.compile(r"(?:(?:gmt|utc) ?)?(?P<sign>[+−-]) ?(?P<h>\d{1,2})(?::?(?P<i>\d\d))?(?!\d)")
_NAMED = re.compile(rf"(?:\b|(?<=\d))(?P<zone>{'|'.join(_ZONES)}|{_VAGUE})\b")
_FILLER = re.compile(
    rf"\b(?:{_DAYS}|at|on|the|of|t|hrs?|hours|o'clock|time|local|am|pm|greenwich|a|p|m)\b|[\W_]"
)
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.0)?")


def stamp(text: str, limits: Limits = DEFAULT_LIMITS) -> str | None:
    """Return the moment that a text states and nothing else beside it, or None.

    ``text`` may be a line of a page, a metadata value or seconds since 1970.
    """
    wanted = text.strip().lower()
    if not wanted or len(wanted) > limits.date_chars:
        return None
    if _EPOCH.fullmatch(wanted):
        return _epoch(wanted, limits)
    day, rest = _day(wanted)
    if day is None:
        return None
    clock, rest = _clock(rest)
    if _FILLER.sub("", rest) or not _believable(day, limits):
        return None
    return day if len(day) < 10 else day + clock


def _day(text: str) -> tuple[str | None, str]:
    for pattern in _DATES:
        found = pattern.search(text)
        if found:
            return _iso(found.groupdict()), _without(text, found)
    return None, text


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()


def _iso(parts: dict[str, str | None]) -> str | None:
    """Write the parts of a date as ISO, or None when they are ambiguous or no such day exists."""
    year = int(parts["y"] or 0)
    month = MONTHS.get(parts.get("b") or "") or int(parts.get("m") or 0)
    day = int(parts.get("d") or 0)
    if parts.get("n"):
        day, month = _ordered(int(parts["n"] or 0), int(parts["k"] or 0))
    if "d" not in parts and not parts.get("n"):
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _ordered(first: int, second: int) -> tuple[int, int]:
    """Tell day from month in ``first/second/year``: (0, 0), no date, when either may be."""
    if first > 12 or first == second:
        return first, second
    return (second, first) if second > 12 else (0, 0)


def _clock(text: str) -> tuple[str, str]:
    """Take the time of day and its zone out of a text; the time is ``T21:25+02:00`` or empty."""
    for pattern in _TIMES:
        found = pattern.search(text)
        if found:
            time = _time(found.groupdict())
            rest = _without(text, found)
            zone, rest = _zone(rest)
            return (time + zone if time else ""), rest
    return "", _zone(text)[1] if _NAMED.search(text) else text


def _time(parts: dict[str, str | None]) -> str:
    hour, minute, second = (int(parts[key] or 0) for key in ("h", "i", "s"))
    half = parts.get("half")
    if half and not 1 <= hour <= 12:
        return ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 60:
        return ""
    return f"T{hour:02}:{minute:02}" + (f":{min(second, 59):02}" if parts["s"] else "")


def _zone(text: str) -> tuple[str, str]:
    found = _OFFSET.search(text)
    if found and int(found["h"]) <= 14:
        minutes = found["i"] or "00"
        sign = "-" if found["sign"] in "-−" else "+"
        zone = f"{sign}{int(found['h']):02}:{minutes}"
        return ("Z" if zone in ("+00:00", "-00:00") else zone), _names_dropped(_without(text, found))
    named = _NAMED.search(text)
    if named:
        return _ZONES.get(named["zone"], ""), _names_dropped(_without(text, named))
    return "", text


def _names_dropped(text: str) -> str:
    """Drop further names of the zone, as in ``+0300 (MSK)``."""
    return _NAMED.sub(" ", text)


def _epoch(text: str, limits: Limits) -> str | None:
    digits = text.removesuffix(".0")
    seconds = int(digits) if len(digits) <= 10 else int(digits) // 1000
    moment = datetime.fromtimestamp(seconds, UTC)
    day = moment.date().isoformat()
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if _believable(day, limits) else None


def _believable(day: str, limits: Limits) -> bool:
    return f"{limits.first_year:04}" <= day[:4] <= f"{limits.last_year:04}"
