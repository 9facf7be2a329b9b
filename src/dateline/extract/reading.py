"""What the network reads in a report, found again by token.

:func:`read` gives a report to :mod:`dateline.model` in one call, so that the same report always gets the
same answers and every sentence is read beside its neighbours. The rooms of the desk ask :class:`Readings`
about a token: does it denote an act, which words belong to it, did it happen. They weigh that against
tables and parse; nothing here decides.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline import model
from dateline.extract.states import Key
from dateline.parse import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

STRONGEST = 16  # words of a report that are remembered as likeliest to denote an act; no trigger has as many
ALONE = 0.9  # how probable it is taken to be that a report of one sentence would tell of another act
LONGEST_SENTENCE = 2_000  # characters; what is longer is a list or a table, and costs too much
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Read:
    """One sentence as the network read it: the indexes of its tokens in the paragraph, and the reading.

    ``beside`` are the words of the whole stretch that was read at once, those of the sentence among them.
    """

    tokens: tuple[int, ...]
    reading: model.Reading
    beside: Sequence[Key]


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of a report by (paragraph number, token index); long or empty sentences have none.

    ``strongest`` are the words likeliest to denote an act of any type, likeliest first; ``alone``: the report
    has one sentence.
    """

    labels: dict[str, tuple[str, ...]]
    at: dict[Key, tuple[Read, int]]
    strongest: tuple[tuple[float, Key], ...] = ()
    alone: bool = False
    _means: dict[Key, dict[str, float]] = field(default_factory=dict, compare=False, repr=False)  # of chains

    def knows(self, paragraph: Paragraph, token: Token) -> bool:
        """Tell whether the network has read the sentence a token stands in."""
        return (paragraph.number, token.i) in self.at

    def act(self, paragraph: Paragraph, token: Token) -> tuple[str, float]:
        """Return the likeliest type of act a token denotes, with its probability; NONE is no act."""
        found = self.at.get((paragraph.number, token.i))
        if found is None:
            return model.NONE, 1.0
        row = found[0].reading.event[found[1]]
        best = int(row.argmax())
        return self.labels["event"][best], float(row[best])

    def chance(self, paragraph: Paragraph, index: int, event: str) -> float:
        """Return the probability that a token denotes an act of a type (NONE: that it denotes no act)."""
        found = self.at.get((paragraph.number, index))
        if found is None:
            return 1.0 if event == model.NONE else 0.0
        return float(found[0].reading.event[found[1]][self.labels["event"].index(event)])

    def any_act(self, paragraph: Paragraph, index: int) -> float:
        """Return the probability that a token denotes an act of any type."""
        return 1 - self.chance(paragraph, index, model.NONE)

    def act_elsewhere(self, paragraph: Paragraph, words: Collection[int]) -> float:
        """Return the highest probability that a word of the report other than these denotes an act.

        A sentence that stands alone has no report that could tell: ``ALONE``.
        """
        found = next((p for p, (n, i) in self.strongest if n != paragraph.number or i not in words), 0.0)
        return max(found, ALONE) if self.alone else found

    def mode(self, paragraph: Paragraph, token: Token, event: str) -> str | None:
        """Return the likeliest mode of an act of a given type at a token; None for none."""
        found = self.at.get((paragraph.number, token.i))
        if found is None:
            return None
        row = found[0].reading.mode[found[1]]
        names = [(float(row[n]), m) for n, m in enumerate(self.labels["mode"]) if m.split("/")[0] == event]
        return max(names)[1].partition("/")[2] or None

    def realis(self, paragraph: Paragraph, token: Token) -> tuple[str, float]:
        """Return the likeliest realis of what a token denotes, with its probability."""
        found = self.at.get((paragraph.number, token.i))
        if found is None:
            return "actual", 0.0
        row = found[0].reading.realis[found[1]]
        best = int(row.argmax())
        return self.labels["realis"][best], float(row[best])

    def background(self, paragraph: Paragraph, token: Token) -> float:
        """Return the probability that what a token denotes is recalled, not brought as news."""
        found = self.at.get((paragraph.number, token.i))
        return float(found[0].reading.background[found[1]]) if found else 0.0

    def voiced(self, paragraph: Paragraph, token: Token) -> float:
        """Return the probability that somebody else than the outlet vouches for what a token denotes."""
        found = self.at.get((paragraph.number, token.i))
        return float(found[0].reading.voiced[found[1]]) if found else 0.0

    def carried(self, paragraph: Paragraph, token: Token) -> float:
        """Return the probability that what a token denotes is dated by another sentence than its own."""
        found = self.at.get((paragraph.number, token.i))
        return float(found[0].reading.carried[found[1]]) if found else 0.0

    def linked(self, paragraph: Paragraph, index: int, link: str) -> dict[Key, float]:
        """Return for each token of a token's stretch how probably it belongs to it by a link."""
        return self.linked_at((paragraph.number, index), link)

    def linked_at(self, anchor: Key, link: str) -> dict[Key, float]:
        """The same for a token of any paragraph."""
        found = self.at.get(anchor)
        if found is None:
            return {}
        read, row = found
        scores = read.reading.links[self.labels["link"].index(link)][row].tolist()
        return dict(zip(read.beside, scores, strict=True))

    def members(self, paragraph: Paragraph, anchor: Token, link: str) -> dict[int, float]:
        """Return for each token of the sentence how probably it belongs to an anchor by a link."""
        own = self._sentence(paragraph, anchor)
        linked = self.linked(paragraph, anchor.i, link)
        return {key[1]: chance for key, chance in linked.items() if key in own}

    def _sentence(self, paragraph: Paragraph, anchor: Token) -> frozenset[Key]:
        found = self.at.get((paragraph.number, anchor.i))
        return frozenset((paragraph.number, i) for i in found[0].tokens) if found else frozenset()

    def parts(self, sentence: Tokens, paragraph: Paragraph) -> list[tuple[str, Range]]:
        """Return sources, cues and contents of attributions in a sentence as token ranges."""
        found = self.at.get((paragraph.number, next((t.i for t in sentence if not t.is_space), -1)))
        if found is None:
            return []
        read = found[0]
        tags = model.best_tags(read.reading.saying, self.labels["saying"], model.network().steps)
        parts: list[tuple[str, Range]] = []
        for i, tag in zip(read.tokens, tags, strict=True):
            begin, _, part = tag.partition("-")
            if begin == "I":
                parts[-1] = (part, (parts[-1][1][0], i + 1))
            elif begin == "B":
                parts.append((part, (i, i + 1)))
        return parts

    def sectors_at(self, head: Key) -> dict[str, float]:
        """Return the probability of each sector (NONE: without one) of the party that a token heads."""
        found = self.at.get(head)
        if found is None:
            return {}
        return dict(zip(self.labels["sector"], found[0].reading.sector[found[1]].tolist(), strict=True))

    def mean_sectors(self, heads: Sequence[Key]) -> dict[str, float]:
        """Return the mean of :meth:`sectors_at` over the phrases of a chain, worked out once for each."""
        if heads[0] not in self._means:
            rows = [row for row in map(self.sectors_at, heads) if row]
            mean = {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]} if rows else {}
            self._means[heads[0]] = mean
        return self._means[heads[0]]

    def cue(self, paragraph: Paragraph, index: int) -> float:
        """Return the probability that a token belongs to the cue of an attribution."""
        found = self.at.get((paragraph.number, index))
        if found is None:
            return 0.0
        row = found[0].reading.saying[found[1]]
        return float(sum(math.exp(row[n]) for n, tag in enumerate(self.labels["saying"]) if tag[2:] == "cue"))

    def contexts(self, paragraph: Paragraph, token: Token) -> dict[str, float]:
        """Return the probability of each context for a token's sentence."""
        found = self.at.get((paragraph.number, token.i))
        if found is None:
            return {}
        return dict(zip(self.labels["context"], found[0].reading.context.tolist(), strict=True))


