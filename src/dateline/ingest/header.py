"""The lines before an article in plain text: outlet, ids, dates, title, byline.

:func:`find` asks of each of the first lines what it says (:mod:`dateline.ingest.header_lines`). A
line that says nothing of the kind is the title, a standfirst or the article itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.ingest import header_lines
from dateline.ingest.dateline import prefix, wire
from dateline.ingest.header_lines import Facts
from dateline.ingest.limits import Limits
from dateline.ingest.paragraphs import Line, Range, ends_sentence, hangs, is_wrapped, lines

_SMALL = frozenset({"of", "the", "and", "for", "de", "al"})
_MOST_LINES = 40
_MOST_CHARACTERS = 6_000
_TITLE_CHARACTERS = 220
_TITLE_WORDS = 30
_RUNNING_WORDS = 9
_OUTLET = re.compile(
    r"(?:.{0,40}\b)?(?:times|post|herald|news|agency|tribune|gazette|daily|journal|observer|press|tv|"
    r"radio|wire|chronicle|telegraph|mail|star|guardian|courier|dispatch|sun|monitor|weekly|mirror|"
    r"review|standard|examiner|inquirer|bulletin|express|world service|broadcasting)\b.{0,20}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the first lines say; the article begins at ``body``, ``skip`` are header lines in it."""

    title_span: Range | None = None
    published: str | None = None
    outlet: str | None = None
    byline: str | None = None
    source_id: str | None = None
    url: str | None = None
    credit: str | None = None
    place: str | None = None
    body: int = 0
    skip: tuple[Range, ...] = ()
    notes: tuple[str, ...] = ()


def find(text: str, title: str | None, limits: Limits) -> Header:
    """Find the header of a text; ``title`` is the title when the caller already knows it."""
    every = list(lines(text, 0, _MOST_CHARACTERS))
    first = every[:_MOST_LINES]
    said = [_answer(line, limits) for line in first]
    stop = _extent(first, said)
    plain = [i for i in range(stop) if said[i] is None]
    outlet = _outlet_line(first, said, plain)
    left = [i for i in plain if i != outlet]
    known = _same(first[: stop + 1], title) if title else None
    titled = _title(first, left, known, _pointed_title(first, said), _has_meta(said[:stop]))
    stop = max([stop, *(i + 1 for i in titled)])  # a known title may read like running text
    merged = header_lines.merged([answer for answer in said[:stop] if answer])
    if outlet is not None:
        merged.setdefault("outlet", first[outlet].text)
    body = next((first[i].start for i in left if i not in titled), _start(first, stop, text))
    skip = [i for i in range(stop) if said[i] is not None or i == outlet or i in titled]
    return _header(first, titled, merged, body, [first[i] for i in skip])


def _has_meta(said: Sequence[Facts | None]) -> bool:
    return any(answer and "section" not in answer for answer in said)


def _answer(line: Line, limits: Limits) -> Facts | None:
    return None if len(line.text) > 300 else header_lines.facts(line.text, limits)


def _start(first: Sequence[Line], stop: int, text: str) -> int:
    if stop < len(first):
        return first[stop].start
    return first[-1].end if first else len(text)


def _extent(first: Sequence[Line], said: Sequence[Facts | None]) -> int:
    """Return how many of the first lines may be header: up to the article's running text.

    One standfirst may stand above a byline or date, so the first running line only ends the header
    when no such line follows within the next three.
    """
    for i, line in enumerate(first):
        if said[i] is not None or not _running(line) or i in _pointed_title(first, said):
            continue
        later = [j for j in range(i + 1, min(i + 4, len(first))) if _telling(said[j])]
        if not later or any(_running(first[j]) for j in range(i + 1, later[-1]) if not said[j]):
            return i
    return len(first)


def _pointed_title(first: Sequence[Line], said: Sequence[Facts | None]) -> tuple[int, ...]:
    """Return the number of a title with a full stop, which some archives add to every title.

    It stands alone above the text, and either is In Title Case or has a dateline under it.
    """
    at = next((i for i, answer in enumerate(said) if answer is None), len(first))
    if at + 1 >= len(first) or first[at + 1].gap == 0 or not first[at].text.endswith("."):
        return ()
    after = first[at + 1].text
    short = len(first[at].text) <= _TITLE_CHARACTERS and not prefix(first[at].text, 0, 140).place
    placed = prefix(after, 0, len(after)).place is not None
    return (at,) if short and (placed or _title_case(first[at].text)) else ()


