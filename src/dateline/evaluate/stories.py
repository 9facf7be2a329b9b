"""Linking on self-written stories: event links, independent outlets, disputes, figures, wording, versions.

PATH is a story file or a folder of them (format: ``tests/cases/stories/README.md``). All reports are linked
as one collection, once with the mentions that dateline codes (``coded``), once with the gold mentions given
(``given``); the parts (``develop``, ``held-out`` …) are scored apart. Predictions: one row a gold mention,
``{"story", "report", "start", "given": event id, "coded": event id or null}``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import contract, extract, link
from dateline.evaluate import clustering, story_files
from dateline.evaluate.result import Result
from dateline.evaluate.story_files import Gold, Story
from dateline.link import compare
from dateline.link.linked import Linked
from dateline.link.reading import Reading, of_coded, reading, split
from dateline.ontology import ontology
from dateline.records import Report, content_hash
from dateline.store import identity

Json = dict[str, Any]
Key = tuple[str, int]  # a gold mention: its report's id and the start of its trigger


@dataclass(frozen=True, slots=True)
class Run:
    """One way of linking the stories: the result, the reports, and the event of each gold mention."""

    linked: Linked
    dossiers: dict[str, compare.Dossier]
    event_of: dict[Key, str]


def evaluate(path: Path) -> Result:
    """Link the stories in both ways and score them part by part."""
    stories = story_files.read(path)
    runs = {"coded": coded(stories), "given": given(stories)}
    scores: dict[str, float] = {}
    notes: list[str] = []
    for part in sorted({story.part for story in stories}):
        chosen = [story for story in stories if story.part == part]
        for name, run in runs.items():
            for key, value in score(chosen, run, notes if name == "coded" else []).items():
                scores[f"{part}_{name}_{key}"] = value
    rows = [
        {"story": story.id, "report": report.id, "start": gold.start, "gold": gold.event,
         **{name: run.event_of.get((report.id, gold.start)) for name, run in runs.items()}}
        for story in stories
        for report, marked in zip(story.reports, story.mentions, strict=True)
        for gold in marked
    ]  # fmt: skip
    return Result("stories", scores, (), tuple(rows), tuple(notes))


# -- the two ways ---------------------------------------------------------------------------------------


def coded(stories: Sequence[Story]) -> Run:
    """Link what dateline codes; a gold mention is found where a mention's trigger overlaps it."""
    reports = [report for story in stories for report in story.reports]
    items = [
        (_versioned(one, reports), rows)
        for one, rows in of_coded([extract.code(report) for report in reports])
    ]
    linked = link.link(items)
    triggers = [
        (row["report"]["id"], row["trigger"]["start"], row["trigger"]["end"], row["id"], row["event"])
        for _, rows in items
        for row in rows
        if row["record"] == "mention"
    ]
    event_of_mention = {m["id"]: e["id"] for e in linked.events for m in e["mentions"]}
    found: dict[Key, str] = {}
    for report, gold in _marks(stories):
        hits = [t for t in triggers if t[0] == report.id and t[1] < gold.end and gold.start < t[2]]
        if hits:
            best = min(hits, key=lambda t: (t[4] != gold.type.split("/")[0], t[1], t[3]))
            found[report.id, gold.start] = event_of_mention[best[3]]
    return Run(linked, {r.id: compare.Dossier(r, tuple(rows)) for r, rows in items}, found)


def given(stories: Sequence[Story]) -> Run:
    """Link the gold mentions, each with what its own sentence says."""
    reports = [report for story in stories for report in story.reports]
    marked = {r.id: m for story in stories for r, m in zip(story.reports, story.mentions, strict=True)}
    items = [(_versioned(*_plain(report), reports), _rows(report, marked[report.id])) for report in reports]
    linked = link.link(items)
    event_of_mention = {m["id"]: e["id"] for e in linked.events for m in e["mentions"]}
    found = {
        (report.id, gold.start): event_of_mention[_mention_id(report, gold)]
        for report, gold in _marks(stories)
    }
    return Run(linked, {r.id: compare.Dossier(r, tuple(rows)) for r, rows in items}, found)


def _plain(report: Report) -> tuple[Reading]:
    return (reading(contract.report_json(report), report.text, ()),)


def _versioned(one: Reading, reports: Sequence[Report]) -> Reading:
    """Say which article a reading is a version of, and whether a later one supersedes it."""
    names = {r.id: identity(r) for r in reports}
    same = sorted((r.published or "", r.id) for r in reports if names[r.id] == names[one.id])
    place = [name for _, name in same].index(one.id)
    return Reading(
        one.id, one.outlet, one.title, one.published, one.text, one.sentences, one.url, names[one.id],
        same[place - 1][1] if place else None, place == len(same) - 1,
    )  # fmt: skip


