"""Where is what: cities, regions, seas and countries with their position, by name.

The tables (``data/places``) are described in ``data/README.md``. A name may belong to many places;
:meth:`Places.named` returns them all, and :mod:`dateline.extract.where` chooses by context. The names
and adjectives of countries are those of the actor tables.
"""

from __future__ import annotations

import gzip
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from dateline import errors, tables

Kind = Literal["city", "capital", "town", "region", "sea", "country"]

REGION_COLUMNS = ("name", "country", "level", "latitude", "longitude")
ALIAS_COLUMNS = ("name", "city", "country")
COUNTRY_COLUMNS = ("code", "latitude", "longitude")
STATE_COLUMNS = (
    "code", "name", "aliases", "adjectives", "people", "capital", "metonyms", "descriptions",
    "cow", "fips", "since", "until",
)  # fmt: skip
EARTH_KM = 6371.0
_FOLDS = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "ı": "i", "æ": "a", "ß": "s", "þ": "t"}
)
_DROPPED = dict.fromkeys(map(ord, "'’‘`ʻʼ."))


@dataclass(frozen=True, slots=True)
class Located:
    """One place: canonical name, position (degrees north, east), country (ISO 3166 alpha-3 or None).

    ``admin`` is the first-level division it lies in (a name, or a GeoNames code where no name is known);
    ``people`` the population (0 if unknown); ``geonames`` the GeoNames id of a city.
    """

    name: str
    kind: Kind
    country: str | None
    latitude: float
    longitude: float
    admin: str | None = None
    people: int = 0
    geonames: int | None = None


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """Return a name as it is looked up: small letters without accents, hyphens and apostrophes."""
    if name.isascii() and name.isalpha():
        return name.lower()
    decomposed = unicodedata.normalize("NFD", name.lower())
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return " ".join(bare.translate(_FOLDS).translate(_DROPPED).replace("-", " ").split())


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two (latitude, longitude) points in kilometres."""
    (north, east), (other_north, other_east) = a, b
    p, q = math.radians(north), math.radians(other_north)
    half = math.sin((q - p) / 2) ** 2
    half += math.cos(p) * math.cos(q) * math.sin(math.radians(other_east - east) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


class Places:
    """All known places by name; get it with :func:`places`.

    The table of cities is unpacked when a name is first looked up that no smaller table knows for sure.
    """

    def __init__(self) -> None:
        self.countries = _countries()
        self._capitals = _capitals()
        self._known = _small_tables(self.countries)
        self._aliases = _aliases()

    def named(self, name: str) -> tuple[Located, ...]:
        """Return every place of that name, spelt so or nearly so, regions and countries first."""
        wanted = key(name)
        found = [*self._known.get(wanted, ()), *self._cities(wanted)]
        return tuple(dict.fromkeys(found)) if found else ()

    def _cities(self, wanted: str) -> Iterator[Located]:
        lines, rows = _city_rows()
        for row in rows.get(wanted, ()):
            yield self._city(lines[row])
        for city, country in self._aliases.get(wanted, ()):
            others = (self._city(lines[row]) for row in rows.get(key(city), ()))
            found = next((place for place in others if place.country == country), None)
            if found is not None:
                yield found

    def _city(self, line: str) -> Located:
        name, _, country, admin, latitude, longitude, people, number = line.split("\t")
        kind: Kind = "capital" if (country, key(name)) in self._capitals else "city"
        return Located(
            name, kind, country, float(latitude), float(longitude), admin or None, int(people), int(number)
        )


def _countries() -> dict[str, tuple[float, float]]:
    return {
        row["code"]: (float(row["latitude"]), float(row["longitude"]))
        for row in tables.read("places/countries.tsv", COUNTRY_COLUMNS)
    }


def _capitals() -> frozenset[tuple[str, str]]:
    rows = tables.read("actors/states.tsv", STATE_COLUMNS)
    return frozenset((row["code"], key(name)) for row in rows for name in tables.alternatives(row["capital"]))


def _small_tables(middle: dict[str, tuple[float, float]]) -> dict[str, tuple[Located, ...]]:
    """Return the countries and regions by key; a name of two rows has two places."""
    found: dict[str, dict[Located, None]] = defaultdict(dict)
    for row in tables.read("actors/states.tsv", STATE_COLUMNS):
        if row["code"] in middle and not row["until"]:
            place = Located(row["name"], "country", row["code"], *middle[row["code"]])
            for name in (row["name"], *tables.alternatives(row["aliases"])):
                found[key(name)][place] = None
    for row in tables.read("places/regions.tsv", REGION_COLUMNS):
        names = tables.alternatives(row["name"])
        for name in names:
            found[key(name)][_region(names[0], row)] = None
    return {name: tuple(group) for name, group in found.items()}


def _region(name: str, row: dict[str, str]) -> Located:
    if row["level"] not in ("", "1", "town"):
        raise errors.LexiconError(f"{row['@']}: level must be 1, town or empty")
    kind: Kind = "town" if row["level"] == "town" else "region" if row["country"] else "sea"
    admin = name if row["level"] == "1" else None
    position = float(row["latitude"]), float(row["longitude"])
    return Located(name, kind, row["country"] or None, *position, admin)


def _aliases() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in tables.read("places/aliases.tsv", ALIAS_COLUMNS):
        found[key(row["name"])].append((row["city"], row["country"]))
    return found


@cache
def _city_rows() -> tuple[list[str], dict[str, list[int]]]:
    """Return the lines of the table of cities, and by key the numbers of the lines that have the name."""
    path = tables.path("places/cities.tsv.gz")
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    rows: dict[str, list[int]] = {}
    for number, line in enumerate(lines[1:], 1):
        for wanted in line.split("\t", 2)[1].split("|") if line else ():
            rows.setdefault(wanted, []).append(number)
    return lines, rows


@cache
def places() -> Places:
    """Load the tables of places once."""
    return Places()
