"""Does the outlet hold the claim at arm's length: scare quotes, "so-called", "alleged", "what X calls".

A quotation has a speaker; scare quotes have none. :func:`marks_at` returns the marks that bear on an
act or a label, each with its span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.extract import arguments, syntax
from dateline.extract.quotes import Quote
from dateline.extract.saying import Saying
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

# Whose complement is what somebody says of it: 'called it "an invasion"', 'spoke of "a massacre"'.
SPEAKING_OF = CALLING | {"speak", "talk", "accuse", "warn", "complain"}


def marks_at(
    paragraph: Paragraph, token: Token, quotes: Sequence[Quote], sayings: Sequence[Saying], lexicon: Lexicon
) -> tuple[Distancing, ...]:
    """Return the distancing marks whose scope holds the head ``token`` of an act or label."""
    found = [*_scare_quotes(paragraph, token, quotes, sayings, lexicon), *_words(paragraph, token, lexicon)]
    found += _what_it_calls(paragraph, token)
    unique = {(m.kind, m.span): m for m in found}
    return tuple(unique[key] for key in sorted(unique, key=lambda k: (k[1], k[0])))


def _scare_quotes(
    paragraph: Paragraph, token: Token, quotes: Sequence[Quote], sayings: Sequence[Saying], lexicon: Lexicon
) -> Iterator[Distancing]:
    for quote in quotes:
        if quote.holds(token.i) and is_scare_quote(paragraph, quote, sayings, lexicon):
            yield Distancing("scare-quotes", paragraph.span(paragraph.doc[quote.start : quote.end]))


def is_scare_quote(paragraph: Paragraph, quote: Quote, sayings: Sequence[Saying], lexicon: Lexicon) -> bool:
    """Tell scare quotes from a quotation: short, no clause, nobody's words, no name, no word as such."""
    words = [t for t in paragraph.doc[quote.start : quote.end] if not t.is_punct]
    if not quote.closed or not words or len(words) > LONGEST_SCARE_QUOTE:
        return False
    if len(words) > 1 and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words):
        return False
    if _is_title(words) or _is_named(paragraph, quote, lexicon) or _is_said_of(words):
        return False
    return not any(_says(quote, saying) for saying in sayings)


def _says(quote: Quote, saying: Saying) -> bool:
    """Tell words that somebody in the sentence says: the whole of it, or set in marks within it."""
    whole = any(abs(s - quote.start) <= 1 and abs(e - quote.end) <= 1 for s, e in saying.content)
    return whole or (saying.quotation == "mixed" and saying.source is not None and _in_clause(quote, saying))


def _in_clause(quote: Quote, saying: Saying) -> bool:
    """Tell what stands in a clause that is said ("vowed to “crush” them") from a noun spoken of."""
    doc = saying.paragraph.doc
    around = [doc[start:end] for start, end in saying.content if start <= quote.start < end]
    return any(syntax.is_verbal(t) and t.dep_ != "amod" for piece in around for t in piece)


def _is_title(words: Sequence[Token]) -> bool:
    """Tell the title of a work or the name of an operation: "Inherent Resolve"."""
    capitals = all(t.text[:1].isupper() for t in words if t.is_alpha and len(t) > 3)
    opens = words[0].i - words[0].sent.start <= 1  # where every word has its capital
    return capitals and (len(words) > 1 or not opens)


def _is_said_of(words: Sequence[Token]) -> bool:
    """Tell what somebody calls it or speaks of from a mark within it; "what they call" is told elsewhere."""
    head = next((t for t in words if t.head.i < words[0].i or t.head.i > words[-1].i), words[-1])
    verb = head.head.head if head.dep_ == "pobj" and head.head.lower_ in ("of", "as") else head.head
    whole = all(t.i >= words[0].i - 1 for t in head.lefts)
    return whole and verb.lemma_.lower() in SPEAKING_OF and not any(c.lower_ == "what" for c in verb.children)


def _is_named(paragraph: Paragraph, quote: Quote, lexicon: Lexicon) -> bool:
    """Tell what a noun before the mark introduces as a name or a word: 'the word "coup"', 'the ship "…"'."""
    before = paragraph.doc[quote.start - 2] if quote.start >= 2 else None
    return before is not None and before.lemma_.lower() in lexicon.sets["INTRODUCING"]


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
        if verb.lemma_.lower() in CALLING and any(c.lower_ == "what" for c in verb.children):
            what = next(c for c in verb.children if c.lower_ == "what")
            if what.i < verb.i < token.i:
                yield Distancing("what-it-calls", paragraph.span(paragraph.doc[what.i : verb.i + 1]))
            return
        verb = verb.head
