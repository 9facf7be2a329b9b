"""Which expression dates an act: candidates, features, and the choice by their weights."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import extract
from dateline.extract import fitting, ties
from dateline.extract.datings import Dated
from dateline.extract.recode import Act
from dateline.records import Report

TEXT = "Polish soldiers used water cannon against migrants who threw stones at them on Tuesday, after a week."


def found(text: str = TEXT) -> tuple[Act, list[Dated]]:
    """Return the first act of a text and the expressions of its paragraph."""
    ranges = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    _, act, dates, _ = next(fitting.acts(Report(text, ranges, published="2021-11-16")))
    return act, dates


def test_candidates_are_the_dated_expressions_of_the_sentence() -> None:
    act, dates = found(TEXT + " Warsaw had closed the crossing on 3 November.")
    words = [d.timex.text for d in ties.candidates(act.hit, dates, None)]
    assert words == ["Tuesday"]
    assert [d.timex.text for d in ties.candidates(act.hit, dates, dates[-1])] == ["3 November", "Tuesday"]


def test_features_tell_what_the_rules_say() -> None:
    act, dates = found()
    tuesday = dates[0]
    kind = ties.kind_of(act)
    states = [
        next(iter(ties.features(act.hit, tuesday, ruled, kind, dates)))
        for ruled in (tuesday, None, dates[-1])
    ]
    assert states == ["rule", "open", "other"]
    names = list(ties.features(act.hit, tuesday, None, kind, dates))
    assert "prep:on" in names
    assert "open&prep:on" in names
    assert f"event:{act.event}" in names
    assert "after:relative" in names  # "who" stands between


def test_the_best_expression_above_none_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    act, dates = found()
    kind = ties.kind_of(act)
    monkeypatch.setattr(ties, "weights", lambda: {"open": 1.0})
    assert ties.chosen(act.hit, dates, None, kind) == dates[0]
    monkeypatch.setattr(ties, "weights", lambda: {"open": -1.0})
    assert ties.chosen(act.hit, dates, None, kind) is None
    monkeypatch.setattr(ties, "weights", dict)
    assert ties.chosen(act.hit, dates, None, kind) is None


def test_the_rules_stand_unless_clearly_outweighed(monkeypatch: pytest.MonkeyPatch) -> None:
    act, dates = found()
    kind = ties.kind_of(act)
    monkeypatch.setattr(ties, "weights", lambda: {"rule": -ties.MARGIN / 2})
    assert ties.chosen(act.hit, dates, dates[0], kind) == dates[0]
    monkeypatch.setattr(ties, "weights", lambda: {"rule": -ties.MARGIN * 2})
    assert ties.chosen(act.hit, dates, dates[0], kind) is None
    assert ties.chosen(act.hit, [], None, kind) is None


def test_the_shipped_weights_mend_what_the_parser_hung_on_the_wrong_verb() -> None:
    ranges = ((0, len(TEXT)),)
    mentions = extract.code(Report(TEXT, ranges, published="2021-11-16")).mentions
    assert {m.date for m in mentions} == {"2021-11-16"}


@settings(deadline=None)  # the first example loads the parser
@given(st.sampled_from(["on Monday", "in 1979", "since May", "two days later", "by Friday", "last year"]))
def test_names_of_features_fit_a_table(when: str) -> None:
    act, dates = found(f"Kenyan police, who {when} left Kisumu, arrested nine Ugandan traders {when}.")
    for dated in dates:
        for name in ties.features(act.hit, dated, None, ties.kind_of(act), dates):
            assert name == name.strip()
            assert "\t" not in name
            assert not name.startswith("#")


def test_the_shipped_weights_know_the_features() -> None:
    act, dates = found()
    told = set(ties.features(act.hit, dates[0], dates[0], ties.kind_of(act), dates))
    known = told & set(ties.weights())
    assert len(known) > len(told) / 2, sorted(told - known)


def test_a_link_of_the_network_speaks_for_an_expression(monkeypatch: pytest.MonkeyPatch) -> None:
    act, dates = found()
    kind, words = ties.kind_of(act), dates[0].words
    assert [t.text for t in words] == ["Tuesday"]
    monkeypatch.setattr(ties, "weights", lambda: {"open": -1.0})
    sure, unsure = ({t.i: chance for t in words} for chance in (0.999, 0.001))
    assert ties.chosen(act.hit, dates, None, kind, links=sure) == dates[0]
    assert ties.chosen(act.hit, dates, None, kind, links=unsure) is None
    monkeypatch.setattr(ties, "weights", lambda: {"open": 1.0})
    assert ties.chosen(act.hit, dates, None, kind, links=unsure) is None
    assert ties.chosen(act.hit, dates, None, kind, links={}) == dates[0]
