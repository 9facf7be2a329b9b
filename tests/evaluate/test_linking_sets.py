"""The evaluations of linking: own stories in full, public sets on small files in their formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline import errors
from dateline.evaluate import conll, ecbplus, news_cluster, newswcl50, stories, story_files, syndication

STORIES = Path(__file__).parent.parent / "cases" / "stories"
CONLL = """#begin document 0/-/0_L; part 000
0/-/0_L\t0\t0\tPresident\t(0_A_ACTOR\t
0/-/0_L\t0\t1\tTrump\t0_A_ACTOR)\t
0/-/0_L\t0\t2\tmet\t-\t
0/-/0_L\t0\t3\tXi\t(0_B_ACTOR)\t

0/-/0_L\t1\t0\tTrump\t(0_A_ACTOR)\t
0/-/0_L\t1\t1\tleft\t(0_C_ACTION)|(0_D_MISC)\t
#end document
"""


@pytest.fixture(scope="module")
def result():
    return stories.evaluate(STORIES)


# Floors of the developing part, below what is measured (docs/evaluation.md).
@pytest.mark.parametrize(
    ("score", "floor"),
    [
        ("develop_given_link_f1", 0.95), ("develop_given_independent", 0.95),
        ("develop_coded_independent", 0.80), ("develop_given_figures", 0.95),
        ("develop_given_dispute_recall", 0.95), ("develop_coded_link_f1", 0.85),
        ("develop_coded_wording", 0.90), ("develop_coded_corrections", 0.95),
    ],
)  # fmt: skip
def test_floors_of_the_stories(result, score: str, floor: float) -> None:
    assert result.scores[score] >= floor


def test_one_prediction_a_gold_mention(result) -> None:
    marked = sum(len(m) for story in story_files.read(STORIES) for m in story.mentions)
    assert len(result.predictions) == marked


def test_marks_are_at_their_words() -> None:
    for story in story_files.read(STORIES):
        for report, marked in zip(story.reports, story.mentions, strict=True):
            assert "{" not in report.text
            assert all(report.text[g.start : g.end].strip() for g in marked)


def test_a_wrong_mark_is_named(tmp_path: Path) -> None:
    text = (STORIES / "dam.toml").read_text(encoding="utf-8").replace("{e4|lent}", "{e4 nonsense|lent}")
    (tmp_path / "dam.toml").write_text(text, encoding="utf-8")
    with pytest.raises(errors.EvaluationError, match=r"dam\.toml.*nonsense"):
        story_files.read(tmp_path)


def test_conll_is_read_and_written(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text(CONLL, encoding="utf-8")
    (document,) = conll.read(tmp_path / "a.conll")
    assert [(" ".join(document.words(m)), chain) for m, chain in document.chains] == [
        ("President Trump", "0_A_ACTOR"), ("Xi", "0_B_ACTOR"), ("Trump", "0_A_ACTOR"), ("left", "0_C_ACTION"),
        ("left", "0_D_MISC"),
    ]  # fmt: skip
    text = conll.write([document], {m: n for n, m in enumerate(document.mentions)})
    (tmp_path / "b.conll").write_text(text, encoding="utf-8")
    (again,) = conll.read(tmp_path / "b.conll")
    assert [(m.first, m.last) for m in again.mentions] == [(m.first, m.last) for m in document.mentions]


def test_newswcl50_scores_topics_and_baseline(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text(CONLL, encoding="utf-8")
    found = newswcl50.evaluate(tmp_path / "a.conll")
    assert {"topic_0", "topic_0_same_head", "conll_f1", "same_head"} == set(found.scores)
    assert found.text is not None
    assert found.text.startswith("#begin document 0/-/0_L; part 000\n0/-/0_L\t0\t0\tPresident\t(")


def test_ecbplus_writes_every_token(tmp_path: Path) -> None:
    rows = ["1_1ecb\t0\t0\tTroops\t-", "1_1ecb\t0\t1\tattacked\tX", "", "1_2ecb\t0\t0\tAttacks\tX"]
    (tmp_path / "ECB_Dev_corpus.txt").write_text("\n".join(rows), encoding="utf-8")
    gold = [
        {"doc_id": d, "sent_id": 0, "tokens_number": [t], "coref_chain": "X"}
        for d, t in (("1_1ecb", 1), ("1_2ecb", 0))
    ]
    (tmp_path / "ECB_Dev_Event_gold_mentions.json").write_text(json.dumps(gold), encoding="utf-8")
    found = ecbplus.evaluate(tmp_path)
    assert found.text is not None
    assert len([line for line in found.text.splitlines() if "\t" in line]) == 3


@pytest.mark.parametrize("evaluate", [news_cluster.evaluate, ecbplus.evaluate, stories.evaluate])
def test_an_empty_folder_is_no_gold_set(evaluate, tmp_path: Path) -> None:
    with pytest.raises(errors.EvaluationError):
        evaluate(tmp_path)


@pytest.mark.gold
def test_floors_of_the_public_sets(gold: Path) -> None:
    clusters = news_cluster.evaluate(gold / "news_cluster").scores
    assert clusters["pair_f1"] >= 0.92
    assert clusters["b3"] >= 0.95
    copies = syndication.evaluate(gold / "news_cluster").scores
    assert copies["recall_light"] == 1.0
    assert copies["recall_medium"] >= 0.98
    assert copies["recall_heavy"] >= 0.80
    assert copies["precision"] >= 0.99
    chains = newswcl50.evaluate(gold / "newswcl50" / "dev.conll").scores
    assert chains["conll_f1"] >= chains["same_head"] + 5
