"""Dates of publication: many forms, none invented."""

from __future__ import annotations

import time

import pytest

from dateline.ingest.dates import stamp

READ = """
07 September 2022 - 21:25 | 2022-09-07T21:25
2021-03-04T10:22Z | 2021-03-04T10:22Z
2021-03-04T10:22:33.123+02:00 | 2021-03-04T10:22:33+02:00
2021-03-04 10:22 | 2021-03-04T10:22
2021-03-04 | 2021-03-04
2021/03/04 | 2021-03-04
20210304 | 2021-03-04
20210304T102233Z | 2021-03-04T10:22:33Z
March 4, 2021 10:22 AM EST | 2021-03-04T10:22-05:00
March 4, 2021, at 12:05 a.m. | 2021-03-04T00:05
4 Mar 2021 | 2021-03-04
4th March 2021 | 2021-03-04
Thursday, 4 March 2021 | 2021-03-04
Thu, 04 Mar 2021 10:22:00 GMT | 2021-03-04T10:22:00Z
Thu, 04 Mar 2021 10:22:00 +0300 (MSK) | 2021-03-04T10:22:00+03:00
Mar. 4, 2021 | 2021-03-04
Sept. 7, 2022 | 2022-09-07
Sep 07, 2022, 21:25 (UTC+03:30) | 2022-09-07T21:25+03:30
4-Mar-2021 | 2021-03-04
4.3.2021 | 2021-03-04
25/12/2020 | 2020-12-25
12/25/2020 | 2020-12-25
05/05/2020 | 2020-05-05
March 2021 | 2021-03
4 March 2021, 10.10pm | 2021-03-04T22:10
10:22 GMT, 4 March 2021 | 2021-03-04T10:22Z
4 March 2021 1022 GMT | 2021-03-04T10:22Z
4 March 2021 10:22 CST | 2021-03-04T10:22
1614853320 | 2021-03-04T10:22:00Z
1614853320000 | 2021-03-04T10:22:00Z
"""
NOT_READ = """
03/04/2021
March 4
yesterday
3 hours ago
2021
4 March
31 February 2021
0001-01-01
1850-01-01
9999-12-31
on 4 March 2021 the army attacked the town
-5000-01-01
May
12:30
the war of 1914
123456
"""


@pytest.mark.parametrize("row", READ.strip().splitlines())
def test_read(row: str) -> None:
    text, wanted = row.split(" | ")
    assert stamp(text) == wanted


@pytest.mark.parametrize("text", NOT_READ.strip().splitlines())
def test_not_read(text: str) -> None:
    assert stamp(text) is None


def test_no_date_from_the_future() -> None:
    assert stamp("2101-01-01") is None
    assert stamp("2100-12-31") == "2100-12-31"


@pytest.mark.parametrize("unit", ["1", "may ", "1.", "a", "4 mar ", "+1", " ", "-", "12:"])
def test_grows_slowly(unit: str) -> None:
    began = time.process_time()
    for size in (60, 100_000):
        stamp((unit * size)[:size])
    stamp((unit * 64)[:64])
    assert time.process_time() - began < 0.1
