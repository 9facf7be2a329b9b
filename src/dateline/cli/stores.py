"""Commands about stores: ``export``, ``coverage``, ``link`` and ``compare``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dateline import errors
from dateline.cli.shared import WHAT, console, guarded

LINKED_NAMES = {"story": "stories", "event": "events", "copy": "copies"}
LINKED = click.Choice([*LINKED_NAMES.values(), "all"])


@click.command()
@click.option("--store", "store_path", type=click.Path(path_type=Path), required=True)
@click.option("--format", "form", default="jsonl", show_default=True, help="jsonl, csv, parquet …")
@click.option("--what", type=WHAT, default="mentions", show_default=True)
@click.option("--escape", is_flag=True, help="CSV: keep spreadsheets from running values as formulas.")
@click.argument("target", type=click.Path(path_type=Path))
@guarded
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


@click.command()
@click.option("--store", "store_path", type=click.Path(path_type=Path), required=True)
@click.option("--json", "as_json", is_flag=True)
@guarded
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


@click.command()
@click.option("--store", "store_path", type=click.Path(path_type=Path), required=True)
@click.option("--what", type=LINKED, default="events", show_default=True, help="Which rows to write.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), help="Default: table on a terminal.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
@click.option("--quiet", is_flag=True, help="Write nothing but errors.")
@guarded
def link(store_path: Path, what: str, form: str | None, as_json: bool, quiet: bool) -> int:
    """Link a store: reports to stories, mentions to events, copies to their sources."""
    from dateline import contract, linking
    from dateline.store import Store
    from dateline.web import affairs

    if not store_path.exists():
        raise errors.StoreError(f"{store_path}: there is no such store")
    with Store(store_path) as store:
        linking.renew(store)
        if quiet:
            return 0
        linked = linking.stored(store)
    rows = [row for row in linked.rows() if what in ("all", LINKED_NAMES[row["record"]])]
    if as_json or form == "jsonl" or (form is None and not sys.stdout.isatty()):
        for row in rows:
            click.echo(contract.dumps(row))
    else:
        affairs.print_rows(console(), rows)
    click.echo(affairs.summary(linked.rows()), err=True)
    return 0


@click.command()
@click.argument("subject", metavar="EVENT|STORY|ACTOR")
@click.option("--store", "store_path", type=click.Path(path_type=Path), required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json", "html"]),
    default="terminal",
    show_default=True,
)
@guarded
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
        comparison.print_comparison(console(), found)
    return 0
