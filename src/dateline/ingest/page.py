"""One HTML page to its article: the part that parses, so the part that may run in a child.

:func:`extract` takes a tamed page (see :mod:`dateline.ingest.guard`) and returns plain strings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.ingest import metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])|"
    r"opacity\s*:\s*0(?![.\d]*[1-9])|(?:left|top|text-indent)\s*:\s*-\d{3,}|"
    r"(?:max-)?(?:height|width)\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg"})
_UNXML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def extract(page: str) -> dict[str, str]:
    """Return ``text``, the article's paragraphs one a line, and what metadata the page states.

    ``text`` is empty when the page holds no article. May raise whatever the libraries raise.
    """
    tree = _tree(page)
    if tree is None:
        return {"text": ""}
    found = metadata.read(tree)
    heads = {" ".join("".join(h.itertext()).split()) for h in tree.iter("h1")}
    _drop_hidden(tree)
    found["text"] = _headless(_body(tree), heads)
    return found


def _tree(page: str) -> HtmlElement | None:
    from lxml import html

    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    data = _UNXML.sub(" ", page).encode("utf-8")
    tree = html.document_fromstring(data, parser=parser, ensure_head_body=True)
    return tree if len(tree) else None


def _drop_hidden(tree: HtmlElement) -> None:
    """Remove what a reader of the page does not see, so that it cannot speak for the outlet."""
    for element in [e for e in tree.iter() if _is_hidden(e)]:
        if element.getparent() is not None:
            element.drop_tree()


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in _DROPPED or element.get("hidden") is not None:
        return element.tag not in ("html", "body")
    style = element.get("style")
    return bool(style and element.tag not in ("html", "body") and _HIDING.search(style))


def _body(tree: HtmlElement) -> str:
    from trafilatura import extract as trafilatura_extract

    text = trafilatura_extract(tree, favor_precision=True, include_comments=False, output_format="txt")
    return text or _paragraphs(tree)


def _headless(body: str, heads: set[str]) -> str:
    """Drop the headline from the start of the body: the stored text begins with the title."""
    first, _, rest = body.strip().partition("\n")
    return rest.strip() if first.strip() in heads and rest.strip() else body.strip()


def _paragraphs(tree: HtmlElement) -> str:
    """Return the text of the page's paragraphs, for short pages that trafilatura passes over."""
    inside = tree.find(".//article")
    texts = ("".join(p.itertext()) for p in (tree if inside is None else inside).iter("p"))
    return "\n".join(filter(None, (" ".join(text.split()) for text in texts)))
