"""The store: one SQLite file with reports, their versions, records, rejections and coverage.

Each report is written in one transaction with full synchronisation, so whatever was acknowledged
survives ``kill -9`` and a rerun doubles nothing: ids are content hashes. A changed text of the same
article is a new version that supersedes the old one; nothing is overwritten. Many readers may read
while one process writes.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dateline import contract, errors
from dateline.records import Coded, Counts, Rejected, Report, Status, content_hash

Json = dict[str, Any]
Coding = tuple[int, bool, str | None]  # number, whether of a newest version, the version before
LINKS_SINCE = 7  # the migration that made the tables of linking as they are now
LINK_TABLES = (
    "linked", "event_mentions", "story_reports", "linked_pairs", "linked_copies", "linked_figures",
    "link_keys", "link_parts",
)  # fmt: skip
MEMBERS = (  # of rows of linking: table, its columns, kind of the row, where the members stand in it
    ("event_mentions", "event_id", "mention_id", "event", "mentions"),
    ("story_reports", "story_id", "report_id", "story", "reports"),
)
NEWEST = (  # the newest coding of each report, and its newest version
    "SELECT number AS coding, report_id, supersedes,"
    " version IN (SELECT max(number) FROM versions GROUP BY same_as) AS current"
    " FROM current_codings JOIN"
    " (SELECT max(number) AS version, report_id AS report, supersedes FROM versions GROUP BY report_id)"
    " ON report = report_id"
)


@dataclass(frozen=True, slots=True)
class LinkNews:
    """What a run of linking has found anew: ``links`` are rows for users, ``rows`` those of other tables.

    ``gone`` are rows to be deleted, by their keys; with ``everything`` all of before is deleted. ``codings``
    were linked, by the code and the tables with this ``stamp``.
    """

    stamp: str
    codings: Sequence[Coding]
    everything: bool
    links: Sequence[Json]
    rows: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    gone: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))


def _migrations() -> list[tuple[int, str]]:
    folder = resources.files("dateline") / "migrations"
    files = sorted(f.name for f in folder.iterdir() if f.name.endswith(".sql"))
    return [(int(name[:4]), (folder / name).read_text(encoding="utf-8")) for name in files]


class Store:
    """An open store file; use it as a context manager.

    ``Store(path)`` creates the file or brings it up to the newest migration;
    ``Store(path, write=False)`` opens an existing one for reading. Raises StoreError.
    """

    def __init__(self, path: str | Path, write: bool = True) -> None:
        self.path = Path(path)
        if not write and not self.path.exists():
            raise errors.StoreError(f"{path}: there is no such store")
        try:
            self._db = sqlite3.connect(self.path, isolation_level=None, timeout=30)
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA foreign_keys = ON")
            if write:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")
                self._migrate()
            else:
                self._db.execute("PRAGMA query_only = ON")
                self._version()
        except sqlite3.DatabaseError as error:
            raise errors.StoreError(f"{path}: {error}") from None
        self.run: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self) -> None:
        done, steps = self._version(), _migrations()
        if done > steps[-1][0]:
            raise errors.StoreError(f"{self.path}: written by a newer dateline (schema {done})")
        for number, script in steps:
            if number > done:
                self._db.executescript(
                    f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
                )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # -- writing ----------------------------------------------------------------------------------

    def begin(self) -> int:
        """Note the start of a run in the coverage table and return its number."""
        row = self._db.execute(
            "INSERT INTO runs (started, coder) VALUES (?, ?) RETURNING number", (_now(), contract.coder())
        ).fetchone()
        self.run = int(row[0])
        return self.run

    def finish(self) -> None:
        """Note the end of the run."""
        self._db.execute("UPDATE runs SET finished = ? WHERE number = ?", (_now(), self.run))

    def add(self, result: Coded | Rejected) -> None:
        """Write one result; when this returns, it is on the disk."""
        with self._transaction():
            if isinstance(result, Rejected):
                self._add_rejected(result)
                self._count(result.status)
            else:
                self._add_coded(result)
                self._count(result.report.status)

    def _count(self, status: Status) -> None:
        if self.run is not None:
            self._db.execute(f"UPDATE runs SET {status} = {status} + 1 WHERE number = ?", (self.run,))

    def _add_rejected(self, result: Rejected) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO rejected (path, item, source_id, status, reason) VALUES (?, ?, ?, ?, ?)",
            (result.path or "", result.item or 0, result.source_id or "", result.status, result.reason),
        )

    def _add_coded(self, coded: Coded) -> None:
        self._add_report(coded.report)
        row = self._db.execute(
            "INSERT OR IGNORE INTO codings (report_id, coder) VALUES (?, ?) RETURNING number",
            (coded.report.id, contract.coder()),
        ).fetchone()
        if row is not None:
            self._add_records(coded, int(row[0]))

    def _add_report(self, report: Report) -> None:
        same_as = identity(report)
        self._db.execute(
            "INSERT OR IGNORE INTO reports (id, same_as, source_id, path, url, outlet,"
            " title, published, language, status, notes, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                report.id, same_as, report.source_id, report.path, report.url, report.outlet,
                report.title, report.published, report.language, report.status,
                json.dumps(report.notes, ensure_ascii=False), report.text,
            ),
        )  # fmt: skip
        current = self._db.execute("SELECT id FROM current_reports WHERE same_as = ?", (same_as,)).fetchone()
        if current is None or current["id"] != report.id:
            earlier = current["id"] if current else None
            reason = "the same article with a changed text" if current else None
            self._db.execute(
                "INSERT INTO versions (same_as, report_id, supersedes, reason) VALUES (?, ?, ?, ?)",
                (same_as, report.id, earlier, reason),
            )

    def _add_records(self, coded: Coded, coding: int) -> None:
        rows = contract.rows(coded, "all") + [contract.uncoded_json(u, coded.report) for u in coded.uncoded]
        for place, row in enumerate(rows):
            record_id = row.get("id") or content_hash("uncoded", coded.report.id, row["sentence"]["start"])
            self._db.execute(
                "INSERT OR IGNORE INTO records (id, coding, kind, place, event, date, realis, time, json)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    record_id, coding, row["record"], place, row.get("event"), row.get("date"),
                    row.get("realis"), row.get("time"), contract.dumps(row),
                ),
            )  # fmt: skip
            self._add_parties(row, record_id, coding)

    def _add_parties(self, row: Json, record_id: str, coding: int) -> None:
        if row["record"] != "mention":
            return
        parties = [("actor", a["code"], a["sector"], a["identifier_text"]) for a in row["actor"]]
        parties += [("recipient", a["code"], a["sector"], a["identifier_text"]) for a in row["recipient"]]
        parties += [("voice", v["code"], v["sector"], v["name"]) for v in row["voices"]]
        self._db.executemany(
            "INSERT INTO parties (coding, record_id, role, code, sector, name) VALUES (?, ?, ?, ?, ?, ?)",
            [(coding, record_id, *party) for party in parties],
        )

    def save_links(self, news: LinkNews) -> None:
        """Write what linking has found anew in the place of what it found before."""
        with self._transaction():
            if news.everything:
                for table in LINK_TABLES:
                    self._db.execute(f"DELETE FROM {table}")
            self._db.execute("DELETE FROM linked_codings")
            self._db.executemany(
                "INSERT INTO linked_codings (coding, current, supersedes) VALUES (?, ?, ?)", news.codings
            )
            self._db.execute("DELETE FROM linked_by")
            self._db.execute("INSERT INTO linked_by (stamp) VALUES (?)", (news.stamp,))
            for table, gone in news.gone.items():
                self._delete(table, gone)
            for table, rows in news.rows.items():
                self._insert(table, rows)
            for row in news.links:
                self._save_link(row)

    def _delete(self, table: str, gone: Iterable[Json]) -> None:
        """Delete rows by the columns that are given."""
        for row in gone:
            where = " AND ".join(f"{column} = ?" for column in row)
            self._db.execute(f"DELETE FROM {table} WHERE {where}", tuple(row.values()))

    def _insert(self, table: str, rows: Sequence[Json]) -> None:
        """Insert rows, which have the same columns in one order; a row with the same key is replaced."""
        for first in rows[:1]:
            names, marks = ", ".join(first), ", ".join("?" * len(first))
            self._db.executemany(
                f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})",
                (tuple(row.values()) for row in rows),
            )

    def _save_link(self, row: Json) -> None:
        name = row["report"] if row["record"] == "copy" else row["id"]
        home = row["story"] if row["record"] == "event" else None
        self._db.execute(
            "INSERT OR REPLACE INTO linked (kind, id, json, home) VALUES (?, ?, ?, ?)",
            (row["record"], name, contract.dumps(row), home),
        )
        self._save_members(row, name)

    def _save_members(self, row: Json, name: str) -> None:
        """Write which mentions an event has, which reports a story."""
        for table, key, column, kind, held in MEMBERS:
            if row["record"] == kind:
                self._db.execute(f"DELETE FROM {table} WHERE {key} = ?", (name,))
                self._db.executemany(
                    f"INSERT INTO {table} ({key}, {column}) VALUES (?, ?)",
                    [(name, member["id"]) for member in row[held]],
                )

    # -- reading ----------------------------------------------------------------------------------

    def codings(self) -> list[Coding]:
        """Return the newest coding of each report, whether it is a newest version, and what it supersedes."""
        query = f"SELECT coding, current, supersedes FROM ({NEWEST}) ORDER BY coding"
        return [(r["coding"], bool(r["current"]), r["supersedes"]) for r in self._db.execute(query)]

    def linked_codings(self, stamp: str) -> list[Coding]:
        """Return the codings that were linked last, as :meth:`codings` gives them.

        None in an older store, and none where code or tables with another ``stamp`` linked them.
        """
        if self._version() < LINKS_SINCE:
            return []
        rows = self._db.execute(
            "SELECT coding, current, supersedes FROM linked_codings"
            " WHERE EXISTS (SELECT * FROM linked_by WHERE stamp = ?) ORDER BY coding",
            (stamp,),
        )
        return [(r["coding"], bool(r["current"]), r["supersedes"]) for r in rows]

    def histories(self, ids: Sequence[str] | None = None) -> Iterator[tuple[Json, list[Json]]]:
        """Yield every report (or those with ``ids``), superseded versions too, with its newest records.

        The report has two keys more than its columns: ``supersedes`` and ``current``.
        """
        wanted = None if ids is None else json.dumps(list(ids))
        reports = self._db.execute(
            "SELECT reports.*, versions.supersedes, current_codings.number AS coding,"
            " versions.number IN (SELECT max(number) FROM versions GROUP BY same_as) AS current"
            " FROM current_codings JOIN reports ON reports.id = current_codings.report_id"
            " JOIN versions ON versions.number ="
            " (SELECT max(number) FROM versions WHERE report_id = reports.id)"
            " WHERE ? IS NULL OR reports.id IN (SELECT value FROM json_each(?)) ORDER BY reports.id",
            (wanted, wanted),
        )
        for report in reports:
            records = self._db.execute(
                "SELECT json FROM records WHERE coding = ? ORDER BY place", (report["coding"],)
            )
            yield dict(report), [json.loads(row["json"]) for row in records]

    def link_rows(self, table: str) -> Iterator[sqlite3.Row]:
        """Yield the rows of one of the tables of linking."""
        if table not in LINK_TABLES:
            raise ValueError(table)
        yield from self._db.execute(f"SELECT * FROM {table}")

    def link_homes(self) -> dict[str, str]:
        """Return the story of each event of the last linking."""
        rows = self._db.execute("SELECT id, home FROM linked WHERE kind = 'event'")
        return {row["id"]: row["home"] for row in rows}

    def link_keys(self) -> Iterator[Json]:
        """Yield every report without its text, by id, with the keys that were derived from its newest coding.

        Where there are none, the column ``bands`` is null.
        """
        rows = self._db.execute(
            "SELECT reports.id, outlet, path, title, published, reports.same_as, newest.supersedes, current,"
            f" link_keys.* FROM ({NEWEST}) AS newest JOIN reports ON reports.id = newest.report_id"
            " LEFT JOIN link_keys ON link_keys.report = reports.id AND link_keys.coding = newest.coding"
            " ORDER BY reports.id"
        )
        yield from map(dict, rows)

    def link_part(self, report: str, columns: str) -> Json:
        """Return columns of what was derived from a report, or of the report itself."""
        row = self._db.execute(
            f"SELECT {columns} FROM link_parts JOIN reports ON reports.id = report WHERE report = ?",
            (report,),
        ).fetchone()
        return dict(row)

    def coded_reports(self, codings: Iterable[int]) -> dict[int, str]:
        """Return the ids of the reports that have these codings."""
        wanted = json.dumps(list(codings))
        query = "SELECT number, report_id FROM codings WHERE number IN (SELECT value FROM json_each(?))"
        return {row["number"]: row["report_id"] for row in self._db.execute(query, (wanted,))}

    def linked(self, kind: str | None = None) -> Iterator[Json]:
        """Yield the rows of linking by kind and id; ``kind`` is ``event``, ``story`` or ``copy``."""
        query = "SELECT json FROM linked WHERE ? IS NULL OR kind = ? ORDER BY kind, id"
        for row in self._db.execute(query, (kind, kind)):
            yield json.loads(row["json"])

    def linked_row(self, id_start: str) -> Json | None:
        """Return the event or story whose id begins with ``id_start``, or None."""
        row = self._db.execute(
            "SELECT json FROM linked WHERE kind IN ('event', 'story') AND substr(id, 1, ?) = ?"
            " ORDER BY kind, id LIMIT 1",
            (len(id_start), id_start),
        ).fetchone()
        return None if row is None else json.loads(row["json"])

    def records(self, kind: str | None = None, report_id: str | None = None) -> Iterator[Json]:
        """Yield the current records as JSON objects, by report and place; narrowed if asked."""
        query = "SELECT json FROM current_records WHERE 1"
        values: list[str] = []
        for column, value in (("kind", kind), ("report_id", report_id)):
            if value is not None:
                query += f" AND {column} = ?"
                values.append(value)
        for row in self._db.execute(f"{query} ORDER BY report_id, place", values):
            yield json.loads(row["json"])

    def record(self, id_start: str) -> Json | None:
        """Return the current record whose id begins with ``id_start``, or None."""
        row = self._db.execute(
            "SELECT json FROM current_records WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 1",
            (len(id_start), id_start),
        ).fetchone()
        return None if row is None else json.loads(row["json"])

    def report(self, key: str) -> Json | None:
        """Return the report whose id begins with ``key``, or whose source id, path or url it is."""
        row = self._db.execute(
            "SELECT * FROM current_reports WHERE substr(id, 1, ?) = ? OR source_id = ? OR path = ? OR url = ?"
            " ORDER BY id LIMIT 1",
            (len(key), key, key, key, key),
        ).fetchone()
        return None if row is None else dict(row)

    def search(self, words: str, limit: int = 50) -> list[Json]:
        """Return the reports that contain all the words, best first."""
        quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        rows = self._db.execute(
            "SELECT reports.id, outlet, reports.title, published FROM report_words"
            " JOIN reports ON reports.rowid = report_words.rowid"
            " WHERE report_words MATCH ? ORDER BY rank, reports.id LIMIT ?",
            (quoted, limit),
        )
        return [dict(row) for row in rows]

    def rejected(self) -> list[Json]:
        """Return what could not be read or coded, with the reasons."""
        query = "SELECT * FROM rejected ORDER BY path, item, source_id, reason"
        return [dict(row) for row in self._db.execute(query)]

    def coverage(self) -> list[Json]:
        """Return the runs: when, by which coder, and how their inputs ended."""
        return [dict(row) for row in self._db.execute("SELECT * FROM runs ORDER BY number")]

    def counts(self) -> Counts:
        """Add up the statuses of all runs."""
        row = self._db.execute(
            "SELECT total(ok), total(partial), total(rejected), total(failed) FROM runs"
        ).fetchone()
        ok, partial, rejected, failed = (int(value) for value in row)
        return Counts(ok, partial, rejected, failed)


def identity(report: Report) -> str:
    """Return a hash of what says that two texts are versions of one article."""
    if report.url:
        return content_hash("url", report.url)
    if report.source_id:
        return content_hash("source", report.outlet, report.source_id)
    return content_hash("text", report.id)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
