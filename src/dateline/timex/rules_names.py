"""Grammar of holidays, seasons, other calendars, and of words like "now" and "recently"."""

from __future__ import annotations

import datetime as dt
import re

from dateline.timex import calendars, resolve, values
from dateline.timex.fragments import HOLIDAYS, OTHER_MONTHS, SEASONS, either, rule
from dateline.timex.model import Context, Reading
from dateline.timex.tables import pairs

REFERENCES = pairs("references")
# Words that are more often something else: "once a leader", "the previously announced plan".
_CLOSE = 45  # days within which a holiday is meant whatever the tense of the clause
_GUARDED = {"once", "previously", "formerly", "this time", "shortly", "soon"}


def _holiday(match: re.Match[str], context: Context) -> Reading | None:
    name, groups = re.sub(r"\s+", " ", match["holiday"]), match.groupdict()
    if not context.capital(match.start("holiday")):
        return None
    rule_text, flags = HOLIDAYS[name]
    year = int(groups["year"]) if groups.get("year") else None
    if year is None and context.anchor is None:
        return Reading("DATE", "XXXX-XX-XX", flags)
    which = (groups.get("which") or "").strip()
    value = _occurrence(rule_text, year, which, context)
    if value is None:
        return None
    days = values.interval(value)
    shown = value if "/" not in value else value[:7]
    written = f"{days[0]}/{days[1]}" if days and days[0] != days[1] else days[0] if days else None
    return Reading("DATE", shown, flags, edtf=written)


def _occurrence(rule_text: str, year: int | None, which: str, context: Context) -> str | None:
    """Return the holiday's value in a year, or the occurrence a direction points to."""
    anchor = context.anchor or dt.date(year or 2000, 12, 31)
    if year is not None:
        found = [value for value in _around(rule_text, dt.date(year, 7, 1)) if value[:4] == f"{year:04}"]
        return found[0] if found else None
    days = _around(rule_text, anchor)
    here = anchor.isoformat()
    before = [day for day in days if day[:10] <= here]
    after = [day for day in days if day[-10:] >= here]
    way = {"last": "past", "next": "future", "this past": "past"}.get(which) or resolve.hint(context)
    if which == "last":
        before = [day for day in before if day[-10:] < here]
    if not which and before and after:
        near = _nearest(before[-1], after[0], anchor)
        gap = abs(((values.first_day(near) or anchor) - anchor).days)
        if way is None or gap < _CLOSE:
            return near
    chosen = after[:1] if way == "future" else before[-1:]
    return chosen[0] if chosen else None


def _nearest(before: str, after: str, anchor: dt.date) -> str:
    first, second = values.first_day(before), values.first_day(after)
    if first is None or second is None:
        return before
    return before if anchor - first <= second - anchor else after


def _around(rule_text: str, day: dt.date) -> list[str]:
    """Return the occurrences of a holiday from two years before a day to two years after it."""
    base = day.year
    if rule_text.startswith("islamic"):
        base = calendars.islamic_year(day)
    elif rule_text.startswith("persian"):
        base = calendars.persian_year(day)
    found = (calendars.holiday(rule_text, base + step) for step in (-2, -1, 0, 1, 2))
    return sorted(value for value in found if value)


def _season(match: re.Match[str], context: Context) -> Reading | None:
    """Read a season; "fall" and "spring" are verbs unless an article or a year frames them."""
    groups = match.groupdict()
    code = SEASONS[match["season"]]
    if groups.get("year"):
        edtf = _across(int(groups["year"]), groups["second"]) if groups.get("second") else None
        if groups.get("second") and (edtf is None or code != "WI"):
            return None
        return Reading("DATE", f"{groups['year']}-{code}", ("fuzzy",), edtf=edtf)
    if groups.get("which"):
        year = resolve.unit(context, "Y", {"last": -1, "next": 1}.get(groups["which"], 0))
        return Reading("DATE", f"{year}-{code}", ("fuzzy",))
    before, after = context.before(match, 12), context.after(match, 4)
    if after == " in " or not (match[0].startswith("the ") or _SEASON_FRAME.search(before)):
        return None
    value = resolve.season(context, code, 0, resolve.direction(context))
    return Reading("DATE", value, ("fuzzy",))


def _across(year: int, second: str) -> str | None:
    """Return the months of "the winter of 2015-16"; None where the second year does not follow."""
    follows = f"{year + 1:04}".endswith(second)
    return f"{year:04}-12/{year + 1:04}-02" if follows else None


def _reference(match: re.Match[str], context: Context) -> Reading | None:
    word = re.sub(r"\s+", " ", match[0])
    if word in _GUARDED and not _frames(word, match, context):
        return None
    before = context.before(match, 8)
    if word == "the past" and re.match(
        r" (?:\w{1,12} ){0,2}(?:day|week|month|year|decade|quarter|summer|"
        r"winter|spring|fall|hour|centur|season)",
        context.after(match, 40),
    ):
        return None
    if word == "now" and re.search(r"(?:up to|from) $", before):
        return Reading("DATE", "PRESENT_REF")
    return Reading("DATE", REFERENCES[word])


