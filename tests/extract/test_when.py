"""Dates of acts and their time, from a table that anyone can extend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import missed
from dateline import extract
from dateline.extract.localday import local_day
from dateline.records import Mention, Report

TABLE = Path(__file__).parent / "when.tsv"
LINES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"][1:]
# What the network of today reads otherwise: a case that comes right again must be taken off the list.
MISSED = {("with the support of Pakistani police.", "support")}
CASES = [(line.split("\t") + [""] * 6)[:6] for line in LINES]


def report(text: str, published: str) -> Report:
    stored = text.replace(" // ", "\n")
    ranges = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", stored))
    return Report(stored, ranges, published=published)


def mention_at(found: Report, words: str) -> Mention:
    word, _, nth = words.partition("^")
    start = [m.start() for m in re.finditer(re.escape(word), found.text)][int(nth or 1) - 1]
    mentions = [m for m in extract.code(found).mentions if m.trigger.start <= start < m.trigger.end]
    assert mentions, f"no act at {words}"
    return mentions[0]


@pytest.mark.parametrize(
    ("published", "text", "trigger", "date", "basis", "time"),
    [missed.case(c, any(c[1].endswith(text) and c[2] == word for text, word in MISSED)) for c in CASES],
)
def test_an_act_has_its_own_date(
    published: str, text: str, trigger: str, date: str, basis: str, time: str
) -> None:
    mention = mention_at(report(text, published), trigger)
    assert (mention.date or "", mention.date_basis.kind, mention.time) == (date, basis, time)


def test_a_headline_is_of_the_day_of_the_same_act_below() -> None:
    title = "Two Chadian envoys expelled from Sudan"
    text = f"{title}\n\nSudan expelled two Chadian envoys on Monday. It expelled a Chadian consul in 2019."
    found = Report(text, ((len(title) + 2, len(text)),), published="2022-09-08", title_span=(0, len(title)))
    headline = mention_at(found, "expelled")
    assert (headline.date, headline.date_basis.kind, headline.time) == ("2022-09-05", "inherited", "current")


def test_a_basis_quotes_the_words_it_rests_on() -> None:
    found = report("Albania expelled four Iranian diplomats on Wednesday.", "2022-09-08")
    span = mention_at(found, "expelled").date_basis.span
    assert span is not None
    assert found.text[span.start : span.end] == span.text == "Wednesday"


@pytest.mark.parametrize(
    ("published", "longitude", "expected"),
    [
        ("2022-09-07T23:30Z", 139.7, "2022-09-08T08:30"),  # Tokyo: the next morning
        ("2022-09-07T23:30Z", 30.5, "2022-09-07T23:30Z"),  # Kyiv: past midnight, but the sun is not sure
        ("2022-09-08T02:00Z", -99.1, "2022-09-07T19:00"),  # Mexico City: the evening before
        ("2022-09-07T21:25", 51.4, "2022-09-07T21:25"),  # no zone
        ("2022-09-07T23:30Z", None, "2022-09-07T23:30Z"),  # no place
    ],
)
def test_the_day_is_that_of_the_dateline(published: str, longitude: float | None, expected: str) -> None:
    assert local_day(published, longitude) == expected


@given(st.text(), st.floats(-180, 180))
def test_any_stamp_is_taken(published: str, longitude: float) -> None:
    assert isinstance(local_day(published, longitude), str)
