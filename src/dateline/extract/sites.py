"""Which places: names of cities, regions and countries in a report, each resolved to one place.

A name may belong to many places (Paris, Georgia, Tripoli). Each candidate is scored by named functions
(:data:`SIGNALS`): how large it is, what follows the name ("Paris, Texas"), which countries and regions
are named near it and in the whole report, where the report was written. The best one is taken, and one
name means one place throughout a report unless the words beside it say otherwise. Adjectives
("European") and parts of other names ("Washington Post", "Paris Hilton") are no places.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline import tables
from dateline.gazetteer import Found, Gazetteer
from dateline.parse import Paragraph
from dateline.places import Located, key, places
from dateline.records import Report
from dateline.timex.fragments import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PARTICLES = frozenset(
    "of the de la el al del los las le les du da do dos and sur en az ez es au upon on i e 's ’s".split()
)
LONGEST = 6  # words of the longest name looked up
SMALL = 200_000  # a smaller city is believed only where the words around speak of a place
AFFILIATED = frozenset({"adjective", "people"})


@dataclass(frozen=True, slots=True)
class Site:
    """A place named at tokens ``start:end`` of a paragraph, headed by the token ``head``."""

    paragraph: int
    start: int
    end: int
    head: Token
    place: Located
    why: str


@dataclass(slots=True)
class _Name:
    """A name that may be a place, with all it may mean and the places that qualify it (", Texas")."""

    paragraph: int
    start: int
    end: int
    doc: Doc
    candidates: tuple[Located, ...]
    area: bool = False
    qualifiers: tuple[Located, ...] = ()

    @property
    def text(self) -> str:
        return str(self.doc[self.start : self.end].text)

    @property
    def head(self) -> Token:
        root: Token = self.doc[self.start : self.end].root
        return root


@cache
def words() -> dict[str, frozenset[str]]:
    """Return the words around names of places by kind (``data/places/words.tsv``)."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.read("places/words.tsv", ("word", "kind")):
        found[row["kind"]].add(row["word"])
    return {kind: frozenset(group) for kind, group in found.items()}


@cache
def abbreviations() -> dict[str, str]:
    """Return the abbreviations of regions that stand after a comma: "Tex." → Texas."""
    rows = tables.read("places/abbreviations.tsv", ("abbreviation", "region"))
    return {row["abbreviation"]: row["region"] for row in rows}


def find_sites(paragraphs: Sequence[Paragraph], gazetteer: Gazetteer) -> dict[int, list[Site]]:
    """Return the places named in a report, by number of the paragraph, in the order of the text."""
    known = {paragraph.number: gazetteer.find(paragraph.doc.text) for paragraph in paragraphs}
    names = [name for paragraph in paragraphs for name in _names(paragraph, known[paragraph.number])]
    names = _without_surnames(names, paragraphs)
    found: dict[int, list[Site]] = defaultdict(list)
    if names:
        scene = _Scene(paragraphs, gazetteer, known, names)
        for name in names:
            place, why = scene.choose(name)
            found[name.paragraph].append(Site(name.paragraph, name.start, name.end, name.head, place, why))
    return dict(found)


def written_at(report: Report) -> Located | None:
    """Return the place of a report's dateline: the largest of that name, in the country it gives."""
    if not report.dateline_place:
        return None
    name, _, wider = report.dateline_place.partition(",")
    found = places().named(name.strip())
    wide = places().named(wider.strip()) if wider.strip() else ()
    held = [p for p in found for w in wide if _lies_in(p, w)]
    return max(held or found, key=_size, default=None)


# -- names ------------------------------------------------------------------------------------------------


def _names(paragraph: Paragraph, known: Sequence[Found]) -> list[_Name]:
    """Return the names of a paragraph that are places by form, each with what qualifies it."""
    doc = paragraph.doc
    others = [(f.start, f.end, frozenset(e.form for e in f.entries)) for f in known]
    found: list[_Name] = []
    position = 0
    while position < len(doc):
        name = _longest(paragraph.number, doc, position)
        if name is None or not _is_place(name, others):
            position += 1
            continue
        found.append(name)
        position = name.end
    return _qualified(found)


