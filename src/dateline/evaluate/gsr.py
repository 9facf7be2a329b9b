"""PLOVER gold standard records (OEDA): whole records with actor codes, sectors and types.

Format: a JSON list of records with ``text``, ``event``, ``eventText`` and ``source`` and ``target``, each
a list of ``{actorText, code, sector}``; some are strings, empty or missing, which is read as not given.
Score: a record is found when a mention's trigger is a word of ``eventText``, or when its actor and
recipient share words with the record's; the cells are scored on the found ones. Codes and types are not
looked at when a mention is chosen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import contract, errors, extract
from dateline.evaluate.result import Result
from dateline.ontology import ontology
from dateline.records import Report

Json = dict[str, Any]

# The records follow PLOVER 0.5; these of its types have been merged or renamed since.
TYPES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
# Codes of the records that are no ISO 3166 codes, and what they stand for.
CODES = {"ITL": "ITA", "JAP": "JPN", "VTN": "VNM", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS"}
# The records know IGO only; ours tell the United Nations and the European Union apart.
ORGANIZATIONS = {"UNO": "IGO", "EUR": "IGO"}
PUBLISHED: tuple[tuple[str, dict[str, float]], ...] = ()

WORD = re.compile(r"\w+")
LITTLE_WORDS = frozenset(
    [
        *(
            "a",
            "an",
            "and",
            "at",
            "by",
            "for",
            "from",
            "if",
            "in",
            "of",
            "on",
            "off",
            "over",
            "the",
            "to",
            "up",
        ),
        *("with", "against", "has", "have", "been", "is", "are", "be", "was", "were", "will", "would", "may"),
        *("must", "s"),
    ]
)


@dataclass(frozen=True, slots=True)
class Party:
    """Who, as the record has it: words, code, the first three letters of the sector."""

    words: frozenset[str]
    code: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One gold record; a side is None where the record does not give it as a list."""

    id: str
    text: str
    event: str | None
    words: frozenset[str]
    source: tuple[Party, ...] | None
    target: tuple[Party, ...] | None


# -- reading ------------------------------------------------------------------------------------------------


def load(path: Path) -> list[Record]:
    """Read a file of records; raise EvaluationError if it is not one."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(raw, list):
            raise TypeError("list of records")
        return [_record(row) for row in raw]
    except (OSError, ValueError, RecursionError) as error:
        raise errors.EvaluationError(f"{path}: {error}") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise errors.EvaluationError(f"{path}: not PLOVER records, no {error}") from None


def _record(row: Json) -> Record:
    event = str(row["event"]) if row.get("event") else None
    words = words_of(str(row.get("eventText") or ""))
    sides = _parties(row.get("source")), _parties(row.get("target"))
    return Record(str(row["id"]), str(row["text"]), TYPES.get(event or "", event), words, *sides)


def _parties(side: object) -> tuple[Party, ...] | None:
    """Read one side; a string or nothing is a side that the record does not give."""
    if not isinstance(side, list):
        return None
    return tuple(_party(p) for p in side if isinstance(p, dict))


def _party(row: Json) -> Party:
    code, sector = row.get("code") or None, row.get("sector") or None
    plain = CODES.get(str(code), str(code)) if code else None
    return Party(words_of(str(row.get("actorText") or "")), plain, str(sector)[:3] if sector else None)


def words_of(text: str) -> frozenset[str]:
    """Return the words that carry meaning, in small letters."""
    return frozenset(w for w in WORD.findall(text.lower()) if w not in LITTLE_WORDS)


# -- predicting ---------------------------------------------------------------------------------------------


def predict(text: str) -> list[Json]:
    """Return the mentions of a sentence as contract rows."""
    report = Report(text=text, paragraphs=((0, len(text)),))
    return contract.rows(extract.code(report), "mentions")


def evaluate(path: Path) -> Result:
    """Code every text and score the mentions that meet a record."""
    records = load(path)
    rows = [{"row": n, "id": r.id, "mentions": predict(r.text)} for n, r in enumerate(records)]
    scores, notes = score(records, rows)
    return Result("gsr", scores, PUBLISHED, tuple(rows), notes)


# -- scoring ------------------------------------------------------------------------------------------------


def score(records: list[Record], rows: list[Json]) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return the share of records found, the share of each cell right on found, and what went wrong."""
    verdicts: list[dict[str, bool]] = []
    notes: list[str] = []
    scored = 0
    for record, row in zip(records, rows, strict=True):
        if record.event is None:
            continue  # blanked
        scored += 1
        mention = meeting(record, row["mentions"])
        if mention is None:
            notes.append(f"{record.id}: not found: {record.event} {sorted(record.words)} | {record.text}")
            continue
        cells = _cells(record, mention)
        verdicts.append(cells)
        wrong = ", ".join(cell for cell, ok in cells.items() if not ok)
        if wrong:
            notes.append(f"{record.id}: {wrong}: {_show(mention)} | {record.event} | {record.text}")
    return _scores(scored, verdicts), tuple(notes)


