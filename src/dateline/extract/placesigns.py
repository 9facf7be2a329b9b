"""What speaks for each place a name may mean: one named function a signal (:data:`SIGNALS`).

A signal sees a candidate and what stands around the name (:class:`Around`) and answers with a number; the sum
decides, and the strongest one is the reason that the record gives.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dateline.extract.placenames import Name, lies_in, words
from dateline.places import Located


@dataclass(slots=True)
class Around:
    """What is named around a name: countries and first-level regions, in its sentence and in all."""

    name: Name
    near: Counter[str]
    all: Counter[str]
    regions_near: frozenset[tuple[str, str]]
    regions: frozenset[tuple[str, str]]
    modifier: str | None
    written: str | None
    lemmas: frozenset[str]
    settled: Located | None = None


def plain_country(name: Name) -> str | None:
    """Return the country of a name that has no other serious reading (the second is 20 times smaller)."""
    if name.qualifiers:
        held = {q.country for q in name.qualifiers for c in name.candidates if lies_in(c, q)}
        if len(held) == 1:
            return next(iter(held))
    ranked = sorted(name.candidates, key=size_of, reverse=True)
    rivals = [
        c for c in ranked[1:] if c.country != ranked[0].country and size_of(c) > size_of(ranked[0]) - 1.3
    ]
    return None if rivals else ranked[0].country


def regions_of(name: Name) -> Iterator[tuple[str, str]]:
    """Yield (country, first-level division) of every region a name may mean."""
    for place in name.candidates:
        if place.kind == "region" and place.admin and place.country:
            yield place.country, place.admin


def as_area(place: Located) -> Located:
    """Return the region around a city: "Kherson region" (its middle is not known, the city stands for it)."""
    if place.kind not in ("city", "capital", "town"):
        return place
    return Located(place.name, "region", place.country, place.latitude, place.longitude, place.admin)


SIZES = {"country": 8.0, "sea": 6.5, "town": 5.0}


def size_of(place: Located) -> float:
    """Return how large a place is, as the order of magnitude of its people."""
    if place.kind == "region":
        return 6.3 if place.admin else 5.9
    if place.kind in SIZES:
        return SIZES[place.kind]
    return math.log10(place.people + 1000) + (1.0 if place.kind == "capital" else 0.0)


def _qualified_by(place: Located, around: Around) -> float:
    wider = around.name.qualifiers
    if not wider:
        return 0.0
    return 6.0 if any(lies_in(place, w) for w in wider) else 0.0


def _modified(place: Located, around: Around) -> float:
    return 5.0 if around.modifier is not None and place.country == around.modifier else 0.0


def _country_near(place: Located, around: Around) -> float:
    if place.kind == "country" or place.country is None or not around.near[place.country]:
        return 0.0
    # "The United States urged Georgia": a state of the Union is not meant by its country's name alone.
    return 0.6 if place.kind == "region" and _is_country_too(around) else 1.5


def _is_country_too(around: Around) -> bool:
    return any(c.kind == "country" for c in around.name.candidates)


def _country_in_report(place: Located, around: Around) -> float:
    total = sum(around.all.values())
    if place.country is None or not total:
        return 0.0
    share = around.all[place.country] / total
    weight = 1.0 if place.kind == "region" and _is_country_too(around) else 1.8
    return weight * share if place.kind != "country" else 1.0 * share


def _region_near(place: Located, around: Around) -> float:
    if place.kind in ("region", "country"):
        same = any(country == place.country for country, _ in around.regions_near)
        return 1.3 if same and place.kind == "region" else 0.0
    home = (place.country or "", place.admin or "")
    return 2.5 if home in around.regions_near else 1.6 if home in around.regions else 0.0


def _written_there(place: Located, around: Around) -> float:
    return 0.5 if place.country is not None and place.country == around.written else 0.0


def _state_words(place: Located, around: Around) -> float:
    fits = place.kind == "region" and place.country == "USA" and bool(around.lemmas & words()["state"])
    return 2.2 if fits else 0.0


def _sorted_as(place: Located, around: Around) -> float:
    """Count "the state of Georgia", "Quebec province", "the city of Panama"."""
    name = around.name
    before = (
        name.doc[name.start - 2].lemma_.lower()
        if name.start >= 2 and name.doc[name.start - 1].lower_ == "of"
        else ""
    )
    is_region = name.area or before in ("state", "province", "region", "governorate")
    if is_region:
        return 2.0 if place.kind == "region" else 0.0
    return (
        2.5
        if before in ("city", "town", "village", "port") and place.kind in ("city", "capital", "town")
        else 0.0
    )


def _told_before(place: Located, around: Around) -> float:
    return 3.0 if around.settled is not None and place == around.settled else 0.0


SIGNALS: tuple[tuple[str, Callable[[Located, Around], float]], ...] = (
    ("size", lambda place, _: size_of(place)),
    ("qualified", _qualified_by),
    ("modifier", _modified),
    ("near", _country_near),
    ("report", _country_in_report),
    ("region", _region_near),
    ("dateline", _written_there),
    ("state", _state_words),
    ("sort", _sorted_as),
    ("before", _told_before),
)
