"""Certainty, polarity and time of every event word in dateline's own short reports (``training/predicates``).

DATA is a file or a folder of ``.txt`` files. A block is a head line ``# id | date | style``, the sentences of
a report, one a line, and a line ``P word | certainty [ahead] [not]`` for each event word (``word^2``: where
it stands the second time). Certainty is ``certain``, ``probable``, ``possible`` or ``open``. Scores are those
of :mod:`.meantime_events`. Predictions: ``{"report", "word", "class", "future"}``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from dateline import errors, parse
from dateline.evaluate import certainty, corpus
from dateline.evaluate.meantime_events import Labelled, scores
from dateline.evaluate.result import Result

# What MEANTIME calls them.
CLASSES = {"certain": "CERTAIN", "probable": "PROBABLE", "possible": "POSSIBLE", "open": "UNDERSPECIFIED"}
HEAD = re.compile(r"# (\S+) \| \d{4}-\d\d-\d\d \| \w+")
LABEL = re.compile(r"P (?P<word>\S+) \| (?P<certainty>\w+)(?P<ahead> ahead)?(?P<no> not)?")


@dataclass(frozen=True, slots=True)
class Told:
    """A short report: its sentences, cut into words, and what is labelled of its event words."""

    id: str
    sentences: tuple[tuple[str, ...], ...]
    labelled: tuple[Labelled, ...]


def load(path: Path) -> list[Told]:
    """Read a file or folder; raise EvaluationError naming file and line of the first wrong label."""
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    if not files:
        raise errors.EvaluationError(f"{path}: no files of predicates there")
    return [told for file in files for told in _told(file)]


def evaluate(path: Path) -> Result:
    """Score the event words of every report."""
    found = [(told.id, one, answer) for told in load(path) for one, answer in _answers(told)]
    rows = tuple(
        {"report": name, "word": one.id, "class": a.name, "future": a.future} for name, one, a in found
    )
    pairs = [(one, (answer.name, answer.future)) for _, one, answer in found]
    return Result("predicates", {"predicates": float(len(found)), **scores(pairs)}, (), rows)


def _answers(told: Told) -> Iterator[tuple[Labelled, certainty.Certainty]]:
    wanted = [[one.token for one in told.labelled if one.sentence == n] for n in range(len(told.sentences))]
    judged = certainty.read(told.sentences, wanted)
    for n, answers in enumerate(judged):
        yield from zip((one for one in told.labelled if one.sentence == n), answers, strict=True)


# -- reading ------------------------------------------------------------------------------------------------


def _told(file: Path) -> Iterator[Told]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise errors.EvaluationError(f"{file}: {error}") from None
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield _report(block, f"{file.name}:{number - len(block)}")
            block = []


def _report(block: list[str], place: str) -> Told:
    head = HEAD.fullmatch(block[0])
    lines = [line for line in block[1:] if not line.startswith("P ")]
    if head is None or not lines:
        raise errors.EvaluationError(f"{place}: a report has a head line and sentences: {block[0]!r}")
    text = "\n".join(lines)
    firsts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    words = [[t for t in parse.pipeline().tokenizer(line) if not t.is_space] for line in lines]
    labelled = []
    for label in (line for line in block[1:] if line.startswith("P ")):
        start, found = _located(label, text, place)
        sentence = bisect_right(firsts, start) - 1
        at = start - firsts[sentence]
        token = next(n for n, t in enumerate(words[sentence]) if at < t.idx + len(t))
        labelled.append(Labelled(
            f"{found['word']}:{start}", sentence, token,
            CLASSES[found["certainty"]], bool(found["no"]), bool(found["ahead"]),
        ))  # fmt: skip
    return Told(head[1], tuple(tuple(t.text for t in row) for row in words), tuple(labelled))


def _located(label: str, text: str, place: str) -> tuple[int, re.Match[str]]:
    """Return the character at which a labelled word begins, and the parts of its label."""
    found = LABEL.fullmatch(label)
    if found is None or found["certainty"] not in CLASSES:
        raise errors.EvaluationError(f"{place}: no label of a predicate: {label!r}")
    try:
        return corpus.locate(found["word"], text)[0], found
    except ValueError as error:
        raise errors.EvaluationError(f"{place}: {error}") from None
