"""Put together what was found: events and stories with their counts, disputes and figures.

What users receive are rows (:meth:`Linked.rows`, JSON objects with ``record`` ``event``, ``story`` or
``copy``) and flat tables (:meth:`Linked.tables`, for DataFrames); ``docs/linking.md`` explains every field.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.link import copies, figures, signals, stories
from dateline.link.copies import Copy, Fingerprint
from dateline.link.events import EventLink, Evidence
from dateline.link.origins import WHOLE, Origin, Taken
from dateline.link.reading import Reading
from dateline.link.statements import Party, Statement
from dateline.link.stories import StoryLink, Vector
from dateline.records import content_hash

Json = dict[str, Any]
RESEMBLES = 0.35  # share of a sentence's weight below which a reprint has it from elsewhere
Shared = dict[tuple[int, int], frozenset[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was found, by numbers of reports and statements.

    ``denying`` are the sentences (report and start) in which something is denied.
    """

    readings: list[Reading]
    statements: list[Statement]
    vectors: list[Vector]
    origins: list[Origin]
    copies: list[Copy]
    story_links: list[StoryLink]
    stories: list[list[int]]
    evidence: Evidence
    event_links: list[EventLink]
    events: list[list[int]]
    denying: frozenset[tuple[int, int | None]] = frozenset()


@dataclass(frozen=True, slots=True)
class Linked:
    """The result of linking: rows of stories, events and copies, each in the order of their ids."""

    stories: tuple[Json, ...]
    events: tuple[Json, ...]
    copies: tuple[Json, ...]

    def rows(self) -> Iterable[Json]:
        """Return all rows: stories, then events, then copies."""
        return (*self.stories, *self.events, *self.copies)

    def event_of(self, mention: str) -> str | None:
        """Return the id of the event to which a mention belongs."""
        return next((e["id"] for e in self.events for m in e["mentions"] if m["id"] == mention), None)

    def tables(self) -> dict[str, list[Json]]:
        """Return flat tables, one dict a row with plain values only: give them to ``pandas.DataFrame``."""
        return {
            "stories": [_flat(s, ("reports", "events", "links", "figures")) for s in self.stories],
            "story_reports": [{"story": s["id"], **_flat(r)} for s in self.stories for r in s["reports"]],
            "events": [_flat(e, ("mentions", "figures", "dates")) for e in self.events],
            "event_mentions": [{"event": e["id"], **_flat(m)} for e in self.events for m in e["mentions"]],
            "figures": [
                {"event": e["id"], "what": f["what"], "conflict": f["conflict"], **_flat(v)}
                for e in self.events for f in e["figures"] for v in f["values"]
            ],
            "copies": [_flat(c) for c in self.copies],
        }  # fmt: skip


def _flat(row: Json, left_out: Sequence[str] = ()) -> Json:
    return {key: _cell(value) for key, value in row.items() if key not in left_out}


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ";".join(str(v) for v in value)
    if isinstance(value, dict):
        return value.get("name") or value.get("code") or ""
    return value


# -- shared sentences -------------------------------------------------------------------------------------


def shared_sentences(
    readings: Sequence[Reading], prints: Sequence[Fingerprint], found: Sequence[Copy]
) -> Shared:
    """Return, for each copy, the pairs of sentence starts that are one text; keys have the smaller first."""
    shared = {}
    for copy in found:
        one, other = sorted((copy.report, copy.source))
        pairs = copies.compare(prints[one], prints[other])[1]
        if copy.passage:
            pairs = [p for p in pairs if copies.is_passage(prints[one], prints[other], *p)]
        first, second = readings[one].sentences, readings[other].sentences
        shared[one, other] = frozenset((first[a].start, second[b].start) for a, b in pairs)
    return shared


def taken(readings: Sequence[Reading], prints: Sequence[Fingerprint], copy: Copy, shared: Shared) -> Taken:
    """Return what the copying report has from its source: sentences, and figures that are its own.

    Sentences are the shared ones; of a reprint as a whole all that resemble something in the source.
    """
    one, other = sorted((copy.report, copy.source))
    pairs = shared[one, other] if copy.report == one else {(b, a) for a, b in shared[one, other]}
    ours, theirs = (
        {s.start: list(figures.find(s)) for s in readings[n].sentences} for n in (copy.report, copy.source)
    )
    own = {(a, f.cue) for a, b in pairs for f in ours[a] if any(_conflict([f, t]) for t in theirs[b])}
    found: dict[int, tuple[int, int | None]] = {a: (copy.source, b) for a, b in sorted(pairs)}
    if copy.share >= WHOLE and not copy.passage:
        alien = {
            readings[copy.report].sentences[s.number].start
            for s in prints[copy.report].sentences
            if copies.resemblance(s, prints[copy.source]) < RESEMBLES
        }
        rest = {s.start for s in readings[copy.report].sentences} - alien
        found = dict.fromkeys(sorted(rest), (copy.source, None)) | found
    return Taken(found, frozenset(own))


