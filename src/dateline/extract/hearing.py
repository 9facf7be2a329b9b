"""Attributions as the network hears them: parts tagged in a sentence, and which belong together.

The network tags sources, cues and contents; its links say which source and content go with which cue. A
stretch of content in a sentence without a cue goes on with what was said before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dateline.extract.reading import Range, Readings
from dateline.parse import Paragraph

LINKED = 0.3  # from here on a part goes with a cue; chosen on the choosing half of PolNeAR's development part


@dataclass(frozen=True, slots=True)
class Heard:
    """An attribution in token ranges of one paragraph; ``source`` is empty where nobody is named."""

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]


def hear(paragraph: Paragraph, readings: Readings) -> list[Heard]:
    """Return the attributions of a paragraph in text order."""
    found: list[Heard] = []
    for sentence in paragraph.sentences():
        parts = readings.parts(sentence, paragraph)
        cues = [piece for part, piece in parts if part == "cue"]
        if cues:
            found += _joined(paragraph, readings, cues, parts)
        elif found:
            rest = tuple(piece for part, piece in parts if part == "content")
            found[-1] = replace(found[-1], content=(*found[-1].content, *rest))
    return [heard for heard in found if heard.content]


def _joined(
    paragraph: Paragraph, readings: Readings, cues: list[Range], parts: Iterable[tuple[str, Range]]
) -> Iterator[Heard]:
    """Give every source and content to the cue it is linked to best."""
    given: dict[Range, dict[str, list[Range]]] = {cue: {"source": [], "content": []} for cue in cues}
    for part, piece in parts:
        if part != "cue":
            shares = {cue: _share(paragraph, readings, cue, piece, part) for cue in cues}
            best = max(cues, key=lambda cue: (shares[cue], -abs(cue[0] - piece[0])))
            if shares[best] >= LINKED or len(cues) == 1:
                given[best][part].append(piece)
    for cue, named in given.items():
        yield Heard(cue, tuple(named["source"]), tuple(named["content"]))


def _share(paragraph: Paragraph, readings: Readings, cue: Range, piece: Range, link: str) -> float:
    """Return how strongly the words of a part are linked to those of a cue, on average."""
    size = (cue[1] - cue[0]) * (piece[1] - piece[0])
    rows = (readings.members(paragraph, paragraph.doc[i], link) for i in range(*cue))
    return sum(row.get(i, 0.0) for row in rows for i in range(*piece)) / size
