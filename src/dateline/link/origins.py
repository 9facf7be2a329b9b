"""Where each report's text comes from: the chain of reprints back to its first source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.link.copies import Copy, same_outlet
from dateline.link.reading import Head

WHOLE = 0.6  # a report that takes this share from another is a reprint as a whole


@dataclass(frozen=True, slots=True)
class Taken:
    """What a report has from others: its sentences (by start) with the report and sentence they come from.

    The sentence is None where a reworded report resembles its source as a whole. ``own`` are (start, stem) of
    acts of which the report gives another figure.
    """

    sentences: Mapping[int, tuple[int, int | None]] = field(default_factory=dict)
    own: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """The first source of a report's text (agency or outlet) and the way from there.

    ``chain`` holds report numbers, the report itself first, its first source last. ``share`` is how much of
    the shorter of it and the next in the chain is common text (0: its own). ``taken`` is
    what comes from that and from other reports.
    """

    name: str
    chain: tuple[int, ...]
    share: float
    taken: Taken = field(default_factory=Taken)
    why: tuple[str, ...] = field(default=())

    @property
    def whole(self) -> bool:
        """Tell whether the report as a whole is a reprint."""
        return self.share >= WHOLE


class Origins:
    """The origins of reports, each worked out when it is asked for.

    ``brought`` gives what a copy (by its number in ``found``) brings, ``credits`` the agency that each report
    credits.
    """

    def __init__(
        self, heads: Sequence[Head], credits: Sequence[str | None], found: Sequence[Copy],
        brought: Callable[[int], Taken],
    ) -> None:  # fmt: skip
        self._heads, self._credits, self._copies, self._brought = heads, credits, found, brought
        self._edges: dict[int, list[int]] = {}
        for number, copy in enumerate(found):
            if not versions(heads, copy):
                self._edges.setdefault(copy.report, []).append(number)
        for numbers in self._edges.values():
            numbers.sort(key=lambda n: _rank(found[n], heads))
        best = {r: next((n for n in ns if not found[n].passage), None) for r, ns in self._edges.items()}
        self._best = {report: number for report, number in best.items() if number is not None}
        self._known: dict[int, Origin] = {}

    def __getitem__(self, report: int) -> Origin:
        """Return the origin of a report."""
        if report not in self._known:
            taken = _merged([self._brought(n) for n in self._edges.get(report, ())])
            self._known[report] = self._origin(report, taken)
        return self._known[report]

    def __len__(self) -> int:
        return len(self._heads)

    def _origin(self, number: int, taken: Taken) -> Origin:
        chain = [number]
        while chain[-1] in self._best:
            chain.append(self._copies[self._best[chain[-1]]].source)
        root = chain[-1]
        credits = [self._credits[n] for n in chain if self._credits[n]]
        name = credits[-1] if credits and credits[-1] else self._heads[root].outlet
        if same_outlet(name, self._heads[root].outlet):
            name = self._heads[root].outlet
        if len(chain) > 1:
            copy = self._copies[self._best[number]]
            return Origin(name, tuple(chain), copy.share, taken, copy.why)
        own = self._credits[number]
        if own and not same_outlet(own, self._heads[number].outlet):
            return Origin(own, (number,), 1.0, taken, (f"credit:{own}",))
        return Origin(self._heads[number].outlet, (number,), 0.0, taken)


def _merged(parts: Sequence[Taken]) -> Taken:
    """Join what several sources brought.

    A sentence comes from the first of them that has it with the same figures, else from the first that has
    it: a reprint of a corrected report has the figures of the correction.
    """
    sentences: dict[int, tuple[int, int | None]] = {}
    own: set[tuple[int, str]] = set()
    differing = [{start for start, _ in part.own} for part in parts]
    for differs in (False, True):
        for part, other_figures in zip(parts, differing, strict=True):
            new = {s for s in part.sentences.keys() - sentences.keys() if (s in other_figures) == differs}
            sentences |= {start: part.sentences[start] for start in new}
            own |= {act for act in part.own if act[0] in new}
    return Taken(sentences, frozenset(own))


def versions(heads: Sequence[Head], copy: Copy) -> bool:
    """Tell whether a copy and its source are versions of one article."""
    one = heads[copy.report].same_as
    return one is not None and one == heads[copy.source].same_as


def _rank(copy: Copy, heads: Sequence[Head]) -> tuple[float, str, str]:
    """Order sources: the larger share first; of nearly equal ones the earlier."""
    source = heads[copy.source]
    return -round(copy.share, 1), source.moment, source.id
