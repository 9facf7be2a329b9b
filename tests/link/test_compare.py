"""Comparisons: which report is the base, and what is compared with what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dateline import link
from dateline.link import compare
from dateline.link.reading import Reading, reading
from link.helpers import Json, mention, report

WIRE = (
    "Police in Tonga arrested two dockers on Monday after a quarrel over wages at the northern pier. "
    "The union said the men had only read out a letter to the harbour master. "
    "The ferry to Samoa left the harbour four hours late because of the gathering."
)


def told(outlet: str, text: str, published: str, **more: Any) -> tuple[Reading, list[Json]]:
    of = report(outlet, text, published, "Dockers arrested in Tonga")
    rows = [mention(of, "arrested", "COERCE", "TON", "TON", date="2024-03-11")]
    return replace(reading(of, text, ()), **more), rows


def compared(*items: tuple[Reading, list[Json]]) -> Json:
    (story,) = link.link(list(items)).stories
    return compare.compare_story(story, {one.id: compare.Dossier(one, tuple(rows)) for one, rows in items})


def changes(found: Json, outlet: str) -> set[tuple[str, str]]:
    rows = [row for row in found["aligned"] if row["outlet"] == outlet]
    return {(edit["base"]["text"], edit["ours"]["text"]) for row in rows for edit in row["edits"]}


def test_a_corrected_report_is_the_base_though_the_copy_of_its_first_version_is_older() -> None:
    first = told("North Wire", WIRE, "2024-03-11T10:00", same_as="x", current=False)
    copy = told("Suva Post", WIRE.replace("said", "claimed"), "2024-03-11T11:00")
    text = WIRE.replace("two", "three")
    second = told("North Wire", text, "2024-03-11T12:00", same_as="x", supersedes=first[0].id)
    found = compared(first, copy, second)
    assert found["base"] == second[0].id
    assert ("said", "claimed") in changes(found, "Suva Post")


def test_what_the_source_of_a_copy_left_out_is_compared_with_the_first_telling() -> None:
    wire = told("North Wire", WIRE, "2024-03-11T10:00")
    sentences = WIRE.split(". ")
    short = told("Suva Post", ". ".join([sentences[0], sentences[2]]), "2024-03-11T11:00")
    text = WIRE.replace("said", "claimed")
    longer = told("Apia Star", text, "2024-03-11T12:00")
    found = compared(wire, short, longer)
    assert ("said", "claimed") in changes(found, "Apia Star")
    assert not [row for row in found["only_in"] if row["outlet"] == "Apia Star"]
