"""Who says what: cues that go on, cited sources, who is nobody in particular, and odd marks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import extract, parse
from dateline.extract import voices
from dateline.records import Coded, Report

MARKS = "\"“”‘’'«»„‹›"


def coded(text: str) -> Coded:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return extract.code(Report(text, tuple(spans), published="2024-06-05"))


def innermost(text: str, trigger: str) -> tuple[str, str]:
    """Return kind and words of the innermost voice of the act at a trigger."""
    mention = next(m for m in coded(text).mentions if m.trigger.text.startswith(trigger))
    voice = mention.voices[-1]
    return voice.kind, text[voice.span.start : voice.span.end]


def test_who_goes_on_adding_is_who_spoke() -> None:
    text = "Peru is calm, the Chilean minister said, adding that Bolivian troops had shelled a village."
    assert innermost(text, "shelled") == ("source", "the Chilean minister")


def test_who_is_cited_vouches_last() -> None:
    text = "Kenyan troops shelled a Somali town, Reuters reported, citing two Ethiopian officials."
    mention = next(m for m in coded(text).mentions if m.trigger.text == "shelled")
    assert [v.kind for v in mention.voices] == ["source", "anonymous"]
    assert "Ethiopian officials" in mention.voices[-1].span.text


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("a Turkish colonel", "anonymous"),
        ("another envoy", "anonymous"),
        ("the Turkish colonel", "source"),
        ("a court in Ankara", "source"),
        ("an army spokesman", "source"),
        ("his lawyer", "source"),
        ("residents", "anonymous"),
    ],
)
def test_who_is_nobody_in_particular(source: str, kind: str) -> None:
    text = f"Turkish troops shelled a Syrian town, {source} said."
    assert innermost(text, "shelled")[0] == kind


def test_a_cue_inside_speech_needs_a_speaker() -> None:
    text = "Chile's president said he hailed the alleged raid on Peru as a warning that I think will fail."
    assert all(a.source for a in coded(text).attributions)


@pytest.mark.parametrize("mark", '"“’')
def test_ten_thousand_marks_are_read(mark: str) -> None:
    coded(f"Peru said {f'{mark} ' * 10_000} Chile attacked it.")


@pytest.mark.parametrize("marks", ['"', "“", "’", "«", '“’”"'])
def test_ten_thousand_marks_without_blanks_take_no_longer(marks: str) -> None:
    coded("Peru left.")  # what is loaded once does not count
    started = time.process_time()
    coded(f"Peru said {(marks * 10_000)[:10_000]} Chile attacked it.")
    assert time.process_time() - started < 8  # seconds; what grows with the square takes minutes


def test_a_quotation_of_fifty_paragraphs_keeps_its_speaker() -> None:
    lines = ["Chile's president said: “Peruvian troops shelled the town of Arica on Monday."]
    lines += [f"“Peruvian troops burned {n} Chilean houses." for n in range(2, 50)]
    text = "\n".join([*lines, "“Peruvian troops shelled a Chilean village,” he said."])
    found = coded(text)
    shelled = [m for m in found.mentions if m.trigger.text == "shelled"]
    assert shelled
    assert all(m.voices for m in shelled)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from([*MARKS, "Peru", "said", "Chile", "attacked", ",", ".", "\n"]), max_size=40))
def test_unbalanced_marks_never_raise(parts: list[str]) -> None:
    text = " ".join(parts)
    for attribution in coded(text).attributions:
        assert all(text[s.start : s.end] == s.text for s in (*attribution.cue, *attribution.content))


def test_the_noun_stands_for_the_words_before_it() -> None:
    text = "The navy rejected the charge of the harbour workers."
    doc = parse.read(Report(text, ((0, len(text)),)))[0].doc
    assert [t.text for t in voices._heads(doc, {0})] == ["navy"]
    assert [t.text for t in voices._heads(doc, {0, 1, 4})] == ["navy", "charge"]
