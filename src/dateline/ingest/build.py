"""From text and the fields that came with it to a report: the last steps, alike for all formats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dateline.ingest import dates, header, language, paragraphs
from dateline.ingest.charset import scrub
from dateline.ingest.clean import analysed
from dateline.ingest.dateline import Prefix, prefix, wire
from dateline.ingest.limits import DEFAULT_LIMITS, Limits
from dateline.ingest.paragraphs import Range
from dateline.records import Rejected, Report

_BLANKS = re.compile(r"\s+")
_SOURCE = re.compile(r"^\W*(?:source|credit|via)\s?:?\s", re.IGNORECASE)
_HTTP = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller of :func:`dateline.ingest.read` may choose."""

    field_map: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class Fields:
    """What a format knows about a report beside its text; ``item`` is a line or row, from 1.

    ``published`` is the date as written there. ``header`` is False where the text cannot begin with
    header lines.
    """

    path: str | None = None
    item: int | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    source_id: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
    header: bool = True


def build(text: str, fields: Fields, limits: Limits) -> Report | Rejected:
    """Make a report of a text and its fields, or say in one line why it is none."""
    text, surrogates = scrub(text)
    text = text.replace("\x00", "\ufffd")
    head = _head(text, fields, limits)
    found = paragraphs.find(text, head.body, head.skip, limits.text_chars)
    if not found.paragraphs:
        return _rejected(fields, "empty: no article text")
    start = prefix(text, *found.paragraphs[0])
    ranges = ((start.end, found.paragraphs[0][1]), *found.paragraphs[1:])
    kept, cut = _limited(ranges, limits.text_chars)
    spoken = language.identify(_sample(text, kept), fields.language)
    if spoken != "en":
        return _rejected(fields, f"language: {spoken} is not supported yet")
    notes = (*fields.notes, *_surrogate_note(surrogates), *head.notes, *found.notes, *cut)
    bare = Report(
        text,
        kept,
        title_span=head.title_span,
        path=fields.path,
        notes=notes,
        credit=_signed_off(found.dropped),
    )
    return _described(bare, fields, limits, head, start)


def _sample(text: str, ranges: tuple[Range, ...]) -> str:
    """Return the beginning of the article as it will be analysed, for telling its language."""
    sample = ""
    for start, end in ranges:
        if len(sample) >= language.SAMPLE:
            break
        sample += analysed(text, start, min(end, start + language.SAMPLE)).text + " "
    return sample


def _signed_off(dropped: tuple[str, ...]) -> str | None:
    """Return the agency that a line left out at the end credits, as ``Source: Xinhua`` does."""
    names = (_SOURCE.sub("", line).strip(" .()[]—–-") for line in dropped[-5:])
    return next(filter(None, map(wire, names)), None)


def _head(text: str, fields: Fields, limits: Limits) -> header.Header:
    if not fields.header:
        return header.Header()
    return header.find(text, fields.title, limits)


def _described(bare: Report, fields: Fields, limits: Limits, head: header.Header, start: Prefix) -> Report:
    """Add what the fields, the header and the dateline say; the caller's fields come first."""
    published, date_notes = _published(fields, head, start, limits)
    url, url_notes = _url(fields.url or head.url, limits)
    return replace(
        bare,
        title=_line(fields.title, limits.title_chars) or _shown(bare.text, head.title_span),
        published=published,
        outlet=_line(fields.outlet) or head.outlet,
        byline=_line(fields.byline) or head.byline,
        url=url,
        source_id=_line(fields.source_id) or head.source_id,
        dateline_place=start.place or head.place,
        credit=start.credit or head.credit or bare.credit,
        notes=(*bare.notes, *date_notes, *url_notes),
    )


def _published(
    fields: Fields, head: header.Header, start: Prefix, limits: Limits
) -> tuple[str | None, tuple[str, ...]]:
    """Choose the stated date of publication: the caller's field, the header, a full dateline."""
    if fields.published:
        stamp = dates.stamp(fields.published, limits)
        if stamp:
            return stamp, ()
        note = f"date: not understood: {fields.published[: limits.date_chars]!r}"
        return head.published or start.date, (note,)
    return head.published or start.date, ()


def _url(url: str | None, limits: Limits) -> tuple[str | None, tuple[str, ...]]:
    address = _line(url)
    if not address:
        return None, ()
    if len(address) > limits.url_chars or not _HTTP.match(address):
        return None, (f"url: left out {address[:60]!r}",)
    return address, ()


def _limited(ranges: tuple[Range, ...], limit: int) -> tuple[tuple[Range, ...], tuple[str, ...]]:
    """Keep the paragraphs within the limit of analysed characters; the note says where it cut."""
    left = limit
    for number, (start, end) in enumerate(ranges):
        if end - start > left:
            last = ((start, start + left),) if left > 0 else ()
            note = f"limit: analysed {limit} characters, up to {start + left}"
            return (*ranges[:number], *last), (note,)
        left -= end - start
    return ranges, ()


def _surrogate_note(count: int) -> tuple[str, ...]:
    return (f"charset: {count} surrogates replaced",) if count else ()


def _rejected(fields: Fields, reason: str) -> Rejected:
    return Rejected(fields.path, reason, item=fields.item, source_id=_line(fields.source_id))


def _shown(text: str, span: Range | None) -> str | None:
    return _line(text[span[0] : span[1]]) if span else None


def _line(value: str | None, limit: int = 1_000) -> str | None:
    """Return a field as one line without surrogates or NUL, or None when it is blank."""
    if not value:
        return None
    clean = _BLANKS.sub(" ", scrub(value)[0].replace("\x00", "\ufffd")).strip()
    return clean[:limit] or None
