"""Speed and robustness: no pattern grows without bound, and no text makes the grammar fail."""

from __future__ import annotations

import itertools
import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.timex import (
    passes,
    resolve,
    rules_absolute,
    rules_names,
    rules_periods,
    rules_years,
    time_expressions,
)
from dateline.timex.scan import normalise, patterns

SIZE = 20_000
LIMIT = 0.6  # seconds of processor time; the slowest takes 0.14 on a quiet machine, growth takes minutes
PIECES = (
    "a ",
    "the ",
    " ",
    "1",
    "one ",
    "twenty ",
    "twenty-",
    "19",
    "1,000,",
    "may ",
    "may-",
    "may 5, ",
    "5/",
    "5.",
    "-",
    "a few ",
    "first ",
    "early ",
    "last ",
    "next last ",
    "monday, ",
    "monday morning ",
    "in the ",
    "year ",
    "the year ",
    "fiscal ",
    "quarter ",
    "1990 1990-",
    "12:30:",
    "10 to 12 ",
    "every other ",
    "more than ",
    "q1'",
    "'80s ",
    "nineteen hundred and ",
    "and a half ",
    "two-",
    "ago ",
    "week of the ",
    "dhu al-",
    "'",
)


def compiled() -> list[tuple[str, re.Pattern[str]]]:
    """Return the patterns of the scan and every other compiled pattern of the package's modules."""
    modules = (passes, resolve, rules_absolute, rules_names, rules_periods, rules_years)
    others = [
        (f"{module.__name__}.{name}", value)
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    ]
    return [*patterns(), *others]


ALL = compiled()


@pytest.mark.parametrize(("name", "pattern"), ALL, ids=[f"{n}-{name}" for n, (name, _) in enumerate(ALL)])
def test_no_pattern_grows(name: str, pattern: re.Pattern[str]) -> None:
    for piece in PIECES:
        text = (piece * (SIZE // len(piece) + 1))[:SIZE] + "\x00"
        assert any(seconds(pattern, text) < LIMIT for _ in range(3)), (name, piece)  # the machine is shared


def seconds(pattern: re.Pattern[str], text: str) -> float:
    began = time.process_time()
    sum(1 for _ in pattern.finditer(text))
    return time.process_time() - began


@pytest.mark.parametrize("piece", PIECES)
def test_whole_function_is_linear(piece: str) -> None:
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    began = time.process_time()
    time_expressions(text, "2022-09-07")
    assert time.process_time() - began < 3.0


def test_speed_on_plain_news() -> None:
    line = (
        "The minister said on Tuesday that the talks, which began in March 2014, would go on. "
        "Nobody in the town knew when the road to the border might be opened to the trucks again. "
    )
    text = "\n\n".join([line * 5] * 60)
    time_expressions(line, "2022-09-07")
    began = time.process_time()
    time_expressions(text, "2022-09-07")
    assert len(text) / (time.process_time() - began) > 150_000  # a busy machine; about 1 MB/s when idle


ANCHORS = st.sampled_from(["2022-09-07", "2022-09-07T21:25", "", "nonsense", "2022-13-45"])


@given(st.text(max_size=200), ANCHORS)
@settings(max_examples=300, deadline=None)
def test_never_raises(text: str, anchor: str) -> None:
    for found in time_expressions(text, anchor):
        assert text[found.start : found.end] == found.text


SALAD = """
may May March 5 31 30 1999 2022 the last next first second two ago years days week Friday on in
of since until , . - / : 10 a.m. quarter third fiscal end early late every day before after that
month year century 1980s Ramadan 1401 Mehr Easter winter now half to and between from 9999 0 00
99999 February 29 earlier later
"""
WORDS = st.sampled_from(SALAD.split())


@given(st.lists(WORDS, max_size=14), st.sampled_from(["2022-09-07", None, "0001-01-01", "9999-12-31"]))
@settings(max_examples=1500, deadline=None)
def test_word_salad(words: list[str], anchor: str | None) -> None:
    text = " ".join(words)
    found = time_expressions(text, anchor)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(x.edtf is None for x in found if "impossible" in x.flags)
    assert all("?" not in x.value and x.start < x.end for x in found)


def test_normalised_view_keeps_offsets() -> None:
    text = "İstanbul, 7\u00a0Eylül — on 7\u00a0September\u00a02022\u2014 and in 1980\u201388"
    assert len(normalise(text)) == len(text)
    found = time_expressions(text, "2022-09-08")
    assert [x.text for x in found] == ["7\u00a0September\u00a02022", "1980\u201388"]
    assert unicodedata.name(text[0]).startswith("LATIN CAPITAL LETTER I")


def test_tense_is_asked() -> None:
    text = "The envoy flew home on Monday."
    past = time_expressions(text, "2022-09-07", tense=lambda offset: "past")[0]
    future = time_expressions(text, "2022-09-07", tense=lambda offset: "future")[0]
    assert (past.value, future.value) == ("2022-09-05", "2022-09-12")
    silent = time_expressions(text, "2022-09-07", tense=lambda offset: "")[0]
    assert silent.value == "2022-09-05"


def test_no_anchor_gives_no_interval() -> None:
    text = "He left yesterday, on Friday, last month, in July and two years ago."
    assert all(x.edtf is None and x.value.startswith("XXXX") for x in time_expressions(text, None))
