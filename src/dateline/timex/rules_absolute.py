"""Grammar of dates that name a year, a month or a day themselves."""

from __future__ import annotations

import re

from dateline.timex import calendars, resolve
from dateline.timex.fragments import MONTH_WORDS, WEEKDAYS, month_number, ordinal, rule
from dateline.timex.model import Context, Reading
from dateline.timex.rules_years import full_year


def day(context: Context, year: int | None, month: int, number: int, weekday: str | None) -> Reading:
    """Read a day; without a year the tense, the weekday and nearness to the anchor decide it."""
    flags: tuple[str, ...] = ()
    if year is None:
        value = _nearest(context, month, number, weekday)
        year = None if value.startswith("XXXX") else int(value[:4])
    else:
        value = f"{year:04}-{month:02}-{number:02}"
    found = calendars.make(year or 2000, month, number)
    if found is None:
        return Reading("DATE", value, ("impossible",))
    if weekday and year and found.isoweekday() != WEEKDAYS[weekday.rstrip(".")]:
        flags = ("ambiguous",)
    return Reading("DATE", value, flags)


def _nearest(context: Context, month: int, number: int, weekday: str | None) -> str:
    value = resolve.month_day(context, month, number, resolve.hint(context))
    if weekday is None or context.anchor is None:
        return value
    wanted = WEEKDAYS[weekday.rstrip(".")]
    for step in (0, -1, 1):
        found = calendars.make(int(value[:4]) + step, month, number)
        if found and found.isoweekday() == wanted:
            return found.isoformat()
    return value


def _year(match: re.Match[str], context: Context) -> int | None:
    text = match.groupdict().get("year")
    if not text:
        return None
    return int(text) if len(text) == 4 else full_year(text, context)


def _is_name(match: re.Match[str], context: Context) -> bool:
    """Return whether "may", "march" and "august" are written as names of months."""
    word = match["month"].rstrip(".")
    return context.capital(match.start("month")) or word not in MONTH_WORDS | {"mar"}


def _month_day(match: re.Match[str], context: Context) -> Reading | None:
    if not _is_name(match, context):
        return None
    month, number = month_number(match["month"]), _day_number(match)
    which = (match.groupdict().get("which") or "").strip()
    if which and context.anchor and not match["year"]:
        year = resolve.month(context, month, "past" if which == "last" else "future")[:4]
        return day(context, int(year), month, number, match["weekday"])
    return day(context, _year(match, context), month, number, match["weekday"])


def _dashed(match: re.Match[str], context: Context) -> Reading | None:
    return day(context, _year(match, context), month_number(match["month"]), int(match["day"]), None)


