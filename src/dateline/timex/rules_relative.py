"""Grammar of dates told from the day of publication or from the date mentioned last."""

from __future__ import annotations

import datetime as dt
import re

from dateline.timex import resolve, values
from dateline.timex.fragments import (
    FULL_WEEKDAYS,
    PARTS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    either,
    month_number,
    number,
    rule,
)
from dateline.timex.model import Context, Direction, Reading

_STEPS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "prior": -1,
    "preceding": -1,
    "this past": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
    "this coming": 1,
    "upcoming": 1,
    "subsequent": 1,
    "ensuing": 1,
    "this": 0,
    "current": 0,
    "the same": 0,
    "that": 0,
    "same": 0,
    "that same": 0,
    "that very": 0,
    "this same": 0,
    "this very": 0,
}
_FROM_MENTION = {"previous", "prior", "preceding", "following", "subsequent", "ensuing"}


def steps(words: str) -> int:
    """Return -1 for last, past, previous …, 1 for next, coming …, else 0."""
    return _STEPS.get(re.sub(r"\s+", " ", words.removeprefix("the ")), 0)


def with_part(value: str, part: str | None) -> Reading:
    """Return a day, or a part of it (``2022-09-07TEV``) where one is named."""
    if not part:
        return Reading("DATE", value)
    code = PARTS[part]
    return Reading("TIME", f"{value}T{code}")


def _deictic(match: re.Match[str], context: Context) -> Reading | None:
    away = {"yesterday": -1, "tomorrow": 1, "tonight": 0, "today": 0}[match["word"]]
    away *= 2 if match["twice"] else 1
    value = resolve.unit(context, "D", away)
    if match["word"] == "tonight":
        return with_part(value, "night")
    return with_part(value, match["part"])


def _this_part(match: re.Match[str], context: Context) -> Reading | None:
    value = resolve.unit(context, "D", -1 if match["which"] == "last" else 0)
    return with_part(value, match["part"])


def _the_part(match: re.Match[str], context: Context) -> Reading | None:
    """Read "in the morning", "overnight": on the day mentioned last in this text, or the anchor."""
    last = resolve.mentioned(context, "D")
    day = last.isoformat() if last else resolve.unit(context, "D", 0)
    return with_part(day, match["part"])


def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    value = resolve.weekday(context, WEEKDAYS[match["weekday"]], resolve.direction(context))
    if not context.capital(match.start("weekday")):
        return None
    return with_part(value, match["part"])


def _which_weekday(match: re.Match[str], context: Context) -> Reading | None:
    """Read "last Friday" (before the anchor), "next Friday" (after it), "this Friday"."""
    wanted, which = WEEKDAYS[match["weekday"]], match["which"].removeprefix("the ")
    base = context.anchor
    if which in _FROM_MENTION or which in ("same", "that"):
        base = resolve.mentioned(context, "D") or base
    if base is None:
        return with_part(f"XXXX-WXX-{wanted}", match["part"])
    away = steps(which)
    if away == 0:
        value = resolve.weekday(context, wanted, _this_way(context, wanted))
        return with_part(value, match["part"])
    gap = (base.isoweekday() - wanted) % 7 or 7
    if which == "last" and gap in (1, 2):
        gap += 7  # on a Tuesday "last Monday" is not yesterday, which would be "on Monday"
    days = -gap if away < 0 else 7 - gap % 7
    reading = with_part((base + dt.timedelta(days)).isoformat(), match["part"])
    flags = ("ambiguous",) if which == "next" or gap > 7 else ()
    return Reading(reading.type, reading.value, flags)


def _this_way(context: Context, wanted: int) -> Direction:
    hint = resolve.hint(context)
    if hint == "past" and context.anchor and wanted <= context.anchor.isoweekday():
        return "past"
    return "future"


def _which_unit(match: re.Match[str], context: Context) -> Reading | None:
    """Read "last year", "this week", "the previous month" as the calendar unit next to the anchor."""
    code, _ = UNITS[match["unit"]]
    which = match["which"].removeprefix("the ")
    if code in ("E", "C") and which in ("past", "last"):
        return None
    if code in ("S", "MIN", "H") or (code == "D" and which in ("this", "last", "next", "past")):
        return None
    base = resolve.mentioned(context, code) if which in _FROM_MENTION else None
    if base is None:
        value: str | None = resolve.unit(context, code, steps(which))
    else:
        value = values.shift(base, steps(which), code)
    if code == "D" and value:
        return with_part(value, None)
    return Reading("DATE", value) if value else None


