from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluate import cameo_class


def write(folder: Path, text: str) -> Path:
    path = folder / "rows.tsv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("The weather in Lima was mild on Friday.", 0),
        ("Peru urged Bolivia to release the two fishermen.", 0),
        ("The Red Dawn Front claimed responsibility for the attack in Lima.", 0),
        ("Chilean President Gabriel Boric met Peruvian Prime Minister Alberto Otárola in Lima.", 1),
        ("Peru agreed to withdraw its troops from Bolivia.", 1),
        ("Norway sent food aid to Kenya.", 2),
        ("Peru rejected a Bolivian proposal on Friday.", 3),
        ("Peru severed diplomatic ties with Bolivia.", 3),
        ("Sudanese troops attacked a village in Chad.", 4),
    ],
)
def test_the_class_is_that_of_the_main_mention(sentence: str, label: int) -> None:
    assert cameo_class.predict(sentence) == label


def test_rows_are_answered_and_scored(tmp_path: Path) -> None:
    path = write(tmp_path, "Sudanese troops attacked a village in Chad.\t4\nIt rained.\t0\nIt snowed.\t\n")
    result = cameo_class.evaluate(path)
    assert [p["label"] for p in result.predictions] == [4, 0, 0]
    assert result.scores["rows"] == 2
    assert result.scores["accuracy"] == 1
    assert result.scores["macro-F1"] == 1


def test_blanked_rows_give_no_score(tmp_path: Path) -> None:
    result = cameo_class.evaluate(write(tmp_path, "It rained.\t\n"))
    assert result.scores == {}
    assert result.predictions == ({"row": 0, "label": 0},)


@pytest.mark.parametrize("text", ["no tab here\n", "a sentence\t7\n", "a sentence\tx\n", "a sentence\t12\n"])
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(EvaluationError):
        cameo_class.load(write(tmp_path, text))


def test_no_file_and_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        cameo_class.load(tmp_path / "absent.tsv")
    (tmp_path / "bad.tsv").write_bytes(b"\xff\xfe\x00\t4\n")
    with pytest.raises(EvaluationError):
        cameo_class.load(tmp_path / "bad.tsv")


@pytest.mark.gold
def test_the_first_gold_sentences(gold: Path, tmp_path: Path) -> None:
    lines = (gold / "cameo_class" / "train.tsv").read_text(encoding="utf-8").splitlines()[:20]
    scores = cameo_class.evaluate(write(tmp_path, "\n".join(lines))).scores
    assert scores["rows"] == 20
    assert scores["accuracy"] >= 0.4
