"""What the network reads, asked for by token."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dateline import parse
from dateline.extract import reading
from dateline.records import Report

TWO = "Kenya's army shelled a village in Somalia on Friday. The weather was mild in Nairobi."


def paragraphs(text: str) -> list[parse.Paragraph]:
    return list(parse.read(Report(text, ((0, len(text)),))))


def readings(*strongest: tuple[float, reading.Key], alone: bool = False) -> reading.Readings:
    return reading.Readings({}, {}, strongest, alone)


@pytest.mark.parametrize(
    ("number", "words", "chance"),
    [(1, {4}, 0.6), (1, {9}, 0.9), (2, {4}, 0.9), (1, {4, 7}, 0.2), (1, {4, 7, 8}, 0.0)],
)
def test_the_strongest_act_elsewhere_is_at_none_of_the_words(
    number: int, words: set[int], chance: float
) -> None:
    paragraph: Any = SimpleNamespace(number=number)
    found = readings((0.9, (1, 4)), (0.6, (1, 7)), (0.2, (1, 8)))
    assert found.act_elsewhere(paragraph, words) == chance


def test_a_lone_sentence_is_taken_for_part_of_a_report() -> None:
    paragraph: Any = SimpleNamespace(number=1)
    assert readings(alone=True).act_elsewhere(paragraph, {4}) == reading.ALONE
    assert readings((0.99, (1, 5)), alone=True).act_elsewhere(paragraph, {4}) == 0.99


def test_words_of_a_report_are_ranked_by_how_likely_they_denote_an_act() -> None:
    found = reading.read(paragraphs(TWO))
    chances = [chance for chance, _ in found.strongest]
    assert not found.alone
    assert chances == sorted(chances, reverse=True)
    assert len(chances) == min(reading.STRONGEST, len(found.at))
    number, index = found.strongest[0][1]
    (paragraph,) = (p for p in paragraphs(TWO) if p.number == number)
    assert paragraph.doc[index].text == "shelled"


def test_one_sentence_is_alone_and_nothing_is_read_of_nothing() -> None:
    assert reading.read(paragraphs("Kenya's army shelled a village in Somalia.")).alone
    assert reading.read([]).strongest == ()
