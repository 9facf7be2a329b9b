"""An attributed gold article (``dateline-gold/1``): the whole record of one report.

DATA is the JSON file; the article stands beside it under the name the file gives. An expected event
is found when type (or an accepted one), actor codes and recipient codes agree and the trigger lies in
the anchor; voice, realis, time and date are scored on the found ones; "never" rules are counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from dateline import contract, errors, extract, ingest
from dateline.evaluate.result import Result
from dateline.records import Coded, Report

Json = dict[str, Any]


def load(path: Path) -> tuple[Json, Report]:
    """Read the gold file and its article; raise EvaluationError if either is not as described."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        article = path.parent / gold["article"]
        gold["events"], gold["never"], gold["attributions"]
    except (OSError, ValueError) as error:
        raise errors.EvaluationError(f"{path}: {error}") from None
    except (KeyError, TypeError) as error:
        raise errors.EvaluationError(f"{path}: not a dateline-gold file, no {error}") from None
    for item in ingest.read([article]):
        if isinstance(item, Report):
            return gold, item
        raise errors.EvaluationError(f"{article}: {item.reason}")
    raise errors.EvaluationError(f"{article}: holds no report")


def evaluate(path: Path) -> Result:
    """Code the article and score it."""
    gold, report = load(path)
    coded = extract.code(report)
    rows = contract.rows(coded, "all")
    mentions = [row for row in rows if row["record"] == "mention"]
    pairs = match(gold["events"], mentions, report.text)
    scores = _event_scores(gold, pairs, mentions)
    scores |= _attribution_scores(gold, rows, report.text)
    broken = list(violations(gold["never"], mentions, report.text))
    scores["violations of never rules"] = float(len(broken))
    notes = _missed(gold, pairs) + tuple(f"violation: {b}" for b in broken) + _wrong(pairs)
    return Result("seed", scores, (), tuple(rows), notes + _extra(pairs, mentions) + _header(gold, coded))


# -- events -------------------------------------------------------------------------------------------------


def match(events: Iterable[Json], mentions: list[Json], text: str) -> list[tuple[Json, Json]]:
    """Pair each expected event with at most one mention; exact triggers are paired first."""
    candidates = []
    for number, event in enumerate(events):
        start = text.find(event["anchor"])
        for place, mention in enumerate(mentions):
            if _agrees(event, mention, start, start + len(event["anchor"])):
                candidates.append((-_fitness(event, mention), number, place, event, mention))
    taken_events: set[int] = set()
    taken_mentions: set[int] = set()
    pairs = []
    for _, number, place, event, mention in sorted(candidates, key=lambda c: c[:3]):
        if number not in taken_events and place not in taken_mentions:
            taken_events.add(number)
            taken_mentions.add(place)
            pairs.append((event, mention))
    return sorted(pairs, key=lambda pair: pair[0]["id"])


def _agrees(event: Json, mention: Json, start: int, end: int) -> bool:
    if start < 0 or not start <= mention["trigger"]["start"] < end:
        return False
    if mention["event"] not in (event["event"], *event.get("accept_event", ())):
        return False
    return all(_codes(event[role]) == _codes(mention[role]) for role in ("actor", "recipient"))


def _codes(parties: Iterable[Json]) -> set[str]:
    return {str(p["code"]) for p in parties}


def _fitness(event: Json, mention: Json) -> int:
    same_type = 2 * int(mention["event"] == event["event"])
    return same_type + int(mention["trigger"]["text"] == event.get("trigger"))


def _event_scores(gold: Json, pairs: list[tuple[Json, Json]], mentions: list[Json]) -> dict[str, float]:
    required = [e for e in gold["events"] if e["required"]]
    found = {e["id"] for e, _ in pairs}
    dated = [(e, m) for e, m in pairs if e.get("date")]
    return {
        "required events": float(len(required)),
        "required events found": float(sum(e["id"] in found for e in required)),
        "events found": float(len(pairs)),
        "mentions written": float(len(mentions)),
        "mentions that match no event": 1 - len(pairs) / len(mentions) if mentions else 0.0,
        "voice right on found": _share(voice_right(e["voice"], m["voices"]) for e, m in pairs),
        "realis right on found": _share(e["realis"] == m["realis"] for e, m in pairs),
        "time right on found": _share(e["time"] == m["time"] for e, m in pairs),
        "date right on dated": _share(e["date"] == m["date"] for e, m in dated),
    }


def _share(truths: Iterable[bool]) -> float:
    listed = list(truths)
    return sum(listed) / len(listed) if listed else 0.0


def voice_right(gold: Json, voices: list[Json]) -> bool:
    """Compare the innermost voice: the outlet, an unnamed source, or a source by code."""
    if gold["kind"] == "outlet":
        return not voices
    if not voices or voices[-1]["kind"] != gold["kind"]:
        return False
    return gold["kind"] == "anonymous" or bool(voices[-1]["code"] == gold["code"])


# -- never rules ---------------------------------------------------------------------------------------------

Rule = Callable[[re.Match[str], Json], bool]

