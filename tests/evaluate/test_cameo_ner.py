from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluate import cameo_ner
from dateline.evaluate.sentences import entities, rebuild

TAGGED = """\
Sudanese B-S
troops I-S
attacked O
Chad B-T
on O
Friday O
. O

Peru B-R
and I-R
Chile I-R
held O
talks O
on O
Friday O
. O
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "tags.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_sources_targets_and_reciprocal_parties_are_tagged(tmp_path: Path) -> None:
    result = cameo_ner.evaluate(write(tmp_path, TAGGED))
    assert result.scores["F1"] == 1
    assert result.scores["F1 of R"] == 1
    assert result.predictions[0]["tags"] == ["B-S", "I-S", "O", "B-T", "O", "O", "O"]
    assert result.predictions[1]["tokens"][:3] == ["Peru", "and", "Chile"]


def test_tokens_without_tags_are_tagged_but_not_scored(tmp_path: Path) -> None:
    bare = "\n".join(line.split(" ")[0] for line in TAGGED.split("\n"))
    result = cameo_ner.evaluate(write(tmp_path, bare))
    assert result.scores == {}
    assert len(result.predictions) == 2
    assert "B-S" in result.predictions[0]["tags"]


def test_who_criticises_is_the_source_and_who_is_criticised_the_target() -> None:
    (tags,) = cameo_ner.predict([("Iranian", "officials", "criticised", "Israel", "on", "Friday", ".")])
    assert tags == ["B-S", "I-S", "O", "B-T", "O", "O", "O"]


def test_entities_are_counted_as_seqeval_counts_them() -> None:
    tags = ["B-S", "I-S", "B-S", "I-T", "O", "I-T", "I-T"]
    assert entities(tags) == [("S", 0, 2), ("S", 2, 3), ("T", 3, 4), ("T", 5, 7)]
    assert entities([]) == []


def test_text_is_rebuilt_with_ordinary_spacing_and_positions() -> None:
    line = "The rebel - held town ( ABC ) , Iran ’ s ally , said `` no '' ."
    rebuilt = rebuild(line.split(" "))
    assert rebuilt.text == "The rebel-held town (ABC), Iran’s ally, said “no”."
    assert [rebuilt.text[s:e] for s, e in rebuilt.places][:5] == ["The", "rebel", "-", "held", "town"]
    assert rebuilt.tokens(4, 14) == (1, 4)
    assert rebuilt.tokens(900, 901) is None


@pytest.mark.parametrize("text", ["a b c\n", "one O\ntwo\n", "one X-S\n"])
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(EvaluationError):
        cameo_ner.load(write(tmp_path, text))


def test_no_file_and_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        cameo_ner.load(tmp_path / "absent.txt")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00 O\n")
    with pytest.raises(EvaluationError):
        cameo_ner.load(tmp_path / "bad.txt")


@pytest.mark.gold
def test_the_first_gold_sentences(gold: Path, tmp_path: Path) -> None:
    blocks = (gold / "cameo_ner" / "train.txt").read_text(encoding="utf-8").split("\n\n")[:20]
    scores = cameo_ner.evaluate(write(tmp_path, "\n\n".join(blocks))).scores
    assert scores["sentences"] == 20
    assert scores["F1"] >= 0.3
