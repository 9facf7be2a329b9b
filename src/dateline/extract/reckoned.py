"""Dates reckoned from another act's: "two weeks after it was shelled", "five weeks before the invasion".

:func:`counted_from` reckons inside the sentence; :class:`Offset` is what the sentence says where the other
act is dated elsewhere in the report (:mod:`.thread` puts the two together).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.datings import Act, Dated, is_perfect, of_verb
from dateline.timex import values

if TYPE_CHECKING:
    from spacy.tokens import Token

CORE = frozenset({"dobj", "nsubjpass"})
_AMOUNT = re.compile(r"P(?:T[\dX]+[HMS]|(\d{1,3})([DWMY]))")


def counted_from(hit: Act, dates: Sequence[Dated]) -> Dated | None:
    """Date "two weeks after the North *shelled* it" by the date of the main clause, less two weeks.

    A main clause without a date is of the day of writing.
    """
    word = _marked(hit)
    marker = _time_marker(word)
    if marker is None or marker.i == 0:
        return None
    main = syntax.clause_root(marker.head if marker.head.i != word.i else word.head)
    days = [d for d in of_verb(dates, main) if d.timex.granularity in ("day", "time") and d.timex.edtf]
    amounts = [d for d in dates if d.timex.type == "DURATION" and 0 < marker.i - d.head.i <= 2]
    if days and marker.nbor(-1).lemma_.lower() in ("hour", "minute", "moment"):
        return replace(days[-1], counted=True)
    start = days[-1].timex.edtf if days else _today(main, marker, dates)
    if not amounts or start is None:
        return None
    edtf = _shifted(start, amounts[-1].timex.value, marker.lower_)
    timex = replace(amounts[-1].timex, edtf=edtf)
    return replace(amounts[-1], timex=timex, counted=True) if edtf else None


def _marked(hit: Act) -> Token:
    """Return the word that may stand after "after": the act's own, its verb, or the first of joined verbs.

    "two days after he had given in and *stepped* down", "a day after police had broken up the *march*".
    """
    word = hit.support or hit.token
    if not syntax.is_verbal(word) and (word.dep_ not in CORE or _time_marker(word) is not None):
        return word
    word = syntax.clause_root(word)
    while word.dep_ == "conj" and syntax.is_verbal(word.head) and _time_marker(word) is None:
        word = word.head
    return word


def _today(main: Token, marker: Token, dates: Sequence[Dated]) -> str | None:
    """Return the day of writing for news that no expression dates: "withdrew staff two weeks *after* …"."""
    if marker.lower_ != "after" or of_verb(dates, main):
        return None
    return next((d.timex.anchor for d in dates), None)


def _time_marker(word: Token) -> Token | None:
    """Return the "after" or "before" of a clause or noun: its conjunction, or its preposition."""
    if word.dep_ in ("pcomp", "pobj") and word.head.lower_ in ("after", "before"):
        return word.head
    return next((c for c in word.children if c.dep_ == "mark" and c.lower_ in ("after", "before")), None)


def _shifted(edtf: str | None, amount: str, way: str) -> str | None:
    """Return the day ``amount`` before (way "after") or after ``edtf``; hours leave the day as it is."""
    match = _AMOUNT.fullmatch(amount)
    day = values.first_day(edtf)
    if match is None or day is None:
        return None
    if match[1] is None:
        return edtf
    count = int(match[1]) * (-1 if way == "after" else 1)
    return values.shift(day, 7 * count, "D") if match[2] == "W" else values.shift(day, count, match[2])


def lasting(hit: Act, dates: Sequence[Dated]) -> Dated | None:
    """Date "have refused food for 78 days" from its first day on."""
    verb = syntax.clause_root(hit.support or hit.token)
    if not is_perfect(verb) or any(c.tag_ == "VBD" and c.dep_ == "aux" for c in verb.children):
        return None
    for dated in of_verb(dates, verb):
        match = _AMOUNT.fullmatch(dated.timex.value) if dated.timex.type == "DURATION" else None
        anchor = values.first_day(dated.timex.anchor) if match and match[1] else None
        if match is None or anchor is None or dated.head.head.lower_ != "for":
            continue
        first = values.shift(anchor, -int(match[1]), match[2])
        if first is not None and match[2] == "D":
            return replace(dated, timex=replace(dated.timex, edtf=f"{first}/.."))
    return None


@dataclass(frozen=True, slots=True)
class Offset:
    """How far an act lies from another: "five weeks *before* the invasion" (a lemma), and the words."""

    amount: str
    way: str
    noun: str
    start: int
    end: int


def offset_of(hit: Act, dates: Sequence[Dated]) -> Offset | None:
    """Return the offset of an act whose clause places it before or after another act, named by a noun."""
    verb = syntax.clause_root(hit.support or hit.token)
    for dated in dates:
        doc = dated.head.doc
        if dated.timex.type != "DURATION" or not _AMOUNT.fullmatch(dated.timex.value):
            continue
        marker = dated.head.nbor(1) if dated.head.i + 1 < len(doc) else None
        if marker is None or marker.lower_ not in ("before", "after"):
            continue
        noun = syntax.first(marker, "pobj")
        if noun is not None and syntax.clause_root(marker).i == verb.i and noun.i != hit.token.i:
            end = noun.idx + len(noun)
            return Offset(dated.timex.value, marker.lower_, noun.lemma_.lower(), dated.timex.start, end)
    return None


def offset_date(offset: Offset, edtf: str | None) -> str | None:
    """Return the date at an offset from another's: five weeks before ``2022-02-24`` is ``2022-01-20``.

    None where the other's date is no single day, month or year, or coarser than the offset is fine.
    """
    if edtf is None or "/" in edtf:
        return None
    day = values.first_day(edtf)
    match = _AMOUNT.fullmatch(offset.amount)
    if day is None or match is None or match[1] is None:
        return None
    unit = {"Y": 4, "M": 7}.get(match[2], 10)
    if len(edtf) < unit:
        return None
    count = int(match[1]) * (-1 if offset.way == "before" else 1)
    return values.shift(day, 7 * count, "D") if match[2] == "W" else values.shift(day, count, match[2])
