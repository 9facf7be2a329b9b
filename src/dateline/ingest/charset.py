"""From bytes to text, decided from the bytes alone.

A byte order mark wins, then strict UTF-8, then what an HTML page declares (by the WHATWG table of
names, so never ``utf-7``), then UTF-8 with a few broken bytes, else ``windows-1252``. What could
not be decoded becomes U+FFFD and a note; the report stays ``ok``, since nothing was left out.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# name of the Python codec: labels a page may declare (after https://encoding.spec.whatwg.org/).
# utf-16 declared inside an ASCII-readable page is a lie, so it stands for UTF-8 there.
LABELS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 utf-16 utf-16le utf-16be",
    "cp1252": "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 latin1 latin-1 l1 ascii us-ascii",
    "cp1250": "windows-1250 cp1250 x-cp1250",
    "cp1251": "windows-1251 cp1251 x-cp1251",
    "cp1253": "windows-1253 cp1253",
    "cp1254": "windows-1254 cp1254 iso-8859-9 latin5 l5",
    "cp1255": "windows-1255 cp1255",
    "cp1256": "windows-1256 cp1256",
    "cp1257": "windows-1257 cp1257",
    "cp1258": "windows-1258 cp1258",
    "iso8859-2": "iso-8859-2 iso8859-2 latin2 l2",
    "iso8859-3": "iso-8859-3 latin3",
    "iso8859-4": "iso-8859-4 latin4",
    "iso8859-5": "iso-8859-5 cyrillic",
    "iso8859-6": "iso-8859-6 arabic",
    "iso8859-7": "iso-8859-7 greek",
    "iso8859-8": "iso-8859-8 hebrew",
    "iso8859-10": "iso-8859-10 latin6",
    "iso8859-13": "iso-8859-13",
    "iso8859-14": "iso-8859-14",
    "iso8859-15": "iso-8859-15 latin9 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "koi8-r koi8 koi",
    "koi8-u": "koi8-u koi8-ru",
    "mac-roman": "macintosh x-mac-roman mac",
    "gb18030": "gb18030 gbk gb2312 x-gbk chinese",
    "big5": "big5 big5-hkscs x-x-big5",
    "euc-jp": "euc-jp x-euc-jp",
    "shift_jis": "shift_jis shift-jis sjis windows-31j x-sjis",
    "iso2022_jp": "iso-2022-jp",
    "euc_kr": "euc-kr korean ks_c_5601-1987 windows-949",
    "tis-620": "windows-874 tis-620 iso-8859-11",
}
CODECS = {label: codec for codec, labels in LABELS.items() for label in labels.split()}

_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.I)
MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF",
    b"\xd0\xcf\x11\xe0", b"BZh9", b"\xfd7zXZ", b"SQLite format 3", b"{\\rtf", b"PAR1",
    b"7z\xbc\xaf",    b"(\xb5/\xfd",
)  # fmt: skip
# control characters that no text holds; tab, line ends and ESC (in iso-2022-jp) are let through
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_SURROGATES = re.compile("[\ud800-\udfff]")
_SAMPLE = 65_536
_CONTROL_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with what had to be noted, or ``text`` None and the reason why it is not text."""

    text: str | None
    notes: tuple[str, ...] = ()
    reason: str = ""


def decode(data: bytes, *, html: bool = False) -> Decoded:
    """Decode one file; ``html`` lets the page declare its charset in its first 4,096 bytes."""
    for bom, codec in BOMS:
        if data.startswith(bom):
            return _replacing(data[len(bom) :], codec)
    reason = binary(data)
    if reason:
        return Decoded(None, reason=reason)
    try:
        return _checked(data.decode("utf-8"), ())
    except UnicodeDecodeError:
        return _undeclared(data, declared(data) if html else None)


def binary(data: bytes) -> str:
    """Return why these bytes are not text, or an empty string when they look like text."""
    if data.startswith(MAGIC):
        return "binary: not a text file"
    if b"\x00" in data:
        return f"binary: NUL byte at {data.index(0)}"
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _CONTROL_SHARE * len(sample):
        return "binary: too many control characters"
    return ""


def declared(data: bytes) -> str | None:
    """Return the Python codec that a page declares for itself, or None if it names no known one."""
    found = _DECLARED.search(data[:4096])
    return CODECS.get(found[1].decode("ascii", "replace").lower()) if found else None


def _undeclared(data: bytes, codec: str | None) -> Decoded:
    if codec and codec != "utf-8":
        return _replacing(data, codec)
    if codec or _mostly_utf8(data):
        return _replacing(data, "utf-8")
    decoded = _replacing(data, "cp1252")
    return Decoded(decoded.text, ("charset: read as windows-1252", *decoded.notes), decoded.reason)


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether the bytes above 127 mostly form valid UTF-8, so that the rest is
    damage: windows-1252 text hardly ever does."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = len(text) - len(data.translate(None, bytes(range(128, 256)))) - broken
    return 0 < broken <= valid


def _replacing(data: bytes, codec: str) -> Decoded:
    text = data.decode(codec, "replace")
    already = 0
    if "\ufffd" in text and codec == "utf-8":
        already = data.count(b"\xef\xbf\xbd")  # replacement characters of an earlier reader
    broken = text.count("\ufffd") - already
    notes = (f"charset: {broken} bytes replaced",) if broken > 0 else ()
    return _checked(text, notes)


def _checked(text: str, notes: tuple[str, ...]) -> Decoded:
    if "\x00" in text:
        return Decoded(None, reason="binary: NUL character in decoded text")
    clean, count = scrub(text)
    return Decoded(clean, (*notes, f"charset: {count} surrogates replaced") if count else notes)


def scrub(text: str) -> tuple[str, int]:
    """Replace lone surrogates (JSON escapes can make them) by U+FFFD; return how many."""
    return _SURROGATES.subn("\ufffd", text)
