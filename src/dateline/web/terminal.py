"""Coloured terminal text: the record as a table that reads like sentences, reports with their marks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dateline.web import wording

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Json = dict[str, Any]

STYLES = {
    "trigger": "bold red",
    "actor": "bold cyan",
    "recipient": "bold blue",
    "voice": "magenta",
    "cue": "italic magenta",
    "content": "",
    "distancing": "yellow underline",
    "date": "green",
    "label": "cyan",
    "loaded": "yellow",
}


def marked(text: str, marks: list[tuple[int, int, str]], start: int, end: int) -> Text:
    """Return ``text[start:end]`` with its marks in colour; line breaks become blanks."""
    from rich.text import Text

    shown = Text()
    for first, last, kinds in wording.layers(marks, start, end):
        style = " ".join(STYLES[k] for k in kinds if STYLES.get(k))
        shown.append(text[first:last].replace("\n", " "), style=style)
    return shown


def _headline(row: Json) -> Text:
    from rich.text import Text

    line = Text.assemble(
        (wording.parties(row, "actor"), STYLES["actor"]),
        " → ",
        (wording.act(row), STYLES["trigger"]),
        " → ",
        (wording.parties(row, "recipient"), STYLES["recipient"]),
        (" | ", "dim"),
        (wording.when(row), STYLES["date"]),
        (" | ", "dim"),
        (wording.according_to(row), STYLES["voice"] if row["voices"] else "dim"),
    )
    certainty = wording.certainty(row)
    if certainty:
        line.append(" | ", style="dim")
        line.append(certainty, style="bold yellow")
    return line


def print_mentions(console: Console, rows: Iterable[Json]) -> None:
    """Print mentions by report and sentence: the lines first, the sentence under them."""
    for _, of_report in groupby(rows, key=lambda r: r["report"]["id"]):
        group = list(of_report)
        _print_report_line(console, group[0]["report"])
        for _, of_sentence in groupby(group, key=lambda r: r["sentence"]["start"]):
            _print_sentence(console, list(of_sentence))
        console.print()


def _print_report_line(console: Console, report: Json) -> None:
    parts = [report["outlet"] or report["path"], report["published"], report["title"]]
    console.rule("  ".join(filter(None, parts)), align="left", style="dim", characters="─")


def _print_sentence(console: Console, rows: list[Json]) -> None:
    from rich.padding import Padding

    for row in rows:
        console.print(_headline(row), soft_wrap=True)
    sentence = rows[0]["sentence"]
    marks = sorted({m for row in rows for m in wording.spans(row)})
    offset = sentence["start"]
    inside = [(s - offset, e - offset, k) for s, e, k in marks]
    console.print(Padding(marked(sentence["text"], inside, 0, len(sentence["text"])), (0, 0, 1, 4)))


def print_attributions(console: Console, rows: Iterable[Json]) -> None:
    """Print attributions: who, by which cue, said what."""
    from rich.text import Text

    for row in rows:
        voice = wording.voice(row["voice"]) if row["voice"] else "nobody named"
        cue = " … ".join(s["text"] for s in row["cue"])
        content = " … ".join(" ".join(s["text"].split()) for s in row["content"])
        line = Text.assemble(
            (voice, STYLES["voice"]), "  ", (cue, STYLES["cue"]), f"  {content}  ", (row["quotation"], "dim")
        )
        console.print(line)


def print_labels(console: Console, rows: Iterable[Json]) -> None:
    """Print, per actor, by which words it is named; loaded ones are marked."""
    from rich.text import Text

    by_actor: dict[str, dict[str, bool]] = {}
    for row in rows:
        name = f"{row['actor']['identifier_text']} [{wording.code(row['actor'])}]"
        by_actor.setdefault(name, {})[" ".join(row["text"].split())] = row["loaded"]
    for name, words in sorted(by_actor.items(), key=lambda item: (-len(item[1]), item[0])):
        line = Text(f"{name}: ", style=STYLES["actor"])
        for number, (label, loaded) in enumerate(words.items()):
            line.append(", " if number else "", style="dim")
            line.append(label, style=STYLES["loaded"] if loaded else "default")
        console.print(line)


def print_report(console: Console, text: str, rows: list[Json]) -> None:
    """Print a whole report with every span of its mentions marked, and the key to the colours."""
    marks = sorted({m for row in rows if row["record"] == "mention" for m in wording.spans(row)})
    for start, end in _lines(text):
        console.print(marked(text, marks, start, end))
    key = "   ".join(
        f"[{STYLES[k]}]{k}[/]"
        for k in ("actor", "recipient", "trigger", "voice", "cue", "distancing", "date")
    )
    console.print(f"\n{key}")


def _lines(text: str) -> Iterable[tuple[int, int]]:
    position = 0
    for line in text.splitlines(keepends=True):
        yield position, position + len(line.rstrip("\r\n"))
        position += len(line)
