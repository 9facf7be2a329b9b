"""What the network learns from: following sentences, cut into words, with whatever is known about them.

One shape for all sources. What a source does not label is None and teaches nothing, so every head learns
only from texts that were read for it.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

Range = tuple[int, int]
Part = TypeVar("Part")
Sized = TypeVar("Sized", bound=Collection[Any])
ROOM = 110  # words of a stretch: about as many as the written network reads at once
UNSEEN = 0.1  # times a step that never was is counted


@dataclass(frozen=True, slots=True)
class Act:
    """What is known of the act or predicate at a word; None where nobody said.

    ``ahead``: it had not happened yet when it was told, or never may; less is known then than with realis.
    ``carried``: no words of its sentence date it, but words of another sentence do.
    """

    mode: str | None = None
    realis: str | None = None
    background: bool | None = None
    voiced: bool | None = None
    certainty: float | None = None
    ahead: bool | None = None
    carried: bool | None = None


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


def packed(found: Iterable[Example], room: int = ROOM) -> Iterator[Example]:
    """Yield texts of one kind joined to stretches, as many at once as have room (in words).

    Our items are shorter than what the network reads at once; unpacked, it would learn what a sentence late
    in a stretch says from few of them.
    """
    for held in _filled(found, room, key=lambda e: len(e.words)):
        yield held[0] if len(held) == 1 else _joined(held)


def _joined(found: Sequence[Example]) -> Example:
    """Return texts of one kind as one; nothing in one of them belongs to anything in another."""
    words = tuple(word for e in found for word in e.words)
    at = tuple(itertools.accumulate((len(e.words) for e in found), initial=0))[:-1]
    nth = tuple(itertools.accumulate((len(e.firsts) for e in found), initial=0))[:-1]
    rows = {
        name: tuple(label for e in found for label in getattr(e, name) or (None,) * len(e.words))
        if any(getattr(e, name) for e in found)
        else None
        for name in ("events", "sayings", "parties")
    }
    links = {
        word + move: {kind: frozenset(member + move for member in members) for kind, members in named.items()}
        for e, move in zip(found, at, strict=True)
        for word, named in e.links.items()
    }
    return replace(
        found[0],
        words=words,
        firsts=tuple(first + move for e, move in zip(found, at, strict=True) for first in e.firsts),
        links=links,
        acts={word + move: act for e, move in zip(found, at, strict=True) for word, act in e.acts.items()},
        sectors={word + move: s for e, move in zip(found, at, strict=True) for word, s in e.sectors.items()},
        contexts={n + move: c for e, move in zip(found, nth, strict=True) for n, c in e.contexts.items()},
        discourse={n + move: d for e, move in zip(found, nth, strict=True) for n, d in e.discourse.items()},
        **rows,
    )


def fifth(text: str) -> int:
    """Return which fifth of the data a text belongs to: the MD5 of its UTF-8, modulo five."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % 5


def stretches(sentences: Iterable[Sized], room: int = ROOM) -> Iterator[list[Sized]]:
    """Yield sentences that follow each other, as many at once as have room (in words), at least one."""
    yield from _filled(sentences, room, key=len)


def _filled(parts: Iterable[Part], room: int, key: Callable[[Part], int]) -> Iterator[list[Part]]:
    held: list[Part] = []
    taken = 0
    for part in parts:
        if held and taken + key(part) > room:
            yield held
            held, taken = [], 0
        held.append(part)
        taken += key(part)
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