def _title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text) if len(word) > 3]
    return len(words) > 2 and all(word[0].isupper() for word in words)


def _telling(answer: Facts | None) -> bool:
    return answer is not None and bool({"byline", "published", "updated"} & set(answer))


def _running(line: Line) -> bool:
    """Tell a line of running text from a title: its length, its end, or a dateline before it."""
    if len(line.text) > _TITLE_CHARACTERS or line.text.count(" ") >= _TITLE_WORDS:
        return True
    if prefix(line.text, 0, len(line.text)).end > 0:
        return True
    return line.text.count(" ") >= _RUNNING_WORDS - 1 and _ends_running(line.text)


def _ends_running(text: str) -> bool:
    """Tell a line that ends a sentence, or breaks off inside one, from a title."""
    if hangs(text):
        return True
    return ends_sentence(text) and text.rstrip("\"'”’)").endswith((".", ",", ";", ":", "…"))


def _outlet_line(first: Sequence[Line], said: Sequence[Facts | None], plain: Sequence[int]) -> int | None:
    """Return the line that names the outlet: a first short line with a title still to come."""
    if len(plain) < 2 or plain[0] != 0 or any("outlet" in (a or {}) for a in said[: plain[-1]]):
        return None
    line = first[plain[0]].text
    if line.count(" ") > 5 or (ends_sentence(line) and not _OUTLET.fullmatch(line)):
        return None
    if _OUTLET.fullmatch(line) or wire(line):
        return 0
    named = all(word[0].isupper() or word in _SMALL for word in line.split())
    return 0 if named and said[1] is not None and _telling_or_id(said[1]) else None


def _telling_or_id(answer: Facts | None) -> bool:
    return _telling(answer) or "id" in (answer or {})


def _title(
    first: Sequence[Line],
    left: Sequence[int],
    known: tuple[int, ...] | None,
    pointed: tuple[int, ...],
    meta: bool,
) -> tuple[int, ...]:
    """Return the numbers of the lines that hold the title; it may be broken over two."""
    if known is not None:
        return known
    if not left or not (left[0] in pointed or _title_like(first, left[0], meta)):
        return ()
    at = left[0]
    after = at + 1
    if after in left and first[after].gap == 0 and re.match(r"[a-z]", first[after].text):
        return (at, after)
    return (at,)


def _same(first: Sequence[Line], title: str) -> tuple[int, ...]:
    wanted = " ".join(title.split())
    return tuple(i for i, line in enumerate(first) if " ".join(line.text.split()) == wanted)[:1]


def _title_like(first: Sequence[Line], at: int, meta: bool) -> bool:
    """Tell whether a line can be the title: text follows, and it is no line of wrapped text."""
    line = first[at]
    if at + 1 >= len(first) or (line.text.endswith((".", ",", ";")) and not line.text.endswith("...")):
        return False
    after = first[at + 1]
    if meta or after.gap > 0:
        return True
    return not is_wrapped(first) and len(after.text) > len(line.text)


def _header(
    first: Sequence[Line], titled: Sequence[int], said: Facts, body: int, skip: Sequence[Line]
) -> Header:
    span = (first[titled[0]].start, first[titled[-1]].end) if titled else None
    if span:
        span = (span[0] + (header_lines.titled(first[titled[0]].text) or 0), span[1])
    return Header(
        title_span=span,
        published=said.get("published") or said.get("updated"),
        outlet=said.get("outlet"),
        byline=said.get("byline"),
        source_id=said.get("id"),
        url=said.get("url"),
        credit=said.get("credit"),
        place=said.get("place"),
        body=body,
        skip=tuple((line.start, line.end) for line in skip if line.start >= body),
        notes=_notes(said),
    )


def _notes(said: Facts) -> tuple[str, ...]:
    if "published" in said:
        return ()
    if "updated" in said:
        return ("date: the date of the last update, no other is given",)
    return (f"date: not understood: {said['unread']!r}",) if "unread" in said else ()
