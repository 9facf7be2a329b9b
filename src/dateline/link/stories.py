"""Stories: reports about the same affair, found by the words they share.

A report is a list of weighted words: how often each stands in it, more for those of the title and of
the lead, times how rare the word is in general (:func:`dateline.link.words.rarity`). Two reports are as
alike as the cosine of their lists. The weights and the threshold were chosen on the development half of
the ``news-cluster`` set; see ``docs/linking.md``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy
from numpy.typing import NDArray

from dateline.link import blocks, clusters, words
from dateline.link.reading import Reading

TITLE, LEAD = 4.0, 2.0  # what standing in the title, in the lead adds to a word's weight
LEAD_WORDS = 60
SAME_STORY = 0.21  # mean cosine at which reports are one story
RELATED = 0.10  # a cosine below this is no link at all
KEYS = 12  # by so many of its heaviest words a report is found
SHOWN = 6  # shared words given as the reason of a link
DAYS = 7  # length of the stretches of time that split large blocks
RUNGS = 3  # of a ladder


@dataclass(frozen=True, slots=True)
class Vector:
    """A report's words as sorted numbers with their weights (length one), and the heaviest as strings."""

    codes: NDArray[Any]
    weights: NDArray[Any]
    heaviest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Two reports (by number) that may tell one story, and how alike they are."""

    one: int
    other: int
    score: float


def weights(title: str, text: str) -> dict[str, float]:
    """Return the weight of each stem of a report, the squares of which add up to one."""
    stems = words.content(text)
    heavy = {s: 1.0 + math.log(n) for s, n in Counter(stems).items()}
    for s in set(words.content(title)):
        heavy[s] = heavy.get(s, 0.0) + TITLE
    for s in set(words.content(" ".join(text.split(maxsplit=LEAD_WORDS)[:LEAD_WORDS]))):
        heavy[s] = heavy.get(s, 0.0) + LEAD
    weighed = {s: w * words.rarity(s) for s, w in heavy.items()}
    length = math.sqrt(math.fsum(w * w for w in weighed.values())) or 1.0
    return {s: w / length for s, w in weighed.items()}


def vector(title: str, text: str) -> Vector:
    """Return a report's words as numbers that can be compared fast."""
    weighed = weights(title, text)
    order = sorted(weighed, key=lambda s: (-weighed[s], s))
    codes = numpy.array([code(s) for s in weighed], dtype=numpy.int64)
    values = numpy.array(list(weighed.values()), dtype=numpy.float64)
    places = codes.argsort(kind="stable")
    return Vector(codes[places], values[places], tuple(order[: 2 * KEYS]))


@lru_cache(maxsize=1 << 17)
def code(stem: str) -> int:
    """Return a number for a stem that is the same in every run."""
    number = 0xCBF29CE484222325
    for byte in stem.encode("utf-8", "surrogatepass"):
        number = ((number ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return number >> 1


def cosine(one: Vector, other: Vector) -> float:
    """Return how alike two reports are, from 0 to 1."""
    if not len(one.codes) or not len(other.codes):
        return 0.0
    places = other.codes.searchsorted(one.codes).clip(max=len(other.codes) - 1)
    both = other.codes[places] == one.codes
    return float(one.weights[both] @ other.weights[places[both]])


def ladders(reading: Reading, found: Vector) -> Iterator[tuple[str, ...]]:
    """Yield the keys by which a report is found: each heavy word, then with the week, then with another."""
    day = reading.day
    weeks = ("undated",) if day is None else (str(day // DAYS), str((day + DAYS // 2) // DAYS) + "h")
    top = found.heaviest[:KEYS]
    for place, word in enumerate(top):
        for week in weeks:
            beside = top[0] if place else top[-1]
            yield word, f"{word}|{week}", f"{word}|{week}|{beside}"


def keys(reading: Reading, found: Vector) -> NDArray[Any]:
    """Return the ladders of a report as numbers, one row a ladder."""
    return blocks.hashed(ladders(reading, found), RUNGS)


def links(
    found: Sequence[NDArray[Any]], vectors: Sequence[Vector], known: Iterable[StoryLink] = (),
    new: Sequence[bool] | None = None,
) -> list[StoryLink]:  # fmt: skip
    """Return the pairs of reports that are alike, in order; the reports must be sorted by id.

    ``found`` are the :func:`keys` of the reports. With ``new`` only pairs with a new report are weighed; of
    the ``known`` links those are kept that are still compared.
    """
    used = blocks.blocks(found)
    kept = [link for link in known if used.meet(link.one, link.other)]
    for one, other in used.pairs(new):
        score = cosine(vectors[one], vectors[other])
        if score >= RELATED:
            kept.append(StoryLink(one, other, score))
    return sorted(kept, key=lambda k: (k.one, k.other))


def reasons(one: Vector, other: Vector, score: float) -> tuple[str, ...]:
    """Say why two reports are alike: the cosine and the heaviest words they share."""
    shared = [word for word in one.heaviest if word in other.heaviest][:SHOWN]
    return (f"text:{score:.2f}", *(f"word:{word}" for word in shared))


def cluster(count: int, found: Sequence[StoryLink]) -> list[list[int]]:
    """Return the stories as lists of report numbers."""
    return clusters.cluster(count, [(k.one, k.other, k.score) for k in found], SAME_STORY)
