"""dateline reads news reports and writes an attributed political event record.

>>> import dateline
>>> for report in dateline.read(["report.txt"]):        # doctest: +SKIP
...     for mention in dateline.code(report).mentions:
...         print(mention.event, mention.voices)

The two functions load what they need when first called, so that importing dateline is cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["__version__", "code", "read"]

if TYPE_CHECKING:
    from dateline.records import Coded, Rejected, Report


def read(paths: Iterable[str | Path]) -> Iterator[Report | Rejected]:
    """Read files and folders into reports; what cannot be read comes as a ``Rejected``."""
    from dateline import ingest

    return ingest.read(paths)


def code(report: Report) -> Coded:
    """Code one report: its mentions, attributions, labels and uncoded sentences."""
    from dateline import extract

    return extract.code(report)
