"""The thread of a report: an undated act takes the date that the same act has elsewhere in the report.

"A cyberattack …" in the lead and "the July attack" below are one; so are two mentions of one kind of act
by one row of the tables between the same parties. Only what is plainly the same inherits, only where all
its dated mentions agree, and the basis says so (``inherited``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.extract import background
from dateline.records import ActorRef, DateBasis, Mention


NAMING = 4  # the shortest noun that is taken to name an act elsewhere


def tied(
    mentions: Sequence[Mention], named: Sequence[tuple[str, str]], published: str | None
) -> list[Mention]:
    """Return the mentions with inherited dates; the time of one that was judged by the thread follows.

    ``named`` are the (noun, date) pairs of phrases such as "the July attack", whether coded or not.
    """
    dated = [m for m in mentions if m.date is not None and m.date_basis.kind == "text"]
    return [_inheriting(m, dated, named, published) for m in mentions]


def _inheriting(
    mention: Mention, dated: Sequence[Mention], named: Sequence[tuple[str, str]], published: str | None
) -> Mention:
    if mention.date is not None or mention.realis in ("future", "requested", "hypothetical"):
        return mention
    dates = {o.date for o in dated if is_same(mention, o)} or _named_so(mention, named)
    if len(dates) != 1:
        return mention
    date = dates.pop()
    moment = background.by_date(date, published)
    changed = replace(mention, date=date, date_basis=DateBasis("inherited"))
    if moment is None or "time:thread" not in mention.why:
        return changed
    why = tuple(moment.why if w == "time:thread" else w for w in mention.why)
    return replace(changed, time=moment.time, why=why)


def _named_so(mention: Mention, named: Sequence[tuple[str, str]]) -> set[str | None]:
    """Return the dates of "the July attack" for a cyberattack: the noun is the act's own or its last part."""
    words = mention.trigger.text.lower().split()
    return {date for noun, date in named if len(noun) >= NAMING and words and words[-1].endswith(noun)}


def is_same(one: Mention, other: Mention) -> bool:
    """Tell two mentions of plainly one act: same type and row, no party of one against the other."""
    if one.event != other.event or one.why[0] != other.why[0] or one.realis != other.realis:
        return False
    sides = ((one.actor, other.actor), (one.recipient, other.recipient))
    agree = [_codes(a) == _codes(b) for a, b in sides]
    open_ = [not _codes(a) or not _codes(b) for a, b in sides]
    shared = any(_codes(a) & _codes(b) for a, b in sides)
    return shared and all(x or y for x, y in zip(agree, open_, strict=True))


def _codes(parties: Sequence[ActorRef]) -> frozenset[str]:
    return frozenset(p.code for p in parties if p.code)
