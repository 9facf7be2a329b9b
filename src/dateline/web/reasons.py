"""Why each cell of a mention has its value, in plain text; why a sentence has no mention."""

from __future__ import annotations

from typing import Any

from dateline.web import wording

Json = dict[str, Any]

# How the reasons begin that tell who the parties are.
OF_PARTIES = (
    "gazetteer", "role", "coreference", "belongs", "setting", "town", "domestic", "title", "apposition",
    "unresolved", "first", "weighed", "sector", "unsaid",
)  # fmt: skip


def explain(row: Json) -> str:
    """Explain a mention cell by cell, or an uncoded sentence; ends with a newline."""
    if row["record"] == "uncoded":
        return f"{row['sentence']['text']}\n  not coded: {row['reason']}\n"
    if row["record"] != "mention":
        return f"{row['record']} {row['id']}\n" + "".join(f"  {w}\n" for w in row["why"])
    lines = [wording.one_line(row), f"  id         {row['id']}", f"  sentence   {_place(row['sentence'])}"]
    lines += [f"  {cell:<10} {text}" for cell, text in _cells(row)]
    return "\n".join(lines) + "\n"


def _place(span: Json | None) -> str:
    return "—" if span is None else f"“{' '.join(span['text'].split())}” at {span['start']}:{span['end']}"


def _because(row: Json, *starts: str) -> str:
    found = [w for w in row["why"] if w.startswith(starts)]
    return f"  because {', '.join(found)}" if found else ""


def _cells(row: Json) -> list[tuple[str, str]]:
    cells = [
        ("event", f"{wording.act(row)} {_place(row['trigger'])}{_because(row, 'trigger', 'rule', 'merged')}")
    ]
    for role in ("actor", "recipient"):
        cells += [
            (role, f"{wording.code(a)} {a['identifier_text']} {_place({'text': a['entity_text'], **a})}")
            for a in row[role]
        ]
        if not row[role]:
            cells.append((role, "nobody is named"))
    cells.append(("parties", _because(row, *OF_PARTIES).strip() or "—"))
    cells.append(("voice", _voices(row)))
    cells.append(("realis", f"{row['realis']}{_because(row, 'realis')}"))
    basis = row["date_basis"]
    cells.append(
        (
            "date",
            f"{row['date'] or '—'}, basis {basis['kind']}{' ' + _place(basis) if 'start' in basis else ''}",
        )
    )
    cells.append(("time", f"{row['time']}{_because(row, 'time')}"))
    cells += [("distance", f"{m['kind']} {_place(m)}") for m in row["distancing"]]
    cells.append(("confidence", f"{row['confidence']}"))
    return cells


def _voices(row: Json) -> str:
    if not row["voices"]:
        return "the outlet itself: the trigger stands in no attribution"
    return "; then ".join(f"{wording.voice(v)} ({v['quotation']}, {_place(v['cue'])})" for v in row["voices"])
