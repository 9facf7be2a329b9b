"""What an earlier run has found out about pairs: nothing is weighed twice when something new arrives.

A pair's score depends on the two alone, and a pair that was not compared before is not compared later for
what arrives beside it (blocks only become finer). So the pairs of reports that were both there are taken
from memory, and the result is the same as if everything had been linked at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """Reports that were linked before (ids), and what is known of their pairs, the smaller id first.

    ``stories`` and ``events`` hold the likeness of pairs of reports and of mentions that are linked at all;
    ``copies`` the pairs of reports of which one takes text from the other.
    """

    reports: frozenset[str] = frozenset()
    stories: Mapping[Ends, float] = field(default_factory=dict)
    copies: frozenset[Ends] = frozenset()
    events: Mapping[Ends, float] = field(default_factory=dict)

    def both(self, one: str, other: str) -> bool:
        """Tell whether two reports were both there before."""
        return one in self.reports and other in self.reports


NOTHING = Known()


def ends(one: str, other: str) -> Ends:
    """Return two ids, the smaller first."""
    return (one, other) if one < other else (other, one)
