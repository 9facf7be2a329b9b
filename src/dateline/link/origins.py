"""Where each report's text comes from: the chain of reprints back to its first source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.link.copies import Copy, Fingerprint, same_outlet
from dateline.link.reading import Reading

WHOLE = 0.6  # a report that takes this share from another is a reprint as a whole


@dataclass(frozen=True, slots=True)
class Taken:
    """What a report has from its source: starts of sentences; (start, stem) of acts with another figure."""

    sentences: frozenset[int] = frozenset()
    own: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """The first source of a report's text (agency or outlet) and the way from there.

    ``chain`` holds report numbers, the report itself first, its first source last. ``share`` is how much of
    the shorter of it and the next in the chain is common text (0: its own). ``taken`` is
    what comes from the next report of the chain.
    """

    name: str
    chain: tuple[int, ...]
    share: float
    taken: Taken = Taken()
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
    best: dict[int, int] = {}
    for number, copy in enumerate(found):
        held = best.get(copy.report)
        if _versions(readings, copy) or (held is not None and not _better(found, readings, number, held)):
            continue
        best[copy.report] = number
    return [_origin(number, readings, prints, found, taken, best) for number in range(len(readings))]


def _versions(readings: Sequence[Reading], copy: Copy) -> bool:
    one, other = readings[copy.report].same_as, readings[copy.source].same_as
    return one is not None and one == other


def _better(found: Sequence[Copy], readings: Sequence[Reading], number: int, held: int) -> bool:
    """Prefer the larger share; of nearly equal ones the earlier source."""

    def rank(copy: Copy) -> tuple[float, str, str]:
        source = readings[copy.source]
        return -round(copy.share, 1), source.moment, source.id

    return rank(found[number]) < rank(found[held])


def _origin(
    number: int, readings: Sequence[Reading], prints: Sequence[Fingerprint], found: Sequence[Copy],
    taken: Sequence[Taken], best: dict[int, int],
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
        return Origin(name, tuple(chain), found[copy].share, taken[copy], found[copy].why)
    own = prints[number].credit
    if own and not same_outlet(own, readings[number].outlet):
        return Origin(own, (number,), 1.0, why=(f"credit:{own}",))
    return Origin(readings[number].outlet, (number,), 0.0)
