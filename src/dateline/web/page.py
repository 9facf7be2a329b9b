"""One self-contained HTML page: the marked text of a report beside its records.

No script from elsewhere, no font, no image: the file can be sent to a colleague and opened offline.
Everything that comes from the report is escaped.
"""

from __future__ import annotations

from functools import cache
from html import escape
from importlib import resources
from typing import Any

from dateline.web import wording

Json = dict[str, Any]


@cache
def _style() -> str:
    return (resources.files("dateline") / "web" / "page.css").read_text(encoding="utf-8")


def page(text: str, rows: list[Json], report: Json) -> str:
    """Return the page for one report: its stored text and its contract rows."""
    mentions = [row for row in rows if row["record"] == "mention"]
    title = report["title"] or report["path"] or report["id"]
    facts = "  ·  ".join(
        filter(None, (report["outlet"], report["published"], report["url"] or report["path"]))
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_style()}</style></head>\n<body>"
        f"<header><h1>{escape(title)}</h1><p>{escape(facts)}</p>{_key()}</header>\n"
        f'<main><article aria-label="The report">{_marked(text, mentions)}</article>\n'
        f'<aside aria-label="The record">{_cards(mentions)}</aside></main>\n</body></html>\n'
    )


def _key() -> str:
    kinds = ("actor", "recipient", "trigger", "voice", "cue", "date", "distancing")
    return '<p class="key">' + " · ".join(f'<span class="{k}">{k}</span>' for k in kinds) + "</p>"


def _marked(text: str, mentions: list[Json]) -> str:
    marks = sorted({m for row in mentions for m in wording.spans(row)})
    links: dict[int, list[str]] = {}
    for number, row in enumerate(mentions, 1):
        links.setdefault(row["trigger"]["start"], []).append(
            f'<sup><a href="#r{number}" id="t{number}">{number}</a></sup>'
        )
    parts = []
    for first, last, kinds in wording.layers(marks, 0, len(text)):
        piece = escape(text[first:last])
        parts.append("".join(links.pop(first, [])))
        parts.append(f'<mark class="{" ".join(kinds)}">{piece}</mark>' if kinds else piece)
    return "".join(parts)


def _cards(mentions: list[Json]) -> str:
    if not mentions:
        return "<p>No political act between identifiable actors was found in this report.</p>"
    return "".join(_card(number, row) for number, row in enumerate(mentions, 1))


def _card(number: int, row: Json) -> str:
    certainty = wording.certainty(row)
    lines = [
        f'<p><a class="n" href="#t{number}">{number}</a> '
        f'<span class="actor">{escape(wording.parties(row, "actor"))}</span> → '
        f'<span class="trigger">{escape(wording.act(row))}</span> → '
        f'<span class="recipient">{escape(wording.parties(row, "recipient"))}</span></p>',
        f'<p><span class="date">{escape(wording.when(row))}</span> · according to '
        f'<span class="voice">{escape(wording.according_to(row))}</span></p>',
    ]
    if certainty:
        lines.append(f'<p class="certainty">{escape(certainty)}</p>')
    reasons = ", ".join(escape(w) for w in row["why"])
    lines.append(f"<details><summary>why</summary>{reasons}</details>")
    return f'<section id="r{number}" class="{row["time"]}">{"".join(lines)}</section>'
