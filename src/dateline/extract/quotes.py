"""Where quotation marks open and close in a paragraph, whatever marks the outlet uses.

Unbalanced marks never raise: a mark left open runs to the end of its paragraph, which is also how
quotations over several paragraphs are printed; a stray closing mark is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

PAIRS = {"“": "”", "«": "»", "„": "“", "‟": "”", "‹": "›", "``": "''"}
CLOSERS = frozenset({"”", "»", "''", "›"})
SINGLE_OPEN, SINGLE_CLOSE = "‘", "’"
STRAIGHT = '"'


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch: tokens ``start:end`` between the marks; ``closed`` if the end mark is there."""

    start: int
    end: int
    closed: bool
    single: bool = False

    def holds(self, index: int) -> bool:
        """Tell whether the token at ``index`` stands inside the marks."""
        return self.start <= index < self.end


def find_quotes(doc: Doc) -> list[Quote]:
    """Return the quoted stretches of a parsed paragraph in order; inner ones follow outer ones."""
    return sorted(_double(doc) + _single(doc), key=lambda q: (q.start, -q.end))


def _double(doc: Doc) -> list[Quote]:
    found: list[Quote] = []
    opened: int | None = None
    closer = ""
    for token in doc:
        mark = token.text
        if opened is None:
            if mark in PAIRS:
                opened, closer = token.i + 1, PAIRS[mark]
            elif mark == STRAIGHT:
                opened, closer = token.i + 1, STRAIGHT
        elif mark == closer or (mark in CLOSERS and closer != STRAIGHT):
            found.append(Quote(opened, token.i, True))
            opened = None
        elif mark in PAIRS and PAIRS[mark] == closer and mark != STRAIGHT and token.is_sent_start:
            found.append(Quote(opened, token.i, False))
            opened = token.i + 1
    if opened is not None and opened < len(doc):
        found.append(Quote(opened, len(doc), False))
    return [q for q in found if q.start < q.end]


def _single(doc: Doc) -> list[Quote]:
    """Find ‘…’ and '…'; apostrophes inside words are no marks, so an unclosed one is ignored."""
    found: list[Quote] = []
    opened: int | None = None
    for token in doc:
        mark = token.text
        if opened is None and mark in (SINGLE_OPEN, "'") and _opens(doc, token.i):
            opened = token.i + 1
        elif opened is not None and mark in (SINGLE_CLOSE, "'") and token.i > opened:
            found.append(Quote(opened, token.i, True, single=True))
            opened = None
        elif opened is not None and token.i - opened > 60:
            opened = None
    return found


def _opens(doc: Doc, i: int) -> bool:
    """Tell an opening single mark (blank before, none after) from an apostrophe."""
    before_blank = i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].text in '([—–-"“'
    return before_blank and not doc[i].whitespace_