def _marks(stories: Sequence[Story]) -> Iterator[tuple[Report, Gold]]:
    for story in stories:
        for report, marked in zip(story.reports, story.mentions, strict=True):
            for gold in marked:
                yield report, gold


def _mention_id(report: Report, gold: Gold) -> str:
    return content_hash("gold", report.id, gold.start)


def _rows(report: Report, marked: Sequence[Gold]) -> list[Json]:
    sentences = list(split(report.text))
    return [_row(report, gold, sentences) for gold in marked]


def _row(report: Report, gold: Gold, sentences: Sequence[Any]) -> Json:
    """Return a gold mention as a row of the contract, with the keys that linking reads."""
    sentence = next(s for s in sentences if s.start <= gold.start < s.end)
    kind, _, mode = gold.type.partition("/")
    voices = [_voice(gold.voice)] if gold.voice else []
    return {
        "record": "mention",
        "id": _mention_id(report, gold),
        "report": contract.report_json(report),
        "sentence": {"start": sentence.start, "end": sentence.end, "text": sentence.text},
        "trigger": {"start": gold.start, "end": gold.end, "text": report.text[gold.start : gold.end]},
        "event": kind,
        "mode": [mode] if mode else [],
        "quad_code": ontology().type(kind).quad,
        "actor": [_party(code) for code in gold.actor],
        "recipient": [_party(code) for code in gold.recipient],
        "date": gold.date,
        "date_basis": {"kind": "text" if gold.date else "none"},
        "event_loc": None,
        "voices": voices,
        "realis": gold.realis,
        "time": "current",
        "why": [],
    }


def _party(text: str) -> Json:
    code, _, sector = text.partition(".")
    return {"code": code, "sector": sector or None, "identifier_text": text}


def _voice(text: str) -> Json:
    return {**_party(text), "name": text, "stance": "asserts"}


# -- scores ---------------------------------------------------------------------------------------------


def score(stories: Sequence[Story], run: Run, notes: list[str]) -> dict[str, float]:
    """Return the scores of one way on some stories; what was missed goes to ``notes``."""
    gold = {
        (report.id, g.start): f"{story.id}/{g.event}"
        for story in stories
        for report, marked in zip(story.reports, story.mentions, strict=True)
        for g in marked
    }
    links = _links(gold, run.event_of)
    events = {e["id"]: e for e in run.linked.events}
    main = _main_events(gold, run.event_of)
    found = {
        "mentions_found": sum(key in run.event_of for key in gold) / len(gold),
        "link_precision": links.precision,
        "link_recall": links.recall,
        "link_f1": links.f1,
        "link_f1_of_found": _links({k: v for k, v in gold.items() if k in run.event_of}, run.event_of).f1,
    }
    found |= _independent(stories, main, events, notes)
    found |= _disputes(stories, main, events, notes)
    found |= _figures(stories, main, events, notes)
    found |= _wording(stories, run, notes)
    return found | _loaded(stories, run, notes)


def _links(gold: dict[Key, str], ours: dict[Key, str]) -> clustering.Score:
    """Score pairs of gold mentions; a mention that was not found is a cluster of its own."""
    wanted = clustering.clusters_of(gold.items())
    given = clustering.clusters_of((key, ours.get(key, key)) for key in gold)
    return clustering.pairs(wanted, given)


def _main_events(gold: dict[Key, str], ours: dict[Key, str]) -> dict[str, str]:
    """Return for each gold event the linked event that holds most of its mentions."""
    counts: dict[str, Counter[str]] = {}
    for key, name in gold.items():
        if key in ours:
            counts.setdefault(name, Counter())[ours[key]] += 1
    return {name: min(c, key=lambda e: (-c[e], e)) for name, c in counts.items()}


def _independent(
    stories: Sequence[Story], main: dict[str, str], events: dict[str, Json], notes: list[str]
) -> dict[str, float]:
    right, total = 0, 0
    for story in stories:
        for name, wanted in story.gold["independent"].items():
            event = events.get(main.get(f"{story.id}/{name}", ""))
            counted = event["independent_outlets"] if event else 0
            total += 1
            right += counted == wanted
            if counted != wanted:
                notes.append(f"{story.id}/{name}: {counted} independent outlets, not {wanted}")
    return {"independent": right / total if total else 0.0}


def _disputes(
    stories: Sequence[Story], main: dict[str, str], events: dict[str, Json], notes: list[str]
) -> dict[str, float]:
    wanted = {f"{story.id}/{name}" for story in stories for name in story.gold["disputed"]}
    names = {story.id for story in stories}
    found = {n for n, e in main.items() if n.split("/")[0] in names and events[e]["disputed"]}
    notes += [f"{name}: dispute missed" for name in sorted(wanted - found)]
    notes += [f"{name}: disputed by mistake" for name in sorted(found - wanted)]
    return {
        "dispute_recall": len(wanted & found) / len(wanted) if wanted else 0.0,
        "dispute_precision": len(wanted & found) / len(found) if found else 0.0,
    }


