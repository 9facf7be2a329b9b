"""The documentation cannot drift: commands, fields, tables, public names and links are all covered."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import dateline
from dateline import cli
from dateline.evaluate import EVALUATIONS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PACKAGE = Path(dateline.__file__).parent
DATA = PACKAGE / "data"
PAGES = sorted([ROOT / "README.md", DATA / "README.md", *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
GUIDE = (DOCS / "guide.md").read_text(encoding="utf-8")
RECORD = (DOCS / "record.md").read_text(encoding="utf-8")
TABLES = (DATA / "README.md").read_text(encoding="utf-8")


# -- the command line ---------------------------------------------------------------------------------------


def section(command: str) -> str:
    """Return the part of the guide under the heading of a command, its own subsections included."""
    heading = re.search(rf"^(#+) `dateline {command}`.*$", GUIDE, re.MULTILINE)
    assert heading is not None, f"no section on dateline {command}"
    rest = GUIDE[heading.end() :]
    return re.split(rf"^#{{1,{len(heading[1])}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def words_of(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from parameter.opts
            if isinstance(parameter.type, click.Choice):
                yield from map(str, parameter.type.choices)


@pytest.mark.parametrize("command", sorted(cli.main.commands))
def test_every_command_has_a_section_that_names_its_options_and_their_values(command: str) -> None:
    text = section(command)
    words = dict.fromkeys(words_of(cli.main.commands[command]))
    assert [w for w in words if not re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", text)] == []


def test_the_guide_names_no_option_that_is_not_there() -> None:
    known = {w for command in cli.main.commands.values() for w in words_of(command)} | {"--version", "--help"}
    known.add("--no-compile")  # pip's own
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", GUIDE)) <= known


@pytest.mark.parametrize("name", [name for name, _ in EVALUATIONS])
def test_every_evaluation_has_its_section(name: str) -> None:
    text = (DOCS / "evaluation.md").read_text(encoding="utf-8")
    assert f"\n## {name}\n" in text
    assert f"dateline evaluate {name} --data" in text


# -- the record ---------------------------------------------------------------------------------------------


def written_keys(file: str) -> set[str]:
    """Return every string key of a dict display in a module."""
    tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
    keys = [key for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys]
    return {key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}


@pytest.mark.parametrize("key", sorted(written_keys("contract.py") | {"start", "end", "text"}))
def test_every_key_of_the_contract_is_explained(key: str) -> None:
    assert f"`{key}`" in RECORD


def test_every_column_of_the_flat_table_is_explained() -> None:
    from dateline.export.flat import COLUMNS

    assert [column for column in COLUMNS if f"`{column}`" not in RECORD] == []


LINKING = (DOCS / "linking.md").read_text(encoding="utf-8")


ROWS_OF_LINKING = ("affairs", "counted", "independence", "compare")
LINK_KEYS = set().union(*(written_keys(f"link/{name}.py") for name in ROWS_OF_LINKING))


@pytest.mark.parametrize("key", sorted(LINK_KEYS))
def test_every_key_of_the_rows_of_linking_is_explained(key: str) -> None:
    tables = {"stories", "story_reports", "events", "event_mentions", "figures", "copies"}
    assert f"`{key}`" in LINKING or key in tables | {"record"}


def test_the_table_of_signals_is_that_of_the_code() -> None:
    from dateline.link.signals import BASE, SIGNALS

    rows = [f"| {s.name} | {s.weight} | {s.says} |" for s in SIGNALS]
    assert "\n".join(rows) in LINKING
    assert f"starts at {BASE}." in LINKING


def test_every_kind_of_change_is_explained() -> None:
    from dateline.web.comparison import KINDS

    assert [kind for kind in KINDS if f"| `{kind}` |" not in LINKING] == []


# -- tables and names ---------------------------------------------------------------------------------------


def test_every_table_is_explained() -> None:
    tables = [p.relative_to(DATA) for p in DATA.rglob("*") if p.suffix in (".tsv", ".toml")]
    unknown = [
        str(path) for path in sorted(tables)
        if path.name not in TABLES and f"{path.parent.name}/*{path.suffix}" not in TABLES
    ]  # fmt: skip
    assert unknown == []


def undocumented(path: Path) -> Iterator[str]:
    """Yield the public classes, functions and methods of a file that have no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    where = path.relative_to(PACKAGE)
    if ast.get_docstring(tree) is None:
        yield str(where)
    for node in tree.body:
        yield from _without(node, str(where))


def _without(node: ast.stmt, where: str) -> Iterator[str]:
    if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
        return
    if ast.get_docstring(node) is None:
        yield f"{where}: {node.name}"
    for inner in node.body if isinstance(node, ast.ClassDef) else ():
        yield from _without(inner, f"{where}: {node.name}")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_public_name_has_a_docstring(path: Path) -> None:
    assert list(undocumented(path)) == []


# -- links --------------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """Return the anchors that the headings of a page make."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_link_points_nowhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_index_links_every_page() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = [p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md") if p.name != "index.md"]
    assert [page for page in sorted(pages) if f"({page})" not in index] == []
