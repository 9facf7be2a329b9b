"""Whose country a party has where tables and network disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract import countries, sectors
from dateline.records import ActorRef, Span


def party(code: str | None, *why: str) -> ActorRef:
    return ActorRef(code, "LAB", "the union", Span(0, 9, "the union"), why)


@pytest.mark.parametrize(
    ("code", "why", "chances", "right"),
    [
        ("NLD", ("role:union", "setting"), {"VEN": 0.9, "NLD": 0.2}, "VEN"),
        ("NLD", ("role:union", "setting"), {"VEN": 0.9, "NLD": 0.85}, "NLD"),  # hardly surer of another
        ("NLD", ("role:union",), {"VEN": 0.99}, "NLD"),  # "the Dutch union": the words have an owner
        ("NLD", ("role:union", "setting"), {"VEN": 0.1}, "NLD"),
        ("NLD", ("gazetteer:NLD",), {"VEN": 0.99}, "NLD"),  # a name is a name
        (None, ("role:company",), {"VEN": 0.9}, "VEN"),
        (None, ("linked",), {}, None),
    ],
)
def test_the_network_decides_where_it_is_sure(
    code: str | None, why: tuple[str, ...], chances: dict[str, float], right: str | None
) -> None:
    found = countries.judged(party(code, *why), chances)
    assert found.code == right
    assert (found.code == code) == (found.why == why)


@given(st.dictionaries(st.sampled_from(["NLD", "VEN", "UNO"]), st.floats(0, 1)))
def test_only_what_was_named_is_given(chances: dict[str, float]) -> None:
    assert countries.judged(party(None, "linked"), chances).code in {None, *chances}


def test_who_belongs_to_no_one_state_is_of_no_government() -> None:
    envoy = ActorRef("UNO", "GOV", "the mission's envoy", Span(0, 19, "the mission's envoy"), ("role:envoy",))
    assert sectors.judged(envoy, {}).sector is None
    assert sectors.judged(replace(envoy, code="MLI"), {}).sector == "GOV"
