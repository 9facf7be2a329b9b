"""Where: the place of an act, from the places its own words, its clause or its sentence name.

:mod:`.sites` finds and resolves the places of a report; this module links them to acts. A place belongs to
the act whose words it hangs on ("the *Kabul* bombing", "arrested in *Kisumu*", "seized *Mosul*"); else to
the acts of its sentence if the sentence names no other place. Where the report was written, where
somebody spoke, and whom an act was aimed at are not where it happened. Nothing is guessed: an act without
a place in its sentence has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.placenames import words
from dateline.extract.sites import Site
from dateline.extract.triggers import Hit
from dateline.lexicon import Lexicon
from dateline.parse import Paragraph
from dateline.records import Place, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# Acts that take place where their object is, when that is a place: "shelled Kharkiv", "visited Paris".
AT_OBJECT = frozenset({"ASSAULT", "COERCE", "CONSULT", "RETREAT", "MOBILIZE", "AID", "PROTEST"})
# Acts that take place where they lead: "sent troops to Mali", "travelled to Paris".
AT_GOAL = frozenset({"CONSULT", "MOBILIZE", "AID"})
AT_START = frozenset({"RETREAT", "COERCE"})  # "withdrew from Kherson", "deported from France"
AGAINST = frozenset({"on", "of", "against"})  # "the attack on Kherson", "the invasion of Ukraine"
NEAREST = 4  # the weakest tie that is a tie; see ``_tie``
NO_TIE = 9
Taken = frozenset[int]  # the tokens of places that are parties of the act


@dataclass(frozen=True, slots=True)
class Put:
    """The place of an act and the id of the tie between them."""

    site: Site
    why: str


def place_of(
    hit: Hit, sites: Sequence[Site], parties: Sequence[Span], paragraph: Paragraph, lexicon: Lexicon
) -> Put | None:
    """Return the place of an act; ``parties`` are the words of its actors and recipients.

    Of several places on one tie the finest is taken, then the nearest.
    """
    own = [s for s in sites if s.head.sent == hit.token.sent]
    taken = frozenset(
        s.head.i for s in own if any(p.start <= paragraph.span(s.head).start < p.end for p in parties)
    )
    ranked = sorted(
        ((tie, _coarse(s), abs(s.head.i - hit.token.i), s.start), s, why)
        for s in own
        for tie, why in [_tie(hit, s, taken, lexicon)]
        if tie <= NEAREST
    )
    if ranked:
        return Put(ranked[0][1], ranked[0][2])
    return _of_the_sentence(hit, own, taken, lexicon)


def _coarse(site: Site) -> int:
    return {"country": 2, "region": 1, "sea": 1}.get(site.place.kind, 0)


def _tie(hit: Hit, site: Site, taken: Taken, lexicon: Lexicon) -> tuple[int, str]:
    """Return how closely a place hangs on an act (0 is closest), and the name of the tie."""
    anchors = {hit.token.i: 0, (hit.support or hit.token).i: 1}
    verb = syntax.clause_root(hit.support or hit.token)
    links = list(_upward(site.head))
    preposition = next((p for p, _ in links if p), "")
    for step, (_, node) in enumerate(links):
        if node.i in anchors or node.i == verb.i:
            if not preposition and step == 0:
                return _bare_tie(hit, site, node, taken)
            if not _fits(hit, site, preposition, taken):
                return NO_TIE, ""
            return anchors.get(node.i, 2), "place:preposition"
        if syntax.is_verbal(node):
            return _through_clause(hit, verb, node, preposition, site, taken, lexicon)
    return NO_TIE, ""


def _through_clause(
    hit: Hit, verb: Token, node: Token, preposition: str, site: Site, taken: Taken,
    lexicon: Lexicon,
) -> tuple[int, str]:  # fmt: skip
    """Tie an act to a place on the verb it shares a clause with: "met in Paris and signed"."""
    if not preposition and site.head.dep_ in ("dobj", "nsubjpass") and site.place.kind != "country":
        # "shelled Kharkiv, killing four"
        held = verb.dep_ == "advcl" and verb.head.i == node.i and hit.row.event == "ASSAULT"
        return (4, "place:clause") if held else (NO_TIE, "")
    if ("verb", node.lemma_.lower()) in lexicon.cues or not _is_near(preposition):
        return NO_TIE, ""
    if site.head.i in taken:
        return NO_TIE, ""
    joined = verb.head.i == node.i and verb.dep_ in ("conj", "xcomp", "advcl", "pcomp")
    joined = joined or (node.head.i == verb.i and node.dep_ in ("conj", "advcl"))
    return (4, "place:clause") if joined else (NO_TIE, "")


def _upward(head: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun or verb) pairs from a place up to the root; "" where none joins them."""
    node = head
    while node.head.i != node.i:
        preposition, inner = "", node.dep_
        node = node.head
        while node.pos_ in ("ADP", "SCONJ") and node.head.i != node.i:
            # "north of Mosul", "out of Kherson": the word next to the name tells least.
            preposition = node.lower_ if not preposition or preposition == "of" else preposition
            node = node.head
        if (inner == "appos" and not preposition) or (preposition == "of" and _is_sort(node)):
            continue  # "the port city of Kisumu"
        yield preposition, node