def _longest(number: int, doc: Doc, start: int) -> _Name | None:
    """Return the longest name known as a place that begins at a token."""
    first = doc[start]
    if not (first.text[0].isupper() or first.lower_ in ("al", "the")):
        return None
    if first.lower_ in MONTHS or first.lower_ in WEEKDAYS:
        return None
    reach = start + 1  # a name goes on with capitals, particles and hyphens
    while reach < min(start + LONGEST, len(doc)) and _may_go_on(doc[reach]):
        reach += 1
    for end in range(reach, start, -1):
        last = doc[end - 1]
        in_name = any(c.isupper() for c in last.text) or (end > start + 1 and last.text in words()["area"])
        if last.is_punct or not in_name:
            continue
        text = doc[start:end].text
        candidates = places().named(text) if _may_be_name(text) else ()
        if candidates and not (first.lower_ == "the" and end == start + 1):
            return _Name(number, start, end, doc, candidates)
    return None


def _may_go_on(token: Token) -> bool:
    text = token.text
    if text[0].isupper() or text in "-'’," or text in words()["area"]:
        return True
    return text in PARTICLES


def _may_be_name(text: str) -> bool:
    """Tell "Gaza City" from a stretch that crosses a comma or a dash ("Washington, D.C." may)."""
    return not any(c in ';:()"“”' for c in text) and (", " not in text or text.startswith("Washington"))


def _is_place(name: _Name, others: Sequence[tuple[int, int, frozenset[str]]]) -> bool:
    first, last = name.doc[name.start], name.doc[name.end - 1]
    begin, stop = first.idx, last.idx + len(last)
    for start, end, forms in others:
        if start <= begin and stop <= end:
            wider = (start, end) != (begin, stop)
            if wider and forms & {"person", "body", "metonym", "adjective", "people"}:
                return False
            if not wider and forms and forms <= AFFILIATED:
                return False
    if not _stands_alone(name):
        return False
    if _is_certain(name):
        return True
    return _in_place_position(name)


def _stands_alone(name: _Name) -> bool:
    """Tell a whole name from a part of another: "Paris Hilton", "Washington Post", "Princess Charlotte"."""
    doc = name.doc
    before = doc[name.start - 1] if name.start else None
    after = doc[name.end] if name.end < len(doc) else None
    if after is not None and after.text in words()["area"]:
        name.area = True
    elif after is not None and after.text == "-" and not after.whitespace_:
        return name.end + 1 >= len(doc) or doc[name.end + 1].lower_ in ("based", "born", "area")
    elif after is not None and _goes_on(after) and after.text not in words()["tail"]:
        return False
    if before is None or (before.is_punct and before.text != "-"):
        return True
    if before.text == "-":
        return name.start < 2 or doc[name.start - 2].whitespace_ != "" or before.whitespace_ != ""
    if before.pos_ == "PROPN" and before.text[0].isupper() and before.ent_type_ == "":
        return (
            before.text in words()["before"]
            or before.text.endswith(("ern", "ian", "ese", "ish"))
            or before.lower_ in ("in", "at", "near", "from", "of")
            or before.dep_ in ("ROOT", "nsubj")
            or before.head.i != name.head.i
        )
    return True


def _goes_on(token: Token) -> bool:
    """Tell a capitalised word that goes on with a name; "in Kabul Monday" goes on with a date."""
    is_word = token.text[0].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ")
    return is_word and token.lower_ not in WEEKDAYS and token.lower_ not in MONTHS


def _is_certain(name: _Name) -> bool:
    """Tell a name that is a place wherever it stands: a country, a region, a large city."""
    head = name.head
    if head.pos_ not in ("PROPN", "NOUN", "ADJ") or (head.pos_ == "ADJ" and head.tag_ != "NNP"):
        return False
    if head.dep_ in ("amod",) and head.tag_ == "JJ":
        return False
    weight = max(c.people if c.kind in ("city", "capital") else SMALL for c in name.candidates)
    return weight >= SMALL