def _conflict(found: Sequence[figures.Figure]) -> bool:
    """Tell whether two figures of one thing cannot both be true."""
    pairs = itertools.combinations(found, 2)
    return any(a.what == b.what and a.conflicts(b) for a, b in pairs)


# -- putting together -------------------------------------------------------------------------------------


def assemble(found: Found) -> Linked:
    """Make the rows of events, stories and copies."""
    story_of = {r: story_id(found.readings, group) for group in found.stories for r in group}
    best = _strongest(found)
    current = frozenset(r.id for r in found.readings if r.current)
    counted = [figure_rows(one, current) for one in all_figures(found)]
    events = [
        _event(found, group, story_of, best, rows) for group, rows in zip(found.events, counted, strict=True)
    ]
    events.sort(key=lambda row: row["id"])
    by_story: dict[str, list[str]] = defaultdict(list)
    for event in events:
        if event["story"]:
            by_story[event["story"]].append(event["id"])
    reasons = _story_reasons(found)
    told = [_story(found, group, by_story, reasons) for group in found.stories]
    rows = [_copy(found, number) for number, origin in enumerate(found.origins) if origin.share > 0]
    return Linked(
        tuple(sorted(told, key=lambda row: row["id"])), tuple(events),
        tuple(sorted(rows, key=lambda row: row["report"])),
    )  # fmt: skip


def _early(reading: Reading) -> tuple[str, str]:
    return reading.moment, reading.id


def story_id(readings: Sequence[Reading], group: Sequence[int]) -> str:
    """Return the id of a story: a hash of its earliest report."""
    return content_hash("story", min(_early(readings[r]) for r in group)[1])


def _strongest(found: Found) -> dict[int, EventLink]:
    """Return for each statement its strongest link inside its event."""
    home = {s: number for number, group in enumerate(found.events) for s in group}
    best: dict[int, EventLink] = {}
    for link in found.event_links:
        if home[link.one] != home[link.other]:
            continue
        for end in (link.one, link.other):
            if end not in best or (link.likeness, -link.one, -link.other) > (
                best[end].likeness, -best[end].one, -best[end].other,
            ):  # fmt: skip
                best[end] = link
    return best


# -- events -----------------------------------------------------------------------------------------------


def _event(
    found: Found,
    group: list[int],
    story_of: dict[int, str],
    best: dict[int, EventLink],
    counted_rows: list[Json],
) -> Json:
    statements = [found.statements[s] for s in group]
    counted = [s for s in statements if found.readings[s.report].current] or statements
    first = min(statements, key=lambda s: (_early(found.readings[s.report]), s.start, s.id))
    event, mode = _most_common((s.event, s.mode) for s in counted)
    asserting = [s for s in counted if s.happened and not s.denied]
    denying = [s for s in counted if s.denied]
    asserted, denied = _vouchers(found, asserting), _vouchers(found, denying)
    reports = sorted({s.report for s in counted})
    return {
        "record": "event",
        "id": content_hash("event", first.id),
        "story": _home(found, counted, story_of),
        "event": event,
        "mode": mode.split("/") if mode else [],
        "actor": _parties(s.actor for s in counted),
        "recipient": _parties(s.recipient for s in counted),
        "date": _date(counted),
        "dates": _dates(found, counted),
        "reports": len(reports),
        "outlets": len({found.readings[r].outlet for r in reports}),
        "independent_outlets": len({origin_of(found, s) for s in counted}),
        "voices": len({_side(found, s) for s in counted}),
        "disputed": bool(denied) and bool(asserted),
        "asserted_by": asserted,
        "denied_by": denied,
        "figures": counted_rows,
        "mentions": [_mention(found, s, best) for s in group],
    }


def _most_common(values: Iterable[Any]) -> Any:
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v))


def _home(found: Found, statements: Sequence[Statement], story_of: dict[int, str]) -> str:
    """Return the story in which the event is news, else the one that tells it most."""
    news = [s for s in statements if s.current] or list(statements)
    counts = Counter(story_of[s.report] for s in news)
    return min(counts, key=lambda name: (-counts[name], name))


