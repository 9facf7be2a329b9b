"""When: the date of an act with its basis, from the time expressions of its sentence.

Dates come from the expressions :mod:`dateline.timex` finds. Each is first given the verb or the noun it
dates (:func:`find_dates`); :func:`date_of` then takes for an act the date of its own words, of its clause,
or of a clause it shares the time of. The date of a saying is not the date of what is said, that of asking
not the date of what is asked for. Nothing is invented: without an expression a date is inherited from the
same act elsewhere in the report, or stays empty. Whether the act is news is decided in :mod:`.background`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.triggers import Hit
from dateline.lexicon import Lexicon
from dateline.parse import Paragraph
from dateline.records import DateBasis
from dateline.timex import Timex, time_expressions, values

if TYPE_CHECKING:
    from spacy.tokens import Token

PAST_TAGS = frozenset({"VBD", "VBN"})
# Cues whose own date is not that of what is said: accused *on Monday* of an act long before.
OWN_TIME = frozenset({"say", "write", "accuse", "deny", "think", "perceive"})
# Clauses that share the time of the clause they belong to, by their conjunction ("" is a participle).
SHARING_MARKS = frozenset({"as", "when", "while", "until", ""})
OTHER_MARKS = frozenset({"after", "before", "since", "if", "unless", "because", "although", "though"})
COARSE = frozenset({"year", "month", "decade", "season", "quarter"})
INSIDE_NOUN = frozenset({"compound", "nmod", "poss", "amod", "nummod"})
OF_THE_NOUN = frozenset({"since"})
EVENT_BEFORE = frozenset({"ahead", "before", "after"})  # "before a vote on Sunday" dates the vote
SPANNING = frozenset({"during", "since", "throughout"})  # "during the 1980-88 war" dates the verb too
# "accused it of bombing the airport on Friday": the day of what is alleged
ALLEGING = frozenset({"accuse", "suspect", "blame", "convict", "acquit"})


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression, the token that heads it, and the verb and the nouns that it dates.

    ``verb`` is None where the expression stands inside a noun phrase and dates the noun alone; ``counted``
    tells that the date was reckoned from another act's and holds for this act as it is.
    """

    timex: Timex
    head: Token
    verb: Token | None = None
    nouns: frozenset[int] = frozenset()
    counted: bool = False

    @property
    def is_coarse(self) -> bool:
        """Tell a year or a month, which reaches further in a sentence than a day."""
        return self.timex.granularity in COARSE


_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)")
SURE = 2  # hours past midnight from which the sun's time, which is no legal time, is sure of the day


def local_day(published: str | None, longitude: float | None) -> str | None:
    """Return the publication date as it was where the report was written (degrees east).

    A report stamped 23:30 UTC from Tokyo was written the next day. The hour is taken from the sun (15 degrees
    an hour), so the day changes only where that leaves no doubt. Without a zone or a place: as published.
    """
    if published is None or longitude is None or not _STAMP.fullmatch(published):
        return published
    try:
        stamp = datetime.fromisoformat(published)
        local = stamp.astimezone(UTC) + timedelta(hours=round(longitude / 15))
    except (ValueError, OverflowError):
        return published
    ahead = local.date() > stamp.date() and local.hour >= SURE
    behind = local.date() < stamp.date() and local.hour < 24 - SURE
    return local.strftime("%Y-%m-%dT%H:%M") if ahead or behind else published


def find_dates(paragraph: Paragraph, anchor: str | None) -> list[Dated]:
    """Return the time expressions of a paragraph, resolved against the day of writing (ISO)."""
    doc = paragraph.doc

    def tense(offset: int) -> str:
        span = doc.char_span(offset, offset + 1, alignment_mode="expand")
        return _tense(syntax.clause_root(span[0])) if span is not None else ""

    found = []
    for timex in time_expressions(paragraph.view.text, anchor, tense=tense):
        tokens = doc.char_span(timex.start, timex.end, alignment_mode="expand")
        if tokens is not None:
            verb, nouns = _dated_words(tokens.root, timex)
            found.append(Dated(timex, tokens.root, verb, nouns))
    return [_landed(d, found) for d in found]


