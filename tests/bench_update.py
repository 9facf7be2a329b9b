"""Time of bringing links up to date: `python tests/bench_update.py [REPORTS [NEW]]`.

A store of generated reports (20,000, see ``bench_link``) is linked, 100 more arrive, and the update is timed
against linking a store of all of them at once. Both must hold the same links, byte for byte.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench_link import PER_REPORT, items
from dateline import contract, linking
from dateline.link.collection import Item
from dateline.store import Store


def fill(store: Store, made: Sequence[Item]) -> None:
    """Put generated reports with their records into a store, as if they had been coded."""
    db = store._db
    db.execute("BEGIN")
    for reading, rows in made:
        db.execute(
            "INSERT INTO reports (id, same_as, outlet, title, published, language, status, notes, text)"
            " VALUES (?, ?, ?, ?, ?, 'en', 'ok', '[]', ?)",
            (reading.id, reading.id, reading.outlet, reading.title, reading.published, reading.text),
        )
        db.execute("INSERT INTO versions (same_as, report_id) VALUES (?, ?)", (reading.id, reading.id))
        (coding,) = db.execute(
            "INSERT INTO codings (report_id, coder) VALUES (?, ?) RETURNING number", (reading.id, "bench")
        ).fetchone()
        db.executemany(
            "INSERT INTO records (id, coding, kind, place, json) VALUES (?, ?, 'mention', ?, ?)",
            [(row["id"], coding, place, contract.dumps(row)) for place, row in enumerate(rows)],
        )
    db.execute("COMMIT")


def renewed(store: Store) -> tuple[float, float]:
    """Bring the links up to date; return seconds of processor time and by the clock."""
    start, clock = time.process_time(), time.perf_counter()
    linking.renew(store)
    return time.process_time() - start, time.perf_counter() - clock


def main() -> None:
    count, more = (int(n) for n in [*sys.argv[1:], *("20000", "100")[len(sys.argv) - 1 :]])
    made = list(items((count + more) * PER_REPORT))
    with tempfile.TemporaryDirectory() as folder:
        held = []
        for name, groups in (("at once", [made]), ("bit by bit", [made[:count], made[count:]])):
            with Store(Path(folder) / name) as store:
                for group in groups:
                    fill(store, group)
                    spent, clock = renewed(store)
                    print(f"{name}: {len(group)} reports: {spent:.1f} s, by the clock {clock:.1f}")
                held.append(list(store.linked()))
    print("the same links" if held[0] == held[1] else "OTHER LINKS")


if __name__ == "__main__":
    main()
