"""What evaluations share: main mention, halves, text rebuilt from tokens, entities of BIO tags."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline import parse
from dateline.ingest import dateline
from dateline.records import Coded, Mention, Report

Entity = tuple[str, int, int]

# No blank before these tokens, and none after those.
CLOSING = frozenset(".,;:!?%)]}”’»…") | {"'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "''", "-RRB-", "-RSB-"}
OPENING = frozenset("([{“‘«$£€#") | {"``", "-LRB-", "-LSB-"}
# How treebanks write brackets and quotation marks.
WRITTEN = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "--": "–"}


def is_choosing(sentence: str) -> bool:
    """Tell whether a sentence belongs to the half on which conventions are chosen (MD5 is even)."""
    return int(hashlib.md5(sentence.encode("utf-8"), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def plain_report(text: str) -> Report:
    """Return a report of one paragraph without header; a dateline ("KYIV (Reuters) -") is no part of it."""
    found = dateline.prefix(text, 0, len(text))
    return Report(text=text, paragraphs=((found.end, len(text)),), dateline_place=found.place)


def depths(report: Report) -> dict[int, int]:
    """Return, by the character at which a token starts, its number of steps to the root of its sentence."""
    found: dict[int, int] = {}
    for paragraph in parse.read(report):
        for token in paragraph.doc:
            found[paragraph.span(token).start] = len(list(token.ancestors))
    return found


def main_mention(coded: Coded) -> Mention | None:
    """Return the mention whose trigger stands highest in its sentence, the first of equals."""
    if not coded.mentions:
        return None
    depth = depths(coded.report)
    return min(coded.mentions, key=lambda m: (depth.get(m.trigger.start, 99), m.trigger.start))


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A text put together from tokens, and where each token stands in it."""

    text: str
    places: tuple[tuple[int, int], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The tokens as they are printed: quotation marks and brackets instead of a treebank's signs."""
        return tuple(self.text[start:end] for start, end in self.places)

    def tokens(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the (first, last + 1) tokens that a character range touches, or None."""
        inside = [n for n, (s, e) in enumerate(self.places) if s < end and start < e]
        return (inside[0], inside[-1] + 1) if inside else None


def rebuild(tokens: Sequence[str]) -> Rebuilt:
    """Join tokens with the spacing of ordinary text; quotation marks and brackets as they are printed."""
    text = ""
    places: list[tuple[int, int]] = []
    glued, quoted = True, False
    for n, token in enumerate(tokens):
        word = WRITTEN.get(token, token)
        stray = token == "''" and not quoted  # an opening mark that was taken for a closing one
        if token in ("``", "''"):
            quoted = token == "``" or (stray and n + 1 < len(tokens) and tokens[n + 1] not in CLOSING)
            word = "“" if quoted else "”"
            closing = not quoted
        elif token == '"':
            closing, quoted = quoted, not quoted
        else:
            closing = token in CLOSING or _is_possessive(tokens, n)
        if not (glued or closing or (token == "-" and _is_hyphen(tokens, n))):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        hyphen = token == "-" and _is_hyphen(tokens, n)
        glued = (word in OPENING) or hyphen or (token == '"' and not closing) or _is_possessive(tokens, n + 1)
    return Rebuilt(text, tuple(places))


def _is_possessive(tokens: Sequence[str], n: int) -> bool:
    """Tell the lone "s" of "Iran ’ s"."""
    return n < len(tokens) and n > 0 and tokens[n] == "s" and tokens[n - 1] in ("'", "’")


def _is_hyphen(tokens: Sequence[str], n: int) -> bool:
    """Tell "rebel - held" from a dash between blanks: both neighbours are words."""
    if not 0 < n < len(tokens) - 1:
        return False
    return tokens[n - 1][-1:].isalnum() and tokens[n + 1][:1].isalnum()


def entities(tags: Iterable[str]) -> list[Entity]:
    """Return (label, start, end) of every entity; an I- after another label begins one, as in seqeval."""
    found: list[Entity] = []
    current: tuple[str, int] | None = None
    n = 0
    for n, tag in enumerate([*tags, "O"]):
        begin, _, label = tag.partition("-")
        if current is not None and (begin != "I" or label != current[0]):
            found.append((current[0], current[1], n))
            current = None
        if current is None and begin != "O":
            current = (label, n)
    return found
