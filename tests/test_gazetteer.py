from __future__ import annotations

import pytest

from dateline.gazetteer import Entry, gazetteer, valid_on


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Talks in Tirana failed.", "Tirana", "ALB"),
        ("The Kremlin said no.", "Kremlin", "RUS"),
        ("Iranians voted.", "Iranians", "IRN"),
        ("the Democratic Republic of the Congo", "Democratic Republic of the Congo", "COD"),
        ("The U.S. voted.", "U.S.", "USA"),
        ("Hezbollah fired rockets.", "Hezbollah", "LBN"),
    ],
)
def test_names_are_found_with_their_code(text: str, name: str, code: str) -> None:
    found = gazetteer().find(text)
    assert next((text[f.start : f.end], f.entries[0].code) for f in found) == (name, code)


@pytest.mark.parametrize("text", ["He will march on.", "Tell us more.", "a turkey sandwich", "Iranology"])
def test_ordinary_words_are_no_names(text: str) -> None:
    assert gazetteer().find(text) == []


def test_the_longest_name_wins() -> None:
    assert [f.end - f.start for f in gazetteer().find("Papua New Guinea")] == [16]


def test_validity_decides_who_is_meant() -> None:
    old = Entry("a", "A", "person", "USA", "GOV", since="2009-01-20", until="2017-01-20")
    new = Entry("b", "B", "person", "USA", "GOV", since="2017-01-20")
    assert valid_on([old, new], "2010-05-01") == [old]
    assert valid_on([old, new], "2020") == [new]
    assert valid_on([old, new], None)[0] is new
    assert valid_on([old], "2020") == [old]


def test_every_coded_entry_has_a_known_code() -> None:
    from dateline.ontology import ontology

    known = set(gazetteer().states) | ontology().entities | {None}
    wrong = {e.id for entries in gazetteer().names.values() for e in entries if e.code not in known}
    assert wrong == set()
