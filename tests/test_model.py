"""The network: what goes in, what comes out, and that it is the one that was shipped."""

from __future__ import annotations

import shutil
import sys

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import errors, model, parse
from dateline.ontology import ontology

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
SEED_SENTENCE = "Kenyan police arrested 14 opposition supporters in Kisumu on Monday."


@pytest.fixture(scope="module")
def network() -> model.Network:
    return model.network()


def row(text: str, source: str, target: str) -> tuple[list[str], model.Pair]:
    words, first, second = ([word for word, _ in parse.words(part)] for part in (text, source, target))
    return words, (span(words, first), span(words, second))


def span(words: list[str], part: list[str]) -> model.Range:
    start = next(n for n in range(len(words)) if words[n : n + len(part)] == part)
    return start, start + len(part)


def best(answer: dict[str, float]) -> str:
    return max(answer, key=lambda label: answer[label])


# -- words to numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pieces"),
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
def test_words_are_cut_as_bert_cuts_them(text: str, pieces: list[str]) -> None:
    ids = model.WordPiece(VOCABULARY).encode(text)
    assert [VOCABULARY[i] for i in ids] == pieces


def test_the_shipped_vocabulary_gives_the_numbers_of_the_reference_tokenizer() -> None:
    words = (model.FOLDER / "vocab.txt").read_text(encoding="utf-8").splitlines()
    cutter = model.WordPiece(words)
    assert {text: cutter.encode(text) for text in REFERENCE} == REFERENCE


def encoder(longest: int = 32) -> model.Encoder:
    return model.Encoder(VOCABULARY, MARKERS, longest)


def pieces(words: list[str], pair: model.Pair | None = None, longest: int = 32) -> list[str]:
    return [VOCABULARY[i] for i in encoder(longest).encode(words, pair)[0]]


def test_every_word_is_found_again_at_its_first_piece() -> None:
    ids, starts = encoder().encode(["unaffable", "army", "U.S.", "him"])
    assert [VOCABULARY[ids[start]] for start in starts] == ["un", "army", "u", "him"]


def test_a_word_of_nothing_visible_has_a_piece_of_its_own() -> None:
    assert pieces(["army", "\u200b", "him"]) == ["[CLS]", "army", "[UNK]", "him", "[SEP]"]


def test_words_that_are_cut_off_stand_nowhere() -> None:
    ids, starts = encoder(longest=6).encode(["army", "shot", "him"] * 3)
    assert len(ids) == 6
    assert starts == [1, 2, 3, 4, 0, 0, 0, 0, 0]


def test_markers_stand_around_both_stretches() -> None:
    assert pieces(["army", "shot", "him"], ((0, 1), (2, 3))) == [
        "[CLS]", "[unused0]", "army", "[unused1]", "shot", "[unused2]", "him", "[unused3]", "[SEP]",
    ]  # fmt: skip


@pytest.mark.parametrize("ranges", TOUCHING)
def test_stretches_may_touch_nest_or_be_empty(ranges: model.Pair) -> None:
    found = pieces(["army", "a", "him"], ranges)
    assert sorted(p for p in found if p in MARKERS) == sorted(MARKERS)
    assert [p for p in found if p not in MARKERS] == ["[CLS]", "army", "a", "him", "[SEP]"]


@pytest.mark.parametrize("ranges", [((0, 1), (2, 4)), ((-1, 1), (1, 2)), ((1, 0), (1, 2))])
def test_ranges_outside_the_text_are_refused(ranges: model.Pair) -> None:
    with pytest.raises(ValueError, match="do not lie in"):
        encoder().encode(["army", "a", "him"], ranges)


@pytest.mark.parametrize(("before", "between", "after"), LENGTHS)
def test_long_inputs_are_cut_around_the_markers(before: int, between: int, after: int) -> None:
    words = ["a"] * before + ["army"] + ["a"] * between + ["him"] + ["a"] * after
    found = pieces(words, (span(words, ["army"]), span(words, ["him"])), longest=24)
    assert len(found) == 24
    assert [p for p in found if p != "a"] == [
        "[CLS]", "[unused0]", "army", "[unused1]", "[unused2]", "him", "[unused3]", "[SEP]",
    ]  # fmt: skip


def test_a_stretch_longer_than_the_network_reads_keeps_its_markers() -> None:
    found = pieces(["army"] * 400, ((0, 200), (201, 400)), longest=24)
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


# -- tags -------------------------------------------------------------------------------------------------

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue")


@given(st.lists(st.lists(st.floats(-9, 0), min_size=5, max_size=5), max_size=12))
def test_no_tag_goes_on_with_what_has_not_begun(rows: list[list[float]]) -> None:
    found = model.best_tags(numpy.array(rows, dtype=numpy.float32).reshape(-1, 5), TAGS)
    assert len(found) == len(rows)
    for before, tag in zip(["O", *found], found, strict=False):
        assert not tag.startswith("I-") or before[2:] == tag[2:]


def test_the_likeliest_tags_are_taken_as_a_whole() -> None:
    scores = numpy.log(numpy.array([[0.5, 0.4, 0.05, 0.03, 0.02], [0.1, 0.1, 0.7, 0.05, 0.05]]))
    assert model.best_tags(scores, TAGS) == ["B-source", "I-source"]