def _day_number(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return int(groups["day"]) if groups.get("day") else ordinal(groups["ordinal"])


def _numeric(match: re.Match[str], context: Context) -> Reading | None:
    """Read 10/30/89 the American way unless only the other is possible; 30.10.1989 day first."""
    first, second = int(match["first"]), int(match["second"])
    slash = "/" in match[0]
    day_first = first > 12 or not slash
    number, month = (first, second) if day_first else (second, first)
    if not 1 <= month <= 12:
        return None
    reading = day(context, _year(match, context), month, number, None)
    doubtful = slash and first <= 12 and second <= 12 and first != second
    flags = reading.flags + (("ambiguous",) if doubtful else ())
    return _with_clock(match, Reading("DATE", reading.value, flags))


def _with_clock(match: re.Match[str], reading: Reading) -> Reading:
    clock = match.groupdict().get("clock")
    if not clock or "impossible" in reading.flags:
        return reading
    return Reading("TIME", f"{reading.value}T{clock[:5]}", reading.flags)


def _iso(match: re.Match[str], context: Context) -> Reading | None:
    month, number = int(match["number"]), int(match["day"])
    if month > 12:
        return None
    return _with_clock(match, day(context, int(match["year"]), month, number, None))


def _iso_month(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("DATE", f"{match['year']}-{match['number']}")


def _month_year(match: re.Match[str], context: Context) -> Reading | None:
    if not _is_name(match, context):
        return None
    return Reading("DATE", f"{_year(match, context):04}-{month_number(match['month']):02}")


def _month_relative_year(match: re.Match[str], context: Context) -> Reading | None:
    if not _is_name(match, context):
        return None
    year = resolve.unit(context, "Y", {"last": -1, "next": 1}.get(match["which"], 0))
    return Reading("DATE", f"{year}-{month_number(match['month']):02}")


def _month(match: re.Match[str], context: Context) -> Reading | None:
    """Read a bare month; "May" at the start of a sentence needs a preposition or a verb's help."""
    word = match["month"]
    if not _is_name(match, context) or not context.capital(match.start()):
        return None
    if word in MONTH_WORDS and not _month_frame(match, context):
        return None
    way = resolve.direction(context)
    return Reading("DATE", resolve.month(context, month_number(word), way))


_FRAME = re.compile(
    r"(?<!\w)(?:in|since|of|until|till|from|to|by|during|before|after|through|and|or|for|"
    r"between|early|late|mid|the|last|next|this|late in|early in)[-, ]{1,3}$"
)
_A_MARCH = re.compile(r" (?:of|for|on|against|through|to|in|from|was|by|began|ended|at)(?!\w)")
_NOT_MONTH = re.compile(r" (?:will|to|be|have|i|we|he|she|they|it|said|told|who)(?!\w)|'s? ")


def _month_frame(match: re.Match[str], context: Context) -> bool:
    before = context.before(match, 12)
    after = context.after(match, 8)
    if not _FRAME.search(before):
        return False
    if match["month"] == "march" and _A_MARCH.match(after) and re.search(r"the[ -]$", before):
        return False  # "the March of the Living"
    person = match["month"] in ("may", "august") and _NOT_MONTH.match(after)
    return not (person and re.search(r"(?:mrs?|ms|theresa)\.? $", before))


def _day_range(match: re.Match[str], context: Context) -> Reading | None:
    if not _is_name(match, context):
        return None
    month, year = month_number(match["month"]), _year(match, context)
    first = day(context, year, month, int(match["day"]), None)
    last = day(
        context,
        int(first.value[:4]) if year is None and context.anchor else year,
        month,
        int(match["day2"]),
        None,
    )
    if "impossible" in first.flags + last.flags:
        return Reading("DATE", f"{first.value}/{last.value}", ("impossible",))
    if first.value >= last.value:
        return None
    return Reading("DATE", f"{first.value}/{last.value}")


def _month_range(match: re.Match[str], context: Context) -> Reading | None:
    if not _is_name(match, context):
        return None
    year, first, last = match["year"], month_number(match["month"]), month_number(match["month2"])
    if first >= last:
        return None
    return Reading("DATE", f"{year}-{first:02}/{year}-{last:02}")


def _day_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """Read "on the 15th" as a day of the anchor's month, or of the one before or after it."""
    number = ordinal(match["ordinal"])
    if context.anchor is None or not 1 <= number <= 31:
        return None
    steps = {"last": -1, "next": 1}.get(match["which"] or "", 0)
    if match["which"] is None and match["ordinal"][0].isdigit():
        way = resolve.direction(context)
        steps = int(way == "future" and number < context.anchor.day)
        steps -= int(way != "future" and number > context.anchor.day)
    month = resolve.unit(context, "M", steps)
    found = calendars.make(int(month[:4]), int(month[5:]), number)
    return Reading("DATE", f"{month}-{number:02}", () if found else ("impossible",))


def _september_eleventh(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("DATE", "2001-09-11")


_TAIL = r"(?:,? <YEAR>)?"
_CLOCK = r"(?:(?:t| | - |, )(?P<clock>[0-2]\d:[0-5]\d)(?::\d\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d:?\d\d)?)?"

RULES = (
    rule("iso day", rf"(?P<year>\d{{4}})-(?P<number>\d\d)-(?P<day>\d\d){_CLOCK}", _iso),
    rule("year/month/day", r"(?P<year>[12]\d{3})/(?P<number>\d\d?)/(?P<day>\d\d?)", _iso),
    rule("compact day", r"(?P<year>(?:19|20)\d\d)(?P<number>0[1-9]|1[0-2])(?P<day>[0-3]\d)", _iso),
    rule("iso month", r"(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])", _iso_month),
    rule("slashes", rf"(?P<first>\d\d?)/(?P<second>\d\d?)/(?P<year>\d{{4}}|\d\d){_CLOCK}", _numeric),
    rule("dots", rf"(?P<first>\d\d?)\.(?P<second>\d\d?)\.(?P<year>\d{{4}}){_CLOCK}", _numeric),
    rule("month day", rf"(?:<ANYDAY>,? )?(?P<which>last |next )?<MONTH> (?:the )?<DAY>{_TAIL}", _month_day),
    rule("month ordinal", rf"(?:<ANYDAY>,? )?<MONTH> (?:the )?<ORDINAL>{_TAIL}", _month_day),
    rule("day month", rf"(?:<ANYDAY>,? )?<DAY>(?: of)?(?: |-)<MONTH>{_TAIL}", _month_day),
    rule("day-month-year", r"<DAY>-<MONTH>-(?P<year>\d{4}|\d\d)", _dashed),
    rule("ordinal of month", rf"(?:<ANYDAY>,? )?the <ORDINAL> of <MONTH>{_TAIL}", _month_day),
    rule("month days", rf"<MONTH> <DAY>(?:-| to | through )<DAY2>{_TAIL}", _day_range),
    rule("days month", rf"<DAY>(?:-| to )<DAY2> <MONTH>{_TAIL}", _day_range),
    rule("months year", r"<MONTH>-<MONTH2>,? <YEAR>", _month_range),
    rule("month year", r"<MONTH>,?(?: of)? <YEAR>", _month_year),
    rule("month short year", r"<MONTH> '(?P<year>\d\d)", _month_year),
    rule("month this year", r"<MONTH>,?(?: of)? (?P<which>this|last|next) year", _month_relative_year),
    rule("month", r"<FULLMONTH>", _month),
    rule("day of month", r"the <ORDINAL> of (?P<which>this|last|next) month", _day_of_month),
    rule(
        "on the day",
        r"the (?P<ordinal>\d{1,2}(?:st|nd|rd|th))(?P<which>(?!))?(?=[.,;] |[.,;]?$)",
        _day_of_month,
    ),
    rule("nine eleven", r"9/11(?!/)", _september_eleventh),
)
