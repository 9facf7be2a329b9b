"""HTML pages: one file is one report. The stored text is title, blank line, body as extracted.

Needs the extra ``dateline[html]`` (lxml, trafilatura); without it each page is rejected, the reason
saying what to install.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import BinaryIO

from dateline.ingest import charset, child, guard
from dateline.ingest.build import Fields, Options, build
from dateline.ingest.limits import Limits
from dateline.ingest.text import bounded
from dateline.records import Rejected, Report

PACKAGES = ("lxml", "lxml_html_clean", "trafilatura")
MISSING = 'html: reading pages needs more packages: pip install "dateline[html]"'


def read(stream: BinaryIO, path: str | None, options: Options) -> Iterator[Report | Rejected]:
    """Yield the one report of an HTML page, or the reason why it is none."""
    if any(find_spec(package) is None for package in PACKAGES):
        yield Rejected(path, MISSING)
        return
    data = bounded(stream, options)
    decoded = charset.Decoded(None, reason=data) if isinstance(data, str) else charset.decode(data, html=True)
    if decoded.text is None:
        yield Rejected(path, decoded.reason)
        return
    yield _report(decoded.text, path, options.limits, decoded.notes)


def _report(page: str, path: str | None, limits: Limits, notes: tuple[str, ...]) -> Report | Rejected:
    tame = guard.tamed(page, limits)
    found = _extracted(tame, limits)
    if isinstance(found, str):
        return Rejected(path, found)
    body = found.pop("text").strip()
    if not body:
        return Rejected(path, "empty: no article text in the page")
    title = found.get("title", "")[: limits.title_chars].strip()
    text = f"{title}\n\n{_untitled(body, title)}" if title else body
    found["title"] = title
    fields = Fields(path=path, notes=(*notes, *tame.notes), **found)  # type: ignore[arg-type]
    return build(text, fields, limits)


def _untitled(body: str, title: str) -> str:
    """Drop the title from the start of the body, where many pages repeat it."""
    first, _, rest = body.partition("\n")
    return rest.lstrip() if first.strip() == title and rest.strip() else body


def _extracted(tame: guard.Tamed, limits: Limits) -> dict[str, str] | str:
    """Extract a page here, or in the child process if it is suspicious; a string says why not."""
    if tame.suspicious:
        try:
            return child.extract(tame.text, limits.html_seconds, limits.html_memory)
        except child.PageError as error:
            return f"html: {error}"
    from dateline.ingest import page as pages

    try:
        return pages.extract(tame.text)
    except Exception as error:  # lxml and trafilatura raise many kinds; each is this page's reason
        return f"html: {child.one_line(error)}"
