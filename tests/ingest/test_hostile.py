"""Whatever the bytes, the door gives reports or reasons, and counts always add up."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.ingest import SUFFIXES, Limits, read
from dateline.records import Rejected, Report

from .helpers import check, read_bytes, rejected, report

GOOD = "The minister said that the talks had failed, and that they would not go on."
PIECES = st.sampled_from(
    ["<p>", "</div>", "<div style='", '{"text": "', '"}', "\n", ",", '"', "The army left. ", "\x00",
     "text,id\n", "By Jane Doe\n", "OSLO (AP) - ", "March 4, 2021\n", "\u202e", "\ud7ff", "é", "￾",
     "Advertisement\n", "&#0;", "&b;", "<script>", "<![CDATA[", "in the\n\n", "\\ud800", "<h1>"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join).map(lambda text: text.encode("utf-8", "replace"))


def check_any(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for record in read_bytes(Path(folder), f"a{suffix}", data):
            check(record)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=400) | TEXTS)
def test_any_bytes(suffix: str, data: bytes) -> None:
    check_any(data, suffix)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_stored_as_it_is(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for record in read_bytes(Path(folder), "a.txt", text.encode("utf-8", "replace")):
            check(record)
            if isinstance(record, Report):
                assert record.text == text.removeprefix("\ufeff")


REASONS = [
    (b"", "empty: no text"),
    (b" \n\t ", "empty: no text"),
    (b"\xef\xbb\xbf", "empty: no article text"),
    (b"\x7fELF\x01\x01", "binary: not a text file"),
    (b"a\x00b", "binary: NUL byte at 1"),
    (b"Advertisement\n\nShare this article", "empty: no article text"),
    (b"El ministro dijo el lunes que las conversaciones con los rebeldes han fracasado.",
     "language: es is not supported yet"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), REASONS)
def test_reasons(tmp_path: Path, data: bytes, reason: str) -> None:
    assert rejected(tmp_path, data).reason == reason


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD * 20)
    (found,) = read([path], limits=Limits(report_bytes=1000))
    assert isinstance(found, Rejected)
    assert found.reason == "too large: more than 1000 bytes"


def test_long_text_is_stored_whole_and_marked(tmp_path: Path) -> None:
    text = "\n".join([GOOD] * 4000)
    found = report(tmp_path, text)
    check(found)
    assert found.status == "partial"
    assert found.text == text
    assert sum(end - start for start, end in found.paragraphs) == 200_000
    assert found.notes[0].startswith("limit: analysed 200000 characters, up to ")


def test_broken_utf_8_is_read_and_noted(tmp_path: Path) -> None:
    (found,) = read_bytes(tmp_path, "a.txt", f"{GOOD} “So” é.".encode() + b" He \xff left.")
    assert isinstance(found, Report)
    assert (found.status, found.notes) == ("ok", ("charset: 1 bytes replaced",))


def test_a_batch_goes_on(tmp_path: Path) -> None:
    names = {"a.txt": GOOD.encode(), "b.txt": b"\x00", "c.bin": b"x", "d.txt": GOOD.encode()}
    for name, data in names.items():
        (tmp_path / name).write_bytes(data)
    found = list(read([tmp_path]))
    assert [type(record) for record in found] == [Report, Rejected, Rejected, Report]
    assert list(read([tmp_path])) == found