def _which_month(match: re.Match[str], context: Context) -> Reading | None:
    wanted, which = month_number(match["month"]), match["which"].removeprefix("the ")
    if not context.capital(match.start("month")) or context.anchor is None:
        return None
    away, own = steps(which), context.anchor.month
    if away == 0:
        way = resolve.direction(context)
        year = context.anchor.year
        year -= way == "past" and wanted > own
        year += way == "future" and wanted < own
    else:
        year = context.anchor.year + ((wanted <= own) if away > 0 else -(wanted >= own))
    return Reading("DATE", f"{year:04}-{wanted:02}")


def _which_season(match: re.Match[str], context: Context) -> Reading | None:
    code, away = SEASONS[match["season"]], steps(match["which"])
    way = resolve.direction(context)
    if match["which"] == "this":
        way = "future" if way == "future" or _is_ahead(context, code) else "past"
    elif "past" in match["which"]:
        away, way = 0, "past"
    value = resolve.season(context, code, away, way)
    if code == "WI" and value[0].isdigit():
        year = int(value[:4])
        return Reading("DATE", value, ("fuzzy",), edtf=f"{year:04}-12/{year + 1:04}-02")
    return Reading("DATE", value, ("fuzzy",))


def _is_ahead(context: Context, code: str) -> bool:
    """Return whether "this summer" is still to come in the anchor's calendar year."""
    first = values.first_day(f"{context.anchor.year:04}-{code}") if context.anchor else None
    return bool(first and context.anchor and first > context.anchor and code != "WI")


def _weekend(match: re.Match[str], context: Context) -> Reading | None:
    """Read a weekend: the last one begun, or with "next" or a future verb the one ahead."""
    if context.anchor is None:
        return Reading("DATE", "XXXX-WXX-WE")
    which = (match["which"] or "").strip()
    saturday = context.anchor.isoweekday() >= 6
    away = steps(which)
    if away == 0:
        ahead = resolve.direction(context) == "future"
        away = 0 if saturday or ahead else -1
    elif away > 0:
        away = 1 if saturday or which == "next" else 0
    return Reading("DATE", resolve.unit(context, "W", away) + "-WE")


_DIRECTIONS = {
    "ago": -1,
    "earlier": -1,
    "before": -1,
    "previously": -1,
    "back": -1,
    "prior": -1,
    "later": 1,
    "from now": 1,
    "hence": 1,
    "after": 1,
    "afterward": 1,
    "afterwards": 1,
    "from today": 1,
    "on": 1,
}
_DEICTIC = ("ago", "from now", "hence", "back", "from today")


def _offset(match: re.Match[str], context: Context) -> Reading | None:
    """Read "two years ago" from the anchor and "two years later" from the last date mentioned."""
    word = re.sub(r"\s+", " ", match["way"])
    code, factor = UNITS[match["unit"]]
    amount = number(match["num"])
    sign = _DIRECTIONS[word]
    if amount is None and word not in _DEICTIC:
        return Reading("DURATION", values.duration(None, code), ("fuzzy",), end=match.end("unit"))
    if amount is None:
        return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", ("fuzzy",))
    amount += 0.5 if match["half"] else 0
    base = context.anchor
    if word not in _DEICTIC:
        base = resolve.mentioned(context, code) or base
    if code in ("S", "MIN", "H") and (word not in _DEICTIC or not context.clock):
        return Reading("DURATION", values.duration(amount, code), end=match.start("way") - 1)
    if code in ("S", "MIN", "H"):
        return _clock_offset(context, sign * amount, code)
    if base is None or amount > 9999:
        return Reading("DATE", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(code, "XXXX"))
    if amount != int(amount) and code in ("Y", "E"):
        amount, code = amount * (12 if code == "Y" else 10), "M" if code == "Y" else "Y"
    flags = ("fuzzy",) if code in ("E", "C") else ()
    years = code == "E"  # "two decades ago" is a year
    count = sign * int(amount) * (10 if years else factor)
    value = values.shift(base, count, "Y" if years else code)
    edtf = values.shift(base, 7 * count, "D") if code == "W" else None  # "two weeks ago" tells the day
    return Reading("DATE", value, flags, edtf=edtf) if value else None


def _clock_offset(context: Context, amount: float, code: str) -> Reading:
    if context.anchor is None or not context.clock:
        return Reading("TIME", "XXXX-XX-XXTXX:XX", ("fuzzy",))
    hour, minute = (int(part) for part in context.clock.split(":")[:2])
    seconds = amount * {"S": 1, "MIN": 60, "H": 3600}[code]
    moment = dt.datetime.combine(context.anchor, dt.time(hour, minute))
    try:
        moment += dt.timedelta(seconds=seconds)
    except OverflowError:
        return Reading("TIME", "XXXX-XX-XXTXX:XX", ("fuzzy",))
    return Reading("TIME", f"{moment:%Y-%m-%dT%H:%M}")


