from datetime import date

import pytest

from dateline.link import statements


def day(*parts: int) -> int:
    return date(*parts).toordinal()


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2022-07-15", (day(2022, 7, 15), day(2022, 7, 15))),
        ("2022-07", (day(2022, 7, 1), day(2022, 7, 31))),
        ("2022-12", (day(2022, 12, 1), day(2022, 12, 31))),
        ("2016", (day(2016, 1, 1), day(2016, 12, 31))),
        ("1980/1988", (day(1980, 1, 1), day(1988, 12, 31))),
        ("1979/..", (day(1979, 1, 1), statements.LAST)),
        ("../2001", (statements.FIRST, day(2001, 12, 31))),
        (None, None), ("", None), ("soon", None), ("2022-13", None), ("2022-02-31", None),
        ("9999-12-31", None),
    ],
)  # fmt: skip
def test_intervals(edtf: str | None, days: tuple[int, int] | None) -> None:
    if edtf == "9999-12-31":
        days = (statements.LAST, statements.LAST)
    assert statements.interval(edtf) == days


def test_the_innermost_voice_vouches() -> None:
    outer = {"name": "Reuters", "code": None, "sector": "MED", "stance": "asserts"}
    inner = {"name": "officials", "code": "IRN", "sector": "GOV", "stance": "denies"}
    found = statements.vouching([outer, inner])
    assert (found.name, found.code, found.denies) == ("officials", "IRN", True)
    assert statements.vouching([]).name is None
