from __future__ import annotations

import time
from pathlib import Path

import pytest

from dateline import contract, ingest, run
from dateline.records import Coded, Rejected, Report

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


def lines(workers: int) -> list[str]:
    results = run.code_all(ingest.read([EXAMPLES]), workers)
    return [contract.dumps(row) for r in results if isinstance(r, Coded) for row in contract.rows(r, "all")]


def test_one_and_two_workers_write_the_same_bytes() -> None:
    assert lines(1) == lines(2)


def test_the_same_bytes_in_any_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    here = lines(1)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        assert lines(1) == here
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_error_while_coding_is_recorded_and_the_batch_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline import extract

    def broken(report: Report) -> Coded:
        if "bad" in report.text:
            raise ValueError("a\nbug")
        return Coded(report)

    monkeypatch.setattr(extract, "code", broken)
    inputs = [Report("good", ()), Report("bad", (), path="b.txt"), Rejected("c", "empty"), Report("fine", ())]
    results = list(run.code_all(inputs, 1))
    assert [type(r).__name__ for r in results] == ["Coded", "Rejected", "Rejected", "Coded"]
    assert results[1] == Rejected("b.txt", "ValueError: a bug", status="failed")


def test_a_worker_over_its_time_is_replaced_and_its_report_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "seconds_for", lambda report: 0.0 if report.source_id == "slow" else 60.0)
    text = "Kenya accused Uganda of shelling a village. " * 200
    inputs = [
        Report(text, ((0, len(text)),), source_id="slow"),
        Report("Peru expelled two diplomats.", ((0, 28),), source_id="quick"),
    ]
    slow, quick = run.code_all(inputs, 2)
    assert isinstance(slow, Rejected)
    assert slow.status == "failed"
    assert "time" in slow.reason
    assert isinstance(quick, Coded)


def test_every_input_comes_out_once_and_in_order() -> None:
    inputs = [
        Rejected("x", str(n))
        if n % 3
        else Report(f"Peru thanked Chile {n} times.", ((0, 20),), source_id=str(n))
        for n in range(40)
    ]
    results = list(run.code_all(inputs, 2))
    assert len(results) == 40
    for n, result in enumerate(results):
        assert (result.reason if isinstance(result, Rejected) else result.report.source_id) == str(n)
