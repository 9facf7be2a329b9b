"""Join what stands together: modifiers, clock and day, lists of days, and ranges."""

from __future__ import annotations

import bisect
import dataclasses
import re

from dateline.timex import calendars, values
from dateline.timex.fragments import either
from dateline.timex.model import Context, Reading
from dateline.timex.scan import Found
from dateline.timex.tables import rows

_MODIFIERS = {phrase: (kind, flag) for phrase, kind, flag in rows("modifiers", 3)}


def _before(kind: str) -> re.Pattern[str]:
    words = either(phrase for phrase, (of, _) in _MODIFIERS.items() if of == kind)
    return re.compile(rf"(?<![\w-])({words})(?: the)?[ -]{{1,3}}$")


_OF_DATE, _OF_AMOUNT, _OF_WEEK = _before("date"), _before("amount"), _before("week")
_REACH = 24
_BOUNDED = {"the past months", "the months", "the past decade", "recent months"}
_UNMODIFIED = {*_BOUNDED, "reference", "nine eleven", "decade", "a year earlier", "a year ago"}


def extend(context: Context, found: list[Found]) -> list[Found]:
    """Take modifiers into the expressions: "early 2014", "at least 30 days", "the week of …"."""
    previous = 0
    result: list[Found] = []
    for hit in found:
        result.append(_extended(context, hit, previous))
        previous = hit.end
    return result


def _extended(context: Context, hit: Found, previous: int) -> Found:
    before = context.low[max(previous, hit.start - _REACH) : hit.start]
    kind, grain = hit.reading.type, values.granularity(hit.reading.value)
    if grain == "day" and (match := _OF_WEEK.search(before)):
        return _week(hit, match)
    counted = (kind == "DURATION" and hit.rule not in _BOUNDED) or hit.rule in ("ago", "before that")
    pattern = _OF_AMOUNT if counted else _OF_DATE
    dated = kind in ("DATE", "TIME") and grain != "none" and hit.rule not in _UNMODIFIED
    if not (counted or dated) or hit.reading.value.startswith("?"):
        return hit
    match = pattern.search(before)
    if match is None:
        return hit
    flag = _MODIFIERS[re.sub(r"\s+", " ", match[1])][1]
    start = hit.start - len(before) + match.start()
    flags = hit.reading.flags + ((flag,) if flag not in hit.reading.flags else ())
    return dataclasses.replace(hit, start=start, reading=dataclasses.replace(hit.reading, flags=flags))


def _week(hit: Found, match: re.Match[str]) -> Found:
    day = values.first_day(hit.reading.value)
    if day is None:
        return hit
    start = hit.start - (match.end() - match.start())
    return Found(start, hit.end, "week of", Reading("DATE", values.week_of(day)))


_CLOCK_DAY = re.compile(r",? (?:on |\()?|,? (?:gmt|local time),? (?:on )?")
_DAY_CLOCK = re.compile(r",? (?:at |around |about |at about |at around |by )?")


def join_clocks(context: Context, found: list[Found]) -> list[Found]:
    """Join clock and day where they touch; give other clocks the nearest day of the sentence."""
    result: list[Found] = []
    for hit in found:
        joined = _joined(context, result[-1], hit) if result else None
        if joined:
            result[-1] = joined
        else:
            result.append(hit)
    days = [hit for hit in result if _is_day(hit)]
    return [_placed(context, hit, days) for hit in result]


def _is_clock(hit: Found) -> bool:
    return hit.reading.value.startswith("?")


def _is_day(hit: Found) -> bool:
    return bool(re.match(r"[\dX]{4}-[\dX]{2}-[\dX]{2}|XXXX-WXX-\d", hit.reading.value)) and (
        hit.reading.type in ("DATE", "TIME") and "/" not in hit.reading.value
    )


_SENTENCE = 200  # characters to either side in which a clock time looks for its day


def _joined(context: Context, first: Found, second: Found) -> Found | None:
    between = context.low[first.end : second.start]
    if _is_clock(first) and _is_day(second) and _CLOCK_DAY.fullmatch(between):
        clock, day = first, second
    elif _is_day(first) and _is_clock(second) and _DAY_CLOCK.fullmatch(between):
        clock, day = second, first
    else:
        return None
    return Found(first.start, second.end, "clock and day", _at(clock, day.reading.value))


