from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dateline import errors
from dateline.evaluate import corpus
from dateline.records import Coded

GOOD = """% a comment
# x-1 | 2021-05-04 | wire
Kenyan police arrested 14 activists, and the activists thanked nobody.
E arrested | COERCE/arrest | Kenyan police=KEN COP | 14 activists=KEN OPP | | actual | current

# x-2 | 2021-05-04 | wire
Shares fell.
N markets
"""


def load(tmp_path: Path, text: str) -> list[corpus.Item]:
    file = tmp_path / "x.txt"
    file.write_text(text, encoding="utf-8")
    return corpus.load(file)


def test_items_are_read_with_ranges(tmp_path: Path) -> None:
    one, other = load(tmp_path, GOOD)
    event = one.events[0]
    assert one.text[slice(*event.trigger)] == "arrested"
    assert [(p.code, p.sector) for p in event.actor] == [("KEN", "COP")]
    assert other.negative == "markets"


def test_a_number_chooses_among_repeated_words() -> None:
    assert corpus.locate("the activists^1", "the activists and the activists") == (0, 13)
    assert corpus.locate("the activists^2", "the activists and the activists") == (18, 31)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("E arrested", "E jailed"), ("COERCE/arrest", "COERCE/visit"), ("KEN COP", "KENYA COP"),
        ("KEN COP", "KEN POLICE"), ("| actual |", "| perhaps |"), ("| current", "| now"),
        ("N markets", "% N markets"), ("Kenyan police=KEN COP", "Kenyan police"),
    ],
)  # fmt: skip
def test_a_wrong_label_is_refused_with_its_place(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(errors.EvaluationError, match=r"x\.txt:\d+"):
        load(tmp_path, GOOD.replace(old, new, 1))


def test_what_is_not_found_is_missed_and_noted(tmp_path: Path) -> None:
    one, _ = load(tmp_path, GOOD)
    tally: Counter[str] = Counter()
    notes = list(corpus.score_item(one, Coded(one.report), tally))
    assert tally["gold"] == 1
    assert tally["right"] == 0
    assert [note.split(":")[1].strip() for note in notes] == ["missed"]


def test_the_shipped_corpus_loads() -> None:
    folder = Path(__file__).parents[2] / "training" / "corpus"
    items = corpus.load(folder)
    assert len({item.id for item in items}) == len(items)
    assert sum(item.negative is not None for item in items) > len(items) / 5
