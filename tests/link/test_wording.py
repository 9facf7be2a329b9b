import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link import wording
from dateline.records import Span
from link.helpers import cases


def span(text: str) -> Span:
    return Span(7, 7 + len(text), text)


@pytest.mark.parametrize(("base", "ours", "expected"), cases("wording.txt"))
def test_cases(base: str, ours: str, expected: str) -> None:
    kinds = {kind for edit in wording.edits(span(base), span(ours)) for kind in edit.kinds}
    for kind in expected.split():
        if kind.startswith("-"):
            assert kind[1:] not in kinds
        else:
            assert kind in kinds
    if not expected:
        assert kinds == set()


@given(st.text(max_size=80), st.text(max_size=80))
def test_edits_lie_in_their_sentences(base: str, ours: str) -> None:
    for edit in wording.edits(span(base), span(ours)):
        for side, whole in ((edit.base, base), (edit.ours, ours)):
            assert whole[side.start - 7 : side.end - 7] == side.text


def test_a_title_is_paired_with_a_title_only() -> None:
    title = "Norway expels four diplomats"
    base = [span(title), span("Norway expels four diplomats of Belarus.")]
    ours = [span("Fishermen march in Bergen"), span("Norway expels four diplomats of Belarus today.")]
    assert [(i, j) for i, j, _ in wording.align(base, ours, (title, ours[0].text))] == [(1, 1)]


@pytest.mark.parametrize(
    "dateline", ["OSLO, March 14 (North Wire) -- ", "(AP) - ", "OSLO — ", "GAO, Mali, Feb 9 (Sahel Press) - "]
)
def test_datelines_are_not_compared(dateline: str) -> None:
    assert wording.without_dateline(span(f"{dateline}Norway acted.")).text == "Norway acted."


def test_a_passive_that_hides_its_agent_is_shown_with_its_verb() -> None:
    base, ours = "Police freed 11 others on Monday.", "Eleven others were freed on Monday."
    edit = next(e for e in wording.edits(span(base), span(ours)) if "agentless" in e.kinds)
    assert (edit.base.text, edit.ours.text) == ("Police freed", "Eleven others were freed")
