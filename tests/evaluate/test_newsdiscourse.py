"""NewsDiscourse: the reader on a self-written document in its format, and the scorer."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluate import newsdiscourse

TEXT = """URL http://example.org/1

DATE/ AUTHOR 2017-03-09 06:12:45+00:00\tAUTHORS: Somebody

H Kenya expels two envoys

S1 NAIROBI (Wire) - Kenya expelled two Ugandan envoys on Friday.

S2 In 2012 it had expelled three.
S3 Analysts expect Uganda to answer.
"""
LABELS = (
    "T1\tMain 10 12\tS1\nE1\tMain:T1\nT2\tSpeech 10 12\tS3\n"
    "T3\tDistant_Historical 20 22\tS2\nT4\tDistant_Expectations_Consequences 1 2\tS3\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.ann").write_text(LABELS, encoding="utf-8")
    return tmp_path


def test_a_document_is_read_as_it_is_given(folder: Path) -> None:
    document = newsdiscourse.load(folder)[0]
    assert (document.title, document.published) == ("Kenya expels two envoys", "2017-03-09")
    assert [(s.number, s.opens) for s in document.sentences] == [(1, True), (2, True), (3, False)]


def test_speech_is_no_label(folder: Path) -> None:
    assert newsdiscourse.gold(folder) == {
        ("a", 1): "Main",
        ("a", 2): "Distant_Historical",
        ("a", 3): "Distant_Expectations_Consequences",
    }


def test_every_sentence_is_answered(folder: Path) -> None:
    result = newsdiscourse.evaluate(folder)
    assert [row["document"] for row in result.predictions] == ["a"] * 3
    assert [row["sentence"] for row in result.predictions] == [1, 2, 3]
    assert all(row["label"] in newsdiscourse.LABELS for row in result.predictions)
    assert result.predictions == newsdiscourse.evaluate(folder).predictions


def test_right_answers_score_one(folder: Path) -> None:
    gold = newsdiscourse.gold(folder)
    rows = [{"document": d, "sentence": n, "label": label} for (d, n), label in gold.items()]
    scores = newsdiscourse.score(rows, gold)
    assert scores["macro F1"] == scores["accuracy"] == scores["news F1, all sentences"] == 1.0


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        newsdiscourse.evaluate(tmp_path)
