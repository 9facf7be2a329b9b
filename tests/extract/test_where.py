"""Places of acts, and which place a name means."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import extract, parse
from dateline.extract.sites import find_sites
from dateline.gazetteer import gazetteer
from dateline.places import Located
from dateline.records import Report

TABLE = Path(__file__).parent / "where.tsv"
LINES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"][1:]
ROWS = [(line.split("\t") + [""] * 5)[:5] for line in LINES]


@pytest.mark.parametrize(("text", "trigger", "place", "country", "resolution"), ROWS)
def test_an_act_has_its_place(text: str, trigger: str, place: str, country: str, resolution: str) -> None:
    report = Report(text, ((0, len(text)),), published="2022-09-07")
    found = [m for m in extract.code(report).mentions if m.trigger.text == trigger]
    assert found, f"no act at {trigger}"
    where = found[0].place
    if not place:
        assert where is None
        return
    assert where is not None
    assert (where.name, where.country, where.resolution) == (place, country, resolution)
    assert report.text[where.span.start : where.span.end] == where.span.text


def named(text: str, **header: str) -> dict[str, Located]:
    paragraphs = parse.read(Report(text, ((0, len(text)),), **header))
    return {
        site.head.doc[site.start : site.end].text: site.place
        for sites in find_sites(paragraphs, gazetteer()).values()
        for site in sites
    }


@pytest.mark.parametrize(
    ("text", "name", "country", "admin"),
    [
        ("A court in Paris, Texas, sentenced two men.", "Paris", "USA", "Texas"),
        ("A court in Paris sentenced two Frenchmen.", "Paris", "FRA", "Île-de-France"),
        ("Police in Springfield, Ill., arrested 14 people.", "Springfield", "USA", "Illinois"),
        ("The Georgia governor signed the bill in Atlanta.", "Georgia", "USA", "Georgia"),
        ("Georgia accused Russia of shelling Gori.", "Georgia", "GEO", None),
        ("The Spanish city of Córdoba was flooded.", "Córdoba", "ESP", "Andalusia"),
    ],
)
def test_the_words_around_choose(text: str, name: str, country: str, admin: str | None) -> None:
    place = named(text)[name]
    assert (place.country, place.admin) == (country, admin)


@pytest.mark.parametrize(
    "text",
    [
        "The European Union condemned the raid.",
        "The Washington Post reported the raid.",
        "Paris Hilton condemned the raid.",
        "A Turkish court jailed the editor on 3 March.",
    ],
)
def test_not_every_name_is_a_place(text: str) -> None:
    assert named(text) == {}


def test_the_dateline_is_evidence_but_no_place_of_the_act() -> None:
    text = "Albania cut ties with Iran on Wednesday."
    report = Report(text, ((0, len(text)),), published="2022-09-07", dateline_place="TEHRAN")
    assert [m.place for m in extract.code(report).mentions] == [None]
