"""The command line. Results go to standard output, progress and messages to standard error.

Exit codes: 0 all inputs read; 1 some inputs were rejected or failed (the rest was coded); 2 the
command line cannot be used; 3 the installation, a table or a store is broken.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline import __version__, errors

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.records import Coded, Rejected
    from dateline.store import Store

Json = dict[str, Any]

WHAT = click.Choice(["mentions", "attributions", "labels", "all"])
LINKED_NAMES = {"story": "stories", "event": "events", "copy": "copies"}
LINKED = click.Choice([*LINKED_NAMES.values(), "all"])
SOME_REJECTED, BAD_USE, BROKEN = 1, 2, 3


def _guarded(command: Callable[..., int | None]) -> Callable[..., None]:
    """Turn dateline's errors into one clear line and the exit code they stand for."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
        except (errors.InputError, errors.EvaluationError) as error:
            click.echo(f"dateline: {error}", err=True)
            sys.exit(BAD_USE)
        except errors.DatelineError as error:
            click.echo(f"dateline: {error}", err=True)
            sys.exit(BROKEN)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        sys.exit(code or 0)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dateline")
def main() -> None:
    """Read news reports and write down who did what to whom, when, and according to whom."""


# -- code --------------------------------------------------------------------------------------------


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--store", "store_path", type=click.Path(path_type=Path), help="Also keep everything in this SQLite file."
)
@click.option("--what", type=WHAT, default="mentions", show_default=True, help="Which records to write.")
@click.option(
    "--format",
    "form",
    help="table, jsonl, csv … Default: table on a terminal, else jsonl.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
@click.option(
    "--workers", type=click.IntRange(0, 64), default=0, show_default=True, help="Worker processes; 0 chooses."
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=NAME",
    help="Which field of JSONL or CSV holds what: text=body.",
)
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
@_guarded
def code(
    paths: tuple[str, ...], store_path: Path | None, what: str, form: str | None, as_json: bool,
    workers: int, mapping: tuple[str, ...], quiet: bool,
) -> int:  # fmt: skip
    """Code reports: files, folders, or - for standard input (.txt .html .jsonl .csv)."""
    from dateline import ingest, run

    form = "jsonl" if as_json else form or ("table" if sys.stdout.isatty() else "jsonl")
    results = run.code_all(ingest.read(paths, field_map=_field_map(mapping)), workers)
    summary = _Summary()
    with _Progress(quiet) as progress:
        watched = _watch(_stored(results, store_path), summary, progress)
        _write(watched, what, form)
    if not quiet:
        click.echo(summary.line(), err=True)
    return SOME_REJECTED if summary.rejections else 0


def _field_map(mapping: tuple[str, ...]) -> dict[str, str] | None:
    pairs = [pair.partition("=") for pair in mapping]
    if any(not sign or not name for _, sign, name in pairs):
        raise errors.InputError("--map wants FIELD=NAME, for instance text=body")
    return {field: name for field, _, name in pairs} or None


def _stored(results: Iterable[Coded | Rejected], path: Path | None) -> Iterator[Coded | Rejected]:
    """Pass results through, each written to the store before it goes on."""
    if path is None:
        yield from results
        return
    from dateline.store import Store

    with Store(path) as store:
        store.begin()
        for result in results:
            store.add(result)
            yield result
        store.finish()


def _watch(results: Iterable[Coded | Rejected], summary: _Summary, progress: _Progress) -> Iterator[Coded]:
    """Count results, say what was rejected and why, and pass on what was coded."""
    from dateline.records import Rejected

    for result in results:
        summary.add(result)
        progress.step(summary)
        if isinstance(result, Rejected):
            place = f"{result.path or '-'}{f':{result.item}' if result.item else ''}"
            progress.say(f"{place}: {result.status}: {result.reason}")
        else:
            yield result


def _write(coded: Iterable[Coded], what: str, form: str) -> None:
    from dateline import contract

    rows = (row for one in coded for row in contract.rows(one, what))
    if form == "table":
        _print_table(rows, what)
        return
    from dateline import export

    write = export.exporter(form)
    if form != "jsonl" and what != "mentions":
        raise errors.InputError(f"{form} has mentions only; use --format jsonl for other records")
    write(rows, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _print_table(rows: Iterable[Json], what: str) -> None:
    from dateline.web import terminal

    console = _console()
    if what == "mentions":
        terminal.print_mentions(console, rows)
        return
    kinds: dict[str, list[Json]] = {"mention": [], "attribution": [], "label": []}
    for row in rows:
        kinds[row["record"]].append(row)
    terminal.print_mentions(console, kinds["mention"])
    terminal.print_attributions(console, kinds["attribution"])
    terminal.print_labels(console, kinds["label"])


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=True)


class _Summary:
    """How the inputs ended: in = ok + partial + rejected + failed."""

    def __init__(self) -> None:
        self.statuses: dict[str, int] = {"ok": 0, "partial": 0, "rejected": 0, "failed": 0}
        self.mentions = 0

    def add(self, result: Coded | Rejected) -> None:
        from dateline.records import Rejected

        status = result.status if isinstance(result, Rejected) else result.report.status
        self.statuses[status] += 1
        self.mentions += 0 if isinstance(result, Rejected) else len(result.mentions)

    @property
    def read(self) -> int:
        return sum(self.statuses.values())

    @property
    def rejections(self) -> int:
        return self.statuses["rejected"] + self.statuses["failed"]

    def line(self) -> str:
        parts = ", ".join(f"{count} {status}" for status, count in self.statuses.items())
        return f"{self.read} read = {parts}; {self.mentions} mentions"


class _Progress:
    """A counter on standard error, only when somebody is watching it."""

    def __init__(self, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty() and not sys.stdout.isatty()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def _clear(self) -> None:
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def step(self, summary: _Summary) -> None:
        if self.shown and summary.read % 10 == 0:
            click.echo(f"\r{summary.read} reports, {summary.mentions} mentions", nl=False, err=True)

    def say(self, line: str) -> None:
        self._clear()
        click.echo(line, err=True)


# -- show and explain --------------------------------------------------------------------------------


@main.command()
@click.argument("report")
@click.option(
    "--store", "store_path", type=click.Path(path_type=Path), help="Look the report up in this store."
)
@click.option(
    "--html", "html_path", type=click.Path(path_type=Path), help="Write one self-contained page instead."
)
@_guarded
def show(report: str, store_path: Path | None, html_path: Path | None) -> int:
    """Show one report with every span marked. REPORT is a file, or an id in the store."""
    text, facts, rows = _one_report(report, store_path)
    if html_path is not None:
        from dateline.web.page import page

        html_path.write_text(page(text, rows, facts), encoding="utf-8")
        click.echo(f"wrote {html_path}", err=True)
        return 0
    from dateline.web import terminal

    console = _console()
    terminal.print_report(console, text, rows)
    console.print()
    terminal.print_mentions(console, [row for row in rows if row["record"] == "mention"])
    return 0


def _one_report(key: str, store_path: Path | None) -> tuple[str, Json, list[Json]]:
    if store_path is not None:
        from dateline.store import Store

        with Store(store_path, write=False) as store:
            return _from_store(key, store)
    coded = _code_file(key)
    from dateline import contract

    rows = contract.rows(coded, "all") + [contract.uncoded_json(u, coded.report) for u in coded.uncoded]
    return coded.report.text, contract.report_json(coded.report), rows


def _from_store(key: str, store: Store) -> tuple[str, Json, list[Json]]:
    found = store.report(key)
    if found is None:
        raise errors.InputError(f"{key}: no such report in {store.path}")
    return found["text"], found, list(store.records(report_id=found["id"]))


def _code_file(path: str) -> Coded:
    from dateline import ingest, run
    from dateline.records import Rejected

    items = ingest.read([path])
    result = run.code_one(next(iter(items), Rejected(path, "holds no report")))
    if isinstance(result, Rejected):
        raise errors.InputError(f"{path}: {result.status}: {result.reason}")
    return result


@main.command()
@click.argument("mention")
@click.option(
    "--store", "store_path", type=click.Path(path_type=Path), help="Look the mention up in this store."
)
@click.option("--report", "report_path", help="Or code this file and look it up there.")
@_guarded
def explain(mention: str, store_path: Path | None, report_path: str | None) -> int:
    """Say why each cell of a mention has its value. MENTION is (the start of) its id.

    With --report and a MENTION that is a piece of text, say of each sentence that holds it which
    mentions it has, or why it has none.
    """
    from dateline.web import reasons

    rows = _candidates(mention, store_path, report_path)
    found = [row for row in rows if row.get("id", "").startswith(mention)]
    if not found:
        found = [
            row
            for row in rows
            if row["record"] in ("mention", "uncoded") and mention in row["sentence"]["text"]
        ]
    if not found:
        raise errors.InputError(f"no mention and no sentence is or holds {mention!r}")
    for row in found:
        click.echo(reasons.explain(row))
    return 0


def _candidates(mention: str, store_path: Path | None, report_path: str | None) -> list[Json]:
    if report_path is not None:
        return _one_report(report_path, None)[2]
    if store_path is None:
        raise errors.InputError("say where to look: --store FILE or --report FILE")
    from dateline.store import Store

    with Store(store_path, write=False) as store:
        row = store.record(mention)
        return [row] if row is not None else list(store.records())


# -- store windows -----------------------------------------------------------------------------------


@main.command()
@click.option("--store", "store_path", type=click.Path(path_type=Path), required=True)
@click.option("--format", "form", default="jsonl", show_default=True, help="jsonl, csv, parquet …")
@click.option("--what", type=WHAT, default="mentions", show_default=True)
@click.option("--escape", is_flag=True, help="CSV: keep spreadsheets from running values as formulas.")
@click.argument("target", type=click.Path(path_type=Path))
@_guarded
def export(store_path: Path, form: str, what: str, escape: bool, target: Path) -> int:
    """Write the records of a store to the file TARGET (jsonl, csv or parquet)."""
    from dateline import export as exports
    from dateline.store import Store

    kind = None if what == "all" else what.removesuffix("s")
    exports.exporter(form)
    if form != "jsonl" and kind != "mention":
        raise errors.InputError(f"{form} has mentions only; use --format jsonl for other records")
    with Store(store_path, write=False) as store:
        rows = (row for row in store.records(kind) if row["record"] != "uncoded")
        count = exports.write_file(rows, target, "csv-escaped" if form == "csv" and escape else form)
    click.echo(f"{count} rows in {target}", err=True)
    return 0


@main.command()
@click.option("--store", "store_path", type=click.Path(path_type=Path), required=True)
@click.option("--json", "as_json", is_flag=True)
@_guarded
def coverage(store_path: Path, as_json: bool) -> int:
    """Say what a store has read, when, and what was rejected and why."""
    from dateline import contract
    from dateline.store import Store

    with Store(store_path, write=False) as store:
        runs, rejected = store.coverage(), store.rejected()
    for row in runs:
        line = "{started}  {ok} ok, {partial} partial, {rejected} rejected, {failed} failed  ({coder})"
        click.echo(contract.dumps({"record": "run", **row}) if as_json else line.format(**row))
    for row in rejected:
        line = (
            f"{row['path']}{':' + str(row['item']) if row['item'] else ''}: {row['status']}: {row['reason']}"
        )
        click.echo(contract.dumps({"record": "rejected", **row}) if as_json else line)
    return 0


# -- link and compare --------------------------------------------------------------------------------


@main.command()
@click.option("--store", "store_path", type=click.Path(path_type=Path), required=True)
@click.option("--what", type=LINKED, default="events", show_default=True, help="Which rows to write.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
@click.option("--quiet", is_flag=True, help="Write nothing but errors.")
@_guarded
def link(store_path: Path, what: str, form: str | None, as_json: bool, quiet: bool) -> int:
    """Link a store: reports to stories, mentions to events, copies to their sources."""
    from dateline import contract, linking
    from dateline.store import Store
    from dateline.web import affairs

    if not store_path.exists():
        raise errors.StoreError(f"{store_path}: there is no such store")
    with Store(store_path) as store:
        linked = linking.update(store)
    if quiet:
        return 0
    rows = [row for row in linked.rows() if what in ("all", LINKED_NAMES[row["record"]])]
    if as_json or form == "jsonl" or (form is None and not sys.stdout.isatty()):
        for row in rows:
            click.echo(contract.dumps(row))
    else:
        affairs.print_rows(_console(), rows)
    click.echo(affairs.summary(linked.rows()), err=True)
    return 0


@main.command()
@click.argument("subject", metavar="EVENT|STORY|ACTOR")
@click.option("--store", "store_path", type=click.Path(path_type=Path), required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json", "html"]),
    default="terminal",
    show_default=True,
)
@_guarded
def compare(subject: str, store_path: Path, form: str) -> int:
    """Show how outlets word an event or a story (by id), or name and quote an actor (by code or name)."""
    from dateline import contract, linking
    from dateline.store import Store
    from dateline.web import comparison

    with Store(store_path, write=False) as store:
        found = linking.compare(store, subject)
    if form == "json":
        click.echo(contract.dumps(found))
    elif form == "html":
        click.echo(comparison.page(found), nl=False)
    else:
        comparison.print_comparison(_console(), found)
    return 0


# -- evaluate ----------------------------------------------------------------------------------------


@main.command()
@click.argument("name")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    required=True,
    help="The gold set, in its original public format.",
)
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    help="Write the raw predictions here (JSON lines or CoNLL).",
)
@click.option("--json", "as_json", is_flag=True, help="Scores as one JSON object.")
@_guarded
def evaluate(name: str, data: Path, predictions: Path | None, as_json: bool) -> int:
    """Score dateline on the gold set NAME beside the published numbers."""
    from dateline import contract
    from dateline.evaluate import evaluation, report

    result = evaluation(name)(data)
    if predictions is not None:
        lines = "".join(contract.dumps(row) + "\n" for row in result.predictions)
        predictions.write_text(lines if result.text is None else result.text, encoding="utf-8")
    click.echo(contract.dumps(result.as_json()) if as_json else report(result))
    return 0