def _tense(verb: Token) -> str:
    """Return past or future for the clause of a verb, "" where its tense does not tell."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(a.lower_ in ("will", "shall", "'ll", "’ll") for a in auxiliaries):
        return "future"
    if any(a.tag_ == "VBD" or (a.tag_ in ("VBZ", "VBP") and a.lemma_ == "have") for a in auxiliaries):
        return "past"
    if verb.tag_ in PAST_TAGS:
        return "past"
    if verb.tag_ == "VB" and any(a.lower_ == "to" for a in auxiliaries):
        return "future"
    return ""


# -- what an expression dates -----------------------------------------------------------------------------


def _dated_words(word: Token, timex: Timex) -> tuple[Token | None, frozenset[int]]:
    """Return the verb an expression hangs on and the nouns between.

    "Tuesday's walkout", "the November decree": what is inside a noun phrase dates the noun alone. So does
    "the first lorries since August" unless the verb is in the perfect.
    """
    inside = word.dep_ in INSIDE_NOUN and word.head.pos_ in ("NOUN", "PROPN")
    inside = inside and word.head.head.lower_ not in SPANNING
    nouns: set[int] = set()
    node = word
    apart = False
    while node.head.i != node.i and not (syntax.is_verbal(node) and node.i != word.i and node.dep_ != "pobj"):
        apart = apart or (node.lower_ in OF_THE_NOUN and node.head.pos_ in ("NOUN", "PROPN", "ADJ", "NUM"))
        inside = inside or (node.lower_ in EVENT_BEFORE and bool(nouns))
        node = node.head
        if node.pos_ in ("NOUN", "PROPN"):
            nouns.add(node.i)
    if not syntax.is_verbal(node):
        return None, frozenset(nouns)
    apart = apart and timex.relation == "since" and not (is_perfect(node) and word.i > node.i)
    return (None if inside or apart else node), frozenset(nouns)


def is_perfect(verb: Token) -> bool:
    """Tell "has attacked", "had been attacking"."""
    return any(c.dep_ == "aux" and c.lemma_.lower() in ("have", "'ve", "’ve") for c in verb.children)


def _landed(dated: Dated, others: Sequence[Dated]) -> Dated:
    """Move a day that the parser hung on the wrong verb.

    "called on the army *on Sunday* to hand over" dates the calling; "charged six men with kidnapping 103
    children *on Tuesday*" the charging, which has no other date.
    """
    verb = dated.verb
    if verb is None or dated.is_coarse or dated.timex.edtf is None:
        return dated
    to = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    if to is not None and dated.head.i < to.i and syntax.is_verbal(verb.head):
        return replace(dated, verb=verb.head)
    if verb.dep_ == "ccomp" and verb.head.i < dated.head.i < verb.i and _precedes_clause(dated.head, verb):
        return replace(dated, verb=verb.head)
    if to is not None and (day := _yesterday(dated)) and _is_free(verb.head, dated, others):
        return replace(dated, verb=verb.head, timex=replace(dated.timex, edtf=day))
    governor = verb.head.head if verb.dep_ == "pcomp" else verb
    if verb.dep_ == "acl" and verb.head.dep_ in ("dobj", "pobj"):
        governor = syntax.clause_root(verb.head)
    if governor.lemma_.lower() in ALLEGING:
        return dated
    is_bare = verb.tag_ == "VBG" and dated.timex.relation == "in" and dated.head.i > verb.i
    if governor.i != verb.i and is_bare and governor.tag_ in PAST_TAGS:
        return replace(dated, verb=governor) if _is_free(governor, dated, others) else dated
    return dated


def _is_free(verb: Token, dated: Dated, others: Sequence[Dated]) -> bool:
    """Tell a past verb that no other expression dates."""
    taken = any(o.verb is not None and o.verb.i == verb.i for o in others if o is not dated)
    return verb.tag_ in PAST_TAGS and not taken


def _yesterday(dated: Dated) -> str | None:
    """Return the day of "ordered them to leave *on Wednesday*" on a Thursday: the day of the ordering."""
    day, anchor = values.first_day(dated.timex.edtf), values.first_day(dated.timex.anchor)
    if dated.timex.relation != "in" or day is None or anchor is None or dated.head.tag_ != "NNP":
        return None
    return values.shift(anchor, -1, "D") if (anchor - day).days in (1, -6) else None


def named(dates: Sequence[Dated]) -> list[tuple[str, str]]:
    """Return (lemma, EDTF) of the nouns that carry their date: "the *July attack*", "*Tuesday's walkout*"."""
    return [
        (d.head.head.lemma_.lower(), d.timex.edtf)
        for d in dates
        if d.timex.edtf is not None and d.head.dep_ in INSIDE_NOUN and d.head.head.i in d.nouns
    ]


def _precedes_clause(word: Token, verb: Token) -> bool:
    """Tell "said *on Wednesday* they had charged", where the parser gives the day to the charging."""
    opening = [c.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "mark", "expl")]
    return bool(opening) and word.i < min(opening)


# -- the date of an act -----------------------------------------------------------------------------------


def date_of(hit: Hit, dates: Sequence[Dated], lexicon: Lexicon, *, happened: bool = True) -> Dated | None:
    """Return the time expression that dates an act: on its own words, else in its clause.

    ``happened`` is false for acts asked for, planned, possible or denied: "asked on Friday to leave" says
    when it was asked, not when to leave. A date before its verb ("On Friday X asked …") is the time of the
    whole sentence, one after it that of its own verb; years and months reach further than days.
    """
    known = [d for d in dates if d.timex.edtf is not None]
    if not syntax.is_verbal(hit.token):
        own = _nearest(hit, [d for d in known if hit.token.i in d.nouns or _in_participle(d, hit.token)])
        if own is not None or hit.support is None:
            return own or _around_the_noun(hit, known, lexicon) or _counted_from(hit, dates)
    return (
        _in_the_clause(hit, known, lexicon, happened=happened)
        or _counted_from(hit, dates)
        or _lasting(hit, dates)
    )


def _nearest(hit: Hit, dates: Sequence[Dated]) -> Dated | None:
    """Return the nearest of several dates; "on strike since June, rejected … on Monday" was on Monday."""

    def rank(dated: Dated) -> tuple[bool, int, int]:
        open_ended = dated.timex.relation == "since" and dated.verb is not None and not is_perfect(dated.verb)
        return open_ended, abs(dated.head.i - hit.token.i), dated.head.i

    return min(dates, key=rank, default=None)


def _in_participle(dated: Dated, noun: Token) -> bool:
    """Tell "a deal, struck in Abu Dhabi on Friday"."""
    verb = dated.verb
    return verb is not None and verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.head.i == noun.i


def _of_verb(dates: Sequence[Dated], verb: Token) -> list[Dated]:
    return [d for d in dates if d.verb is not None and d.verb.i == verb.i]


def _around_the_noun(hit: Hit, dates: Sequence[Dated], lexicon: Lexicon) -> Dated | None:
    """Date a noun by the verb whose subject or object it is: "a *bombing* killed five on Monday"."""
    noun = hit.token
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    verb = syntax.clause_root(noun)
    if not syntax.is_verbal(verb):
        return None
    cue = lexicon.cues.get(("verb", verb.lemma_.lower()))
    found = _of_verb(dates, verb)
    is_core = noun.head.i == verb.i and noun.dep_ in ("dobj", "nsubj", "nsubjpass") and cue is None
    if not is_core:
        found = [d for d in found if d.is_coarse or d.head.i < min(verb.i, noun.i)]
    return _nearest(hit, found)


def _in_the_clause(
    hit: Hit, dates: Sequence[Dated], lexicon: Lexicon, *, happened: bool
) -> Dated | None:  # fmt: skip
    anchor = hit.support or hit.token
    for step, (verb, shares) in enumerate(_date_clauses(anchor, lexicon, happened=happened)):
        own = _of_verb(dates, verb)
        if step and not shares:
            own = [d for d in own if d.head.i < verb.i or d.is_coarse]
        if step:
            own = [d for d in own if d.timex.relation in ("in", "since", "none")]
        if own:
            return _listed(own, _nearest(hit, own))
        if not step:
            beside = (
                _on_the_last_conjunct(verb, dates)
                or _in_a_when_clause(verb, dates)
                or _on_the_subject(verb, dates)
            )
            if beside is not None:
                return beside
    return None


def _listed(dates: Sequence[Dated], chosen: Dated | None) -> Dated | None:
    """Read "on Sunday and Monday" as one span of two days."""
    for other in dates:
        if chosen is None or other.head.head.i != chosen.head.i or other.head.dep_ != "conj":
            continue
        first, last = chosen.timex.edtf, other.timex.edtf
        if first and last and first < last and len(first) == len(last) == 10:
            timex = replace(chosen.timex, end=other.timex.end, edtf=f"{first}/{last}")
            return replace(chosen, timex=timex)
    return chosen


def _on_the_last_conjunct(verb: Token, dates: Sequence[Dated]) -> Dated | None:
    """Find the date of "closed the border and recalled its envoy *on Monday*" for the first verb."""
    for child in verb.children:
        joined = child.dep_ == "conj" and syntax.is_verbal(child) and child.tag_ == verb.tag_
        if joined and syntax.first(child, "nsubj", "nsubjpass") is None:
            own = [d for d in _of_verb(dates, child) if d.head.i > child.i]
            return own[-1] if own else _on_the_last_conjunct(child, dates)
    return None


def _on_the_subject(verb: Token, dates: Sequence[Dated]) -> Dated | None:
    """Find the date of "*Tuesday's* walkout shut the port", where the walkout is what did it."""
    subject = syntax.first(verb, "nsubj")
    if subject is None or verb.tag_ != "VBD":
        return None
    return next((d for d in dates if d.verb is None and d.head.head.i == subject.i), None)


def _in_a_when_clause(verb: Token, dates: Sequence[Dated]) -> Dated | None:
    """Find the date of "told him to go when he flew in *on Monday*"."""
    clauses = [c for c in verb.children if c.dep_ == "advcl" and _mark(c) in ("when", "while")]
    return next((d for clause in clauses for d in _of_verb(dates, clause)), None)


def _date_clauses(token: Token, lexicon: Lexicon, *, happened: bool) -> list[tuple[Token, bool]]:
    """Return the verbs whose time may be the act's, nearest first: its own, then those it belongs to.

    The flag tells whether all dates of that verb count, or only those that span the sentence.
    """
    verb = syntax.clause_root(token)
    verbs = [(verb, True)]
    shares = True
    for _ in range(4):
        head = syntax.joined_to(verb)
        if verb.dep_ == "pcomp" and syntax.is_verbal(verb.head.head):
            if verb.head.lower_ in OTHER_MARKS and not happened:
                break
            shares = shares and verb.head.lower_ not in OTHER_MARKS
            head = verb.head.head
        elif not (verb.dep_ in ("xcomp", "conj", "pcomp", "advcl") and syntax.is_verbal(head)):
            break
        if head.i == verb.i or _own_time(verb, head, lexicon):
            break
        shares = shares and _shares_time(verb, happened=happened)
        verbs.append((head, shares))
        verb = head
    return verbs


def _own_time(verb: Token, head: Token, lexicon: Lexicon) -> bool:
    """Tell what is said from what goes along with saying: "accused it of …" against "said, adding …"."""
    if verb.dep_ == "advcl" and _mark(verb) not in SHARING_MARKS | {"after", "before"}:
        return True
    cue = lexicon.cues.get(("verb", head.lemma_.lower()))
    return cue is not None and cue.kind in OWN_TIME and verb.dep_ not in ("advcl", "conj")


def _mark(verb: Token) -> str:
    marks = [c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod") and c.i < verb.i]
    return next((m for m in marks if m in SHARING_MARKS | OTHER_MARKS), "")


def _shares_time(verb: Token, *, happened: bool) -> bool:
    """Tell whether a clause is of the time of its governor, whatever stands in the sentence."""
    if verb.dep_ == "conj":
        # "dumped milk on Monday and urged it" is one story; "…, and Washington told Beijing" another
        return happened and syntax.first(verb, "nsubj", "nsubjpass", "expl") is None
    if verb.dep_ == "advcl":
        earlier = any(c.dep_ == "aux" and c.lower_ == "having" for c in verb.children)
        return _mark(verb) in SHARING_MARKS and not earlier and (happened or verb.tag_ != "VB")
    return happened


_AMOUNT = re.compile(r"P(?:T[\dX]+[HMS]|(\d{1,3})([DWMY]))")


def _counted_from(hit: Hit, dates: Sequence[Dated]) -> Dated | None:
    """Date "two weeks after the North *shelled* it" by the date of the main clause, less two weeks."""
    word = hit.support or hit.token
    word = syntax.clause_root(word) if syntax.is_verbal(hit.token) else word
    marker = _time_marker(word)
    if marker is None or marker.i == 0:
        return None
    main = syntax.clause_root(marker.head if marker.head.i != word.i else word.head)
    days = [d for d in _of_verb(dates, main) if d.timex.granularity in ("day", "time") and d.timex.edtf]
    amounts = [d for d in dates if d.timex.type == "DURATION" and 0 < marker.i - d.head.i <= 2]
    if days and marker.nbor(-1).lemma_.lower() in ("hour", "minute", "moment"):
        return replace(days[-1], counted=True)
    if not amounts or not days:
        return None
    edtf = _shifted(days[-1].timex.edtf, amounts[-1].timex.value, marker.lower_)
    timex = replace(amounts[-1].timex, edtf=edtf)
    return replace(amounts[-1], timex=timex, counted=True) if edtf else None


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


def _lasting(hit: Hit, dates: Sequence[Dated]) -> Dated | None:
    """Date "have refused food for 78 days" from its first day on."""
    verb = syntax.clause_root(hit.support or hit.token)
    if not is_perfect(verb) or any(c.tag_ == "VBD" and c.dep_ == "aux" for c in verb.children):
        return None
    for dated in _of_verb(dates, verb):
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


def offset_of(hit: Hit, dates: Sequence[Dated]) -> Offset | None:
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


# -- how it is written ------------------------------------------------------------------------------------


def edtf_of(hit: Hit, dated: Dated) -> str | None:
    """Return the date of an act as EDTF: open to one side after "since", or beside a dated clause.

    "after it was disowned, Albania took it in in 2016": the disowning is ``../2016``. Of a day that is not
    written: that somebody was shot before Monday says nothing a reader does not know.
    """
    edtf = dated.timex.edtf
    if edtf is None or dated.counted:
        return edtf
    if dated.timex.relation in ("until", "before") and not dated.is_coarse:
        return _by_the_day(hit, dated)
    if dated.timex.relation == "until" and _is_to_come(dated.timex):
        return None
    if "/" in edtf:
        return _starting(hit, dated)
    bound = _bound(dated.head, hit.token) or _beside(hit.support or hit.token, dated.head)
    return {"since": f"{edtf}/..", "before": f"../{edtf}"}.get(bound, edtf)


def _by_the_day(hit: Hit, dated: Dated) -> str | None:
    """Read "by Saturday night it had suspended" as that day; "must leave by Sunday" dates no act."""
    verb = syntax.clause_root(hit.support or hit.token)
    edtf = dated.timex.edtf
    if edtf is None or not edtf.startswith("../"):
        return edtf  # "before dawn on Monday" is on Monday
    return edtf.removeprefix("../") if is_perfect(verb) else None


def _is_to_come(timex: Timex) -> bool:
    """Tell "until the end of the month": an end after the report dates no act."""
    last, day = values.last_day(timex.edtf), values.first_day(timex.anchor)
    return last is not None and day is not None and last >= day


def _starting(hit: Hit, dated: Dated) -> str | None:
    """Read "will boycott it from July" as in July: what is to begin is dated by its beginning."""
    edtf = dated.timex.edtf
    verb = syntax.clause_root(hit.support or hit.token)
    will = any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
    return edtf.removesuffix("/..") if edtf and will and dated.timex.relation == "since" else edtf


def _bound(word: Token, trigger: Token) -> str:
    """Read "since the victory of the revolution in 1979" between a date and what it dates."""
    node = word
    while node.head.i != node.i and node.i != trigger.i and not syntax.is_verbal(node):
        node = node.head
        if node.lower_ == "since" and node.dep_ in ("prep", "mark"):
            return "since"
    return ""


def _beside(trigger: Token, word: Token) -> str:
    """Read an act in an "after"-clause as before the main clause's date, in a "before"-clause as after."""
    verb = syntax.clause_root(trigger)
    inside = verb.left_edge.i <= word.i <= verb.right_edge.i
    node = verb
    while not inside and node.head.i != node.i:
        if node.dep_ == "advcl":
            marks = {c.lower_ for c in node.children if c.dep_ == "mark"}
            return "before" if "after" in marks else "since" if "before" in marks else ""
        node = node.head
    return ""


def basis_of(dated: Dated | None, paragraph: Paragraph) -> DateBasis:
    """Return the basis of a date that words of the paragraph gave."""
    if dated is None:
        return DateBasis("none")
    return DateBasis("text", paragraph.stored(dated.timex.start, dated.timex.end))
