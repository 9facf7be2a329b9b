"""Bring the links of a store up to date: read what is there, link it, keep the result.

The result is a function of the reports and their newest codings, whatever the order in which they came
and however often links were made in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

from dateline import errors, link
from dateline.link import compare as comparison
from dateline.link import kept
from dateline.link.collection import Asked, Derived, Keys, derive
from dateline.link.known import NOTHING, Copied
from dateline.link.linked import Linked
from dateline.link.reading import Head, Reading, head, reading
from dateline.link.statements import Statement
from dateline.store import Coding, LinkNews, Store

Json = dict[str, Any]
T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")
MEMBERS_OF = {"event": (("event_mentions", "event_id"),), "story": (("story_reports", "story_id"),)}


def update(store: Store) -> Linked:
    """Link everything in a store, keep the result in it and return it."""
    renew(store)
    return stored(store)


def renew(store: Store) -> None:
    """Bring the links of a store up to date; nothing is computed when nothing is new.

    What was derived from reports and found out about pairs is read back, unless the code of linking or the
    tables have changed since, or a report was coded anew.
    """
    stamp, codings = link.stamp(), store.codings()
    before = store.linked_codings(stamp)
    if codings and codings == before:
        return
    anew = not before or not {number for number, *_ in before} <= {number for number, *_ in codings}
    known = NOTHING if anew else _known(store, before)
    source = _Held(store, anew)
    found = link.link_on(source, known)
    store.save_links(_news(stamp, codings, anew, source.fresh, found, known))


class _Held:
    """The reports of a store; what was derived from them is read back, from new ones it is derived."""

    def __init__(self, store: Store, anew: bool) -> None:
        self.fresh: dict[str, tuple[int, Derived]] = {}
        rows = list(store.link_keys())
        missing = [row["id"] for row in rows if anew or row["bands"] is None]
        for report, records in store.histories(missing) if missing else ():
            made = derive(reading(report, report["text"], records), records)
            self.fresh[made.reading.id] = report["coding"], made
        self.heads: Sequence[Head] = [head(row) for row in rows]
        self.keys: Sequence[Keys] = [self._keys(row) for row in rows]
        self._store = store
        self.readings = self._asked(
            lambda d, _: d.reading, "text, url, spans", lambda n, row: kept.reading(self.heads[n], row)
        )
        self.vectors = self._asked(
            lambda d, _: d.vector, "codes, weights, heaviest", lambda _, row: kept.vector(row)
        )
        self.prints = self._asked(
            lambda d, _: d.print, "unquoted", lambda n, row: kept.fingerprint(self.keys[n], row)
        )
        self.statements: Sequence[Sequence[Statement]] = self._asked(
            Derived.numbered, "statements", kept.told
        )

    def _keys(self, row: Mapping[str, Any]) -> Keys:
        made = self.fresh.get(row["id"])
        return kept.keys(row) if made is None else made[1].keys

    def _asked(
        self, of: Callable[[Derived, int], T], columns: str, read: Callable[[int, Mapping[str, Any]], T]
    ) -> Sequence[T]:
        """Return one part of every report, taken from what was just derived or read from these columns."""

        def part(number: int) -> T:
            name = self.heads[number].id
            made = self.fresh.get(name)
            return of(made[1], number) if made else read(number, self._store.link_part(name, columns))

        return Asked(len(self.heads), part)


def _known(store: Store, before: Sequence[Coding]) -> link.Known:
    """Return what the last run has left."""
    reports = store.coded_reports([number for number, *_ in before])
    pairs: dict[str, dict[tuple[str, str], float]] = {"story": {}, "event": {}}
    for row in store.link_rows("linked_pairs"):
        pairs[row["kind"]][row["one"], row["other"]] = row["likeness"]
    copies = [
        Copied(r["report"], r["source"], r["share"], r["sentences"], bool(r["passage"]))
        for r in store.link_rows("linked_copies")
    ]
    return link.Known(
        reports={reports[number]: (current, supersedes) for number, current, supersedes in before},
        stories=pairs["story"],
        copies={copy.ends: copy for copy in copies},
        events=pairs["event"],
        groups={
            **_groups(store, "event_mentions", "event_id", "mention_id"),
            **_groups(store, "story_reports", "story_id", "report_id"),
        },
        homes=store.link_homes(),
        loose={(r["report"], r["place"]): r["event"] for r in store.link_rows("linked_figures")},
    )


def _groups(store: Store, table: str, key: str, column: str) -> dict[str, frozenset[str]]:
    rows = groupby(sorted((row[key], row[column]) for row in store.link_rows(table)), key=lambda r: r[0])
    return {name: frozenset(member for _, member in members) for name, members in rows}


def _news(
    stamp: str, codings: Sequence[Coding], anew: bool, fresh: Mapping[str, tuple[int, Derived]],
    found: link.Renewed, known: link.Known,
) -> LinkNews:  # fmt: skip
    """Put together what has to be written."""
    now = found.known
    news = LinkNews(stamp, codings, anew, found.rows)
    news.rows["link_keys"] += (
        {"report": name, "coding": coding, **kept.keys_row(one.keys)} for name, (coding, one) in fresh.items()
    )
    news.rows["link_parts"] += ({"report": name, **kept.parts_row(one)} for name, (_, one) in fresh.items())
    for kind, name in found.gone:
        news.gone["linked"].append({"kind": kind, "id": name})
        for table, column in MEMBERS_OF.get(kind, ()):
            news.gone[table].append({column: name})
    _changes(news, "linked_pairs", partial(_pair, "story"), known.stories, now.stories)
    _changes(news, "linked_pairs", partial(_pair, "event"), known.events, now.events)
    _changes(news, "linked_copies", _copied, known.copies, now.copies)
    _changes(news, "linked_figures", _figure, known.loose, now.loose)
    return news


def _changes(
    news: LinkNews, table: str, write: Callable[[K, V], Json], before: Mapping[K, V], now: Mapping[K, V]
) -> None:
    """Note what has come and gone of one table."""
    news.rows[table] += (write(key, value) for key, value in now.items() if before.get(key) != value)
    news.gone[table] += (_key(write(key, before[key])) for key in before.keys() - now.keys())


def _pair(kind: str, pair: tuple[str, str], likeness: float) -> Json:
    return {"kind": kind, "one": pair[0], "other": pair[1], "likeness": likeness}


def _copied(_: tuple[str, str], copy: Copied) -> Json:
    return {
        "report": copy.report, "source": copy.source, "share": copy.share, "sentences": copy.sentences,
        "passage": int(copy.passage),
    }  # fmt: skip


def _figure(place: tuple[str, int], event: str) -> Json:
    return {"report": place[0], "place": place[1], "event": event}


def _key(row: Json) -> Json:
    """Return the columns of a row by which it is found."""
    return {name: row[name] for name in ("kind", "one", "other", "report", "source", "place") if name in row}


def stored(store: Store) -> Linked:
    """Return the links that a store holds."""
    stories, events, copies = (tuple(store.linked(kind)) for kind in ("story", "event", "copy"))
    return Linked(stories, events, copies)


def compare(store: Store, key: str) -> Json:
    """Compare outlets on an event or a story (the beginning of its id) or on an actor (code or name).

    Links that are not up to date are made anew, without being kept. Raises InputError when nothing is meant.
    """
    up_to_date = store.codings() == store.linked_codings(link.stamp())
    linked = stored(store) if up_to_date else link.link(readings(store))
    stories = {row["id"]: row for row in linked.stories}
    row = next(
        (r for r in (*linked.events, *linked.stories) if len(key) > 5 and r["id"].startswith(key)), None
    )
    if row is not None and row["record"] == "story":
        return comparison.compare_story(row, dossiers(store, [r["id"] for r in row["reports"]]))
    if row is not None:
        held = dossiers(store, [m["report"] for m in row["mentions"]])
        return comparison.compare_event(row, stories.get(row["story"]), held)
    found = comparison.compare_actor(key, dossiers(store).values())
    if not found["reports"]:
        raise errors.InputError(f"no event, story or actor in {store.path} is {key!r}")
    return found


def dossiers(store: Store, ids: Sequence[str] | None = None) -> dict[str, comparison.Dossier]:
    """Return reports of a store with all their records, by id."""
    found = ((reading(r, r["text"], rows), rows) for r, rows in store.histories(ids))
    return {one.id: comparison.Dossier(one, tuple(rows)) for one, rows in found}


def readings(store: Store) -> Iterator[tuple[Reading, list[Json]]]:
    """Yield the reports of a store as linking reads them, each with its records."""
    for report, rows in store.histories():
        yield reading(report, report["text"], rows), rows
