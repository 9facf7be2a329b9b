"""The record contract: records as the JSON objects users receive (field names after PLOVER).

One object a line; ``record`` says which kind. Keys never move and never vanish: an unknown value is
``null`` or an empty list. ``docs/record.md`` explains every field.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from dateline import __version__, tables
from dateline.ontology import ontology
from dateline.records import (
    ActorRef,
    Attribution,
    Coded,
    Label,
    Mention,
    Place,
    Record,
    Report,
    Uncoded,
    Voice,
    span_json,
)

Json = dict[str, Any]


@cache
def coder() -> str:
    """Name the coder that stamps every row: program version and version of the tables."""
    return f"dateline {__version__} tables {tables.version()}"


def dumps(row: Json) -> str:
    """Write one JSON line: Unicode as it is, keys in contract order."""
    return json.dumps(row, ensure_ascii=False, separators=(", ", ": "))


def report_json(report: Report) -> Json:
    """Say which report a record comes from."""
    return {
        "id": report.id,
        "source_id": report.source_id,
        "path": report.path,
        "url": report.url,
        "outlet": report.outlet,
        "title": report.title,
        "published": report.published,
        "language": report.language,
    }


def actor_json(actor: ActorRef) -> Json:
    """Write an actor or recipient."""
    return {
        "code": actor.code,
        "sector": actor.sector,
        "entity_text": actor.span.text,
        "identifier_text": actor.name,
        "start": actor.span.start,
        "end": actor.span.end,
    }


def voice_json(voice: Voice) -> Json:
    """Write one link of a chain of voices."""
    return {
        "kind": voice.kind,
        "code": voice.code,
        "sector": voice.sector,
        "name": voice.name,
        "entity_text": voice.span.text,
        "start": voice.span.start,
        "end": voice.span.end,
        "cue": span_json(voice.cue),
        "quotation": voice.quotation,
        "medium": voice.medium,
        "stance": voice.stance,
    }


def place_json(place: Place | None) -> Json | None:
    """Write an event location (degrees north and east), or None."""
    if place is None:
        return None
    return {
        "name": place.name,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "resolution": place.resolution,
        "admin": place.admin,
        "geonames": place.geonames,
        **(span_json(place.span) or {}),
    }


def _framed(kind: str, report: Report, cells: Json, own: str | None = None) -> Json:
    """Put what every record has around its own cells."""
    named = {} if own is None else {"id": own}
    return {"record": kind, **named, "report": report_json(report), **cells, "coder": coder()}


def mention_json(mention: Mention, report: Report) -> Json:
    """Write an event mention."""
    event = ontology().type(mention.event)
    basis = mention.date_basis
    cells = {
        "sentence": span_json(mention.sentence),
        "trigger": span_json(mention.trigger),
        "event": mention.event,
        "mode": list(mention.mode),
        "context": list(mention.context),
        "cameo": mention.cameo,
        "quad_code": event.quad,
        "event_scale": event.score,
        "actor": [actor_json(a) for a in mention.actor],
        "recipient": [actor_json(a) for a in mention.recipient],
        "date": mention.date,
        "date_basis": {"kind": basis.kind, **(span_json(basis.span) or {})},
        "event_loc": place_json(mention.place),
        "voices": [voice_json(v) for v in mention.voices],
        "realis": mention.realis,
        "time": mention.time,
        "distancing": [{"kind": m.kind, **(span_json(m.span) or {})} for m in mention.distancing],
        "confidence": mention.confidence,
        "why": list(mention.why),
    }
    return _framed("mention", report, cells, mention.id)


def attribution_json(attribution: Attribution, report: Report) -> Json:
    """Write an attribution: source, cue and content, each a list of spans."""
    cells = {
        "source": [span_json(s) for s in attribution.source],
        "cue": [span_json(s) for s in attribution.cue],
        "content": [span_json(s) for s in attribution.content],
        "quotation": attribution.quotation,
        "stance": attribution.stance,
        "voice": voice_json(attribution.voice) if attribution.voice else None,
        "why": list(attribution.why),
    }
    return _framed("attribution", report, cells, attribution.id)


def label_json(label: Label, report: Report) -> Json:
    """Write a name label of an actor."""
    cells = {
        "actor": actor_json(label.actor),
        **(span_json(label.span) or {}),
        "head": span_json(label.head),
        "modifiers": [span_json(m) for m in label.modifiers],
        "loaded": label.loaded,
        "why": list(label.why),
    }
    return _framed("label", report, cells, label.id)


def uncoded_json(uncoded: Uncoded, report: Report) -> Json:
    """Write a sentence without a mention, and why it has none."""
    cells = {
        "sentence": span_json(uncoded.sentence),
        "reason": uncoded.reason,
    }
    return _framed("uncoded", report, cells)


def record_json(record: Record, report: Report) -> Json:
    """Write any record."""
    if isinstance(record, Mention):
        return mention_json(record, report)
    if isinstance(record, Attribution):
        return attribution_json(record, report)
    return label_json(record, report)


WHAT = ("mentions", "attributions", "labels", "all")


def rows(coded: Coded, what: str = "mentions") -> list[Json]:
    """Return the records of a coded report as JSON objects; ``what`` is one of :data:`WHAT`."""
    chosen: list[Record] = []
    if what in ("mentions", "all"):
        chosen += coded.mentions
    if what in ("attributions", "all"):
        chosen += coded.attributions
    if what in ("labels", "all"):
        chosen += coded.labels
    return [record_json(record, coded.report) for record in chosen]
