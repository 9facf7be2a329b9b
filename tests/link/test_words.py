import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("attacked", "attack"), ("attacks", "attack"), ("said", "say"), ("Erdoğan", "Erdogan"),
        ("Iran’s", "Iran"), ("1,200", "1200"), ("countries", "country"), ("expelled", "expelled"),
        ("shot", "shooting"), ("killing", "killed"),
    ],
)  # fmt: skip
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert words.stem(one) == words.stem(other)


def test_rare_words_weigh_more() -> None:
    assert words.rarity("government") < words.rarity("dateline") <= words.rarity("zzyzx")


def test_function_words_are_no_content() -> None:
    assert words.content("The minister said that he would not go to Tirana.") == ["minister", "go", "tirana"]


@given(st.text(max_size=60))
def test_any_text_has_stems_and_places(text: str) -> None:
    for word in words.words(text):
        assert text[word.start : word.end] == word.text
        assert isinstance(word.stem, str)
