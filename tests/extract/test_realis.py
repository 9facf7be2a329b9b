"""Did it happen? Sentences of our own, one act a row; the rules were chosen on half of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline import extract
from dateline.evaluate.sentences import is_choosing
from dateline.records import Mention, Report

TABLE = Path(__file__).parent / "realis.tsv"
LINES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"][1:]
Case = tuple[str, str, str]


def cases(choosing: bool) -> list[Case]:
    rows = [tuple(line.split("\t")) for line in LINES]
    return [(text, trigger, realis) for text, trigger, realis in rows if is_choosing(text) == choosing]


def at(text: str, words: str) -> Mention | None:
    """Return the mention whose trigger holds the first letter of the words."""
    word, _, nth = words.partition("^")
    start = [m.start() for m in re.finditer(re.escape(word), text)][int(nth or 1) - 1]
    found = extract.code(Report(text, ((0, len(text)),), published="2024-06-05")).mentions
    return next((m for m in found if m.trigger.start <= start < m.trigger.end), None)


def wrong(rows: list[Case]) -> list[str]:
    """Return a line for every act that is read otherwise or not coded at all."""
    found = [(text, trigger, realis, at(text, trigger)) for text, trigger, realis in rows]
    return [
        f"{m.realis if m else 'not coded'}, expected {realis}: {trigger} | {text} | {m.why if m else ''}"
        for text, trigger, realis, m in found
        if m is None or m.realis != realis
    ]


@pytest.mark.parametrize("choosing", [True, False], ids=["choosing", "checking"])
def test_most_acts_are_read_as_labelled(choosing: bool) -> None:
    rows, misses = cases(choosing), wrong(cases(choosing))
    assert len(misses) <= (0.15 if choosing else 0.2) * len(rows), "\n".join(misses)
