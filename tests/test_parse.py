"""The parse as the rooms above see it: lemmas and the stored text of tokens."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import parse
from dateline.lexicon import verb_lemmas
from dateline.records import Report

WORDS = st.sampled_from(
    "Ministers soldiers better Iran's striking strikes staged were lives leaves the a of , . Guards met "
    "has said data women worst United 28 U.S. protesters' shelling fled fleeing been".split()
)


def paragraph(text: str) -> parse.Paragraph:
    (found,) = parse.read(Report(text, ((0, len(text)),)))
    return found


def lemmas_of_the_pipeline(text: str) -> list[str]:
    mended = verb_lemmas("en")
    doc = parse.pipeline()(text)
    return [mended.get(t.lower_, t.lemma_) if t.pos_ == "VERB" else t.lemma_ for t in doc]


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12))
def test_lemmas_are_those_of_the_pipeline_with_its_mistakes_mended(words: list[str]) -> None:
    text = " ".join(words)
    assert [t.lemma_ for t in paragraph(text).doc] == lemmas_of_the_pipeline(text)


def test_lemmas_do_not_depend_on_what_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Workers staged strikes, and better women met the ministers."
    before = [t.lemma_ for t in paragraph(text).doc]
    monkeypatch.setattr(parse, "FORMS", 1)  # everything is forgotten after every form
    assert [t.lemma_ for t in paragraph(text).doc] == before
    assert before[1] == "stage"


def test_a_token_covers_the_same_stored_text_each_time() -> None:
    found = paragraph("Nor\u200bway ex\u00adpelled two envoys.")
    for token in found.doc:
        span = found.span(token)
        assert span == found.span(token) == found.stored(token.idx, token.idx + len(token))
        assert found.report.text[span.start : span.end] == span.text


@pytest.mark.parametrize("run", ['"“’', "“" * 20 + "http://a.b/", "’s", "word"])
def test_an_over_long_run_keeps_its_text_and_the_words_around_it(run: str) -> None:
    before, after = "Peru can't said (today): ", " Chile's army won't leave."
    text = f"{before}{run * 1_000}{after}"
    doc = paragraph(text).doc
    assert len(parse._pieces(text)) > 1
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    around = [(t.text, t.norm_) for t in doc if t.idx < len(before) or t.idx > len(text) - len(after)]
    assert around == [(t.text, t.norm_) for part in (before, after.strip()) for t in paragraph(part).doc]


@pytest.mark.parametrize("size", [1, 2 * parse.RUN, 10_000])
def test_only_an_over_long_run_is_cut_after_a_mark(size: int) -> None:
    text = f"So {'word”' * size}”Peru left {'x' * size} at {'y' * size}"
    pieces = parse._pieces(text)
    assert "".join(pieces) == text
    assert all(len(word) <= parse.RUN for piece in pieces for word in piece.split())
    assert (len(pieces) == 1) == (size == 1)
    assert any("Peru left" in piece for piece in pieces)


@pytest.mark.parametrize("size", [parse.RUN - 1, parse.RUN, parse.RUN + 1, 2 * parse.RUN, 2 * parse.RUN + 1])
def test_a_run_as_long_as_allowed_is_one_piece(size: int) -> None:
    assert len(parse._pieces(f"a {'x' * size} b")) == -(-size // parse.RUN)


def test_the_command_line_of_spacy_is_not_loaded_and_can_be_afterwards() -> None:
    code = (
        "import sys; from dateline import parse; parse.pipeline();"
        "heavy = {'requests', 'jinja2', 'spacy.cli'} & set(sys.modules);"
        "assert not heavy, heavy;"
        "from spacy.cli.info import info; assert callable(info)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Russia, Ukraine swap prisoners", "&"),
        ("Talks at dawn: Iran, IAEA meet", "&"),
        ("Kenya, which banned the group, arrests five", ","),
        ("On Monday, Kenya arrests five", ","),
    ],
)
def test_the_comma_of_a_title_that_joins_two_is_read_as_and(title: str, head: str) -> None:
    text = f"{title}\n\nNothing else happened."
    report = Report(text, ((len(title) + 2, len(text)),), title_span=(0, len(title)))
    first = parse.read(report)[0]
    comma = next(t for t in first.doc if t.text in (",", "&"))
    assert comma.text == head
    assert first.span(comma).text == ","  # the stored text is as it was
    assert [t.idx for t in first.doc] == [t.idx for t in parse.pipeline()(title)]
