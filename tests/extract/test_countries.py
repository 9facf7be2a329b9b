"""Which country a party has: what is true of party and state, and the choice by weights."""

from __future__ import annotations

import re

import pytest

from dateline.extract import countries, fitting
from dateline.extract.states import States
from dateline.records import ActorRef, Report, Span

TEXT = (
    "TUNIS, March 4 - Tunisia protested to Libya on Tuesday after gunmen crossed from Zuwara and "
    "took two fishermen.\n"
    "The ministry in Tripoli said the army was searching for them. The union of fishermen called a strike."
)


def report(text: str = TEXT) -> Report:
    ranges = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    return Report(text, ranges, published="2014-03-05", dateline_place="Tunis")


def party(code: str | None, *why: str) -> ActorRef:
    return ActorRef(code, "LAB", "the union", Span(0, 9, "the union"), why)


@pytest.mark.parametrize(
    ("code", "why", "is_open"),
    [
        ("NLD", ("role:union", "setting"), True),
        ("NLD", ("role:union", "town"), True),
        ("NLD", ("role:union",), False),  # "the Dutch union": the words have an owner
        ("NLD", ("gazetteer:NLD",), False),  # a name is a name
        ("NLD", ("coreference:pronoun:the Dutch union",), False),  # who stands for somebody told is told
        ("NLD", ("coreference:pronoun:the union", "setting"), True),
        ("NLD", ("role:union", "setting", "speaker"), True),  # of the one who is quoted, or not
        (None, ("role:company",), True),
        (None, ("linked",), True),
    ],
)
def test_the_country_is_a_question_where_no_word_tells_it(
    code: str | None, why: tuple[str, ...], is_open: bool
) -> None:
    assert countries.is_open(party(code, *why)) == is_open


def test_states_are_counted_by_name_and_towns_name_theirs() -> None:
    _, cast, _ = fitting.cast_of(report())
    codes = [code for _, code in cast.states.named]
    assert codes == ["TUN", "TUN", "LBY", "LBY", "LBY"]  # Tunis, Tunisia, Libya, Zuwara, Tripoli
    assert cast.states.dateline == "TUN"
    assert cast.states.first == "TUN"
    assert sum(cast.states.shares.values()) == pytest.approx(1.0)
    assert cast.states.earliest("LBY") == 0
    assert cast.states.before("TUN", 1) == 1
    assert cast.states.before("TUN", 0) is None


def test_a_name_of_two_words_counts_once() -> None:
    words = {(1, 0): "USA", (1, 1): "USA", (1, 5): "MEX", (2, 0): "USA"}
    states = States(words, dict.fromkeys(words, 0), None)
    assert states.named == (((1, 0), "USA"), ((1, 5), "MEX"), ((2, 0), "USA"))


def described() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return what is true of each state, by the open parties of the report."""
    _, cast, readings = fitting.cast_of(report())
    return {
        cast.actors[key].span.text: dict(countries.described(cast.actors[key], key, cast, readings))
        for key in cast.actors
        if countries.is_open(cast.actors[key])
    }


def test_features_tell_where_the_state_is_named() -> None:
    army = described()["the army"]
    assert set(army) == {"TUN", "LBY"}
    assert {"here:alone", "before", "back:0"} <= set(army["LBY"])
    assert {"here:others", "first", "dateline"} <= set(army["TUN"])
    assert all("any" in names for names in army.values())


def judged(text: str, words: str) -> ActorRef:
    """Return whom the first phrase of these words names, weighed."""
    _, cast, readings = fitting.cast_of(report(text))
    key = next(k for k, a in cast.actors.items() if a.span.text == words)
    return countries.judged(cast.actors[key], key, cast, readings)


@pytest.mark.parametrize(("feature", "code"), [("here:alone", "LBY"), ("dateline", "TUN")])
def test_the_state_for_which_most_speaks_is_taken(
    monkeypatch: pytest.MonkeyPatch, feature: str, code: str
) -> None:
    monkeypatch.setattr(countries, "weights", lambda: {feature: 1.0})
    assert judged(TEXT, "the army").code == code


def test_those_named_in_one_list_stay_where_their_words_put_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(countries, "weights", lambda: {"dateline": 9.0})
    listed = "The mayors of Ulm and Lille met on Monday."
    _, cast, readings = fitting.cast_of(report(listed))
    key = next(k for k, a in cast.actors.items() if a.span.text.startswith("The mayors"))
    assert countries.is_open(cast.actors[key])
    assert [a.code for a in cast.others[key]] == ["FRA"]
    assert countries.judged(cast.actors[key], key, cast, readings) is cast.actors[key]


def test_all_phrases_of_somebody_are_of_one_country(monkeypatch: pytest.MonkeyPatch) -> None:
    # the second phrase stands beside Libya, the first beside Tunisia: together as much speaks for either
    monkeypatch.setattr(countries, "weights", lambda: {"here:alone": 1.0, "first": 0.1})
    text = "Tunisia praised a mediator on Monday. Libya did not thank the mediator."
    _, cast, readings = fitting.cast_of(report(text))
    keys = [k for k, a in cast.actors.items() if a.span.text.endswith("mediator")]
    codes = {countries.judged(cast.actors[k], k, cast, readings).code for k in keys}
    assert len(keys) == 2
    assert codes == {"LBY"} or codes == {"TUN"}


def test_a_state_that_the_clause_sets_against_somebody_is_told() -> None:
    _, cast, readings = fitting.cast_of(report("The government has asked Libya for an answer."))
    key = next(k for k, a in cast.actors.items() if a.span.text == "The government")
    assert "across" in dict(countries.described(cast.actors[key], key, cast, readings))["LBY"]


def test_where_nothing_speaks_for_any_there_is_no_country(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(countries, "weights", lambda: {"any": -1.0})
    army = judged(TEXT, "the army")
    assert army.code is None
    assert army.why[-1] == "weighed:none"


def test_without_the_network_the_tables_answer_stands() -> None:
    _, cast, readings = fitting.cast_of(report())
    nothing = type(readings)({}, {})
    for key, actor in cast.actors.items():
        assert countries.judged(actor, key, cast, nothing) is actor
