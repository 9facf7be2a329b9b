"""The thread of a report: an undated act takes the date that the same act has elsewhere in the report.

"A cyberattack …" in the lead and "the July attack" below are one; so are two mentions of one kind of act
by one row of the tables between the same parties. Only what is plainly the same inherits, only where all
its dated mentions agree, and the basis says so (``inherited``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from dateline.extract import background
from dateline.extract.reckoned import Offset, offset_date
from dateline.records import ActorRef, DateBasis, Mention, Span

Range = tuple[int, int]
NAMING = 4  # the shortest noun that is taken to name an act elsewhere


class Story(Protocol):
    """What the desk noted while it read: see ``_Story`` in :mod:`dateline.extract`."""

    named: list[tuple[str, str]]
    offsets: dict[int, tuple[Offset, Span]]


def tied(
    mentions: Sequence[Mention], story: Story, published: str | None, title: Range | None = None
) -> list[Mention]:
    """Return the mentions with inherited dates; the time of one that no words placed follows.

    ``title`` is where the headline stands in the text: it names no day, but tells what is news below.
    """
    dated = [m for m in mentions if m.date is not None and m.date_basis.kind == "text"]
    named = [*story.named, *((m.trigger.text.lower(), m.date) for m in dated if m.date)]
    placed = [_placed(m, named, story, published) for m in mentions]
    found = [_inheriting(m, dated, story.named, published) for m in placed]
    if title is None:
        return found
    return [_headlined(m, dated, published) if m.sentence.start < title[1] else m for m in found]


def _placed(
    mention: Mention, named: Sequence[tuple[str, str]], story: Story, published: str | None
) -> Mention:
    """Date "came five weeks before the invasion" where the report dates the invasion."""
    found = story.offsets.get(mention.trigger.start) if mention.date is None else None
    if found is None:
        return mention
    offset, words = found
    dates = {date for noun, date in named if noun == offset.noun}
    date = offset_date(offset, dates.pop()) if len(dates) == 1 else None
    if date is None or (mention.realis == "actual" and _is_ahead(date, published)):
        return mention
    return _dated(mention, date, DateBasis("text", words), published)


def _is_ahead(date: str, published: str | None) -> bool:
    """Tell a date after the report's own: what is told as done cannot be of then."""
    return published is not None and date > published[: len(date)]


def _inheriting(
    mention: Mention, dated: Sequence[Mention], named: Sequence[tuple[str, str]], published: str | None
) -> Mention:
    if mention.date is not None or mention.realis in ("future", "requested", "hypothetical"):
        return mention
    lent = (o for o in dated if is_same(mention, o) and not _is_recalled_later(mention, o, published))
    dates = {o.date for o in lent} or _named_so(mention, named)
    date = dates.pop() if len(dates) == 1 else None
    return mention if date is None else _dated(mention, date, DateBasis("inherited"), published)


def _headlined(mention: Mention, dated: Sequence[Mention], published: str | None) -> Mention:
    """Give an act of the headline the date of the first one below that is news and may be the same."""
    if mention.date is not None or mention.realis in ("future", "requested", "hypothetical"):
        return mention
    below = (o for o in dated if o.date and o.sentence.start > mention.sentence.start and _may_be(mention, o))
    date = next((o.date for o in below if o.date and background.is_recent(o.date, published)), None)
    return mention if date is None else _dated(mention, date, DateBasis("inherited"), published)


def _may_be(one: Mention, other: Mention) -> bool:
    """Tell acts of one type with somebody in common on a side."""
    sides = ((one.actor, other.actor), (one.recipient, other.recipient))
    return one.event == other.event and any(_codes(a) & _codes(b) for a, b in sides)


def _is_recalled_later(mention: Mention, other: Mention, published: str | None) -> bool:
    """Tell an act of long ago that is recalled after news of one like it: "in 2017 police killed dozens"."""
    moment = background.by_date(other.date, published)
    old = moment is not None and moment.time == "background"
    return old and background.BY_THREAD in mention.why and other.sentence.start > mention.sentence.start


def _dated(mention: Mention, date: str, basis: DateBasis, published: str | None) -> Mention:
    moment = background.by_date(date, published)
    changed = replace(mention, date=date, date_basis=basis)
    loose = (background.BY_THREAD, background.BY_NETWORK)
    if moment is None or not set(loose) & set(mention.why):
        return changed
    why = tuple(moment.why if w in loose else w for w in mention.why)
    return replace(changed, time=moment.time, why=why)


def _named_so(mention: Mention, named: Sequence[tuple[str, str]]) -> set[str | None]:
    """Return the dates of "the July attack" for a cyberattack: the noun is the act's own or its last part."""
    words = mention.trigger.text.lower().split()
    return {date for noun, date in named if len(noun) >= NAMING and words and words[-1].endswith(noun)}


def is_same(one: Mention, other: Mention) -> bool:
    """Tell two mentions of plainly one act: same type and row, no party of one against the other.

    Two acts of one sentence are two, and the date of one was weighed against the other.
    """
    if one.event != other.event or _row(one) != _row(other) or one.realis != other.realis:
        return False
    if one.sentence == other.sentence:
        return False
    sides = ((one.actor, other.actor), (one.recipient, other.recipient))
    agree = [_codes(a) == _codes(b) for a, b in sides]
    open_ = [not _codes(a) or not _codes(b) for a, b in sides]
    shared = any(_codes(a) & _codes(b) for a, b in sides)
    return shared and all(x or y for x, y in zip(agree, open_, strict=True))


def _row(mention: Mention) -> str:
    """Return what found a mention: a row of the tables, or the network with its word."""
    row = mention.why[0]
    return f"{row}:{mention.trigger.text.lower()}" if row.startswith("trigger:network:") else row


def _codes(parties: Sequence[ActorRef]) -> frozenset[str]:
    return frozenset(p.code for p in parties if p.code)
