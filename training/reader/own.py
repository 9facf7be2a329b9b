"""Examples from our own corpus (``training/corpus``): sentences with their acts, and marked pairs."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline import errors, parse
from dateline.evaluate import corpus
from dateline.extract import sites
from dateline.gazetteer import gazetteer
from dateline.timex import time_expressions
from reader.examples import Act, Example, Pair, Range, firsts, inside, stretches
from reader.labels import MODES, NONE, SECTORS

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

NAME = re.compile(r"[A-Z][\w’'.-]*\w(?: (?:(?:of|the|de|al|for|and) ){0,2}[A-Z][\w’'-]*\w)*")
NO_NAMES = re.compile(
    r"The|An?|In|On|At|After|Before|It|He|She|They|But|And|As|When|While|For|By|With|From|His|Her|Their|Its|This"
    r"|That|Two|Three|Four|More|Most|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May"
    r"|June|July|August|September|October|November|December"
)
# Files whose reports were read once more for dates that another sentence tells.
DATED = frozenset((Path(__file__).parents[1] / "corpus" / "dated.list").read_text(encoding="utf-8").split())
MUTUAL_TYPES = {"CONSULT", "AGREE", "COOPERATE", "SUPPORT"}
MUTUAL_WORDS = re.compile(
    r"clash|exchang|trad|skirmish|battle|f[oi]ught|fight|war\b|fir(ed|ing)|each other|mutual", re.IGNORECASE
)


def items(folder: Path, log: list[str]) -> list[corpus.Item]:
    """Return the items of the corpus that can be read; name the others in ``log``."""
    found = []
    for block in corpus.blocks(folder):
        try:
            found.append(corpus.item(block))
        except errors.EvaluationError as error:
            log.append(f"left out {error}")
    return found


def examples(labelled: Iterable[corpus.Item]) -> Iterator[Example]:
    """Yield what each item teaches: its sentences read together, and each pair in its own sentence."""
    for item in labelled:
        paragraphs = parse.read(item.report)
        sentences = [_words(p, s) for p in paragraphs for s in p.sentences()]
        states = list(_states(item, paragraphs))
        for stretch in stretches([words for words in sentences if words]):
            yield _Stretch(item, stretch, states).read(whole=len(sentences) == 1)
            for sentence in stretch:
                yield from _Stretch(item, [sentence]).marked()


Word = tuple["Token", Range]
Named = tuple[str, Range]  # a code, and where words name that state or body, or a place in that state


def _states(item: corpus.Item, paragraphs: Sequence[parse.Paragraph]) -> Iterator[Named]:
    for found in gazetteer().find(item.text):
        for code in {entry.code for entry in found.entries if entry.code}:
            yield code, (found.start, found.end)
    places = sites.find_sites(paragraphs, gazetteer())
    for paragraph in paragraphs:
        for site in places.get(paragraph.number, ()):
            span = paragraph.span(paragraph.doc[site.start : site.end])
            if site.place.country:
                yield site.place.country, (span.start, span.end)


def _words(paragraph: parse.Paragraph, sentence: Tokens) -> list[Word]:
    spans = [(t, paragraph.span(t)) for t in sentence if not t.is_space]
    return [(token, (span.start, span.end)) for token, span in spans]


class _Stretch:
    """Sentences of an item that follow each other: their words, the acts and sayings that stand in them."""

    def __init__(
        self, item: corpus.Item, sentences: Sequence[Sequence[Word]], states: Sequence[Named] = ()
    ) -> None:
        self.item, self.states = item, states
        self.timexes = time_expressions(item.text, item.published)
        self.firsts = firsts(sentences)
        self.tokens = [token for sentence in sentences for token, _ in sentence]
        self.places: list[Range] = [place for sentence in sentences for _, place in sentence]
        self.words = tuple(t.text for t in self.tokens)
        self.acts = [(self._head(e.trigger), e) for e in item.events if inside(self.places, e.trigger)]

    def marked(self) -> Iterator[Example]:
        """Yield the pairs of parties in it, each with what holds between them."""
        for pair, kind, weight in self._pairs():
            yield Example(kind, self.words, self.item.text, pair=pair, weight=weight)

    def _head(self, span: Range) -> int:
        """Return the word that stands for a trigger of several: the one the others hang on."""
        words = inside(self.places, span)
        own = {self.tokens[w].i for w in words}
        over = {w: self.tokens[w].head.i for w in words}
        heads = [w for w in words if over[w] not in own or over[w] == self.tokens[w].i]
        verbal = [w for w in heads if self.tokens[w].pos_ in ("VERB", "NOUN", "PROPN", "ADJ", "AUX")]
        return (verbal or heads or words)[0]

    def read(self, whole: bool) -> Example:
        """Return all that is known of its words; of its context if it is the ``whole`` item."""
        events: list[str | None] = ["NONE"] * len(self.words)
        known: dict[int, Act] = {}
        links: dict[int, dict[str, frozenset[int]]] = {}
        for _, event in self.acts:
            for other in inside(self.places, event.trigger):
                if events[other] == "NONE":
                    events[other] = None  # the rest of a long trigger is neither an act nor none
        for word, event in reversed(self.acts):
            optional = not event.actor and not event.recipient
            events[word] = None if optional else event.event
            name = f"{event.event}/{event.mode}" if event.mode else event.event
            known[word] = Act(
                name if name in MODES else None, event.realis, event.time == "background",
                bool(event.voices), carried=self._is_carried(event),
            )  # fmt: skip
            links[word] = {"actor": self._of(event.actor), "recipient": self._of(event.recipient)}
            voice = self._of(event.voices[-1:])  # who vouches for it: the innermost
            if voice or not event.voices:  # one named in another stretch teaches nothing here
                links[word]["voice"] = voice
            dating = self._dating(event.date)
            if dating or event.date is None:
                links[word]["date"] = dating
        for said in self.item.sayings:
            cue = inside(self.places, said.cue)
            content = frozenset(w for r in said.content for w in inside(self.places, r))
            if cue and content:
                source = frozenset(inside(self.places, said.source)) if said.source else frozenset()
                for word in cue:
                    links.setdefault(word, {}).update(source=source, content=content)
        for head, members in self._countries().items():
            links.setdefault(head, {})["country"] = members
        about = {0: self.item.contexts} if whole and self.item.contexts is not None else {}
        return Example(
            "own", self.words, self.item.text, self.firsts, events=tuple(events), acts=known, links=links,
            sectors=self._sectors(), contexts=about,
        )  # fmt: skip

    def _sectors(self) -> dict[int, str]:
        """Return the sector of every word that heads a labelled party; NONE for a code without one."""
        named = [p for p in self._parties() if p.sector in SECTORS or (p.code and not p.sector)]
        return {self._head(p.span): p.sector or NONE for p in named}

    def _countries(self) -> dict[int, frozenset[int]]:
        """Return for every word that heads a coded party the words that name its state or body."""
        named: dict[str, set[int]] = {}
        for code, span in self.states:
            named.setdefault(code, set()).update(inside(self.places, span))
        heads: dict[int, set[int]] = {}
        for party in self._everybody():
            if party.code and inside(self.places, party.span):
                heads.setdefault(self._head(party.span), set()).update(named.get(party.code, ()))
        return {head: frozenset(words) for head, words in heads.items()}

    def _dating(self, date: str | None) -> frozenset[int]:
        """Return the words of the expressions that mean a labelled date, or its one end."""
        return frozenset(w for span in self._meaning(date) for w in inside(self.places, span))

    def _meaning(self, date: str | None) -> list[Range]:
        """Return where in the item a labelled date, or its one end, is told."""
        means = {date, date.removesuffix("/.."), date.removeprefix("../")} if date is not None else set()
        return [(t.start, t.end) for t in self.timexes if t.edtf is not None and t.edtf in means]

    def _is_carried(self, event: corpus.Event) -> bool | None:
        """Tell an act that another sentence dates from one that none does; None for what its own dates."""
        if self.item.place.partition(".")[0] not in DATED:
            return None
        told = self._meaning(event.date)
        if event.date is None or not told:
            return False if event.date is None else None
        sentence = self._sentence(event.trigger)
        return True if not any(sentence[0] <= start < sentence[1] for start, _ in told) else None

    def _sentence(self, span: Range) -> Range:
        """Return where the sentence of a trigger of this stretch begins and ends."""
        bounds = [*self.firsts, len(self.words)]
        word = inside(self.places, span)[0]
        first, last = next((a, b) for a, b in itertools.pairwise(bounds) if a <= word < b)
        return self.places[first][0], self.places[last - 1][1]

    def _of(self, parties: Iterable[corpus.Party]) -> frozenset[int]:
        return frozenset(w for p in parties for w in inside(self.places, p.span))

    # -- marked pairs -------------------------------------------------------------------------------------

    def _pairs(self) -> Iterator[tuple[Pair, str, float]]:
        right: dict[tuple[Range, Range], list[str]] = {}
        taken: set[tuple[object, object]] = set()
        for _, event in self.acts:
            for one, other in self._pairs_of(event):
                found = right.setdefault((one.span, other.span), [])
                found += [event.event] if event.event not in found else []
                taken.add((_who(one), _who(other)))
                if event.event in MUTUAL_TYPES:
                    taken.add((_who(other), _who(one)))
        for (source, target), labels in right.items():
            for label in labels:
                yield self._pair(source, target, label), "own-pair", 1 / len(labels)
        for one, other in itertools.permutations(self._parties(), 2):
            known = (one.span, other.span) in right or (_who(one), _who(other)) in taken
            if not known and not _overlap(one.span, other.span):
                yield self._pair(one.span, other.span, "NONE"), "own-none", 1.0
        if self.item.negative is not None:
            yield from self._strangers()

    def _pair(self, source: Range, target: Range, label: str) -> Pair:
        ranges = [inside(self.places, span) for span in (source, target)]
        (s, t) = [(words[0], words[-1] + 1) for words in ranges]
        return Pair(s, t, (label,))

    def _pairs_of(self, event: corpus.Event) -> Iterator[tuple[corpus.Party, corpus.Party]]:
        """Yield the pairs of an event in this sentence, actor first; every order if it is mutual."""
        actors = [p for p in event.actor if inside(self.places, p.span)]
        recipients = [p for p in event.recipient if inside(self.places, p.span)]
        found: Iterable[tuple[corpus.Party, corpus.Party]] = itertools.product(actors, recipients)
        trigger = self.item.text[slice(*event.trigger)]
        if not event.recipient and (event.event in MUTUAL_TYPES or MUTUAL_WORDS.search(trigger)):
            found = itertools.permutations(actors, 2)
        yield from ((one, other) for one, other in found if not _overlap(one.span, other.span))

    def _parties(self) -> list[corpus.Party]:
        """Return the labelled parties of the sentence, each stretch once; not those that stand for nobody."""
        found: dict[Range, corpus.Party] = {}
        for party in self._everybody():
            if inside(self.places, party.span) and not party.anonymous:
                found.setdefault(party.span, party)
        return list(found.values())

    def _everybody(self) -> Iterator[corpus.Party]:
        for event in self.item.events:
            yield from (*event.actor, *event.recipient, *event.voices)

    def _strangers(self, most: int = 2) -> Iterator[tuple[Pair, str, float]]:
        """Yield pairs of capitalised names of a text without an event."""
        first, last = self.places[0][0], self.places[-1][1]
        names = [m.span() for m in NAME.finditer(self.item.text, first, last) if not NO_NAMES.fullmatch(m[0])]
        pairs = [(a, b) for a, b in itertools.permutations(names, 2) if not _overlap(a, b)]
        random.Random(len(self.item.text)).shuffle(pairs)
        for source, target in pairs[:most]:
            yield self._pair(source, target, "NONE"), "no-event", 1.0


def _who(party: corpus.Party) -> object:
    """Return what makes two labelled phrases the same party: code and sector, or the words' place."""
    return (party.code, party.sector) if party.code else party.span


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
