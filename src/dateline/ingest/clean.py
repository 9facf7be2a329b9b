"""The analysed view: what the parser reads in place of the stored text, position by position.

The stored text is never changed. :func:`analysed` rewrites one paragraph so that odd spaces,
invisible characters, look-alike letters and broken lines cannot hide a name or a "not", and
:class:`View` maps every position back to the stored characters it came from.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.ingest.junk import BREAKS, masked
from dateline.ingest.limits import COMBINING_RUN

_SPACES = r"\t\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\n\r\u2028\u2029"
_HIDDEN = (  # nothing a reader sees: controls, soft hyphen, joiners, bidi marks, fillers, tags
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff"
)
_MARKS = r"\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_COMPAT = r"\uff01-\uff5e\ufb00-\ufb06\U0001d400-\U0001d7ff"
_HYPHENS = r"\u2010\u2011"

_ODD = re.compile(
    rf"(?P<blank>[{_SPACES}](?:[{_HIDDEN}]*[ {_SPACES}])*| (?:[{_HIDDEN}]*[ {_SPACES}])+)"
    rf"|(?P<hidden>[{_HIDDEN}]+)"
    rf"|(?P<marks>[^\W\d_]?[{_MARKS}]+)"
    rf"|(?P<one>[{_COMPAT}{_HYPHENS}])"
)
_SOFT_BREAK = re.compile(r"\xad[ \t]*\r?\n[ \t]*")
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_BREAK = re.compile(f"[{BREAKS}]")

# letter by letter, what a reader takes for a Latin letter
_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХҮԚԜаеѕіјорсухһԁԛԝүґ", "ABESIJKMHOPCTYXYQWaesijopcyxhdqwyr", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορυϲϳ", "ABEZHIKMNOPTYXayikvopucj", strict=True))
_LOOKALIKE = str.maketrans(_CYRILLIC | _GREEK)
_ALL_CYRILLIC = re.compile(f"[{''.join(_CYRILLIC)}]+")
_OTHER_CYRILLIC = re.compile(f"[\u0400-\u052f](?<![{''.join(_CYRILLIC)}])")


@dataclass(frozen=True, slots=True)
class View:
    """A rewritten paragraph: character ``i`` came from ``stored[starts[i]:ends[i]]``.

    ``starts`` and ``ends`` have one entry per character of ``text``; they are plain ranges when
    nothing had to be rewritten.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    end: int

    def to_stored(self, start: int, end: int) -> tuple[int, int]:
        """Map a range of ``text`` to the range of the stored text that it came from.

        An empty range maps to an empty one. Raises ValueError for a range outside ``text``.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}:{end} is outside a view of {len(self.text)} characters")
        if start == end:
            at = self.starts[start] if start < len(self.text) else self.end
            return at, at
        return self.starts[start], self.ends[end - 1]


def analysed(text: str, start: int, end: int) -> View:
    """Build the view of ``text[start:end]``, one paragraph or title of a stored text."""
    piece = text[start:end]
    if _BREAK.search(piece):
        piece = _unbroken(piece)
    if piece.isascii() and _ODD.search(piece) is None:
        return View(piece, range(start, end), range(start + 1, end + 1), end)
    rewritten, starts, ends = _rewrite(piece, start)
    if _FOREIGN.search(rewritten):
        rewritten = _latin(rewritten)
    return View(rewritten, starts, ends, end)


def _unbroken(piece: str) -> str:
    """Drop junk lines and breaks at soft hyphens, keeping every position."""
    return _SOFT_BREAK.sub(lambda m: "\xad" * len(m[0]), masked(piece))


class _Rewritten:
    """The text of a view as it grows, with the stored range of each of its characters."""

    def __init__(self, piece: str, base: int) -> None:
        self._piece, self._base = piece, base
        self._parts: list[str] = []
        self.starts, self.ends = array("q"), array("q")

    def keep(self, start: int, end: int) -> None:
        """Take over a stretch of the piece as it is."""
        self._parts.append(self._piece[start:end])
        self.starts.extend(range(self._base + start, self._base + end))
        self.ends.extend(range(self._base + start + 1, self._base + end + 1))

    def put(self, new: str, odd: re.Match[str]) -> None:
        """Write ``new`` in the place of a match."""
        self._parts.append(new)
        self.starts.extend([self._base + odd.start()] * len(new))
        self.ends.extend([self._base + odd.end()] * len(new))

    def text(self) -> str:
        """Return the whole text."""
        return "".join(self._parts)


def _rewrite(piece: str, base: int) -> tuple[str, Sequence[int], Sequence[int]]:
    done = 0
    new = _Rewritten(piece, base)
    for odd in _ODD.finditer(piece):
        new.keep(done, odd.start())
        new.put(_replacement(odd), odd)
        done = odd.end()
    if done == 0:
        size = base + len(piece)
        return piece, range(base, size), range(base + 1, size + 1)
    new.keep(done, len(piece))
    return new.text(), new.starts, new.ends


def _replacement(odd: re.Match[str]) -> str:
    found = odd[0]
    if odd.lastgroup == "blank":
        return " "
    if odd.lastgroup == "hidden":
        return ""
    if odd.lastgroup == "marks":
        return _composed(found)
    return "-" if found in "\u2010\u2011" else unicodedata.normalize("NFKC", found)


def _composed(found: str) -> str:
    """Compose a letter with its marks; marks that form no letter with it are decoration."""
    whole = unicodedata.normalize("NFC", found[: COMBINING_RUN + 1])
    return "".join(c for c in whole if not unicodedata.combining(c))


def _latin(text: str) -> str:
    """Write look-alike letters in otherwise Latin words as Latin ones, keeping every position."""
    fixed = _WORD.sub(_latin_word, text)
    if _OTHER_CYRILLIC.search(fixed):
        return fixed  # real Cyrillic stands here, so a word of look-alikes may be real too
    return _ALL_CYRILLIC.sub(lambda m: m[0].translate(_LOOKALIKE), fixed)


def _latin_word(word: re.Match[str]) -> str:
    found = word[0]
    if found.isascii() or not _LATIN.search(found):
        return found
    return found.translate(_LOOKALIKE)
