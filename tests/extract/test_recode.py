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
