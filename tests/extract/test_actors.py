"""Whom the words mean: one row a case, read from ``tests/cases/actors.tsv`` (tab-separated)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import parse
from dateline.evaluate.actors import resolve
from dateline.extract import sites
from dateline.extract.actors import find_actors
from dateline.extract.cast import Cast
from dateline.gazetteer import gazetteer
from dateline.lexicon import lexicon
from dateline.records import Report

TABLE = Path(__file__).parents[1] / "cases" / "actors.tsv"
with TABLE.open(encoding="utf-8", newline="") as handle:
    ROWS = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(text: str, published: str | None = None) -> tuple[tuple[parse.Paragraph, ...], Cast]:
    paragraphs = parse.read(Report(text, ((0, len(text)),), published=published))
    towns = sites.countries_of(sites.find_sites(paragraphs, gazetteer()))
    return paragraphs, find_actors(paragraphs, gazetteer(), lexicon("en"), towns)


@pytest.mark.parametrize("row", ROWS, ids=[f"{n} {row['shows']}" for n, row in enumerate(ROWS)])
def test_words_mean_the_actor(row: dict[str, str]) -> None:
    text, words = row["text"], row["words"]
    start = text.index(words)
    _, found = resolve((start, start + len(words)), *read(text, row["published"]))
    codes = "+".join(sorted({a.code for a in found if a.code})) or "?"
    sectors = "+".join(sorted({a.sector for a in found if a.sector}))
    assert found, "nobody"
    assert f"{codes} {sectors}".strip() == row["actor"]


def test_both_governments_are_named_by_their_states() -> None:
    text = "Armenian lorry drivers left after Georgia halved a charge, both governments said."
    start = text.index("both")
    _, found = resolve((start, start + len("both governments")), *read(text))
    assert {(actor.code, actor.name) for actor in found} == {("ARM", "Armenia"), ("GEO", "Georgia")}


def test_a_report_is_set_where_it_was_written_though_the_town_names_no_actor() -> None:
    text = "Foreign Minister Asha Mwakyusa told reporters."
    report = Report(text, ((0, len(text)),), published="2023-05-11", dateline_place="Dar Es Salaam")
    paragraphs = parse.read(report)
    cast = find_actors(paragraphs, gazetteer(), lexicon("en"))
    assert cast.setting == "TZA"
    assert ("TZA", "GOV") in {(actor.code, actor.sector) for actor in cast.actors.values()}


def test_what_belongs_to_somebody_of_a_guessed_country_is_guessed_too() -> None:
    text = "Soldiers burned houses, villagers said. The army denied that its troops had been there."
    report = Report(text, ((0, len(text)),), published="2022-03-11", dateline_place="Aizawl")
    cast = find_actors(parse.read(report), gazetteer(), lexicon("en"))
    why = {actor.span.text: actor.why for actor in cast.actors.values()}
    assert cast.setting == "IND"
    assert "setting" in why["The army"]
    assert "setting" in why["its"]
    assert "setting" in why["its troops"]


def test_a_chain_holds_every_phrase_for_somebody() -> None:
    paragraphs, cast = read("The Iranian foreign ministry protested. The ministry said it had no choice.")
    tokens = {t.text: (paragraphs[0].number, t.i) for t in paragraphs[0].doc}
    assert cast.chained(tokens["it"]) == cast.chained(tokens["ministry"])
    assert len(cast.chained(tokens["it"])) == 3


WORDS = st.sampled_from(
    "the two both Iran's Iranian its their former ethnic Albanian army police president Chen Brussels - , of "
    "in and said killed minister vice National Security Council al Sabah villagers gunmen whose Hamas".split()
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14))
def test_any_words_are_read_alike_twice_and_point_into_the_text(words: list[str]) -> None:
    text = " ".join(words)
    _, cast = read(text)
    _, again = read(text)
    assert cast.actors == again.actors
    assert cast.others == again.others
    for actor in cast.actors.values():
        assert text[actor.span.start : actor.span.end] == actor.span.text