def _scores(scored: int, verdicts: list[dict[str, bool]]) -> dict[str, float]:
    found = {"records": float(scored), "found": len(verdicts) / scored if scored else 0.0}
    for cell in ("actor code", "recipient code", "both codes", "sector", "quad", "type", "whole record"):
        judged = [v[cell] for v in verdicts if cell in v]
        found[f"{cell} right on found"] = sum(judged) / len(judged) if judged else 0.0
    whole = sum(v["whole record"] for v in verdicts)
    return {**found, "whole record right on all": whole / scored if scored else 0.0}


def meeting(record: Record, mentions: Iterable[Json]) -> Json | None:
    """Return the mention that meets the record best, or None; codes and types are not compared."""
    ranked = [(*_fit(record, m), -n, m) for n, m in enumerate(mentions)]
    met = [r for r in ranked if r[0] or (r[1] and r[2])]
    return max(met, key=lambda r: (r[0] + r[1] + r[2], r[0], r[3]), default=(0, 0, 0, 0, None))[4]


def _fit(record: Record, mention: Json) -> tuple[int, int, int]:
    """Tell whether trigger, actor and recipient share words with the record's."""
    trigger = bool(words_of(mention["trigger"]["text"]) & record.words)
    sides = (
        any(words_of(p["entity_text"]) & g.words for p in mention[role] for g in gold or ())
        for role, gold in (("actor", record.source), ("recipient", record.target))
    )
    actor, recipient = sides
    return int(trigger), int(actor), int(recipient)


def _cells(record: Record, mention: Json) -> dict[str, bool]:
    cells: dict[str, bool] = {}
    sides = (("actor", record.source), ("recipient", record.target))
    for role, gold in sides:
        if gold is not None:
            cells[f"{role} code"] = _codes(mention[role]) == {str(p.code) for p in gold if p.code}
    known = [cells[f"{role} code"] for role, _ in sides if f"{role} code" in cells]
    cells["both codes"] = all(known)
    sectors = [_sector_right(gold, mention[role]) for role, gold in sides if _has_sector(gold)]
    if sectors:
        cells["sector"] = all(sectors)
    event = record.event or ""
    types = ontology().types
    if event in types:
        cells["quad"] = types[event].quad == mention["quad_code"]
    cells["type"] = event == mention["event"]
    cells["whole record"] = cells["type"] and cells["both codes"]
    return cells


def _codes(parties: Iterable[Json]) -> set[str]:
    codes = [str(p["code"]) for p in parties if p["code"]]
    return {ORGANIZATIONS.get(code, code) for code in codes}


def _has_sector(gold: tuple[Party, ...] | None) -> bool:
    return any(p.sector for p in gold or ())


def _sector_right(gold: tuple[Party, ...] | None, ours: Iterable[Json]) -> bool:
    """Compare sectors where the record names one (it leaves the state itself without)."""
    return {p.sector for p in gold or () if p.sector} <= {p["sector"] for p in ours}


def _show(mention: Json) -> str:
    sides = (",".join(f"{p['code']} {p['sector']}" for p in mention[r]) for r in ("actor", "recipient"))
    return f"{mention['trigger']['text']} {mention['event']} {' > '.join(sides)}"