def _frames(word: str, match: re.Match[str], context: Context) -> bool:
    """Return whether a guarded word stands where it tells a time."""
    before = context.before(match, 12)
    after = context.after(match, 12)
    if word in ("soon", "shortly"):
        return not re.search(r"(?:as|too|how|so|very) $", before) and not re.match(
            r" (?:as|after|before|there)|er", after
        )
    if word == "this time":
        return bool(re.match(r"[,.]", after)) and bool(re.search(r"(?:at|by) $", before))
    opening = context.capital(match.start()) and after.startswith(",")
    verbal = re.search(r"(?:was|were|had|has|have|been) $", before)
    follows = re.match(r" (?:again|more|the|a|he|she|they|it)(?!\w)", after)
    return opening or (verbal is not None and follows is None)


def _other_day(match: re.Match[str], context: Context) -> Reading | None:
    """Convert "16 Shahrivar 1401" or "10 Muharram": approximate, and flagged with its calendar."""
    calendar, month = OTHER_MONTHS[re.sub(r"\s+", " ", match["month"])]
    flags = ("approximate", calendar)
    if not context.capital(match.start("month")):
        return None
    convert = calendars.from_islamic if calendar == "islamic" else calendars.from_persian
    year = _other_year(match, calendar, context)
    if year is None:
        return Reading("DATE", "XXXX-XX-XX", flags)
    found = convert(year, month, int(match["day"]))
    if found is None:
        return Reading("DATE", "XXXX-XX-XX", (*flags, "impossible"))
    return Reading("DATE", found.isoformat(), flags)


def _other_month(match: re.Match[str], context: Context) -> Reading | None:
    calendar, month = OTHER_MONTHS[re.sub(r"\s+", " ", match["month"])]
    if not context.capital(match.start("month")):
        return None
    year = _other_year(match, calendar, context)
    span = calendars.month_span(calendar, year, month) if year is not None else None
    if span is None:
        return Reading("DATE", "XXXX-XX", ("approximate", calendar))
    return Reading("DATE", span[:7], ("approximate", calendar), edtf=span)


def _other_year(match: re.Match[str], calendar: str, context: Context) -> int | None:
    if written := match.groupdict().get("other"):
        return int(written)
    if context.anchor is None:
        return None
    current = calendars.islamic_year if calendar == "islamic" else calendars.persian_year
    year = current(context.anchor)
    _, month = OTHER_MONTHS[re.sub(r"\s+", " ", match["month"])]
    span = calendars.month_span(calendar, year, month)
    ahead = span is not None and span[:10] > context.anchor.isoformat()
    return year - 1 if ahead and resolve.direction(context) != "future" else year


def _persian_year(match: re.Match[str], context: Context) -> Reading | None:
    year = int(match["other"])
    first, after = calendars.from_persian(year, 1, 1), calendars.from_persian(year + 1, 1, 1)
    if first is None or after is None:
        return None
    last = after - dt.timedelta(1)
    return Reading("DATE", f"{first.year}", ("approximate", "persian"), edtf=f"{first}/{last}")


def _era_year(match: re.Match[str], context: Context) -> Reading | None:
    """Read "1443 AH" (Islamic) and "1401 SH" (Persian) as the days of that year."""
    if match["era"].replace(".", "") != "ah":
        return _persian_year(match, context)
    year = int(match["other"])
    first, after = calendars.from_islamic(year, 1, 1), calendars.from_islamic(year + 1, 1, 1)
    if first is None or after is None:
        return None
    last = after - dt.timedelta(1)
    return Reading("DATE", f"{first.year}", ("approximate", "islamic"), edtf=f"{first}/{last}")


_ERA = r"(?: (?:ah|a\.h\.|ap|a\.p\.|sh))?"
_OTHER = rf"(?: of|,)? (?P<other>1[0-5]\d\d){_ERA}"
_SEASON_FRAME = re.compile(
    r"(?<!\w)(?:in|during|over|since|by|until|through|throughout|before|after|for|late|early|mid|of)[ -]$"
)

RULES = (
    rule(
        "holiday",
        r"(?:(?P<which>last|next|this past|this|the) )?<HOLIDAY>(?: day| season| weekend| week)?"
        r"(?:,? <YEAR>)?",
        _holiday,
    ),
    rule("winter years", r"(?:the )?<SEASON>(?: of|,)? <YEAR>[-/](?P<second>\d\d(?:\d\d)?)", _season),
    rule("season year", r"(?:the )?<SEASON>(?: of|,)? <YEAR>", _season),
    rule("season this year", r"(?:the )?<SEASON>(?: of)? (?P<which>last|next|this) year", _season),
    rule("season", r"(?:the )?<SEASON>(?! of|-|,? \d{4}| this year| last year)", _season),
    rule("reference", either(REFERENCES), _reference),
    rule(
        "other day",
        rf"(?:the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? <OTHERMONTH>(?:{_OTHER})?",
        _other_day,
    ),
    rule("other month day", rf"<OTHERMONTH> (?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:{_OTHER})?", _other_day),
    rule("other month", rf"<OTHERMONTH>{_OTHER}", _other_month),
    rule(
        "persian year",
        r"(?:the )?(?:persian|iranian|solar)(?: hijri| calendar)? year(?: of)? "
        r"(?P<other>1[2-4]\d\d)",
        _persian_year,
    ),
    rule(
        "era year", r"(?:the year )?(?P<other>1[2-4]\d\d) (?P<era>ah|sh|ap|a\.h\.|s\.h\.|a\.p\.)", _era_year
    ),
    rule("month of", r"(?:the )?(?:\w{4,8} )?month of <OTHERMONTH>", _other_month),
)
