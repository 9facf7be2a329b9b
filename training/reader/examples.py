"""What the network learns from: a text cut into words, with whatever is known about them.

One shape for all sources. What a source does not label is None and teaches nothing, so every head learns
only from texts that were read for it.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Range = tuple[int, int]
UNSEEN = 0.1  # times a step that never was is counted


@dataclass(frozen=True, slots=True)
class Act:
    """What is known of the act or predicate at a word; None where nobody said."""

    mode: str | None = None
    realis: str | None = None
    background: bool | None = None
    voiced: bool | None = None
    certainty: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A marked pair: word ranges of source and target, and the types that are right for it."""

    source: Range
    target: Range
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One text; ``kind`` is its origin and decides how often an epoch reads it.

    ``events``, ``sayings`` and ``parties`` have a label for each word. ``sectors`` has the sector (NONE for
    none) of the words that head a party. ``links`` has for an anchor word (a trigger or a cue) the words that
    belong to it, by link. ``key`` is the text it was split by.
    """

    kind: str
    words: tuple[str, ...]
    key: str
    events: tuple[str | None, ...] | None = None
    acts: dict[int, Act] = field(default_factory=dict)
    sayings: tuple[str, ...] | None = None
    parties: tuple[str, ...] | None = None
    sectors: dict[int, str] = field(default_factory=dict)
    links: dict[int, dict[str, frozenset[int]]] = field(default_factory=dict)
    contexts: frozenset[str] | None = None
    discourse: str | None = None
    pair: Pair | None = None
    weight: float = 1.0

    @property
    def fifth(self) -> int:
        """Which fifth of the data the text belongs to."""
        return fifth(self.key)


def fifth(text: str) -> int:
    """Return which fifth of the data a text belongs to: the MD5 of its UTF-8, modulo five."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % 5


def inside(places: Sequence[Range], span: Range) -> list[int]:
    """Return the words (given by their character ranges) that a character range touches."""
    return [n for n, (start, end) in enumerate(places) if start < span[1] and span[0] < end]


def steps(examples: Iterable[Example], labels: Sequence[str]) -> list[list[float]]:
    """Return the logarithm of how likely each label of ``sayings`` follows each (rows: the first of two)."""
    counted = Counter(pair for e in examples for pair in itertools.pairwise(e.sayings or ()))
    rows = [[counted[one, other] + UNSEEN for other in labels] for one in labels]
    return [[round(math.log(count / sum(row)), 3) for count in row] for row in rows]


def bio(size: int, parts: Iterable[tuple[str, Sequence[int]]]) -> tuple[str, ...]:
    """Return tags for ``size`` words from parts given by name and their words."""
    tags = ["O"] * size
    for name, words in parts:
        for n, word in enumerate(words):
            begins = n == 0 or words[n - 1] != word - 1
            tags[word] = f"{'B' if begins else 'I'}-{name}"
    return tuple(tags)