def _parties(sides: Iterable[tuple[Party, ...]]) -> list[str]:
    """Return the codes with sectors that the mentions give, the most frequent first."""
    counts = Counter(p.code + (f" {p.sector}" if p.sector else "") for side in sides for p in side if p.code)
    return sorted(counts, key=lambda c: (-counts[c], c))


def _date(statements: Sequence[Statement]) -> str | None:
    """Return the date that most mentions give; of equally frequent ones the most precise."""
    given = [s.date for s in statements if s.date]
    if not given:
        return None
    counts = Counter(given)
    return min(counts, key=lambda d: (-counts[d], -len(d) if "/" not in d else 0, d))


def _dates(found: Found, statements: Sequence[Statement]) -> list[Json]:
    """Return each date with the outlets that give it: dates are kept per source."""
    by_date: dict[str, set[str]] = defaultdict(set)
    for s in statements:
        if s.date:
            by_date[s.date].add(found.readings[s.report].outlet)
    return [{"date": date, "outlets": sorted(outlets)} for date, outlets in sorted(by_date.items())]


def origin_of(found: Found, statement: Statement) -> str:
    """Return where a statement comes from: the first source of its sentence, else its outlet.

    An act whose number differs from that of the source ("arrested 20", not 12), or that is denied where the
    source's sentence denies nothing, is the outlet's own: somebody else was asked.
    """
    report: int = statement.report
    start: int | None = statement.sentence.start
    if (start, statement.trigger) in found.origins[report].taken.own:
        return found.readings[report].outlet
    while start is not None and start in found.origins[report].taken.sentences:
        source = found.origins[report].taken.sentences[start]
        if statement.denied and source[1] is not None and source not in found.denying:
            return found.readings[report].outlet
        report, start = source
    origin = found.origins[report]
    return origin.name if start is None or len(origin.chain) == 1 else found.readings[report].outlet


def _side(found: Found, statement: Statement) -> str:
    """Name the voice that vouches: one side (code and sector), a person without a code, or the source."""
    voice = statement.voice
    if voice.name is None:
        return f"outlet:{origin_of(found, statement)}"
    return f"{voice.code} {voice.sector or ''}" if voice.code else f"name:{voice.name.casefold()}"


def _vouchers(found: Found, statements: Sequence[Statement]) -> list[Json]:
    """Return who vouches for the statements, with the outlets through which."""
    by_side: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        by_side[_side(found, s)].append(s)
    return [_voucher(found, by_side[side]) for side in sorted(by_side)]


def _voucher(found: Found, statements: Sequence[Statement]) -> Json:
    voice = statements[0].voice
    names = Counter(s.voice.name or origin_of(found, s) for s in statements)
    return {
        "name": min(names, key=lambda n: (-names[n], n)),
        "kind": "outlet" if voice.name is None else "voice",
        "code": voice.code,
        "sector": voice.sector,
        "outlets": sorted({found.readings[s.report].outlet for s in statements}),
    }


def _mention(found: Found, number: int, best: dict[int, EventLink]) -> Json:
    statement = found.statements[number]
    reading, link = found.readings[statement.report], best.get(number)
    other = None if link is None else link.other if link.one == number else link.one
    return {
        "id": statement.id,
        "report": reading.id,
        "outlet": reading.outlet,
        "published": reading.published,
        "start": statement.sentence.start,
        "end": statement.sentence.end,
        "realis": statement.realis,
        "denies": statement.denied,
        "voice": statement.voice.name,
        "voice_code": statement.voice.code,
        "origin": origin_of(found, statement),
        "current_version": reading.current,
        "with": None if other is None else found.statements[other].id,
        "likeness": None if link is None else round(link.likeness, 3),
        "why": ["alone"]
        if link is None
        else list(signals.reasons(found.evidence.pair(link.one, link.other))),
    }


# -- figures ----------------------------------------------------------------------------------------------


Counted = dict[str, list[tuple[figures.Figure, Json]]]  # by what is counted


def all_figures(found: Found) -> list[Counted]:
    """Return the figures of each event, per source.

    A figure belongs to the events told in its sentence. One whose sentence tells no event ("he put the
    number of injured at 20") belongs to the event of its story of which the same thing is counted most
    often, else to the last event told before it in its report.
    """
    homes = {s: number for number, group in enumerate(found.events) for s in group}
    told: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, s in enumerate(found.statements):
        told[s.report, s.sentence.start].append(number)
    counted: list[Counted] = [defaultdict(list) for _ in found.events]
    loose: list[tuple[int, figures.Figure, int | None]] = []
    for report in sorted(range(len(found.readings)), key=lambda r: _early(found.readings[r])):
        before: int | None = None
        for span in found.readings[report].sentences:
            here = told.get((report, span.start), [])
            for figure in figures.find(span):
                for event in sorted({homes[s] for s in here}):
                    voice = next(found.statements[s].voice.name for s in here if homes[s] == event)
                    counted[event][figure.what].append(
                        (figure, _figure(figure, found.readings[report], voice))
                    )
                if not here:
                    loose.append((report, figure, before))
            before = homes[here[-1]] if here else before
    _place_loose(found, counted, loose)
    return counted


