"""A labelled report loses its dateline as a file does when it is read."""

from __future__ import annotations

import pytest

from dateline.evaluate.datelined import datelined
from dateline.records import Report


@pytest.mark.parametrize(
    ("lines", "place", "credit", "first"),
    [
        (["DOUALA, June 3 (Reuters) - Soldiers left."], "Douala", "Reuters", "Soldiers left."),
        (["Soldiers leave port", "DOUALA (AP) - Soldiers left."], "Douala", "AP", "Soldiers left."),
        (["Soldiers left on Monday."], None, None, "Soldiers left on Monday."),
    ],
)
def test_place_and_credit_are_taken_off(lines: list[str], place: str, credit: str, first: str) -> None:
    text = "\n".join(lines)
    bounds = [(text.index(line), text.index(line) + len(line)) for line in lines]
    found = datelined(Report(text, tuple(bounds), published="2014-06-03"))
    assert (found.dateline_place, found.credit) == (place, credit)
    assert text[slice(*found.paragraphs[-1])] == first
