"""Links of a store: whatever the order and the runs in between, the same; and the two commands."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import errors, extract, ingest, link, linking
from dateline import store as store_module
from dateline.cli import main
from dateline.link import kept, signals, wording
from dateline.link.collection import derive
from dateline.records import Coded, Report
from dateline.store import LINK_TABLES, Store, _migrations

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
CODED = [extract.code(r) for r in ingest.read([EXAMPLES]) if isinstance(r, Report)]
CORRECTED = extract.code(
    replace(
        CODED[2].report, url="https://wire.example/1",
        text=CODED[2].report.text.replace("four Belarusian", "five Belarusian"),
    )
)  # fmt: skip
FIRST = replace(CODED[2], report=replace(CODED[2].report, url="https://wire.example/1"))


def linked(folder: Path, groups: Sequence[Sequence[Coded]]) -> list[dict]:
    """Link a store after each group of reports has come."""
    path = folder / "-".join(str(len(g)) for g in groups)
    path.unlink(missing_ok=True)
    with Store(path) as store:
        for group in groups:
            for one in group:
                store.add(one)
            linking.update(store)
        return list(store.linked())


@given(st.permutations(CODED), st.integers(0, 3))
@settings(max_examples=6, deadline=None)
def test_order_and_runs_in_between_do_not_matter(
    tmp_path_factory: pytest.TempPathFactory, order: list[Coded], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("stores")
    assert linked(folder, [order[:cut], order[cut:]]) == linked(folder, [CODED])


VERSIONS = [
    replace(CODED[2], report=replace(CODED[2].report, url="https://wire.example/1")),
    CORRECTED,
    extract.code(
        replace(
            CODED[2].report, url="https://wire.example/1",
            text=CODED[2].report.text.replace("four Belarusian", "six Belarusian"),
        )
    ),
]  # fmt: skip


@given(
    st.lists(st.sampled_from([*CODED[:2], *VERSIONS]), max_size=8),
    st.lists(st.integers(0, 8), max_size=3).map(sorted),
)
@settings(max_examples=12, deadline=None)
def test_corrections_may_come_and_be_taken_back(
    tmp_path_factory: pytest.TempPathFactory, order: list[Coded], cuts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("stores")
    groups = [order[a:b] for a, b in itertools.pairwise([0, *cuts, len(order)])]
    bit_by_bit, at_once = folder / "bit by bit", folder / "at once"
    for path, parts in ((bit_by_bit, groups), (at_once, [order])):
        with Store(path) as store:
            for part in parts:
                for one in part:
                    store.add(one)
                linking.renew(store)
    assert tables(bit_by_bit) == tables(at_once)


def tables(path: Path) -> dict[str, list[tuple]]:
    """Return everything that linking has written, in the order of the rows."""
    with Store(path, write=False) as store:
        return {table: sorted(map(tuple, store.link_rows(table)), key=repr) for table in LINK_TABLES}


def test_derivations_are_read_back_and_made_anew_for_other_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived: list[str] = []
    whole = linking.derive
    monkeypatch.setattr(linking, "derive", lambda r, rows: derived.append(r.id) or whole(r, rows))
    with Store(tmp_path / "a") as store:
        for one in CODED[:2]:
            store.add(one)
        linking.renew(store)
        store.add(CODED[2])
        linking.renew(store)
        assert sorted(derived) == sorted(one.report.id for one in CODED)
        kept = list(store.linked())
        derived.clear()
        monkeypatch.setattr(link, "stamp", lambda: "other tables")
        linking.renew(store)
        assert len(derived) == len(CODED)
        assert list(store.linked()) == kept


def test_what_is_kept_is_what_was_derived() -> None:
    for read, rows in link.of_coded(CODED):
        made = derive(read, rows)
        row = {**kept.keys_row(made.keys), **kept.parts_row(made), "text": read.text, "url": read.url}
        keys = kept.keys(row)
        assert kept.keys_row(keys) == kept.keys_row(made.keys)
        assert kept.reading(read.head, row) == read
        assert kept.told(0, row) == made.statements
        assert kept.fingerprint(keys, row).sentences == made.print.sentences
        assert (kept.vector(row).weights == made.vector.weights).all()
        assert kept.vector(row).heaviest == made.vector.heaviest


def test_nothing_new_computes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "a") as store:
        for one in CODED:
            store.add(one)
        first = linking.update(store)
        monkeypatch.setattr(linking.link, "link_on", lambda *_: pytest.fail("linked again"))
        assert linking.update(store) == first


def test_known_pairs_are_not_weighed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "a") as store:
        for one in CODED[:2]:
            store.add(one)
        linking.update(store)
        weighed: list[set[int]] = []
        whole = signals.likeness
        monkeypatch.setattr(
            signals, "likeness",
            lambda p, least: weighed.append({p.one.report, p.other.report}) or whole(p, least),
        )  # fmt: skip
        store.add(CODED[2])
        found = linking.update(store)
    assert weighed
    new = sorted(c.report.id for c in CODED).index(CODED[2].report.id)
    assert all(new in pair for pair in weighed)
    assert list(found.rows()) == list(link.link(link.of_coded(CODED)).rows())


def test_a_correction_supersedes_and_its_change_is_shown(tmp_path: Path) -> None:
    with Store(tmp_path / "a") as store:
        for one in (FIRST, CODED[0], CORRECTED):
            store.add(one)
        found = linking.update(store)
        story = next(s for s in found.stories if len(s["reports"]) > 1)
        compared = linking.compare(store, story["id"])
    assert [r["current_version"] for r in story["reports"]].count(False) == 1
    (version,) = compared["versions"]
    assert version["supersedes"] == FIRST.report.id
    shown = {(e["base"]["text"], e["ours"]["text"]) for row in version["changed"] for e in row["edits"]}
    assert shown == {("four", "five")}


def test_mentions_of_a_superseded_version_do_not_count(tmp_path: Path) -> None:
    with Store(tmp_path / "a") as store:
        store.add(FIRST)
        store.add(CORRECTED)
        found = linking.update(store)
    assert {e["reports"] for e in found.events if len(e["mentions"]) > 1} == {1}


# -- the commands -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "news.sqlite"
    with Store(path) as store:
        for one in CODED:
            store.add(one)
    return path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def rows(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(("what", "kind"), [("events", "event"), ("stories", "story"), ("copies", "copy")])
def test_link_writes_rows(path: Path, what: str, kind: str) -> None:
    result = call("link", "--store", path, "--what", what, "--json")
    assert result.exit_code == 0
    assert {row["record"] for row in rows(result)} <= {kind}
    assert "3 reports in 1 stories" in result.stderr


def test_link_as_a_table_names_who_denies(path: Path) -> None:
    result = call("link", "--store", path, "--format", "table")
    assert "disputed: Norway against Belarus" in result.stdout
    assert call("link", "--store", path, "--quiet").stdout == ""


def test_link_needs_a_store(tmp_path: Path) -> None:
    assert call("link", "--store", tmp_path / "none").exit_code == 3


def test_compare_an_event_a_story_and_an_actor(path: Path) -> None:
    found = {row["record"]: row for row in rows(call("link", "--store", path, "--what", "all", "--json"))}
    asked = {found["event"]["id"]: "event", found["story"]["id"][:10]: "story", "BLR": "actor"}
    for key, kind in asked.items():
        (compared,) = rows(call("compare", key, "--store", path, "--format", "json"))
        assert compared["subject"]["kind"] == kind
    assert call("compare", "Atlantis", "--store", path).exit_code == 2


def test_compare_shows_loaded_names(path: Path) -> None:
    (found,) = rows(call("compare", "NOR", "--store", path, "--format", "json"))
    names = {n["text"]: n for a in found["labels"] for o in a["outlets"] for n in o["names"]}
    assert (names["The Norwegian regime"]["loaded"], names["The Norwegian regime"]["strength"]) == (True, 2)
    assert names["Norway"]["strength"] == 0
    assert "loaded" in call("compare", "NOR", "--store", path).stdout


class Page(HTMLParser):
    """Collects what a page loads and which tags it leaves open."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_self_contained_and_escapes_what_reports_say(tmp_path: Path) -> None:
    text = "Norway <script>alert(1)</script> expelled four diplomats of Belarus on Monday."
    with Store(tmp_path / "a") as store:
        for outlet in ("A & B", "<b>C</b>"):
            report = Report(text=text, paragraphs=((0, len(text)),), published="2024-03-14", outlet=outlet)
            store.add(extract.code(report))
        story = linking.update(store).stories[0]["id"]
    page = call("compare", story, "--store", tmp_path / "a", "--format", "html").stdout
    parser = Page()
    parser.feed(page)
    assert parser.loads == []
    assert parser.open == []
    assert "<script" not in page
    assert "<b>C" not in page


def test_an_older_store_can_be_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _migrations()[:1]
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "_migrations", lambda: first)
        with Store(tmp_path / "old") as store:
            for one in CODED:
                store.add(one)
    assert call("compare", "BLR", "--store", tmp_path / "old", "--format", "json").exit_code == 0
    assert call("link", "--store", tmp_path / "old", "--quiet").exit_code == 0


def test_compare_raises_for_nobody(path: Path) -> None:
    with Store(path, write=False) as store, pytest.raises(errors.InputError, match="Atlantis"):
        linking.compare(store, "Atlantis")


def test_every_kind_of_change_has_words() -> None:
    from dateline.web import comparison

    named = {word for word in wording.__doc__.split("``")[1::2] if word.isascii()}
    assert set(comparison.KINDS) <= named