def _place_loose(
    found: Found, counted: list[Counted], loose: Sequence[tuple[int, figures.Figure, int | None]]
) -> None:
    story_of = {r: number for number, group in enumerate(found.stories) for r in group}
    events_of: dict[int, set[int]] = defaultdict(set)
    for event, group in enumerate(found.events):
        for s in group:
            events_of[story_of[found.statements[s].report]].add(event)
    for report, figure, before in loose:
        told = [e for e in sorted(events_of[story_of[report]]) if counted[e].get(figure.what)]
        best = max(told, key=lambda e: len(counted[e][figure.what]), default=before)
        if best is not None:
            counted[best][figure.what].append((figure, _figure(figure, found.readings[report], None)))


def figure_rows(found: Counted, current: frozenset[str]) -> list[Json]:
    """Return an event's figures as rows, those of superseded versions left out."""
    rows = []
    for what in sorted(found):
        kept = [(f, row) for f, row in found[what] if row["report"] in current]
        if kept:
            values = [row for _, row in kept]
            rows.append({"what": what, "conflict": _conflict([f for f, _ in kept]), "values": values})
    return rows


def _figure(figure: figures.Figure, reading: Reading, voice: str | None) -> Json:
    return {
        "said": figure.said,
        "low": figure.low,
        "high": None if figure.high >= figures.MANY else figure.high,
        "outlet": reading.outlet,
        "report": reading.id,
        "voice": voice,
        "start": figure.span.start,
        "end": figure.span.end,
        "text": figure.span.text,
    }


# -- stories and copies -----------------------------------------------------------------------------------


def _story_reasons(found: Found) -> dict[int, StoryLink]:
    """Return for each report its strongest link inside its story."""
    home = {r: number for number, group in enumerate(found.stories) for r in group}
    best: dict[int, StoryLink] = {}
    for link in found.story_links:
        if home[link.one] == home[link.other]:
            for end in (link.one, link.other):
                if end not in best or link.score > best[end].score:
                    best[end] = link
    return best


def _story(
    found: Found, group: list[int], by_story: dict[str, list[str]],
    reasons: dict[int, StoryLink],
) -> Json:  # fmt: skip
    members = sorted(group, key=lambda r: _early(found.readings[r]))
    counted = [r for r in members if found.readings[r].current] or members
    name = story_id(found.readings, group)
    dates = [found.readings[r].published for r in members if found.readings[r].published]
    return {
        "record": "story",
        "id": name,
        "title": found.readings[members[0]].title,
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "outlets": len({found.readings[r].outlet for r in counted}),
        "independent_outlets": len({found.origins[r].name if found.origins[r].whole
                                    else found.readings[r].outlet for r in counted}),
        "reports": [_story_report(found, r, reasons) for r in members],
        "events": by_story.get(name, []),
    }  # fmt: skip


def _story_report(found: Found, number: int, reasons: dict[int, StoryLink]) -> Json:
    reading, origin, link = found.readings[number], found.origins[number], reasons.get(number)
    return {
        "id": reading.id,
        "outlet": reading.outlet,
        "published": reading.published,
        "title": reading.title,
        "origin": origin.name,
        "share": round(origin.share, 3),
        "chain": [found.readings[n].id for n in origin.chain[1:]],
        "current_version": reading.current,
        "supersedes": reading.supersedes,
        "why": ["alone"] if link is None else _alike(found, link),
    }


def _alike(found: Found, link: StoryLink) -> list[str]:
    return list(stories.reasons(found.vectors[link.one], found.vectors[link.other], link.score))


def _copy(found: Found, number: int) -> Json:
    reading, origin = found.readings[number], found.origins[number]
    return {
        "record": "copy",
        "report": reading.id,
        "outlet": reading.outlet,
        "source": found.readings[origin.chain[1]].id if len(origin.chain) > 1 else None,
        "origin": origin.name,
        "share": round(origin.share, 3),
        "chain": [found.readings[n].outlet for n in origin.chain],
        "why": list(origin.why),
    }
