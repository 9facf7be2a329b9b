"""Scare quotes told from quotations: whose are the words between the marks, the writer's or a speaker's?

Nothing in the marks themselves tells. What does is added up: how long the stretch is, what is in it, where it
stands in its sentence, whether somebody is said to say it, and how probably the network finds somebody else
than the outlet to vouch for it. The weights are a logistic regression on the labelled acts between marks
(``training/scare_quotes.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.quotes import Quote
from dateline.extract.reading import Readings
from dateline.extract.saying import Saying
from dateline.lexicon import Lexicon
from dateline.parse import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 5  # words; longer quoted stretches are quotations
# A sign's weight in the logarithm of the odds that the marks are the writer's.
WEIGHTS: dict[str, float] = {
    "one word": 1.70,
    "two words": 0.40,
    "three words": -0.75,
    "a verb": -0.25,
    "a clause": -0.75,  # several words, one of them a finite verb
    "a phrase": -0.75,  # it begins with an article, a preposition, "not": more than a name for something
    "a tail": -0.98,  # something follows its head: "blackmail from Paris"
    "an adjective": -0.95,
    "a compound": 1.16,
    "spoken of": -1.27,  # "called it", "spoke of", "as", "was"
    "asked or said": -0.35,  # the object of a verb of speaking, asking, blaming, promising
    "in their words": -0.91,  # "in the words of the mayor", "as Paris termed it"
    "all that is said": -0.32,
    "said": -0.84,  # within what a named source says
    "said by verb": -0.81,  # and what is between the marks is a verb
    "somebody's": -1.33,  # the network's probability that somebody else vouches for it
    "opens": -0.41,  # the sentence begins with it
    "a subject": 0.28,
    "under a noun": 0.00,
    "after an article": 0.80,
    "after an owner": 0.98,
    "always": 0.15,
}
CALLING = frozenset(
    "call describe term dub label brand style portray refer characterise characterize".split()
)
SPEAKING_OF = CALLING | {"speak", "talk", "accuse", "warn", "complain"}
OWN_WORDS = frozenset("word phrase term parlance language jargon account eye version view formula".split())
VERBAL = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "THREATEN"})  # done by speaking
PHRASAL = frozenset({"DET", "ADP", "PART", "ADV", "PRON", "SCONJ", "AUX", "INTJ"})
OPENING = 1  # tokens before the stretch with which a sentence may begin: the mark


def is_scare_quote(
    paragraph: Paragraph, quote: Quote, sayings: Sequence[Saying], readings: Readings, lexicon: Lexicon
) -> bool:
    """Tell scare quotes from a quotation, a title, a name and a word that is spoken of as a word."""
    if not may_be(paragraph, quote, lexicon):
        return False
    found = signs(paragraph, quote, sayings, readings, lexicon)
    return sum(WEIGHTS[sign] * value for sign, value in found.items()) > 0


def may_be(paragraph: Paragraph, quote: Quote, lexicon: Lexicon) -> bool:
    """Tell a stretch that may be in scare quotes: closed, short, no title and no name."""
    words = _words(paragraph, quote)
    if not quote.closed or not words or len(words) > LONGEST:
        return False
    return not _is_title(words) and not _is_named(paragraph, quote, lexicon)


def bears_on(quote: Quote, token: Token) -> bool:
    """Tell whether marks are on an act's word or on one that describes it: 'the "voluntary" return'."""
    describing = (c for c in token.children if c.dep_ in ("amod", "advmod", "compound"))
    return quote.holds(token.i) or any(quote.holds(c.i) and quote.end - quote.start == 1 for c in describing)