def test_what_is_likely_to_follow_decides_between_near_equals() -> None:
    scores = numpy.log(numpy.array([[0.1, 0.6, 0.1, 0.1, 0.1], [0.32, 0.02, 0.3, 0.34, 0.02]]))
    steps = [[-9.0] * 5, [-9.0, -9.0, -0.1, -3.0, -9.0], *[[-9.0] * 5] * 3]
    assert model.best_tags(scores, TAGS) == ["B-source", "B-cue"]
    assert model.best_tags(scores, TAGS, steps) == ["B-source", "I-source"]


# -- the network ------------------------------------------------------------------------------------------


def test_every_type_and_none_has_a_probability(network: model.Network) -> None:
    answers = network.relations([row(SEED_SENTENCE, "Kenyan police", "14 opposition supporters")] * 3)
    assert len(answers) == 3
    for answer in answers:
        assert set(answer) == {*ontology().types, "NONE"}
        assert sum(answer.values()) == pytest.approx(1.0, abs=1e-5)
        assert min(answer.values()) >= 0.0


def test_its_labels_are_the_ontologys(network: model.Network) -> None:
    assert set(network.labels["event"]) == {*ontology().types, "NONE"}
    assert set(network.labels["context"]) == ontology().contexts
    for name in network.labels["mode"]:
        event, _, mode = name.partition("/")
        ontology().check(event, mode or None)


def test_a_reading_has_a_row_for_every_word(network: model.Network) -> None:
    (reading,) = network.read_each([SEED_SENTENCE.split()])
    size = len(SEED_SENTENCE.split())
    assert {len(cell) for cell in (reading.event, reading.mode, reading.realis, reading.saying)} == {size}
    assert reading.links.shape == (len(network.labels["link"]), size, size)
    assert best(dict(zip(network.labels["event"], reading.event[2], strict=True))) == "COERCE"


def test_nothing_to_read_nothing_read(network: model.Network) -> None:
    assert network.relations([]) == []
    assert network.read([]) == []
    assert [len(readings) for readings in network.read([[], [[]], [["a"], []]])] == [0, 1, 2]
    assert len(network.relations([([], ((0, 0), (0, 0)))])) == 1


def test_the_same_sentences_give_the_same_readings(network: model.Network) -> None:
    sentences = [SEED_SENTENCE.split()[: n + 2] for n in range(9)] * 4
    texts = [sentences, sentences[:3]]
    read, again = ([r for text in one.read(texts) for r in text] for one in (network, model.Network()))
    assert len(read) == len(sentences) + 3
    for one, other in zip(read, again, strict=True):
        assert (one.event == other.event).all()
        assert (one.links == other.links).all()


def test_a_rows_answer_does_not_depend_on_the_others(network: model.Network) -> None:
    one = row(SEED_SENTENCE, "Kenyan police", "14 opposition supporters")
    long = row("The army, " + "it was said, " * 30 + "shot him.", "The army", "him")
    assert network.relations([one])[0] == network.relations([long, one, long])[1]


@pytest.mark.parametrize(
    ("text", "source", "target", "event"),
    [
        (SEED_SENTENCE, "Kenyan police", "14 opposition supporters", "COERCE"),
        (
            "Israeli jets bombed Hezbollah positions near Tyre on Sunday.",
            "Israeli jets",
            "Hezbollah positions",
            "ASSAULT",
        ),
        (
            "Fourteen villagers were killed by Malian soldiers.",
            "Malian soldiers",
            "Fourteen villagers",
            "ASSAULT",
        ),
        ("Japan has sent 40 tonnes of rice to Nepal.", "Japan", "Nepal", "AID"),
        ("Peru's president condemned Chile on Friday.", "Peru's president", "Chile", "ACCUSE"),
    ],
)
def test_plain_sentences_and_their_swapped_pairs(
    network: model.Network, text: str, source: str, target: str, event: str
) -> None:
    forward, backward = network.relations([row(text, source, target), row(text, target, source)])
    assert best(forward) == event
    assert best(backward) == "NONE"


def test_long_reports_are_read_near_the_pair(network: model.Network) -> None:
    padding = "The valley has seen many harvests since then. " * 60
    text = padding + SEED_SENTENCE + " " + padding
    assert best(network.relations([row(text, "Kenyan police", "14 opposition supporters")])[0]) == "COERCE"


# -- the files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["reader.onnx", "vocab.txt"])
def test_a_changed_file_is_refused(tmp_path, name: str) -> None:
    folder = shutil.copytree(model.FOLDER, tmp_path / "model")
    with (folder / name).open("ab") as handle:
        handle.write(b"\n")
    with pytest.raises(errors.ModelError, match=f"{name}: not the pinned file"):
        model.Network(folder)


@pytest.mark.parametrize("name", ["model.toml", "reader.onnx", "vocab.txt"])
def test_a_missing_file_is_said_in_one_line(tmp_path, name: str) -> None:
    folder = shutil.copytree(model.FOLDER, tmp_path / "model")
    (folder / name).unlink()
    with pytest.raises(errors.ModelError, match=f"no {name}$"):
        model.Network(folder)


def test_without_onnxruntime_it_says_so(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(errors.ModelError, match="onnxruntime is not installed"):
        model.Network()


def test_the_network_is_small_and_its_card_is_complete() -> None:
    assert (model.FOLDER / "reader.onnx").stat().st_size < 30e6
    card = model.network().card
    assert card["licences"]
    assert card["scores"]
    assert card["rows"]
