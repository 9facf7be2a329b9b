"""What linking does about codings that went wrong in one outlet: other types, titles, weekdays, denials."""

from __future__ import annotations

import pytest

from dateline import link
from dateline.link import denials, events, signals, words
from dateline.link.origins import Taken, _merged
from dateline.link.reading import reading
from dateline.link.statements import statement
from dateline.ontology import ontology
from dateline.tables import read
from link.helpers import Json, item, mention, report, voice

DEPORTED = "Serbia deported 40 Iranians from Belgrade on Thursday. They had come without visas, as tourists."
EXPELLED = "The Iranian tourists in Belgrade had no visas. Serbia expelled all 40 of them for that."
TITLE = "Serbia deports Iranian tourists without visas"


def linked(*told: tuple[Json, list[Json]]) -> tuple[Json, ...]:
    return link.link([item(of, *mentions) for of, mentions in told]).events


def test_one_act_may_be_told_as_two_types() -> None:
    first = report("Danube Wire", DEPORTED, "2018-10-11T10:00", TITLE)
    second = report("Belgrade Post", EXPELLED, "2018-10-11T12:00", TITLE)
    (found,) = linked(
        (first, [mention(first, "deported", "COERCE", "SRB", "IRN", mode=["deport"])]),
        (second, [mention(second, "expelled", "SANCTION", "SRB", "SRB", mode=["expel"])]),
    )
    assert found["independent_outlets"] == 2
    assert any(why.startswith("affair:") for why in found["mentions"][0]["why"])


def test_the_table_of_types_names_types_and_modes() -> None:
    known = ontology().types
    for row in read("ontology/retold.tsv", signals.RETOLD_COLUMNS):
        for cell in (row["one"], row["other"]):
            event, _, mode = cell.partition("/")
            assert event in known, row["@"]
            assert not mode or mode in known[event].modes, row["@"]
        assert -1 < float(row["likeness"]) < 1
        assert row["example"]


def test_words_that_double_a_letter_have_their_meaning() -> None:
    known = words.synonyms()
    assert known[words.stem("expelled")] == known["expel"]
    assert known[words.stem("banned")] == known["ban"]


def test_a_title_is_no_witness_of_its_own() -> None:
    wire = "Israeli soldiers demolished two Palestinian houses near Hebron on Tuesday above a long tunnel."
    first = report("Levant Wire", wire, "2019-02-12T08:00", "Houses demolished")
    title = "Homes razed by soldiers"
    second = report("Hebron Voice", f"{title}\n{wire}", "2019-02-12T12:00", title)
    razed = [mention(second, w, "ASSAULT", "ISR", "PSE", mode=["destroy"]) for w in ("razed", "demolished")]
    (found,) = linked(
        (first, [mention(first, "demolished", "ASSAULT", "ISR", "PSE", mode=["destroy"])]), (second, razed)
    )
    assert {m["origin"] for m in found["mentions"]} == {"Levant Wire"}
    (alone,) = linked((second, razed[:1]))
    assert alone["independent_outlets"] == 1


@pytest.mark.parametrize(("told", "signal"), [("Thursday|Thursday", 0), ("December 8|December 1", -1)])
def test_a_day_of_the_week_may_be_that_of_the_week_before(told: str, signal: int) -> None:
    made = []
    for number, text in enumerate(told.split("|")):
        of = report("Warsaw Daily", f"Orban met Michel on {text}.", "2022-12-06")
        row = mention(of, "met", "CONSULT", "HUN", date=f"2022-12-0{8 - 7 * number}")
        made.append(statement({**row, "date_basis": {"kind": "text", "text": text}}, number, {}))
    assert signals.dates(signals.Pair(*made, lambda: 1.0, copied=False)) == signal


DENIED = "The spokesman denied that anybody had been beaten."


def attribution(of: Json, content: str, stance: str = "denies") -> Json:
    start = of["text"].index(content)
    return {
        "record": "attribution", "id": f"a{start}", "report": of, "stance": stance,
        "content": [{"start": start, "end": start + len(content), "text": content}],
        "voice": voice("LKA", "The spokesman", stance),
    }  # fmt: skip


