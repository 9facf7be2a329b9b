"""What the tests of this folder share: reading bytes through the door, and its promises."""

from __future__ import annotations

from pathlib import Path

from dateline.ingest import read
from dateline.records import Rejected, Report


def read_bytes(folder: Path, name: str, data: bytes) -> list[Report | Rejected]:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(data)
    return list(read([path]))


def report(folder: Path, text: str, name: str = "a.txt") -> Report:
    """Read one text that must become a report."""
    (found,) = read_bytes(folder, name, text.encode())
    assert isinstance(found, Report), found
    return found


def rejected(folder: Path, data: bytes, name: str = "a.txt") -> Rejected:
    """Read one file that must be rejected."""
    (found,) = read_bytes(folder, name, data)
    assert isinstance(found, Rejected), found
    return found


def shown(report: Report) -> list[str]:
    """Return the paragraphs of a report as stored."""
    return [report.text[start:end] for start, end in report.paragraphs]


def check(record: Report | Rejected) -> None:
    """Assert what holds for every record that comes through the door."""
    if isinstance(record, Rejected):
        assert record.status == "rejected"
        assert record.reason
        assert "\n" not in record.reason
        return
    record.text.encode("utf-8")
    assert record.paragraphs
    last = 0
    for start, end in record.paragraphs:
        assert last <= start < end <= len(record.text)
        assert record.text[start:end].strip()
        last = end
    if record.title_span:
        start, end = record.title_span
        assert all(end <= first or last <= start for first, last in record.paragraphs)
        assert record.text[start:end] == record.text[start:end].strip()
    assert not any("\n" in note for note in record.notes)