def _figures(
    stories: Sequence[Story], main: dict[str, str], events: dict[str, Json], notes: list[str]
) -> dict[str, float]:
    right, total = 0, 0
    for story in stories:
        for row in story.gold.get("figures", ()):
            event = events.get(main.get(f"{story.id}/{row['event']}", ""), {"figures": []})
            found = [f for f in event["figures"] if f["what"] == row["what"]]
            given = {(v["outlet"], v["said"]) for f in found for v in f["values"]}
            conflict = any(f["conflict"] for f in found)
            missed = [pair for pair in row["values"].items() if pair not in given]
            total += 1
            right += not missed and conflict == row["conflict"]
            if missed or conflict != row["conflict"]:
                notes.append(
                    f"{story.id}/{row['event']}: {row['what']}: missed {missed}, conflict {conflict}"
                )
    return {"figures": right / total if total else 0.0}


def _wording(stories: Sequence[Story], run: Run, notes: list[str]) -> dict[str, float]:
    """Score planted wording changes and corrections: shown in the comparison of the report's story."""
    shown = {"wording": 0, "corrections": 0}
    wanted = {"wording": 0, "corrections": 0}
    for story in stories:
        seen = _compared(story, run)
        edits = [(row["outlet"], edit) for one in seen for row in one["aligned"] for edit in row["edits"]]
        changed = [
            (version["outlet"], edit)
            for one in seen for version in one["versions"]
            for row in version["changed"] for edit in row["edits"]
        ]  # fmt: skip
        for row in story.gold.get("wording", ()):
            hit = any(_planted(row, outlet, edit) for outlet, edit in [*edits, *changed])
            wanted["wording"] += 1
            shown["wording"] += hit
            if not hit:
                notes.append(f"{story.id}: {row['outlet']}: {row['kind']} {row['words']!r} not shown")
        for row in story.gold.get("corrections", ()):
            hit = any(
                outlet == row["outlet"] and _within(edit["base"]["text"], row["before"])
                and _within(edit["ours"]["text"], row["after"]) for outlet, edit in changed
            )  # fmt: skip
            wanted["corrections"] += 1
            shown["corrections"] += hit
            if not hit:
                notes.append(f"{story.id}: {row['outlet']}: correction to {row['after']!r} not shown")
    return {key: shown[key] / wanted[key] for key in wanted if wanted[key]}


def _loaded(stories: Sequence[Story], run: Run, notes: list[str]) -> dict[str, float]:
    """Score which names of actors are marked as loaded, against those that judge; nothing without labels."""
    wanted = {(story.id, *pair) for story in stories for pair in story.gold.get("loaded", ())}
    right: set[tuple[str, str, str]] = set()
    marked = wrong = 0
    for story in stories:
        for dossier in (run.dossiers[report.id] for report in story.reports):
            for row in (row for row in dossier.of_kind("label") if compare.strength(row)):
                here = (story.id, dossier.reading.outlet)
                hits = {w for w in wanted if w[:2] == here and w[2] in row["text"]}
                right |= hits
                marked += 1
                if not hits:
                    wrong += 1
                    notes.append(f"{story.id}: {dossier.reading.outlet}: {row['text']!r} marked as loaded")
    if not any(d.of_kind("label") for d in run.dossiers.values()):
        return {}
    notes += [f"{story}: {outlet}: loaded {text!r} missed" for story, outlet, text in sorted(wanted - right)]
    return {
        "loaded_recall": len(right) / len(wanted) if wanted else 0.0,
        "loaded_precision": (marked - wrong) / marked if marked else 0.0,
    }


def _compared(story: Story, run: Run) -> list[Json]:
    ids = {report.id for report in story.reports}
    chosen = [row for row in run.linked.stories if ids & {r["id"] for r in row["reports"]}]
    return [compare.compare_story(row, run.dossiers) for row in chosen]


def _planted(row: Json, outlet: str, edit: Json) -> bool:
    """Tell whether an edit shows a planted change: its kind, and its words on either side."""
    words = row["words"].casefold()
    sides = (edit["base"]["text"].casefold(), edit["ours"]["text"].casefold())
    return outlet == row["outlet"] and row["kind"] in edit["kinds"] and any(words in side for side in sides)


def _within(edited: str, planted: str) -> bool:
    """Tell whether the words of an edit and those planted cover each other's core."""
    one, other = edited.casefold().split(), planted.casefold().split()
    return bool(one) and (set(one) <= set(other) or set(other) <= set(one))
