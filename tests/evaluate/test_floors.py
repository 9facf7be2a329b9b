"""Quality has a floor that cannot drop silently: scores on the development gold sets, where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.evaluate import plv, seed
from dateline.evaluate.plv import predict, score

pytestmark = pytest.mark.gold


def test_the_example_article(gold: Path) -> None:
    scores = seed.evaluate(gold / "seed_gold.json").scores
    assert scores["required events found"] >= 14  # 19 with the network that read each sentence alone
    assert scores["voice right on found"] >= 0.95
    assert scores["realis right on found"] >= 0.95
    assert scores["violations of never rules"] == 0
    assert scores["attributions found"] == 11


def test_plv_from_lexicon_and_parse_alone(gold: Path) -> None:
    rows = plv.load(gold / "plv" / "PLV_train.tsv")
    scores = score(rows, [predict(row) for row in rows])
    assert scores["root macro-F1"] >= 0.68
