"""Denied acts that were not coded: they are read off the content of the attribution that denies them.

"The spokesman denied that anybody had been beaten": nobody acts and nobody suffers by name, so no mention is
written, though it answers those that tell of beatings. Linking takes it for a mention without parties whose
id is that of the attribution.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from dateline.lexicon import Trigger, lexicon
from dateline.link import words
from dateline.link.reading import Reading, split
from dateline.ontology import ontology
from dateline.records import Span

Json = dict[str, Any]
# A denied clause has a finite verb; a denied thing ("rejected the accusation") is no act that is denied.
FINITE = re.compile(r"\b(?:had|has|have|was|were|is|are|did|does|do|been)\b", re.IGNORECASE)


def rows(reading: Reading, records: Sequence[Json]) -> Iterator[Json]:
    """Yield a row like that of a mention for each act that somebody denies and that was not coded."""
    coded = [row["trigger"]["start"] for row in records if row["record"] == "mention"]
    for row in records:
        if row["record"] != "attribution" or row["stance"] != "denies":
            continue
        for part in row["content"]:
            content = Span(part["start"], part["end"], part["text"])
            spans = (*reading.sentences, *split(reading.text))
            sentence = next((s for s in spans if s.start <= content.start < s.end), None)
            if sentence is not None and not any(content.start <= c < content.end for c in coded):
                yield from _first(row, content, sentence)


def _first(row: Json, content: Span, sentence: Span) -> Iterator[Json]:
    """Yield the first act of a denied clause, if it has one of which the tables say what it is."""
    finite = FINITE.search(content.text)
    if finite is None:
        return
    for word in words.words(content.text):
        act = _acts().get(word.stem)
        if word.start >= finite.end() and act is not None:
            start = content.start + word.start
            yield _mention(row, act, Span(start, start + len(word.text), word.text), sentence)
            return


@cache
def _acts() -> dict[str, tuple[str, str]]:
    """Return type and mode ("" for none) of verbs, by their stems.

    They are those of the row without a pattern, where the verb has one, else those of more than half of its
    rows without a particle.
    """
    found: dict[str, list[Trigger]] = defaultdict(list)
    for row in lexicon().rows():
        if row.pos == "verb" and row.event and not row.particle:
            for lemma in row.lemmas:
                if " " not in lemma:
                    found[words.stem(lemma)].append(row)
    acts = {stem: _usual(rows) for stem, rows in found.items()}
    return {stem: act for stem, act in acts.items() if act is not None}


def _usual(rows: Sequence[Trigger]) -> tuple[str, str] | None:
    """Return the type and the mode that a verb has as a rule, or None."""
    bare = [row for row in rows if not row.specificity]
    for chosen in (bare, rows):
        counts = Counter(row.event for row in chosen)
        event = min(counts, key=lambda e: (-counts[e], e), default="")
        if 2 * counts[event] > len(chosen):
            modes = Counter(row.mode or "" for row in chosen if row.event == event)
            return event, min(modes, key=lambda mode: (-modes[mode], mode == "", mode))
    return None


def _mention(row: Json, act: tuple[str, str], trigger: Span, sentence: Span) -> Json:
    event, mode = act
    return {
        "record": "mention",
        "id": row["id"],
        "report": row["report"],
        "sentence": {"start": sentence.start, "end": sentence.end, "text": sentence.text},
        "trigger": {"start": trigger.start, "end": trigger.end, "text": trigger.text},
        "event": event,
        "mode": [mode] if mode else [],
        "quad_code": ontology().type(event).quad,
        "actor": [],
        "recipient": [],
        "date": None,
        "date_basis": {"kind": "none"},
        "event_loc": None,
        "voices": [row["voice"]] if row["voice"] else [],
        "realis": "negated",
        "time": "current",
        "why": [],
    }
