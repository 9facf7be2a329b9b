"""Dates of given events in MEANTIME (NewsReader): is the date we give an event the value it is linked to?

PATH is the folder with the XML files (or one that holds such folders). An event mention counts as dated by a
time expression when a TLINK says that it lies in it (``IS_INCLUDED``, ``SIMULTANEOUS``, ``IDENTITY``, or
``INCLUDES`` from the expression) and the expression is a DATE or TIME with a value. Links to the time of
publication are counted apart: dateline never writes that day as the date of an act. The words of the events
and the publication date are given; predictions: ``{"document", "mention", "date"}``, in the order of files
and mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from dateline import errors, parse
from dateline.evaluate import meantime_link
from dateline.evaluate.result import Result
from dateline.extract import datings, realis, ties, when
from dateline.lexicon import lexicon
from dateline.records import Report
from dateline.timex import values

if TYPE_CHECKING:
    pass

WITHIN = frozenset({"IS_INCLUDED", "SIMULTANEOUS", "IDENTITY"})
AROUND = frozenset({"INCLUDES", "SIMULTANEOUS", "IDENTITY"})


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its name, day of publication (ISO or None), sentences, and event mentions.

    A mention is its id and the code points it covers in the sentences joined by line breaks.
    """

    name: str
    published: str | None
    sentences: tuple[str, ...]
    mentions: tuple[tuple[str, int, int], ...]

    @property
    def report(self) -> Report:
        """The document as a report: one paragraph a sentence."""
        ranges, start = [], 0
        for sentence in self.sentences:
            ranges.append((start, start + len(sentence)))
            start += len(sentence) + 1
        return Report("\n".join(self.sentences), tuple(ranges), published=self.published)


def evaluate(path: Path) -> Result:
    """Date every given event mention below ``path`` and compare with the linked values."""
    files = sorted(path.rglob("*.xml"), key=lambda f: f.name)
    if not files:
        raise errors.EvaluationError(f"{path}: no XML files")
    rows: list[dict[str, str | None]] = []
    tally: Counter[str] = Counter()
    for file in files:
        tree = meantime_link.tree(file)
        document = read(tree)
        found = predict(document)
        rows += [{"document": document.name, "mention": m, "date": found[m]} for m, _, _ in document.mentions]
        _count(tally, found, *gold(tree))
    return Result("meantime-when", scores(tally), (), tuple(rows))


def read(tree: ElementTree.Element) -> Document:
    """Return text, publication date and event mentions of a document; no link is read."""
    texts: dict[int, str] = {}
    place: dict[str, tuple[int, int, int]] = {}
    for token in tree.iter("token"):
        number, word = int(token.get("sentence") or 0), (token.text or "").strip() or "-"
        before = texts.get(number, "")
        start = len(before) + bool(before)
        texts[number] = f"{before} {word}" if before else word
        place[str(token.get("t_id"))] = (number, start, start + len(word))
    starts, at = {}, 0
    for number, text in texts.items():
        starts[number] = at
        at += len(text) + 1
    mentions = []
    for element in tree.iter("EVENT_MENTION"):
        words = [place[str(anchor.get("t_id"))] for anchor in element.iter("token_anchor")]
        if words:
            first = starts[words[0][0]]
            last = starts[words[-1][0]]
            mentions.append((str(element.get("m_id")), first + words[0][1], last + words[-1][2]))
    return Document(str(tree.get("doc_name")), _published(tree), tuple(texts.values()), tuple(mentions))


def _published(tree: ElementTree.Element) -> str | None:
    """Return the day of publication, which the set gives as a time expression of that function."""
    created = (t.get("value") for t in tree.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME")
    return next((value for value in created if value), None)


def predict(document: Document) -> dict[str, str | None]:
    """Return the date (EDTF) of each given event mention, None for none; the gold is not looked at."""
    found: dict[str, str | None] = dict.fromkeys(m for m, _, _ in document.mentions)
    for paragraph in parse.read(document.report):
        dates = datings.find_dates(paragraph, document.published)
        spans = [paragraph.span(token) for token in paragraph.doc]
        acts: dict[str, datings.Word] = {}
        for mention, start, end in document.mentions:
            words = [i for i, span in enumerate(spans) if span.start < end and start < span.end]
            if words:
                acts[mention] = datings.Word(paragraph.doc[words[0] : words[-1] + 1].root)
        found |= {mention: _date(act, dates, list(acts.values())) for mention, act in acts.items()}
    return found


def _date(
    act: datings.Word, dates: Sequence[datings.Dated], others: Sequence[datings.Word]
) -> str | None:  # fmt: skip
    word = act.token
    judged = realis.judge_token(word, None, lexicon()).realis
    ruled = when.date_of(act, dates, lexicon(), happened=judged == "actual")
    dated = ties.chosen(act, dates, ruled, ties.Kind(realis=judged), others)
    return when.edtf_of(act, dated) if dated is not None else None


def gold(tree: ElementTree.Element) -> tuple[dict[str, set[str]], set[str]]:
    """Return the dates (EDTF) each event mention lies in, and the mentions linked to the day of writing."""
    dates, created = {}, set()
    for timex in tree.iter("TIMEX3"):
        if timex.get("type") in ("DATE", "TIME"):
            edtf = values.edtf(values.interval(timex.get("value") or ""), "in")
            if edtf is not None:
                dates[str(timex.get("m_id"))] = edtf
        if timex.get("functionInDocument") == "CREATION_TIME":
            created.add(str(timex.get("m_id")))
    linked: dict[str, set[str]] = {}
    today: set[str] = set()
    for event, timex_id in _links(tree):
        if timex_id in created:
            today.add(event)
        elif timex_id in dates:
            linked.setdefault(event, set()).add(dates[timex_id])
    return linked, today


def _links(tree: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield (event mention, time expression) of every link that puts the event into the expression."""
    events = {str(e.get("m_id")) for e in tree.iter("EVENT_MENTION")}
    times = {str(t.get("m_id")) for t in tree.iter("TIMEX3")}
    for link in tree.iter("TLINK"):
        kind = link.get("reltype")
        one = next((str(s.get("m_id")) for s in link.iter("source")), "")
        other = next((str(t.get("m_id")) for t in link.iter("target")), "")
        if kind in WITHIN and one in events and other in times:
            yield one, other
        elif kind in AROUND and one in times and other in events:
            yield other, one


def _count(
    tally: Counter[str], found: dict[str, str | None], linked: dict[str, set[str]], today: set[str]
) -> None:
    for mention, date in found.items():
        known = linked.get(mention, set())
        tally["events"] += 1
        tally["linked"] += bool(known)
        tally["dated"] += date is not None
        tally["right"] += date in known
        tally["linked and dated"] += bool(known) and date is not None
        if mention in today and not known:
            tally["today"] += 1
            tally["today, undated"] += date is None


def scores(tally: Counter[str]) -> dict[str, float]:
    """Turn counts into precision, recall and F1 of the dates, and accuracy on events dated by both."""
    right = tally["right"]
    return {
        "events": float(tally["events"]),
        "events linked to an expression": float(tally["linked"]),
        "events given a date": float(tally["dated"]),
        "date precision": right / max(tally["dated"], 1),
        "date recall": right / max(tally["linked"], 1),
        "date F1": 2 * right / max(tally["dated"] + tally["linked"], 1),
        "right where both date it": right / max(tally["linked and dated"], 1),
        "events linked to the day of writing alone": float(tally["today"]),
        "of these left undated": tally["today, undated"] / max(tally["today"], 1),
    }
