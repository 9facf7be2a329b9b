"""Words to numbers: the pieces that the network reads, and which sentences it reads at once.

The rules are those of uncased BERT, written out so that no tokenizer library is needed; a test holds them to
the numbers of the encoder's own tokenizer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

Range = tuple[int, int]
Pair = tuple[Range, Range]
Words = Sequence[str]

LONGEST_WORD = 100
HIDDEN = ("Cc", "Cf", "Co", "Cs")  # control, format, private, surrogate


class _Characters(dict[int, str]):
    """What each character becomes before words are cut: the rules of uncased BERT, filled on demand."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _character(chr(code))
        return found


def _character(char: str) -> str:
    """Lower a character and drop its accents; set punctuation apart; drop what cannot be seen."""
    category = unicodedata.category(char)
    if char in "\t\n\r" or category[0] == "Z":
        return " "
    if category in HIDDEN or char == "\ufffd":
        return ""
    if _is_punctuation(char) or _is_ideograph(ord(char)):
        return f" {char} "
    decomposed = unicodedata.normalize("NFD", char)
    plain = (c for c in decomposed if unicodedata.category(c) != "Mn")
    return "".join(c.lower() for c in plain)


def _is_punctuation(char: str) -> bool:
    return (char.isascii() and not char.isalnum()) or unicodedata.category(char)[0] == "P"


def _is_ideograph(code: int) -> bool:
    ranges = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F))
    return any(first <= code <= last for first, last in ranges)


class WordPiece:
    """Cuts text into the pieces of a BERT vocabulary (uncased) and numbers them.

    Nothing in a text becomes a special piece: ``[SEP]`` written in a report is five ordinary pieces.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = (self.ids["[UNK]"],)
        self._characters = _Characters()
        self._pieces = lru_cache(maxsize=1 << 16)(self._cut)

    def encode(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text, without any special piece."""
        return [number for word in text.translate(self._characters).split() for number in self._pieces(word)]

    def _cut(self, word: str) -> tuple[int, ...]:
        """Cut one word greedily, longest piece first."""
        if len(word) > LONGEST_WORD:
            return self._unknown
        found: list[int] = []
        start = 0
        while start < len(word):
            piece = self._longest(word, start)
            if piece is None:
                return self._unknown
            found.append(self.ids[piece])
            start += len(piece) - (2 if start else 0)
        return tuple(found)

    def _longest(self, word: str, start: int) -> str | None:
        prefix = "##" if start else ""
        ends = range(len(word), start, -1)
        return next((p for p in (prefix + word[start:end] for end in ends) if p in self.ids), None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences that follow each other and are read at once.

    ``ids`` are ``[CLS]`` and the pieces of a sentence, ``[CLS]`` and those of the next, and so on, then
    ``[SEP]``. ``starts`` says for each sentence where its words begin (0: the word was cut off), ``heads``
    where its ``[CLS]`` stands, ``number`` which sentence of the text is the first.
    """

    number: int
    ids: list[int]
    starts: list[list[int]]
    heads: list[int]


class Encoder:
    """Turns the words of a sentence, or of sentences that follow each other, into the numbers to be read."""

    def __init__(
        self, vocabulary: Iterable[str], markers: Sequence[str], longest: int, room: int | None = None
    ) -> None:
        self._pieces = WordPiece(vocabulary)
        self._first, self._last = self._pieces.ids["[CLS]"], self._pieces.ids["[SEP]"]
        self._markers = tuple(self._pieces.ids[marker] for marker in markers)
        self._longest, self._room = longest, room or longest

    def encode(self, words: Sequence[str], pair: Pair | None = None) -> tuple[list[int], list[int]]:
        """Return the numbers of a sentence, and where in them each word begins (0: it was cut off).

        ``pair`` are the word ranges of a source and a target to be marked. Of a sentence longer than the
        network reads, the beginning is kept, or what lies nearest to the pair.
        """
        marks = self._marks(words, pair) if pair else {}
        numbers: list[int] = []
        starts: list[int] = []
        places: list[int] = []
        for n, word in enumerate(words):
            for marker in marks.get(n, ()):
                places.append(len(numbers))
                numbers.append(marker)
            starts.append(len(numbers))
            numbers += self._pieces.encode(word) or [self._pieces.ids["[UNK]"]]
        for marker in marks.get(len(words), ()):
            places.append(len(numbers))
            numbers.append(marker)
        kept = nearest(len(numbers), places or [0], self._longest - 2)
        moved = {old: new for new, old in enumerate(kept, 1)}
        return [self._first, *(numbers[i] for i in kept), self._last], [moved.get(s, 0) for s in starts]

    def stretches(self, text: Sequence[Words]) -> Iterator[Stretch]:
        """Yield the sentences of a text, as many at once as there is room for; a sentence that is longer than
        the network reads is cut short."""
        number = 0
        ids: list[int] = []
        starts: list[list[int]] = []
        heads: list[int] = []
        for n, words in enumerate(text):
            (_, *pieces, last), places = self.encode(words)
            if ids and len(ids) + len(pieces) + 2 > self._room:
                yield Stretch(number, [*ids, last], starts, heads)
                number, ids, starts, heads = n, [], [], []
            heads.append(len(ids))
            starts.append([place + len(ids) if place else 0 for place in places])
            ids += [self._first, *pieces]
        if ids:
            yield Stretch(number, [*ids, self._last], starts, heads)

    def _marks(self, words: Sequence[str], pair: Pair) -> dict[int, list[int]]:
        """Return the markers that stand before each word; at one place the closing ones come first."""
        if any(not 0 <= start <= end <= len(words) for start, end in pair):
            raise ValueError(f"ranges {pair} do not lie in a text of {len(words)} words")
        ends = (*pair[0], *pair[1])
        found: dict[int, list[int]] = {}
        for k in sorted(range(4), key=lambda k: (ends[k], k % 2 == 0)):
            found.setdefault(ends[k], []).append(self._markers[k])
        return found


def nearest(length: int, places: Sequence[int], room: int) -> Sequence[int]:
    """Return the ``room`` positions of a sequence that lie nearest to any of ``places``, in order."""
    if length <= room:
        return range(length)
    order = sorted(range(length), key=lambda i: min(abs(i - place) for place in places))
    return sorted(order[:room])
