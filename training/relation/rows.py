"""Rows to learn from: a text, a source and a target in it, and the types that are right for the pair.

A row comes from PLV (given pair, gold root), from our own corpus (labelled parties and events), or is
made from one of these: the same pair with its roles swapped, a pair without an event. A row with two
right types in ``labels`` (PLV's YIELD: CONCEDE or RETREAT) is right with either.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dateline import errors
from dateline.evaluate import corpus, plv

LABELS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT", "NONE",
)  # fmt: skip
PLV_LABELS = {"YIELD": ("CONCEDE", "RETREAT")}
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One pair to learn from; ``kind`` says how it was made, ``weight`` how much it counts."""

    text: str
    source: Range
    target: Range
    labels: tuple[str, ...]
    kind: str
    weight: float = 1.0

    @property
    def plain(self) -> tuple[str, Range, Range]:
        """The row as ``dateline.model`` takes it."""
        return self.text, self.source, self.target


def fifth(text: str) -> int:
    """Return which fifth of the data a text belongs to; 0 and 1 of PLV, 0 of ours are held out."""
    return int(hashlib.md5(text.encode()).hexdigest(), 16) % 5


# -- PLV --------------------------------------------------------------------------------------------------

# Words between or around a pair that make an act mutual: the swapped pair then has the same type.
MUTUAL = re.compile(
    r"\b(met|meets?|meeting|talks|talked|spoke|discuss\w*|summit|signed|signs?|accord|treaty|pact|joint\w*"
    r"|together|each other|agreement|cooperat\w*|exchanged?|clash\w*|mutual|bilateral|between)\b"
)
JOINS = re.compile(r"\b(and|with|between)\b|^\W+$")
ALWAYS_MUTUAL = {"CONSULT", "COOPERATE"}
SOMETIMES_MUTUAL = {"AGREE", "SUPPORT", "ASSAULT"}


def plv_rows(path: Path) -> list[Row]:
    """Return the pairs of a PLV file as they are labelled."""
    return [
        Row(r.sentence, r.source, r.target, PLV_LABELS.get(r.root, (r.root,)), "plv")
        for r in plv.load(path)
        if r.root
    ]


def swapped(row: Row) -> Row | None:
    """Return a row with its roles swapped: NONE, the same type if the act is mutual, or no row."""
    first, second = sorted((row.source, row.target))
    joined = JOINS.search(row.text[first[1] : second[0]]) is not None
    mutual = joined and MUTUAL.search(row.text) is not None
    label = row.labels[0]
    same = label in ALWAYS_MUTUAL or (mutual and label in SOMETIMES_MUTUAL)
    if label == "AGREE" and not same:
        return None
    kind = "swapped-same" if same else "swapped-none"
    labels = row.labels if same else ("NONE",)
    return replace(row, source=row.target, target=row.source, labels=labels, kind=kind)


# -- our own corpus ---------------------------------------------------------------------------------------

SENTENCE_END = re.compile(r"(?<=[a-z0-9)%][.!?])[\"”’']*\s+(?=[\"“‘']?[A-Z0-9])|\n")
TITLES = re.compile(r"\b(Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|Jr|No|vs|Capt|Maj|Rev)\.$")
NAME = re.compile(r"[A-Z][\w’'.-]*\w(?: (?:(?:of|the|de|al|for|and) ){0,2}[A-Z][\w’'-]*\w)*")
NO_NAMES = re.compile(
    r"The|An?|In|On|At|After|Before|It|He|She|They|But|And|As|When|While|For|By|With|From|His|Her|Their|Its|This"
    r"|That|Two|Three|Four|More|Most|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May"
    r"|June|July|August|September|October|November|December"
)
MUTUAL_TYPES = {"CONSULT", "AGREE", "COOPERATE", "SUPPORT"}
MUTUAL_WORDS = re.compile(
    r"clash|exchang|trad|skirmish|battle|f[oi]ught|fight|war\b|fir(ed|ing)|each other|mutual", re.IGNORECASE
)


def corpus_items(folder: Path, log: list[str]) -> list[corpus.Item]:
    """Return the items of every corpus file that can be read; name those that cannot in ``log``."""
    items = []
    for file in sorted(folder.glob("*.txt")):
        try:
            items += corpus.load(file)
        except errors.EvaluationError as error:
            log.append(f"skipped {file.name}: {error}")
    return items


def corpus_rows(items: Iterable[corpus.Item]) -> list[Row]:
    """Return what the labelled items teach about pairs, sentence by sentence."""
    return [row for item in items for sentence in sentences(item.text) for row in _item_rows(item, sentence)]


