"""Read the marked example sentences of the tables: ``A[Kenya] hosted R[Ugandan officials].``"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.records import Report

MARK = re.compile(r"\b([AR])\[([^\]]*)\]")


@dataclass(frozen=True)
class Example:
    """An example without its marks, and the ranges that were marked as actor and recipient."""

    text: str
    actors: tuple[tuple[int, int], ...]
    recipients: tuple[tuple[int, int], ...]

    @property
    def report(self) -> Report:
        return Report(text=self.text, paragraphs=((0, len(self.text)),), published="2024-06-05")


def example(marked: str) -> Example:
    """Take the marks out of an example sentence."""
    text, position = "", 0
    found: dict[str, list[tuple[int, int]]] = {"A": [], "R": []}
    for match in MARK.finditer(marked):
        text += marked[position : match.start()]
        found[match[1]].append((len(text), len(text) + len(match[2])))
        text += match[2]
        position = match.end()
    return Example(text + marked[position:], tuple(found["A"]), tuple(found["R"]))


def overlaps(ranges: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    return any(s < end and start < e for s, e in ranges)
