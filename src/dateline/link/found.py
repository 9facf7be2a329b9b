"""What linking has found out about a collection, by numbers of reports and statements."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.link.copies import Copy
from dateline.link.events import EventLink, Evidence
from dateline.link.origins import Origin
from dateline.link.reading import Reading
from dateline.link.statements import Statement
from dateline.link.stories import StoryLink, Vector


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was found, by numbers of reports and statements.

    ``denying`` are the sentences (report and start) in which something is denied.
    """

    readings: list[Reading]
    statements: list[Statement]
    vectors: list[Vector]
    origins: list[Origin]
    copies: list[Copy]
    story_links: list[StoryLink]
    stories: list[list[int]]
    evidence: Evidence
    event_links: list[EventLink]
    events: list[list[int]]
    denying: frozenset[tuple[int, int | None]] = frozenset()
