"""Where the outlet keeps its distance: sentences of our own; the rules were chosen on half of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline import parse
from dateline.evaluate.sentences import is_choosing
from dateline.extract import distancing, reading
from dateline.extract.actors import find_actors
from dateline.extract.attribution import find_sayings
from dateline.extract.quotes import find_quotes
from dateline.gazetteer import gazetteer
from dateline.lexicon import lexicon
from dateline.records import Report

TABLE = Path(__file__).parent / "distancing.tsv"
LINES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"][1:]
Case = tuple[str, str, frozenset[str]]


def cases(choosing: bool) -> list[Case]:
    rows = [[*line.split("\t"), ""][:3] for line in LINES]
    return [(text, word, frozenset(m.split())) for text, word, m in rows if is_choosing(text) == choosing]


def marks(text: str, words: str) -> frozenset[str]:
    """Return the kinds of marks that bear on a word."""
    word, _, nth = words.partition("^")
    start = [m.start() for m in re.finditer(re.escape(word), text)][int(nth or 1) - 1]
    (paragraph,) = parse.read(Report(text, ((0, len(text)),), published="2024-06-05"))
    cast = find_actors([paragraph], gazetteer(), lexicon("en"))
    readings = reading.read([paragraph])
    sayings = find_sayings([paragraph], cast, lexicon("en"), readings)[paragraph.number]
    token = next(t for t in paragraph.doc if t.idx <= start < t.idx + len(t))
    quotes = find_quotes(paragraph.doc)
    found = distancing.marks_at(paragraph, token, quotes, sayings, readings, lexicon("en"))
    return frozenset(m.kind for m in found)


def wrong(rows: list[Case]) -> list[str]:
    found = [(text, word, expected, marks(text, word)) for text, word, expected in rows]
    return [f"{sorted(m)}, expected {sorted(e)}: {word} | {text}" for text, word, e, m in found if m != e]


@pytest.mark.parametrize("choosing", [True, False], ids=["choosing", "checking"])
def test_most_words_are_marked_as_labelled(choosing: bool) -> None:
    rows = cases(choosing)
    assert len(wrong(rows)) <= 0.1 * len(rows), "\n".join(wrong(rows))