def _at(clock: Found, day: str) -> Reading:
    return Reading("TIME", day.split("T")[0] + clock.reading.value[10:], clock.reading.flags)


def _placed(context: Context, hit: Found, days: list[Found]) -> Found:
    if not _is_clock(hit):
        return hit
    first = bisect.bisect_left(days, hit.start - _SENTENCE, key=lambda day: day.end)
    last = bisect.bisect_right(days, hit.end + _SENTENCE, key=lambda day: day.start)
    near = [day for day in days[first:last] if _same_sentence(context, hit, day)]
    before = [day for day in days[first:last] if day.end <= hit.start]
    if not near and before and "\n" not in context.low[before[-1].end : hit.start]:
        near = before[-1:]
    if near:
        day = min(near, key=lambda other: abs(other.start - hit.start)).reading.value
    else:
        day = context.anchor.isoformat() if context.anchor else "XXXX-XX-XX"
    return dataclasses.replace(hit, reading=_at(hit, day))


def _same_sentence(context: Context, one: Found, other: Found) -> bool:
    first, second = sorted((one, other), key=lambda hit: hit.start)
    between = context.low[first.end : second.start]
    return not re.search(r"[.!?](?: |$)|\n", between)


_NEXT_DAY = re.compile(
    r"(?:,| and|, and| or) {1,3}(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    r"(?=[.,;)]| {1,3}(?:at|in|as|for|when|and|to|by|with|but|after|before)(?!\w)|$)(?![.,:]\d)"
)


def add_listed_days(context: Context, found: list[Found]) -> list[Found]:
    """Add the later days of a list: "April 24 and 25" is two dates."""
    result: list[Found] = []
    for index, hit in enumerate(found):
        result.append(hit)
        limit = found[index + 1].start if index + 1 < len(found) else len(context.low)
        if hit.rule == "month day" and re.fullmatch(r"\d{4}-\d\d-\d\d", hit.reading.value):
            result.extend(_days_after(context, hit, limit))
    return result


def _days_after(context: Context, hit: Found, limit: int) -> list[Found]:
    days: list[Found] = []
    last = hit
    while (match := _NEXT_DAY.match(context.low, last.end)) and match.end() <= limit:
        last = _listed(last, match)
        days.append(last)
    return days


def _listed(hit: Found, match: re.Match[str]) -> Found:
    year, month, _ = (int(part) for part in hit.reading.value.split("-"))
    number = int(match["day"])
    flags = () if calendars.make(year, month, number) else ("impossible",)
    reading = Reading("DATE", f"{year:04}-{month:02}-{number:02}", flags)
    return Found(match.start("day"), match.end(), "month day", reading)


_ONE = re.compile(r"(?<!\w)(?:the |a |one )?(?P<unit>day|week|month|year) (?P<way>before|after) $")
_OFFSET = re.compile(r" (?P<way>before|after|from) ")


def join_offsets(context: Context, found: list[Found]) -> list[Found]:
    """Read "three days after 7 September" and "the day before last Tuesday" as one date."""
    result: list[Found] = []
    for hit in found:
        joined = _offset(context, result[-1], hit) if result else None
        if joined:
            result[-1] = joined
        else:
            result.append(_day_before(context, hit, result[-1].end if result else 0))
    return result


def _day_before(context: Context, hit: Found, previous: int) -> Found:
    """Read "the day before" into the day that follows it."""
    before = context.low[max(previous, hit.start - 24) : hit.start]
    match = _ONE.search(before) if _is_day(hit) else None
    day = values.first_day(hit.reading.value) if match else None
    if match is None or day is None or context.low[hit.end : hit.end + 2] == "'s":
        return hit
    value = values.shift(day, -1 if match["way"] == "before" else 1, match["unit"][0].upper())
    start = hit.start - len(before) + match.start()
    return Found(start, hit.end, "offset", Reading("DATE", value)) if value else hit


