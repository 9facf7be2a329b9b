"""What one line of a header says: a label and its value, a date, a byline, an address.

``KINDS`` is the list of questions asked of every line, in order; each returns what the line says
(``published``, ``updated``, ``unread``, ``outlet``, ``byline``, ``credit``, ``id``, ``url``,
``section``) or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dateline.ingest import dates, junk
from dateline.ingest.dateline import wire
from dateline.ingest.limits import Limits

_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z /-]{1,24}?)\s{0,3}[:：=]\s{0,5}(?P<value>\S.*)")
_LABELS = {
    "title": "title|headline|heading",
    "outlet": "outlet|publisher|publication|newspaper|site|website|site name|source|news source|"
    "published by",
    "byline": "by|author|authors|byline|reporter|written by|writer|journalist|correspondent|story by",
    "id": "id|news id|article id|story id|news code|news no|news number|item id|document id|doc id|"
    "report id|code|reference|ref|newsid|story no|release no|news item no",
    "published": "date|publish date|published|publish time|published on|published at|posted|posted on|"
    "date published|publication date|publishing date|release date|release time|pubdate|issued|"
    "first published|time|published date|news date|created|date of publication|dated",
    "updated": "updated|last updated|update|last update|modified|last modified|updated on|updated at",
    "url": "url|link|web|permalink|address|canonical",
    "section": "section|category|categories|topic|topics|tags|keywords|desk|edition|service|language|"
    "lang|location|place|country|region|views|visits|comments|shares|word count|length|words",
}
_KIND_OF_LABEL = {label: kind for kind, all_ in _LABELS.items() for label in all_.split("|")}

_DATED = re.compile(
    r"(?P<first>(?:first )?(?:published|posted|issued|released|created|date)(?: (?:on|at))?|"
    r"(?:last )?(?P<updated>updated|modified)(?: (?:on|at))?)\s{0,3}[:,-]?\s{1,3}(?P<value>.{4,64})",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?i:(?P<by>(?:written |reported |story |report )?by|from))\s{1,3}(?P<name>\S[^!?]{1,110})"
)
_CAPITALISED = r"[^\W\d_a-z][\w.'’-]*"
_SMALL = (
    r"(?:and|in|for|of|at|the|van|von|de|der|al|bin|with|staff|writer|correspondent|editor|our)"
)
_NAMELIKE = re.compile(
    rf"(?:(?i:the) )?{_CAPITALISED}(?:[ ,&/]{{1,3}}(?:{_SMALL}|{_CAPITALISED}))*+"
)
_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){1,4}[a-z]{2,10}/?", re.IGNORECASE)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_SECTION = re.compile(
    r"\W*(?:(?:home|world|politics|international|national|news|business|asia|africa|europe|americas|"
    r"middle east|opinion|breaking(?: news)?|economy|latest|top stories|society|analysis|diplomacy|"
    r"foreign policy|security|defen[cs]e|exclusive|local|region|uk|us|sport|war|live)\W*){1,5}",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s[|•·▪]\s|\t+|\s{4,}|\s[|•·▪]$")
_SPLIT_UPDATE = re.compile(r"[,;(|-]?\s{0,3}\b(?:last )?(?:updated|modified)\b.*", re.IGNORECASE)

Facts = dict[str, str]
Question = Callable[[str, Limits], Facts | None]


def labelled(line: str, limits: Limits) -> Facts | None:
    """Answer for ``News ID: 106685``: the kind of the label and its value."""
    found = _LABEL.fullmatch(line)
    kind = _KIND_OF_LABEL.get(found["label"].strip().lower()) if found else None
    if not found or not kind or kind == "title":
        return None
    value = found["value"].strip()
    if kind in ("published", "updated"):
        return _moment(kind, value, limits)
    if kind in ("outlet", "byline") and (len(value) > 120 or value.count(" ") > 12):
        return None
    if kind == "outlet" and wire(value):
        return {"outlet": value, "credit": wire(value) or value}
    return {kind: value} if kind != "id" or " " not in value else None


def _moment(kind: str, value: str, limits: Limits) -> Facts | None:
    moment = dates.stamp(_SPLIT_UPDATE.sub("", value).strip(), limits)
    if moment:
        return {kind: moment}
    # a label with digits that are no date we can read is still a header line, without a date
    unread = len(value) <= limits.date_chars and any(c.isdigit() for c in value)
    return {"unread": value} if unread else None


def dated(line: str, limits: Limits) -> Facts | None:
    """Answer for a line that is a date, with or without words such as ``Published`` before it."""
    moment = dates.stamp(line, limits)
    if moment and len(moment) >= 10:
        return {"published": moment}
    found = _DATED.fullmatch(line)
    if not found:
        return None
    return _moment("updated" if found["updated"] else "published", found["value"], limits)


def signed(line: str, limits: Limits) -> Facts | None:
    """Answer for ``By Jane Doe, Staff Writer``; an agency in it is the credit."""
    found = _BY.fullmatch(line)
    if not found or len(line) > 120 or not _NAMELIKE.fullmatch(found["name"]):
        return None
    if found["by"].lower() == "from" and not wire(found["name"]):
        return None
    name = found["name"].strip(" ,")
    agency = next((w for w in map(wire, [name, *re.split(r",| for | and ", name)]) if w), None)
    return {"byline": name} | ({"credit": agency} if agency else {})


def addressed(line: str, limits: Limits) -> Facts | None:
    """Answer for the address of the site or of the article."""
    if _DOMAIN.fullmatch(line):
        return {"outlet": re.sub(r"^https?://|/$", "", line)}
    return {"url": line} if _URL.fullmatch(line) else None


def sectioned(line: str, limits: Limits) -> Facts | None:
    """Answer for ``World > Europe`` and for page junk such as ``Share``."""
    return {"section": line} if _SECTION.fullmatch(line) or junk.kind(line) else None


KINDS: tuple[Question, ...] = (labelled, dated, signed, addressed, sectioned)


def facts(line: str, limits: Limits) -> Facts | None:
    """Return what a header line says, or None when it is the title or belongs to the article."""
    for question in KINDS:
        answer = question(line, limits)
        if answer is not None:
            return answer
    return _parts(line, limits)


def _parts(line: str, limits: Limits) -> Facts | None:
    """Answer for several header lines printed on one: ``By A | 4 March 2021 | World``."""
    parts = [part.strip() for part in _PARTS.split(line) if part.strip()]
    if len(parts) < 2 or len(line) > 200:
        cut = re.fullmatch(r"(.{2,50}?)\s?(?:\s[-–—]\s|,\s)(.{6,64})", line)
        parts = [cut[1], cut[2]] if cut and dates.stamp(cut[2], limits) else []
    answers = [_first(part, limits) for part in parts]
    known = [answer for answer in answers if answer]
    if not known or len(answers) - len(known) > 1:
        return None
    rest = [p for p, answer in zip(parts, answers, strict=True) if not answer]
    merged: Facts = {"outlet": rest[0]} if rest and rest[0].count(" ") < 5 else {}
    if rest and not merged:
        return None
    for answer in known:
        merged = answer | merged
    return merged


def _first(part: str, limits: Limits) -> Facts | None:
    answers = (question(part, limits) for question in KINDS)
    return next((answer for answer in answers if answer), None)


def titled(line: str) -> int | None:
    """Return where the title begins in a line such as ``Title: …``, or None."""
    found = _LABEL.fullmatch(line)
    named = found and _KIND_OF_LABEL.get(found["label"].strip().lower()) == "title"
    return found.start("value") if found and named else None