def sentences(text: str) -> Iterator[Range]:
    """Yield the ranges of the sentences of a text (rules are enough: the corpus is clean)."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if not TITLES.search(text[start : match.start()]):
            yield start, match.start()
            start = match.end()
    if start < len(text):
        yield start, len(text)


def _inside(span: Range, sentence: Range) -> bool:
    return sentence[0] <= span[0] and span[1] <= sentence[1]


def _item_rows(item: corpus.Item, sentence: Range) -> Iterator[Row]:
    text, shift = item.text[slice(*sentence)], sentence[0]
    events = [e for e in item.events if _inside(e.trigger, sentence)]
    pairs = [(pair, e.event) for e in events for pair in _pairs(e, item.text, sentence)]
    right: dict[tuple[Range, Range], list[str]] = {}
    for (one, other), event in pairs:
        found = right.setdefault((one.span, other.span), [])
        found += [event] if event not in found else []
    for (source, target), found in right.items():
        for label in found:
            yield Row(text, _moved(source, shift), _moved(target, shift), (label,), "own", 1 / len(found))
    taken = {(_who(one), _who(other)) for (one, other), _ in pairs} | {
        (_who(other), _who(one)) for (one, other), event in pairs if event in MUTUAL_TYPES
    }
    for one, other in itertools.permutations(_parties(item, sentence), 2):
        known = (one.span, other.span) in right or (_who(one), _who(other)) in taken
        if not known and not _overlap(one, other):
            yield Row(text, _moved(one.span, shift), _moved(other.span, shift), ("NONE",), "own-none")
    if item.negative is not None:
        yield from _name_pairs(text)


def _moved(span: Range, shift: int) -> Range:
    return span[0] - shift, span[1] - shift


def _who(party: corpus.Party) -> object:
    """Return what makes two labelled phrases the same party: code and sector, or the words' place."""
    return (party.code, party.sector) if party.code else party.span


def _overlap(one: corpus.Party, other: corpus.Party) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _pairs(event: corpus.Event, text: str, sentence: Range) -> Iterator[tuple[corpus.Party, corpus.Party]]:
    """Yield the pairs of an event in one sentence, actor first; every order if it is mutual."""
    actors = [p for p in event.actor if _inside(p.span, sentence)]
    recipients = [p for p in event.recipient if _inside(p.span, sentence)]
    found: Iterable[tuple[corpus.Party, corpus.Party]] = itertools.product(actors, recipients)
    if not event.recipient and is_mutual(event, text):
        found = itertools.permutations(actors, 2)
    yield from ((one, other) for one, other in found if not _overlap(one, other))


def is_mutual(event: corpus.Event, text: str) -> bool:
    """Tell whether an event with actors only is between them, not done by them together."""
    trigger = text[slice(*event.trigger)]
    return event.event in MUTUAL_TYPES or MUTUAL_WORDS.search(trigger) is not None


def _parties(item: corpus.Item, sentence: Range) -> list[corpus.Party]:
    """Return the labelled parties of a sentence, each stretch once; not those that stand for nobody."""
    found: dict[Range, corpus.Party] = {}
    for event in item.events:
        for party in (*event.actor, *event.recipient, *event.voices):
            if _inside(party.span, sentence) and not party.anonymous:
                found.setdefault(party.span, party)
    return list(found.values())


def _name_pairs(text: str, most: int = 2) -> Iterator[Row]:
    """Yield pairs of capitalised names of a text without an event."""
    names = [m.span() for m in NAME.finditer(text) if not NO_NAMES.fullmatch(m[0])]
    pairs = list(itertools.permutations(names, 2))
    random.Random(fifth(text)).shuffle(pairs)
    for source, target in pairs[:most]:
        yield Row(text, source, target, ("NONE",), "no-event")


# -- small changes of a pair's stretches ------------------------------------------------------------------

DETERMINER = re.compile(r"(?:the|a|an|his|her|its|their|some|several) ", re.IGNORECASE)


def varied(row: Row, chance: random.Random, share: float) -> Row:
    """Return a row whose stretches are sometimes cut to what an actor finder might mark."""
    source, target = (_cut(row.text, span, chance, share) for span in (row.source, row.target))
    return replace(row, source=source, target=target)


def _cut(text: str, span: Range, chance: random.Random, share: float) -> Range:
    if chance.random() >= share:
        return span
    words = text[slice(*span)]
    determiner = DETERMINER.match(words)
    names = [m.span() for m in NAME.finditer(words) if not NO_NAMES.fullmatch(m[0])]
    if names and chance.random() < 0.5:
        start, end = chance.choice(names)
        return span[0] + start, span[0] + end
    return (span[0] + determiner.end(), span[1]) if determiner else span
