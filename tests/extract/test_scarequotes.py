"""Scare quotes told from quotations: the table of distancing marks, and stretches that can be neither."""

from __future__ import annotations

import pytest

from dateline import parse
from dateline.evaluate.sentences import is_choosing
from dateline.extract import reading, scarequotes
from dateline.extract.quotes import find_quotes
from dateline.lexicon import lexicon
from dateline.records import Report
from extract.test_distancing import LINES, marks

ROWS = [[*line.split("\t"), ""][:3] for line in LINES]
BETWEEN = [row for row in ROWS if any(mark in row[0] for mark in '"“‘«')]


def read(text: str) -> parse.Paragraph:
    return parse.read(Report(text, ((0, len(text)),), published="2024-06-05"))[0]


@pytest.mark.parametrize("scare", [True, False], ids=["scare quotes", "quotations"])
def test_nine_of_ten_are_told_in_the_half_that_was_not_fitted_to(scare: bool) -> None:
    rows = [row for row in BETWEEN if not is_choosing(row[0]) and ("scare-quotes" in row[2]) == scare]
    wrong = [row for row in rows if ("scare-quotes" in marks(row[0], row[1])) != scare]
    assert len(rows) > 60
    assert len(wrong) <= 0.1 * len(rows), "\n".join(map(str, wrong))


def test_every_sign_has_a_weight() -> None:
    paragraph = read("Fiji called the “exercise” a threat.")
    (quote,) = find_quotes(paragraph.doc)
    found = scarequotes.signs(paragraph, quote, (), reading.NOTHING, lexicon("en"))
    assert list(found) == list(scarequotes.WEIGHTS)


@pytest.mark.parametrize(
    "text",
    [
        "Fiji began “a long and wholly peaceful exercise of friendship” on Monday.",  # too long
        "Fiji began “exercise on Monday.",  # never closed
        "Fiji began Operation “Inherent Resolve” on Monday.",  # a name
        "The word “invasion” is not in the treaty.",  # a word as such
    ],
)
def test_some_stretches_can_be_none(text: str) -> None:
    paragraph = read(text)
    assert not any(scarequotes.may_be(paragraph, q, lexicon("en")) for q in find_quotes(paragraph.doc))
