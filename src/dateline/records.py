"""The record types that travel through dateline: frozen, slotted, standard library only.

A :class:`Report` comes in at the door; :class:`Mention`, :class:`Attribution` and
:class:`Label` records go out. Every position is a half-open range of Unicode code points
into ``Report.text``, and ``report.text[span.start:span.end] == span.text`` always holds.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Realis = Literal["actual", "negated", "future", "hypothetical", "requested"]
Time = Literal["current", "background"]
Quotation = Literal["direct", "indirect", "mixed"]
DateKind = Literal["text", "publication", "inherited", "none"]
Stance = Literal["asserts", "denies", "believes", "doubts", "calls for", "promises", "asks"]
Status = Literal["ok", "partial", "rejected", "failed"]


def content_hash(*parts: object) -> str:
    """Return 20 hex digits that depend on the parts alone (never on time, place or order of runs)."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the stored text: ``start`` and ``end`` in code points, and the string there."""

    start: int
    end: int
    text: str

    def contains(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Report:
    """One article of one outlet, one version of it, as stored text.

    ``published`` is ISO 8601, as precise as the report gives it (``2022-09-07T21:25``), with its
    zone where stated. ``body`` is the offset where the header ends and the article begins.
    ``paragraphs`` are the (start, end) ranges of the article's paragraphs in ``text``; a paragraph
    broken in mid-sentence by the layout is given as one range. ``id`` is a hash of what the outlet
    published: text, title, time, outlet, url, source id; it does not depend on where the file lies.
    """

    text: str
    paragraphs: tuple[tuple[int, int], ...]
    title: str | None = None
    title_span: tuple[int, int] | None = None
    published: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    path: str | None = None
    source_id: str | None = None
    language: str = "en"
    dateline_place: str | None = None
    credit: str | None = None
    notes: tuple[str, ...] = ()
    id: str = field(init=False, compare=False)

    @property
    def status(self) -> Status:
        """``partial`` when a limit cut the analysed part (the notes say which), else ``ok``."""
        return "partial" if any(note.startswith("limit:") for note in self.notes) else "ok"

    def __post_init__(self) -> None:
        """Hash what the outlet published, once: every record of the report asks for it."""
        parts = (self.text, self.title, self.published, self.outlet, self.url, self.source_id)
        object.__setattr__(self, "id", content_hash(*parts))


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that did not become a report: where it was, its status and one line of reason.

    ``rejected`` is a decision of the door (empty, binary, another language); ``failed`` is an error
    met while coding a report that had been read. ``item`` is a line or row number, from 1.
    """

    path: str | None
    reason: str
    status: Literal["rejected", "failed"] = "rejected"
    item: int | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class ActorRef:
    """Who: a code (ISO 3166 alpha-3, IGO, UNO, EUR, NGO, ISM, IMG, MNC or None), a sector, the words.

    ``name`` is the canonical identifier (``identifier_text`` in PLOVER); ``span`` the words in the
    report. A named actor that dateline cannot resolve keeps its words with ``code`` None.
    """

    code: str | None
    sector: str | None
    name: str
    span: Span
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of the chain of those who vouch for a mention (outermost first in ``Mention.voices``)."""

    kind: Literal["source", "anonymous"]
    code: str | None
    sector: str | None
    name: str
    span: Span
    cue: Span | None
    quotation: Quotation
    stance: Stance = "asserts"
    medium: str | None = None


@dataclass(frozen=True, slots=True)
class Distancing:
    """A mark that the outlet holds a claim at arm's length: scare quotes, "so-called", "alleged"."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class DateBasis:
    """What the date of a mention rests on; ``span`` is None unless words of the report gave it."""

    kind: DateKind
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the words and, as far as the gazetteer knows, the place they name (degrees north, east).

    ``resolution`` is ``city``, ``region``, ``country`` or ``sea``; ``admin`` the first-level division the
    place lies in (a name, or a GeoNames code where no name is known); ``geonames`` the GeoNames id.
    """

    span: Span
    name: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    resolution: str = "country"
    admin: str | None = None
    geonames: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One report's statement of one event: the unit that is coded."""

    report_id: str
    sentence: Span
    trigger: Span
    event: str
    mode: tuple[str, ...]
    context: tuple[str, ...]
    cameo: str | None
    actor: tuple[ActorRef, ...]
    recipient: tuple[ActorRef, ...]
    date: str | None
    date_basis: DateBasis
    place: Place | None
    voices: tuple[Voice, ...]
    realis: Realis
    time: Time
    distancing: tuple[Distancing, ...]
    confidence: float
    why: tuple[str, ...]

    @property
    def id(self) -> str:
        """Hash of the report and of what is stated in it, at which characters."""
        return content_hash(
            "mention",
            self.report_id,
            (self.trigger.start, self.trigger.end),
            self.event,
            self.mode,
            [(a.code, a.sector, a.span.start) for a in self.actor],
            [(a.code, a.sector, a.span.start) for a in self.recipient],
            [(v.name, v.span.start) for v in self.voices],
            self.realis,
        )


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says something: source, cue and content spans (each may be discontinuous)."""

    report_id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    quotation: Quotation
    stance: Stance
    voice: Voice | None
    why: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Hash of the report and of the three parts' positions."""
        parts = [[(s.start, s.end) for s in p] for p in (self.source, self.cue, self.content)]
        return content_hash("attribution", self.report_id, parts)


@dataclass(frozen=True, slots=True)
class Label:
    """A noun phrase by which the report names an actor, split into head and modifiers."""

    report_id: str
    actor: ActorRef
    span: Span
    head: Span
    modifiers: tuple[Span, ...]
    loaded: bool
    why: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Hash of the report, the actor and the position."""
        return content_hash("label", self.report_id, self.actor.name, self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A sentence without a mention, and the reason why it has none."""

    report_id: str
    sentence: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Coded:
    """All that was read out of one report."""

    report: Report
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    labels: tuple[Label, ...] = ()
    uncoded: tuple[Uncoded, ...] = ()


Record = Mention | Attribution | Label


@dataclass(frozen=True, slots=True)
class Counts:
    """How many inputs ended how; ``read`` is always the sum of the four others."""

    ok: int = 0
    partial: int = 0
    rejected: int = 0
    failed: int = 0

    @property
    def read(self) -> int:
        """The number of inputs seen."""
        return self.ok + self.partial + self.rejected + self.failed


def tally(statuses: Iterable[Status]) -> Counts:
    """Count statuses into a :class:`Counts`."""
    totals = Counter(statuses)
    return Counts(totals["ok"], totals["partial"], totals["rejected"], totals["failed"])


def span_json(span: Span | None) -> dict[str, Any] | None:
    """Return a span as the record contract writes it, or None."""
    return None if span is None else {"start": span.start, "end": span.end, "text": span.text}
