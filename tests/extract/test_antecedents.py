"""Whom a pronoun stands for: what is true of it and somebody mentioned before, and the choice by weights."""

from __future__ import annotations

import pytest

from dateline.extract import antecedents, fitting
from dateline.extract.states import Key
from dateline.records import Report

TEXT = (
    "Chad accused Sudan on Monday of arming the Front for Change. Its minister warned that it would be "
    "hunted down. They did not answer."
)


def asked(text: str = TEXT) -> tuple[dict[str, dict[str, tuple[str, ...]]], dict[str, str]]:
    """Return what is true of everybody whom each pronoun may stand for, and whom it was taken for."""
    report = Report(text, ((0, len(text)),), published="2014-03-05")
    paragraphs, cast, _, found = fitting.pronouns(report)
    words: dict[Key, str] = {(p.number, t.i): t.text for p in paragraphs for t in p.doc}
    described = {words[key]: dict(candidates) for key, candidates in found}
    return described, {words[key]: actor.name for key, actor in cast.actors.items()}


def test_features_tell_how_lately_and_how_prominently_somebody_was_mentioned() -> None:
    described, _ = asked()
    its = described["Its"]
    assert {"back:1", "back:1 owner", "was subject, is owner", "it: state, one"} <= set(its["Chad"])
    assert {"back:1", "was other, is owner", "times:1"} <= set(its["Sudan"])
    assert sum("rules" in names for names in its.values()) == 1
    assert sum("latest" in names for names in its.values()) == 1


def test_every_candidate_has_what_the_network_reads() -> None:
    for candidates in asked()[0].values():
        for names in candidates.values():
            assert {name.partition(":")[0] for name in names} >= {"link", "state", "sector"}


@pytest.mark.parametrize(
    ("feature", "name"),
    [("was subject, is owner", "Chad"), ("it: name, one", "Change"), ("latest", "Change")],
)
def test_the_one_for_whom_most_speaks_is_taken(
    monkeypatch: pytest.MonkeyPatch, feature: str, name: str
) -> None:
    monkeypatch.setattr(antecedents, "weights", lambda: {feature: 1.0})
    assert asked()[1]["Its"] == name


def test_he_is_a_person_and_no_state() -> None:
    text = "Bolivia angered Chile on Thursday. Minister Alberto Rojas said that his government had protested."
    assert not {"Bolivia", "Chile"} & set(asked(text)[0]["his"])
    assert "Alberto Rojas" in asked(text)[0]["his"]


def test_the_owner_of_a_party_is_whom_its_pronoun_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antecedents, "weights", lambda: {"was other, is owner": 1.0, "it: state, one": 1.0})
    assert asked()[1]["Its"] == "Sudan"
    text = "Chad accused Sudan on Monday. Its minister warned that it would be hunted down."
    _, cast, _, _ = fitting.pronouns(Report(text, ((0, len(text)),), published="2014-03-05"))
    assert {a.code for a in cast.actors.values() if a.span.text in ("Its", "Its minister")} == {"SDN"}


def test_where_nobody_is_likely_enough_a_pronoun_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antecedents, "weights", dict)
    assert not {"Its", "it", "They"} & set(asked()[1])
