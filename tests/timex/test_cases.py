"""The hand-editable table of cases: each bracketed expression is read as its row says."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.timex import Timex, time_expressions

TABLE = Path(__file__).with_name("cases.tsv")
COLUMNS = ("text", "anchor", "type", "value", "edtf", "relation", "flags")


def cases() -> list[dict[str, str]]:
    lines = [x for x in TABLE.read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")]
    assert tuple(lines[0].split("\t")) == COLUMNS
    rows = [line.split("\t") for line in lines[1:]]
    return [dict(zip(COLUMNS, row + [""] * (7 - len(row)), strict=True)) for row in rows]


CASES = cases()


def read(case: dict[str, str]) -> tuple[list[Timex], int, int]:
    start = case["text"].index("[")
    end = case["text"].index("]") - 1
    text = case["text"].replace("[", "").replace("]", "")
    return time_expressions(text, case["anchor"] or None), start, end


@pytest.mark.parametrize("case", CASES, ids=[f"{c['text'][:60]}|{c['anchor']}" for c in CASES])
def test_case(case: dict[str, str]) -> None:
    found, start, end = read(case)
    if case["type"] == "-":
        assert not [x for x in found if x.start < end and start < x.end]
        return
    hits = [x for x in found if (x.start, x.end) == (start, end)]
    assert hits, found
    hit = hits[0]
    assert (hit.type, hit.value, hit.edtf or "") == (case["type"], case["value"], case["edtf"])
    if case["relation"]:
        assert hit.relation == case["relation"]
    assert set(case["flags"].split()) <= set(hit.flags)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150
