"""The command line. Results go to standard output, progress and messages to standard error.

Exit codes: 0 all inputs read; 1 some inputs were rejected or failed (the rest was coded); 2 the
command line cannot be used; 3 the installation, a table or a store is broken.
"""

from __future__ import annotations

import click

from dateline import __version__
from dateline.cli import reports, scores, stores

COMMANDS = (
    reports.code, reports.show, reports.explain,
    stores.export, stores.coverage, stores.link, stores.compare,
    scores.evaluate,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dateline")
def main() -> None:
    """Read news reports and write down who did what to whom, when, and according to whom."""


for command in COMMANDS:
    main.add_command(command)
