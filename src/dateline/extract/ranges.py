"""Ranges of tokens (start, end): what a clause covers, joined, cut and trimmed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.quotes import Quote
from dateline.parse import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[int, int]


def subtree(token: Token) -> Range:
    """Return the range of a clause or phrase, without a coordinated verb that goes with another one."""
    end = token.right_edge.i + 1
    for child in token.rights:
        if child.dep_ == "conj" and syntax.is_verbal(child) and syntax.joined_to(child).i != token.i:
            end = min(end, child.left_edge.i)
            if token.doc[end - 1].dep_ == "cc":
                end -= 1
    return token.left_edge.i, end


def overlaps(quote: Quote, piece: Range) -> bool:
    """Tell whether a quotation and a token range share a token."""
    return quote.start < piece[1] and piece[0] < quote.end


def adjoins(quote: Quote, sentence: Range) -> bool:
    """Tell whether a quotation of some length touches a sentence."""
    return quote.start < sentence[1] and quote.end >= sentence[0] and quote.end - quote.start >= 3


def merge(pieces: Iterable[Range]) -> list[Range]:
    """Join ranges that touch or overlap; the result is in text order."""
    merged: list[Range] = []
    for start, end in sorted(pieces):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cut(pieces: Iterable[Range], out: Range) -> list[Range]:
    """Take the tokens of ``out`` away from the pieces."""
    left: list[Range] = []
    for start, end in pieces:
        if end <= out[0] or start >= out[1]:
            left.append((start, end))
            continue
        left += [(s, e) for s, e in ((start, out[0]), (out[1], end)) if s < e]
    return left


def trim(paragraph: Paragraph, piece: Range) -> Range:
    """Take punctuation, quotation marks and a leading "that" off the ends of a range."""
    start, end = piece
    doc = paragraph.doc
    while start < end and (
        doc[start].is_punct
        or doc[start].is_space
        or (doc[start].lower_ == "that" and doc[start].dep_ == "mark")
    ):
        start += 1
    while end > start and (
        doc[end - 1].text in (",", "”", '"', "“", "''", "—", "–", "-", ";", "»") or doc[end - 1].is_space
    ):
        end -= 1
    return start, end
