"""Outlets side by side, in the terminal and as one self-contained page without any script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from dateline.web import affairs

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Json = dict[str, Any]
Piece = tuple[str, str, tuple[str, ...]]  # kept, dropped or inserted; the words; what the change does

KINDS = {
    "distancing": "keeps its distance",
    "scare-quotes": "scare quotes",
    "verb": "another verb",
    "attribution": "no longer says who says so",
    "agentless": "no longer says who did it",
    "label": "another name",
    "figure": "another figure",
    "negation": "negation",
}
LOADED = ("", "slightly loaded", "loaded", "strongly loaded")


def pieces(row: Json) -> Iterator[Piece]:
    """Cut our telling of an aligned sentence into what was kept, dropped and inserted, in order."""
    ours, place = row["ours"], row["ours"]["start"]
    for edit in row["edits"]:
        kinds = tuple(edit["kinds"])
        start, end = edit["ours"]["start"], edit["ours"]["end"]
        if start > place:
            yield "kept", ours["text"][place - ours["start"] : start - ours["start"]], ()
        if edit["base"]["text"] and kinds != ("scare-quotes",):
            yield "dropped", edit["base"]["text"], kinds
        if edit["ours"]["text"]:
            yield "inserted", edit["ours"]["text"], kinds
        place = max(place, end)
    if place < ours["end"]:
        yield "kept", ours["text"][place - ours["start"] :], ()


def said(kinds: Iterable[str]) -> str:
    """Say in words what a change does; empty for a plain insertion or omission."""
    return ", ".join(KINDS[kind] for kind in kinds if kind in KINDS)


def quoted_line(row: Json) -> str:
    """Return how much one outlet quotes a voice."""
    return (
        f"{row['outlet']}: {row['attributions']} times, {row['words']} words ({row['direct_words']} direct)"
    )


def name_of(row: Json) -> str:
    """Return an actor or voice with its code."""
    code = " ".join(filter(None, (row["code"], row["sector"])))
    return f"{row['name']} [{code or '?'}]"


# -- terminal ---------------------------------------------------------------------------------------------

STYLES = {"kept": "", "dropped": "red strike", "inserted": "green"}


def print_comparison(console: Console, row: Json) -> None:
    """Print a comparison: reports, changed sentences, what is new in a version, names, quotations."""
    console.rule(f"{row['subject']['kind']}: {row['subject']['title']}", align="left", style="dim")
    for report in row["reports"]:
        console.print(_report_text(report), soft_wrap=True)
    _print_aligned(console, row["aligned"])
    for version in row["versions"]:
        console.rule(f"{version['outlet']} corrected its report", align="left", style="dim")
        _print_aligned(console, version["changed"])
    for heading, lines in sections(row):
        console.rule(heading, align="left", style="dim")
        for line in lines:
            console.print(line, soft_wrap=True, markup=False)


def _report_text(report: Json) -> Text:
    from rich.text import Text

    return Text(report_line(report))


def report_line(report: Json) -> str:
    """Return a report as one line: outlet, time, title, and where its text comes from."""
    line = f"{report['outlet']} | {report['published'] or 'undated'} | {report['title'] or 'untitled'}"
    if report["share"]:
        line += f" | from {report['origin']} ({report['share']:.0%})"
    return line if report["current_version"] else f"{line} | superseded"


def _print_aligned(console: Console, rows: Iterable[Json]) -> None:
    from rich.text import Text

    for row in rows:
        if not row["edits"]:
            continue
        line = Text(f"{row['outlet']} against {row['against']}: ", style="bold")
        for what, text, kinds in pieces(row):
            line.append(f" {text} " if what != "kept" else text, style=STYLES[what])
            if said(kinds):
                line.append(f"({said(kinds)})", style="yellow")
        console.print(line, soft_wrap=True)


def sections(row: Json) -> Iterator[tuple[str, list[str]]]:
    """Yield the lists of a comparison as headings with lines of plain text."""
    if row["only_in"]:
        yield "only here", [f"{r['outlet']}: {' '.join(r['text'].split())}" for r in row["only_in"]]
    if row["labels"]:
        yield "names", [line for actor in row["labels"] for line in label_lines(actor)]
    if row["quoted"]:
        yield (
            "quoted",
            [
                f"{name_of(voice)} | {quoted_line(outlet)}"
                for voice in row["quoted"]
                for outlet in voice["outlets"]
            ],
        )
    if row["roles"]:
        yield (
            "acts",
            [f"{r['outlet']}: {r['role']} of {r['event']}, {r['mentions']} times" for r in row["roles"]],
        )
    event = row["subject"].get("event")
    if event:
        yield "event", [affairs.event_line(event)]


def label_lines(actor: Json) -> Iterator[str]:
    """Yield one line an outlet: by which words it names an actor, with loaded ones marked."""
    for outlet in actor["outlets"]:
        names = (
            f"{n['text']} ×{n['count']}" + (f" [{LOADED[n['strength']]}]" if n["loaded"] else "")
            for n in outlet["names"]
        )
        yield f"{name_of(actor)} | {outlet['outlet']}: {', '.join(names)}"


# -- page -------------------------------------------------------------------------------------------------


@cache
def _style() -> str:
    folder = resources.files("dateline") / "web"
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("page.css", "comparison.css"))


def page(row: Json) -> str:
    """Return a comparison as one HTML page; everything that comes from reports is escaped."""
    title = f"{row['subject']['kind']}: {row['subject']['title']}"
    reports = "".join(f"<li>{escape(report_line(report))}</li>" for report in row["reports"])
    aligned = "".join(_aligned(one) for one in row["aligned"] if one["edits"])
    corrected = "".join(
        f"<h3>{escape(v['outlet'])} corrected its report</h3>" + "".join(map(_aligned, v["changed"]))
        for v in row["versions"]
    )
    lists = "".join(
        f"<section><h2>{escape(heading)}</h2><ul>"
        + "".join(f"<li>{escape(line)}</li>" for line in lines)
        + "</ul></section>"
        for heading, lines in sections(row)
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_style()}</style></head>\n<body>"
        f"<header><h1>{escape(title)}</h1><ul>{reports}</ul></header>\n"
        f'<main><article class="comparison" aria-label="Wording">{aligned}{corrected}</article>\n'
        f'<aside aria-label="Names, quotations, figures">{lists}</aside></main>\n</body></html>\n'
    )


def _aligned(row: Json) -> str:
    shown = "".join(map(_piece, pieces(row)))
    heading = f"{escape(row['outlet'])} <span>against {escape(row['against'])}</span>"
    return f"<section><h3>{heading}</h3><p>{shown}</p></section>\n"


def _piece(piece: Piece) -> str:
    what, text, kinds = piece
    if what == "kept":
        return escape(text)
    tag = "del" if what == "dropped" else "ins"
    note = f' <small class="distancing">{escape(said(kinds))}</small>' if said(kinds) else ""
    return f" <{tag}>{escape(text)}</{tag}>{note} "
