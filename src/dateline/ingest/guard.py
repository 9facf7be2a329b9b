"""What hostile markup could do to an HTML parser, found and undone before the parser sees it.

libxml2 drops all text past a depth without a word, and takes seconds for a tag with 80,000
attributes. :func:`tamed` cuts such tags and flattens what is nested too deep, keeping the text.
Every pattern is possessive, and runs to the end of the page where its end is missing, so that one
pass over the page is all that is ever needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.ingest.limits import Limits

_TOKEN = re.compile(
    r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea|title|xmp)\b[^>]*+>(?:[^<]|<(?!/(?P=raw)\b))*+"
    r"|<(?P<close>/?)(?P<name>[a-z][^\s/><\"'=]{0,40})"
    r"(?P<attributes>(?:[^>\"']|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+)(?:>|\Z)",
    re.IGNORECASE,
)
_OPEN = re.compile(r"<[a-z]", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"[^\s=>\"'/]\s*=|\s[^\s=>\"'/]+(?=[\s>/])")
# these have no content, or end by themselves where the next one begins, so they do not nest
_FLAT_WORDS = (
    "area base br col embed hr img input link meta param source track wbr p li dt dd option "
    "optgroup tr td th thead tbody tfoot colgroup rt rp html head body"
)
_FLAT = frozenset(_FLAT_WORDS.split())
_SAFE_DEPTH = 200
_MANY_TAGS = 20_000


@dataclass(frozen=True, slots=True)
class Tamed:
    """A page safe to parse, with notes; ``suspicious`` pages belong in the child process."""

    text: str
    notes: tuple[str, ...] = ()
    suspicious: bool = False


def tamed(page: str, limits: Limits) -> Tamed:
    """Return a page without giant tags and without nesting past the limit."""
    large = len(page) > limits.inline_bytes
    tags = len(_OPEN.findall(page))
    if tags <= limits.html_depth and len(page) < limits.tag_bytes:
        return Tamed(page)  # too few tags to nest deep, too short for a giant one
    page, cut = _cut_tags(page, limits)
    deep = _depth(page) > limits.html_depth
    if deep:
        page = _flattened(page)
    notes: tuple[str, ...] = (f"html: attributes of {cut} giant tags dropped",) if cut else ()
    notes += (f"html: nested more than {limits.html_depth} deep, flattened",) if deep else ()
    return Tamed(page, notes, large or bool(cut) or deep or tags > _MANY_TAGS)


def _cut_tags(page: str, limits: Limits) -> tuple[str, int]:
    count = 0

    def cut(token: re.Match[str]) -> str:
        nonlocal count
        attributes = token["attributes"]
        if not attributes or len(attributes) <= 2 * limits.tag_attributes:
            return token[0]
        many = len(_ATTRIBUTE.findall(attributes)) > limits.tag_attributes
        if not many and len(attributes) <= limits.tag_bytes:
            return token[0]
        count += 1
        return f"<{token['close']}{token['name']}>"

    return _TOKEN.sub(cut, page), count


def _depth(page: str) -> int:
    deepest = depth = 0
    for token in _TOKEN.finditer(page):
        depth += _step(token)
        deepest = max(deepest, depth)
        depth = max(0, depth)
    return deepest


def _step(token: re.Match[str]) -> int:
    """Return by how much a token changes the depth."""
    name = token["name"]
    if not name or name.lower() in _FLAT or (token["attributes"] or "").endswith("/"):
        return 0
    return -1 if token["close"] else 1


def _flattened(page: str) -> str:
    """Drop the tags past a safe depth, with a space in the place of each."""
    depth = 0

    def flat(token: re.Match[str]) -> str:
        nonlocal depth
        step = _step(token)
        depth = max(0, depth + step)
        outside = depth > _SAFE_DEPTH or (step < 0 and depth == _SAFE_DEPTH)
        return " " if step and outside else token[0]

    return _TOKEN.sub(flat, page)