def _is_sort(noun: Token) -> bool:
    """Tell a noun that says which sort of place it is: "city", "village"."""
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in words()["sort"]


def _bare_tie(hit: Hit, site: Site, node: Token, taken: Taken) -> tuple[int, str]:
    """Tie "the Kabul bombing" (a noun's modifier) and "shelled Kharkiv" (a verb's object)."""
    dep = site.head.dep_
    if dep in ("compound", "nmod", "poss") and node.i == hit.token.i and site.place.kind != "country":
        return (0, "place:modifier") if site.head.i not in taken or dep == "compound" else (NO_TIE, "")
    is_object = dep in ("dobj", "nsubjpass") or (dep == "conj" and site.head.head.dep_ == "dobj")
    if (
        is_object
        and hit.row.event in AT_OBJECT
        and (site.place.kind != "country" or hit.row.event == "CONSULT")
    ):
        return 2, "place:object"
    if dep in ("npadvmod", "advmod"):
        return 2, "place:object"
    return NO_TIE, ""


def _fits(hit: Hit, site: Site, preposition: str, taken: Taken) -> bool:
    """Tell whether a preposition puts this kind of act at the place."""
    event = hit.row.event
    if _is_near(preposition):
        return preposition != "on" or site.place.kind != "country" or event == "ASSAULT"
    if preposition in AGAINST and event in ("ASSAULT", "COERCE") and not syntax.is_verbal(hit.token):
        return site.place.kind != "country" or event == "ASSAULT"
    if preposition in ("to", "into", "toward", "towards"):
        return event in AT_GOAL
    if preposition == "from":
        return event in AT_START and site.head.i not in taken
    return preposition in ("through", "via") and site.place.kind != "country"


def _is_near(preposition: str) -> bool:
    return preposition in words()["near"]


def _of_the_sentence(hit: Hit, sites: Sequence[Site], taken: Taken, lexicon: Lexicon) -> Put | None:
    """Take the one place that the sentence puts anything at, if it is not where somebody spoke."""
    located = [s for s in sites if s.head.i not in taken and _is_told(s, lexicon)]
    distinct = {(s.place.latitude, s.place.longitude) for s in located}
    if len(distinct) != 1:
        return None
    return Put(located[0], "place:sentence")


def _is_told(site: Site, lexicon: Lexicon) -> bool:
    """Tell a place where something is, rather than one somebody spoke at, came from or dealt with."""
    links = list(_upward(site.head))
    preposition = next((p for p, _ in links if p), "")
    if not _is_near(preposition) or (preposition == "on" and site.place.kind == "country"):
        return False
    verb = next((node for _, node in links if syntax.is_verbal(node)), None)
    return verb is None or ("verb", verb.lemma_.lower()) not in lexicon.cues


def record(site: Site, paragraph: Paragraph) -> Place:
    """Return the place as the record writes it, with the words of the report."""
    first, last = site.head.doc[site.start], site.head.doc[site.end - 1]
    place = site.place
    return Place(
        span=paragraph.stored(first.idx, last.idx + len(last)),
        name=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        resolution={"capital": "city", "town": "city"}.get(place.kind, place.kind),
        admin=place.admin,
        geonames=place.geonames,
    )
