"""Tables: columns guessed or mapped, rows that cannot be read told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.ingest import Limits, read
from dateline.records import Rejected, Report

from .helpers import check, read_bytes

TEXT = "The minister said that the talks had failed, and that they would not go on."


def test_csv(tmp_path: Path) -> None:
    data = f'ID,Title,Text,Date\n1,Talks fail,"{TEXT}",2021-05-03\n2,No,"{TEXT}\nMore.",\n'.encode()
    first, second = read_bytes(tmp_path, "a.csv", data)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    check(first)
    assert (first.source_id, first.title, first.published) == ("1", "Talks fail", "2021-05-03")
    assert second.text == f"{TEXT}\nMore."


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "body"], ["7", f'"{TEXT}"']]
    data = "\n".join(delimiter.join(row) for row in rows).encode()
    (found,) = read_bytes(tmp_path, "a.tsv", data)
    assert isinstance(found, Report)
    assert found.source_id == "7"


def test_bad_rows(tmp_path: Path) -> None:
    data = (
        f'id,text\n1,"{TEXT}"\n\n2,\n3,a,b,c\n4,"{TEXT}"x\n5,\x00\n6,"{TEXT}"\n7,"never closed\n8,x\n'
    ).encode()
    found = read_bytes(tmp_path, "a.csv", data)
    kinds = [type(record).__name__ for record in found]
    assert kinds == ["Report", *["Rejected"] * 4, "Report", "Rejected"]
    reasons = [record.reason for record in found if isinstance(record, Rejected)]
    assert reasons[0].startswith("empty: no text in")
    assert reasons[1] == "table: 4 cells under 2 columns"
    assert reasons[2].startswith("table: ',' expected after '\"'")
    assert reasons[3].startswith("binary: NUL byte")
    assert reasons[4] == "table: unexpected end of data (lines 9 to 10)"
    assert [r.item for r in found if isinstance(r, Rejected)] == [2, 3, 4, 5, 7]


def test_a_field_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"text\n{'a' * 3000}\n{TEXT.replace(',', '')}\n")
    first, second = read([path], limits=Limits(csv_field=1000))
    assert isinstance(first, Rejected)
    assert "field larger than field limit" in first.reason
    assert isinstance(second, Report)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty: no text"),
        (b"\n\n", "empty: no text"),
        (b"a,b\n1,2\n", "table: no column with the text among 'a, b'"),
        (b"id,text\n", "empty: no row below the header"),
        (b"PK\x03\x04", "binary: not a text file"),
    ],
)
def test_no_table(tmp_path: Path, data: bytes, reason: str) -> None:
    (found,) = read_bytes(tmp_path, "a.csv", data)
    assert isinstance(found, Rejected)
    assert found.reason == reason
