"""Who is meant, given the words: each labelled party of dateline's own texts, resolved on its own.

DATA is a file or folder in the format of :mod:`.corpus`. Every labelled actor, recipient and named voice is
looked up at the head of its words; whether any event is found there plays no part. A party is present when
the head names somebody at all, its code right when exactly the labelled codes are given. Kinds of words are
told apart: pronouns, names (a capitalised head) and descriptions ("the group", "four villagers").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline import parse
from dateline.evaluate.corpus import Item, Range, load
from dateline.evaluate.result import Result
from dateline.extract import phrases, sites, syntax
from dateline.extract.actors import find_actors
from dateline.extract.cast import Cast
from dateline.extract.states import Key
from dateline.gazetteer import gazetteer
from dateline.lexicon import lexicon
from dateline.parse import Paragraph
from dateline.records import ActorRef, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Json = dict[str, Any]
KINDS = ("pronoun", "name", "description")


@dataclass(frozen=True, slots=True)
class Named:
    """The words of one party with the codes and sectors they are labelled with (several for a list)."""

    span: Range
    codes: frozenset[str]
    sectors: frozenset[str]


def evaluate(path: Path) -> Result:
    """Resolve every labelled party and count what is present and right."""
    tally: Counter[str] = Counter()
    rows: list[Json] = []
    notes: list[str] = []
    for one in load(path):
        paragraphs = parse.read(one.report)
        towns = sites.countries_of(sites.find_sites(paragraphs, gazetteer()))
        cast = find_actors(paragraphs, gazetteer(), lexicon("en"), towns)
        for named in parties(one):
            kind, found = resolve(named.span, paragraphs, cast)
            ours = Named(named.span, *_coded(found))
            rows.append({"item": one.id, "span": list(named.span), "codes": sorted(ours.codes)})
            wrong = list(_count(tally, kind, named, ours, bool(found)))
            if wrong:
                notes.append(f"{one.id}: {', '.join(wrong)}: {_line(one, named, ours, found)}")
    return Result("actors", scores(tally), (), tuple(rows), tuple(notes))


def parties(one: Item) -> list[Named]:
    """Return each labelled stretch of words once, in text order; conflicting sectors are pooled."""
    found: dict[Range, tuple[set[str], set[str]]] = {}
    for event in one.events:
        for party in (*event.actor, *event.recipient, *(v for v in event.voices if not v.anonymous)):
            codes, sectors = found.setdefault(party.span, (set(), set()))
            codes |= {party.code} if party.code else set()
            sectors |= {party.sector} if party.sector else set()
    return [Named(span, frozenset(c), frozenset(s)) for span, (c, s) in sorted(found.items())]


def resolve(span: Range, paragraphs: tuple[Paragraph, ...], cast: Cast) -> tuple[str, tuple[ActorRef, ...]]:
    """Return the kind of words at ``span`` and whom their head names there."""
    found = head_of(span, paragraphs)
    if found is None:
        return "description", ()
    paragraph, head = found
    return _kind(head), tuple(_at(head, paragraph, cast))


def head_of(span: Range, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, Token] | None:
    """Return the word that heads the words at ``span``, with its paragraph."""
    for paragraph in paragraphs:
        inside = [t for t in paragraph.doc if _lies_in(paragraph.span(t), span)]
        if inside:
            return paragraph, _head(inside)
    return None


def headed(span: Range, paragraphs: tuple[Paragraph, ...], cast: Cast) -> tuple[Key, ActorRef] | None:
    """Return whom the head of the words at ``span`` names, with the word by which the cast knows them."""
    _, found = resolve(span, paragraphs, cast)
    return next(((key, a) for key, a in cast.actors.items() if found and a is found[0]), None)


def _head(inside: list[Token]) -> Token:
    """Return the noun that heads the words, whatever else the parser hung elsewhere."""
    within = {t.i for t in inside}
    tops = [t for t in inside if t.head.i not in within or t.head.i == t.i]
    tops = [t for t in tops if not phrases.is_half(t)] or tops
    return next((t for t in tops if t.pos_ in ("NOUN", "PROPN", "PRON", "ADJ")), tops[0])


def _lies_in(token: Span, span: Range) -> bool:
    return token.start < span[1] and span[0] < token.end


def _at(head: Token, paragraph: Paragraph, cast: Cast) -> Iterator[ActorRef]:
    inner = [n for p, n in syntax.prepositions(head) if p == "of"] if syntax.is_partitive(head) else []
    found = [actor for token in inner[:1] or [head] for actor in cast.parties(paragraph, token)]
    if not found and head.tag_ in ("WP", "WDT", "WP$"):
        clause = next((t for t in head.ancestors if t.dep_ == "relcl"), None)
        found = list(cast.parties(paragraph, clause.head)) if clause is not None else []
    if not found and head.dep_ in ("amod", "compound", "nmod"):
        found = list(cast.parties(paragraph, head.head))  # "an *American* demand": labelled inside its noun
    yield from found


def _kind(head: Token) -> str:
    if head.pos_ in ("PRON", "DET"):
        return "pronoun"
    return "name" if head.pos_ == "PROPN" else "description"


def _coded(found: tuple[ActorRef, ...]) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(a.code for a in found if a.code), frozenset(a.sector for a in found if a.sector)


def _count(tally: Counter[str], kind: str, gold: Named, ours: Named, present: bool) -> Iterator[str]:
    """Count one party; yield what is wrong with it."""
    tally["parties"] += 1
    tally["present"] += present
    if gold.codes:
        tally[f"{kind}s"] += 1
        right = gold.codes == ours.codes
        tally[f"{kind} code"] += right
        if not right:
            yield "code"
    else:
        tally["uncoded"] += 1
        tally["left uncoded"] += not ours.codes
        if ours.codes:
            yield "guessed"
    if gold.sectors and len(gold.sectors) <= max(1, len(gold.codes)):
        tally["with sector"] += 1
        tally["sector"] += gold.sectors == ours.sectors
        if gold.sectors != ours.sectors:
            yield "sector"


def scores(tally: Counter[str]) -> dict[str, float]:
    """Turn counts into shares."""

    def share(part: int, whole: int) -> float:
        return part / whole if whole else 0.0

    coded, right = sum(tally[f"{k}s"] for k in KINDS), sum(tally[f"{k} code"] for k in KINDS)
    return {
        "parties": float(tally["parties"]),
        "present": share(tally["present"], tally["parties"]),
        "code right": share(right, coded),
        **{f"code right, {kind}s": share(tally[f"{kind} code"], tally[f"{kind}s"]) for kind in KINDS},
        "sector right": share(tally["sector"], tally["with sector"]),
        "uncoded left uncoded": share(tally["left uncoded"], tally["uncoded"]),
    }


def _line(one: Item, gold: Named, ours: Named, found: tuple[ActorRef, ...]) -> str:
    words = one.text[slice(*gold.span)]
    whys = ";".join(dict.fromkeys(w for a in found for w in a.why))
    return f"{words} = {_show(gold)}, not {_show(ours)} ({whys or 'nobody'}) | {' '.join(one.text.split())}"


def _show(named: Named) -> str:
    return f"{'+'.join(sorted(named.codes)) or '?'} {'+'.join(sorted(named.sectors))}".strip()
