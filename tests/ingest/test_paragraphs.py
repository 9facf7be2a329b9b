"""Paragraph ranges: joined where the layout broke them, apart where the author parted them."""

from __future__ import annotations

import pytest

from dateline.ingest.paragraphs import ends_sentence, find

# text, with "¶" where a new paragraph is expected to begin (the mark itself is not in the text)
CASES = [
    "One went home.\n¶Two stayed.",
    "One went\nhome. ¶".replace(" ¶", ""),
    "He came from\n\n \nParis in 1986.\n¶He left.",
    "He said that the\n\ntalks would go on.\n\n¶They did.",
    "The troops of the U.S.\narmy left the town.",
    "Background\n\n¶The war began in May.",
    "It began in May. Nobody knew why it had to be\n\nParis that was chosen.",
    "“We will go,” he said.\n¶“We will not,” she said.",
    "- one thing\n¶- another thing",
    "The list:\n¶1. peace\n¶2. war",
    "He left.\r\n¶She stayed.\r\n\r\n¶They met.",
    "He left.\u2028¶She stayed.",
    "He paid in cash,\n\nFriends said later.",
]


@pytest.mark.parametrize("case", CASES)
def test_paragraphs(case: str) -> None:
    text = case.replace("¶", "")
    wanted = ["".join(part.split()) for part in case.split("¶")]
    found = ["".join(text[a:b].split()) for a, b in find(text, 0).paragraphs]
    assert found == wanted


def test_wrapped_text_is_joined_by_blank_lines_alone() -> None:
    text = (
        "The council met on Monday to talk about the\nborder. It did not agree on the\n"
        "Northern line, which\nhas been in dispute.\n\n"
        "A second meeting will\nfollow. It may be\nlast."
    )
    assert len(find(text, 0).paragraphs) == 2


def test_junk_is_left_out_and_noted() -> None:
    text = "He left.\nAdvertisement\nShe stayed.\n\nShare this article"
    found = find(text, 0)
    assert [text[a:b] for a, b in found.paragraphs] == ["He left.", "She stayed."]
    assert found.notes == ("junk: left out 'Advertisement' at 9 and 1 more",)


def test_last_word_of_a_wrapped_sentence_is_no_junk() -> None:
    text = "The envoy said this to\nReuters.\nHe left."
    assert not find(text, 0).notes


@pytest.mark.parametrize("text", ["He left.", "“Go!”", "Why?", "(he said.)", "here. (AFP)", "so…"])
def test_ends_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["He left", "in the,", "Background", "base in"])
def test_does_not_end_sentence(text: str) -> None:
    assert not ends_sentence(text)
