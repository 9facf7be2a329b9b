"""The analysed view: what it shows, and that every position leads back to the stored text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ingest.clean import analysed

SHOWN = [
    ("plain text", "plain text"),
    ("non-breaking\u00a0space", "non-breaking space"),
    ("two  blanks \t and\u2003a wide one", "two blanks and a wide one"),
    ("broken\nline", "broken line"),
    ("its base in\n\n\u00a0\nParis", "its base in Paris"),
    ("its base in\n\nAdvertisement\n\nParis", "its base in Paris"),
    ("was told by\nReuters\nin Paris", "was told by Reuters in Paris"),
    ("did n\u200bot at\u00adtack", "did not attack"),
    ("co\u00ad\noperate", "cooperate"),
    ("\u202edid not\u202c", "did not"),
    ("n\u034fot", "not"),
    ("not\U000e0041\U000e0042", "not"),
    ("ｄｉｄ ｎｏｔ", "did not"),
    ("d\u0456d n\u043et", "did not"),
    ("Alb\u03b1ni\u0430", "Albania"),
    ("\u043d\u0435\u0442, he said", "\u043d\u0435\u0442, he said"),
    ("the \u0421\u0421\u0421\u0420", "the CCCP"),
    ("a \u03bcg of it", "a \u03bcg of it"),
    ("of\ufb01cial con\ufb02ict", "official conflict"),
    ("Sa\u0303o Tome\u0301", "S\u00e3o Tom\u00e9"),
    ("n\u0336o\u0336t\u0336", "not"),
    ("𝐝𝐢𝐝 𝑛𝑜𝑡", "did not"),
    ("non\u2011aligned", "non-aligned"),
    ("“so-called” ‘cult’", "“so-called” ‘cult’"),
    ("a \u200b b", "a b"),
]


@pytest.mark.parametrize(("stored", "view"), SHOWN)
def test_shows(stored: str, view: str) -> None:
    assert analysed(f"<{stored}>", 1, 1 + len(stored)).text == view


def test_maps_back_to_what_it_came_from() -> None:
    stored = "He said: d\u0456d\u00a0 n\u200bot, of\ufb01cial"
    view = analysed(stored, 9, len(stored))
    for word, wanted in [("did", "d\u0456d"), ("not", "n\u200bot"), ("official", "of\ufb01cial")]:
        start = view.text.index(word)
        first, last = view.to_stored(start, start + len(word))
        assert stored[first:last] == wanted


def test_ordinary_text_is_an_identity() -> None:
    view = analysed("0123 plain text", 5, 15)
    assert isinstance(view.starts, range)
    assert view.to_stored(0, 5) == (5, 10)
    assert view.to_stored(10, 10) == (15, 15)


def test_refuses_ranges_outside() -> None:
    with pytest.raises(ValueError, match="outside"):
        analysed("abc", 0, 3).to_stored(0, 4)


def test_a_long_run_of_marks_is_cut_in_time() -> None:
    began = time.process_time()
    stored = "n" + "\u0301\u0316" * 80_000 + "ot"
    view = analysed(stored, 0, len(stored))
    assert len(view.text) < 40
    assert time.process_time() - began < 1


ODD = st.text(st.sampled_from("abc Xо\u0430\n\r\u00a0\u200b\u00ad\ufb01\u0301\u0336ｎ\u2028\U000e0041𝐧.—“"))


@given(ODD, ODD, ODD)
def test_positions_are_monotone_and_inside(before: str, piece: str, after: str) -> None:
    stored = before + piece + after
    start, end = len(before), len(before) + len(piece)
    view = analysed(stored, start, end)
    assert len(view.starts) == len(view.ends) == len(view.text)
    last = start
    for i, char in enumerate(view.text):
        first, stop = view.to_stored(i, i + 1)
        assert start <= first < stop <= end
        assert first >= last or (first, stop) == view.to_stored(i - 1, i)
        if char.isascii() and char.isalpha() and stop - first == 1 and stored[first].isascii():
            assert stored[first] == char
        last = first


@given(st.text(max_size=60))
def test_any_text_has_a_view(stored: str) -> None:
    view = analysed(stored, 0, len(stored))
    assert view.to_stored(0, 0)[0] <= len(stored)
    assert "\n" not in view.text
