"""What the report brings as news and what it recalls, where the network has a say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract import background
from dateline.extract.background import Moment
from dateline.records import Time


@pytest.mark.parametrize(
    ("moment", "thread", "chance", "time", "why"),
    [
        (Moment("current", "time:thread"), "current", 0.97, "background", "time:network"),
        (Moment("current", "time:thread"), "current", 0.3, "current", "time:thread"),
        (Moment("background", "time:pluperfect"), "current", 0.02, "current", "time:network"),
        (Moment("background", "time:old-date"), "current", 0.01, "background", "time:old-date"),
        (Moment("current", "time:recent-date"), "background", 0.99, "current", "time:recent-date"),
    ],
)
def test_the_network_is_weighed_where_no_date_decides(
    moment: Moment, thread: Time, chance: float, time: Time, why: str
) -> None:
    assert background.weighed(moment, thread, chance) == Moment(time, why)


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["current", "background"]))
def test_a_surer_network_never_makes_an_act_news_again(one: float, other: float, thread: Time) -> None:
    low, high = sorted((one, other))
    judged = [background.weighed(Moment(thread, "time:thread"), thread, p).time for p in (low, high)]
    assert judged != ["background", "current"]
