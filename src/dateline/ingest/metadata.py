"""What a page says about its article: JSON-LD first, then Open Graph and meta tags, then h1.

The fields are those of :class:`dateline.ingest.build.Fields`, as written on the page. A date is
taken only from where a page states its publication; none is ever guessed from its text or address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dateline.ingest.dates import stamp

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Found = dict[str, str]

_ARTICLE = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|AnalysisNews\w*|LiveBlog\w*)$")
_META = {
    "title": "og:title|twitter:title|dc.title|headline|citation_title|sailthru.title",
    "published": "article:published_time|og:article:published_time|datepublished|date|pubdate|"
    "publishdate|publish-date|publish_date|publication_date|dc.date|dc.date.issued|"
    "dcterms.created|dcterms.date|sailthru.date|parsely-pub-date|article.published|citation_date|"
    "article_date_original|originalpublicationdate|og:pubdate|cxenseparse:recs:publishtime",
    "byline": "author|article:author|dc.creator|byl|parsely-author|sailthru.author|twitter:creator",
    "outlet": "og:site_name|application-name|dc.publisher|publisher|apple-mobile-web-app-title",
    "url": "og:url",
    "language": "content-language|og:locale|language|dc.language",
}
_FIELD_OF_META = {name: field for field, names in _META.items() for name in names.split("|")}
_RANK = {name: rank for names in _META.values() for rank, name in enumerate(names.split("|"))}
_BLANKS = re.compile(r"\s+")
_SCRIPTS = 50
_DEPTH = 8


def read(tree: HtmlElement) -> Found:
    """Return what a page states: title, published, byline, outlet, url, language, where stated."""
    sources = (_json_ld(tree), _meta(tree), _marked(tree))
    found: Found = {}
    for source in sources:
        for field, values in source.items():
            value = _chosen(field, values)
            if value:
                found.setdefault(field, value)
    if "title" in found:
        found["title"] = _without_site(found["title"], found.get("outlet"))
    return found


def _chosen(field: str, values: list[str]) -> str | None:
    """Return the first usable value: a date that can be read, a byline that is no address."""
    clean = [_BLANKS.sub(" ", value).strip() for value in values]
    if field == "published":
        return next((value for value in clean if stamp(value)), None)
    if field == "byline":
        clean = [value for value in clean if not value.startswith(("http", "@"))]
    return next(filter(None, clean), None)


def _without_site(title: str, outlet: str | None) -> str:
    """Drop the name of the site from the end of a title."""
    if outlet:
        return re.sub(rf"\s{{0,3}}[|–—-]\s{{0,3}}{re.escape(outlet)}\s*$", "", title) or title
    return title


def _json_ld(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for article in _articles(tree):
        parts = {
            "title": article.get("headline") or article.get("name"),
            "published": article.get("datePublished") or article.get("dateCreated"),
            "byline": article.get("author") or article.get("creator"),
            "outlet": article.get("publisher") or article.get("sourceOrganization"),
            "url": article.get("url") or article.get("mainEntityOfPage"),
            "language": article.get("inLanguage"),
        }
        for field, value in parts.items():
            found.setdefault(field, []).append(_name(value))
        break  # the first article of the page is the page's own
    return found


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    scripts = tree.iterfind(".//script[@type='application/ld+json']")
    for script, _ in zip(scripts, range(_SCRIPTS), strict=False):
        try:
            value = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # a broken block is common; the meta tags say the same
        yield from _objects(value, _DEPTH)


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value[:_SCRIPTS]:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(isinstance(k, str) and _ARTICLE.match(k) for k in _listed(kinds)):
            yield value
        for inner in ("@graph", "mainEntity", "itemListElement"):
            yield from _objects(value.get(inner), depth - 1)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(value: Any) -> str:
    """Return the name in a JSON-LD value, which may be text, an object or a list of these."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:10])))
    if isinstance(value, dict):
        named = value.get("name") or value.get("@id") or value.get("alternateName")
        return named if isinstance(named, str) else ""
    return value if isinstance(value, str) else ""


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    ranked: dict[str, list[tuple[int, str]]] = {}
    for tag in tree.iterfind(".//meta[@content]"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        key = (name or "").strip().lower()
        if key in _FIELD_OF_META:
            ranked.setdefault(_FIELD_OF_META[key], []).append((_RANK[key], tag.get("content") or ""))
    found = {field: [v for _, v in sorted(values, key=_first)] for field, values in ranked.items()}
    canonical = [link.get("href") or "" for link in tree.iterfind(".//link[@rel='canonical']")]
    found["url"] = [url for url in (*canonical, *found.get("url", ())) if url.startswith("http")]
    return found


def _first(pair: tuple[int, str]) -> int:
    return pair[0]


def _marked(tree: HtmlElement) -> dict[str, list[str]]:
    """Read the marks in the body: h1, title, ``<time>`` of publication, rel=author, html lang."""
    heads = [_text(h) for h in tree.iterfind(".//h1")]
    titles = [re.split(r"\s[|–—]\s", _text(t))[0] for t in tree.iterfind(".//head/title")]
    times = [t.get("datetime") or "" for t in tree.iterfind(".//time[@datetime]") if _publishes(t)]
    authors = [_text(a) for a in tree.iterfind(".//a[@rel='author']")]
    return {
        "title": [*heads, *titles],
        "published": times,
        "byline": authors,
        "language": [tree.get("lang") or ""],
    }


def _publishes(time: HtmlElement) -> bool:
    """Tell whether a ``<time>`` is marked as the publication, or heads the article."""
    if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None:
        return True
    above = {parent.tag for parent in time.iterancestors()}
    return "article" in above and "header" in above


def _text(element: HtmlElement) -> str:
    return "".join(element.itertext())
