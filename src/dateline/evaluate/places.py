"""dateline's own place mentions (``training/places/mentions.tsv``): is the right place found?

One row a text with one name in brackets. Scored are the country (right where the name is found and its
country agrees; a row of kind ``none`` is right where no place is found) and, on rows with a position,
whether the place found lies within 161 km (100 miles) of it, the habit of the field's geoparsing papers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline import parse
from dateline.errors import EvaluationError
from dateline.evaluate.result import Json, Result
from dateline.extract.sites import find_sites
from dateline.gazetteer import gazetteer
from dateline.places import Located, kilometres
from dateline.records import Report

COLUMNS = ("text", "kind", "country", "latitude", "longitude", "part")
NEAR_KM = 161.0


@dataclass(frozen=True, slots=True)
class Row:
    """One mention: the text without brackets, the range of the name, what is right."""

    text: str
    start: int
    end: int
    kind: str
    country: str | None
    point: tuple[float, float] | None
    part: str


def load(path: Path) -> list[Row]:
    """Read the table; raise EvaluationError naming the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: {error}") from None
    content = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not content or tuple(content[0][1].split("\t")) != COLUMNS:
        raise EvaluationError(f"{path}: the header must be: {' '.join(COLUMNS)}")
    return [_row(line, f"{path.name}:{number}") for number, line in content[1:]]


def _row(line: str, where: str) -> Row:
    cells = line.split("\t")
    marked = cells[0]
    start, end = marked.find("["), marked.find("]") - 1
    if len(cells) != len(COLUMNS) or not 0 <= start < end:
        raise EvaluationError(f"{where}: expected {len(COLUMNS)} cells and one name in brackets")
    try:
        point = (float(cells[3]), float(cells[4])) if cells[3] else None
    except ValueError:
        raise EvaluationError(f"{where}: {cells[3]} {cells[4]} is no position") from None
    text = marked.replace("[", "").replace("]", "")
    return Row(text, start, end, cells[1], cells[2] or None, point, cells[5])


def predict(row: Row) -> Located | None:
    """Return the place found at the name of a row, None if there is none."""
    report = Report(row.text, ((0, len(row.text)),))
    paragraphs = parse.read(report)
    for site in find_sites(paragraphs, gazetteer()).get(1, ()):
        span = paragraphs[0].span(site.head.doc[site.start : site.end])
        if span.start < row.end and row.start < span.end:
            return site.place
    return None


def evaluate(path: Path) -> Result:
    """Find the place of every row and score it, the parts apart."""
    tally: Counter[str] = Counter()
    predictions: list[Json] = []
    notes: list[str] = []
    for number, row in enumerate(load(path)):
        place = predict(row)
        predictions.append(_prediction(number, place))
        notes += _count(row, place, tally)
    return Result("places", dict(_scores(tally)), (), tuple(predictions), tuple(notes))


def _prediction(number: int, place: Located | None) -> Json:
    if place is None:
        return {"row": number, "place": None}
    return {
        "row": number, "place": place.name, "country": place.country, "admin": place.admin,
        "latitude": place.latitude, "longitude": place.longitude,
    }  # fmt: skip


def _count(row: Row, place: Located | None, tally: Counter[str]) -> Iterator[str]:
    """Count one row in every group it belongs to; yield a note if it is wrong."""
    if row.kind == "none":
        right, near = place is None, None
    else:
        right = place is not None and place.country == row.country
        near = place is not None and right and row.point is not None and _km(place, row.point) <= NEAR_KM
    for group in ("all", row.kind, row.part):
        tally[f"{group} rows"] += 1
        tally[f"{group} country"] += right
        if row.point is not None:
            tally[f"{group} points"] += 1
            tally[f"{group} near"] += bool(near)
    if not right or (row.point is not None and not near):
        found = (
            f"{place.name} {place.country} {place.admin} {_km(place, row.point):.0f} km" if place else "none"
        )
        name = row.text[row.start : row.end]
        yield f"{row.part}: {name}: found {found}, expected {row.country} | {row.text}"


def _km(place: Located, point: tuple[float, float] | None) -> float:
    return kilometres((place.latitude, place.longitude), point) if point is not None else 0.0


def _scores(tally: Counter[str]) -> Iterator[tuple[str, float]]:
    for group in ("all", "plain", "ambiguous", "none", "choosing", "unseen"):
        if rows := tally[f"{group} rows"]:
            yield f"{group}: rows", float(rows)
            yield f"{group}: country right", tally[f"{group} country"] / rows
        if points := tally[f"{group} points"]:
            yield f"{group}: within 161 km", tally[f"{group} near"] / points
