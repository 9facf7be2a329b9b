from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluate import gsr

RECORD = {
    "id": "X-0001",
    "source": [{"actorText": "Peru", "code": "PER"}],
    "target": [{"actorText": "Bolivian diplomats", "code": "BOL", "sector": "GOV"}],
    "event": "SANCTION",
    "eventText": "expelled diplomats",
    "text": "Peru expelled two Bolivian diplomats on Friday.",
}


def write(folder: Path, content: object) -> Path:
    path = folder / "records.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_record_is_found_and_its_cells_are_scored(tmp_path: Path) -> None:
    result = gsr.evaluate(write(tmp_path, [RECORD]))
    assert result.scores["records"] == 1
    assert result.scores["found"] == 1
    assert result.scores["actor code right on found"] == 1
    assert result.scores["recipient code right on found"] == 1
    assert result.scores["type right on found"] == 1
    assert result.scores["sector right on found"] == 1
    assert result.predictions[0]["mentions"][0]["event"] == "SANCTION"


def test_a_record_nobody_coded_is_a_miss_with_a_note(tmp_path: Path) -> None:
    quiet = {**RECORD, "text": "The weather in Lima was mild.", "eventText": "was mild"}
    result = gsr.evaluate(write(tmp_path, [quiet]))
    assert result.scores["found"] == 0
    assert "not found" in result.notes[0]


def test_sides_that_are_strings_or_missing_are_not_scored(tmp_path: Path) -> None:
    odd = {k: v for k, v in RECORD.items() if k != "source"} | {"target": "diplomatic"}
    (record,) = gsr.load(write(tmp_path, [odd]))
    assert record.source is None
    assert record.target is None
    scores = gsr.evaluate(write(tmp_path, [odd])).scores
    assert scores["found"] == 1
    assert scores["both codes right on found"] == 1


def test_a_blanked_record_is_answered_but_not_scored(tmp_path: Path) -> None:
    blank = {"id": "X", "text": RECORD["text"]}
    result = gsr.evaluate(write(tmp_path, [blank]))
    assert result.scores["records"] == 0
    assert result.predictions[0]["mentions"]


def test_old_types_and_codes_are_read_as_todays(tmp_path: Path) -> None:
    old = RECORD | {"event": "FIGHT", "source": [{"actorText": "Japan", "code": "JAP", "sector": "GOVxyz"}]}
    (record,) = gsr.load(write(tmp_path, [old]))
    assert record.event == "ASSAULT"
    assert record.source is not None
    assert (record.source[0].code, record.source[0].sector) == ("JPN", "GOV")


@pytest.mark.parametrize("content", [{"a": 1}, [{"text": "no id"}], ["a string"], [None], 3])
def test_other_json_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(EvaluationError):
        gsr.load(write(tmp_path, content))


def test_no_file_no_json_and_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        gsr.load(tmp_path / "absent.json")
    for content in (b"{", b"\xff\xfe\xff", b"[" * 5000):
        (tmp_path / "bad.json").write_bytes(content)
        with pytest.raises(EvaluationError):
            gsr.load(tmp_path / "bad.json")


@pytest.mark.gold
def test_the_first_gold_records(gold: Path, tmp_path: Path) -> None:
    records = json.loads((gold / "plover_gsr" / "dev.json").read_text(encoding="utf-8"))
    scores = gsr.evaluate(write(tmp_path, records[:10])).scores
    assert scores["records"] == 10
    assert scores["found"] >= 0.5
