"""Linking as a whole: order of arrival, counts, disputes, figures, versions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import link
from dateline.link import signals
from link.helpers import Json, item, mention, report, voice

WIRE = (
    "Norway on Thursday expelled four Belarusian diplomats over a cyber attack on the parliament in Oslo. "
    "Belarus denied that it had attacked the parliament of Norway. "
    "The foreign minister told reporters in Oslo that the inquiry had lasted for three long months."
)
OWN = (
    "Four diplomats of Belarus must leave Norway, which expelled them on Thursday over the attack on its "
    "parliament. Norway says that Belarus attacked the servers of the parliament in Oslo in January. "
    "A lawmaker whose letters were read told this newspaper that nobody had warned her."
)
ELSEWHERE = (
    "Kenya expelled two Ugandan diplomats on Monday. The fishermen of Lake Victoria had asked for it. "
    "Uganda promised an answer before the end of the week, and closed a bridge."
)


def wire(outlet: str, published: str, text: str = WIRE, **more: object) -> tuple[object, list[Json]]:
    of = report(
        outlet, text, published, "Norway expels Belarusian diplomats over attack on parliament", **more
    )
    return item(
        of,
        mention(of, "expelled", "SANCTION", "NOR", "BLR", date="2024-03-14"),
        mention(of, "attacked", "ASSAULT", "BLR", "NOR", realis="negated", voices=[voice("BLR", "Belarus")]),
    )


def own(outlet: str = "Own Post", published: str = "2024-03-15T07:00") -> tuple[object, list[Json]]:
    of = report(
        outlet, OWN, published, "Belarusian diplomats expelled from Norway after attack on parliament"
    )
    return item(
        of,
        mention(of, "expelled", "SANCTION", "NOR", "BLR", date="2024-03-14"),
        mention(of, "attacked", "ASSAULT", "BLR", "NOR", voices=[voice("NOR", "Norway")]),
    )


def elsewhere() -> tuple[object, list[Json]]:
    of = report("Lake News", ELSEWHERE, "2024-03-14T09:00", "Kenya expels Ugandans")
    return item(of, mention(of, "expelled", "SANCTION", "KEN", "UGA", date="2024-03-11"))


def everything() -> list[tuple[object, list[Json]]]:
    return [
        wire("North Wire", "2024-03-14T10:00"), wire("Reprint Times", "2024-03-14T12:00"), own(), elsewhere(),
    ]  # fmt: skip


def event(linked: link.Linked, kind: str, code: str) -> Json:
    return next(e for e in linked.events if e["event"] == kind and e["actor"] == [f"{code} GOV"])


@given(st.permutations(range(4)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    items = everything()
    assert link.link([items[i] for i in order]) == link.link(items)


def test_a_reprint_is_not_independent() -> None:
    found = event(link.link(everything()), "SANCTION", "NOR")
    assert (found["reports"], found["outlets"], found["independent_outlets"]) == (3, 3, 2)


def with_passage() -> tuple[object, list[Json]]:
    """A report of one's own that takes over the wire's first sentence."""
    text = f"{WIRE.split('. ')[0]}. {' '.join(OWN.split('. ')[2:])} The weather in Oslo was mild for March."
    of = report("Passage Post", text, "2024-03-15T09:00", "Norway expels Belarusian diplomats after attack")
    return item(of, mention(of, "expelled", "SANCTION", "NOR", "BLR", date="2024-03-14"))


def test_a_long_sentence_taken_over_shows_its_source() -> None:
    found = event(link.link([*everything(), with_passage()]), "SANCTION", "NOR")
    assert (found["outlets"], found["independent_outlets"]) == (4, 2)


REWORDED = (
    "The Oslo regime on Thursday expelled four Belarusian diplomats over a cyber attack on the parliament. "
    "Minsk rebuked the Norwegian government{}. "
    "The foreign minister told reporters in Oslo that the inquiry had lasted for three long months."
)


@pytest.mark.parametrize(
    ("more", "voices", "count"),
    [
        ("", [], 1),
        (", ambassador Pavel Latushka said", [], 2),  # a name that the wire does not have
        ("", [voice("RUS", "Russia")], 2),  # somebody else vouches
    ],
)
def test_a_reprint_that_adds_nothing_is_no_witness(more: str, voices: list[Json], count: int) -> None:
    text = f"{WIRE} Belarus condemned the decision of Norway."
    title = "Norway expels Belarusian diplomats over attack on parliament"
    first = report("North Wire", text, "2024-03-14T10:00", title)
    second = report("Minsk Voice", REWORDED.format(more), "2024-03-14T15:00", title)
    answers = [
        mention(first, "condemned", "ACCUSE", "BLR", "NOR", mode=["disapprove"]),
        mention(second, "rebuked", "ACCUSE", "BLR", "NOR", mode=["disapprove"], voices=voices),
    ]
    told = [
        item(of, answer, mention(of, "expelled", "SANCTION", "NOR", "BLR"), mention(of, "told", "CONSULT"))
        for of, answer in zip((first, second), answers, strict=True)
    ]
    assert event(link.link(told), "ACCUSE", "BLR")["independent_outlets"] == count


def test_a_party_misread_in_one_report_of_an_affair_does_not_part_an_event() -> None:
    items = [wire("North Wire", "2024-03-14T10:00")]
    of = report("Own Post", OWN, "2024-03-15T07:00", "Belarusian diplomats expelled from Norway after attack")
    items.append(item(of, mention(of, "expelled", "SANCTION", "NOR", "SWE", date="2024-03-14")))
    assert event(link.link(items), "SANCTION", "NOR")["outlets"] == 2


def test_an_outlet_that_gives_another_figure_has_asked_somebody_else() -> None:
    items = [wire("North Wire", "2024-03-14T10:00")]
    items.append(wire("Other Wire", "2024-03-14T11:00", WIRE.replace("four", "six")))
    assert event(link.link(items), "SANCTION", "NOR")["independent_outlets"] == 2


def test_other_events_of_the_same_type_stay_apart() -> None:
    found = event(link.link(everything()), "SANCTION", "KEN")
    assert (found["reports"], found["disputed"]) == (1, False)


def test_who_asserts_and_who_denies() -> None:
    found = event(link.link(everything()), "ASSAULT", "BLR")
    assert found["disputed"]
    assert [v["name"] for v in found["asserted_by"]] == ["Norway"]
    assert [v["name"] for v in found["denied_by"]] == ["Belarus"]


def test_one_spokesman_through_two_outlets_is_one_voice() -> None:
    found = event(link.link(everything()[:2]), "ASSAULT", "BLR")
    assert (found["outlets"], found["voices"]) == (2, 1)


def test_every_link_has_its_reasons() -> None:
    known = {signal.name for signal in signals.SIGNALS}
    for found in link.link(everything()).events:
        for told in found["mentions"]:
            assert told["why"]
            assert told["why"] == ["alone"] or {w.split(":")[0] for w in told["why"]} <= known


def test_a_story_keeps_its_id_when_something_later_joins() -> None:
    items = everything()
    before, after = link.link(items[:2]), link.link(items)
    assert before.stories[0]["id"] in {story["id"] for story in after.stories}
    assert event(before, "SANCTION", "NOR")["id"] == event(after, "SANCTION", "NOR")["id"]


def test_a_superseded_version_is_kept_but_not_counted() -> None:
    first = wire("North Wire", "2024-03-14T10:00", same_as="x", current=False)
    text = WIRE.replace("four", "five")
    second = wire("North Wire", "2024-03-14T11:00", text, same_as="x", supersedes=first[0].id)
    found = event(link.link([first, second]), "SANCTION", "NOR")
    assert len(found["mentions"]) == 2
    assert [m["current_version"] for m in found["mentions"]].count(True) == 1
    assert [v["said"] for f in found["figures"] for v in f["values"]] == [5]
    assert found["reports"] == 1


def test_figures_are_kept_per_source() -> None:
    text = WIRE.replace("four", "six")
    items = [wire("North Wire", "2024-03-14T10:00"), wire("Other Wire", "2024-03-14T11:00", text)]
    figures = event(link.link(items), "SANCTION", "NOR")["figures"]
    assert [(f["what"], f["conflict"]) for f in figures] == [("expelled", True)]
    assert sorted((v["outlet"], v["said"]) for v in figures[0]["values"]) == [
        ("North Wire", 4),
        ("Other Wire", 6),
    ]


def test_the_tables_are_flat() -> None:
    for rows in link.link(everything()).tables().values():
        for row in rows:
            assert all(not isinstance(value, list | dict) for value in row.values())


def test_nothing_to_link() -> None:
    assert link.link([]) == link.Linked((), (), ())


@pytest.mark.parametrize("signal", signals.SIGNALS, ids=lambda s: s.name)
def test_signals_stay_between_minus_one_and_one(signal: signals.Signal) -> None:
    from dateline.link.statements import statement

    rows = [(n, row) for n, (_, found) in enumerate(everything()) for row in found]
    made = [statement(row, n, {}) for n, row in rows]
    for one in made:
        for other in made:
            assert -1 <= signal.value(signals.Pair(one, other, lambda: 0.3, True)) <= 1.0000001
