"""Find the weights of ``extract.scarequotes`` again: a logistic regression on labelled acts between marks.

Usage: python training/scare_quotes.py CORPUS ROWS

CORPUS is the folder of the training corpus, ROWS the table ``tests/extract/distancing.tsv``. Fitted on all
files but those numbered 09 and 10 and on the choosing half of the table; how many of the rest are right is
printed below the weights, with ``-v`` each that is not. Nothing is written: the numbers are put into the
module by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy

from dateline import parse
from dateline.evaluate import corpus
from dateline.evaluate.sentences import is_choosing
from dateline.extract import reading, scarequotes
from dateline.extract.actors import find_actors
from dateline.extract.attribution import find_sayings
from dateline.extract.quotes import Quote, find_quotes
from dateline.gazetteer import gazetteer
from dateline.lexicon import lexicon
from dateline.records import Report

if TYPE_CHECKING:
    from spacy.tokens import Token

OPENED = re.compile(r"(?<!\w)[\"'“‘«„]\w[^\"”»]{0,60}$")
ROUNDS, RATE, SHRINKAGE = 4000, 0.5, 2.0


class Row(NamedTuple):
    """One stretch between marks: its part, what speaks for it, whether the marks are the writer's."""

    part: str
    signs: dict[str, float]
    scare: bool
    text: str


def main() -> None:
    """Collect, fit, print."""
    rows = [*_of_corpus(Path(sys.argv[1])), *_of_table(Path(sys.argv[2]))]
    weights = _fitted([row for row in rows if row.part == "fit"])
    for name, weight in weights.items():
        print(f'    "{name}": {weight:.2f},')
    for part in ("fit", "09", "10", "checking"):
        _show(part, [row for row in rows if row.part == part], weights)


def _of_corpus(folder: Path) -> Iterator[Row]:
    for file in sorted(folder.glob("*.txt")):
        part = file.stem[-2:] if file.stem[-2:] in ("09", "10") else "fit"
        for item in corpus.load(file):
            if any(_is_between_marks(item.text, e) for e in item.events):
                labels = [(e.trigger, "scare-quotes" in e.distancing) for e in item.events]
                yield from _rows(part, item.report, labels)


def _is_between_marks(text: str, event: corpus.Event) -> bool:
    """Tell roughly whether a mark stays open before a trigger: where none does nothing need be parsed."""
    return OPENED.search(text[: event.trigger[1]]) is not None


def _of_table(path: Path) -> Iterator[Row]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"][1:]
    for text, word, marks in ([*line.split("\t"), ""][:3] for line in lines):
        name, _, nth = word.partition("^")
        start = -1
        for _ in range(int(nth or 1)):
            start = text.index(name, start + 1)
        report = Report(text, ((0, len(text)),), published="2024-06-05")
        part = "fit" if is_choosing(text) else "checking"
        yield from _rows(part, report, [((start, start + len(name)), "scare-quotes" in marks)])


def _rows(part: str, report: Report, labels: Sequence[tuple[tuple[int, int], bool]]) -> Iterator[Row]:
    paragraphs = parse.read(report)
    readings = reading.read(paragraphs)
    sayings = find_sayings(
        paragraphs, find_actors(paragraphs, gazetteer(), lexicon("en")), lexicon("en"), readings
    )
    for (start, end), scare in labels:
        for paragraph in paragraphs:
            head = _head(paragraph, start, end)
            for quote in _bearing(paragraph, head):
                if scarequotes.may_be(paragraph, quote, lexicon("en")):
                    found = scarequotes.signs(
                        paragraph, quote, sayings[paragraph.number], readings, lexicon("en")
                    )
                    yield Row(part, found, scare, report.text[max(0, start - 120) : end + 60])


def _head(paragraph: parse.Paragraph, start: int, end: int) -> Token | None:
    """Return the word of a trigger that the others hang on."""
    spans = [(t, paragraph.span(t)) for t in paragraph.doc]
    words = [t for t, span in spans if span.start < end and start < span.end and not t.is_punct]
    return next((t for t in words if t.head not in words or t.head.i == t.i), None)


def _bearing(paragraph: parse.Paragraph, head: Token | None) -> list[Quote]:
    quotes = find_quotes(paragraph.doc) if head is not None else []
    return [quote for quote in quotes if head is not None and scarequotes.bears_on(quote, head)][-1:]


def _fitted(rows: Sequence[Row]) -> dict[str, float]:
    """Return the weights of a logistic regression, shrunk a little, by plain gradient descent."""
    signs = numpy.array([list(row.signs.values()) for row in rows])
    right = numpy.array([float(row.scare) for row in rows])
    kept = numpy.array([name != "always" for name in rows[0].signs])
    weights = numpy.zeros(signs.shape[1])
    for _ in range(ROUNDS):
        slope = signs.T @ (1 / (1 + numpy.exp(-signs @ weights)) - right)
        weights -= RATE * (slope + SHRINKAGE * weights * kept) / len(right)
    return dict(zip(rows[0].signs, weights.tolist(), strict=True))


def _show(part: str, rows: Sequence[Row], weights: dict[str, float]) -> None:
    told = [sum(weights[name] * value for name, value in row.signs.items()) > 0 for row in rows]
    both = sum(t and row.scare for t, row in zip(told, rows, strict=True))
    right = sum(t == row.scare for t, row in zip(told, rows, strict=True))
    print(f"{part}: {right} of {len(rows)} right; {both} of {sum(r.scare for r in rows)} scare quotes found, "
          f"{sum(told) - both} quotations taken for them")  # fmt: skip
    if "-v" in sys.argv:
        for t, row in zip(told, rows, strict=True):
            if t != row.scare:
                print("   ", "taken" if t else "missed", "|", " ".join(row.text.split()))


if __name__ == "__main__":
    main()
