"""Generated rewrites of a report, light, medium and heavy, to measure how copies are found.

What a desk does to a wire story: words changed, sentences cut and moved, a lead of its own, text of its
own between. The same report and level always give the same rewrite.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline import tables
from dateline.link.reading import Reading, split
from dateline.records import content_hash

REWORDING_COLUMNS = ("word", "instead")
WORD = re.compile(r"[A-Za-z]+")
LEADS = (
    "Here is what is known so far about an affair that has kept many readers busy.",
    "The matter drew attention well beyond the place where it began.",
    "Our desk has followed the story and sums it up below.",
    "It was the talk of the day, and not only among those concerned.",
)


@dataclass(frozen=True, slots=True)
class Level:
    """How much is done to a text: shares of sentences kept, words changed, own text added."""

    name: str
    kept: float
    changed: float
    moved: bool
    own_lead: bool
    own_text: float


LEVELS = (
    Level("light", 0.92, 0.04, False, False, 0.0),
    Level("medium", 0.72, 0.12, True, True, 0.0),
    Level("heavy", 0.45, 0.25, True, True, 0.5),
)


@cache
def _rewording() -> dict[str, tuple[str, ...]]:
    rows = tables.read("lexicon/en/rewording.tsv", REWORDING_COLUMNS)
    return {row["word"]: tables.alternatives(row["instead"]) for row in rows}


def rewrite(report: Reading, level: Level, other_text: Sequence[str]) -> Reading:
    """Return a rewrite of a report by another outlet; ``other_text`` are sentences it may mix in."""
    dice = random.Random(content_hash("rewrite", report.id, level.name))
    sentences = [span.text for span in (report.sentences or tuple(split(report.text)))]
    kept = [s for s in sentences if dice.random() < level.kept] or sentences[:1]
    if level.own_lead:
        kept = [s for s in kept if s != sentences[0]] or kept
    kept = [_reword(s, level.changed, dice) for s in kept]
    if level.moved:
        kept = _moved(kept, dice, level.own_text > 0)
    own = [dice.choice(LEADS)] if level.own_lead else []
    if level.own_text and other_text:
        own += [dice.choice(other_text) for _ in range(int(level.own_text * len(kept)))]
        kept = own[:1] + _mixed(kept, own[1:], dice)
    else:
        kept = own + kept
    text = "\n".join(kept)
    return Reading(
        id=content_hash("rewrite", report.id, level.name), outlet=f"{level.name}.{report.outlet}",
        title=_reword(report.title, level.changed * 2, dice), published=report.published, text=text,
        sentences=tuple(split(text)),
    )  # fmt: skip


def _reword(sentence: str, share: float, dice: random.Random) -> str:
    """Change a share of a sentence's words: another word, or none."""

    def changed(match: re.Match[str]) -> str:
        if dice.random() >= share:
            return match[0]
        instead = _rewording().get(match[0].lower())
        if instead:
            return dice.choice(instead)
        return "" if dice.random() < 0.6 else f"{match[0]} indeed"

    return re.sub(r" {2,}", " ", WORD.sub(changed, sentence))


def _moved(sentences: list[str], dice: random.Random, wholly: bool) -> list[str]:
    """Move passages of two or three sentences (or, wholly, every sentence) about."""
    size = 1 if wholly else 3
    passages = [sentences[i : i + size] for i in range(0, len(sentences), size)]
    dice.shuffle(passages)
    return [s for passage in passages for s in passage]


def _mixed(sentences: list[str], own: list[str], dice: random.Random) -> list[str]:
    for sentence in own:
        sentences.insert(dice.randrange(len(sentences) + 1), sentence)
    return sentences
