"""Put outlets side by side: the wording of an event or a story, or how an actor is named and quoted.

:func:`compare_event`, :func:`compare_story` and :func:`compare_actor` return one JSON object each
(``record`` ``comparison``); ``docs/linking.md`` explains its fields. The windows show it and compute nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.gazetteer import gazetteer
from dateline.lexicon import lexicon
from dateline.link import wording, words
from dateline.link.reading import Reading
from dateline.records import Span, span_json

Json = dict[str, Any]

DISTANT = 2  # how strongly a word of distance judges
ARTICLES = frozenset("the a an its their his her our this that these those some two three four five".split())


@dataclass(frozen=True, slots=True)
class Dossier:
    """A report to be compared, with all its records (rows of the contract)."""

    reading: Reading
    rows: tuple[Json, ...]

    def of_kind(self, kind: str) -> list[Json]:
        """Return the rows of one kind."""
        return [row for row in self.rows if row["record"] == kind]

    @property
    def labels(self) -> list[wording.Label]:
        """Return where the report names actors."""
        return [
            wording.Label(r["start"], r["end"], r["actor"]["code"], r["loaded"])
            for r in self.of_kind("label")
        ]


def compare_story(story: Json, dossiers: Mapping[str, Dossier]) -> Json:
    """Compare all reports of a story row; ``dossiers`` holds them by id."""
    members = [dossiers[row["id"]] for row in story["reports"]]
    chains = {row["id"]: row["chain"] for row in story["reports"]}
    subject = {"kind": "story", "id": story["id"], "title": story["title"]}
    return _comparison(subject, story["reports"], members, chains, None)


def compare_event(event: Json, story: Json | None, dossiers: Mapping[str, Dossier]) -> Json:
    """Compare the sentences in which the mentions of an event row stand."""
    ids = list(dict.fromkeys(m["report"] for m in event["mentions"]))
    told = {m["report"]: set[int]() for m in event["mentions"]}
    for mention in event["mentions"]:
        told[mention["report"]].add(mention["start"])
    rows = {row["id"]: row for row in (story["reports"] if story else ())}
    members = sorted((dossiers[i] for i in ids), key=lambda d: (d.reading.moment, d.reading.id))
    facts = [rows.get(d.reading.id) or _facts(d.reading) for d in members]
    chains = {row["id"]: row["chain"] for row in facts}
    title = " ".join([event["event"], *event["mode"]])
    subject = {"kind": "event", "id": event["id"], "title": title, "event": event}
    return _comparison(subject, facts, members, chains, told)


def compare_actor(name: str, dossiers: Iterable[Dossier]) -> Json:
    """Compare how outlets name and quote an actor, given by a code (``IRN``, ``IRN GOV``) or a name."""
    chosen = [d for d in dossiers if _named(d, name)]
    members = sorted(chosen, key=lambda d: (d.reading.moment, d.reading.id))
    subject = {"kind": "actor", "id": name, "title": name}
    return {
        "record": "comparison",
        "subject": subject,
        "reports": [_facts(d.reading) for d in members],
        "base": None,
        "aligned": [],
        "only_in": [],
        "versions": [],
        "labels": [row for row in labels(members) if _is(row, name)],
        "quoted": [row for row in quoted(members) if _is(row, name)],
        "roles": roles(members, name),
    }


def _comparison(
    subject: Json, facts: Sequence[Json], members: Sequence[Dossier], chains: Mapping[str, list[str]],
    told: Mapping[str, set[int]] | None,
) -> Json:  # fmt: skip
    by_id = {d.reading.id: d for d in members}
    base = _base(members, chains)
    aligned: list[Json] = []
    only_in: list[Json] = []
    for member in members:
        if member is base or not member.reading.current:
            continue
        found = against_several(_against(member, base, chains, by_id), member, told)
        aligned += found[0]
        only_in += found[1]
    current = [d for d in members if d.reading.current]
    return {
        "record": "comparison",
        "subject": subject,
        "reports": list(facts),
        "base": base.reading.id,
        "aligned": aligned,
        "only_in": only_in,
        "versions": versions(members),
        "labels": labels(current),
        "quoted": quoted(current),
        "roles": [],
    }


def _base(members: Sequence[Dossier], chains: Mapping[str, list[str]]) -> Dossier:
    """Return the report from which most others take text, else the earliest; versions count together."""
    article = {d.reading.id: d.reading.same_as or d.reading.id for d in members}
    taken: dict[str, int] = defaultdict(int)
    for chain in chains.values():
        for source in chain[-1:]:
            taken[article.get(source, source)] += 1
    first: dict[str, str] = {}
    for member in sorted(members, key=lambda d: (d.reading.moment, d.reading.id)):
        first.setdefault(article[member.reading.id], member.reading.moment)
    current = [d for d in members if d.reading.current] or list(members)
    names = {d.reading.id: article[d.reading.id] for d in current}
    return min(current, key=lambda d: (-taken[names[d.reading.id]], first[names[d.reading.id]], d.reading.id))


def _against(
    member: Dossier, base: Dossier, chains: Mapping[str, list[str]], by_id: Mapping[str, Dossier]
) -> list[Dossier]:
    """Return what a report is compared with: the sources of a copy, nearest first, and the common base."""
    sources = [by_id[s] for s in chains.get(member.reading.id, ()) if s in by_id and s != member.reading.id]
    return sources if base in sources else [*sources, base]


def against_several(
    bases: Sequence[Dossier], ours: Dossier, told: Mapping[str, set[int]] | None = None
) -> tuple[list[Json], list[Json]]:
    """Compare a report with the first of several reports, what has no partner there with the next, and so on.

    Return the aligned sentences with their changes, and our sentences without partner. ``told`` says with
    which sentences of each report (by start) alone; None: with all.
    """
    aligned: list[Json] = []
    alone = _chosen(ours.reading, told)
    for base in bases:
        first = _chosen(base.reading, told)
        pairs = wording.align(first, alone, (base.reading.title, ours.reading.title))
        aligned += [_pair(base, ours, first[i], alone[j], score) for i, j, score in pairs]
        partnered = {j for _, j, _ in pairs}
        alone = [span for j, span in enumerate(alone) if j not in partnered]
    rows = [
        {"outlet": ours.reading.outlet, "report": ours.reading.id, **(span_json(span) or {})}
        for span in alone
    ]
    return sorted(aligned, key=lambda row: row["ours"]["start"]), rows


def _chosen(reading: Reading, told: Mapping[str, set[int]] | None) -> list[Span]:
    chosen = None if told is None else told.get(reading.id, set())
    return [wording.without_dateline(s) for s in reading.sentences if chosen is None or s.start in chosen]


def _pair(base: Dossier, ours: Dossier, first: Span, second: Span, score: float) -> Json:
    found = wording.edits(first, second, (base.labels, ours.labels))
    return {
        "outlet": ours.reading.outlet,
        "report": ours.reading.id,
        "against": base.reading.outlet,
        "against_report": base.reading.id,
        "likeness": round(score, 3),
        "base": span_json(first),
        "ours": span_json(second),
        "edits": [
            {"kinds": list(e.kinds), "base": span_json(e.base), "ours": span_json(e.ours)} for e in found
        ],
    }


def versions(members: Sequence[Dossier]) -> list[Json]:
    """Return what each corrected version changed against the one it supersedes."""
    by_id = {d.reading.id: d for d in members}
    found = []
    for member in members:
        earlier = by_id.get(member.reading.supersedes or "")
        if earlier is None:
            continue
        aligned, added = against_several([earlier], member)
        partnered = {row["base"]["start"] for row in aligned}
        dropped = [span_json(s) for s in earlier.reading.sentences if s.start not in partnered]
        found.append({
            "outlet": member.reading.outlet,
            "report": member.reading.id,
            "supersedes": earlier.reading.id,
            "published": member.reading.published,
            "changed": [row for row in aligned if row["edits"]],
            "added": added,
            "dropped": dropped,
        })  # fmt: skip
    return found


# -- names and voices -------------------------------------------------------------------------------------


def labels(members: Sequence[Dossier]) -> list[Json]:
    """Return, per actor, the words by which each outlet names it, with how loaded they are (0 to 3)."""
    actors: dict[tuple[str, str, str], dict[str, dict[str, Json]]] = {}
    for member in members:
        for row in member.of_kind("label"):
            actor = row["actor"]
            key = (actor["code"] or "", actor["sector"] or "", called(actor))
            text = " ".join(row["text"].split())
            of_outlet = actors.setdefault(key, {}).setdefault(member.reading.outlet, {})
            entry = of_outlet.setdefault(
                text, {"text": text, "count": 0, "loaded": strength(row) > 0, "strength": strength(row)}
            )
            entry["count"] += 1
    return [
        {
            "code": code or None,
            "sector": sector or None,
            "name": name,
            "outlets": [
                {"outlet": outlet, "names": sorted(n.values(), key=lambda e: (-e["count"], e["text"]))}
                for outlet, n in sorted(outlets.items())
            ],
        }
        for (code, sector, name), outlets in sorted(actors.items())
    ]


def called(actor: Json) -> str:
    """Return the name under which an actor's labels are gathered.

    Who has a name of their own keeps it; a common noun ("the regime", "a spokesman") goes to its state.
    """
    name: str = actor["identifier_text"]
    first = name.split()[0] if name.split() else name
    state = gazetteer().states.get(actor["code"] or "")
    own = name in canonical_names() or (first[:1].isupper() and first.casefold() not in ARTICLES)
    return name if own or state is None else state.name


@cache
def _distance() -> re.Pattern[str]:
    found = sorted((p for p in lexicon().distancing if p != "claimed"), key=lambda p: (-len(p), p))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\b")


@cache
def canonical_names() -> frozenset[str]:
    """Return the names of everything that the actor tables hold."""
    return frozenset(entry.name for entries in gazetteer().names.values() for entry in entries)


def strength(row: Json) -> int:
    """Return how strongly a label judges, by the table of loaded words: 0 (not at all) to 3.

    A word of distance in it ("the *so-called* minister") judges as well.
    """
    text = words.fold(row["text"])
    if not row["loaded"]:
        return DISTANT if _distance().search(text) else 0
    held = [words.fold(w.text) for w in words.words(row["text"])] + [text]
    table = lexicon().loaded
    singular = [word.removesuffix("s") for word in held]
    return max((table[word].strength for word in (*held, *singular) if word in table), default=1)


def quoted(members: Sequence[Dossier]) -> list[Json]:
    """Return who is quoted how much by which outlet: attributions and words, direct and in all."""
    found: dict[tuple[str, str, str], dict[str, Json]] = {}
    for member in members:
        for row in member.of_kind("attribution"):
            voice = row["voice"]
            if voice is None:
                continue
            key = (voice["code"] or "", voice["sector"] or "", voice["name"])
            entry = found.setdefault(key, {}).setdefault(
                member.reading.outlet,
                {"outlet": member.reading.outlet, "attributions": 0, "words": 0, "direct_words": 0},
            )
            count = sum(1 for span in row["content"] for _ in words.words(span["text"]))
            entry["attributions"] += 1
            entry["words"] += count
            entry["direct_words"] += count if row["quotation"] == "direct" else 0
    return [
        {"code": code or None, "sector": sector or None, "name": name,
         "outlets": [outlets[outlet] for outlet in sorted(outlets)]}
        for (code, sector, name), outlets in sorted(found.items())
    ]  # fmt: skip


def roles(members: Sequence[Dossier], name: str) -> list[Json]:
    """Return in how many mentions each outlet has an actor act or suffer, by event type."""
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for member in members:
        for row in member.of_kind("mention"):
            for role in ("actor", "recipient"):
                if any(_is({**p, "name": p["identifier_text"]}, name) for p in row[role]):
                    counts[member.reading.outlet, role, row["event"]] += 1
    return [
        {"outlet": outlet, "role": role, "event": event, "mentions": count}
        for (outlet, role, event), count in sorted(counts.items())
    ]


def _is(row: Json, name: str) -> bool:
    """Tell whether a code with or without sector, or a name, means the actor of a row."""
    codes = {row["code"], " ".join(filter(None, (row["code"], row["sector"])))}
    return name in codes or words.fold(name) == words.fold(row["name"])


def _named(dossier: Dossier, name: str) -> bool:
    return any(
        _is({**row["actor"], "name": row["actor"]["identifier_text"]}, name)
        for row in dossier.of_kind("label")
    )


def _facts(reading: Reading) -> Json:
    return {
        "id": reading.id,
        "outlet": reading.outlet,
        "published": reading.published,
        "title": reading.title,
        "origin": reading.outlet,
        "share": 0.0,
        "chain": [],
        "current_version": reading.current,
        "supersedes": reading.supersedes,
        "why": [],
    }
