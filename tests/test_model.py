"""The network: what goes in, what comes out, and that it is the one that was shipped."""

from __future__ import annotations

import shutil
import sys

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import errors, model, parse, pieces
from dateline.ontology import ontology

SEED_SENTENCE = "Kenyan police arrested 14 opposition supporters in Kisumu on Monday."


@pytest.fixture(scope="module")
def network() -> model.Network:
    return model.network()


def row(text: str, source: str, target: str) -> tuple[list[str], pieces.Pair]:
    words, first, second = ([word for word, _ in parse.words(part)] for part in (text, source, target))
    return words, (span(words, first), span(words, second))


def span(words: list[str], part: list[str]) -> pieces.Range:
    start = next(n for n in range(len(words)) if words[n : n + len(part)] == part)
    return start, start + len(part)


def best(answer: dict[str, float]) -> str:
    return max(answer, key=lambda label: answer[label])


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
