"""The only file that runs the trained network: which relation holds between two marked stretches.

The network (``data/model/relation.onnx``, see ``docs/model-card.md``) is a small encoder that reads one
sentence with its source and target marked and answers with a probability for every PLOVER type and
for ``NONE``. Direction counts: source first. How it was trained stands in ``training/``.
"""

from __future__ import annotations

import hashlib
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dateline import errors

Range = tuple[int, int]
Row = tuple[str, Range, Range]

FOLDER = Path(__file__).parent / "data" / "model"
NONE = "NONE"  # the label for "no relation in this direction"
LONGEST_WORD = 100
HIDDEN = ("Cc", "Cf", "Co", "Cs")  # control, format, private, surrogate


# -- words to numbers -------------------------------------------------------------------------------------


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


class Encoder:
    """Turns a row (text, source, target) into the numbers that the network reads."""

    def __init__(self, vocabulary: Iterable[str], markers: Sequence[str], longest: int) -> None:
        self._pieces = WordPiece(vocabulary)
        self._first, self._last = self._pieces.ids["[CLS]"], self._pieces.ids["[SEP]"]
        self._markers = tuple(self._pieces.ids[marker] for marker in markers)
        self._longest = longest

    def encode(self, row: Row) -> list[int]:
        """Return a row's numbers: both stretches between their markers, cut to the longest length."""
        numbers: list[int] = []
        places: list[int] = []
        text, at = row[0], 0
        for position, marker in self._marks(row):
            numbers += self._pieces.encode(text[at:position])
            places.append(len(numbers))
            numbers.append(marker)
            at = position
        numbers += self._pieces.encode(text[at:])
        kept = nearest(len(numbers), places, self._longest - 2)
        return [self._first, *(numbers[i] for i in kept), self._last]

    def _marks(self, row: Row) -> list[tuple[int, int]]:
        """Return where the four markers go, in order; at one place the closing ones come first."""
        text, source, target = row
        ends = (*source, *target)
        if any(not 0 <= start <= end <= len(text) for start, end in (source, target)):
            raise ValueError(f"ranges {source} and {target} do not lie in a text of {len(text)} characters")
        order = sorted(range(4), key=lambda k: (ends[k], k % 2 == 0))
        return [(ends[k], self._markers[k]) for k in order]


def nearest(length: int, places: Sequence[int], room: int) -> Sequence[int]:
    """Return the ``room`` positions of a sequence that lie nearest to any of ``places``, in order."""
    if length <= room:
        return range(length)
    order = sorted(range(length), key=lambda i: min(abs(i - place) for place in places))
    return sorted(order[:room])


# -- the network ------------------------------------------------------------------------------------------


class Relations:
    """The relation network; get it with :func:`relations`.

    ``batch`` rows are read at once. With one, which is the default, a row's answer never depends on the
    rows beside it; 16 are a quarter faster, but eight-bit arithmetic then takes one scale for all of them.
    """

    def __init__(self, folder: Path = FOLDER, threads: int = 1, batch: int = 1) -> None:
        self.card = _card(folder / "model.toml")
        weights = _verified(folder / "relation.onnx", self.card["sha256"]["relation.onnx"])
        words = _verified(folder / "vocab.txt", self.card["sha256"]["vocab.txt"])
        self.labels: tuple[str, ...] = tuple(self.card["labels"])
        self._encoder = Encoder(words.decode().splitlines(), self.card["markers"], self.card["max_length"])
        self._session = _session(weights, threads)
        self._batch = batch

    def types(self, rows: Sequence[Row]) -> list[dict[str, float]]:
        """Return for each row (text, source range, target range) the probability of every type and ``NONE``.

        The text is one sentence, its ranges are in characters; what lies far from both is cut when the
        sentence is longer than the network reads. The same rows always give the same answer.
        """
        encoded = [self._encoder.encode(row) for row in rows]
        found: list[dict[str, float]] = [{} for _ in rows]
        for batch in _batches([len(numbers) for numbers in encoded], self._batch):
            answers = self._run([encoded[i] for i in batch])
            for i, answer in zip(batch, answers, strict=True):
                found[i] = dict(zip(self.labels, answer, strict=True))
        return found

    def _run(self, batch: list[list[int]]) -> list[list[float]]:
        import numpy

        ids = numpy.zeros((len(batch), max(map(len, batch))), dtype=numpy.int64)
        for row, numbers in zip(ids, batch, strict=True):
            row[: len(numbers)] = numbers
        answers: list[list[float]] = self._session.run(["probabilities"], {"ids": ids})[0].tolist()
        return answers


def _batches(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Yield the positions of rows of like length together, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    for start in range(0, len(order), size):
        yield order[start : start + size]


@cache
def relations() -> Relations:
    """Load the shipped network once; raise ModelError if it, or onnxruntime, is missing or another."""
    return Relations()


def _card(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise errors.ModelError(f"the relation network is not installed: no {path.name}") from None


def _verified(path: Path, expected: str) -> bytes:
    """Return the bytes of a file; raise ModelError unless they are the pinned ones."""
    try:
        content = path.read_bytes()
    except OSError:
        raise errors.ModelError(f"the relation network is not installed: no {path.name}") from None
    if hashlib.sha256(content).hexdigest() != expected:
        raise errors.ModelError(f"{path.name}: not the pinned file of the relation network")
    return content


def _session(weights: bytes, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise errors.ModelError("onnxruntime is not installed; the relation network needs it") from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
