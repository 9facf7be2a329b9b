"""Which date an act takes over: the options, their features, and the choice by their weights."""

from __future__ import annotations

import re

import pytest

from dateline import extract
from dateline.extract import carried, fitting
from dateline.records import Report

TEXT = (
    "Malian soldiers shot nine Tuareg protesters in Gao on Monday. Police arrested four Malian journalists.\n"
    "France condemned the soldiers on Tuesday. The police arrested two Malian teachers."
)


def report(text: str = TEXT) -> Report:
    ranges = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    return Report(text, ranges, published="2022-09-08")


def left() -> list[tuple[str, list[carried.Option], list[list[str]]]]:
    """Return the acts that no words date: word, what they may take over, the features of each."""
    return [
        (act.hit.token.text, [o for o, _ in options], [list(names) for _, names in options])
        for _, act, options in fitting.undated(report())
    ]


def test_an_act_without_words_may_take_the_date_of_the_act_told_last() -> None:
    first, second = left()
    assert [o.told.date for o in first[1]] == ["2022-09-05"]
    assert [(o.kind, o.told.date) for o in second[1]] == [("last", "2022-09-06"), ("news", "2022-09-05")]


def test_features_tell_how_far_apart_the_acts_are() -> None:
    (_, _, [names, *_]), _ = left()
    assert names[0] == "last&sentences:1"
    assert "kinds:ASSAULT>COERCE" in names
    assert "tenses:past>past" in names
    assert all(name == name.strip() and "\t" not in name for name in names)


@pytest.mark.parametrize(("weight", "date"), [(1.0, "2022-09-05"), (-1.0, None)])
def test_the_date_is_taken_over_where_its_score_is_above_zero(
    monkeypatch: pytest.MonkeyPatch, weight: float, date: str | None
) -> None:
    monkeypatch.setattr(carried, "weights", lambda: {"last&sentences:1": weight})
    monkeypatch.setattr(carried, "READ", 0.0)
    found = {m.trigger.text: m for m in extract.code(report()).mentions if m.sentence.start < 70}
    assert found["shot"].date == "2022-09-05"
    assert found["arrested"].date == date
    assert found["arrested"].date_basis.kind == ("inherited" if date else "none")


@pytest.mark.parametrize(("chance", "date"), [(0.9, "2022-09-05"), (0.01, None)])
def test_the_network_is_heard(monkeypatch: pytest.MonkeyPatch, chance: float, date: str | None) -> None:
    monkeypatch.setattr(carried, "weights", dict)
    paragraph, act, described = next(iter(fitting.undated(report())))
    options = [option for option, _ in described]
    assert carried.chosen(act, paragraph.number, options, [], chance, {}) == date


def test_a_date_that_the_network_links_to_the_act_is_told_by_how_surely() -> None:
    _, act, [(option, _), *_] = next(iter(fitting.undated(report())))
    assert option.told.words

    def linked(chance: float) -> list[str]:
        links = {option.told.words[0]: chance}
        return [n for n in carried.features(act, 1, option, [], links) if n.startswith("linked:")]

    assert [linked(0.5), linked(0.999999), linked(0.0)] == [["linked:0"], ["linked:5"], ["linked:-5"]]
    assert "linked:absent" in carried.features(act, 1, option, [], {})
