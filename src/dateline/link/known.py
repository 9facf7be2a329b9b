"""What an earlier run has found out: nothing is weighed twice when something new arrives.

A pair's score depends on the two alone, and a pair that was not compared before is not compared later for
what arrives beside it (blocks only become finer). So the pairs of reports that were both there are taken
from memory, and the result is the same as if everything had been linked at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Ends = tuple[str, str]
Place = tuple[str, int]  # a figure: its report, and its number among the figures of the report


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy by the ids of its reports; the fields are those of :class:`dateline.link.copies.Copy`."""

    report: str
    source: str
    share: float
    sentences: int
    passage: bool

    @property
    def ends(self) -> Ends:
        """The two reports, the smaller id first."""
        return ends(self.report, self.source)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of reports and mentions (by ids) that were linked before.

    ``reports`` are the reports with what may change of them: whether they were the newest version, and which
    version they superseded. ``stories`` and ``events`` hold the likeness of pairs that are linked at all,
    the smaller id first; ``copies`` the copies by their pairs. ``groups`` are the reports of each story and
    the mentions of each event, by its id; ``homes`` the stories of events; ``loose`` the events to
    which figures were given that stand in no sentence of an event.
    """

    reports: Mapping[str, tuple[bool, str | None]] = field(default_factory=dict)
    stories: Mapping[Ends, float] = field(default_factory=dict)
    copies: Mapping[Ends, Copied] = field(default_factory=dict)
    events: Mapping[Ends, float] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    loose: Mapping[Place, str] = field(default_factory=dict)


NOTHING = Known()


def ends(one: str, other: str) -> Ends:
    """Return two ids, the smaller first."""
    return (one, other) if one < other else (other, one)
