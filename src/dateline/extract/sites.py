"""Which places: names of cities, regions and countries in a report, each resolved to one place.

A name may belong to many places (Paris, Georgia, Tripoli). Each candidate (:mod:`.placenames`) is scored by
named functions (:mod:`.placesigns`): how large it is, what follows the name ("Paris, Texas"), which
countries and regions are named near it and in the whole report, where the report was written. The best one
is taken, and one name means one place throughout a report unless the words beside it say otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.extract.placenames import Name, lies_in, names_in, without_surnames, words
from dateline.extract.placesigns import SIGNALS, Around, as_area, plain_country, regions_of, size_of
from dateline.gazetteer import Found, Gazetteer
from dateline.parse import Paragraph
from dateline.places import Located, key, places
from dateline.records import Report

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Site:
    """A place named at tokens ``start:end`` of a paragraph, headed by the token ``head``."""

    paragraph: int
    start: int
    end: int
    head: Token
    place: Located
    why: str


def find_sites(paragraphs: Sequence[Paragraph], gazetteer: Gazetteer) -> dict[int, list[Site]]:
    """Return the places named in a report, by number of the paragraph, in the order of the text."""
    known = {paragraph.number: gazetteer.find(paragraph.doc.text) for paragraph in paragraphs}
    names = [name for paragraph in paragraphs for name in names_in(paragraph, known[paragraph.number])]
    names = without_surnames(names, paragraphs)
    found: dict[int, list[Site]] = defaultdict(list)
    if names:
        scene = _Scene(paragraphs, gazetteer, known, names)
        for name in names:
            place, why = scene.choose(name)
            found[name.paragraph].append(Site(name.paragraph, name.start, name.end, name.head, place, why))
    return dict(found)


def countries_of(sites: Mapping[int, Sequence[Site]]) -> dict[tuple[int, int], str]:
    """Return the country of each place of a report that lies in one, by paragraph and head token."""
    return {
        (site.paragraph, site.head.i): site.place.country
        for found in sites.values()
        for site in found
        if site.place.country
    }


def written_at(report: Report) -> Located | None:
    """Return the place of a report's dateline: the largest of that name, in the country it gives."""
    if not report.dateline_place:
        return None
    name, _, wider = report.dateline_place.partition(",")
    found = places().named(name.strip())
    wide = places().named(wider.strip()) if wider.strip() else ()
    held = [p for p in found for w in wide if lies_in(p, w)]
    return max(held or found, key=size_of, default=None)


@dataclass(slots=True)
class _Scene:
    """The whole report while its names are resolved; ``choose`` may be asked for each in turn."""

    paragraphs: Sequence[Paragraph]
    gazetteer: Gazetteer
    known: Mapping[int, Sequence[Found]]
    names: list[Name]
    _countries: dict[tuple[int, int], list[tuple[int, str]]] = field(default_factory=dict)
    _all: Counter[str] = field(default_factory=Counter)
    _settled: dict[str, Located] = field(default_factory=dict)
    _written: str | None = None

    def __post_init__(self) -> None:
        for paragraph in self.paragraphs:
            self._read(paragraph)
        self._written = self._dateline()
        for name in self.names:
            if name.qualifiers:
                place, why = self.choose(name)
                if why == "place:qualified":
                    self._settled.setdefault(key(name.text), place)

    def _read(self, paragraph: Paragraph) -> None:
        """Note the countries a paragraph names or speaks of, by sentence; names to resolve are left out."""
        doc = paragraph.doc
        open_names = [(n.start, n.end) for n in self.names if n.paragraph == paragraph.number]
        for found in self.known[paragraph.number]:
            tokens = doc.char_span(found.start, found.end, alignment_mode="expand")
            if tokens is None or any(s < tokens.end and tokens.start < e for s, e in open_names):
                continue
            for code in sorted({e.code for e in found.entries if e.code in places().countries}):
                self._note(paragraph.number, tokens.root, code)
        for name in self.names:
            plain = plain_country(name) if name.paragraph == paragraph.number else None
            if plain is not None:
                self._note(paragraph.number, name.head, plain)

    def _note(self, paragraph: int, token: Token, code: str) -> None:
        self._countries.setdefault((paragraph, token.sent.start), []).append((token.i, code))
        self._all[code] += 1

    def _dateline(self) -> str | None:
        place = written_at(self.paragraphs[0].report)
        if place is not None and place.country:
            self._all[place.country] += 1
        return place.country if place is not None else None

    def choose(self, name: Name) -> tuple[Located, str]:
        """Return the place a name means and the id of the strongest reason."""
        around = self._around(name)
        scored = [
            (sum(value for _, value in parts), parts, place)
            for place in name.candidates
            for parts in [[(label, signal(place, around)) for label, signal in SIGNALS]]
        ]
        best = max(scored, key=lambda row: (row[0], row[2].people, row[2].name))
        context = max((p for p in best[1] if p[0] != "size"), key=lambda p: p[1])
        why = context[0] if context[1] > 0 else "size"
        place = as_area(best[2]) if name.area else best[2]
        return place, f"place:{'only' if len(name.candidates) == 1 else why}"

    def _around(self, name: Name) -> Around:
        sentence = name.head.sent
        own = (name.start, name.end)
        near = Counter(
            code
            for i, code in self._countries.get((name.paragraph, sentence.start), [])
            if not own[0] <= i < own[1]
        )
        everywhere = self._all.copy()
        for i, code in self._countries.get((name.paragraph, sentence.start), []):
            if own[0] <= i < own[1]:
                everywhere[code] -= 1
        regions = [n for n in self.names if n.text != name.text]
        return Around(
            name, near, +everywhere,
            frozenset(r for n in regions if n.head.sent == sentence for r in regions_of(n)),
            frozenset(r for n in regions for r in regions_of(n)),
            self._modifier(name), self._written,
            frozenset(t.lemma_.lower() for t in sentence), self._settled.get(key(name.text)),
        )  # fmt: skip

    def _modifier(self, name: Name) -> str | None:
        """Return the country in "the Libyan capital Tripoli", "the Spanish city of Córdoba"."""
        window = range(max(0, name.start - 5), name.start)
        for found in reversed(self.gazetteer.find(name.doc[window.start : name.start].text)):
            form = next((e for e in found.entries if e.form == "adjective" and e.code), None)
            tokens = name.doc[window.start : name.start]
            rest = tokens.text[found.end :].lower().split()
            if form is not None and all(
                w in words()["sort"] | {"of", "the"} or w in words()["before"] for w in rest
            ):
                return form.code
        return None
