"""Chains of phrases: names, offices, states, and what shares its words."""

from __future__ import annotations

from dateline.link import chains


def phrases(*texts: str) -> list[chains.Phrase]:
    """Return phrases of one document, one after another; the head is marked with an asterisk."""
    found, place = [], 0
    for text in texts:
        words = tuple(word.removeprefix("*") for word in text.split())
        head = next(i for i, word in enumerate(text.split()) if word.startswith("*"))
        found.append(chains.Phrase(0, place, place + len(words) - 1, words, head))
        place += len(words) + 5
    return found


def test_a_person_is_one_by_the_last_name_and_the_office() -> None:
    given = phrases("President Donald *Trump", "Mr. *Trump", "the *president", "North *Korea")
    assert chains.chains(given) == [[0, 1, 2], [3]]


def test_a_state_is_one_by_name_seat_and_people() -> None:
    given = phrases("*Russia", "*Moscow", "Russian *officials", "the *lawsuit", "a new *lawsuit")
    assert chains.chains(given) == [[0, 1, 2], [3, 4]]


def test_heads_are_mended() -> None:
    assert chains.mended(phrases("*the D.N.C.")[0]).words == ("the", "DNC")
    assert chains.mended(phrases("Donald Trump *Jr.")[0]).head == 1


def test_nothing_to_chain() -> None:
    assert chains.chains([]) == []