def _in_place_position(name: _Name) -> bool:
    """Tell a name after a preposition of place, before ", Texas", or beside a word for a place."""
    head = name.head
    if head.pos_ not in ("PROPN", "NOUN", "ADJ", "X", "ADV"):
        return False
    if name.area:
        return True
    before = name.doc[name.start - 1] if name.start else None
    after = name.doc[name.end] if name.end < len(name.doc) else None
    if after is not None and after.text in words()["tail"]:
        return True
    if after is not None and after.text == "," and name.end + 1 < len(name.doc):
        following = _longest(name.paragraph, name.doc, name.end + 1)
        if following is not None and _confirms(name, following):
            return True
    if before is not None and before.lower_ in words()["near"] | {"from", "to", "into", "of", "through"}:
        return before.lower_ != "of" or before.head.pos_ == "NOUN"
    if before is not None and before.lemma_.lower() in words()["sort"]:
        return True
    if head.dep_ == "appos" and head.head.lemma_.lower() in words()["sort"]:
        return True
    # "besieged Daraa", "left Axum": who is small and is acted on by name alone is rather a town.
    return head.dep_ in ("dobj", "nsubjpass") and head.pos_ == "PROPN"


def _confirms(name: _Name, following: _Name) -> bool:
    return any(_lies_in(c, q) for c in name.candidates for q in following.candidates)


def _lies_in(place: Located, wider: Located) -> bool:
    """Tell whether a place lies in a country or first-level region."""
    if wider.kind == "country":
        return place.kind != "country" and place.country == wider.country
    return (
        wider.admin is not None
        and place.country == wider.country
        and place.admin == wider.admin
        and (place.kind not in ("region", "country"))
    )


def _qualified(names: list[_Name]) -> list[_Name]:
    """Give each name the places that stand after it and hold it: "Paris, Texas", "Córdoba in Spain"."""
    for name, following in pairwise(names):
        between = name.doc[name.end : following.start].text
        if between in (",", "(", "in", ", in", "in the") or (
            between.startswith((", in ", "in ")) and between.split()[-1] in words()["before"]
        ):
            name.qualifiers = following.candidates
    for name in names:
        if name.end + 1 < len(name.doc) and name.doc[name.end].text == ",":
            region = abbreviations().get(name.doc[name.end + 1].text)
            if region is not None:
                name.qualifiers = places().named(region)
    return names


def _without_surnames(names: list[_Name], paragraphs: Sequence[Paragraph]) -> list[_Name]:
    """Drop "Jordan" where the report has named a Michael Jordan."""
    surnames = set()
    for paragraph in paragraphs:
        taken = {i for n in names if n.paragraph == paragraph.number for i in range(n.start, n.end)}
        for token in paragraph.doc:
            follows = token.i > 0 and token.nbor(-1).pos_ == "PROPN" and token.nbor(-1).dep_ == "compound"
            if token.pos_ == "PROPN" and follows and token.i not in taken and token.i - 1 not in taken:
                surnames.add(token.text)
    return [n for n in names if n.text not in surnames]


# -- choosing ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Around:
    """What is named around a name: countries and first-level regions, in its sentence and in all."""

    name: _Name
    near: Counter[str]
    all: Counter[str]
    regions_near: frozenset[tuple[str, str]]
    regions: frozenset[tuple[str, str]]
    modifier: str | None
    written: str | None
    lemmas: frozenset[str]
    settled: Located | None = None


@dataclass(slots=True)
class _Scene:
    """The whole report while its names are resolved; ``choose`` may be asked for each in turn."""

    paragraphs: Sequence[Paragraph]
    gazetteer: Gazetteer
    known: Mapping[int, Sequence[Found]]
    names: list[_Name]
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
            plain = _plain_country(name) if name.paragraph == paragraph.number else None
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

    def choose(self, name: _Name) -> tuple[Located, str]:
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
        place = _as_area(best[2]) if name.area else best[2]
        return place, f"place:{'only' if len(name.candidates) == 1 else why}"

    def _around(self, name: _Name) -> _Around:
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
        return _Around(
            name, near, +everywhere,
            frozenset(r for n in regions if n.head.sent == sentence for r in _regions_of(n)),
            frozenset(r for n in regions for r in _regions_of(n)),
            self._modifier(name), self._written,
            frozenset(t.lemma_.lower() for t in sentence), self._settled.get(key(name.text)),
        )  # fmt: skip

    def _modifier(self, name: _Name) -> str | None:
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


