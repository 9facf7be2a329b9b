from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dateline import contract, errors, extract, ingest
from dateline.records import Coded, Rejected, Report
from dateline.store import Store

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


@pytest.fixture(scope="module")
def coded() -> list[Coded]:
    return [extract.code(r) for r in ingest.read([EXAMPLES]) if isinstance(r, Report)]


def test_what_goes_in_comes_out(tmp_path: Path, coded: list[Coded]) -> None:
    with Store(tmp_path / "a.sqlite") as store:
        store.begin()
        for one in coded:
            store.add(one)
        store.finish()
        written = sorted(contract.dumps(r) for one in coded for r in contract.rows(one, "all"))
        kept = sorted(contract.dumps(r) for r in store.records() if r["record"] != "uncoded")
    assert kept == written


def test_a_rerun_changes_nothing(tmp_path: Path, coded: list[Coded]) -> None:
    with Store(tmp_path / "a.sqlite") as store:
        for _ in range(2):
            for one in coded:
                store.add(one)
        kept = list(store.records("mention"))
    assert len(kept) == len({r["id"] for r in kept}) == sum(len(c.mentions) for c in coded)


def test_a_changed_text_supersedes_and_the_old_one_stays(tmp_path: Path, coded: list[Coded]) -> None:
    first = replace(coded[0], report=replace(coded[0].report, url="https://example.org/a"))
    second = replace(first, report=replace(first.report, text=first.report.text + "\nCorrected."))
    with Store(tmp_path / "a.sqlite") as store:
        store.add(first)
        store.add(second)
        current = store.report("https://example.org/a")
        assert current is not None
        assert (current["id"], current["supersedes"]) == (second.report.id, first.report.id)
        store.add(first)  # the outlet went back to its first text
        again = store.report("https://example.org/a")
    assert again is not None
    assert (again["id"], again["supersedes"]) == (first.report.id, second.report.id)
    with sqlite3.connect(tmp_path / "a.sqlite") as raw:
        assert raw.execute("SELECT count(*) FROM reports").fetchone() == (2,)
        assert raw.execute("SELECT count(*) FROM versions").fetchone() == (3,)


def test_rejections_are_kept_with_their_reason(tmp_path: Path) -> None:
    with Store(tmp_path / "a.sqlite") as store:
        store.begin()
        store.add(Rejected("x.txt", "empty file"))
        store.add(Rejected("x.txt", "empty file"))
        assert [r["reason"] for r in store.rejected()] == ["empty file"]
        assert store.counts().rejected == 2


def test_words_are_found_and_operators_are_only_words(tmp_path: Path, coded: list[Coded]) -> None:
    with Store(tmp_path / "a.sqlite") as store:
        for one in coded:
            store.add(one)
        assert store.search("diplomats")
        assert store.search('NEAR( "x') == []


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    file.write_bytes(b"this is no database, and long enough to be looked at" * 40)
    with pytest.raises(errors.StoreError):
        Store(file)
    with pytest.raises(errors.StoreError):
        Store(tmp_path / "missing.sqlite", write=False)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.sqlite") as raw:
        raw.execute("PRAGMA user_version = 9999")
    with pytest.raises(errors.StoreError, match="newer"):
        Store(tmp_path / "a.sqlite")


WRITER = """
import sys
from dataclasses import replace
from dateline import extract, ingest
from dateline.store import Store
coded = extract.code(next(iter(ingest.read([sys.argv[1]]))))
with Store(sys.argv[2]) as store:
    for number in range(100000):
        report = replace(coded.report, source_id=str(number))
        mentions = tuple(replace(m, report_id=report.id) for m in coded.mentions)
        store.add(replace(coded, report=report, mentions=mentions, attributions=(), labels=(), uncoded=()))
        print(number, flush=True)
"""


@pytest.mark.parametrize("after", [0.05, 0.3])
def test_kill_9_loses_nothing_acknowledged_and_doubles_nothing(tmp_path: Path, after: float) -> None:
    file = tmp_path / "a.sqlite"
    command = [sys.executable, "-c", WRITER, str(EXAMPLES / "north-wire.txt"), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        acknowledged = int(writer.stdout.readline())
        time.sleep(after)
        os.kill(writer.pid, signal.SIGKILL)
        for line in writer.stdout:
            if line.endswith("\n"):
                acknowledged = int(line)
    with Store(file) as store:
        reports = {r["report"]["source_id"] for r in store.records("mention")}
        ids = [r["id"] for r in store.records("mention")]
    assert {str(n) for n in range(acknowledged + 1)} <= reports
    assert len(reports) <= acknowledged + 2
    assert len(ids) == len(set(ids))
    with sqlite3.connect(file) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
