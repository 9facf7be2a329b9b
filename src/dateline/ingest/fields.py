"""The named fields of JSON objects and table rows: which of them means what to us.

``GUESSES`` lists, for each of our fields, the names it usually has in other people's files, the
likeliest first. A caller's field map goes before the guesses; a dot reaches into an object.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dateline import errors
from dateline.ingest.build import Fields, Options, build
from dateline.records import Rejected, Report

GUESSES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "maintext", "article", "fulltext", "full_text"),
    "title": ("title", "headline"),
    "published": (
        "date", "published", "date_publish", "pubdate", "published_at", "publishedat",
        "datepublished", "date_published", "publish_date", "publication_date", "timestamp",
    ),
    "outlet": (
        "outlet", "source", "source_domain", "publisher", "site_name", "sitename", "domain",
    ),
    "byline": ("byline", "author", "authors"),
    "url": ("url", "link"),
    "source_id": ("id", "_id", "uri", "source_id"),
    "language": ("language", "lang"),
}  # fmt: skip

_NAMES_OF_OBJECT = ("name", "title", "domain", "$oid", "$date", "id")


def checked(field_map: Mapping[str, str]) -> dict[str, str]:
    """Return a field map as a dict; raise InputError for a field that is none of ours."""
    for ours in field_map:
        if ours not in GUESSES:
            known = ", ".join(GUESSES)
            raise errors.InputError(f"field map: unknown field {ours!r}; the fields are {known}")
    return dict(field_map)


def report(
    row: Mapping[str, Any], path: str | None, item: int, options: Options, notes: tuple[str, ...]
) -> Report | Rejected:
    """Make a report of one row, or say why it is none."""
    found = {ours: _plain(_find(row, ours, options.field_map)) for ours in GUESSES}
    text = found.pop("text")
    fields = Fields(path=path, item=item, notes=notes, **found)  # type: ignore[arg-type]
    if text is None:
        looked = options.field_map.get("text") or ", ".join(GUESSES["text"])
        return Rejected(path, f"empty: no text in {looked}", item=item, source_id=found["source_id"])
    return build(text, fields, options.limits)


def text_name(names: list[str], field_map: Mapping[str, str]) -> str | None:
    """Return which of these column names holds the text, or None."""
    if "text" in field_map:
        return field_map["text"] if field_map["text"] in names else None
    lower = {name.lower() for name in names}
    return next((guess for guess in GUESSES["text"] if guess in lower), None)


def _find(row: Mapping[str, Any], ours: str, field_map: Mapping[str, str]) -> Any:
    if ours in field_map:
        return _reach(row, field_map[ours])
    lower = {str(name).strip().lower(): name for name in reversed(list(row))}
    for guess in GUESSES[ours]:
        value = row[lower[guess]] if guess in lower else None
        if value not in (None, "", [], {}):
            return value
    return None


def _reach(row: Mapping[str, Any], name: str) -> Any:
    if name in row:
        return row[name]
    value: Any = row
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _plain(value: Any) -> str | None:
    """Return a value as text: names of objects, lists joined, numbers as written; None if blank."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, Mapping):
        named = (value.get(name) for name in _NAMES_OF_OBJECT)
        return next((str(name) for name in named if isinstance(name, str | int)), None)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value[:20]))) or None
    if isinstance(value, bool) or value is None:
        return None
    return str(value)
