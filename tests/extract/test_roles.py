"""Who fills the roles of an act."""

from __future__ import annotations

import re

import pytest

from dateline import extract
from dateline.records import Mention, Report


def coded(text: str) -> dict[str, Mention]:
    """Return the mentions of a text by their trigger."""
    found = extract.code(Report(text, ((0, len(text)),), published="2014-03-05"))
    return {m.trigger.text: m for m in found.mentions}


def test_who_stands_in_a_role_by_name_is_not_there_as_a_pronoun_too() -> None:
    found = coded(
        "A group of Yoruba leaders announced that they are willing to forgive the Nigerian president."
    )
    assert [a.span.text for a in found["forgive"].actor] == ["A group of Yoruba leaders"]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Afghan rebels have kidnapped up to 16 Russian advisers from a town.", "kidnapped"),
        ("Chad took in 300 Sudanese refugees on Monday.", "took in"),
    ],
)
def test_a_trigger_has_its_particle_and_no_other_word(text: str, trigger: str) -> None:
    assert trigger in coded(text)


def test_a_verb_and_the_act_that_is_its_object_are_one() -> None:
    assert len(coded("Chinese ships conducted naval patrols near Taiwan.")) <= 1


def test_we_is_the_speaker_wherever_else_the_report_goes() -> None:
    text = (
        "BANGKOK, March 14 - Cambodia accused Thailand of shooting at villagers.\n"
        "Army spokesman Winthai Suvaree told reporters that troops had acted with restraint.\n"
        "\"We call on the Cambodian side to stop the attacks,\" he said. Cambodia's ministry did not answer."
    )
    ranges = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    mentions = extract.code(Report(text, ranges, published="2025-03-15", dateline_place="Bangkok")).mentions
    we = next(m for m in mentions if m.trigger.text == "call")
    assert [(a.span.text, a.code) for a in we.actor] == [("We", "THA")]
    assert we.voices == () or we.voices[-1].code == "THA"


def test_a_counterpart_with_a_nationality_is_of_that_state() -> None:
    found = coded("Malaysian Foreign Minister Mohamad Hasan met his Thai and Cambodian counterparts.")
    assert {a.code for a in found["met"].actor} == {"MYS", "THA", "KHM"}


def test_a_rally_is_not_against_those_whom_it_backs() -> None:
    found = coded("Thousands of Yemenis marched in Sanaa on Friday in support of Lebanon.")
    assert all("LBN" not in {a.code for a in m.recipient} for m in found.values() if m.event == "PROTEST")
    assert any(m.event == "PROTEST" for m in found.values())
