"""Read the self-written stories: reports with marked event mentions, and what is true of the affair.

The format stands in ``tests/cases/stories/README.md``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import errors
from dateline.evaluate.datelined import datelined
from dateline.records import Report

Json = dict[str, Any]

MARK = re.compile(r"\{(e\d+)([^|{}]*)\|([^{}]*)\}")
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/.*)?")
REALIS = ("negated", "future", "requested", "hypothetical")


@dataclass(frozen=True, slots=True)
class Gold:
    """One marked mention: its event, its trigger in the report's text, and what the sentence says of it."""

    event: str
    start: int
    end: int
    type: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    date: str | None
    realis: str
    voice: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """One file: its reports with their gold mentions, and the gold of the whole."""

    id: str
    part: str
    reports: tuple[Report, ...]
    mentions: tuple[tuple[Gold, ...], ...]
    gold: Json


def read(path: Path) -> list[Story]:
    """Read one story file, or all of a folder; raise EvaluationError for what is wrong in one."""
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise errors.EvaluationError(f"{path}: no story files (*.toml)")
    return [_story(file) for file in files]


def _story(file: Path) -> Story:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        kinds = data["events"]
        made = [_report(row, kinds) for row in data["reports"]]
        return Story(
            data["id"], data["part"], tuple(r for r, _ in made), tuple(g for _, g in made), data["gold"]
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise errors.EvaluationError(f"{file.name}: {type(error).__name__}: {error}") from None


def _report(row: Json, kinds: dict[str, str]) -> tuple[Report, tuple[Gold, ...]]:
    """Make the report of a row: the title first, then the text without its marks."""
    text, found = f"{row['title']}\n\n", []
    position, body = 0, row["text"].strip()
    for match in MARK.finditer(body):
        text += body[position : match.start()]
        found.append(_gold(match, len(text), kinds))
        text += match[3]
        position = match.end()
    text += body[position:]
    report = Report(
        text=text, paragraphs=_paragraphs(text, len(row["title"])), title=row["title"],
        title_span=(0, len(row["title"])), published=row["published"], outlet=row["outlet"],
        url=row.get("url"),
    )  # fmt: skip
    return datelined(report), tuple(found)


def _paragraphs(text: str, start: int) -> tuple[tuple[int, int], ...]:
    found = re.finditer(r"\S(?:[^\n]|\n(?!\n))*", text[start:])
    return tuple((start + m.start(), start + m.end()) for m in found)


def _gold(match: re.Match[str], start: int, kinds: dict[str, str]) -> Gold:
    kind, _, parties = kinds[match[1]].partition(" ")
    date, realis, voice = None, "actual", None
    for word in match[2].split():
        if word in REALIS:
            realis = word
        elif word.startswith("voice="):
            voice = word.removeprefix("voice=")
        elif ">" in word:
            parties = word
        elif DATE.fullmatch(word):
            date = word
        elif word.split("/")[0].isupper():
            kind = word
        else:
            raise ValueError(f"unknown word {word!r} in the mark {match[0]!r}")
    actor, _, recipient = parties.partition(">")
    return Gold(
        match[1], start, start + len(match[3]), kind, _codes(actor), _codes(recipient), date, realis, voice
    )


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split("+") if code)
