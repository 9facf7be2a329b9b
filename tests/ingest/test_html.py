"""HTML pages: body, metadata, hidden text, hostile markup, the child process."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dateline.ingest import Limits, child, guard, html, read
from dateline.ingest.limits import DEFAULT_LIMITS
from dateline.records import Rejected, Report

from .helpers import check, read_bytes, rejected, report, shown

BODY = """<p>The government of Norlund expelled two diplomats on Monday, the ministry said.</p>
<p>The ministry said that they had been involved in work that did not fit their status.</p>
<p>The embassy did not reply to questions, which came after weeks of tension.</p>"""
HEAD = "<title>Norlund expels envoys | Harbour</title>"
LD = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle", '
    '"headline": "Norlund expels two envoys", "datePublished": "2021-03-04T10:22:00+02:00", '
    '"author": [{"name": "Jane Doe"}], "publisher": {"name": "The Harbour"}, '
    '"url": "https://harbour.example/1"}]}</script>'
)
OG = (
    '<meta property="og:title" content="Norlund expels both envoys - Harbour">'
    '<meta property="og:site_name" content="Harbour">'
    '<meta property="article:published_time" content="2020-01-02T03:04:05Z">'
    '<meta name="author" content="Ann One"><link rel="canonical" href="https://harbour.example/2">'
)


def page(head: str = HEAD, body: str = BODY, h1: str = "<h1>Envoys expelled</h1>") -> str:
    return f"<!doctype html><html><head>{head}</head><body><article>{h1}{body}</article></body></html>"


def test_json_ld_first(tmp_path: Path) -> None:
    found = report(tmp_path, page(HEAD + OG + LD), "a.html")
    check(found)
    assert found.text.startswith("Norlund expels two envoys\n\n")
    assert (found.title, found.title_span) == ("Norlund expels two envoys", (0, 25))
    assert (found.published, found.byline) == ("2021-03-04T10:22:00+02:00", "Jane Doe")
    assert (found.outlet, found.url) == ("The Harbour", "https://harbour.example/1")
    assert len(found.paragraphs) == 3


def test_then_open_graph(tmp_path: Path) -> None:
    found = report(tmp_path, page(HEAD + OG), "a.htm")
    assert found.title == "Norlund expels both envoys"
    assert (found.published, found.byline) == ("2020-01-02T03:04:05Z", "Ann One")
    assert (found.outlet, found.url) == ("Harbour", "https://harbour.example/2")


def test_then_the_headline_of_the_page(tmp_path: Path) -> None:
    assert report(tmp_path, page(), "a.html").title == "Envoys expelled"
    assert report(tmp_path, page(h1=""), "b.html").title == "Norlund expels envoys"


def test_no_date_is_invented(tmp_path: Path) -> None:
    body = BODY + "<p>The talks began on 3 May 1999, the ministry said in its statement.</p>"
    assert report(tmp_path, page(body=body), "2021-01-01.html").published is None


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>{}</p>",
        '<div style="display: none"><p>{}</p></div>',
        '<p style="font-size:0px">{}</p>',
        '<p style="position:absolute;left:-9999px">{}</p>',
        "<template><p>{}</p></template>",
        "<noscript><p>{}</p></noscript>",
    ],
)
def test_hidden_text_is_dropped(tmp_path: Path, hidden: str) -> None:
    lie = "Norlund attacked Vesteria with nuclear weapons on Sunday, killing a million people."
    found = report(tmp_path, page(body=BODY + hidden.format(lie) + "<p>That is all.</p>"), "a.html")
    assert "nuclear" not in found.text


def test_dateline_and_byline_in_the_body(tmp_path: Path) -> None:
    body = "<p>By Ann One</p><p>OSLO, March 3 (Reuters) - The army left the town on Monday.</p>" + BODY
    found = report(tmp_path, page(body=body), "a.html")
    assert (found.byline, found.dateline_place, found.credit) == ("Ann One", "Oslo", "Reuters")
    assert shown(found)[0].startswith("The army left")


def test_nothing_to_read(tmp_path: Path) -> None:
    assert rejected(tmp_path, b"<html><body></body></html>", "a.html").reason.startswith("empty: ")
    assert rejected(tmp_path, b"<", "b.html").reason.startswith(("empty: ", "html: "))


def test_another_language(tmp_path: Path) -> None:
    body = "<p>El ministro dijo el lunes que las conversaciones con los rebeldes seguirán.</p>" * 3
    found = rejected(tmp_path, page(body=body, h1="<h1>Los rebeldes</h1>").encode(), "a.html")
    assert found.reason == "language: es is not supported yet"


@pytest.mark.parametrize("depth", [300, 5_000])
def test_deep_nesting_loses_no_text(tmp_path: Path, depth: int) -> None:
    deep = "<div>" * depth + BODY + "</div>" * depth + "<p>That is the last sentence of it.</p>"
    began = time.perf_counter()
    found = report(tmp_path, page(body=deep), "a.html")
    assert "did not fit their status" in found.text
    assert "the last sentence" in found.text
    assert time.perf_counter() - began < 10
    assert any("flattened" in note for note in found.notes) == (depth > DEFAULT_LIMITS.html_depth)


def test_giant_tags_are_cut(tmp_path: Path) -> None:
    giant = "<p " + " ".join(f"a{i}='>'" for i in range(80_000)) + ">"
    began = time.perf_counter()
    found = report(tmp_path, page(body=giant + "And so it was.</p>" + BODY), "a.html")
    assert "two diplomats" in found.text
    assert time.perf_counter() - began < 8


def test_entity_bomb_is_not_expanded(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + page(
        body=BODY + "<p>&b;</p>"
    )
    (found,) = read_bytes(tmp_path, "a.xhtml", bomb.encode())
    check(found)
    assert "hahaha" not in getattr(found, "text", "")


@pytest.mark.parametrize(
    "unit",
    ["<p", "<p '", '<p "', "<!--", "<script>", "<a b=", "<div>", "</div>", "<", "<!-- -", "<p a"],
)
def test_guard_is_linear(unit: str) -> None:
    began = time.perf_counter()
    guard.tamed(unit * (1_000_000 // len(unit)), DEFAULT_LIMITS)
    assert time.perf_counter() - began < 5


def test_child_gives_the_same_as_this_process(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(HEAD + LD))
    (here,) = read([path])
    (there,) = read([path], limits=Limits(inline_bytes=10, tag_bytes=10))
    assert here == there


def test_child_is_killed_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page())
    (found,) = read([path], limits=Limits(inline_bytes=10, tag_bytes=10, html_seconds=0.0))
    assert isinstance(found, Rejected)
    assert found.reason == "html: the page took more than 0 s"
    (again,) = read([path], limits=Limits(inline_bytes=10, tag_bytes=10))
    assert isinstance(again, Report)


def test_child_out_of_memory() -> None:
    small = child.Child(memory=16 * 1024 * 1024)
    try:
        with pytest.raises(child.PageError):
            small.extract(page(), 10)
    finally:
        small.stop()


def test_a_failing_library_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.ingest import page as pages

    def fail(_: str) -> dict[str, str]:
        raise RuntimeError("odd\npage")

    monkeypatch.setattr(pages, "extract", fail)
    assert rejected(tmp_path, page().encode(), "a.html").reason == "html: RuntimeError: odd page"


def test_without_its_packages_a_page_is_rejected_with_the_command_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.ingest.html.find_spec", lambda name: None)
    assert rejected(tmp_path, page().encode(), "a.html").reason == (
        'html: reading pages needs more packages: pip install "dateline[html]"'
    )
    assert isinstance(report(tmp_path, "Norlund expelled two diplomats on Monday.", "a.txt"), Report)


def test_the_list_of_packages_is_that_of_the_extra() -> None:
    import tomllib

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["optional-dependencies"]["html"]
    assert sorted(wanted, key=str.lower) == wanted
    assert [name.partition(">")[0] for name in wanted] == list(html.PACKAGES)
