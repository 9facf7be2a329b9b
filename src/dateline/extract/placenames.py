"""Which words may name a place: capitalised names the tables of places know, in a place's position.

Adjectives ("European") and parts of other names ("Washington Post", "Paris Hilton") are no places; a small
town is believed only beside words that speak of a place. A name keeps all it may mean
(:attr:`Name.candidates`) and the places that qualify it (", Texas"); :mod:`.sites` chooses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline import tables
from dateline.gazetteer import Found
from dateline.parse import Paragraph
from dateline.places import Located, places
from dateline.timex.fragments import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PARTICLES = frozenset(
    "of the de la el al del los las le les du da do dos and sur en az ez es au upon on i e 's ’s".split()
)
LONGEST = 6  # words of the longest name looked up
SMALL = 200_000  # a smaller city is believed only where the words around speak of a place
AFFILIATED = frozenset({"adjective", "people"})


@dataclass(slots=True)
class Name:
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
        """The words of the name."""
        return str(self.doc[self.start : self.end].text)

    @property
    def head(self) -> Token:
        """The token that heads the name in its parse."""
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


def names_in(paragraph: Paragraph, known: Sequence[Found]) -> list[Name]:
    """Return the names of a paragraph that are places by form, each with what qualifies it."""
    doc = paragraph.doc
    others = [(f.start, f.end, frozenset(e.form for e in f.entries)) for f in known]
    found: list[Name] = []
    position = 0
    while position < len(doc):
        name = _longest(paragraph.number, doc, position)
        if name is None or not _is_place(name, others):
            position += 1
            continue
        found.append(name)
        position = name.end
    return _qualified(found)


def _longest(number: int, doc: Doc, start: int) -> Name | None:
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
            return Name(number, start, end, doc, candidates)
    return None


def _may_go_on(token: Token) -> bool:
    text = token.text
    if text[0].isupper() or text in "-'’," or text in words()["area"]:
        return True
    return text in PARTICLES


def _may_be_name(text: str) -> bool:
    """Tell "Gaza City" from a stretch that crosses a comma or a dash ("Washington, D.C." may)."""
    return not any(c in ';:()"“”' for c in text) and (", " not in text or text.startswith("Washington"))


def _is_place(name: Name, others: Sequence[tuple[int, int, frozenset[str]]]) -> bool:
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


def _stands_alone(name: Name) -> bool:
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


def _is_certain(name: Name) -> bool:
    """Tell a name that is a place wherever it stands: a country, a region, a large city."""
    head = name.head
    if head.pos_ not in ("PROPN", "NOUN", "ADJ") or (head.pos_ == "ADJ" and head.tag_ != "NNP"):
        return False
    if head.dep_ in ("amod",) and head.tag_ == "JJ":
        return False
    weight = max(c.people if c.kind in ("city", "capital") else SMALL for c in name.candidates)
    return weight >= SMALL


def _in_place_position(name: Name) -> bool:
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


def _confirms(name: Name, following: Name) -> bool:
    return any(lies_in(c, q) for c in name.candidates for q in following.candidates)


def lies_in(place: Located, wider: Located) -> bool:
    """Tell whether a place lies in a country or first-level region."""
    if wider.kind == "country":
        return place.kind != "country" and place.country == wider.country
    return (
        wider.admin is not None
        and place.country == wider.country
        and place.admin == wider.admin
        and (place.kind not in ("region", "country"))
    )


def _qualified(names: list[Name]) -> list[Name]:
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


def without_surnames(names: list[Name], paragraphs: Sequence[Paragraph]) -> list[Name]:
    """Drop "Jordan" where the report has named a Michael Jordan."""
    surnames = set()
    for paragraph in paragraphs:
        taken = {i for n in names if n.paragraph == paragraph.number for i in range(n.start, n.end)}
        for token in paragraph.doc:
            follows = token.i > 0 and token.nbor(-1).pos_ == "PROPN" and token.nbor(-1).dep_ == "compound"
            if token.pos_ == "PROPN" and follows and token.i not in taken and token.i - 1 not in taken:
                surnames.add(token.text)
    return [n for n in names if n.text not in surnames]
