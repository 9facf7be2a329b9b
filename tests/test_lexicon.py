from __future__ import annotations

from pathlib import Path

import pytest

from dateline import errors, tables
from dateline.lexicon import TRIGGER_COLUMNS, Slots, lexicon, load
from dateline.ontology import ontology

HEADER = "\t".join(TRIGGER_COLUMNS)


def test_every_type_has_triggers_and_every_mode_is_reached() -> None:
    rows = lexicon().rows()
    assert {row.event for row in rows if row.event} == set(ontology().types)
    reached = {(row.event, row.mode) for row in rows}
    missing = [(e.name, m) for e in ontology().types.values() for m in e.modes if (e.name, m) not in reached]
    assert missing == []


def test_slots_read_alternatives_and_unions() -> None:
    assert Slots.parse("subj+obj|by").alternatives == (("subj", "obj"), ("by",))
    assert Slots.parse("-").alternatives == ()


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data folder with one small trigger table that a test may spoil."""
    import shutil

    copy = tmp_path / "data"
    shutil.copytree(tables.DATA, copy)
    for file in (copy / "lexicon/en/triggers").glob("*.tsv"):
        file.unlink()
    monkeypatch.setattr(tables, "DATA", copy)
    return copy / "lexicon/en/triggers/spoilt.tsv"


def row(name: str, lemma: str, event: str, mode: str = "", obj: str = "", pos: str = "verb") -> str:
    return "\t".join([name, pos, lemma, "", obj, "", "", "", "", event, mode, "", "", "", "An example."])


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([row("a", "hit", "ASSAULT"), row("b", "hit|strike", "PROTEST")], "different codes"),
        ([row("a", "hit", "ASSAULT"), row("a", "strike", "ASSAULT")], "stands already"),
        ([row("a", "hit", "ATTACK")], "unknown event type"),
        ([row("a", "hit", "ASSAULT", "visit")], "no mode"),
        ([row("a", "hit", "ASSAULT", obj="@NOWHERE")], "no word list"),
        ([row("a", "hit", "ASSAULT", pos="adverb")], "pos must be"),
        ([row("a", "hit", "ASSAULT") + "\tone\ttoo many"], "cells"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(edited: Path, lines: list[str], said: str) -> None:
    edited.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    with pytest.raises(errors.LexiconError, match=said):
        load.__wrapped__("en")


def test_a_wrong_header_is_refused(edited: Path) -> None:
    edited.write_text("id\tlemma\n", encoding="utf-8")
    with pytest.raises(errors.LexiconError, match="header"):
        load.__wrapped__("en")
