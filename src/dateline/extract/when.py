"""When: the date of an act with its basis, and whether the report brings it as news or recalls it.

Dates come from the expressions :mod:`dateline.timex` finds. An expression belongs to the act whose
clause it stands in; the date of a saying is not the date of what is said. Nothing is invented: without
an expression a date is inherited from the same act earlier in the report, or stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.triggers import Hit
from dateline.lexicon import Lexicon
from dateline.parse import Paragraph
from dateline.records import DateBasis, Time
from dateline.timex import Timex, time_expressions, values

if TYPE_CHECKING:
    from spacy.tokens import Token

OLD = timedelta(days=62)  # what ended longer ago than this is recalled, not news

PAST_TAGS = frozenset({"VBD", "VBN"})


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression and the token of the paragraph that heads it."""

    timex: Timex
    head: Token


def find_dates(paragraph: Paragraph) -> list[Dated]:
    """Return the time expressions of a paragraph, resolved against the publication date."""
    doc = paragraph.doc
    anchor = paragraph.report.published

    def tense(offset: int) -> str:
        span = doc.char_span(offset, offset + 1, alignment_mode="expand")
        return _tense(syntax.clause_root(span[0])) if span is not None else ""

    found = []
    for timex in time_expressions(paragraph.view.text, anchor, tense=tense):
        tokens = doc.char_span(timex.start, timex.end, alignment_mode="expand")
        if tokens is not None:
            found.append(Dated(timex, tokens.root))
    return found


