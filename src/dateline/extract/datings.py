"""Which words each time expression dates: its verb, or the noun whose phrase it stands in.

"Tuesday's walkout" dates the walkout, "walked out on Tuesday" the walking. Where the parser is known to
hang a day on the wrong verb ("charged six men with kidnapping 103 children *on Tuesday*"), it is moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from dateline.extract import syntax
from dateline.lexicon import lexicon
from dateline.parse import Paragraph
from dateline.timex import Timex, time_expressions, values

if TYPE_CHECKING:
    from spacy.tokens import Token

PAST_TAGS = frozenset({"VBD", "VBN"})
COARSE = frozenset({"year", "month", "decade", "season", "quarter"})
INSIDE_NOUN = frozenset({"compound", "nmod", "poss", "amod", "nummod"})
OF_THE_NOUN = frozenset({"since"})
EVENT_BEFORE = frozenset({"ahead", "before", "after"})  # "before a vote on Sunday" dates the vote
SPANNING = frozenset({"during", "since", "throughout"})  # "during the 1980-88 war" dates the verb too
# "accused it of bombing the airport on Friday": the day of what is alleged
ALLEGING = frozenset({"accuse", "suspect", "blame", "convict", "acquit"})


class Act(Protocol):
    """What dating asks of an act: the word that denotes it, and the light verb that carries it, if any."""

    @property
    def token(self) -> Token:
        """The word that denotes the act."""

    @property
    def support(self) -> Token | None:
        """The light verb: "*launched* an attack"."""


@dataclass(frozen=True, slots=True)
class Word:
    """An act of which nothing is known but its word (:class:`Act`)."""

    token: Token
    support: Token | None = None


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
    def words(self) -> list[Token]:
        """The tokens of the expression."""
        doc = self.head.doc
        found = doc.char_span(self.timex.start, self.timex.end, alignment_mode="expand")
        return list(found) if found is not None else [self.head]

    @property
    def is_coarse(self) -> bool:
        """Tell a year or a month, which reaches further in a sentence than a day."""
        return self.timex.granularity in COARSE


def find_dates(paragraph: Paragraph, anchor: str | None, last: str | None = None) -> list[Dated]:
    """Return the time expressions of a paragraph, resolved against the day of writing (ISO).

    ``last`` is the day that the paragraphs before it mention last.
    """
    doc = paragraph.doc
    ahead = lexicon(paragraph.report.language).sets["AHEAD"]

    def tense(offset: int) -> str:
        span = doc.char_span(offset, offset + 1, alignment_mode="expand")
        return _tense(syntax.clause_root(span[0]), ahead) if span is not None else ""

    found = []
    for timex in time_expressions(paragraph.view.text, anchor, tense=tense, last=last):
        tokens = doc.char_span(timex.start, timex.end, alignment_mode="expand")
        if tokens is not None:
            verb, nouns = _dated_words(tokens.root, timex)
            found.append(Dated(timex, tokens.root, verb, nouns))
    return [_landed(d, found) for d in found]


def last_day(dates: Sequence[Dated], before: str | None) -> str | None:
    """Return the single day mentioned last, in these expressions or ``before`` them."""
    fine = [d.timex for d in dates if d.timex.granularity in ("day", "time") and d.timex.relation == "in"]
    return next((t.edtf for t in reversed(fine) if t.edtf is not None and "/" not in t.edtf), before)


def _tense(verb: Token, ahead: frozenset[str]) -> str:
    """Return past or future for the clause of a verb, "" where its tense does not tell.

    ``ahead`` are the verbs whose infinitive lies ahead of them: "agreed to meet on Friday".
    """
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(a.lower_ in ("will", "shall", "'ll", "’ll") for a in auxiliaries):
        return "future"
    if any(a.tag_ == "VBD" or (a.tag_ in ("VBZ", "VBP") and a.lemma_ == "have") for a in auxiliaries):
        return "past"
    if verb.tag_ in PAST_TAGS:
        return "past"
    if verb.tag_ == "VB" and any(a.lower_ == "to" for a in auxiliaries):
        return "past" if _was_brought_about(verb, ahead) else "future"
    return ""


def _was_brought_about(verb: Token, ahead: frozenset[str]) -> bool:
    """Tell "tried *to enter* on Friday", which is over, from "agreed *to meet* on Friday"."""
    governor = verb.head
    return verb.dep_ == "xcomp" and governor.tag_ in PAST_TAGS and governor.lemma_.lower() not in ahead


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


def tense_of(verb: Token) -> str:
    """Return tense and aspect of a verb form: past, pluperfect, perfect, modal, will, present, base."""
    helpers = {c.lower_: c for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if any(c.tag_ == "MD" for c in helpers.values()):
        return "will" if {"will", "'ll", "’ll", "shall"} & set(helpers) else "modal"
    if verb.tag_ in ("VBN", "VBG") or "been" in helpers:
        if {"had", "'d", "’d"} & set(helpers):
            return "pluperfect"
        if {"has", "have", "'ve", "’ve"} & set(helpers):
            return "perfect"
    if any(c.tag_ == "VBD" for c in helpers.values()):
        return "past"
    if any(c.tag_ in ("VBZ", "VBP") for c in helpers.values()):
        return "present"
    return {"VBD": "past", "VBZ": "present", "VBP": "present", "MD": "modal"}.get(verb.tag_, verb.tag_)


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


def of_verb(dates: Sequence[Dated], verb: Token) -> list[Dated]:
    """Return the expressions that date a verb, in order."""
    return [d for d in dates if d.verb is not None and d.verb.i == verb.i]
