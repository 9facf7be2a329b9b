"""The dateline of a labelled report, taken off as reading a file takes it off."""

from __future__ import annotations

from dataclasses import replace

from dateline.ingest.dateline import prefix
from dateline.records import Report

LEADING = 2  # paragraphs of which one may open with a dateline: the first may be a headline


def datelined(report: Report) -> Report:
    """Return the report with the place and credit before its first sentence as fields of their own.

    Offsets stay; the paragraph begins behind its dateline.
    """
    for number, (first, last) in enumerate(report.paragraphs[:LEADING]):
        start = prefix(report.text, first, last)
        if start.end > first:
            ranges = list(report.paragraphs)
            ranges[number] = (start.end, last)
            return replace(
                report, paragraphs=tuple(ranges), dateline_place=start.place or report.dateline_place,
                credit=start.credit or report.credit,
            )  # fmt: skip
    return report