def _tense(verb: Token) -> str:
    """Return past, present or future for the clause of a verb."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(a.lower_ in ("will", "shall", "'ll", "’ll") for a in auxiliaries):
        return "future"
    if any(a.tag_ == "VBD" or (a.tag_ in ("VBZ", "VBP") and a.lemma_ == "have") for a in auxiliaries):
        return "past"
    if verb.tag_ in PAST_TAGS:
        return "past"
    if verb.tag_ == "VB" and any(a.lower_ == "to" for a in auxiliaries):
        return "future"
    return "present" if verb.tag_ in ("VBZ", "VBP") else ""


# Cues whose own date is not that of what is said: accused *on Monday* of an act long before.
OWN_TIME = frozenset({"say", "write", "accuse", "deny", "think", "perceive"})
# Clauses that share the time of the clause they belong to, by their conjunction ("" is a participle).
SHARING_MARKS = frozenset({"as", "when", "while", "until", ""})
COARSE = frozenset({"year", "month", "decade", "season", "quarter"})
SPANNING = frozenset({"during", "since", "throughout"})  # "during the 1980-88 war" dates the verb too
INSIDE_NOUN = frozenset({"compound", "nmod", "poss", "amod", "nummod"})


def date_of(hit: Hit, dates: Sequence[Dated], lexicon: Lexicon, *, happened: bool = True) -> Dated | None:
    """Return the time expression that dates an act: on its own words, else in its clause.

    ``happened`` is false for acts asked for, planned, possible or denied: "asked on Friday to leave" says
    when it was asked, not when to leave. A date before its verb ("On Friday X asked …") is the time of the
    whole sentence, one after it that of its own verb; years and months reach further than days.
    """
    known = [d for d in dates if d.timex.edtf is not None]
    if not syntax.is_verbal(hit.token):
        found = _on_the_noun(hit, known)
        if found is not None or hit.support is None:
            return found or _around_the_noun(hit, known, lexicon)
    return _in_the_clause(hit, known, lexicon, happened=happened)


def _on_the_noun(hit: Hit, dates: Sequence[Dated]) -> Dated | None:
    """Find "the July attack", "the attack of 9 May", not "the attack, which was condemned on Monday"."""
    own = [d for d in dates if _hangs_on(d.head, hit.token)]
    return min(own, key=lambda d: (abs(d.head.i - hit.token.i), d.head.i), default=None)


def _hangs_on(word: Token, noun: Token) -> bool:
    """Tell whether a time word stands below a noun with no verb between them."""
    node = word
    while node.head.i != node.i and node.i != noun.i:
        node = node.head
        if node.i != noun.i and syntax.is_verbal(node):
            return False
    return node.i == noun.i


def _around_the_noun(hit: Hit, dates: Sequence[Dated], lexicon: Lexicon) -> Dated | None:
    """Date a noun by the verb whose subject or object it is: "a *bombing* killed five on Monday"."""
    noun = hit.token
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    verb = syntax.clause_root(noun)
    if not syntax.is_verbal(verb):
        return None
    cue = lexicon.cues.get(("verb", verb.lemma_.lower()))
    is_core = noun.head.i == verb.i and noun.dep_ in ("dobj", "nsubj", "nsubjpass")
    found = [d for d in dates if _dates_verb(d.head, verb)]
    spread = [d for d in found if d.timex.granularity in COARSE or (d.head.i < verb.i and d.head.i < noun.i)]
    if is_core and cue is None:
        spread = found
    return min(spread, key=lambda d: (abs(d.head.i - hit.token.i), d.head.i), default=None)


def _in_the_clause(
    hit: Hit, dates: Sequence[Dated], lexicon: Lexicon, *, happened: bool
) -> Dated | None:  # fmt: skip
    anchor = hit.support or hit.token
    for step, (verb, shares) in enumerate(_date_clauses(anchor, lexicon, happened=happened)):
        own = [d for d in dates if _dates_verb(d.head, verb)]
        if step and not shares:
            own = [d for d in own if d.head.i < verb.i or d.timex.granularity in COARSE]
        if own:
            return min(own, key=lambda d: (abs(d.head.i - hit.token.i), d.head.i))
        if not step:
            later = _on_the_last_conjunct(verb, dates)
            if later is not None:
                return later
    return None


def _on_the_last_conjunct(verb: Token, dates: Sequence[Dated]) -> Dated | None:
    """Find the date of "closed the border and recalled its envoy *on Monday*" for the first verb."""
    for child in verb.children:
        joined = child.dep_ == "conj" and syntax.is_verbal(child) and child.tag_ == verb.tag_
        if joined and syntax.first(child, "nsubj", "nsubjpass") is None:
            own = [d for d in dates if _dates_verb(d.head, child) and d.head.i > child.i]
            return own[-1] if own else _on_the_last_conjunct(child, dates)
    return None


def _date_clauses(token: Token, lexicon: Lexicon, *, happened: bool) -> list[tuple[Token, bool]]:
    """Return the verbs whose time may be the act's, nearest first: its own, then those it belongs to.

    The flag tells whether all dates of that verb count, or only those that span the sentence.
    """
    verb = syntax.clause_root(token)
    verbs = [(verb, True)]
    shares = True
    for _ in range(4):
        head = verb.head
        if verb.dep_ == "pcomp" and syntax.is_verbal(verb.head.head):
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
    known = SHARING_MARKS | {"after", "before", "since", "if", "unless", "because", "although", "though"}
    return next((m for m in marks if m in known), "")


def _shares_time(verb: Token, *, happened: bool) -> bool:
    """Tell whether a clause is of the time of its governor, whatever stands in the sentence."""
    if verb.dep_ == "conj":
        return False
    if verb.dep_ == "advcl":
        return _mark(verb) in SHARING_MARKS
    return happened


def _dates_verb(word: Token, verb: Token) -> bool:
    """Tell whether a time word hangs on a verb without another clause between them.

    "Tuesday's walkout", "the November decree": what is inside a noun phrase dates the noun alone.
    """
    node = word
    if word.dep_ in INSIDE_NOUN and word.head.pos_ in ("NOUN", "PROPN"):
        if word.head.head.lower_ not in SPANNING:
            return False
    while node.head.i != node.i:
        if node.i != word.i and syntax.is_verbal(node):
            break
        if node.i == verb.i:
            return True
        node = node.head
    return node.i == verb.i


# -- background or current -------------------------------------------------------------------------------


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


def edtf_of(hit: Hit, dated: Dated) -> str | None:
    """Return the date of an act as EDTF: open to one side after "since", or beside a dated clause.

    "after it was disowned, Albania took it in in 2016": the disowning is ``../2016``.
    """
    edtf = dated.timex.edtf
    if edtf is None or "/" in edtf:
        return edtf
    bound = _bound(dated.head, hit.token) or _beside(hit.support or hit.token, dated.head)
    return {"since": f"{edtf}/..", "before": f"../{edtf}"}.get(bound, edtf)


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
