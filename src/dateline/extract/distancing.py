"""Does the outlet hold the claim at arm's length: scare quotes, "so-called", "alleged", "what X calls".

A quotation has a speaker; scare quotes have none. :func:`marks_at` returns the marks that bear on an
act or a label, each with its span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.attribution import Saying
from dateline.extract.quotes import Quote
from dateline.lexicon import Lexicon
from dateline.parse import Paragraph
from dateline.records import Distancing

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

LONGEST_SCARE_QUOTE = 4  # words; longer quoted stretches are quotations
CALLING = frozenset(
    "call describe term dub label brand style portray refer characterise characterize".split()
)


def marks_at(
    paragraph: Paragraph, token: Token, quotes: Sequence[Quote], sayings: Sequence[Saying], lexicon: Lexicon
) -> tuple[Distancing, ...]:
    """Return the distancing marks whose scope holds the head ``token`` of an act or label."""
    found = [*_scare_quotes(paragraph, token, quotes, sayings), *_words(paragraph, token, lexicon)]
    found += _what_it_calls(paragraph, token)
    unique = {(m.kind, m.span): m for m in found}
    return tuple(unique[key] for key in sorted(unique, key=lambda k: (k[1], k[0])))


def _scare_quotes(
    paragraph: Paragraph, token: Token, quotes: Sequence[Quote], sayings: Sequence[Saying]
) -> Iterator[Distancing]:
    for quote in quotes:
        if quote.holds(token.i) and is_scare_quote(paragraph, quote, sayings):
            yield Distancing("scare-quotes", paragraph.span(paragraph.doc[quote.start : quote.end]))


def is_scare_quote(paragraph: Paragraph, quote: Quote, sayings: Sequence[Saying]) -> bool:
    """Tell scare quotes from a quotation: short, no clause inside, not itself what somebody says."""
    words = [t for t in paragraph.doc[quote.start : quote.end] if not t.is_punct]
    if not quote.closed or not words or len(words) > LONGEST_SCARE_QUOTE:
        return False
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words) or _is_title(words):
        return False
    return not any(_is_whole_content(quote, saying) for saying in sayings)


def _is_whole_content(quote: Quote, saying: Saying) -> bool:
    return any(abs(s - quote.start) <= 1 and abs(e - quote.end) <= 1 for s, e in saying.content)


def _is_title(words: Sequence[Token]) -> bool:
    """Tell the title of a work or the name of an operation: "Inherent Resolve"."""
    return len(words) > 1 and all(t.text[:1].isupper() for t in words if t.is_alpha and len(t) > 3)


def _words(paragraph: Paragraph, token: Token, lexicon: Lexicon) -> Iterator[Distancing]:
    for word in _near(token):
        kind = lexicon.distancing.get(word.lower_) or lexicon.distancing.get(_compound(word))
        if kind is not None:
            yield Distancing(kind, paragraph.span(_whole(word)))


def _near(token: Token) -> Iterator[Token]:
    """Yield the modifiers of an act: before a noun; adverbs of a verb, of its clause and object."""
    if syntax.is_verbal(token):
        yield from (c for c in token.children if c.dep_ in ("advmod", "neg"))
        for noun in syntax.logical_object(token):
            yield from (w for w in syntax.left_modifiers(noun) if w.dep_ in ("amod", "advmod"))
        return
    yield from syntax.left_modifiers(token)
    governor = token.head
    if syntax.is_verbal(governor) and token.dep_ in ("dobj", "nsubjpass", "nsubj"):
        yield from (c for c in governor.children if c.dep_ == "advmod")


def _compound(word: Token) -> str:
    """Return "so-called" for the token "called" of "so - called"."""
    if word.i >= 2 and word.doc[word.i - 1].text == "-":
        return f"{word.doc[word.i - 2].lower_}-{word.lower_}"
    return word.lower_


def _whole(word: Token) -> Token | Tokens:
    if word.i >= 2 and word.doc[word.i - 1].text == "-":
        return word.doc[word.i - 2 : word.i + 1]
    return word


def _what_it_calls(paragraph: Paragraph, token: Token) -> Iterator[Distancing]:
    verb = token.head
    for _ in range(3):
        if verb.lemma_.lower() in CALLING and any(c.lower_ == "what" for c in verb.children):
            what = next(c for c in verb.children if c.lower_ == "what")
            if what.i < verb.i < token.i:
                yield Distancing("what-it-calls", paragraph.span(paragraph.doc[what.i : verb.i + 1]))
            return
        verb = verb.head
