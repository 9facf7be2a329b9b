"""Grammar of durations ("for two years", "24 hours") and of sets ("every Tuesday", "daily")."""

from __future__ import annotations

import re

from dateline.timex import resolve, values
from dateline.timex.fragments import (
    FULL_MONTHS,
    FULL_WEEKDAYS,
    MONTHS,
    PARTS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    either,
    number,
    rule,
)
from dateline.timex.model import Context, Reading
from dateline.timex.tables import pairs, rows

SETS = pairs("sets")


def _amount(match: re.Match[str]) -> float | None:
    amount = number(match["num"])
    groups = match.groupdict()
    return amount if amount is None else amount + (0.5 if groups.get("half") or groups.get("extra") else 0)


def _duration(match: re.Match[str], context: Context) -> Reading | None:
    """Read an amount of time; "a year" after a price is a rate, "13-year-old" an age."""
    words, unit = match["num"], match["unit"]
    if _is_age(match, context) or _is_number_name(match, context):
        return None
    code, factor = UNITS[unit]
    if words in ("a", "an") and _is_rate(match, context):
        return Reading("SET", values.duration(1, code, factor))
    amount = _amount(match)
    flags = ("fuzzy",) if amount is None else ()
    edtf = _since_birth(match, context, amount, code) if _OLD.match(context.low, match.end()) else None
    return Reading("DURATION", values.duration(amount, code, factor), flags, edtf=edtf)


_OLD = re.compile(r"[- ]olds?(?!\w)")


def _since_birth(match: re.Match[str], context: Context, amount: float | None, code: str) -> str | None:
    """Return the interval that "the 14-year-old war" has lasted: from its first year, month or day on."""
    if context.anchor is None or amount is None or code not in ("D", "W", "M", "Y"):
        return None
    count = int(amount) * (7 if code == "W" else 1)
    first = values.shift(context.anchor, -count, "D" if code == "W" else code) if count < 9999 else None
    return f"{first}/.." if first else None


_RATE = re.compile(
    r"(?:\d|million|billion|thousand|hundred|dozen|percent|once|twice|times|%|hours|days|"
    r"flights|people|dollars|barrels|tons|tonnes|jobs|interviews|trips) $"
)


def _is_rate(match: re.Match[str], context: Context) -> bool:
    return bool(_RATE.search(context.before(match, 14)))


_AGE = re.compile(rf"[- ](?:olds?|of age)(?!\w)(?! {either(row[0] for row in rows('lasting', 1))}(?!\w))")


def _is_age(match: re.Match[str], context: Context) -> bool:
    return bool(_AGE.match(context.low, match.end()))


def _is_number_name(match: re.Match[str], context: Context) -> bool:
    """Return whether "second" is an ordinal or the number belongs to something before it."""
    unit, after = match["unit"], context.after(match, 4)
    if unit == "second" and match["num"] not in ("one", "1"):
        return True
    hyphen = context.low[match.start("unit") - 1] == "-"
    if unit in ("quarter", "quarters") and (after == " of " or hyphen or unit == "quarter"):
        return True  # three-quarters of the seats
    return context.before(match, 1) in ("$", "£", "€", ".", ",", "/")


