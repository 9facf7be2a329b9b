"""Who says so: source, cue and content of every attribution, direct, indirect and mixed.

:func:`find_sayings` reads the paragraphs in order, because a quotation may run on into the next
paragraph and "he added" needs to know who spoke. Each attribution is a :class:`.Saying`. What the cues of the
tables tell (:mod:`.cues`, :mod:`.running`) is held against what the network hears (:mod:`.hearing`);
:mod:`.voices` then tells who vouches for what stands at a token.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.extract import arguments, cues, ranges, running, syntax
from dateline.extract.cast import Cast
from dateline.extract.hearing import Heard, hear
from dateline.extract.quotes import Quote, find_quotes
from dateline.extract.ranges import Range
from dateline.extract.reading import Readings
from dateline.extract.saying import Saying
from dateline.lexicon import Cue, Lexicon
from dateline.parse import Paragraph
from dateline.records import ActorRef, Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Kinds of cue whose content is not vouched for by the source: what is asked for is nobody's claim.
NOT_VOUCHING = frozenset({"ask"})
NOT_RULED_OUT = 0.1  # a cue of the rows alone needs at least this of the network
PLAIN = Cue("network", "verb", "", "say", "asserts", "")  # what is known of a cue the table lacks
CITING = frozenset({"cite", "quote"})
EMPTY_SUBJECTS = frozenset({"it", "there", "that", "this", "what", "which"})
SPEAKERS_THEMSELVES = frozenset({"i", "we", "you", "me", "us"})


def find_sayings(
    paragraphs: Sequence[Paragraph], cast: Cast, lexicon: Lexicon, readings: Readings
) -> dict[int, list[Saying]]:
    """Return the attributions of each paragraph, by paragraph number."""
    found: dict[int, list[Saying]] = {}
    last: Saying | None = None
    for paragraph in paragraphs:
        quotes = find_quotes(paragraph.doc)
        finder = _Finder(paragraph, cast, lexicon, quotes)
        sayings = finder.agreed(list(finder.sayings()), hear(paragraph, readings), readings)
        cited = list(finder.citing(sayings))
        sayings = [s for s in sayings if not any(s.cue == c.cue for c in cited)]
        sayings = running.join_split_quotes(sorted([*sayings, *cited], key=lambda s: s.cue), quotes)
        sayings += running.unclaimed(paragraph, quotes, sayings, last)
        found[paragraph.number] = sayings
        direct = [s for s in sayings if s.quotation == "direct" and s.source is not None]
        last = direct[-1] if direct else last
    return found


@dataclass(frozen=True, slots=True)
class _Finder:
    paragraph: Paragraph
    cast: Cast
    lexicon: Lexicon
    quotes: list[Quote]

    def sayings(self) -> Iterator[Saying]:
        for token in self.paragraph.doc:
            for saying in self._at(token):
                if saying.content:
                    yield saying

    def _at(self, token: Token) -> Iterator[Saying]:
        rows, lemma = self.lexicon.cues, token.lemma_.lower()
        phrase = cues.preposition_phrase(token)
        if phrase is not None and ("prep", phrase[0]) in rows:
            yield from self._according(token, phrase[1], rows["prep", phrase[0]])
        elif syntax.is_verbal(token):
            if ("verb", lemma) in rows and not self._quotes_a_saying(token):
                yield from self._verbal(token, rows["verb", lemma])
        elif token.pos_ in ("NOUN", "PROPN") and ("noun", lemma) in rows:
            yield from self._nominal(token, rows["noun", lemma])

    # -- what the network hears -----------------------------------------------------------------------

    def agreed(self, sayings: list[Saying], heard: list[Heard], readings: Readings) -> list[Saying]:
        """Join what the cues' rows find with what the network hears.

        Where both find a cue, source and content are the network's and the row says what kind of speech it
        is; a cue of the rows alone stands inside another's content (the network hears no nested
        speech) or where the network does not rule it out.
        """
        found: list[Saying] = []
        for one in heard:
            own = next((s for s in sayings if s.home is self.paragraph and _overlap(s.cue, one.cue)), None)
            found.append(self._continued(self._heard(one, own), found))
        for saying in sayings:
            known = any(_overlap(saying.cue, one.cue) for one in heard)
            nested = any(s.holds(saying.cue[0]) for s in found) and _is_speech_within(saying)
            unread = not readings.knows(self.paragraph, self.paragraph.doc[saying.cue[0]])
            cue = max(readings.cue(self.paragraph, i) for i in range(*saying.cue))
            likely = unread or cue >= NOT_RULED_OUT
            if not known and (nested or likely):
                found.append(saying)
        return sorted(found, key=lambda s: s.cue)

    def _heard(self, heard: Heard, own: Saying | None) -> Saying:
        cue = _head(self.paragraph.doc, heard.cue)
        pieces = self._with_quotes(cue, list(heard.content))
        source = self._heard_source(heard, own)
        if own is not None:
            trimmed = [ranges.trim(self.paragraph, piece) for piece in pieces]
            return replace(
                own,
                source=source,
                actor=self._actor(source),
                content=tuple(p for p in trimmed if p[0] < p[1]),
                quotation=_quotation(trimmed, self.quotes),
                why=(*own.why, "network:cue"),
            )
        row = self._row(cue)
        vouches = row.kind not in NOT_VOUCHING and self._tells(pieces)
        said = self._saying(row, heard.cue, source, pieces, cue, vouches)
        return replace(said, why=("network:cue",))

    def _continued(self, saying: Saying, earlier: list[Saying]) -> Saying:
        """Give a cue without a source that of the cue it hangs on: "he said, adding that …"."""
        if saying.source is not None:
            return saying
        cue = _head(self.paragraph.doc, saying.cue)
        if not syntax.is_verbal(cue) or syntax.is_passive(cue):
            return saying
        above = syntax.joined_to(cue) if cue.dep_ in ("advcl", "conj", "dep") else cue
        known = next((s for s in reversed(earlier) if s.cues(above.i) and s.source is not None), None)
        if known is not None:
            return replace(saying, source=known.source, actor=known.actor)
        subject = next(iter(arguments.surface_subject(cue)), None)
        if subject is None or saying.holds(subject.i) or subject.lower_ in EMPTY_SUBJECTS:
            return saying
        # a cue that the table lacks is no word of saying for sure: its subject is a source, but no voice
        vouches = saying.vouches and saying.row is not PLAIN
        return replace(saying, source=subject, actor=self._actor(subject), vouches=vouches)

    def citing(self, sayings: list[Saying]) -> Iterator[Saying]:
        """Yield who is cited for what another says: "…, the paper wrote, quoting two generals"."""
        for saying in sayings:
            verb = _head(self.paragraph.doc, saying.cue)
            for clause in verb.children if saying.home is self.paragraph else ():
                named = arguments.logical_object(clause) if clause.dep_ == "advcl" else []
                if clause.tag_ == "VBG" and clause.lemma_.lower() in CITING and named:
                    cue = (clause.i, clause.i + 1)
                    cited = self._saying(self._row(clause), cue, named[0], saying.content, clause, True)
                    yield replace(cited, quotation=saying.quotation)

    def _heard_source(self, heard: Heard, own: Saying | None) -> Token | None:
        """Return the row's source where the network hears it too, else the head of what it hears."""
        known = own.source if own is not None else None
        if known is not None and (not heard.source or any(s <= known.i < e for s, e in heard.source)):
            return known
        return next((_head(self.paragraph.doc, piece) for piece in heard.source), known)

    def _tells(self, pieces: Iterable[Range]) -> bool:
        """Tell what is said ("she said he fled") from what a word is about ("hailed the deal")."""
        return any(syntax.is_verbal(t) for start, end in pieces for t in self.paragraph.doc[start:end])

    def _row(self, cue: Token) -> Cue:
        """Return the row of a cue word, or the plainest one for a word the table lacks."""
        for kind in ("verb", "noun", "prep"):
            row = self.lexicon.cues.get((kind, cue.lemma_.lower()))
            if row is not None:
                return row
        return PLAIN

    # -- verbs ------------------------------------------------------------------------------------

    def _quotes_a_saying(self, verb: Token) -> bool:
        """Tell "quoted" in "was quoted as saying": the saying is the cue."""
        gerunds = (syntax.first(c, "pcomp") for c in verb.children if c.dep_ == "prep" and c.lower_ == "as")
        return any(g is not None and ("verb", g.lemma_.lower()) in self.lexicon.cues for g in gerunds)

    def _verbal(self, verb: Token, row: Cue) -> Iterator[Saying]:
        content = self._clause_content(verb, row)
        content = self._with_quotes(verb, content)
        if not content and ("object", row.lemma) in self.lexicon.cues:
            content = self._object_content(verb)
        if not content:
            return
        source = self._source(verb)
        if row.kind == "promise" and self._actor(source) is None:
            return  # "the storm threatened to flood": nobody speaks
        cue = cues.cue_range(verb)
        yield self._saying(row, cue, source, ranges.cut(content, cue), verb, self._vouches(verb, row))

    def _vouches(self, verb: Token, row: Cue) -> bool:
        """Tell whether the source stands behind the content: not when it asks or promises to act."""
        if row.kind in NOT_VOUCHING:
            return False
        return not (row.kind == "promise" and syntax.first(verb, "xcomp") is not None)

    def _clause_content(self, verb: Token, row: Cue) -> list[Range]:
        pieces: list[Range] = []
        for child in verb.children:
            if (
                child.dep_ == "ccomp"
                or (child.dep_ == "xcomp" and cues.reports(verb, child, row))
                or (child.dep_ == "parataxis" and syntax.is_verbal(child))
            ):
                pieces.append(ranges.subtree(child))
            elif child.dep_ == "prep" and row.kind in ("accuse", "ask", "deny", "think"):
                pieces += self._gerund(child, row)
            elif child.dep_ == "advcl" and row.kind == "ask" and syntax.first(child, "mark", "aux"):
                pieces.append(ranges.subtree(child))
        return pieces

    def _gerund(self, prep: Token, row: Cue) -> list[Range]:
        gerund = syntax.first(prep, "pcomp")
        if gerund is not None:
            return [ranges.subtree(gerund)]
        noun = syntax.first(prep, "pobj")
        if noun is not None and prep.lower_ in ("of", "for") and row.kind in ("accuse", "ask"):
            return [ranges.subtree(noun)]
        return []

    def _object_content(self, verb: Token) -> list[Range]:
        nouns = arguments.logical_object(verb)
        return [
            ranges.subtree(noun) for noun in nouns[:1] if noun.pos_ in ("NOUN", "PROPN") and noun.i > verb.i
        ]

    def _with_quotes(self, verb: Token, content: list[Range]) -> list[Range]:
        """Widen content to the quotations it touches; take a neighbouring quotation if it is bare."""
        sentence = (verb.sent.start, verb.sent.end)
        for quote in self.quotes:
            if quote.single or quote.holds(verb.i):
                continue
            touches = any(ranges.overlaps(quote, piece) for piece in content)
            beside = not content and ranges.adjoins(quote, sentence)
            if (touches and quote.end - quote.start >= running.MINIMUM_SPEECH) or beside:
                content = ranges.merge([*content, (quote.start, quote.end)])
        return content

    def _source(self, verb: Token) -> Token | None:
        if syntax.is_passive(verb):
            if verb.lemma_.lower() in ("quote", "cite", "hear"):
                return next(iter(arguments.surface_subject(verb)), None)
            return next(iter(arguments.agent(verb)), None)
        if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
            return next(iter(arguments.logical_object(verb.head.head)), None)
        return next(iter(arguments.surface_subject(verb)), None)

    # -- nouns and prepositions -----------------------------------------------------------------------

    def _nominal(self, noun: Token, row: Cue) -> Iterator[Saying]:
        """Find "the claim that …", "Rama's call for …", "allegations of …"."""
        content = [
            ranges.subtree(c) for c in noun.children
            if c.dep_ in ("acl", "ccomp", "relcl") and syntax.is_verbal(c) and cues.complements(c)
        ]  # fmt: skip
        if not content:
            about = ("for",) if row.kind == "ask" else ("of", "about")
            for prep, target in syntax.prepositions(noun):
                if prep in about and row.kind in ("accuse", "ask", "deny", "claim"):
                    content = [ranges.subtree(target)]
                    break
        if not content:
            return
        source = self._noun_source(noun)
        row = self._denied(noun, row) or row
        yield self._saying(row, (noun.i, noun.i + 1), source, content, noun, row.kind not in NOT_VOUCHING)

    def _denied(self, noun: Token, row: Cue) -> Cue | None:
        """Return the cue of "dismissed reports that …", whose speaker does not assert them.

        None where they are somebody's: "denied India's claim that …".
        """
        owned = syntax.first(noun, "poss") or any(p in ("by", "from") for p, _ in syntax.prepositions(noun))
        return None if owned or row.kind not in cues.CLAIMS else cues.denial_of(noun, self.lexicon)

    def _noun_source(self, noun: Token) -> Token | None:
        owner = syntax.first(noun, "poss")
        if owner is not None:
            return owner
        for prep, target in syntax.prepositions(noun):
            if prep in ("by", "from"):
                return target
        if noun.dep_ in ("dobj", "nsubjpass") and syntax.is_verbal(noun.head):
            return next(iter(arguments.logical_subject(noun.head)), None)
        actor = self.cast.actor(self.paragraph, noun)
        return noun if actor is not None and actor.why[:1] and actor.why[0].startswith("belongs") else None

    def _according(self, token: Token, source: Token, row: Cue) -> Iterator[Saying]:
        clause = token.head
        while not syntax.is_verbal(clause) and clause.head.i != clause.i:
            clause = clause.head
        inner = ranges.subtree(token)
        start, end = ranges.subtree(clause)
        if clause.dep_ == "ROOT":
            start, end = clause.sent.start, clause.sent.end
        end = end - 1 if clause.doc[end - 1].is_punct and end - 1 > clause.i else end
        pieces = ranges.cut([(start, end)], inner)
        pieces = [p for p in pieces if any(not t.is_punct for t in clause.doc[p[0] : p[1]])]
        yield self._saying(row, (token.i, source.left_edge.i), source, pieces, token, True)

    def _saying(
        self, row: Cue, cue: Range, source: Token | None, content: Iterable[Range], at: Token, vouches: bool
    ) -> Saying:
        pieces = tuple(ranges.trim(self.paragraph, piece) for piece in content)
        actor = self._actor(source)
        return Saying(
            self.paragraph, self.paragraph, row, cue, source, actor, tuple(p for p in pieces if p[0] < p[1]),
            _quotation(pieces, self.quotes), self._medium(at), vouches, (f"cue:{row.id}",),
        )  # fmt: skip

    def _actor(self, source: Token | None) -> ActorRef | None:
        if source is None:
            return None
        return self.cast.actor(self.paragraph, source)

    def _medium(self, cue: Token) -> str | None:
        for _, noun in syntax.prepositions(cue):
            for words in (
                f"{' '.join(t.lower_ for t in reversed(syntax.left_modifiers(noun)))} {noun.lemma_.lower()}",
                noun.lemma_.lower(),
            ):
                medium = self.lexicon.media.get(words.strip())
                if medium is not None:
                    return medium
        return None


# -- what a cue and its content are ----------------------------------------------------------------------


def _is_speech_within(saying: Saying) -> bool:
    """Tell "he said *witnesses saw* …" from "*I think*", "the *alleged* raid" inside somebody's words."""
    word, source = saying.paragraph.doc[saying.cue[1] - 1], saying.source
    if source is None or word.dep_ in ("amod", "compound") or source.lower_ in SPEAKERS_THEMSELVES:
        return False
    return any(syntax.is_verbal(t) for start, end in saying.content for t in saying.paragraph.doc[start:end])


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _head(doc: Doc, piece: Range) -> Token:
    """Return the token of a stretch that the others hang on."""
    tokens = doc[piece[0] : piece[1]]
    return next((t for t in tokens if not piece[0] <= t.head.i < piece[1] and not t.is_punct), tokens.root)


def _quotation(pieces: Sequence[Range], quotes: list[Quote]) -> Quotation:
    inside = outside = 0
    for start, end in pieces:
        for i in range(start, end):
            if any(q.holds(i) for q in quotes):
                inside += 1
            else:
                outside += 1
    if inside and outside <= 2:
        return "direct"
    return "mixed" if inside else "indirect"