def _plain_country(name: _Name) -> str | None:
    """Return the country of a name that has no other serious reading (the second is 20 times smaller)."""
    if name.qualifiers:
        held = {q.country for q in name.qualifiers for c in name.candidates if _lies_in(c, q)}
        if len(held) == 1:
            return next(iter(held))
    ranked = sorted(name.candidates, key=_size, reverse=True)
    rivals = [c for c in ranked[1:] if c.country != ranked[0].country and _size(c) > _size(ranked[0]) - 1.3]
    return None if rivals else ranked[0].country


def _regions_of(name: _Name) -> Iterator[tuple[str, str]]:
    for place in name.candidates:
        if place.kind == "region" and place.admin and place.country:
            yield place.country, place.admin


def _as_area(place: Located) -> Located:
    """Return the region around a city: "Kherson region" (its middle is not known, the city stands for it)."""
    if place.kind not in ("city", "capital", "town"):
        return place
    return Located(place.name, "region", place.country, place.latitude, place.longitude, place.admin)


SIZES = {"country": 8.0, "sea": 6.5, "town": 5.0}


def _size(place: Located) -> float:
    """Return how large a place is, as the order of magnitude of its people."""
    if place.kind == "region":
        return 6.3 if place.admin else 5.9
    if place.kind in SIZES:
        return SIZES[place.kind]
    return math.log10(place.people + 1000) + (1.0 if place.kind == "capital" else 0.0)


def _qualified_by(place: Located, around: _Around) -> float:
    wider = around.name.qualifiers
    if not wider:
        return 0.0
    return 6.0 if any(_lies_in(place, w) for w in wider) else 0.0


def _modified(place: Located, around: _Around) -> float:
    return 5.0 if around.modifier is not None and place.country == around.modifier else 0.0


def _country_near(place: Located, around: _Around) -> float:
    if place.kind == "country" or place.country is None or not around.near[place.country]:
        return 0.0
    # "The United States urged Georgia": a state of the Union is not meant by its country's name alone.
    return 0.6 if place.kind == "region" and _is_country_too(around) else 1.5


def _is_country_too(around: _Around) -> bool:
    return any(c.kind == "country" for c in around.name.candidates)


def _country_in_report(place: Located, around: _Around) -> float:
    total = sum(around.all.values())
    if place.country is None or not total:
        return 0.0
    share = around.all[place.country] / total
    weight = 1.0 if place.kind == "region" and _is_country_too(around) else 1.8
    return weight * share if place.kind != "country" else 1.0 * share


def _region_near(place: Located, around: _Around) -> float:
    if place.kind in ("region", "country"):
        same = any(country == place.country for country, _ in around.regions_near)
        return 1.3 if same and place.kind == "region" else 0.0
    home = (place.country or "", place.admin or "")
    return 2.5 if home in around.regions_near else 1.6 if home in around.regions else 0.0


def _written_there(place: Located, around: _Around) -> float:
    return 0.5 if place.country is not None and place.country == around.written else 0.0


def _state_words(place: Located, around: _Around) -> float:
    fits = place.kind == "region" and place.country == "USA" and bool(around.lemmas & words()["state"])
    return 2.2 if fits else 0.0


def _sorted_as(place: Located, around: _Around) -> float:
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


def _told_before(place: Located, around: _Around) -> float:
    return 3.0 if around.settled is not None and place == around.settled else 0.0


SIGNALS: tuple[tuple[str, Callable[[Located, _Around], float]], ...] = (
    ("size", lambda place, _: _size(place)),
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
