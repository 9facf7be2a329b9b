"""Who fills a role that the clause leaves empty: what is true of those around, and the choice."""

from __future__ import annotations

import re

import pytest

from dateline import extract
from dateline.extract import fitting, unsaid
from dateline.records import Mention, Report

TEXT = (
    "Zambia asked Malawi on Monday to return eight lorries that had been held at Mchinji.\n"
    "The request was refused. Malawi offered the return of two."
)


def report() -> Report:
    ranges = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", TEXT))
    return Report(TEXT, ranges, published="2011-05-10")


def refused() -> Mention:
    return next(m for m in extract.code(report()).mentions if m.trigger.text == "refused")


def described() -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """Return what is true of the states around, by word of the act and empty role."""
    return {(act.hit.token.text, role): dict(found) for _, act, role, found in fitting.unfilled(report())}


def test_features_tell_how_far_off_somebody_is_named() -> None:
    around = described()["refused", "actor"]
    assert set(around) == {"ZMB", "MWI"}
    for names in around.values():
        assert {"actor any", "actor REJECT", "actor 2 states", "actor away:-1"} <= set(names)
    assert "actor named last:True" in around["ZMB"]  # whose lorries they are


@pytest.mark.parametrize(
    ("weights", "code"),
    [({"actor named last:False": 2.0}, "MWI"), ({"actor named last:True": 2.0}, "ZMB"), ({}, None)],
)
def test_the_one_for_whom_most_speaks_fills_the_role(
    monkeypatch: pytest.MonkeyPatch, weights: dict[str, float], code: str | None
) -> None:
    monkeypatch.setattr(unsaid, "weights", lambda: weights)
    actor = refused().actor
    assert [a.code for a in actor] == ([code] if code else [])
    assert all(a.why[-1] == "unsaid" for a in actor)
    assert "unsaid" in refused().why or not actor


def test_too_little_fills_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unsaid, "weights", lambda: {"actor any": unsaid.LEAST - 0.1})
    assert not refused().actor


def test_what_the_other_side_is_counts() -> None:
    around = described()["offered", "recipient"]
    assert {"recipient the same", "recipient the same, AGREE"} <= set(around["MWI"])
    assert {"recipient another", "recipient another, active"} <= set(around["ZMB"])
