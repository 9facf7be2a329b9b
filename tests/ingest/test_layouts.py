"""The layouts of ``layouts.txt``, each read as a file of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .helpers import check, report, shown

TABLE = Path(__file__).with_name("layouts.txt").read_text(encoding="utf-8")


def cases() -> list[tuple[str, dict[str, str], str]]:
    found = []
    for block in re.split(r"^=== ", TABLE, flags=re.MULTILINE)[1:]:
        top, _, text = block.partition("\n---\n")
        name, *fields = top.splitlines()
        found.append((name, dict(field.split(": ", 1) for field in fields), text.rstrip("\n")))
    return found


@pytest.mark.parametrize(("name", "wanted", "text"), cases(), ids=[case[0] for case in cases()])
def test_layout(tmp_path: Path, name: str, wanted: dict[str, str], text: str) -> None:
    found = report(tmp_path, text)
    check(found)
    got = {
        "title": found.title,
        "published": found.published,
        "outlet": found.outlet,
        "byline": found.byline,
        "url": found.url,
        "source_id": found.source_id,
        "place": found.dateline_place,
        "credit": found.credit,
    }
    assert got == {field: wanted.get(field) for field in got}, name
    paragraphs = shown(found)
    assert paragraphs[0].startswith(wanted["first"])
    assert len(paragraphs) == int(wanted["paragraphs"])
    assert paragraphs[-1].endswith(wanted.get("last", ""))
    assert wanted.get("note", "") in " ".join(found.notes)
    if found.title:
        assert found.title_span is not None
        assert found.text[slice(*found.title_span)] == found.title
