from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluate import certainty, factuality


def target(token: int, label: float | None) -> dict[str, object]:
    return {"span1": [token, token + 1], "label": label, "span_text": "-"}


ROWS = [
    {"text": "Sudanese troops attacked the village .", "targets": [target(2, 3.0)]},
    {"text": "Sudanese troops did n't attack the village .", "targets": [target(4, -3.0)]},
    {"text": "Peru may expel two diplomats , he believes .", "targets": [target(2, 0.75), target(7, 3.0)]},
]


def write(folder: Path, rows: list[object]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_every_predicate_is_answered_and_scored(tmp_path: Path) -> None:
    result = factuality.evaluate(write(tmp_path, list(ROWS)))
    assert [(p["row"], p["target"]) for p in result.predictions] == [(0, 0), (1, 0), (2, 0), (2, 1)]
    certain, negated, possible, _ = (p["score"] for p in result.predictions)
    assert certain > possible > negated
    assert result.scores["predicates"] == 4
    assert result.scores["MAE"] < 1
    assert result.scores["Pearson r"] > 0.8
    assert result.scores["F1 of NEG"] == 1


def test_what_somebody_believes_is_less_certain() -> None:
    sentences = ["Peru expelled two diplomats .", "Experts believe Peru may have expelled two diplomats ."]
    (plain,), (believed,) = certainty.read([s.split(" ") for s in sentences], [[1], [5]])
    assert believed.score < plain.score


def test_other_labels_than_those_of_meantime_give_no_classes(tmp_path: Path) -> None:
    rows: list[object] = [{"text": "Troops attacked .", "targets": [target(1, 2.6)]}]
    scores = factuality.evaluate(write(tmp_path, rows)).scores
    assert not any(key.startswith("F1") for key in scores)
    assert scores["Pearson r"] == 0  # nothing varies


def test_blanked_labels_give_no_score(tmp_path: Path) -> None:
    result = factuality.evaluate(write(tmp_path, [{"text": "It fell .", "targets": [target(1, None)]}]))
    assert result.scores == {}
    assert len(result.predictions) == 1


@pytest.mark.parametrize(
    "row",
    [
        {"text": "no targets"},
        {"targets": []},
        {"text": "one two", "targets": [{"label": 1.0}]},
        {"text": "one two", "targets": [target(7, 1.0)]},
        {"text": "one two", "targets": [{"span1": ["x", 2], "label": 1.0}]},
        {"text": "one two", "targets": [{"span1": [], "label": 1.0}]},
        ["a list"],
        7,
    ],
)
def test_other_rows_are_refused(tmp_path: Path, row: object) -> None:
    with pytest.raises(EvaluationError):
        factuality.load(write(tmp_path, [row]))


def test_no_file_and_no_json_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        factuality.load(tmp_path / "absent.jsonl")
    (tmp_path / "bad.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(EvaluationError):
        factuality.load(tmp_path / "bad.jsonl")


@pytest.mark.gold
@pytest.mark.parametrize("name", ["UW", "MEANTIME", "UDS_IH2"])
def test_the_first_gold_sentences(gold: Path, tmp_path: Path, name: str) -> None:
    lines = (gold / "factuality" / name / "dev.jsonl").read_text(encoding="utf-8").splitlines()[:20]
    (tmp_path / "some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    scores = factuality.evaluate(tmp_path / "some.jsonl").scores
    assert scores["predicates"] >= 20
    assert scores["MAE"] < 3
