"""Whole-coder cases in the corpus format: every cell of every mention must be as labelled."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dateline import extract
from dateline.evaluate import corpus

CASES = corpus.load(Path(__file__).parent.parent / "cases")


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_case_is_coded_as_labelled(case: corpus.Item) -> None:
    notes = list(corpus.score_item(case, extract.code(case.report), Counter()))
    assert notes == []
