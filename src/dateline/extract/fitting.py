"""What the weights of the rooms are fitted to: their candidates in a report, with what is true of each.

``training/ties.py``, ``antecedents.py``, ``countries.py``, ``sectors.py`` and ``unsaid.py`` put the labels of
the corpus beside them.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.extract import antecedents, carried, choice, datings, reading, recode, roles
from dateline.extract.cast import Cast
from dateline.extract.desk import laid
from dateline.extract.triggers import Hit
from dateline.parse import Paragraph
from dateline.records import Report


def acts(report: Report) -> Iterator[tuple[Paragraph, recode.Act, list[datings.Dated], list[Hit]]]:
    """Yield the acts of a report, each with its paragraph, the dates and the words of all acts in it."""
    for page in laid(report).read()[2]:
        _, found = page.acts()
        for act in found:
            yield page.paragraph, act, page.dates, page.rivals


def undated(
    report: Report,
) -> Iterator[tuple[Paragraph, recode.Act, list[tuple[carried.Option, tuple[str, ...]]]]]:
    """Yield the acts that no words date, with the dates they may take over."""
    desk = laid(report)
    for page in desk.read()[2]:
        number = page.paragraph.number
        for act in page.acts()[1]:
            if page.dated(act)[0] is None:
                found = carried.options(act, number, desk.story.told, report.published)
                links = page.readings.linked(page.paragraph, act.hit.token.i, "date")
                described = [(o, tuple(carried.features(act, number, o, page.dates, links))) for o in found]
                yield page.paragraph, act, described
            page.date(act)


def cast_of(report: Report) -> tuple[tuple[Paragraph, ...], Cast, reading.Readings]:
    """Return who is who by tables alone, and the readings that weigh it."""
    desk = laid(report)
    cast, _, pages = desk.read()
    return desk.paragraphs, cast, pages[0].readings if pages else reading.NOTHING


def pronouns(
    report: Report,
) -> tuple[tuple[Paragraph, ...], Cast, reading.Readings, list[antecedents.Candidates]]:
    """Return who is who, the readings that weigh it, and the pronouns with whom each may stand for."""
    desk = laid(report)
    desk.asked = []
    cast, _, pages = desk.read()
    return desk.paragraphs, cast, pages[0].readings if pages else reading.NOTHING, desk.asked


def unfilled(report: Report) -> Iterator[tuple[Paragraph, recode.Act, str, list[choice.Described]]]:
    """Yield the roles that no clause fills, with who may fill them."""
    for page in laid(report).read()[2]:
        for act in page.acts()[1]:
            for role, found in roles.unfilled(page.standing(act.hit), page.readings):
                yield page.paragraph, act, role, found
