"""Bytes to text: byte order marks, declared and undeclared charsets, damage, binaries."""

from __future__ import annotations

import codecs

import pytest

from dateline.ingest.charset import decode, scrub

WORDS = "Erdoğan said “no” to Göteborg"


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-8"),
    ],
)
def test_unicode(bom: bytes, codec: str) -> None:
    found = decode(bom + WORDS.encode(codec))
    assert (found.text, found.notes) == (WORDS, ())


def test_windows_1252_when_nothing_is_said() -> None:
    found = decode("He said “no” to Göteborg".encode("cp1252"))
    assert found.text == "He said “no” to Göteborg"
    assert found.notes == ("charset: read as windows-1252",)


@pytest.mark.parametrize("label", ["windows-1254", "ISO-8859-9", "cp1254"])
def test_declared(label: str) -> None:
    page = f'<html><meta charset="{label}"><p>Erdoğan</p>'
    assert "Erdoğan" in (decode(page.encode("cp1254"), html=True).text or "")


def test_utf_7_is_never_obeyed() -> None:
    page = b'<meta charset="utf-7"><p>+ADw-script+AD4-</p>'
    assert decode(page, html=True).text == page.decode()


def test_utf_8_wins_over_a_false_declaration() -> None:
    page = f'<meta charset="iso-8859-1"><p>{WORDS}</p>'
    assert decode(page.encode(), html=True).text == page


def test_damage_is_counted() -> None:
    found = decode("Göteborg “no” é ".encode() * 5 + b"\xff\xfe bro\xc3ken")
    assert found.text is not None
    assert found.text.count("\ufffd") == 3
    assert found.notes == ("charset: 3 bytes replaced",)


@pytest.mark.parametrize(
    "data",
    [
        b"a\x00b",
        b"%PDF-1.4 x",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"\x01\x02\x03\x04" * 9,
        b"\x89PNG\r\n",
    ],
)
def test_binary(data: bytes) -> None:
    found = decode(data)
    assert found.text is None
    assert found.reason.startswith("binary: ")


def test_surrogates_do_not_pass() -> None:
    assert scrub("a\ud800b") == ("a\ufffdb", 1)
