"""Files, folders and standard input: sorted, complete, and never raising."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from dateline.ingest import READERS, SUFFIXES, read
from dateline.ingest.walk import sniffed
from dateline.records import Rejected, Report

TEXT = "The minister said that the talks had failed, and that they would not go on."


def test_folder_is_sorted_and_complete(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.TXT", "sub/c.txt", ".hidden", "z.xyz", "noext"):
        (tmp_path / name).write_text(TEXT)
    found = [(Path(r.path or "").name, type(r)) for r in read([tmp_path])]
    assert found == [
        ("a.TXT", Report),
        ("b.txt", Report),
        ("noext", Rejected),
        ("c.txt", Report),
        ("z.xyz", Rejected),
    ]
    assert [r.path for r in read([tmp_path])] == [r.path for r in read([str(tmp_path)])]


def test_reasons(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text(TEXT)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "empty.txt").touch()
    os.mkfifo(tmp_path / "pipe.txt")
    names = ["a.xyz", "loop.txt", "empty.txt", "pipe.txt", "gone.txt", "nul\x00.txt", "x" * 300]
    found = list(read([tmp_path / name for name in names]))
    assert all(isinstance(record, Rejected) for record in found)
    assert [record.reason for record in found if isinstance(record, Rejected)] == [
        "format: no reader for .xyz",
        "unreadable: Too many levels of symbolic links",
        "empty: no text",
        "unreadable: not a regular file",
        "unreadable: No such file or directory",
        "unreadable: embedded null byte",
        "unreadable: File name too long",
    ]


def test_directory_loop(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "again").symlink_to(tmp_path)
    first, second = read([tmp_path])
    assert isinstance(first, Report)
    assert isinstance(second, Rejected)
    assert second.reason == "unreadable: a link to a folder is not followed"


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything
    (found,) = read([path])
    assert isinstance(found, Rejected)
    assert found.reason == "unreadable: Permission denied"


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b'{"text": 1}', ".jsonl"),
        (b'\xef\xbb\xbf \n{"text": 1}', ".jsonl"),
        (b'[{"text": 1}]', ".json"),
        (b"<!DOCTYPE html><p>", ".html"),
        (b"\n<html>", ".html"),
        (b"The minister said", ".txt"),
        (b"<3 is not markup", ".txt"),
        (b"[1] is a footnote", ".txt"),
        (b"", ".txt"),
    ],
)
def test_sniffed(data: bytes, suffix: str) -> None:
    assert sniffed(data) == suffix


@pytest.mark.parametrize("data", [TEXT.encode(), b'{"text": "' + TEXT.encode() + b'"}\n'])
def test_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (found,) = read(["-"])
    assert isinstance(found, Report)
    assert (found.path, found.text) == ("-", TEXT)


def test_every_suffix_has_one_reader() -> None:
    every = [suffix for suffixes, _ in READERS for suffix in suffixes]
    assert len(every) == len(set(every)) == len(SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in every)
