"""Certainty, polarity and time of events in MEANTIME's own files (NewsReader), the predicates given.

PATH is a folder of XML files. Every ``EVENT_MENTION`` that has these attributes is scored: F1 of NEG
(polarity), FUTURE (time), POSSIBLE (or probable) and CERTAIN (certainty). These are three questions, as in
the annotation: a denied future event is both NEG and FUTURE. Predictions: ``{"document", "mention", "class",
"future"}``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from dateline import errors
from dateline.evaluate import certainty, meantime_link
from dateline.evaluate.result import Result
from dateline.evaluate.sentences import is_choosing

Answer = tuple[str, bool]  # class of certainty, and whether it lies ahead


@dataclass(frozen=True, slots=True)
class Labelled:
    """An event mention: its id, sentence and token, and what the annotators say of it."""

    id: str
    sentence: int
    token: int
    certainty: str
    negated: bool
    future: bool


def evaluate(path: Path) -> Result:
    """Score the events of every file; raise EvaluationError if there is none."""
    files = sorted(path.rglob("*.xml"), key=lambda f: f.name)
    if not files:
        raise errors.EvaluationError(f"{path}: no XML files")
    found = [(file.name, one, answer) for file in files for one, answer in _answers(meantime_link.tree(file))]
    rows = tuple(
        {"document": name, "mention": one.id, "class": answer[0], "future": answer[1]}
        for name, one, answer in found
    )
    found_scores = {"events": float(len(found)), **scores([(one, answer) for _, one, answer in found])}
    for half, wanted in (("choosing", True), ("checking", False)):
        part = [(one, answer) for name, one, answer in found if is_choosing(name) == wanted]
        found_scores |= {f"{name}, {half} half": value for name, value in scores(part).items()}
    return Result("factuality", found_scores, (), rows)


def _answers(tree: ElementTree.Element) -> Iterator[tuple[Labelled, Answer]]:
    sentences, place = meantime_link.words(tree)
    labelled = list(events(tree, place))
    numbers = sorted(sentences)
    wanted = [[one.token for one in labelled if one.sentence == n] for n in numbers]
    for n, judged in zip(numbers, certainty.read([sentences[n] for n in numbers], wanted), strict=True):
        inside = [one for one in labelled if one.sentence == n]
        yield from ((one, (c.name, c.future)) for one, c in zip(inside, judged, strict=True))


def events(tree: ElementTree.Element, place: dict[str, tuple[int, int]]) -> Iterator[Labelled]:
    """Yield the event mentions whose certainty is given; ``place``: sentence and token of each token id."""
    for element in tree.iter("EVENT_MENTION"):
        where = [place[str(anchor.get("t_id"))] for anchor in element.iter("token_anchor")]
        if where and element.get("certainty"):
            yield Labelled(
                str(element.get("m_id")), *where[0], str(element.get("certainty")),
                element.get("polarity") == "NEG", element.get("time") == "FUTURE",
            )  # fmt: skip


def scores(pairs: list[tuple[Labelled, Answer]]) -> dict[str, float]:
    """Return F1 of NEG, FUTURE, POSSIBLE (or probable) and CERTAIN."""
    sides = {
        "NEG": [(one.negated, name == "NEG") for one, (name, _) in pairs],
        "FUTURE": [(one.future, future) for one, (_, future) in pairs],
        "POSSIBLE": [(one.certainty in ("POSSIBLE", "PROBABLE"), a[0] == "POSSIBLE") for one, a in pairs],
        "CERTAIN": [(one.certainty == "CERTAIN", a[0] in ("CERTAIN", "NEG")) for one, a in pairs],
    }
    return {f"F1 of {name}": _f1(found) for name, found in sides.items()}


def _f1(sides: list[tuple[bool, bool]]) -> float:
    both = sum(gold and ours for gold, ours in sides)
    return 2 * both / ((sum(gold for gold, _ in sides) + sum(ours for _, ours in sides)) or 1)
