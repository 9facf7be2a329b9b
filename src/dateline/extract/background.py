"""Background or current: whether the report brings an act as its news or recalls it.

Judged in this order, each with its reason in ``why``: the date of the act against that of publication,
tense and aspect ("had expelled"), words of recalling ("once", "years ago"), and else the thread of the
story. About two months is the age beyond which an act is recalled. What the network reads is weighed with
tense and thread (:func:`weighed`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.datings import is_perfect
from dateline.extract.parties import log_odds
from dateline.extract.triggers import Hit
from dateline.lexicon import Lexicon
from dateline.records import Time
from dateline.timex import values

if TYPE_CHECKING:
    from spacy.tokens import Token

OLD = timedelta(days=62)  # what ended longer ago than this is recalled, not news
# Where neither a date nor a word of recalling decides: the weight of the network's log odds and of each
# reason in the log odds that an act is recalled; a logistic regression on corpus files 09, which the network
# was not fitted to (``training/weights.py``). A pluperfect alone does not recall: it tells the day's own
# course as often. What has gone on since long ago is the codebook's "recalled" only where it is not what the
# report brings: three in four of the corpus are news, and files 09 want a weight of 1; up to 2.3 they lose
# little, and the network must be sure.
WEIGHTS = {
    "network": 0.63,
    "the story is at recalled acts": 1.63,
    "time:pluperfect": 0.39,
    "time:aside": 1.16,
    "time:future": -1.54,
    "time:since-long": 2.3,
    "always": -0.78,
}
BY_THREAD, BY_NETWORK = "time:thread", "time:network"  # reasons without words that would hold them


@dataclass(frozen=True, slots=True)
class Moment:
    """How an act stands to the report's news: ``time`` and the reason for it."""

    time: Time
    why: str


def judge(
    hit: Hit, edtf: str | None, published: str | None, realis: str, thread: Time, lexicon: Lexicon
) -> Moment:
    """Return whether an act is the report's news, and why; ``thread`` is the time of the story so far."""
    return (
        by_date(edtf, published)
        or recalled(hit, lexicon)
        or (Moment("current", "time:future") if realis == "future" else None)
        or Moment(thread, BY_THREAD)
    )


def weighed(moment: Moment, thread: Time, chance: float) -> Moment:
    """Return a moment as the network lets it stand; ``chance``: how probably it finds the act recalled."""
    if moment.why not in WEIGHTS and moment.why != BY_THREAD:
        return moment
    odds = sum(WEIGHTS[sign] * value for sign, value in signs(moment, thread, chance).items())
    time: Time = "background" if odds > 0 else "current"
    return moment if time == moment.time else Moment(time, BY_NETWORK)


def signs(moment: Moment, thread: Time, chance: float) -> dict[str, float]:
    """Return what speaks for an act's being recalled: each sign and how strongly it is given."""
    reasons = {sign: float(sign == moment.why) for sign in WEIGHTS if sign.startswith("time:")}
    return {
        "network": log_odds(chance),
        "the story is at recalled acts": float(thread == "background"),
        **reasons,
        "always": 1.0,
    }


def by_date(edtf: str | None, published: str | None) -> Moment | None:
    """Judge by the date alone: older than about two months is background; None if undecided."""
    last, day = values.last_day(edtf), _day(published)
    if last is None or day is None or edtf is None:
        return None
    if edtf.endswith("/.."):
        first = values.last_day(edtf.removesuffix("/.."))
        long = first is not None and day - first > OLD
        return Moment("background", "time:since-long") if long else Moment("current", "time:since-recent")
    if day - last > OLD:
        return Moment("background", "time:old-date")
    return Moment("current", "time:recent-date")


def is_recent(edtf: str, published: str | None) -> bool:
    """Tell a date of the report's own news, whose course the report may go on to tell."""
    moment = by_date(edtf, published)
    return moment is not None and moment.time == "current"


def recalled(hit: Hit, lexicon: Lexicon) -> Moment | None:
    """Judge by the words: an act told as past of the past, in an aside, or with a word of recalling."""
    verb = hit.support or syntax.clause_root(hit.token)
    if _has_recalling_word(verb, lexicon):
        return Moment("background", "time:recalled")
    if _is_pluperfect(verb) and not _is_reported(verb, lexicon):
        return _past_of_the_past(verb)
    if is_perfect(verb) and syntax.in_aside(verb):
        return Moment("background", "time:aside")
    return None


def _has_recalling_word(verb: Token, lexicon: Lexicon) -> bool:
    words = [c for c in verb.children if c.dep_ in ("advmod", "npadvmod", "prep")]
    return any(w.lower_ in lexicon.sets["RECALLING"] and _recalls(w) for w in words)


def _recalls(word: Token) -> bool:
    """Tell "once ruled" from "at once", "back in 2003" from "pulled back", "has since" from "since May"."""
    before = word.nbor(-1).lower_ if word.i else ""
    after = word.nbor(1).lower_ if word.i + 1 < len(word.doc) else ""
    if word.lower_ == "back":
        return after in ("in", "when", "then", "at")
    if word.lower_ == "since":
        return word.dep_ == "advmod"
    return before not in ("at", "all")


def _is_pluperfect(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(
        c.dep_ == "aux" and c.lower_ in ("had", "'d", "’d") for c in verb.children
    )


def _is_reported(verb: Token, lexicon: Lexicon) -> bool:
    """Tell "denied it had shelled": the tense is shifted by the report, the act may be of the day."""
    return verb.dep_ == "ccomp" and ("verb", verb.head.lemma_.lower()) in lexicon.cues


def _past_of_the_past(verb: Token) -> Moment | None:
    """Judge "had attacked": recalled, but in an after-clause or a relative clause it follows the story.

    "After police had fired tear gas" is the day's own course, and "the officers whose union had defended
    them" is past only against its own sentence.
    """
    for node in syntax.ancestors_within(verb):
        if node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "after" for c in node.children):
            return None
    if verb.dep_ == "relcl" or any(c.dep_ == "prep" and c.lower_ in ("by", "within") for c in verb.children):
        return None  # "By noon mobs had burned the headquarters"
    return Moment("background", "time:pluperfect")


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