NOTHING = Readings({}, {})  # what is known of a report that the network did not read


def read(paragraphs: Iterable[Paragraph]) -> Readings:
    """Read every sentence of a report that is not too long."""
    network = model.network()
    places: list[tuple[Paragraph, tuple[int, ...]]] = []
    words: list[list[str]] = []
    for paragraph in paragraphs:
        for sentence in paragraph.sentences():
            tokens = _words(sentence)
            if tokens:
                places.append((paragraph, tuple(t.i for t in tokens)))
                words.append([t.text for t in tokens])
    found: dict[Key, tuple[Read, int]] = {}
    (readings,) = network.read([words])
    beside: list[Key] = []
    for (paragraph, indexes), reading in zip(places, readings, strict=True):
        if reading.first == 0:
            beside = []  # another stretch begins
        beside += [(paragraph.number, i) for i in indexes]
        one = Read(indexes, reading, beside)
        found.update({(paragraph.number, i): (one, row) for row, i in enumerate(indexes)})
    strongest = _strongest(found, network.labels["event"].index(model.NONE))
    return Readings(network.labels, found, strongest, alone=len(places) == 1)


def _strongest(found: dict[Key, tuple[Read, int]], none: int) -> tuple[tuple[float, Key], ...]:
    """Return the words likeliest to denote an act with their probabilities; of equals the first."""
    chances = ((1 - float(read.reading.event[row][none]), key) for key, (read, row) in found.items())
    return tuple(heapq.nsmallest(STRONGEST, chances, key=lambda pair: (-pair[0], pair[1])))


def _words(sentence: Tokens) -> list[Token]:
    if len(sentence.text) > LONGEST_SENTENCE:
        return []
    return [t for t in sentence if not t.is_space]
