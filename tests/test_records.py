from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Report, Span, content_hash, tally


def test_a_hash_depends_on_the_parts_and_their_borders() -> None:
    assert content_hash("ab", "c") != content_hash("a", "bc")
    assert content_hash("a", None) == content_hash("a", None)
    assert len(content_hash("x")) == 20


def test_a_report_id_does_not_depend_on_where_the_file_lies() -> None:
    one = Report("text", ((0, 4),), path="a/b.txt")
    other = Report("text", ((0, 4),), path="c/d.txt")
    assert one.id == other.id
    assert one.id != Report("text", ((0, 4),), outlet="x").id


def test_a_limit_note_makes_a_report_partial() -> None:
    assert Report("t", (), notes=("limit: text",)).status == "partial"
    assert Report("t", (), notes=("junk: left out",)).status == "ok"


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_containing_implies_overlapping(a: int, b: int, c: int, d: int) -> None:
    one, other = Span(min(a, b), max(a, b), ""), Span(min(c, d), max(c, d), "")
    assert one.overlaps(other) == other.overlaps(one)
    if one.contains(other) and other.start < other.end:
        assert one.overlaps(other)


def test_counts_add_up() -> None:
    counts = tally(["ok", "ok", "rejected", "partial", "failed"])
    assert counts.read == 5
    assert (counts.ok, counts.partial, counts.rejected, counts.failed) == (2, 1, 1, 1)
