"""Parts of attributions as PolNeAR draws them: wider than the record's. Chosen on half of its dev part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.parse import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[int, int]
Parts = dict[str, tuple[Range, ...]]

QUOTES = "\"“”'‘’«»"
INSIDE_QUOTES = ".!?,"
PREPOSITIONS = frozenset({"for", "on", "about", "of", "as", "against", "upon", "on to", ":"})
ADVERB = re.compile(r"(?<=\s)((?:also|again|then|now|repeatedly|further|\w+ly)\s+)\Z|(?!)")
CLOSING_BRACKET = re.compile(r"\s?\.?\s?\)")
# What belongs to a source beyond the words that name it.
DESCRIBING = frozenset(
    {"appos", "relcl", "acl", "prep", "amod", "nummod", "det", "poss", "compound", "conj", "cc"}
)


def widened(parts: Parts, paragraphs: Iterable[Paragraph], text: str) -> Parts:
    """Widen each part as the set draws it."""
    content = tuple(_content(r, text) for r in parts["content"])
    cue = tuple(_cue(r, content, text) for r in parts["cue"])
    taken = (*cue, *content)
    source = tuple(_closed(_source(r, paragraphs, taken), cue, text) for r in parts["source"])
    return {"source": source, "cue": cue, "content": content}


def outermost(found: Iterable[Parts]) -> list[Parts]:
    """Leave out speech within speech, which the set does not mark."""
    every = list(found)
    return [one for one in every if not any(_inside(one["cue"], other["content"]) for other in every)]


def _inside(pieces: Iterable[Range], others: Iterable[Range]) -> bool:
    return all(any(s <= start and end <= e for s, e in others) for start, end in pieces)


def _content(piece: Range, text: str) -> Range:
    """Take in "that", quotation marks and the stop or comma inside the closing one."""
    start, end = piece
    while start < end and text[start] in ", \n":
        start += 1
    while start > 0 and text[start - 1] in QUOTES:
        start -= 1
    if text[max(0, start - 6) : start].lower() in (" that ", "that "):
        start -= 5
    if text[end : end + 1] in tuple(INSIDE_QUOTES) and text[end + 1 : end + 2] in tuple(QUOTES):
        end += 1
    while end < len(text) and text[end] in QUOTES and not text[end + 1 : end + 2].isalpha():
        end += 1
    return start, end


def _cue(piece: Range, content: Iterable[Range], text: str) -> Range:
    """Take in an adverb before the cue ("also said") and a preposition before its content ("called for")."""
    start, end = piece
    adverb = ADVERB.search(text, max(0, start - 30), start)
    start = adverb.start(1) if adverb else start
    for first, _ in content:
        between = text[end:first]
        if first > end and between.strip() in PREPOSITIONS:
            end = first - (len(between) - len(between.rstrip()))
    return start, end


def _closed(piece: Range, cue: Iterable[Range], text: str) -> Range:
    """Take in what closes a source: a bracket, a possessive mark, the comma between description and cue."""
    start, end = piece
    words = text[start:end]
    if "(" in words and ")" not in words:
        rest = CLOSING_BRACKET.match(text, end)
        end = rest.end() if rest else end
    if text[end : end + 2] in ("'s", "’s"):
        return start, end + 2
    if "," in words and text[end : end + 1] == "," and any(0 < s - end <= 2 for s, _ in cue):
        end += 1
    return start, end


def _source(piece: Range, paragraphs: Iterable[Paragraph], taken: Iterable[Range]) -> Range:
    """Take in apposition and relative clause, unless cue or content stands in them."""
    for paragraph in paragraphs:
        tokens = [t for t in paragraph.doc if _touches(paragraph, t, piece)]
        if not tokens:
            continue
        inside = {t.i for t in tokens}
        head = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])
        wide = _phrase(paragraph, head)
        wide = min(wide[0], piece[0]), max(wide[1], piece[1])
        return piece if any(wide[0] < e and s < wide[1] for s, e in taken) else wide
    return piece


def _touches(paragraph: Paragraph, token: Token, piece: Range) -> bool:
    if token.is_space:
        return False
    span = paragraph.span(token)
    return span.start < piece[1] and piece[0] < span.end


def _phrase(paragraph: Paragraph, head: Token) -> Range:
    start, end = head.i, head.i + 1
    for child in head.children:
        if child.dep_ in DESCRIBING:
            start, end = min(start, child.left_edge.i), max(end, child.right_edge.i + 1)
    while end > head.i + 1 and head.doc[end - 1].is_punct and head.doc[end - 1].text != ")":
        end -= 1
    span = paragraph.span(head.doc[start:end])
    return span.start, span.end
