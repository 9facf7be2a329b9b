"""Imports point one way: no room reaches for a room above it."""

from __future__ import annotations

import ast
from pathlib import Path

import dateline

PACKAGE = Path(dateline.__file__).parent
# From the ground up; a room may import rooms on lower floors only (and its own files).
FLOORS = (
    {"errors", "records"},
    {"tables", "timex", "pieces"},
    {"ontology"},
    {"lexicon", "gazetteer", "contract", "places", "fitted"},
    {"chain", "document"},
    {"ingest"},
    {"parse", "model"},
    {"extract"},
    {"link"},
    {"store", "run"},
    {"linking"},
    {"export", "web", "evaluate"},
    {"cli"},
    {"__main__"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            if parts[0] == "dateline":
                names = [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
                rooms.update(name for name in names if name in FLOOR_OF)
        elif isinstance(node, ast.Import):
            rooms.update(a.name.split(".")[1] for a in node.names if a.name.startswith("dateline."))
    return rooms


def test_every_room_has_a_floor() -> None:
    rooms = {room_of(p) for p in PACKAGE.rglob("*.py")} - {"__init__"}
    assert rooms == set(FLOOR_OF)


def test_imports_point_down() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {room}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if room_of(path) != "__init__"
        for room in imported_rooms(path) - {room_of(path)}
        if FLOOR_OF[room] >= FLOOR_OF[room_of(path)]
    ]
    assert wrong == []


def test_spacy_is_loaded_in_one_place_and_stays_in_two_rooms() -> None:
    loads, uses = [], set()
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "package.load" in text or "spacy.load" in text:
            loads.append(path.name)
        if "from spacy" in text or "import spacy" in text:
            uses.add(room_of(path))
    assert loads == ["parse.py"]
    assert uses <= {"parse", "extract", "evaluate"}  # scorers may widen spans to a gold set's habits
