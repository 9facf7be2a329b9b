"""Background or current: whether the report brings an act as its news or recalls it.

Judged in this order, each with its reason in ``why``: the date of the act against that of publication,
tense and aspect ("had expelled"), words of recalling ("once", "years ago"), and else the thread of the
story. About two months is the age beyond which an act is recalled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateline.extract import syntax
from dateline.extract.triggers import Hit
from dateline.lexicon import Lexicon
from dateline.records import Time
from dateline.timex import values

OLD = timedelta(days=62)  # what ended longer ago than this is recalled, not news


@dataclass(frozen=True, slots=True)
class Moment:
    """How an act stands to the report's news: ``time`` and the reason for it."""

    time: Time
    why: str


def moment(edtf: str | None, published: str | None) -> Moment | None:
    """Judge by the date alone: older than about two months is background; None if undecided."""
    last, day = values.last_day(edtf), _day(published)
    if last is None or day is None:
        return None
    if edtf is not None and edtf.endswith("/.."):
        first = values.last_day(edtf[: -len("/..")])
        return Moment("background", "time:since-long") if first and day - first > OLD else None
    if day - last > OLD:
        return Moment("background", "time:old-date")
    return Moment("current", "time:recent-date")


def recalls(hit: Hit, lexicon: Lexicon) -> bool:
    """Tell an act told as past of the past, or in an aside that says who somebody is."""
    verb = hit.support or syntax.clause_root(hit.token)
    pluperfect = verb.tag_ == "VBN" and any(
        c.dep_ == "aux" and c.lower_ in ("had", "'d", "’d") for c in verb.children
    )
    # "denied it had shelled": the tense is shifted by the report, the act may be of the day.
    pluperfect = pluperfect and not (
        verb.dep_ == "ccomp" and ("verb", verb.head.lemma_.lower()) in lexicon.cues
    )
    perfect = any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children)
    return (
        pluperfect
        or (perfect and syntax.in_aside(verb))
        or any(
            c.lower_ in lexicon.sets["RECALLING"]
            for c in verb.children
            if c.dep_ in ("advmod", "npadvmod", "prep")
        )
    )


def in_main_clause(hit: Hit) -> bool:
    """Tell an act that carries the story on: in the main clause, or in what somebody is quoted saying."""
    verb = syntax.clause_root(hit.support or hit.token)
    while verb.dep_ in ("conj", "ccomp", "xcomp") and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "ROOT"


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