# The prose of the rules, read as conditions that a mention in the anchor may not meet.
RULES: tuple[tuple[str, Rule], ...] = (
    (
        r"no actual event with actor (\w{3})",
        lambda m, r: r["realis"] == "actual" and m[1] in _codes(r["actor"]),
    ),
    (r"no event .*?dated (\d{4})", lambda m, r: (r["date"] or "").startswith(m[1])),
    (r"marked current", lambda m, r: bool(r["time"] == "current")),
    (
        r"no actual (?:\(un-negated\) )?([A-Z]{4,})(?: by| of) (\w{3})",
        lambda m, r: r["realis"] == "actual" and r["event"] == m[1] and m[2] in _codes(r["actor"]),
    ),
    (r"nothing asserted by the outlet itself", lambda m, r: not r["voices"]),
    (
        r"the (\w+) by .*? may not be recorded as asserted by the outlet",
        lambda m, r: r["trigger"]["text"] == m[1] and not r["voices"],
    ),
)


def violations(never: Iterable[Json], mentions: list[Json], text: str) -> Iterable[str]:
    """Yield one line per mention that a rule forbids."""
    for rule in never:
        start = text.find(rule["anchor"])
        inside = [m for m in mentions if start <= m["trigger"]["start"] < start + len(rule["anchor"])]
        for pattern, forbids in RULES:
            found = re.search(pattern, rule["why"])
            for mention in inside if found else ():
                if found and forbids(found, mention):
                    yield f"{mention['trigger']['text']} {mention['event']}: {rule['why']}"


# -- attributions --------------------------------------------------------------------------------------------


def _attribution_scores(gold: Json, rows: list[Json], text: str) -> dict[str, float]:
    ours = [row for row in rows if row["record"] == "attribution"]
    found = [_attribution(expected, ours, text) for expected in gold["attributions"]]
    return {
        "attributions": float(len(found)),
        "attributions found": float(sum(f is not None for f in found)),
        "attributions with the right source": float(
            sum(_right_source(e, f) for e, f in zip(gold["attributions"], found, strict=True))
        ),
    }


def _attribution(expected: Json, ours: list[Json], text: str) -> Json | None:
    """Find our attribution whose cue and content overlap the expected ones."""
    start = text.find(expected["content"])
    end = start + len(expected["content"])
    anchor = text.find(expected["anchor"])
    for row in ours:
        content = any(s["start"] < end and start < s["end"] for s in row["content"])
        cue = any(
            anchor <= s["start"] < anchor + len(expected["anchor"]) and _word_in(s["text"], expected["cue"])
            for s in row["cue"]
        )
        if content and cue:
            return row
    return None


def _word_in(ours: str, gold: str) -> bool:
    return bool(set(ours.split()) & set(gold.split()))


def _right_source(expected: Json, row: Json | None) -> bool:
    if row is None or row["voice"] is None:
        return False
    voice = row["voice"]
    if expected["code"] == "anonymous":
        return bool(voice["kind"] == "anonymous")
    return bool(voice["code"] == expected["code"].split()[0])


# -- notes ---------------------------------------------------------------------------------------------------


def _line(event: Json) -> str:
    codes = " → ".join(",".join(sorted(_codes(event[role]))) or "—" for role in ("actor", "recipient"))
    return f"{event['event']} {codes}"


def _missed(gold: Json, pairs: list[tuple[Json, Json]]) -> tuple[str, ...]:
    found = {event["id"] for event, _ in pairs}
    return tuple(
        f"missed {'required' if e['required'] else 'optional'} {e['id']} {e['trigger']}: {_line(e)}"
        for e in gold["events"]
        if e["id"] not in found
    )


def _wrong(pairs: list[tuple[Json, Json]]) -> tuple[str, ...]:
    notes = []
    for event, mention in pairs:
        for cell in ("realis", "time"):
            if event[cell] != mention[cell]:
                notes.append(f"{event['id']} {cell}: {mention[cell]}, expected {event[cell]}")
        if event.get("date") and event["date"] != mention["date"]:
            notes.append(f"{event['id']} date: {mention['date']}, expected {event['date']}")
        if not voice_right(event["voice"], mention["voices"]):
            notes.append(
                f"{event['id']} voice: {[v['name'] for v in mention['voices']]}, expected {event['voice']}"
            )
    return tuple(notes)


def _extra(pairs: list[tuple[Json, Json]], mentions: list[Json]) -> tuple[str, ...]:
    matched = {mention["id"] for _, mention in pairs}
    return tuple(
        f"no gold event for {m['trigger']['text']}: {_line(m)}" for m in mentions if m["id"] not in matched
    )


def _header(gold: Json, coded: Coded) -> tuple[str, ...]:
    meta, report = gold["meta"], coded.report
    ours = {
        "outlet": report.outlet,
        "outlet_id": report.source_id,
        "published": report.published,
        "title": report.title,
    }
    return tuple(
        f"header {k}: {v!r}, expected {meta[k]!r}" for k, v in ours.items() if k in meta and v != meta[k]
    )
