"""Does the outlet hold the claim at arm's length: scare quotes, "so-called", "alleged", "what X calls".

A quotation has a speaker, scare quotes have none (:mod:`.scarequotes`). :func:`marks_at` returns the marks
that bear on an act or a label, each with its span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.extract import arguments, scarequotes, syntax
from dateline.extract.quotes import Quote
from dateline.extract.reading import Readings
from dateline.extract.saying import Saying
from dateline.lexicon import Lexicon
from dateline.parse import Paragraph
from dateline.records import Distancing

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token


def marks_at(
    paragraph: Paragraph, token: Token, quotes: Sequence[Quote], sayings: Sequence[Saying],
    readings: Readings, lexicon: Lexicon,
) -> tuple[Distancing, ...]:  # fmt: skip
    """Return the distancing marks whose scope holds the head ``token`` of an act or label."""
    found = [*_scare_quotes(paragraph, token, quotes, sayings, readings, lexicon)]
    found += _words(paragraph, token, lexicon)
    found += _what_it_calls(paragraph, token)
    unique = {(m.kind, m.span): m for m in found}
    return tuple(unique[key] for key in sorted(unique, key=lambda k: (k[1], k[0])))


def _scare_quotes(
    paragraph: Paragraph, token: Token, quotes: Sequence[Quote], sayings: Sequence[Saying],
    readings: Readings, lexicon: Lexicon,
) -> Iterator[Distancing]:  # fmt: skip
    for quote in quotes:
        on_it = scarequotes.bears_on(quote, token)
        if on_it and scarequotes.is_scare_quote(paragraph, quote, sayings, readings, lexicon):
            yield Distancing("scare-quotes", paragraph.span(paragraph.doc[quote.start : quote.end]))


def _words(paragraph: Paragraph, token: Token, lexicon: Lexicon) -> Iterator[Distancing]:
    for word in _near(token):
        kind = lexicon.distancing.get(word.lower_) or lexicon.distancing.get(_compound(word))
        if kind is not None:
            yield Distancing(kind, paragraph.span(_whole(word)))


def _near(token: Token) -> Iterator[Token]:
    """Yield the modifiers of an act: before a noun; adverbs of a verb, of its clause and object."""
    if syntax.is_verbal(token):
        yield from (c for c in token.children if c.dep_ in ("advmod", "neg") and not _of_adjective(c))
        for noun in arguments.logical_object(token):
            yield from (w for w in syntax.left_modifiers(noun) if w.dep_ in ("amod", "advmod"))
        return
    yield from syntax.left_modifiers(token)
    governor = token.head
    if syntax.is_verbal(governor) and token.dep_ in ("dobj", "nsubjpass", "nsubj"):
        yield from (c for c in governor.children if c.dep_ == "advmod")


def _of_adjective(adverb: Token) -> bool:
    """Tell the "supposedly" of "supposedly neutral observers", wherever the parser hangs it."""
    after = adverb.nbor(1) if adverb.i + 1 < len(adverb.doc) else adverb
    return after.dep_ == "amod"


def _compound(word: Token) -> str:
    """Return "so-called" for the token "called" of "so - called" and of "so called"."""
    if word.lower_ == "called" and word.i and word.nbor(-1).lower_ == "so":
        return "so-called"
    if word.i >= 2 and word.doc[word.i - 1].text == "-":
        return f"{word.doc[word.i - 2].lower_}-{word.lower_}"
    return word.lower_


def _whole(word: Token) -> Token | Tokens:
    if word.lower_ == "called" and word.i and word.nbor(-1).lower_ == "so":
        return word.doc[word.i - 1 : word.i + 1]
    if word.i >= 2 and word.doc[word.i - 1].text == "-":
        return word.doc[word.i - 2 : word.i + 1]
    return word


def _what_it_calls(paragraph: Paragraph, token: Token) -> Iterator[Distancing]:
    verb = token.head
    for _ in range(3):
        if verb.lemma_.lower() in scarequotes.CALLING and any(c.lower_ == "what" for c in verb.children):
            what = next(c for c in verb.children if c.lower_ == "what")
            if what.i < verb.i < token.i:
                yield Distancing("what-it-calls", paragraph.span(paragraph.doc[what.i : verb.i + 1]))
            return
        verb = verb.head
