"""Records as sentences a person reads: who → did → to whom, when, according to whom, how certain.

Shared by the terminal and the page. Works on contract rows, so that it shows what users receive.
"""

from __future__ import annotations

import itertools
from typing import Any

Json = dict[str, Any]

CERTAINTY = {
    "actual": "",
    "negated": "did not happen",
    "future": "announced",
    "hypothetical": "possible",
    "requested": "asked for",
}
STANCES = {"denies": "denied by", "believes": "believed by", "doubts": "doubted by"}


def parties(row: Json, role: str) -> str:
    """Return the parties of a role with code and sector: ``Tehran [IRN GOV]``; a dash if nobody."""
    named = [f"{' '.join(a['entity_text'].split())} [{code(a)}]" for a in row[role]]
    return ", ".join(named) or "—"


def code(actor: Json) -> str:
    """Return ``IRN GOV``, or ``?`` for a named actor without a code."""
    return " ".join(filter(None, (actor["code"], actor["sector"]))) or "?"


def act(row: Json) -> str:
    """Return type and mode: ``SANCTION/discontinue``."""
    return "/".join([row["event"], *row["mode"]])


def when(row: Json) -> str:
    """Return the date with a mark for background and for dates the text does not give itself."""
    date = row["date"] or "undated"
    marks = [] if row["date_basis"]["kind"] in ("text", "none") else [row["date_basis"]["kind"]]
    if row["time"] == "background":
        marks.append("background")
    return f"{date} ({', '.join(marks)})" if marks else date


def according_to(row: Json) -> str:
    """Return the chain of voices, outermost first; the outlet itself when there is none."""
    if not row["voices"]:
        return row["report"]["outlet"] or "the outlet"
    return " → ".join(voice(v) for v in row["voices"])


def voice(row: Json) -> str:
    """Return one voice: stance if it is not a plain assertion, name, code."""
    who = " ".join(filter(None, (row["code"], row["sector"])))
    shown = f"{row['name']} [{who}]" if who else row["name"]
    if row["kind"] == "anonymous":
        shown += " (unnamed)"
    return f"{STANCES[row['stance']]} {shown}" if row["stance"] in STANCES else shown


def certainty(row: Json) -> str:
    """Return realis and distancing in words; empty for a plain act."""
    marks = [CERTAINTY[row["realis"]]] + [m["kind"] for m in row["distancing"]]
    return ", ".join(filter(None, marks))


def one_line(row: Json) -> str:
    """Return a mention as one line of plain text."""
    did = f"{parties(row, 'actor')} → {act(row)} → {parties(row, 'recipient')}"
    return " | ".join(filter(None, (did, when(row), according_to(row), certainty(row))))


def spans(row: Json) -> list[tuple[int, int, str]]:
    """Return (start, end, kind) of everything a mention marks in the text, in text order."""
    found = [(row["trigger"]["start"], row["trigger"]["end"], "trigger")]
    for role in ("actor", "recipient"):
        found += [(a["start"], a["end"], role) for a in row[role]]
    for speaker in row["voices"]:
        found.append((speaker["start"], speaker["end"], "voice"))
        if speaker["cue"]:
            found.append((speaker["cue"]["start"], speaker["cue"]["end"], "cue"))
    found += [(m["start"], m["end"], "distancing") for m in row["distancing"]]
    if "start" in row["date_basis"]:
        found.append((row["date_basis"]["start"], row["date_basis"]["end"], "date"))
    return sorted(set(found))


def layers(marks: list[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """Cut ``start:end`` into stretches, each with the kinds of marks that cover it."""
    edges = sorted({start, end, *(e for m in marks for e in m[:2] if start < e < end)})
    cut = []
    for first, last in itertools.pairwise(edges):
        kinds = tuple(sorted({k for s, e, k in marks if s <= first and last <= e}))
        cut.append((first, last, kinds))
    return cut
