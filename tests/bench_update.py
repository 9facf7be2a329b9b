"""Time of bringing links up to date: `python tests/bench_update.py [check] [REPORTS [NEW]]`.

A store of generated reports (20,000, see ``bench_link``) is linked; 100 more arrive, and the update is timed.
With ``check`` all are linked at once in a second store, too, and both must hold the same links, byte for
byte.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
    check = "check" in sys.argv
    given = [arg for arg in sys.argv[1:] if arg != "check"]
    count, more = (int(n) for n in [*given, *("20000", "100")[len(given) :]])
    made = list(items((count + more) * PER_REPORT))
    with tempfile.TemporaryDirectory() as folder:
        held = [linked(Path(folder) / "bit by bit", [made[:count], made[count:]])]
        if check:
            held.append(linked(Path(folder) / "at once", [made]))
            print("the same links" if held[0] == held[1] else "OTHER LINKS")


def linked(path: Path, groups: Sequence[Sequence[Item]]) -> list[dict[str, Any]]:
    """Link a store after each group of reports has come; print the times and return the links."""
    with Store(path) as store:
        for group in groups:
            fill(store, group)
            spent, clock = renewed(store)
            print(f"{path.name}: {len(group)} reports: {spent:.1f} s, by the clock {clock:.1f}", flush=True)
        return list(store.linked())


if __name__ == "__main__":
    main()
