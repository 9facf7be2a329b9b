"""Who fills the roles of an act."""

from __future__ import annotations

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
