from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluate import polnear, polnear_tokens

TEXT = "Peru's president said that Chile attacked a village.\r\n\r\nIt rained on Monday.\r\n"


def folder(root: Path, standoff: str, text: str = TEXT) -> Path:
    for name, ending, content in (("text", ".txt", text), ("attributions", "_00ff.ann", standoff)):
        (root / name).mkdir()
        (root / name / f"article{ending}").write_bytes(content.encode("utf-8"))
    return root


def standoff(*parts: tuple[str, str]) -> str:
    lines = []
    for n, (part, words) in enumerate(parts, 1):
        start = TEXT.index(words)
        lines.append(f"T{n}\t{part} {start} {start + len(words)}\t{words}")
    roles = " ".join(f"{part}:T{n}" for n, (part, _) in enumerate(parts, 1))
    return "\n".join([*lines, f"E1\tAttribution:T9 {roles}", "#1\tAnnotatorNotes E1\tgood"]) + "\n"


GOOD = standoff(("Source", "Peru's president"), ("Cue", "said"), ("Content", "that Chile attacked a village"))


def test_a_linked_attribution_is_found(tmp_path: Path) -> None:
    result = polnear.evaluate(folder(tmp_path, GOOD))
    assert result.scores["annotations"] == 1
    assert result.scores["linked F1"] == 1
    assert result.scores["content overlap F1"] == 1
    (row,) = result.predictions
    assert row["document"] == "article"
    (found,) = row["attributions"]
    words = {part: [TEXT[s:e] for s, e in found[part]] for part in polnear.PARTS}
    assert words == {
        "source": ["Peru's president"],
        "cue": ["said"],
        "content": ["that Chile attacked a village"],
    }


def test_a_wrong_source_breaks_the_link_but_not_the_other_parts(tmp_path: Path) -> None:
    wrong = standoff(("Source", "It"), ("Cue", "said"), ("Content", "Chile attacked"))
    scores = polnear.evaluate(folder(tmp_path, wrong)).scores
    assert scores["linked F1"] == 0
    assert scores["source overlap F1"] == 0
    assert scores["cue overlap F1"] == 1


def test_discontinuous_and_numbered_spans_are_read(tmp_path: Path) -> None:
    text = "T1\tContent 0 4;55 57\tPeru It\nT2\tCue 17 21\tsaid\nE1\tAttribution:T3 Content2:T1 Cue:T2\n"
    (document,) = polnear.load(folder(tmp_path, text))
    ((parts,),) = document.annotations
    assert parts == {"source": (), "cue": ((17, 21),), "content": ((0, 4), (55, 57))}


def test_a_text_without_annotation_is_answered_but_not_scored(tmp_path: Path) -> None:
    (tmp_path / "lonely.txt").write_text(TEXT, encoding="utf-8")
    result = polnear.evaluate(tmp_path)
    assert result.scores["annotations"] == 0
    assert result.predictions[0]["attributions"]


@pytest.mark.parametrize(
    "text",
    [
        "T1\tCue x y\tsaid\n",
        "T1\n",
        "T1\tCue 9 9\tsaid\n",
        "T1\tCue 3 4000\tsaid\nE1\tAttribution:T1 Cue:T1\n",
        "E1\n",
        "E1\tAttribution:T4 Cue:T7\n",
    ],
)
def test_broken_standoff_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(EvaluationError):
        polnear.load(folder(tmp_path, text))


def test_an_empty_or_absent_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(EvaluationError):
            polnear.evaluate(path)


def test_each_attribution_is_paired_once() -> None:
    one = {"source": (), "cue": ((0, 4),), "content": ((5, 9),)}
    far = {"source": (), "cue": ((40, 44),), "content": ((45, 49),)}
    assert list(polnear.match(polnear.PARTS, [one, far], [one, one])) == [(0, 0)]


# -- the token file --------------------------------------------------------------------------------

TOKENS = ["``", "We", "lost", "the", "village", ",", "''", "Peru", "'s", "president", "said", "."]
LABELS = [*["B-content"], *["I-content"] * 6, "B-source", "I-source", "I-source", "B-cue", "O"]


def tokens(root: Path, *rows: object) -> Path:
    path = root / "valid.txt"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_tokens_are_labelled_and_scored(tmp_path: Path) -> None:
    quiet = {"tokens": ["It", "rained", "."], "labels": ["O", "O", "O"], "id": "a"}
    result = polnear.evaluate(tokens(tmp_path, {"tokens": TOKENS, "labels": LABELS, "id": "a"}, quiet))
    labels = result.predictions[0]["labels"]
    assert {label[2:] for label in labels[1:5]} == {"content"}  # the marks and the comma may be outside
    assert labels[7:] == LABELS[7:]
    assert result.predictions[1] == {"row": 1, "labels": ["O", "O", "O"]}
    assert result.scores["lines"] == 2
    assert result.scores["source F1"] == result.scores["cue F1"] == 1


def test_tokens_without_labels_are_labelled_but_not_scored(tmp_path: Path) -> None:
    result = polnear.evaluate(tokens(tmp_path, {"tokens": TOKENS, "id": "a"}))
    assert result.scores == {}
    assert result.predictions[0]["labels"][:5] == LABELS[:5]


@pytest.mark.parametrize("row", [{"labels": []}, {"tokens": ["a", "b"], "labels": ["O"]}, 3, ["x"]])
def test_other_token_files_are_refused(tmp_path: Path, row: object) -> None:
    with pytest.raises(EvaluationError):
        polnear_tokens.load(tokens(tmp_path, row))


@pytest.mark.gold
def test_the_first_gold_lines_and_articles(gold: Path, tmp_path: Path) -> None:
    lines = (gold / "polnear_cofenet" / "valid.txt").read_text(encoding="utf-8").splitlines()[:40]
    (tmp_path / "some.txt").write_text("\n".join(lines), encoding="utf-8")
    assert polnear.evaluate(tmp_path / "some.txt").scores["cue F1"] > 0.2
    document = polnear.load(gold / "polnear" / "dev")[0]
    assert document.annotations
    assert polnear.score([document], [polnear.predict(document.text)])["linked F1"] > 0.2
