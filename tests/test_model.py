"""The relation network: what goes in, what comes out, and that it is the one that was shipped."""

from __future__ import annotations

import shutil
import sys

import pytest

from dateline import errors, model
from dateline.ontology import ontology

VOCABULARY = [
    "[PAD]", "[unused0]", "[unused1]", "[unused2]", "[unused3]", "[UNK]", "[CLS]", "[SEP]", "[", "]", "'",
    "-", ".", "sep", "un", "##aff", "##able", "cafe", "u", "s", "北", "京", "army", "##s", "shot", "him", "a",
]  # fmt: skip
MARKERS = VOCABULARY[1:5]
TOUCHING = [((0, 4), (0, 4)), ((0, 9), (0, 4)), ((5, 5), (5, 5)), ((0, 13), (5, 9)), ((0, 4), (4, 9))]
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
def network() -> model.Relations:
    return model.relations()


def row(text: str, source: str, target: str) -> model.Row:
    return text, span(text, source), span(text, target)


def span(text: str, words: str) -> model.Range:
    start = text.index(words)
    return start, start + len(words)


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


def pieces(row: model.Row, longest: int = 32) -> list[str]:
    return [VOCABULARY[i] for i in encoder(longest).encode(row)]


def test_markers_stand_around_both_stretches() -> None:
    assert pieces(("army shot him", (0, 4), (10, 13))) == [
        "[CLS]", "[unused0]", "army", "[unused1]", "shot", "[unused2]", "him", "[unused3]", "[SEP]",
    ]  # fmt: skip


@pytest.mark.parametrize("ranges", TOUCHING)
def test_stretches_may_touch_nest_or_be_empty(ranges: tuple[model.Range, model.Range]) -> None:
    found = pieces(("army shot him", *ranges))
    assert sorted(p for p in found if p in MARKERS) == sorted(MARKERS)
    assert [p for p in found if p not in MARKERS] == ["[CLS]", "army", "shot", "him", "[SEP]"]


@pytest.mark.parametrize("ranges", [((0, 4), (9, 14)), ((-1, 4), (5, 9)), ((4, 0), (5, 9))])
def test_ranges_outside_the_text_are_refused(ranges: tuple[model.Range, model.Range]) -> None:
    with pytest.raises(ValueError, match="do not lie in"):
        encoder().encode(("army shot him", *ranges))


@pytest.mark.parametrize(("before", "between", "after"), LENGTHS)
def test_long_inputs_are_cut_around_the_markers(before: int, between: int, after: int) -> None:
    text = "a " * before + "army " + "a " * between + "him " + "a " * after
    found = pieces((text, span(text, "army"), span(text, "him")), longest=24)
    assert len(found) == 24
    assert [p for p in found if p != "a"] == [
        "[CLS]", "[unused0]", "army", "[unused1]", "[unused2]", "him", "[unused3]", "[SEP]",
    ]  # fmt: skip


def test_a_stretch_longer_than_the_network_reads_keeps_its_markers() -> None:
    text = "army " * 400
    found = pieces((text, (0, 1000), (1005, 1999)), longest=24)
    assert len(found) == 24
    assert sorted(p for p in found if p in MARKERS) == sorted(MARKERS)


# -- the network ------------------------------------------------------------------------------------------


def test_every_type_and_none_has_a_probability(network: model.Relations) -> None:
    answers = network.types([row(SEED_SENTENCE, "Kenyan police", "14 opposition supporters")] * 3)
    assert len(answers) == 3
    for answer in answers:
        assert set(answer) == {*ontology().types, "NONE"}
        assert sum(answer.values()) == pytest.approx(1.0, abs=1e-5)
        assert min(answer.values()) >= 0.0


def test_no_rows_no_answers(network: model.Relations) -> None:
    assert network.types([]) == []


def test_an_empty_text_is_answered(network: model.Relations) -> None:
    assert len(network.types([("", (0, 0), (0, 0))])) == 1


def test_the_same_rows_give_the_same_answers(network: model.Relations) -> None:
    rows = [row(SEED_SENTENCE, "Kenyan police", name) for name in ("14 opposition supporters", "Kisumu")] * 20
    first, second = network.types(rows), model.Relations().types(rows)
    assert first == second


def test_a_rows_answer_does_not_depend_on_the_others(network: model.Relations) -> None:
    one = row(SEED_SENTENCE, "Kenyan police", "14 opposition supporters")
    long = row("The army, " + "it was said, " * 30 + "shot him.", "The army", "him")
    assert network.types([one])[0] == network.types([long, one, long])[1]


def test_larger_batches_give_nearly_the_same(network: model.Relations) -> None:
    rows = [row(SEED_SENTENCE[: 50 + n], "Kenyan police", "14 opposition") for n in range(15)]
    for alone, beside in zip(network.types(rows), model.Relations(batch=4).types(rows), strict=True):
        assert best(alone) == best(beside)
        assert max(abs(alone[label] - beside[label]) for label in alone) < 0.1


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
        ("Peru's president accused Chile of spying.", "Peru's president", "Chile", "ACCUSE"),
    ],
)
def test_plain_sentences_and_their_swapped_pairs(
    network: model.Relations, text: str, source: str, target: str, event: str
) -> None:
    forward, backward = network.types([row(text, source, target), row(text, target, source)])
    assert best(forward) == event
    assert best(backward) == "NONE"


def test_long_reports_are_read_near_the_pair(network: model.Relations) -> None:
    padding = "The valley has seen many harvests since then. " * 60
    text = padding + SEED_SENTENCE + " " + padding
    assert best(network.types([row(text, "Kenyan police", "14 opposition supporters")])[0]) == "COERCE"


# -- the files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["relation.onnx", "vocab.txt"])
def test_a_changed_file_is_refused(tmp_path, name: str) -> None:
    folder = shutil.copytree(model.FOLDER, tmp_path / "model")
    with (folder / name).open("ab") as handle:
        handle.write(b"\n")
    with pytest.raises(errors.ModelError, match=f"{name}: not the pinned file"):
        model.Relations(folder)


@pytest.mark.parametrize("name", ["model.toml", "relation.onnx", "vocab.txt"])
def test_a_missing_file_is_said_in_one_line(tmp_path, name: str) -> None:
    folder = shutil.copytree(model.FOLDER, tmp_path / "model")
    (folder / name).unlink()
    with pytest.raises(errors.ModelError, match=f"no {name}$"):
        model.Relations(folder)


def test_without_onnxruntime_it_says_so(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(errors.ModelError, match="onnxruntime is not installed"):
        model.Relations()


def test_the_network_is_small_and_its_card_is_complete() -> None:
    assert (model.FOLDER / "relation.onnx").stat().st_size < 30e6
    card = model.relations().card
    assert card["licences"]
    assert card["scores"]
    assert card["rows"]
