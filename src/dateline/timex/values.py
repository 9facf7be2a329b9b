"""TIMEX3 values: written, shifted, and turned into EDTF intervals and granularities."""

from __future__ import annotations

import datetime as dt
import functools
import re

from dateline.timex.model import Granularity, Relation

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA)")
_SPAN = re.compile(r"(\d{4}(?:-\d\d){0,2})/(\d{4}(?:-\d\d){0,2})")
_MONTHS = {
    "Q1": "01 03",
    "Q2": "04 06",
    "Q3": "07 09",
    "Q4": "10 12",
    "H1": "01 06",
    "H2": "07 12",
    "SP": "03 05",
    "SU": "06 08",
    "FA": "09 11",
}
_MIN_YEAR, _MAX_YEAR = 1, 9998


@functools.lru_cache(maxsize=4096)
def interval(value: str) -> tuple[str, str] | None:
    """Return the first and last EDTF date of a value; None for values that are not anchored.

    The two are equal for a day, a month or a year. A winter gives its year, since usage does not
    tell which of the two winters of a year is meant.
    """
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value):
        return value, value
    if match := re.match(r"(\d{4}-\d\d-\d\d)T", value):
        return match[1], match[1]
    if match := _SPAN.fullmatch(value):
        return match[1], match[2]
    if match := _WEEK.fullmatch(value):
        return _week_days(int(match[1]), int(match[2]), weekend=bool(match[3]))
    if match := _PART.fullmatch(value):
        first, last = _MONTHS[match[2]].split()
        return f"{match[1]}-{first}", f"{match[1]}-{last}"
    if re.fullmatch(r"\d{4}-WI", value):
        return value[:4], value[:4]
    if re.fullmatch(r"\d{2,3}", value):
        return value.ljust(4, "0"), value.ljust(4, "9")
    return None


def _week_days(year: int, week: int, *, weekend: bool) -> tuple[str, str] | None:
    try:
        first = dt.date.fromisocalendar(year, week, 6 if weekend else 1)
        sunday = dt.date.fromisocalendar(year, week, 7)
    except (ValueError, OverflowError):
        return None
    return first.isoformat(), sunday.isoformat()


def edtf(bounds: tuple[str, str] | None, relation: Relation) -> str | None:
    """Write an interval as EDTF, open at one end after since, after, until and before."""
    if bounds is None:
        return None
    first, last = bounds
    if relation in ("since", "after"):
        return f"{first if relation == 'since' else last}/.."
    if relation in ("until", "before"):
        return f"../{last if relation == 'until' else first}"
    return first if first == last else f"{first}/{last}"


@functools.lru_cache(maxsize=4096)
def granularity(value: str) -> Granularity:
    """Return how fine a DATE or TIME value is; ``none`` for durations, sets and references."""
    if "T" in value and not value.startswith("P"):
        return "time"
    for pattern, name in _SHAPES:
        if pattern.fullmatch(value.split("/")[0]):
            return name
    return "none"


_SHAPE_ROWS: tuple[tuple[str, Granularity], ...] = (
    (r"[\dX]{4}-[\dX]{2}-[\dX]{2}|XXXX-WXX-\d", "day"),
    (r"[\dX]{4}-W[\dX]{2}(?:-WE)?", "week"),
    (r"[\dX]{4}-(?:Q[1-4X]|H[12])", "quarter"),
    (r"[\dX]{4}-(?:SP|SU|FA|WI)", "season"),
    (r"[\dX]{4}-[\dX]{2}", "month"),
    (r"[\dX]{4}", "year"),
    (r"\d{2,3}", "decade"),
)
_SHAPES = tuple((re.compile(pattern), name) for pattern, name in _SHAPE_ROWS)


def week_of(date: dt.date) -> str:
    """Return the ISO week of a day: ``2022-W36``."""
    year, week, _ = date.isocalendar()
    return f"{year:04}-W{week:02}"


def quarter_of(date: dt.date) -> str:
    """Return the calendar quarter of a day: ``2022-Q3``."""
    return f"{date.year:04}-Q{(date.month + 2) // 3}"


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Return the year and month ``count`` months later (earlier if negative)."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def shift(date: dt.date, count: int, unit: str) -> str | None:
    """Return the value ``count`` units after a day, as coarse as the unit; None out of range.

    ``unit`` is D, W, M, Q, Y, E (decade) or C (century) of ``units.tsv``.
    """
    if unit in ("D", "W"):
        return _shift_days(date, count, unit)
    year, month = add_months(date.year, date.month, count * _MONTHS_IN.get(unit, 0))
    if not _MIN_YEAR <= year <= _MAX_YEAR or unit not in _MONTHS_IN:
        return None
    return _write(year, month, unit)


_MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "ML": 12000}


def _shift_days(date: dt.date, count: int, unit: str) -> str | None:
    try:
        day = date + dt.timedelta(count * (7 if unit == "W" else 1))
    except OverflowError:
        return None
    return day.isoformat() if unit == "D" else week_of(day)


def _write(year: int, month: int, unit: str) -> str:
    if unit == "M":
        return f"{year:04}-{month:02}"
    if unit == "Q":
        return f"{year:04}-Q{(month + 2) // 3}"
    return {"Y": f"{year:04}", "E": f"{year // 10:03}"}.get(unit, f"{year // 100:02}")


def first_day(value: str | None) -> dt.date | None:
    """Return the first day of what a value denotes; None where it is not anchored."""
    bounds = interval(value) if value else None
    if bounds is None:
        return None
    parts = [int(part) for part in bounds[0].split("-")] + [1, 1]
    try:
        return dt.date(parts[0], parts[1], parts[2])
    except ValueError:
        return None


def last_day(edtf: str | None) -> dt.date | None:
    """Return the last day of an EDTF date or interval (of ``A/..``: that of A); None if there is none."""
    if edtf is None:
        return None
    first, _, last = edtf.partition("/")
    end = first if last in ("", "..") else last
    parts = end.split("-")
    try:
        if len(parts) == 1:
            return dt.date(int(end), 12, 31)
        if len(parts) == 2:
            year, month = add_months(int(parts[0]), int(parts[1]), 1)
            return dt.date(year, month, 1) - dt.timedelta(1)
        return dt.date.fromisoformat(end[:10])
    except ValueError:
        return None


def unit_of(date: dt.date, unit: str) -> str | None:
    """Return the unit (D, W, M, Q, Y, E, C) in which a day lies, as a value."""
    return shift(date, 0, unit)


def duration(count: float | None, unit: str, factor: int = 1) -> str:
    """Write a duration: ``P3D``, ``PT5H30M``, ``P10Y`` (a decade), ``PXY`` for None."""
    if count is None:
        return f"PT{'X'}{_TIME[unit]}" if unit in _TIME else f"PX{unit}"
    count *= factor
    if unit in _YEARS:
        return f"P{_plain(count * _YEARS[unit])}Y"
    whole = int(count)
    rest = count - whole
    smaller = {"H": "M", "MIN": "S"}.get(unit)
    if rest == 0.5 and unit == "Y":
        return f"P{whole}Y6M" if whole else "P6M"
    if rest and smaller:
        head = f"{whole}{_TIME[unit]}" if whole else ""
        return f"PT{head}{_plain(rest * 60)}{smaller}"
    return f"P{'T' if unit in _TIME else ''}{_plain(count)}{_TIME.get(unit, unit)}"


_TIME = {"S": "S", "MIN": "M", "H": "H"}
_YEARS = {"E": 10, "C": 100, "ML": 1000}


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}"
