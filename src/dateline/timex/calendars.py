"""Calendar arithmetic: Easter, n-th weekdays, the Persian and the Islamic calendar.

Persian dates follow the 33-year rule (exact for 1800–2256 but for rare off-by-ones), Islamic
dates the tabular calendar, which differs from sighting by a day or two; both are approximations
and flagged as such by the grammar.
"""

from __future__ import annotations

import datetime as dt

_PERSIAN_EPOCH = dt.date(622, 3, 21).toordinal()  # 1 Farvardin 1, as the 33-year rule counts
_PERSIAN_LEAP = (1, 5, 9, 13, 17, 22, 26, 30)  # years of the 33-year cycle with 366 days
_ISLAMIC_EPOCH = dt.date(622, 7, 19).toordinal()  # 1 Muharram 1, proleptic Gregorian


def make(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, or None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def easter(year: int) -> dt.date:
    """Return Easter Sunday of the western churches (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def orthodox_easter(year: int) -> dt.date:
    """Return Easter Sunday of the eastern churches, in the Gregorian calendar (1900–2099)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    f = d + e + 114
    return dt.date(year, f // 31, f % 31 + 1) + dt.timedelta(13)


def nth_weekday(number: int, weekday: int, month: int, year: int) -> dt.date:
    """Return the n-th ``weekday`` (Monday is 1) of a month; ``number`` 1 to 4."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta((weekday - first.isoweekday()) % 7 + 7 * (number - 1))


def last_weekday(weekday: int, month: int, year: int) -> dt.date:
    """Return the last ``weekday`` (Monday is 1) of a month."""
    fourth = nth_weekday(4, weekday, month, year)
    fifth = fourth + dt.timedelta(7)
    return fifth if fifth.month == month else fourth


def from_persian(year: int, month: int, day: int) -> dt.date | None:
    """Convert a date of the Persian calendar; None where there is no such day."""
    if not (1 <= year <= 3000 and 1 <= month <= 12 and 1 <= day <= _persian_length(year, month)):
        return None
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    cycles, rest = divmod(year - 1, 33)
    leaps = 8 * cycles + sum(leap <= rest for leap in _PERSIAN_LEAP)
    return dt.date.fromordinal(_PERSIAN_EPOCH + 365 * (year - 1) + leaps + before + day - 1)


def _persian_length(year: int, month: int) -> int:
    leap = year % 33 in _PERSIAN_LEAP
    return 31 if month <= 6 else 30 if month <= 11 or leap else 29


def from_islamic(year: int, month: int, day: int) -> dt.date | None:
    """Convert a date of the tabular Islamic calendar; None where there is no such day."""
    if not (1 <= year <= 3000 and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day - 1
    return dt.date.fromordinal(_ISLAMIC_EPOCH + days)


def persian_year(date: dt.date) -> int:
    """Return the Persian year in which a day falls."""
    new_year = from_persian(date.year - 621, 1, 1)
    return date.year - 621 if new_year is not None and date >= new_year else date.year - 622


def islamic_year(date: dt.date) -> int:
    """Return the Islamic year in which a day falls."""
    guess = (date.toordinal() - _ISLAMIC_EPOCH) * 30 // 10631 + 2
    while (first := from_islamic(guess, 1, 1)) is None or first > date:
        guess -= 1
    return guess


def holiday(rule: str, year: int) -> str | None:
    """Return the value (a day or a month) of a holiday in a year of *its* calendar.

    ``rule`` is written as explained in ``holidays.tsv``; an unknown rule gives None.
    """
    kind, *rest = rule.split()
    if kind == "fixed":
        return f"{year:04}-{rest[0]}"
    if kind in ("islamic", "persian"):
        return _other_calendar(kind, year, rest[0])
    days = [int(part) for part in rest]
    found = _computed(kind, days, year)
    return found.isoformat() if found else None


def _computed(kind: str, days: list[int], year: int) -> dt.date | None:
    if kind == "nth":
        return nth_weekday(days[0], days[1], days[2], year)
    if kind == "last":
        return last_weekday(days[0], days[1], year)
    if kind == "election":
        return nth_weekday(1, 1, 11, year) + dt.timedelta(1)
    if kind == "blackfriday":
        return nth_weekday(4, 4, 11, year) + dt.timedelta(1)
    if kind in ("easter", "orthodox"):
        sunday = easter(year) if kind == "easter" else orthodox_easter(year)
        return sunday + dt.timedelta(days[0])
    return None


def _other_calendar(kind: str, year: int, part: str) -> str | None:
    convert = from_islamic if kind == "islamic" else from_persian
    month, _, day = part.partition("-")
    if day:
        found = convert(year, int(month), int(day))
        return found.isoformat() if found else None
    return month_span(kind, year, int(month))


def month_span(kind: str, year: int, month: int) -> str | None:
    """Return ``first/last`` day of a Persian or Islamic month, None if there is none."""
    convert = from_islamic if kind == "islamic" else from_persian
    first = convert(year, month, 1)
    following = convert(year + month // 12, month % 12 + 1, 1)
    if first is None or following is None:
        return None
    return f"{first.isoformat()}/{(following - dt.timedelta(1)).isoformat()}"
