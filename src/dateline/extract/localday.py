"""The day of writing: the publication date as it was where the report was written."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)")
SURE = 2  # hours past midnight from which the sun's time, which is no legal time, is sure of the day


def local_day(published: str | None, longitude: float | None) -> str | None:
    """Return the publication date as it was where the report was written (degrees east).

    A report stamped 23:30 UTC from Tokyo was written the next day. The hour is taken from the sun (15 degrees
    an hour), so the day changes only where that leaves no doubt. Without a zone or a place: as published.
    """
    if published is None or longitude is None or not _STAMP.fullmatch(published):
        return published
    try:
        stamp = datetime.fromisoformat(published)
        local = stamp.astimezone(UTC) + timedelta(hours=round(longitude / 15))
    except (ValueError, OverflowError):
        return published
    ahead = local.date() > stamp.date() and local.hour >= SURE
    behind = local.date() < stamp.date() and local.hour < 24 - SURE
    return local.strftime("%Y-%m-%dT%H:%M") if ahead or behind else published