def _offset(context: Context, first: Found, second: Found) -> Found | None:
    match = _OFFSET.fullmatch(context.low[first.end : second.start])
    count = re.fullmatch(r"P(\d{1,4})([DWMY])", first.reading.value)
    day = values.first_day(second.reading.value)
    if not match or not count or first.reading.type != "DURATION" or day is None:
        return None
    if not _is_day(second) or context.text[second.end : second.end + 2] in ("'s", "’s"):
        return None
    sign = -1 if match["way"] == "before" else 1
    value = values.shift(day, sign * int(count[1]), count[2])
    return Found(first.start, second.end, "offset", Reading("DATE", value)) if value else None


_TO = re.compile(r" (?:to|until|till|through|and) |-| - |, ")


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """The two ends of a range in a list of readings, and its interval."""

    first: int
    last: int
    edtf: str


def ranges(context: Context, found: list[Found]) -> tuple[list[Found], dict[int, str]]:
    """Find "from 1992 to 1995" and "between May and July 2014".

    Returns the readings (the first end takes its year from the second) and, for each index that
    is an end of a range, the EDTF interval of the whole.
    """
    result = list(found)
    spans: dict[int, str] = {}
    for index in range(len(result) - 1):
        if index in spans or not _is_range(context, result[index], result[index + 1]):
            continue
        result[index + 1] = _follow(context, result[index], result[index + 1])
        first = _week_back(_take_year(context, result[index], result[index + 1]), result[index + 1])
        one, two = values.interval(first.reading.value), values.interval(result[index + 1].reading.value)
        if one and two and one[0] <= two[1]:
            result[index] = first
            spans[index] = spans[index + 1] = f"{one[0]}/{two[1]}"
    return result, spans


def _is_range(context: Context, first: Found, second: Found) -> bool:
    between = context.low[first.end : second.start]
    if not _TO.fullmatch(between) or {first.reading.type, second.reading.type} != {"DATE"}:
        return False
    before = context.low[max(0, first.start - 12) : first.start]
    if between == ", ":
        return False
    if " and " in between:
        return bool(re.search(r"(?<!\w)between $", before))
    known = re.search(r"(?<!\w)from $", before)
    return bool(known) or "to" not in between or _kind(first) == _kind(second)


def _kind(hit: Found) -> str:
    return values.granularity(hit.reading.value)


def _follow(context: Context, first: Found, second: Found) -> Found:
    """Give the second end, where it has no year of its own, the first year in which it follows."""
    value, start = second.reading.value, first.reading.value
    if second.rule not in ("month", "month day", "day month") or not start[:4].isdigit():
        return second
    if re.search(r"\d{4}", context.text[second.start : second.end]) or not value[:4].isdigit():
        return second
    year = int(start[:4]) + (value[4:] < start[4 : len(value)])
    reading = dataclasses.replace(second.reading, value=f"{year:04}{value[4:]}")
    return dataclasses.replace(second, reading=reading)


def _week_back(first: Found, second: Found) -> Found:
    """Move "Monday" back a week in "from Monday to Friday" where Friday is the earlier one."""
    if first.rule == second.rule == "weekday" and first.reading.value > second.reading.value:
        day = values.first_day(first.reading.value)
        if day and (value := values.shift(day, -7, "D")):
            reading = dataclasses.replace(first.reading, value=value + first.reading.value[10:])
            return dataclasses.replace(first, reading=reading)
    return first


def _take_year(context: Context, first: Found, second: Found) -> Found:
    """Give "May" the year of "July 2014" where the first end has none of its own."""
    value, other = first.reading.value, second.reading.value
    named = re.search(r"\d{4}", context.text[first.start : first.end])
    if named or first.rule not in ("month", "month day", "day month") or not other[:4].isdigit():
        return first
    if not re.search(r"\d{4}", context.text[second.start : second.end]):
        return first
    year = int(other[:4]) - (value[5:7] > other[5:7])
    reading = dataclasses.replace(first.reading, value=f"{year:04}{value[4:]}")
    return dataclasses.replace(first, reading=reading)
