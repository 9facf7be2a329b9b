"""The records of the date grammar: what goes out (Timex) and what a rule answers (Reading)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Relation = Literal["in", "since", "before", "after", "until", "duration", "none"]
Granularity = Literal["day", "month", "year", "decade", "week", "season", "quarter", "time", "none"]
Direction = Literal["past", "present", "future"]


@dataclass(frozen=True, slots=True)
class Timex:
    """One time expression; offsets are code points, ``text`` is ``source[start:end]``.

    ``value`` is a TIMEX3 value (``2022-09-07``, ``2022-W36``, ``P3D``, ``XXXX-WXX-1``,
    ``PRESENT_REF``); ``edtf`` the interval it denotes (``2022-09-07``, ``1979/..``,
    ``1980/1988``) or None where it denotes no anchored date. ``relation`` tells how the words
    before it tie an event to that interval. ``flags`` may hold: ``ambiguous`` (another reading
    was possible), ``fuzzy`` (approximate by its words), ``start``, ``mid``, ``end`` (a part of
    the interval), ``future`` (after the anchor), ``impossible`` (no such day; edtf is None),
    ``approximate`` (converted from another calendar), ``persian``, ``islamic``, ``fiscal``,
    ``range`` (one end of a span; edtf is the whole span). ``anchor`` is the publication day it
    was resolved against.
    """

    start: int
    end: int
    text: str
    type: Type
    value: str
    edtf: str | None
    relation: Relation
    granularity: Granularity
    flags: tuple[str, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule makes of its match: a TIMEX3 type and value, and optionally an interval.

    ``edtf`` is given only where it does not follow from ``value``; ``start`` and ``end`` only
    where the expression is shorter than the match.
    """

    type: Type
    value: str
    flags: tuple[str, ...] = ()
    edtf: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Context:
    """What rules may know of a text: the text, its anchor, and the date mentioned last.

    ``low`` is the normalised lower-case view, of the same length as ``text``; ``last`` the value
    of the last date before the match in reading order, ``day`` that of the last single day,
    ``quarter`` that of the last quarter; ``at`` is where the match being read lies.
    """

    text: str
    low: str
    anchor: dt.date | None
    clock: str | None
    tense: Callable[[int], str] | None = None
    last: str | None = None
    day: str | None = None
    quarter: str | None = None
    at: tuple[int, int] = (0, 0)

    def capital(self, offset: int) -> bool:
        """Return whether the character at the offset is upper case in the source text."""
        return self.text[offset].isupper()

    def before(self, match: re.Match[str], count: int) -> str:
        """Return up to ``count`` characters of the view before a match."""
        return self.low[max(0, match.start() - count) : match.start()]

    def after(self, match: re.Match[str], count: int) -> str:
        """Return up to ``count`` characters of the view after a match."""
        return self.low[match.end() : match.end() + count]
