"""Where a person's name is common, and what that says for a state."""

from __future__ import annotations

import re

import pytest

from dateline import tables
from dateline.extract import countries, fitting
from dateline.extract.origins import PARTS, origins
from dateline.gazetteer import gazetteer
from dateline.records import Report


@pytest.mark.parametrize(
    ("name", "within", "without"),
    [
        ("Koji Watanabe", "JPN", "KOR"),
        ("Prasert Wongsawat", "THA", "LAO"),
        ("Helga Brandl", "DEU", "FRA"),
        ("Nino Beridze", "GEO", "RUS"),
    ],
)
def test_a_name_is_common_in_some_states(name: str, within: str, without: str) -> None:
    found = origins(name)
    assert any(within in codes for codes in found)
    assert not all(without in codes for codes in found)


def test_words_that_are_no_names_tell_nothing() -> None:
    assert origins("the ministry of watanabe") == ()
    assert origins("") == ()


def test_the_table_names_states_and_no_name_twice() -> None:
    rows = tables.read("actors/names.tsv", ("code", "part", "names"))
    assert len({(row["code"], row["part"]) for row in rows}) == len(rows)
    for row in rows:
        names = row["names"].split()
        assert row["code"] in gazetteer().states, row["@"]
        assert row["part"] in PARTS, row["@"]
        assert len({name.lower() for name in names}) == len(names), row["@"]
        assert all(re.fullmatch(r"[^\W\d_]+(['’-][^\W\d_]+)*['’]?", name) for name in names), row["@"]


def test_a_name_speaks_for_the_state_where_it_is_common() -> None:
    text = "Japan and South Korea failed to agree on Monday. Minister Koji Watanabe left early."
    _, cast, readings = fitting.cast_of(Report(text, ((0, len(text)),), published="2014-03-05"))
    key = next(k for k, a in cast.actors.items() if "Watanabe" in a.span.text)
    found = dict(countries.described(cast.actors[key], key, cast, readings))
    assert "name:its own" in found["JPN"]
    assert "name:of others" in found["KOR"]
