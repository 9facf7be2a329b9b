"""What the network learns from: following sentences, cut into words, with whatever is known about them.

One shape for all sources. What a source does not label is None and teaches nothing, so every head learns
only from texts that were read for it.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

Range = tuple[int, int]
Sized = TypeVar("Sized", bound=Collection[Any])
ROOM = 110  # words of a stretch: about as many as the written network reads at once
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
    """One stretch of text; ``kind`` is its origin and decides how often an epoch reads it.

    ``firsts`` are the words with which its sentences begin; ``contexts`` and ``discourse`` are known by
    sentence.
    ``events``, ``sayings`` and ``parties`` have a label for each word. ``sectors`` has the sector (NONE for
    none) of the words that head a party. ``links`` has for an anchor word (a trigger or a cue) the words that
    belong to it, by link. ``key`` is the text it was split by.
    """

    kind: str
    words: tuple[str, ...]
    key: str
    firsts: tuple[int, ...] = (0,)
    events: tuple[str | None, ...] | None = None
    acts: dict[int, Act] = field(default_factory=dict)
    sayings: tuple[str, ...] | None = None
    parties: tuple[str, ...] | None = None
    sectors: dict[int, str] = field(default_factory=dict)
    links: dict[int, dict[str, frozenset[int]]] = field(default_factory=dict)
    contexts: dict[int, frozenset[str]] = field(default_factory=dict)
    discourse: dict[int, str] = field(default_factory=dict)
    pair: Pair | None = None
    weight: float = 1.0

    @property
    def sentences(self) -> list[tuple[str, ...]]:
        """The sentences, each as its words."""
        return self.cut(self.words)

    def cut(self, row: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return what is given for every word, sentence by sentence."""
        ends = (*self.firsts[1:], len(self.words))
        return [row[start:end] for start, end in zip(self.firsts, ends, strict=True)]

    @property
    def fifth(self) -> int:
        """Which fifth of the data the text belongs to."""
        return fifth(self.key)


def pieces(example: Example, chance: random.Random) -> Iterator[Example]:
    """Yield a stretch in shorter ones, cut after every other sentence on average."""
    ends = [first for first in example.firsts[1:] if chance.random() < 0.5]
    for start, end in itertools.pairwise([0, *ends, len(example.words)]):
        yield _piece(example, start, end)


def _piece(example: Example, start: int, end: int) -> Example:
    """Return the words from ``start`` to ``end`` with what is known of them; of a voice outside, nothing."""
    within = range(start, end)
    links = {
        anchor - start: {
            kind: frozenset(word - start for word in members if word in within)
            for kind, members in named.items()
            if kind != "voice" or not members or members & frozenset(within)
        }
        for anchor, named in example.links.items()
        if anchor in within
    }
    whole = end - start == len(example.words)
    return replace(
        example,
        words=example.words[start:end],
        firsts=tuple(first - start for first in example.firsts if first in within),
        events=example.events and example.events[start:end],
        acts={word - start: act for word, act in example.acts.items() if word in within},
        links=links,
        sectors={word - start: sector for word, sector in example.sectors.items() if word in within},
        contexts=example.contexts if whole else {},
    )


def fifth(text: str) -> int:
    """Return which fifth of the data a text belongs to: the MD5 of its UTF-8, modulo five."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % 5


def stretches(sentences: Iterable[Sized], room: int = ROOM) -> Iterator[list[Sized]]:
    """Yield sentences that follow each other, as many at once as have room (in words), at least one."""
    held: list[Sized] = []
    for sentence in sentences:
        if held and sum(map(len, held)) + len(sentence) > room:
            yield held
            held = []
        held.append(sentence)
    if held:
        yield held


def firsts(sentences: Iterable[Sized]) -> tuple[int, ...]:
    """Return the words with which the sentences of a stretch begin."""
    return tuple(itertools.accumulate((len(s) for s in sentences), initial=0))[:-1]


def inside(places: Sequence[Range], span: Range) -> list[int]:
    """Return the words (given by their character ranges) that a character range touches."""
    return [n for n, (start, end) in enumerate(places) if start < span[1] and span[0] < end]


def steps(examples: Iterable[Example], labels: Sequence[str]) -> list[list[float]]:
    """Return the logarithm of how likely each label of ``sayings`` follows each (rows: the first of two)."""
    tagged = (sentence for e in examples if e.sayings for sentence in e.cut(e.sayings))
    counted = Counter(pair for tags in tagged for pair in itertools.pairwise(tags))
    rows = [[counted[one, other] + UNSEEN for other in labels] for one in labels]
    return [[round(math.log(count / sum(row)), 3) for count in row] for row in rows]


def bio(
    size: int, parts: Iterable[tuple[str, Sequence[int]]], firsts: Collection[int] = ()
) -> tuple[str, ...]:
    """Return tags for ``size`` words from parts given by name and words; ``firsts`` begin a part anew."""
    tags = ["O"] * size
    for name, words in parts:
        for n, word in enumerate(words):
            begins = n == 0 or words[n - 1] != word - 1 or word in firsts
            tags[word] = f"{'B' if begins else 'I'}-{name}"
    return tuple(tags)
