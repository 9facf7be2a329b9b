"""The reader of short reports with labelled event words, and how they are scored."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import errors
from dateline.evaluate import predicates

FOLDER = Path(__file__).parents[2] / "training" / "predicates"
BLOCK = """# line-1 | 2011-03-02 | wire
Ferry line to buy ships
The line said it would buy two ships, but it has not sold the old ones.
P buy | certain ahead
P said | certain
P buy^2 | certain ahead
P sold | certain not
"""


def test_every_file_of_ours_can_be_read() -> None:
    found = predicates.load(FOLDER)
    assert len({told.id for told in found}) == len(found) > 300
    for told in found:
        assert all(one.token < len(told.sentences[one.sentence]) for one in told.labelled)


def test_words_are_found_where_they_stand(tmp_path: Path) -> None:
    (file := tmp_path / "a.txt").write_text(BLOCK, encoding="utf-8")
    (told,) = predicates.load(file)
    words = [told.sentences[one.sentence][one.token] for one in told.labelled]
    assert words == ["buy", "said", "buy", "sold"]
    assert [one.sentence for one in told.labelled] == [0, 1, 1, 1]
    assert [(one.future, one.negated) for one in told.labelled][-2:] == [(True, False), (False, True)]


def test_a_file_is_scored(tmp_path: Path) -> None:
    (file := tmp_path / "a.txt").write_text(BLOCK, encoding="utf-8")
    found = predicates.evaluate(file)
    assert found.scores["predicates"] == 4
    assert found.scores["F1 of FUTURE"] == found.scores["F1 of NEG"] == 1


@pytest.mark.parametrize(
    "wrong",
    ["P bought | certain", "P buy^3 | certain", "P buy | surely", "P buy", "P buy | ahead certain"],
)
def test_a_wrong_line_is_named(tmp_path: Path, wrong: str) -> None:
    (file := tmp_path / "a.txt").write_text(f"{BLOCK}{wrong}\n", encoding="utf-8")
    with pytest.raises(errors.EvaluationError, match=r"^a\.txt:1: "):
        predicates.load(file)
