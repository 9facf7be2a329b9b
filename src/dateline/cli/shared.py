"""What the commands share: errors as one line, exit codes, the kinds of records, the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from dateline import errors

if TYPE_CHECKING:
    from rich.console import Console

Json = dict[str, Any]

WHAT = click.Choice(["mentions", "attributions", "labels", "all"])
SOME_REJECTED, BAD_USE, BROKEN = 1, 2, 3


def guarded(command: Callable[..., int | None]) -> Callable[..., None]:
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


def console() -> Console:
    """Return the terminal that tables are printed on."""
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=True)
