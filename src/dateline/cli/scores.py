"""The command ``evaluate``."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.cli.shared import guarded


@click.command()
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
@guarded
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
