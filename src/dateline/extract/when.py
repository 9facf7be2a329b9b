"""When: the date of an act with its basis, from the time expressions of its sentence.

Dates come from the expressions :mod:`dateline.timex` finds. Each has been given the verb or the noun it
dates (:mod:`.datings`); :func:`date_of` then takes for an act the date of its own words, of its clause,
or of a clause it shares the time of. The date of a saying is not the date of what is said, that of asking
not the date of what is asked for. Nothing is invented: without an expression a date is inherited from the
same act elsewhere in the report, or stays empty. Whether the act is news is decided in :mod:`.background`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.datings import INSIDE_NOUN, Act, Dated, is_perfect, of_verb, tense_of
from dateline.extract.reckoned import counted_from, lasting
from dateline.lexicon import Lexicon
from dateline.parse import Paragraph
from dateline.records import DateBasis
from dateline.timex import Timex, resolve, values

if TYPE_CHECKING:
    from spacy.tokens import Token

# Cues whose own date is not that of what is said: accused *on Monday* of an act long before.
OWN_TIME = frozenset({"say", "write", "accuse", "deny", "think", "perceive"})
# Clauses that share the time of the clause they belong to, by their conjunction ("" is a participle).
FINE = frozenset({"day", "time"})  # grains of which "before" says nothing a reader does not know
SHARING_MARKS = frozenset({"as", "when", "while", "until", ""})
ACCOMPANYING = frozenset({"during", "with"})  # "clashed on Monday during *demonstrations*"
TOLD_AS_DONE = frozenset({"past", "perfect", "pluperfect", "VBN"})
NEAR = 2  # tokens between a date and the clause that opens with "when"
OTHER_MARKS = frozenset({"after", "before", "since", "if", "unless", "because", "although", "though"})


def date_of(hit: Act, dates: Sequence[Dated], lexicon: Lexicon, *, happened: bool = True) -> Dated | None:
    """Return the time expression that dates an act: on its own words, else in its clause.

    ``happened`` is false for acts asked for, planned, possible or denied: "asked on Friday to leave" says
    when it was asked, not when to leave. A date before its verb ("On Friday X asked …") is the time of the
    whole sentence, one after it that of its own verb; years and months reach further than days.
    """
    known = [d for d in dates if d.timex.edtf is not None]
    if not syntax.is_verbal(hit.token):
        own = _nearest(hit, [d for d in known if hit.token.i in d.nouns or _in_participle(d, hit.token)])
        if own is not None or hit.support is None:
            return own or _around_the_noun(hit, known, lexicon) or counted_from(hit, dates)
    if not of_verb(known, syntax.clause_root(hit.support or hit.token)):
        counted = counted_from(hit, dates)
        if counted is not None:
            return counted
    return (
        _in_the_clause(hit, known, lexicon, happened=happened)
        or counted_from(hit, dates)
        or lasting(hit, dates)
    )


def _nearest(hit: Act, dates: Sequence[Dated]) -> Dated | None:
    """Return the nearest of several dates; "on strike since June, rejected … on Monday" was on Monday."""

    def rank(dated: Dated) -> tuple[bool, int, int]:
        open_ended = dated.timex.relation == "since" and dated.verb is not None and not is_perfect(dated.verb)
        return open_ended, abs(dated.head.i - hit.token.i), dated.head.i

    return min(dates, key=rank, default=None)


def _in_participle(dated: Dated, noun: Token) -> bool:
    """Tell "a deal, struck in Abu Dhabi on Friday"."""
    verb = dated.verb
    return verb is not None and verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.head.i == noun.i


def _around_the_noun(hit: Act, dates: Sequence[Dated], lexicon: Lexicon) -> Dated | None:
    """Date a noun by the verb whose subject or object it is: "a *bombing* killed five on Monday"."""
    noun = hit.token
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    verb = syntax.clause_root(noun)
    if not syntax.is_verbal(verb):
        return None
    cue = lexicon.cues.get(("verb", verb.lemma_.lower()))
    found = of_verb(dates, verb)
    is_core = noun.head.i == verb.i and noun.dep_ in ("dobj", "nsubj", "nsubjpass") and cue is None
    if noun.dep_ == "pobj" and noun.head.head.i == verb.i and cue is None:
        is_core = noun.head.lower_ in ACCOMPANYING
    if noun.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in lexicon.sets["ENDING"]:
        is_core = False  # "lifted the curfew on Monday": the curfew is older
    if not is_core:
        found = [d for d in found if d.is_coarse or d.head.i < min(verb.i, noun.i)]
    return _nearest(hit, found)


def _in_the_clause(
    hit: Act, dates: Sequence[Dated], lexicon: Lexicon, *, happened: bool
) -> Dated | None:  # fmt: skip
    anchor = hit.support or hit.token
    for step, (verb, shares) in enumerate(_date_clauses(anchor, lexicon, happened=happened)):
        own = of_verb(dates, verb)
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
            own = [d for d in of_verb(dates, child) if d.head.i > child.i]
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
    return next((d for clause in clauses for d in of_verb(dates, clause)), None)


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


# -- how it is written ------------------------------------------------------------------------------------


def edtf_of(hit: Act, dated: Dated, *, done: bool = False) -> str | None:
    """Return the date of an act as EDTF: open to one side after "since", or beside a dated clause.

    "after it was disowned, Albania took it in in 2016": the disowning is ``../2016``. Of a day that is not
    written: that somebody was shot before Monday says nothing a reader does not know. ``done`` tells that
    the act is told as over, whatever the verb says on which the date hangs.
    """
    edtf = dated.timex.edtf
    if edtf is None or dated.counted:
        return edtf
    if done and (past := _before_writing(hit, dated)) is not None:
        return past
    if _is_dated_itself(hit, dated):
        return edtf.removesuffix("/..").removeprefix("../")
    if dated.timex.relation in ("until", "before") and not dated.is_coarse:
        return _by_the_day(hit, dated)
    if dated.timex.relation == "until" and _is_to_come(dated.timex):
        return edtf.removeprefix("../")  # "will leave by the end of August"
    if "/" in edtf:
        return _starting(hit, dated)
    beside = _beside(hit.support or hit.token, dated.head)
    if beside == "before" and dated.timex.granularity in FINE and dated.timex.relation == "in":
        return None
    bound = _bound(dated.head, hit.token) or beside
    return {"since": f"{edtf}/..", "before": f"../{edtf}"}.get(bound, edtf)


def _before_writing(hit: Act, dated: Dated) -> str | None:
    """Read "ordered them to leave *on Wednesday*" as the last one where it is when they were ordered.

    What is done has no date after the report's own; None where the date is none that turns on a tense.
    """
    timex = dated.timex
    verb = syntax.clause_root(hit.support or hit.token)
    ahead = timex.edtf is not None and timex.anchor is not None and timex.edtf > timex.anchor
    if not ahead or timex.relation != "in" or tense_of(verb) not in TOLD_AS_DONE:
        return None
    return resolve.earlier(timex)


def _is_dated_itself(hit: Act, dated: Dated) -> bool:
    """Tell the raid of "since Monday's *raid*" and the ban of "since 1990, when it was *banned*".

    The preposition tells how the rest of the sentence stands to the date, not when these were.
    """
    if dated.timex.relation not in ("since", "after", "before", "until"):
        return False
    if hit.token.i in dated.nouns and dated.head.dep_ in INSIDE_NOUN:
        return True
    verb = syntax.clause_root(hit.support or hit.token)
    opens = any(c.tag_ == "WRB" and c.lower_ == "when" and c.i < verb.i for c in verb.children)
    return opens and 0 < verb.left_edge.i - dated.head.i <= NEAR


def _by_the_day(hit: Act, dated: Dated) -> str | None:
    """Read "by Saturday night it had suspended" as that day; "must leave by Sunday" dates no act."""
    edtf = dated.timex.edtf
    if edtf is None or not edtf.startswith("../"):
        return edtf  # "before dawn on Monday" is on Monday
    return edtf.removeprefix("../")


def _is_to_come(timex: Timex) -> bool:
    """Tell "until the end of the month" from "until the end of last year"."""
    last, day = values.last_day(timex.edtf), values.first_day(timex.anchor)
    return last is not None and day is not None and last >= day


def _starting(hit: Act, dated: Dated) -> str | None:
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