def signs(
    paragraph: Paragraph, quote: Quote, sayings: Sequence[Saying], readings: Readings, lexicon: Lexicon
) -> dict[str, float]:
    """Return what speaks for the writer's marks or against, in the order of :data:`WEIGHTS`."""
    words = _words(paragraph, quote)
    head = _head(words)
    verbal = syntax.is_verbal(head)
    said = any(s.source is not None and s.holds(head.i) for s in sayings)
    before = paragraph.doc[quote.start - 2] if quote.start >= 2 else None
    found = {
        "one word": len(words) == 1,
        "two words": len(words) == 2,
        "three words": len(words) == 3,
        "a verb": verbal,
        "a clause": len(words) > 1 and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words),
        "a phrase": words[0].pos_ in PHRASAL,
        "a tail": _has_tail(paragraph, quote, head),
        "an adjective": any(t.dep_ == "amod" for t in words),
        "a compound": any(t.dep_ == "compound" for t in words),
        "spoken of": _is_spoken_of(head),
        "asked or said": _is_verbal_object(head, lexicon),
        "in their words": any(map(_names_a_speaker, head.sent)),
        "all that is said": any(_is_all(quote, saying) for saying in sayings),
        "said": said,
        "said by verb": said and verbal,
        "somebody's": readings.voiced(paragraph, head),
        "opens": words[0].i - head.sent.start <= OPENING,
        "a subject": head.dep_.startswith("nsubj"),
        "under a noun": _governor(head).pos_ == "NOUN",
        "after an article": before is not None and before.dep_ == "det",
        "after an owner": before is not None and (before.dep_ == "poss" or before.tag_ in ("POS", "PRP$")),
        "always": 1.0,
    }
    return {name: float(value) for name, value in found.items()}


def _words(paragraph: Paragraph, quote: Quote) -> list[Token]:
    return [t for t in paragraph.doc[quote.start : quote.end] if not t.is_punct]


def _head(words: Sequence[Token]) -> Token:
    """Return the word by which the stretch hangs on its sentence."""
    return next((t for t in words if t.head.i < words[0].i or t.head.i > words[-1].i), words[-1])


def _governor(head: Token) -> Token:
    """Return what the stretch hangs on, past a preposition."""
    return head.head.head if head.dep_ == "pobj" else head.head


def _has_tail(paragraph: Paragraph, quote: Quote, head: Token) -> bool:
    inside = paragraph.doc[quote.start : quote.end]
    return any(
        (t.dep_ in ("prep", "agent") and t.i > head.i) or (t.is_punct and t.text in ",!?;") for t in inside
    )


def _is_spoken_of(head: Token) -> bool:
    """Tell what somebody calls it, speaks of, takes it as, or what it is said to be."""
    governor, prep = _governor(head), head.head.lower_ if head.dep_ == "pobj" else ""
    called = governor.lemma_.lower() in SPEAKING_OF and not _is_renamed(head)
    return called or prep == "as" or head.dep_ in ("attr", "acomp", "oprd")


def _is_renamed(head: Token) -> bool:
    """Tell the "truce" of 'calls "truce" a sham', where it is the writer who calls it a truce."""
    return head.dep_ == "dobj" and any(c.dep_ == "oprd" and c.i > head.i for c in head.head.children)


def _is_verbal_object(head: Token, lexicon: Lexicon) -> bool:
    verb = _governor(head)
    if not syntax.is_verbal(verb) or head.dep_.startswith("nsubj"):
        return False
    key = ("verb", verb.lemma_.lower())
    return key in lexicon.cues or any(row.event in VERBAL for row in lexicon.triggers.get(key, ()))


def _names_a_speaker(word: Token) -> bool:
    """Tell the "words" of "in the words of the mayor", the "as" of "as Paris termed it"."""
    if word.lower_ == "as":
        verb = word.head
        return verb.lemma_.lower() in CALLING | {"put", "have", "say"} and verb.dep_ in ("advcl", "parataxis")
    if word.lemma_.lower() not in OWN_WORDS or word.dep_ not in ("pobj", "dobj"):
        return False
    owned = any(c.dep_ == "poss" or c.lower_ == "of" for c in word.children)
    return owned and (word.head.lower_ in ("in", "by", "to") or word.head.lemma_ == "use")


def _is_all(quote: Quote, saying: Saying) -> bool:
    return any(abs(s - quote.start) <= 1 and abs(e - quote.end) <= 1 for s, e in saying.content)


def _is_title(words: Sequence[Token]) -> bool:
    """Tell the title of a work or the name of an operation: "Inherent Resolve"."""
    capitals = all(t.text[:1].isupper() for t in words if t.is_alpha and len(t) > 3)
    opens = words[0].i - words[0].sent.start <= 1  # where every word has its capital
    return capitals and (len(words) > 1 or not opens)


def _is_named(paragraph: Paragraph, quote: Quote, lexicon: Lexicon) -> bool:
    """Tell what a noun before the mark introduces as a name or a word: 'the word "coup"', 'the ship "…"'."""
    before = paragraph.doc[quote.start - 2] if quote.start >= 2 else None
    return before is not None and before.lemma_.lower() in lexicon.sets["INTRODUCING"]
