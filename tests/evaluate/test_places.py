"""The evaluation of places: reading the table, and a floor on the unseen part."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluate import places

TABLE = Path(__file__).parents[2] / "training" / "places" / "mentions.tsv"


def test_the_floors_hold() -> None:
    scores = places.evaluate(TABLE).scores
    assert scores["all: rows"] >= 300
    assert scores["ambiguous: rows"] >= 80
    assert scores["unseen: country right"] >= 0.97
    assert scores["unseen: within 161 km"] >= 0.92


@pytest.mark.parametrize(
    "content",
    [
        "wrong header\n",
        "text\tkind\tcountry\tlatitude\tlongitude\tpart\nNo brackets\tplain\tFRA\t1\t2\tunseen\n",
        "text\tkind\tcountry\tlatitude\tlongitude\tpart\nIn [Paris].\tplain\tFRA\tx\t2\tunseen\n",
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "mentions.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError):
        places.evaluate(file)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        places.evaluate(tmp_path / "none.tsv")
