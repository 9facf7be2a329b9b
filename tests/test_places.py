"""The tables of places: loading, names, distances."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.placenames import abbreviations
from dateline.places import key, kilometres, places


def test_a_name_is_found_however_it_is_spelt() -> None:
    for spelling in ("Kyiv", "Kiev", "KYIV"):
        assert any(p.country == "UKR" and p.kind == "capital" for p in places().named(spelling))
    assert {p.country for p in places().named("Zürich")} == {p.country for p in places().named("Zurich")}


def test_many_places_share_a_name() -> None:
    assert {"LBY", "LBN", "GRC"} <= {p.country for p in places().named("Tripoli")}


def test_former_names_lead_to_the_city() -> None:
    assert [p.name for p in places().named("Saigon")][:1] == ["Ho Chi Minh City"]


def test_an_unknown_name_has_no_place() -> None:
    assert places().named("Qwxyz Abcdef") == ()


def test_every_abbreviation_stands_for_a_region() -> None:
    for short, region in abbreviations().items():
        assert any(p.kind == "region" for p in places().named(region)), short


def test_every_alias_leads_to_a_city() -> None:
    from dateline.places import ALIAS_COLUMNS
    from dateline.tables import read

    for row in read("places/aliases.tsv", ALIAS_COLUMNS):
        assert any(p.country == row["country"] for p in places().named(row["name"])), row["@"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((48.85, 2.35), (51.51, -0.13), 344),
        ((0.0, 0.0), (0.0, 180.0), 20015),
        ((10.0, 10.0), (10.0, 10.0), 0),
    ],
)
def test_distances(one: tuple[float, float], other: tuple[float, float], expected: float) -> None:
    assert kilometres(one, other) == pytest.approx(expected, abs=2)


POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(POINTS, POINTS)
def test_distance_is_symmetric_and_bounded(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert 0 <= kilometres(one, other) <= 20016
    assert kilometres(one, other) == pytest.approx(kilometres(other, one), abs=1e-6)


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)
