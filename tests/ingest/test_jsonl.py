"""JSON lines and documents: fields guessed or mapped, broken lines told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline import errors
from dateline.ingest import Limits, read
from dateline.records import Rejected, Report

from .helpers import check, read_bytes

TEXT = "OSLO, May 3 (Reuters) - The minister said that the talks had failed. They will not go on."


def line(**fields: object) -> bytes:
    return json.dumps({"text": TEXT} | fields).encode() + b"\n"


def one(folder: Path, **fields: object) -> Report:
    (found,) = read_bytes(folder, "a.jsonl", line(**fields))
    assert isinstance(found, Report), found
    check(found)
    return found


def test_fields(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        id=7,
        headline="Talks fail",
        pubdate="2021-05-03T10:00:00Z",
        source="harbour.example",
        link="https://harbour.example/7",
        lang="en",
        authors=["A. One", "B. Two"],
    )
    assert (found.source_id, found.title, found.title_span) == ("7", "Talks fail", None)
    assert (found.published, found.outlet) == ("2021-05-03T10:00:00Z", "harbour.example")
    assert (found.url, found.byline) == ("https://harbour.example/7", "A. One, B. Two")
    assert (found.dateline_place, found.credit, found.text) == ("Oslo", "Reuters", TEXT)


@pytest.mark.parametrize("name", ["text", "body", "content", "maintext", "Body"])
def test_names_of_the_text(tmp_path: Path, name: str) -> None:
    (found,) = read_bytes(tmp_path, "a.ndjson", json.dumps({name: TEXT}).encode())
    assert isinstance(found, Report)


def test_nested_outlet_and_epoch(tmp_path: Path) -> None:
    found = one(tmp_path, source={"id": None, "name": "Harbour"}, date=1614853320)
    assert (found.outlet, found.published) == ("Harbour", "2021-03-04T10:22:00Z")


def test_field_map(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"x": {"y": TEXT}, "text": "not this", "t": "Talks fail"}) + "\n")
    (found,) = read([path], field_map={"text": "x.y", "title": "t"})
    assert isinstance(found, Report)
    assert (found.text, found.title) == (TEXT, "Talks fail")


def test_field_map_with_a_wrong_name_is_refused_at_once() -> None:
    with pytest.raises(errors.InputError, match="unknown field 'txet'"):
        read([], field_map={"txet": "x"})


def test_a_date_that_cannot_be_read_is_noted(tmp_path: Path) -> None:
    found = one(tmp_path, date="03/04/2021")
    assert found.published is None
    assert found.notes == ("date: not understood: '03/04/2021'",)


def test_title_in_the_text_is_found(tmp_path: Path) -> None:
    found = one(tmp_path, title="Talks fail", text=f"Talks fail\n\n{TEXT}")
    assert found.title_span == (0, 10)
    assert len(found.paragraphs) == 1


def test_title_that_reads_like_a_sentence_is_found(tmp_path: Path) -> None:
    title = "The minister said on Monday that all of the talks had failed."
    found = one(tmp_path, title=title, text=f"{title}\n\n{TEXT}")
    assert found.title_span == (0, len(title))
    assert len(found.paragraphs) == 1


def test_broken_line_in_the_middle(tmp_path: Path) -> None:
    data = line(id=1) + b'{"text": "brok\n' + b"\n" + line(id=4) + b"[1]\n" + b'{"id": 6}\n'
    found = read_bytes(tmp_path, "a.jsonl", data)
    assert [type(record) for record in found] == [Report, Rejected, Report, Rejected, Rejected]
    assert [record.item for record in found if isinstance(record, Rejected)] == [2, 5, 6]
    reasons = [record.reason for record in found if isinstance(record, Rejected)]
    assert reasons[0].startswith("json: Invalid control character at")
    assert reasons[1] == "json: not an object but an array"
    assert reasons[2].startswith("empty: no text in text, body")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"text": "\x00"}', "binary: NUL byte at 10"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "json: nested more than 64 deep"),
        (b"[" * 100_000, "json: nested more than 64 deep"),
        (b'{"text": ' + b"9" * 5000 + b"}", "json: Exceeds the limit"),
        (b'{"text": ""}', "empty: no text in"),
        (b'{"text": "   "}', "empty: no text in"),
        (b'{"text": "\\ud800"}', None),
    ],
)
def test_bad_lines(tmp_path: Path, bad: bytes, reason: str | None) -> None:
    first, second = read_bytes(tmp_path, "a.jsonl", bad + b"\n" + line())
    assert isinstance(second, Report)
    check(first)
    if reason:
        assert isinstance(first, Rejected)
        assert first.reason.startswith(reason)


def test_a_line_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * 5000 + b'"}\n' + line())
    first, second = read([path], limits=Limits(report_bytes=1000))
    assert isinstance(first, Rejected)
    assert first.reason == "too large: line of more than 1000 bytes"
    assert isinstance(second, Report)


@pytest.mark.parametrize("wrap", ["[{0}, {0}]", '{{"articles": [{0}, {0}]}}', "\n[\n {0},\n {0}]"])
def test_documents(tmp_path: Path, wrap: str) -> None:
    data = wrap.format(line().decode()).encode()
    assert len([r for r in read_bytes(tmp_path, "a.json", data) if isinstance(r, Report)]) == 2


def test_document_of_one_object(tmp_path: Path) -> None:
    (found,) = read_bytes(tmp_path, "a.json", json.dumps({"text": TEXT}, indent=1).encode())
    assert isinstance(found, Report)


def test_another_language(tmp_path: Path) -> None:
    text = "El ministro dijo el lunes que las conversaciones con los rebeldes habían fracasado."
    (found,) = read_bytes(tmp_path, "a.jsonl", line(text=text, id="x"))
    assert isinstance(found, Rejected)
    assert (found.reason, found.source_id) == ("language: es is not supported yet", "x")