def _ago_words(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("DATE", "PAST_REF", ("fuzzy",))


def _mention_unit(match: re.Match[str], context: Context) -> Reading | None:
    """Read "that day", "the same year", "the next morning": told from the last date mentioned."""
    word, which = match["what"], match["which"]
    part = word if word in PARTS else None
    code = "D" if part else UNITS[word][0]
    base = resolve.mentioned(context, code) or context.anchor
    if base is None:
        return None
    if code in ("S", "MIN", "H"):
        return None
    away = 1 if "next" in which else steps(which)
    value = values.shift(base, away, code)
    if value is None:
        return None
    return with_part(value, part)


def _around_day(match: re.Match[str], context: Context) -> Reading | None:
    base = resolve.mentioned(context, "D")
    value = values.shift(base, -1 if match["way"] == "before" else 1, "D") if base else None
    return Reading("DATE", value) if value else None


_CLAUSE_END = r"(?=[,.;:)]|$| (?:and|but|when|as|that)(?!\w))"


def _bare_unit(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the year" or "the end of the month": the anchor's own; "the year ended" is a span."""
    code, factor = UNITS[match["unit"]]
    after = context.after(match, 10)
    if code != "D" and re.match(r" (?:ended|ending|to|that|since|before|after|earlier)(?!\w)", after):
        return Reading("DURATION", values.duration(1, code, factor))
    return Reading("DATE", resolve.unit(context, code, 0))


def _unit_before(match: re.Match[str], context: Context) -> Reading | None:
    code, factor = UNITS[match["unit"]]
    base = resolve.mentioned(context, code) or context.anchor
    value = values.shift(base, -factor, code) if base else None
    return Reading("DATE", value) if value else None


_PART_TAIL = rf"(?:(?: |-| in the )(?P<part>{either(PARTS)}))?"
_WHICH = r"(?P<which>last|next|this past|this coming|this|(?:the )?(?:past|coming|upcoming|previous|"
_WHICH += r"following|preceding))"
_THE_WHICH = r"(?P<which>last|next|this|(?:the |its |their |his |her )?(?:current|previous|preceding|"
_THE_WHICH += r"prior|following|coming|upcoming|ensuing|subsequent)|the (?:past|last|next)|this past|"
_THE_WHICH += r"this coming|this very)"
_DAYS = either(FULL_WEEKDAYS)
_WAYS = either(set(_DIRECTIONS) - {"before", "after", "prior", "on", "previously"})
_AMOUNT = r"<NUM>(?: more)?[ -]<UNIT>(?P<extra> and a half)?(?: or so)?"

RULES = (
    rule(
        "deictic",
        rf"(?:the )?(?P<twice>day (?:before|after) )?(?P<word>today|yesterday|tomorrow|"
        rf"tonight){_PART_TAIL}",
        _deictic,
    ),
    rule("this morning", r"(?P<which>this|last) (?P<part>morning|afternoon|evening|night)", _this_part),
    rule("the morning", r"(?:the |mid-?)?(?P<part>overnight)", _the_part),
    rule("in the morning", r"the (?P<part>morning|afternoon|evening)(?! of)", _the_part),
    rule("weekday", rf"<WEEKDAY>{_PART_TAIL}", _weekday),
    rule("which weekday", rf"{_WHICH} <WEEKDAY>{_PART_TAIL}", _which_weekday),
    rule("which unit", rf"{_THE_WHICH} (?:calendar |full |school |academic )?<ONEUNIT>", _which_unit),
    rule("which month", rf"{_WHICH} <MONTH>", _which_month),
    rule("which season", rf"{_WHICH} <SEASON>", _which_season),
    rule("weekend", r"(?P<which>last |next |this |this past |this coming |the past |the )?weekend", _weekend),
    rule("ago", rf"{_AMOUNT} (?P<way>{_WAYS})", _offset),
    rule("before that", rf"{_AMOUNT} (?P<way>before|after|prior|previously){_CLAUSE_END}", _offset),
    rule("years ago", r"(?:(?:many|some|several|a few|few) )?<UNITS> ago", _ago_words),
    rule("long ago", r"(?:not )?(?:so |very )?long ago", _ago_words),
    rule(
        "that day",
        rf"(?P<which>that same|that very|that|the same|the next|the following|the previous)"
        rf" (?P<what>{either(set(PARTS) - {'overnight'})}|day|week|month|year|decade|century)",
        _mention_unit,
    ),
    rule("the day after", rf"(?:the|a) day (?P<way>before|after|earlier|later){_CLAUSE_END}", _around_day),
    rule("the year", r"the (?P<unit>year|month|week)(?!-| of)", _bare_unit),
    rule("later in the day", r"(?:(?:earlier|later|early|late) in )(?:the )(?P<unit>day)", _bare_unit),
    rule("the year before", rf"the (?P<unit>year|month|week) (?:before|earlier){_CLAUSE_END}", _unit_before),
)
