"""Words to numbers: how words are cut, and which sentences stand in one stretch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import model, pieces

VOCABULARY = [
    "[PAD]", "[unused0]", "[unused1]", "[unused2]", "[unused3]", "[UNK]", "[CLS]", "[SEP]", "[", "]", "'",
    "-", ".", "sep", "un", "##aff", "##able", "cafe", "u", "s", "北", "京", "army", "##s", "shot", "him", "a",
]  # fmt: skip
MARKERS = VOCABULARY[1:5]
TOUCHING = [((0, 1), (0, 1)), ((0, 2), (0, 1)), ((1, 1), (1, 1)), ((0, 3), (1, 2)), ((0, 1), (1, 2))]
LENGTHS = [(100, 0, 100), (0, 100, 0), (100, 100, 100), (3, 3, 500)]
# numbers from the tokenizers package with the encoder's own tokenizer.json
REFERENCE = {
    "Kenyan police arrested 14 opposition supporters in Kisumu on Monday.": [
        20428,
        2610,
        4727,
        2403,
        4559,
        6793,
        1999,
        11382,
        17421,
        2226,
        2006,
        6928,
        1012,
    ],
    "İstanbul’da Erdoğan’ın “naïve” U.S.-backed 3.5% café…": [
        9960,
        1521,
        4830,
        9413,
        16168,
        2319,
        1521,
        1104,
        2078,
        1523,
        15743,
        1524,
        1057,
        1012,
        1055,
        1012,
        1011,
        6153,
        1017,
        1012,
        1019,
        1003,
        7668,
        1529,
    ],
    "北京 said: Привет, ΣΊΣΥΦΟΣ – 한국": [
        1781,
        1755,
        2056,
        1024,
        1194,
        16856,
        10325,
        25529,
        15290,
        22919,
        1010,
        1173,
        18199,
        29733,
        29735,
        29736,
        29730,
        29733,
        1516,
        1469,
        30006,
        30021,
        29991,
        30014,
        30020,
    ],
    "ze\u200bro-wi\xaddth é\xa0£5 €3½ 😀�\x07": [5717, 1011, 9381, 1041, 27813, 1574, 2509, 13714, 100],
    "الجزيرة हिन्दी antidisestablishmentarianism": [
        1270,
        23673,
        29819,
        29823,
        14498,
        17149,
        19433,
        1339,
        29877,
        29863,
        29861,
        29878,
        3424,
        10521,
        4355,
        7875,
        13602,
        3672,
        12199,
        2964,
    ],
}


def span(words: list[str], part: list[str]) -> pieces.Range:
    start = next(n for n in range(len(words)) if words[n : n + len(part)] == part)
    return start, start + len(part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unaffable", ["un", "##aff", "##able"]),
        ("Unaffable Café", ["un", "##aff", "##able", "cafe"]),
        ("cafe\u0301", ["cafe"]),
        ("U.S.-army's", ["u", ".", "s", ".", "-", "army", "'", "s"]),
        ("北京", ["北", "京"]),
        ("ar\u00admy\u200bs\u00a0shot\tHIM\n", ["army", "##s", "shot", "him"]),
        ("[SEP]", ["[", "sep", "]"]),
        ("zebra army", ["[UNK]", "army"]),
        ("a" * 101, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_as_bert_cuts_them(text: str, expected: list[str]) -> None:
    ids = pieces.WordPiece(VOCABULARY).encode(text)
    assert [VOCABULARY[i] for i in ids] == expected


def test_the_shipped_vocabulary_gives_the_numbers_of_the_reference_tokenizer() -> None:
    words = (model.FOLDER / "vocab.txt").read_text(encoding="utf-8").splitlines()
    cutter = pieces.WordPiece(words)
    assert {text: cutter.encode(text) for text in REFERENCE} == REFERENCE


def encoder(longest: int = 32) -> pieces.Encoder:
    return pieces.Encoder(VOCABULARY, MARKERS, longest)


def cut(words: list[str], pair: pieces.Pair | None = None, longest: int = 32) -> list[str]:
    return [VOCABULARY[i] for i in encoder(longest).encode(words, pair)[0]]


def test_every_word_is_found_again_at_its_first_piece() -> None:
    ids, starts = encoder().encode(["unaffable", "army", "U.S.", "him"])
    assert [VOCABULARY[ids[start]] for start in starts] == ["un", "army", "u", "him"]


def test_a_word_of_nothing_visible_has_a_piece_of_its_own() -> None:
    assert cut(["army", "\u200b", "him"]) == ["[CLS]", "army", "[UNK]", "him", "[SEP]"]


def test_words_that_are_cut_off_stand_nowhere() -> None:
    ids, starts = encoder(longest=6).encode(["army", "shot", "him"] * 3)
    assert len(ids) == 6
    assert starts == [1, 2, 3, 4, 0, 0, 0, 0, 0]


def test_markers_stand_around_both_stretches() -> None:
    assert cut(["army", "shot", "him"], ((0, 1), (2, 3))) == [
        "[CLS]", "[unused0]", "army", "[unused1]", "shot", "[unused2]", "him", "[unused3]", "[SEP]",
    ]  # fmt: skip


@pytest.mark.parametrize("ranges", TOUCHING)
def test_stretches_may_touch_nest_or_be_empty(ranges: pieces.Pair) -> None:
    found = cut(["army", "a", "him"], ranges)
    assert sorted(p for p in found if p in MARKERS) == sorted(MARKERS)
    assert [p for p in found if p not in MARKERS] == ["[CLS]", "army", "a", "him", "[SEP]"]


@pytest.mark.parametrize("ranges", [((0, 1), (2, 4)), ((-1, 1), (1, 2)), ((1, 0), (1, 2))])
def test_ranges_outside_the_text_are_refused(ranges: pieces.Pair) -> None:
    with pytest.raises(ValueError, match="do not lie in"):
        encoder().encode(["army", "a", "him"], ranges)


@pytest.mark.parametrize(("before", "between", "after"), LENGTHS)
def test_long_inputs_are_cut_around_the_markers(before: int, between: int, after: int) -> None:
    words = ["a"] * before + ["army"] + ["a"] * between + ["him"] + ["a"] * after
    found = cut(words, (span(words, ["army"]), span(words, ["him"])), longest=24)
    assert len(found) == 24
    assert [p for p in found if p != "a"] == [
        "[CLS]", "[unused0]", "army", "[unused1]", "[unused2]", "him", "[unused3]", "[SEP]",
    ]  # fmt: skip


def test_a_stretch_longer_than_the_network_reads_keeps_its_markers() -> None:
    found = cut(["army"] * 400, ((0, 200), (201, 400)), longest=24)
    assert len(found) == 24
    assert sorted(p for p in found if p in MARKERS) == sorted(MARKERS)


@given(st.lists(st.lists(st.sampled_from(["army", "unaffable", "U.S.", "北京", ""]), max_size=9), max_size=9))
def test_every_sentence_stands_in_one_stretch_of_its_text(text: list[list[str]]) -> None:
    read = list(encoder(longest=16).stretches(text))
    assert all(len(stretch.ids) <= 16 for stretch in read)
    numbers = [stretch.number + n for stretch in read for n in range(len(stretch.heads))]
    assert numbers == list(range(len(text)))
    for stretch in read:
        assert [VOCABULARY[stretch.ids[head]] for head in stretch.heads] == ["[CLS]"] * len(stretch.heads)
        for words, starts in zip(text[stretch.number :], stretch.starts, strict=False):
            firsts = [encoder().encode([word])[0][1] for word in words]
            assert all(stretch.ids[at] == first for at, first in zip(starts, firsts, strict=True) if at)


def test_sentences_that_fit_are_read_at_once() -> None:
    (stretch,) = encoder().stretches([["army", "shot"], ["him"]])
    assert [VOCABULARY[i] for i in stretch.ids] == ["[CLS]", "army", "shot", "[CLS]", "him", "[SEP]"]
    assert stretch.starts == [[1, 2], [4]]
    assert stretch.heads == [0, 3]
