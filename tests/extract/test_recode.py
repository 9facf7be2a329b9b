"""Which acts are nobody's, and which of them are one act."""

from __future__ import annotations

import pytest

from dateline import extract
from dateline.records import Report


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("He begged his wife to forgive him.", set()),
        ("The woman asked her brother for help.", set()),
        ("The junta freed the dissident's wife on Monday.", {"RETREAT"}),
    ],
)
def test_what_happens_in_a_family_is_nobodys(text: str, events: set[str]) -> None:
    found = extract.code(Report(text, ((0, len(text)),), published="2014-03-05"))
    assert {m.event for m in found.mentions} == events


@pytest.mark.parametrize(
    ("text", "threatens"),
    [
        ("UNICEF warned that thousands of children in Sudan would lose access to clean water.", False),
        ("The Red Cross warned that families in Yemen would freeze this winter.", False),
        ("Turkey warned Greece that it would close its border.", True),
    ],
)
def test_a_forecast_of_what_others_suffer_is_no_threat(text: str, threatens: bool) -> None:
    found = extract.code(Report(text, ((0, len(text)),), published="2014-03-05"))
    assert ("THREATEN" in {m.event for m in found.mentions}) == threatens
