"""Time expressions of a paragraph: in which direction they are read, and which words they date."""

from __future__ import annotations

import pytest

from dateline import parse
from dateline.extract import datings
from dateline.records import Report


def dated(text: str, published: str = "2022-09-08") -> list[datings.Dated]:
    (paragraph,) = parse.read(Report(text, ((0, len(text)),), published=published))
    return datings.find_dates(paragraph, published)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Congolese soldiers tried to enter the Rwandan embassy on Saturday.", "2022-09-03"),
        ("Congolese leaders agreed to meet the Rwandan president on Saturday.", "2022-09-10"),
        ("Congolese leaders will meet the Rwandan president on Saturday.", "2022-09-10"),
        ("Congolese leaders met the Rwandan president on Saturday.", "2022-09-03"),
    ],
)
def test_an_infinitive_is_as_its_governor_has_it(text: str, day: str) -> None:
    assert [d.timex.edtf for d in dated(text)] == [day]


def test_what_stands_inside_a_noun_phrase_dates_the_noun() -> None:
    (inside,) = dated("Tuesday's attack by Russian forces was condemned by Poland.")
    assert inside.verb is None
    assert datings.named([inside]) == [("attack", "2022-09-06")]
    (outside,) = dated("Russian forces attacked Ukraine on Tuesday.")
    assert outside.verb is not None
    assert outside.verb.text == "attacked"
    assert datings.of_verb([inside, outside], outside.verb) == [outside]
