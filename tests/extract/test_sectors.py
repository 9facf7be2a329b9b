"""Which sector a party has: what is true of it, and the choice by weights."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract import sectors
from dateline.records import ActorRef, Span

UNION = ActorRef("NLD", "LAB", "the union", Span(0, 9, "the union"), ("role:union", "setting"))
CHANCES = st.dictionaries(st.sampled_from(["LAB", "GOV", "BUS", "NONE"]), st.floats(0, 1), min_size=1)


def seen(own: dict[str, float], *others: str | None, named: bool = False) -> sectors.Seen:
    return sectors.Seen(own, own, others, named)


@pytest.mark.parametrize(
    ("own", "right"),
    [({"LAB": 0.9, "NONE": 0.05}, "LAB"), ({"PTY": 0.99, "NONE": 0.005}, "PTY"), ({}, "LAB")],
)
def test_the_network_decides_where_it_is_sure(own: dict[str, float], right: str) -> None:
    found = sectors.judged(UNION, seen(own))
    assert found.sector == right
    assert (found.sector == UNION.sector) == (found.why == UNION.why)


def test_a_name_that_the_tables_know_is_seldom_outweighed() -> None:
    named = replace(UNION, why=("gazetteer:union",))
    assert sectors.judged(named, seen({"PTY": 0.6, "LAB": 0.2, "NONE": 0.1}, named=True)).sector == "LAB"


def test_features_tell_what_the_others_are() -> None:
    names = dict(sectors.described(UNION, seen({"LAB": 0.5, "PTY": 0.4}, "LAB", "PTY")))
    assert {"tables", "tables:role", "others:some", "likeliest", "is:LAB"} <= set(names["LAB"])
    assert {"tables say another:role", "others:some", "is:PTY"} <= set(names["PTY"])


@given(CHANCES)
def test_only_what_tables_or_network_think_of_is_given(own: dict[str, float]) -> None:
    assert sectors.judged(UNION, seen(own)).sector in {None, "LAB", *own} - {"NONE"}


def test_who_belongs_to_no_one_state_is_of_no_government() -> None:
    envoy = ActorRef("UNO", "GOV", "the mission's envoy", Span(0, 19, "the mission's envoy"), ("role:envoy",))
    nothing = seen({})
    assert sectors.judged(envoy, nothing).sector is None
    assert sectors.judged(replace(envoy, code="MLI"), nothing).sector == "GOV"
