"""What one line of a header says: a label and its value, a date, a byline, an address.

``KINDS`` is the list of questions asked of every line, in order; each returns what the line says
(``published``, ``updated``, ``unread``, ``outlet``, ``byline``, ``credit``, ``id``, ``url``,
``place``, ``section``) or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from dateline.ingest import dates, junk
from dateline.ingest.dateline import wire
from dateline.ingest.limits import Limits

_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z /-]{1,24}?)\s{0,3}[:：=]\s{0,5}(?P<value>\S.*)")
_LABELS = {
    "title": "title|headline|heading",
    "outlet": "outlet|publisher|publication|newspaper|site|website|site name|source|news source|published by",
    "byline": "by|author|authors|byline|reporter|written by|writer|journalist|correspondent|story by",
    "id": "id|news id|article id|story id|news code|news no|news number|item id|document id|doc id|"
    "report id|code|reference|ref|newsid|story no|release no|news item no",
    "published": "date|publish date|published|publish time|published on|published at|posted|"
    "posted on|date published|publication date|publishing date|release date|release time|pubdate|"
    "issued|first published|time|published date|news date|created|date of publication|dated",
    "updated": "updated|last updated|update|last update|modified|last modified|updated on|updated at",
    "url": "url|link|web|permalink|address|canonical",
    "section": "section|category|categories|topic|topics|tags|keywords|desk|edition|service|"
    "language|lang|location|place|country|region|views|visits|comments|shares|"
    "word count|length|words",
}
_KIND_OF_LABEL = {label: kind for kind, all_ in _LABELS.items() for label in all_.split("|")}

_DATED = re.compile(
    r"(?P<first>(?:first )?(?:published|posted|issued|released|created|date)(?: (?:on|at))?|"
    r"(?:last )?(?P<updated>updated|modified)(?: (?:on|at))?)"
    r"\s{0,3}[:,-]?\s{1,3}(?P<value>.{4,64})",
    re.IGNORECASE,
)
_DATELIKE = re.compile(r"\d[/.-]\d|\b(?:19|20)\d\d\b|\b(?:ago|yesterday|today)\b", re.IGNORECASE)
_BY = re.compile(r"(?i:(?P<by>(?:written |reported |story |report )?by|from))\s{1,3}(?P<name>\S[^!?]{1,110})")
_CAPITALISED = r"[^\W\d_a-z][\w.'’-]*"
_SMALL = r"(?:and|in|for|of|at|the|van|von|de|der|al|bin|with|staff|writer|correspondent|editor|our)"
_NAMELIKE = re.compile(rf"(?:(?i:the) )?{_CAPITALISED}(?:[ ,&/]{{1,3}}(?:{_SMALL}|{_CAPITALISED}))*+")
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
    if kind in ("outlet", "byline") and (len(value) > 120 or not _NAMELIKE.fullmatch(value)):
        # "Source: Iran behind the attack" is a headline; an address of a site is a name too
        return {kind: value} if kind == "outlet" and _DOMAIN.fullmatch(value) else None
    if kind == "url" and not _URL.fullmatch(value):
        return None
    if kind == "outlet" and wire(value):
        return {"outlet": value, "credit": wire(value) or value}
    return {kind: value} if kind != "id" or " " not in value else None


def _moment(kind: str, value: str, limits: Limits) -> Facts | None:
    moment = dates.stamp(_SPLIT_UPDATE.sub("", value).strip(), limits)
    if moment:
        return {kind: moment}
    # a label with a date that we cannot read is still a header line, without a date
    unread = len(value) <= limits.date_chars and _DATELIKE.search(value)
    return {"unread": value} if unread else None


def dated(line: str, limits: Limits) -> Facts | None:
    """Answer for a line that is a date, with or without words such as ``Published`` before it."""
    moment = dates.stamp(line, limits)
    if moment and len(moment) >= 10:
        return {"published": moment}
    found = _DATED.fullmatch(line)
    if not found:
        return None
    answer = _moment("updated" if found["updated"] else "published", found["value"], limits)
    return answer if answer and ("unread" not in answer or ":" in line) else None


def signed(line: str, _: Limits) -> Facts | None:
    """Answer for ``By Jane Doe, Staff Writer``; an agency in it is the credit."""
    found = _BY.fullmatch(line)
    if not found or len(line) > 120 or not _NAMELIKE.fullmatch(found["name"]):
        return None
    if found["by"].lower() == "from" and not wire(found["name"]):
        return None
    name = found["name"].strip(" ,")
    agency = next((w for w in map(wire, [name, *re.split(r",| for | and ", name)]) if w), None)
    return {"byline": name} | ({"credit": agency} if agency else {})


def addressed(line: str, _: Limits) -> Facts | None:
    """Answer for the address of the site or of the article."""
    if _DOMAIN.fullmatch(line):
        return {"outlet": re.sub(r"^https?://|/$", "", line)}
    return {"url": line} if _URL.fullmatch(line) else None


def sectioned(line: str, _: Limits) -> Facts | None:
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
    placed = re.fullmatch(r"([^\W\d_][^\d,:;.!?]{1,40}), (.{6,64})", line)
    moment = dates.stamp(placed[2], limits) if placed else None
    if placed and moment and len(moment) >= 10:
        name = placed[1].strip()
        return {"published": moment, "outlet" if wire(name) else "place": name}
    answers = {part: _first(part, limits) for part in _split(line, limits)}
    rest = [part for part, answer in answers.items() if not answer]
    if len(answers) == len(rest) or len(rest) > 1 or (rest and rest[0].count(" ") > 4):
        return None
    return merged([answer for answer in answers.values() if answer]) | ({"outlet": rest[0]} if rest else {})


def _split(line: str, limits: Limits) -> list[str]:
    if len(line) > 200:
        return []
    parts = _joined_times([p.strip() for p in _PARTS.split(line) if p.strip()], limits)
    if len(parts) > 1:
        return parts
    cut = re.fullmatch(r"(.{2,50}?)\s?\s[-–—]\s(.{6,64})", line)
    return [cut[1], cut[2]] if cut and dates.stamp(cut[2], limits) else []


def merged(answers: list[Facts]) -> Facts:
    """Merge what several lines say; the first to say a thing is believed."""
    together: Facts = {}
    for answer in answers:
        together = answer | together
    return together


def _joined_times(parts: list[str], limits: Limits) -> list[str]:
    """Join a date with the time of day printed in the next part."""
    for i, (one, two) in enumerate(pairwise(parts)):
        both = f"{one} {two}"
        if dates.stamp(one, limits) and dates.stamp(both, limits) and not dates.stamp(two, limits):
            return [*parts[:i], both, *parts[i + 2 :]]
    return parts


def _first(part: str, limits: Limits) -> Facts | None:
    answers = (question(part, limits) for question in KINDS)
    return next((answer for answer in answers if answer), None)


def titled(line: str) -> int | None:
    """Return where the title begins in a line such as ``Title: …``, or None."""
    found = _LABEL.fullmatch(line)
    named = found and _KIND_OF_LABEL.get(found["label"].strip().lower()) == "title"
    return found.start("value") if found and named else None
