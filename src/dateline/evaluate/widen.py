"""Parts of attributions as PolNeAR draws them: wider than the record's. Chosen on half of its dev part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.parse import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[int, int]
Parts = dict[str, tuple[Range, ...]]

QUOTES = "\"“”'‘’«»"
SENTENCE_END = ".!?"
# What belongs to a source beyond the words that name it.
DESCRIBING = frozenset(
    {"appos", "relcl", "acl", "prep", "amod", "nummod", "det", "poss", "compound", "conj", "cc"}
)


def widened(parts: Parts, paragraphs: Iterable[Paragraph], text: str) -> Parts:
    """Widen content to "that" and quotation marks, a source to its apposition and relative clause."""
    taken = (*parts["cue"], *parts["content"])
    return {
        "source": tuple(_source(r, paragraphs, taken) for r in parts["source"]),
        "cue": parts["cue"],
        "content": tuple(_content(r, text) for r in parts["content"]),
    }


def _content(piece: Range, text: str) -> Range:
    start, end = piece
    while start > 0 and text[start - 1] in QUOTES and not text[start - 1 : start].isspace():
        start -= 1
    before = text[max(0, start - 6) : start]
    if before.lower().endswith("that ") and not before[:-5].strip()[-1:].isalnum():
        start -= 5
    if end < len(text) and text[end] in SENTENCE_END and text[end + 1 : end + 2] in tuple(QUOTES):
        end += 1
    while end < len(text) and text[end] in QUOTES and not text[end : end + 2][1:].isalpha():
        end += 1
    return start, end


def _source(piece: Range, paragraphs: Iterable[Paragraph], taken: Iterable[Range]) -> Range:
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
