"""Where each report's text comes from: the chain of reprints back to its first source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dateline.link.copies import Copy, Fingerprint, same_outlet
from dateline.link.reading import Reading

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


def origins(
    readings: Sequence[Reading], prints: Sequence[Fingerprint], found: Sequence[Copy],
    taken: Sequence[Taken],
) -> list[Origin]:  # fmt: skip
    """Return the origin of each report; ``taken[i]`` is what ``found[i]`` brought."""
    edges: dict[int, list[int]] = {}
    for number, copy in enumerate(found):
        if not _versions(readings, copy):
            edges.setdefault(copy.report, []).append(number)
    for numbers in edges.values():
        numbers.sort(key=lambda n: _rank(found[n], readings))
    best = {
        report: next((n for n in numbers if not found[n].passage), None) for report, numbers in edges.items()
    }
    chosen = {report: number for report, number in best.items() if number is not None}
    merged = [_merged([taken[n] for n in edges.get(number, ())]) for number in range(len(readings))]
    return [
        _origin(number, readings, prints, found, merged[number], chosen) for number in range(len(readings))
    ]


def _merged(parts: Sequence[Taken]) -> Taken:
    """Join what several sources brought; a sentence comes from the first of them that has it."""
    sentences: dict[int, tuple[int, int | None]] = {}
    own: set[tuple[int, str]] = set()
    for part in parts:
        new = part.sentences.keys() - sentences.keys()
        sentences |= {start: part.sentences[start] for start in new}
        own |= {act for act in part.own if act[0] in new}
    return Taken(sentences, frozenset(own))


def _versions(readings: Sequence[Reading], copy: Copy) -> bool:
    one, other = readings[copy.report].same_as, readings[copy.source].same_as
    return one is not None and one == other


def _rank(copy: Copy, readings: Sequence[Reading]) -> tuple[float, str, str]:
    """Order sources: the larger share first; of nearly equal ones the earlier."""
    source = readings[copy.source]
    return -round(copy.share, 1), source.moment, source.id


def _origin(
    number: int, readings: Sequence[Reading], prints: Sequence[Fingerprint], found: Sequence[Copy],
    taken: Taken, best: dict[int, int],
) -> Origin:  # fmt: skip
    chain = [number]
    while chain[-1] in best:
        chain.append(found[best[chain[-1]]].source)
    root = chain[-1]
    credits = [prints[n].credit for n in chain if prints[n].credit]
    name = credits[-1] if credits and credits[-1] else readings[root].outlet
    if same_outlet(name, readings[root].outlet):
        name = readings[root].outlet
    if len(chain) > 1:
        copy = best[number]
        return Origin(name, tuple(chain), found[copy].share, taken, found[copy].why)
    own = prints[number].credit
    if own and not same_outlet(own, readings[number].outlet):
        return Origin(own, (number,), 1.0, taken, (f"credit:{own}",))
    return Origin(readings[number].outlet, (number,), 0.0, taken)
