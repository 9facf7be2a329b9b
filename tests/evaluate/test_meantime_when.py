"""Dates of given events on a small file in MEANTIME's format, written for this test."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from dateline import errors
from dateline.evaluate import meantime_when

SENTENCES = (
    "Kenya expels two envoys",
    "September 8 , 2022",
    "Kenya expelled two Ugandan envoys on Wednesday .",
    "Uganda closed the border in 1979 and protested .",
)
# Mention id, number of its word among all words (from 1).
EVENTS = (("e1", 2), ("e2", 10), ("e3", 18), ("e4", 24))


def document(links: str) -> str:
    words = [(number, word) for number, text in enumerate(SENTENCES) for word in text.split()]
    tokens = "".join(
        f'<token number="{n}" sentence="{s}" t_id="{n}">{w}</token>' for n, (s, w) in enumerate(words, 1)
    )
    events = "".join(
        f'<EVENT_MENTION m_id="{name}"><token_anchor t_id="{place}"/></EVENT_MENTION>'
        for name, place in EVENTS
    )
    times = (
        '<TIMEX3 m_id="t0" functionInDocument="CREATION_TIME" type="DATE" value="2022-09-08"/>'
        '<TIMEX3 m_id="t1" functionInDocument="NONE" type="DATE" value="2022-09-07"/>'
        '<TIMEX3 m_id="t2" functionInDocument="NONE" type="DATE" value="1979"/>'
        '<TIMEX3 m_id="t3" functionInDocument="NONE" type="DURATION" value="P2D"/>'
    )
    return f'<Document doc_name="one">{tokens}<Markables>{events}{times}</Markables>{links}</Document>'


def link(kind: str, source: str, target: str) -> str:
    return f'<TLINK reltype="{kind}"><source m_id="{source}"/><target m_id="{target}"/></TLINK>'


LINKS = (
    link("IS_INCLUDED", "e2", "t1")
    + link("INCLUDES", "t2", "e3")
    + link("SIMULTANEOUS", "e1", "t0")
    + link("BEFORE", "e4", "t0")
    + link("MEASURE", "e4", "t3")
    + link("SIMULTANEOUS", "e4", "e3")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.xml").write_text(document(LINKS), encoding="utf-8")
    return tmp_path


def test_dates_of_given_events(folder: Path) -> None:
    result = meantime_when.evaluate(folder)
    dates = {row["mention"]: row["date"] for row in result.predictions}
    assert list(dates) == ["e1", "e2", "e3", "e4"]
    assert dates["e1"] is None
    assert dates["e2"] == "2022-09-07"
    assert dates["e3"] == "1979"
    assert result.scores["events linked to an expression"] == 2
    assert result.scores["date recall"] == 1.0
    assert result.scores["right where both date it"] == 1.0
    assert result.scores["events linked to the day of writing alone"] == 1
    assert result.scores["of these left undated"] == 1.0


def test_only_links_into_an_expression_count() -> None:
    tree = ElementTree.fromstring(document(LINKS))
    assert meantime_when.gold(tree) == ({"e2": {"2022-09-07"}, "e3": {"1979"}}, {"e1"})


def test_a_wrong_value_is_counted_wrong(folder: Path) -> None:
    text = (folder / "one.xml").read_text(encoding="utf-8").replace('value="1979"', 'value="1978"')
    (folder / "one.xml").write_text(text, encoding="utf-8")
    scores = meantime_when.evaluate(folder).scores
    assert scores["date recall"] == 0.5
    assert scores["date precision"] < 1.0


def test_predictions_never_see_the_links(folder: Path) -> None:
    tree = ElementTree.fromstring(document(LINKS))
    bare = ElementTree.fromstring(document(""))
    assert meantime_when.predict(meantime_when.read(tree)) == meantime_when.predict(meantime_when.read(bare))


def test_what_is_no_such_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.EvaluationError, match="no XML files"):
        meantime_when.evaluate(tmp_path)
    (tmp_path / "one.xml").write_text("<Document", encoding="utf-8")
    with pytest.raises(errors.EvaluationError, match=r"one\.xml"):
        meantime_when.evaluate(tmp_path)