def test_a_denied_act_that_was_not_coded_makes_the_dispute() -> None:
    text = f"Soldiers beat two novices in the monastery of Jaffna, monks said. {DENIED}"
    of = report("Colombo Bulletin", text, "2023-01-18", "Novices beaten in Jaffna")
    told = mention(of, "beat", "ASSAULT", "LKA", "LKA", mode=["beat"])
    denied = attribution(of, "anybody had been beaten")
    (found,) = link.link([item(of, told, denied)]).events
    assert found["disputed"]
    assert [v["name"] for v in found["denied_by"]] == ["The spokesman"]
    assert {m["id"] for m in found["mentions"]} == {told["id"], denied["id"]}


@pytest.mark.parametrize(
    ("text", "content", "stance", "act"),
    [
        (DENIED, "anybody had been beaten", "denies", ("ASSAULT", ["beat"])),
        (DENIED, "anybody had been beaten", "asserts", None),
        ("Russia rejected the attack as invented.", "the attack as invented", "denies", None),
        ("India denied that it was so.", "it was so", "denies", None),
    ],
)
def test_denied_acts(text: str, content: str, stance: str, act: tuple[str, list[str]] | None) -> None:
    of = report("A", text)
    found = list(denials.rows(reading(of, text, ()), [attribution(of, content, stance)]))
    assert [(row["event"], row["mode"]) for row in found] == ([act] if act else [])


def test_a_coded_denial_is_not_read_twice() -> None:
    of = report("A", DENIED)
    coded = mention(of, "beaten", "ASSAULT", realis="negated")
    rows = [attribution(of, "anybody had been beaten"), coded]
    assert list(denials.rows(reading(of, DENIED, rows), rows)) == []


def test_a_denial_joins_the_assertion_it_is_most_like() -> None:
    links = [events.EventLink(0, 1, 0.9), events.EventLink(0, 2, 0.6), events.EventLink(1, 3, 0.2)]
    assert events.cluster(links, [False, False, True, True], [0, 0, 1, 2]) == [[0, 1, 2], [3]]
    assert events.cluster(links, [False] * 4, [0, 0, 1, 2]) == [[0, 1], [2], [3]]


@pytest.mark.parametrize(("likeness", "report", "count"), [(0.65, 2, 1), (0.55, 2, 2), (0.65, 1, 2)])
def test_what_one_report_tells_alone_joins_several_others(likeness: float, report: int, count: int) -> None:
    links = [events.EventLink(0, 1, 0.9), events.EventLink(0, 2, likeness)]
    assert len(events.cluster(links, [False] * 3, [0, 1, report])) == count


def test_a_reprint_of_a_correction_has_its_figures() -> None:
    first, second = Taken({5: (1, 7)}, frozenset({(5, "wound")})), Taken({5: (2, 7), 9: (2, 8)})
    assert _merged([first, second]) == Taken({5: (2, 7), 9: (2, 8)})
    assert _merged([first]) == first


@pytest.mark.parametrize(
    ("words", "why", "stranger"),
    [
        ("soldiers", ["setting"], 0),
        ("the soldiers", ["town"], 0),
        ("soldiers", ["role:soldier"], -1),
        ("Indian soldiers", ["setting"], -1),
        ("Soldiers", ["setting"], 0),
    ],
)
def test_a_code_taken_from_the_setting_is_no_strangers(words: str, why: list[str], stranger: int) -> None:
    made = []
    for number, (outlet, code) in enumerate((("Aizawl Evening News", "IND"), ("Kaladan Wire", "MMR"))):
        of = report(outlet, "Soldiers burned 80 houses in the village on Thursday.", "2022-03-11")
        row = mention(of, "burned", "ASSAULT", code, why=why if code == "IND" else [])
        row["actor"][0]["entity_text"] = words
        made.append(statement(row, number, {}))
    pair = signals.Pair(*made, lambda: 1.0, copied=False)
    assert signals.other_actor(pair) == signals.actors(pair) == stranger
