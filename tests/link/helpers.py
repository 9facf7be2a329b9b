"""Small reports and mention rows for the tests of linking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline.link.reading import Reading, reading
from dateline.ontology import ontology
from dateline.records import content_hash

Json = dict[str, Any]
CASES = Path(__file__).parent.parent / "cases" / "link"


def cases(name: str) -> list[list[str]]:
    """Read a case table: cells parted by bars, comments and empty lines left out."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line.strip() and line[0] != "#"]


def report(outlet: str, text: str, published: str = "2024-03-14T10:00", title: str = "", **more: Any) -> Json:
    """Return the facts of a report as the contract gives them."""
    return {
        "id": content_hash(outlet, published, text), "source_id": None, "path": None, "url": None,
        "outlet": outlet, "title": title, "published": published, "language": "en", "text": text, **more,
    }  # fmt: skip


def mention(of: Json, trigger: str, event: str, actor: str = "", recipient: str = "", **more: Any) -> Json:
    """Return a mention row whose trigger is the first place of a word in the report's text."""
    text = of["text"]
    start = text.index(trigger)
    first = max(text.rfind(". ", 0, start) + 2, text.rfind("\n", 0, start) + 1, 0)
    end = text.find(".", start) + 1 or len(text)
    return {
        "record": "mention", "id": content_hash("mention", of["id"], start, event), "report": of,
        "sentence": {"start": first, "end": end, "text": text[first:end]},
        "trigger": {"start": start, "end": start + len(trigger), "text": trigger},
        "event": event, "mode": [], "quad_code": ontology().type(event).quad,
        "actor": [party(code) for code in actor.split()],
        "recipient": [party(code) for code in recipient.split()],
        "date": None, "date_basis": {"kind": "text" if more.get("date") else "none"}, "event_loc": None,
        "voices": [], "realis": "actual", "time": "current", "why": [], **more,
    }  # fmt: skip


def party(code: str) -> Json:
    return {"code": code, "sector": "GOV", "identifier_text": code}


def voice(code: str, name: str, stance: str = "asserts") -> Json:
    return {"code": code, "sector": "GOV", "name": name, "stance": stance}


def item(of: Json, *mentions: Json) -> tuple[Reading, list[Json]]:
    """Return what :func:`dateline.link.link` is given for one report."""
    return reading(of, of["text"], mentions), list(mentions)
