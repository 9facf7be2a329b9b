"""Grammar of quarters, halves, fiscal years, and of comparisons with a year before."""

from __future__ import annotations

import re

from dateline.timex import resolve, values
from dateline.timex.fragments import ordinal, rule
from dateline.timex.model import Context, Reading
from dateline.timex.rules_relative import steps
from dateline.timex.rules_years import full_year


def _quarter_value(context: Context, number: int, year: str | None, which: str | None) -> str:
    if year:
        return f"{year}-Q{number}"
    if which and "year" in which:
        base = resolve.unit(context, "Y", steps(which.split()[0].removesuffix("'s")))
        return f"{base}-Q{number}"
    return resolve.quarter(context, number, resolve.direction(context))


def _quarter(match: re.Match[str], context: Context) -> Reading | None:
    groups = match.groupdict()
    year = groups.get("year") or groups.get("year2")
    if groups.get("short"):
        year = f"{full_year(groups['short'], context):04}"
    number = ordinal(match["quarter"]) if match["quarter"][0] != "q" else int(match["quarter"][1])
    value = _quarter_value(context, number, year, groups.get("which"))
    return Reading("DATE", value, ("fiscal",) if "fiscal" in match[0] else ())


def _this_quarter(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the quarter", "the latest period": the quarter mentioned last, or the one just ended."""
    which = (match["which"] or "").strip()
    if which in ("this", "current", "next"):
        return Reading("DATE", resolve.unit(context, "Q", steps(which)))
    if which in ("last", "previous", "prior", "preceding"):
        base = values.first_day(context.quarter) if context.quarter and which != "last" else None
        value = values.shift(base, -1, "Q") if base else resolve.unit(context, "Q", -1)
        return Reading("DATE", value or "XXXX-QX")
    return Reading("DATE", _ended_quarter(context))


def _latest_period(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("DATE", _ended_quarter(context)) if context.quarter else None


def _ended_quarter(context: Context) -> str:
    """Return the quarter mentioned last if it has ended by the anchor, else the one before it."""
    own = resolve.unit(context, "Q", 0)
    if context.quarter and (context.quarter < own or own.startswith("X")):
        return context.quarter
    return resolve.unit(context, "Q", -1)


def _year_before(match: re.Match[str], context: Context) -> Reading | None:
    """Read "a year earlier": the same quarter a year before where the text compares quarters."""
    if context.quarter and re.fullmatch(r"\d{4}-Q\d", context.quarter):
        year = context.anchor.year - 1 if context.anchor else int(context.quarter[:4]) - 1
        return Reading("DATE", f"{year:04}-{context.quarter[5:]}")
    return Reading("DATE", resolve.unit(context, "Y", -1))


def _year_before_quarter(match: re.Match[str], context: Context) -> Reading | None:
    value = resolve.quarter(context, ordinal(match["quarter"]), "past")
    if not value[:4].isdigit():
        return Reading("DATE", value)
    return Reading("DATE", f"{int(value[:4]) - 1:04}{value[4:]}")


def _year_earlier_later(match: re.Match[str], context: Context) -> Reading | None:
    """Read "a year earlier" after a year mentioned in the same text as the year before it."""
    if context.quarter is None and (last := values.first_day(context.last)):
        return Reading("DATE", f"{last.year - 1:04}")
    return _year_before(match, context)


def _same_period(match: re.Match[str], context: Context) -> Reading | None:
    year = match["year"] or resolve.unit(context, "Y", -1)
    if context.quarter and year.isdigit():
        return Reading("DATE", f"{year}-{context.quarter[5:]}")
    return Reading("DATE", year)


def _year_period(match: re.Match[str], context: Context) -> Reading | None:
    if context.quarter:
        return Reading("DATE", f"{match['year']}-{context.quarter[5:]}")
    return Reading("DATE", match["year"])


def _half(match: re.Match[str], context: Context) -> Reading | None:
    half = "H1" if match["half"] in ("first", "h1") else "H2"
    year = match["year"]
    if year is None:
        which = {"last": -1, "next": 1, "this": 0}.get((match["which"] or "this")[:4].strip(), 0)
        year = resolve.unit(context, "Y", which)
    return Reading("DATE", f"{year}-{half}")


def _fiscal_year(match: re.Match[str], context: Context) -> Reading | None:
    groups = match.groupdict()
    if groups.get("year"):
        return Reading("DATE", groups["year"], ("fiscal",))
    if groups.get("short"):
        return Reading("DATE", f"{full_year(groups['short'], context):04}", ("fiscal",))
    away = steps(groups.get("which") or "this")
    if re.match(r" (?:ended|ending)(?!\w)", context.after(match, 8)):
        return Reading("DURATION", "P1Y", ("fiscal",))
    return Reading("DATE", resolve.unit(context, "Y", away), ("fiscal",))


def _year_end(match: re.Match[str], context: Context) -> Reading | None:
    year = match.groupdict().get("year")
    if year is None:
        past = resolve.hint(context) == "past"
        year = resolve.unit(context, "Y", -1 if past else 0)
    return Reading("DATE", f"{year}-12-31", ("end", "fuzzy"), edtf=f"{year}-12")


_Q = r"(?:fiscal |fiscal-)?<QUARTER>(?: fiscal)? quarter"
_YEARS = r"(?P<which>(?:this|last|next) year)(?:'s)?"

RULES = (
    rule("the third-quarter loss", r"(?:fiscal )?<QUARTER>-quarter(?:,? <YEAR2>)?", _quarter),
    rule("quarter of year", rf"(?:the )?(?:<YEAR> )?{_Q}(?:,?(?: of| in)?(?: fiscal)? <YEAR2>)?", _quarter),
    rule("this year's quarter", rf"{_YEARS} {_Q}", _quarter),
    rule("quarter of this year", rf"(?:the )?{_Q}(?: of|,)? {_YEARS}", _quarter),
    rule("Q3 2014", r"(?P<quarter>q[1-4])(?:,? (?:of )?<YEAR>| ?'(?P<short>\d\d))?", _quarter),
    rule("2014 Q3", r"<YEAR>[ -]?(?P<quarter>q[1-4])", _quarter),
    rule(
        "the quarter",
        r"(?:the|its|their)(?P<which> (?:latest|current|next|last|previous|prior|preceding|"
        r"most recent))? (?:fiscal )?quarter(?!-)",
        _this_quarter,
    ),
    rule("this quarter", r"(?P<which>this|last|next) quarter(?!-)", _this_quarter),
    rule("the latest period", r"the (?:latest |most recent |current )period", _latest_period),
    rule("a year earlier", r"(?:a|one) year (?:earlier|before)", _year_earlier_later),
    rule("a year ago", r"(?:a|one) year ago", _year_before),
    rule("year-ago", r"year-(?:ago|earlier)", _year_before),
    rule(
        "year-ago period", r"(?:the |its |their )?year-(?:ago|earlier) (?:period|quarter|month)", _year_before
    ),
    rule(
        "year-ago quarter",
        r"(?:the |its )?year-(?:ago|earlier)(?: fiscal)? <QUARTER>[ -]quarter",
        _year_before_quarter,
    ),
    rule(
        "same period",
        r"(?:the |a )?(?:same|corresponding|comparable|like|similar) (?:period|quarter|"
        r"time|months?|span)(?: (?:of|in))?(?: (?:<YEAR>|last year|a year (?:ago|earlier|before)|the "
        r"(?:previous|prior|preceding) year))",
        _same_period,
    ),
    rule("the 1988 period", r"(?:the )?<YEAR> (?:period|quarter)", _year_period),
    rule(
        "half",
        r"(?:the )?(?P<half>first|second|last|latter)[ -]half(?:(?: of)? (?:the )?(?:<YEAR>|"
        r"(?P<which>this|last|next) year|year))",
        _half,
    ),
    rule("H1 2014", r"(?P<half>h[12]),? (?:of )?<YEAR>(?P<which>(?!))?", _half),
    rule("fiscal 1989", r"(?:the )?(?:fiscal|financial)(?: year)?[ -]<YEAR>", _fiscal_year),
    rule("FY1989", r"fy ?(?:<YEAR>|(?P<short>\d\d))", _fiscal_year),
    rule(
        "fiscal year",
        r"(?P<which>this|last|next|the current|the latest|the previous|the next|the prior"
        r"|the|its current|its next) (?:fiscal|financial) year",
        _fiscal_year,
    ),
    rule("year-end", r"(?:the )?year(?:-| )end", _year_end),
    rule("year-end 1989", r"year[ -]end <YEAR>", _year_end),
)
