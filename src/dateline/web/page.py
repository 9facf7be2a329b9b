"""One self-contained HTML page: the marked text of a report beside its records.

No script from elsewhere, no font, no image: the file can be sent to a colleague and opened offline.
Everything that comes from the report is escaped.
"""

from __future__ import annotations

from html import escape
from typing import Any

from dateline.web import wording

Json = dict[str, Any]

STYLE = """
:root { --ink:#1d1d1f; --dim:#6b6b70; --line:#dcdce0; --paper:#fff; --soft:#f6f6f4;
  --actor:#0a6b6b; --recipient:#1f4fa3; --trigger:#b3261e; --voice:#7a2f8f; --mark:#8a5a00; --date:#2e6b2e; }
@media (prefers-color-scheme: dark) { :root { --ink:#ececee; --dim:#a0a0a8; --line:#3a3a40; --paper:#17171a;
  --soft:#202024; --actor:#57c5c5; --recipient:#86aef5; --trigger:#ff8a80; --voice:#d79be8; --mark:#e8b95a; --date:#8fcf8f; } }
* { box-sizing:border-box } body { margin:0; color:var(--ink); background:var(--paper);
  font:16px/1.55 Georgia, "Times New Roman", serif }
header { padding:1.2rem 1.6rem; border-bottom:1px solid var(--line) } h1 { font-size:1.35rem; margin:.1rem 0 }
header p, .key, .n { color:var(--dim); font:13px/1.4 system-ui, sans-serif; margin:.2rem 0 }
main { display:grid; grid-template-columns:minmax(0,1fr) minmax(0,1fr); gap:0 } article { padding:1.2rem 1.6rem; white-space:pre-wrap }
aside { padding:1.2rem 1.6rem; border-left:1px solid var(--line); background:var(--soft) }
@media (max-width:60rem) { main { grid-template-columns:1fr } aside { border-left:0; border-top:1px solid var(--line) } }
.actor { color:var(--actor); font-weight:600 } .recipient { color:var(--recipient); font-weight:600 }
.trigger { color:var(--trigger); font-weight:700 } .voice { color:var(--voice) } .cue { color:var(--voice); font-style:italic }
.date { color:var(--date) } .distancing { text-decoration:underline wavy var(--mark) }
section { margin:0 0 1rem; padding:.7rem .9rem; background:var(--paper); border:1px solid var(--line); border-radius:6px;
  font:14px/1.5 system-ui, sans-serif } section p { margin:.15rem 0 } section:target, mark:target { outline:2px solid var(--trigger) }
.certainty { color:var(--mark); font-weight:600 } a { color:inherit } details { color:var(--dim); font-size:12.5px }
.background { opacity:.82 } mark { background:none; color:inherit }
"""


def page(text: str, rows: list[Json], report: Json) -> str:
    """Return the page for one report: its stored text and its contract rows."""
    mentions = [row for row in rows if row["record"] == "mention"]
    title = report["title"] or report["path"] or report["id"]
    facts = "  ·  ".join(filter(None, (report["outlet"], report["published"], report["url"] or report["path"])))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>"
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
        links.setdefault(row["trigger"]["start"], []).append(f'<sup><a href="#r{number}" id="t{number}">{number}</a></sup>')
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
        f'<p><a class="n" href="#t{number}">{number}</a> <span class="actor">{escape(wording.parties(row, "actor"))}</span> → '
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
