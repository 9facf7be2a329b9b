"""What is said on standard error while reports are coded: how the inputs ended, and a counter."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dateline.records import Coded, Rejected


class Summary:
    """How the inputs ended: in = ok + partial + rejected + failed."""

    def __init__(self) -> None:
        self.statuses: dict[str, int] = {"ok": 0, "partial": 0, "rejected": 0, "failed": 0}
        self.mentions = 0

    def add(self, result: Coded | Rejected) -> None:
        """Count one input."""
        from dateline.records import Rejected

        status = result.status if isinstance(result, Rejected) else result.report.status
        self.statuses[status] += 1
        self.mentions += 0 if isinstance(result, Rejected) else len(result.mentions)

    @property
    def read(self) -> int:
        """How many inputs came out."""
        return sum(self.statuses.values())

    @property
    def rejections(self) -> int:
        """How many of them were not coded."""
        return self.statuses["rejected"] + self.statuses["failed"]

    def line(self) -> str:
        """Return all counts in one line."""
        parts = ", ".join(f"{count} {status}" for status, count in self.statuses.items())
        return f"{self.read} read = {parts}; {self.mentions} mentions"


class Progress:
    """A counter on standard error, only when somebody is watching it."""

    def __init__(self, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty() and not sys.stdout.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def _clear(self) -> None:
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def step(self, summary: Summary) -> None:
        """Renew the counter, every tenth report."""
        if self.shown and summary.read % 10 == 0:
            click.echo(f"\r{summary.read} reports, {summary.mentions} mentions", nl=False, err=True)

    def say(self, line: str) -> None:
        """Write a line of its own."""
        self._clear()
        click.echo(line, err=True)
