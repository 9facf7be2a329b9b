"""Where the paragraphs of an article are, whatever its layout did to them.

A layout may put one paragraph on one line, wrap paragraphs at some width with blank lines between
them, or break a sentence at the end of a printed page. :func:`find` gives each paragraph as one
range of the stored text; page junk (:mod:`dateline.ingest.junk`) is left out and noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.ingest import junk

Range = tuple[int, int]

_BLANKS = (
    " \t\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u202f\u205f\u3000\ufeff\u00ad\u2060"
)
_CLOSERS = r"\"'”’»)\]›*"
_ENDS = re.compile(rf"[.!?…:;。][{_CLOSERS}\s]*(?:\(\w[\w/ .]{{0,30}}\)|\[\d{{1,3}}\])?$")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:(?:[A-Za-z]\.){1,4}|Mr\.|Mrs\.|Ms\.|Dr\.|Prof\.|Gen\.|Lt\.|Col\.|Maj\.|Capt\.|"
    r"Sgt\.|Sen\.|Rep\.|Gov\.|Rev\.|St\.|No\.|vs\.|Jan\.|Feb\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)$"
)
_HANGING = re.compile(
    r"(?:,|[^\W\d_]-|\b(?:a|an|and|are|as|at|be|but|by|for|from|had|has|have|he|her|his|in|into|is|"
    r"its|not|of|on|or|our|she|that|the|their|they|this|to|under|was|were|which|who|will|with|would))$",
    re.IGNORECASE,
)
_INNER_END = re.compile(r"[.!?][\"”’']?\s+[\"“‘']?[A-Z]")
_LOWER = re.compile(r"[\"“‘'(]?[a-z]")
_ITEM = re.compile(r"(?:[-*•·–]|\d{1,2}[.)]|[a-z][.)])\s")
_WIDTH = 120
_LOOK_BACK = 1_000
_RUNNING_WORDS = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text without the blanks at its ends; ``gap`` counts blank lines before it."""

    start: int
    end: int
    gap: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """The ranges of the paragraphs, and the lines left out on the way with a note on them."""

    paragraphs: tuple[Range, ...]
    notes: tuple[str, ...]
    dropped: tuple[str, ...] = ()


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """Yield the lines of ``text[start:end]`` that show anything, in order."""
    stop = len(text) if end is None else end
    done = start
    for found in junk.LINE.finditer(text, start, stop):
        first, last = trimmed(text, *found.span())
        if first < last:
            yield Line(first, last, _gap(text[done:first]), text[first:last])
            done = last


def trimmed(text: str, start: int, end: int) -> Range:
    """Narrow a range so that no blank or invisible character stands at its ends."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(_BLANKS))
    return start + left, max(start + left, start + len(piece.rstrip(_BLANKS)))


def _gap(between: str) -> int:
    """Count the blank lines in the characters between two lines."""
    breaks = between.count("\n") or len(re.findall(f"[{junk.BREAKS}]", between))
    return max(0, breaks - 1)


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends where a sentence ends, as far as its last characters show."""
    return _ENDS.search(text[-60:]) is not None


def hangs(text: str) -> bool:
    """Tell whether a line breaks off where no sentence and no heading ends."""
    return _HANGING.search(text[-30:]) is not None


def is_wrapped(found: Sequence[Line]) -> bool:
    """Tell whether the text is wrapped at a width, so that a line end means nothing."""
    pairs = [(a, b) for a, b in pairwise(found) if b.gap == 0]
    if len(pairs) < 2 or max(len(line.text) for line in found) > _WIDTH:
        return False
    broken = sum(not ends_sentence(a.text) for a, _ in pairs)
    return 2 * broken > len(pairs)


def find(text: str, start: int, skip: Sequence[Range] = (), enough: int | None = None) -> Found:
    """Find the paragraphs of ``text`` from ``start`` on, without the lines inside ``skip``.

    With ``enough``, lines are read only until they hold more characters than that.
    """
    kept, dropped = _sorted_out(_first(lines(text, start), enough), skip)
    wrapped = is_wrapped(kept)
    ranges: list[Range] = []
    last: Line | None = None
    for line in kept:
        if last is not None and _continues(
            text[max(ranges[-1][0], last.end - _LOOK_BACK) : last.end], last, line, wrapped
        ):
            ranges[-1] = (ranges[-1][0], line.end)
        else:
            ranges.append((line.start, line.end))
        last = line
    return Found(tuple(ranges), _notes(dropped), tuple(line.text for line in dropped))


def _first(found: Iterator[Line], enough: int | None) -> Iterator[Line]:
    seen = 0
    for line in found:
        yield line
        seen += line.end - line.start
        if enough is not None and seen > enough:
            return


def _sorted_out(found: Iterator[Line], skip: Sequence[Range]) -> tuple[list[Line], list[Line]]:
    skipped = {first for first, _ in skip}
    kept: list[Line] = []
    dropped: list[Line] = []
    for line in found:
        if line.start in skipped:
            continue
        apart = line.gap > 0 or not kept or ends_sentence(kept[-1].text)
        (dropped if junk.kind(line.text, apart=apart) else kept).append(line)
    return kept, dropped


def _notes(dropped: Sequence[Line]) -> tuple[str, ...]:
    if not dropped:
        return ()
    first = dropped[0]
    more = f" and {len(dropped) - 1} more" if len(dropped) > 1 else ""
    return (f"junk: left out {first.text[:60]!r} at {first.start}{more}",)


def _continues(so_far: str, last: Line, line: Line, wrapped: bool) -> bool:
    """Tell whether ``line`` goes on with the paragraph ``so_far``, whose last line is ``last``."""
    if _ITEM.match(line.text):
        return False
    if wrapped and line.gap == 0:
        return True
    lower = _LOWER.match(line.text) is not None
    if ends_sentence(last.text):
        return lower and line.gap <= 1 and _ABBREVIATION.search(last.text) is not None
    return lower or hangs(last.text) or _running(so_far)


def _running(so_far: str) -> bool:
    """Tell running text, which must still end its sentence, from a heading, which need not."""
    return _INNER_END.search(so_far) is not None or so_far.count(" ") >= _RUNNING_WORDS
