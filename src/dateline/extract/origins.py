"""From which countries a person's name is: "Koji Watanabe" is somebody of Japan unless words say otherwise.

The table ``data/actors/names.tsv`` lists given and family names that are common in a country; a name that is
common in several is listed for each. It is a hint, no more: :mod:`.countries` weighs it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from dateline import errors, tables

PARTS = frozenset({"given", "family"})


def origins(name: str) -> tuple[frozenset[str], ...]:
    """Return for every word of a name that the table knows the countries where it is common."""
    words = (word.lower() for word in name.replace("’", "'").split() if word[:1].isupper())
    return tuple(frozenset(_names()[word].split()) for word in words if word in _names())


def is_given(word: str) -> bool:
    """Tell a given name: "Michael"."""
    return word.lower() in _given()


@cache
def _given() -> frozenset[str]:
    rows = (row for row in _rows() if row["part"] == "given")
    return frozenset(name for row in rows for name in row["names"].lower().split())


@cache
def _names() -> Mapping[str, str]:
    """Return every name with the codes of its states, as one text: most are never asked for."""
    found: defaultdict[str, str] = defaultdict(str)
    for row in _rows():
        for name in row["names"].lower().split():
            found[name] += f"{row['code']} "
    return dict(found)


@cache
def _rows() -> list[dict[str, str]]:
    rows = tables.read("actors/names.tsv", ("code", "part", "names"))
    for row in rows:
        if row["part"] not in PARTS:
            raise errors.LexiconError(f"{row['@']}: unknown part {row['part']!r}")
    return rows
