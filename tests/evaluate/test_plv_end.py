from __future__ import annotations

from pathlib import Path

import pytest

from dateline.evaluate import plv_end
from dateline.evaluate.plv import Row

TEXT = "Peru expelled two Bolivian diplomats on Friday."
COLUMNS = "sentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_penta\tgold_root"


def row(root: str | None = "SANCTION") -> Row:
    return Row(TEXT, (0, 4), (14, 36), root)


def mention(event: str, actor: list[list[int]], recipient: list[list[int]]) -> dict[str, object]:
    return {"event": event, "actor": actor, "recipient": recipient}


@pytest.mark.parametrize(
    ("written", "met"),
    [
        (mention("SANCTION", [[0, 4]], [[18, 36]]), 2),
        (mention("CONSULT", [[0, 4], [14, 36]], []), 2),  # reciprocal: both act
        (mention("SANCTION", [[14, 36]], [[0, 4]]), 0),  # the wrong way round
        (mention("SANCTION", [[0, 4]], []), 1),
        (mention("SANCTION", [], [[14, 36]]), 1),
        (mention("SANCTION", [[0, 4], [14, 36]], [[40, 46]]), 1),
    ],
)
def test_sides_of_a_pair(written: dict[str, object], met: int) -> None:
    assert plv_end.sides_met(row(), written) == met


def test_shares_and_precisions() -> None:
    rows = [row(), row("ACCUSE"), row("AID"), row(None)]
    right = mention("SANCTION", [[0, 4]], [[18, 36]])
    predictions = [
        {"row": 0, "mentions": [mention("ACCUSE", [], []), right]},
        {"row": 1, "mentions": [right]},
        {"row": 2, "mentions": []},
        {"row": 3, "mentions": [right]},  # blank gold is not scored
    ]
    scores = plv_end.score(rows, predictions)
    assert scores["rows"] == 3
    assert scores["some event"] == pytest.approx(2 / 3)
    assert scores["right pair"] == pytest.approx(2 / 3)
    assert scores["right pair and type"] == pytest.approx(1 / 3)
    assert scores["type precision, right pairs"] == pytest.approx(1 / 2)
    assert scores["type precision, rows with event"] == pytest.approx(1 / 2)


def test_concede_and_retreat_are_one_root() -> None:
    assert plv_end.is_right_type(row("YIELD"), mention("RETREAT", [], []))
    assert plv_end.is_right_type(row("YIELD"), mention("CONCEDE", [], []))
    assert not plv_end.is_right_type(row("YIELD"), mention("AID", [], []))


def test_a_file_is_coded_and_the_answers_do_not_see_the_gold(tmp_path: Path) -> None:
    marked = "<s>Peru</s> expelled <t>two Bolivian diplomats</t> on Friday."
    path = tmp_path / "plv.tsv"
    cells = ["1", TEXT, marked, "Peru", "two Bolivian diplomats"]
    path.write_text("\n".join([COLUMNS, "\t".join([*cells, "4", "SANCTION"])]), encoding="utf-8")
    result = plv_end.evaluate(path)
    assert result.scores["right pair and type"] == 1
    path.write_text("\n".join([COLUMNS, "\t".join([*cells, "", ""])]), encoding="utf-8")
    blank = plv_end.evaluate(path)
    assert blank.scores == {}
    assert blank.predictions == result.predictions
