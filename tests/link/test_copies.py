import pytest

from dateline.link import copies
from dateline.link.reading import Reading, split
from link.helpers import cases

WIRE = """Norway expelled four Belarusian diplomats on Thursday after a long inquiry.
The foreign minister told reporters in Oslo that the government had lost all patience.
Hackers had read the letters of thirty lawmakers since the beginning of January.
The embassy of Belarus in Oslo called the inquiry a theatre play without an author.
Two engineers who had repaired the servers of the parliament were questioned as well."""
OTHER = """Fishermen in the north of the country expect a poor season this year.
The herring came late and left the fjords early, their union wrote in a letter.
Diesel has become so dear that many boats stay in the harbour for weeks.
A ministry in Oslo has promised to look at the matter before the summer.
Nobody in the villages of the coast believes that it will help them much."""


def made(outlet: str, text: str, published: str) -> Reading:
    return Reading(outlet, outlet, "", published, text, tuple(split(text)))


def found(*readings: Reading) -> list[tuple[str, str]]:
    prints = [copies.fingerprint(r) for r in readings]
    return [(readings[c.report].id, readings[c.source].id) for c in copies.find(readings, prints)]


@pytest.mark.parametrize(("text", "agency"), cases("credits.txt"))
def test_credit_lines(text: str, agency: str) -> None:
    assert (copies.credit(text.replace("\\n", "\n")) or "") == agency


def test_the_later_report_copies_the_earlier() -> None:
    first, second = made("a", WIRE, "2024-03-14T10:00"), made("b", WIRE, "2024-03-14T08:00")
    assert found(first, second) == [("a", "b")]


def test_times_are_compared_with_their_zones() -> None:
    first = made("a", WIRE, "2024-03-14T10:00+05:00")
    second = made("b", WIRE, "2024-03-14T08:00+00:00")
    assert found(first, second) == [("b", "a")]


def test_the_agencys_own_text_is_the_source_even_when_it_came_later() -> None:
    own = made("North Wire", f"OSLO (North Wire) -- {WIRE}", "2024-03-14T12:00")
    reprint = made("b", WIRE, "2024-03-14T10:00")
    assert found(own, reprint) == [("b", "North Wire")]


def test_cut_and_shuffled_passages_are_found() -> None:
    lines = WIRE.split("\n")
    shuffled = "\n".join([OTHER.split("\n")[0], lines[3], lines[1], lines[4], OTHER.split("\n")[1]])
    assert found(made("a", WIRE, "2024-03-14T08:00"), made("b", shuffled, "2024-03-14T10:00")) == [("b", "a")]


def test_two_reports_that_quote_one_speaker_are_no_copies() -> None:
    quoted = (
        "“The government has decided that these four people must leave the country within a week, and that "
        "their families must follow them before the end of the month,” the minister said."
    )
    one = made("a", f"{OTHER}\n{quoted}", "2024-03-14T08:00")
    other = made("b", f"{quoted}\n{WIRE}", "2024-03-14T10:00")
    assert found(one, other) == []


def test_strangers_are_no_copies() -> None:
    assert found(made("a", WIRE, "2024-03-14T08:00"), made("b", OTHER, "2024-03-14T10:00")) == []


def passages(one: str, other: str) -> int:
    prints = [copies.fingerprint(made(name, text, "")) for name, text in (("a", one), ("b", other))]
    return len(copies.passages(*prints))


@pytest.mark.parametrize(
    ("one", "other", "taken"),
    [
        # a short sentence shows its source only word for word, also inside a longer one
        ("Labour Minister Eva Berg will meet union leaders on Friday.",
         "Labour Minister Eva Berg meets union leaders on Friday.", True),
        ("A Chadian minister accused Sudan of having paid the raiders.",
         "The market burned down after a Chadian minister accused Sudan of having paid the alleged raiders.",
         True),
        ("Sudanese troops shelled the position near the border first.",
         "Near the border positions were shelled, Chad said, by Sudanese troops who came first.", False),
        # of a longer one words may be changed
        ("Belgian police closed two Congolese shops near Namur on Monday because a hidden door was found.",
         "Thugs in uniform closed two Congolese shops near Namur on Monday under the pretext that a hidden "
         "door had been found.", True),
        ("Belgian police closed two Congolese shops near Namur on Monday because a hidden door was found.",
         "A hidden door led police to close shops of two owners from Congo, neighbours said.", False),
    ],
)  # fmt: skip
def test_passages(one: str, other: str, taken: bool) -> None:
    assert passages(one, other) == passages(other, one) == taken
