"""What linking has found out about a collection, by numbers of reports and statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.link.copies import Copy
from dateline.link.events import EventLink, Evidence
from dateline.link.origins import Origins
from dateline.link.reading import Head, Reading
from dateline.link.statements import Statement
from dateline.link.stories import StoryLink, Vector


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was found, by numbers of reports and statements.

    ``told`` are the numbers of the statements of each report, ``mentions`` the ids of all statements,
    ``report_of`` their reports; ``event_of`` and ``story_of`` give the number of
    the group that each one is in.
    """

    heads: Sequence[Head]
    readings: Sequence[Reading]
    statements: Sequence[Statement]
    told: Sequence[range]
    mentions: Sequence[str]
    report_of: Sequence[int]
    vectors: Sequence[Vector]
    origins: Origins
    copies: list[Copy]
    story_links: list[StoryLink]
    stories: list[list[int]]
    story_of: list[int]
    evidence: Evidence
    event_links: list[EventLink]
    events: list[list[int]]
    event_of: list[int]
