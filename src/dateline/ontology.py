"""Event types, modes, contexts and sectors of PLOVER 1.3, and CAMEO codes both ways.

The tables are ``data/ontology/plover.toml`` and ``data/ontology/cameo.tsv``. A code that they do
not know is refused with :class:`dateline.errors.OntologyError`; nothing is guessed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline import errors, tables


@dataclass(frozen=True, slots=True)
class EventType:
    """One PLOVER type: conflict-cooperation score, quad class 1-4, CAMEO code, modes with theirs."""

    name: str
    score: float
    quad: int
    cameo: str
    modes: dict[str, str]


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code (text: leading zeros count) and the PLOVER type and mode it stands for."""

    code: str
    event: str | None
    mode: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """The whole vocabulary of the coder; build it with :func:`ontology`."""

    types: dict[str, EventType]
    contexts: frozenset[str]
    entities: frozenset[str]
    sectors: dict[str, str]
    cameo_codes: dict[str, CameoCode]

    def type(self, event: str) -> EventType:
        """Return the type named ``event``; raise OntologyError if there is none."""
        try:
            return self.types[event]
        except KeyError:
            raise errors.OntologyError(f"unknown event type {event!r}") from None

    def check(self, event: str, mode: str | None = None) -> None:
        """Raise OntologyError unless ``event`` is a type and ``mode`` (if any) one of its modes."""
        if mode and mode not in self.type(event).modes:
            raise errors.OntologyError(f"{event} has no mode {mode!r}")
        self.type(event)

    def check_sector(self, sector: str) -> None:
        """Raise OntologyError unless ``sector`` is a PLOVER sector code."""
        if sector not in self.sectors:
            raise errors.OntologyError(f"unknown sector {sector!r}")

    def check_contexts(self, contexts: tuple[str, ...]) -> None:
        """Raise OntologyError for a context that PLOVER does not have."""
        for context in contexts:
            if context not in self.contexts:
                raise errors.OntologyError(f"unknown context {context!r}")

    def cameo(self, event: str, mode: str | None = None) -> str:
        """Return the CAMEO code that best renders a PLOVER type and mode."""
        self.check(event, mode)
        found = self.types[event]
        return found.modes[mode] if mode else found.cameo

    def plover(self, cameo: str) -> tuple[str | None, str | None]:
        """Return (type, mode) of a CAMEO code; (None, None) for 01 and 02, which PLOVER drops.

        A code the table lacks is read by its longest known beginning: 1831 → 183 → 18.
        """
        for end in range(len(cameo), 1, -1):
            found = self.cameo_codes.get(cameo[:end])
            if found is not None:
                return found.event, found.mode
        raise errors.OntologyError(f"unknown CAMEO code {cameo!r}")


CAMEO_COLUMNS = ("code", "event", "mode", "name")


def _types(raw: dict[str, Any]) -> dict[str, EventType]:
    return {name: EventType(name, **row) for name, row in raw.items()}


def _cameo_codes() -> dict[str, CameoCode]:
    rows = tables.read("ontology/cameo.tsv", CAMEO_COLUMNS)
    return {r["code"]: CameoCode(r["code"], r["event"] or None, r["mode"] or None, r["name"]) for r in rows}


@cache
def ontology() -> Ontology:
    """Load the shipped ontology (once) and check that its two tables agree."""
    raw = tomllib.loads(tables.path("ontology/plover.toml").read_text(encoding="utf-8"))
    found = Ontology(
        types=_types(raw["types"]),
        contexts=frozenset(raw["lists"]["contexts"]),
        entities=frozenset(raw["lists"]["entities"]),
        sectors=raw["sectors"],
        cameo_codes=_cameo_codes(),
    )
    for code in found.cameo_codes.values():
        if code.event:
            found.check(code.event, code.mode)
    return found
