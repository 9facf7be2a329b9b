"""Commands about reports: ``code`` them, ``show`` one, ``explain`` a mention."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline import errors
from dateline.cli.progress import Progress, Summary
from dateline.cli.shared import SOME_REJECTED, WHAT, Json, console, guarded

if TYPE_CHECKING:
    from dateline.records import Coded, Rejected
    from dateline.store import Store


@click.command()
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
@guarded
def code(
    paths: tuple[str, ...], store_path: Path | None, what: str, form: str | None, as_json: bool,
    workers: int, mapping: tuple[str, ...], quiet: bool,
) -> int:  # fmt: skip
    """Code reports: files, folders, or - for standard input (.txt .html .jsonl .csv)."""
    from dateline import ingest, run

    form = "jsonl" if as_json else form or ("table" if sys.stdout.isatty() else "jsonl")
    results = run.code_all(ingest.read(paths, field_map=_field_map(mapping)), workers)
    summary = Summary()
    with Progress(quiet) as progress:
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


def _watch(results: Iterable[Coded | Rejected], summary: Summary, progress: Progress) -> Iterator[Coded]:
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

    screen = console()
    if what == "mentions":
        terminal.print_mentions(screen, rows)
        return
    kinds: dict[str, list[Json]] = {"mention": [], "attribution": [], "label": []}
    for row in rows:
        kinds[row["record"]].append(row)
    terminal.print_mentions(screen, kinds["mention"])
    terminal.print_attributions(screen, kinds["attribution"])
    terminal.print_labels(screen, kinds["label"])


@click.command()
@click.argument("report")
@click.option(
    "--store", "store_path", type=click.Path(path_type=Path), help="Look the report up in this store."
)
@click.option(
    "--html", "html_path", type=click.Path(path_type=Path), help="Write one self-contained page instead."
)
@guarded
def show(report: str, store_path: Path | None, html_path: Path | None) -> int:
    """Show one report with every span marked. REPORT is a file, or an id in the store."""
    text, facts, rows = _one_report(report, store_path)
    if html_path is not None:
        from dateline.web.page import page

        html_path.write_text(page(text, rows, facts), encoding="utf-8")
        click.echo(f"wrote {html_path}", err=True)
        return 0
    from dateline.web import terminal

    screen = console()
    terminal.print_report(screen, text, rows)
    screen.print()
    terminal.print_mentions(screen, [row for row in rows if row["record"] == "mention"])
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


@click.command()
@click.argument("mention")
@click.option(
    "--store", "store_path", type=click.Path(path_type=Path), help="Look the mention up in this store."
)
@click.option("--report", "report_path", help="Or code this file and look it up there.")
@guarded
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