def _bounded(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the past three months": a duration that begins or ends at the anchor."""
    code, factor = UNITS[match["unit"]]
    amount = _amount(match)
    value = values.duration(amount, code, factor)
    if amount is None:
        return Reading("DURATION", value, ("fuzzy",))
    which = match["which"]
    if which in ("first", "final", "same", "these", "those", "same") or context.anchor is None:
        return Reading("DURATION", value)
    return Reading("DURATION", value, edtf=_span(context, int(amount) * factor, code, which))


def _span(context: Context, count: int, code: str, which: str) -> str | None:
    fine = {"S": "D", "MIN": "D", "H": "D", "W": "D", "Q": "M", "C": "Y", "E": "Y", "ML": "Y"}
    scale = {"W": 7, "Q": 3, "E": 10, "C": 100, "ML": 1000}
    days = {"H": -(-count // 24), "MIN": 0, "S": 0}
    count = days.get(code, count * scale.get(code, 1))
    ahead = which in ("next", "coming", "following", "upcoming")
    if context.anchor is None or count > 9999:
        return None
    code = fine.get(code, code)
    here = values.unit_of(context.anchor, code)
    there = values.shift(context.anchor, count if ahead else -count, code)
    if not here or not there or here == there:
        return here
    return f"{here}/{there}" if ahead else f"{there}/{here}"


def _two_amounts(match: re.Match[str], context: Context) -> Reading | None:
    """Read "two to three weeks" as its lower amount."""
    code, factor = UNITS[match["unit"]]
    if _is_age(match, context) or _is_number_name(match, context):
        return None
    amount = number(match["num"])
    return Reading("DURATION", values.duration(amount, code, factor), ("fuzzy",))


def _worded(match: re.Match[str], context: Context) -> Reading | None:
    """Read "for years", "within weeks": a duration whose amount is not told."""
    if not _FRAME.search(context.before(match, 9)):
        return None
    code, _ = UNITS[match["unit"]]
    start = match.start()
    if re.match(r" (?:before|after|that)(?!\w)", context.after(match, 8)):
        start = match.start("unit")
    return Reading("DURATION", values.duration(None, code), ("fuzzy",), start=start)


def _recent(match: re.Match[str], context: Context) -> Reading | None:
    code, _ = UNITS[match["unit"]]
    if match["which"] == "recent" and code == "Y":
        return Reading("DATE", "PAST_REF")
    if match["which"] == "future":
        return Reading("DATE", "FUTURE_REF")
    return Reading("DURATION", values.duration(None, code), ("fuzzy",))


def _the_single(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the past decade" as a duration, "the past year" as last year."""
    code, factor = UNITS[match["unit"]]
    if code in ("Y", "W", "M") and match["which"] != "first":
        return Reading("DATE", resolve.unit(context, code, -1))
    if match["which"] == "first":
        return None
    edtf = _span(context, factor, code, "past") if context.anchor else None
    return Reading("DURATION", values.duration(1, code, factor), edtf=edtf)


def _long(match: re.Match[str], context: Context) -> Reading | None:
    code, _ = UNITS[match["unit"]]
    one = match["unit"] not in ("years", "decades", "months", "weeks", "days", "centuries")
    return Reading("DURATION", values.duration(1 if one else None, code))


def _every(match: re.Match[str], context: Context) -> Reading | None:
    what, groups = match["what"], match.groupdict()
    part = groups.get("part")
    if what in WEEKDAYS:
        value = f"XXXX-WXX-{WEEKDAYS[what]}"
        return Reading("SET", value + (f"T{PARTS[part]}" if part else ""))
    if what in MONTHS:
        return Reading("SET", f"XXXX-{MONTHS[what]:02}")
    if what in SEASONS:
        return Reading("SET", f"XXXX-{SEASONS[what]}")
    if what in PARTS:
        return Reading("SET", f"XXXX-XX-XXT{PARTS[what]}")
    if what == "weekend":
        return Reading("SET", "XXXX-WXX-WE")
    count = number(groups["count"]) if groups.get("count") else 1.0
    if match["other"]:
        count = 2.0
    code, factor = UNITS[what]
    return Reading("SET", values.duration(count, code, factor))


def _plural_day(match: re.Match[str], context: Context) -> Reading | None:
    if not context.capital(match.start("what")):
        return None
    value = f"XXXX-WXX-{WEEKDAYS[match['what']]}"
    return Reading("SET", value + (f"T{PARTS[match['part']]}" if match["part"] else ""))


def _set_word(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("SET", SETS[re.sub(r"\s+", " ", match[0])])


def _rate(match: re.Match[str], context: Context) -> Reading | None:
    code, factor = UNITS[match["unit"]]
    return Reading("SET", values.duration(1, code, factor))


_FRAME = re.compile(r"(?<!\w)(?:for|in|over|within|after|of|took|take|through|follows) $")
_ALL = either(
    [
        *FULL_WEEKDAYS,
        *FULL_MONTHS,
        *SEASONS,
        "morning",
        "afternoon",
        "evening",
        "night",
        "weekend",
        *(unit for unit in UNITS if unit != "second"),
    ]
)
_PARTS = r"(?P<part>morning|afternoon|evening|night)"
_AROUND = r"(?:last|past|next|coming|previous|following|preceding|upcoming)"

RULES = (
    rule(
        "duration",
        r"<NUM>(?:-| more | additional | full | whole | long | straight | consecutive | "
        r"| or more | solid )<UNIT>(?P<extra> and a half)?(?:-long)?(?: or so)?"
        r"(?!-(?:ago|earlier|end|over|on))",
        _duration,
    ),
    rule("two amounts", r"(?:the (?:next|past|last) )?<NUM>(?: to | or |-)<NUM2>[ -]<UNIT>", _two_amounts),
    rule(
        "the past months",
        rf"(?:the |its |their |these |those )?(?P<which>{_AROUND[3:-1]}|first|final|"
        r"same|latest) <NUM> (?:full |calendar |fiscal )?<UNIT>(?: or so)?",
        _bounded,
    ),
    rule("the months", r"(?P<which>the|these|those) <NUM> <UNITS>", _bounded),
    rule("for years", r"(?:the )?<UNITS>(?: or (?:days|weeks|months|years|decades))?", _worded),
    rule(
        "recent months",
        r"(?:the )?(?P<which>recent|coming|future|past|following|ensuing|intervening)"
        r" <UNITS>",
        _recent,
    ),
    rule("the past decade", r"(?:the )?(?P<which>past|last) <UNIT>", _the_single),
    rule("day-long", r"<UNIT>-long", _long),
    rule(
        "every",
        rf"(?:every|each)(?P<other> other)?(?: single)? (?:(?P<count>two|three|four|five|six|"
        rf"\d{{1,2}}|few|couple of) )?(?P<what>{_ALL})(?: {_PARTS})?",
        _every,
    ),
    rule("Mondays", rf"(?P<what>{either(FULL_WEEKDAYS)})(?:s| {_PARTS[:-1]})s)", _plural_day),
    rule("set word", either(SETS), _set_word),
    rule("per year", r"(?:per|each|every) <UNIT>", _rate),
    rule("all day", r"all (?P<unit>day|week|month|year)(?: long)?", _long),
)
