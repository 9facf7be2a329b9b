import pytest

from dateline.link import figures
from dateline.records import Span
from link.helpers import cases


def shown(figure: figures.Figure) -> str:
    high = "" if figure.high >= figures.MANY else str(figure.high)
    return f"{figure.what}={figure.said} {figure.low}..{high}"


@pytest.mark.parametrize(("text", "expected"), cases("figures.txt"))
def test_cases(text: str, expected: str) -> None:
    found = list(figures.find(Span(100, 100 + len(text), text)))
    assert " ; ".join(map(shown, found)) == expected
    assert all(text[f.span.start - 100 : f.span.end - 100] == f.span.text for f in found)


def test_at_least_eleven_and_fourteen_do_not_conflict_but_eleven_and_fourteen_do() -> None:
    least, eleven, fourteen = (
        next(iter(figures.find(Span(0, len(t), t))))
        for t in ("At least 11 people died.", "Eleven people died.", "Fourteen people died.")
    )
    assert not least.conflicts(fourteen)
    assert eleven.conflicts(fourteen)
    assert fourteen.conflicts(eleven)
