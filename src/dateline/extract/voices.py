"""The voices of a mention: who vouches for what stands at a token, outermost first.

Also who "we" is inside a quotation, whose "the police" are inside reported speech, and attributions as
records. Everything here reads what :mod:`.attribution` has found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract import identity, syntax
from dateline.extract.cast import Cast
from dateline.extract.reading import Readings
from dateline.extract.saying import Saying
from dateline.lexicon import Lexicon, lexicon
from dateline.parse import Paragraph
from dateline.records import ActorRef, Attribution, Span, Voice

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Below this the network is sure that the outlet itself speaks, above that, that somebody else does.
OUTLETS_OWN, SOMEBODYS = 0.1, 0.7

# Determiners that introduce somebody not known before, and those that point at somebody known.
INDEFINITE = frozenset({"a", "an", "another", "one"})
POINTING = frozenset({"the", "this", "that"})


def identified(saying: Saying, cast: Cast, readings: Readings) -> Saying:
    """Return an attribution with the speaker's code and sector as :mod:`.identity` gives them."""
    if saying.actor is None or saying.source is None:
        return saying
    head = (saying.home.number, saying.source.i)
    return replace(saying, actor=identity.judged(saying.actor, head, cast, readings))


def voices_at(index: int, sayings: Sequence[Saying]) -> tuple[Voice, ...]:
    """Return the chain of voices for what stands at token ``index``, outermost first."""
    around = [
        s for s in sayings
        if s.vouches and s.source is not None and s.holds(index) and not s.cues(index)
    ]  # fmt: skip
    if around and syntax.in_aside(around[0].paragraph.doc[index]):
        around = [s for s in around if s.quotation != "indirect"]
    around.sort(key=lambda s: (-s.size, s.cue))
    voices: dict[int, Voice] = {}
    for saying in around:
        source = saying.source
        if source is not None:
            voices[source.i] = voice_of(saying)
    return tuple(voices.values())


def weighed(
    chain: tuple[Voice, ...], token: Token, paragraph: Paragraph, cast: Cast, readings: Readings
) -> tuple[Voice, ...]:
    """Weigh the chain found for a trigger against whose voice the network reads it in.

    A chain falls where the network is sure that the outlet itself speaks; where nobody was found and it is
    sure that somebody does, or that it is another one, that one is taken.
    """
    if not readings.knows(paragraph, token):
        return chain
    voiced = readings.voiced(paragraph, token)
    if chain and voiced < OUTLETS_OWN:
        return ()
    linked = readings.members(paragraph, token, "voice")
    heads = _heads(token.doc, {i for i, chance in linked.items() if chance >= SOMEBODYS})
    if voiced < SOMEBODYS or not heads:
        return chain
    source = heads[-1]
    if not chain:
        return (_named(paragraph, source, cast, readings),)
    inner = chain[-1].span
    own = [c for i, c in linked.items() if inner.overlaps(paragraph.span(token.doc[i]))]
    if own and max(own) < OUTLETS_OWN:
        return (*chain[:-1], _named(paragraph, source, cast, readings))
    return chain


def _heads(doc: Doc, words: set[int]) -> list[Token]:
    """Return the words that hang on none of the others, in text order; for "the" of "the navy" the navy."""
    nouns = {_noun(doc[i]).i for i in words}
    return [doc[i] for i in sorted(nouns) if doc[i].head.i not in nouns or doc[i].head.i == i]


def _noun(word: Token) -> Token:
    while word.dep_ in MODIFYING and word.head.i > word.i:
        word = word.head
    return word


def _named(paragraph: Paragraph, source: Token, cast: Cast, readings: Readings) -> Voice:
    """Return the voice of a source for which no cue was found."""
    actor = cast.actor(paragraph, source)
    if actor is not None:
        actor = identity.judged(actor, (paragraph.number, source.i), cast, readings)
    start, end = syntax.phrase_bounds(source)
    span = actor.span if actor is not None else paragraph.span(source.doc[start:end])
    return _link(paragraph, source, actor, span)


def speaker_at(token: Token, sayings: Sequence[Saying]) -> ActorRef | None:
    """Return who "I" and "we" are at a token: the source of the innermost quotation around it."""
    around = [s for s in sayings if s.holds(token.i) and s.quotation != "indirect" and s.actor is not None]
    innermost = min(around, key=lambda s: s.size, default=None)
    return innermost.actor if innermost else None


def owner_at(token: Token, sayings: Sequence[Saying]) -> ActorRef | None:
    """Return whose "the police" are at a token: those of whoever is reported as saying it."""
    around = [s for s in sayings if s.holds(token.i) and s.actor is not None and s.actor.code is not None]
    innermost = min(around, key=lambda s: s.size, default=None)
    return innermost.actor if innermost else None


def voice_of(saying: Saying) -> Voice:
    """Turn an attribution with a source into one link of a chain."""
    source, actor = saying.source, saying.actor
    if source is None:
        raise ValueError("an attribution without a source is nobody's voice")
    span = actor.span if actor is not None else _source_span(saying, source)
    return replace(
        _link(saying.home, source, actor, span),
        cue=_cue_span(saying),
        quotation=saying.quotation,
        stance=saying.row.stance,
        medium=saying.medium,
    )


def _link(paragraph: Paragraph, source: Token, actor: ActorRef | None, span: Span) -> Voice:
    """Return a link of a chain by who it is; of an unnamed source only what the words say is known."""
    anonymous = is_anonymous(source, actor, lexicon(paragraph.report.language))
    known = None if anonymous and _is_guess(actor) else actor
    return Voice(
        kind="anonymous" if anonymous else "source",
        code=known.code if known else None,
        sector=known.sector if known else None,
        name=span.text if anonymous or actor is None else actor.name,
        span=span,
        cue=None,
        quotation="indirect",
    )


def _cue_span(saying: Saying) -> Span:
    return saying.home.span(saying.home.doc[saying.cue[0] : saying.cue[1]])


def _source_span(saying: Saying, source: Token) -> Span:
    start, end = syntax.phrase_bounds(source)
    return saying.home.span(source.doc[start:end])


MODIFYING = frozenset({"det", "amod", "compound", "nmod", "nummod"})  # how words stand before their noun
GUESSES = frozenset({"setting", "sender", "weighed"})  # reasons, up to a colon


def _is_guess(actor: ActorRef | None) -> bool:
    """Tell a code that comes from where the story is set, not from the words."""
    return actor is not None and any(w.partition(":")[0] in GUESSES for w in actor.why)


def is_anonymous(source: Token, actor: ActorRef | None, lexicon: Lexicon) -> bool:
    """Tell a source nobody could ask again: "experts", "a senior official", "some".

    Somebody introduced by "a" is nobody in particular, unless it is a body, a document or a spokesman (the
    list ``BODIES``); "the colonel" and "her lawyer" can be found. The list ``UNNAMED`` holds what names
    nobody without an article too.
    """
    unnamed, bodies = lexicon.sets["UNNAMED"], lexicon.sets["BODIES"]
    plain = source.pos_ in ("NOUN", "DET", "ADJ", "PRON", "NUM")
    if not plain or any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in source.children):
        return False
    lemma = source.lemma_.lower()
    before = {c.lower_ for c in source.lefts if c.dep_ in ("det", "nummod")}
    singular = source.tag_ == "NN"
    if (singular and before & POINTING) or any(c.dep_ == "poss" for c in source.children):
        return False
    if singular and before & INDEFINITE:
        return lemma in unnamed or lemma not in bodies
    if actor is not None and any(
        w.startswith(("gazetteer", "coreference", "title", "unresolved")) for w in actor.why
    ):
        return False
    return lemma in unnamed or source.pos_ in ("DET", "NUM")


def attribution(saying: Saying) -> Attribution:
    """Write an attribution as a record."""
    paragraph, source = saying.paragraph, saying.source
    return Attribution(
        report_id=paragraph.report.id,
        source=(_source_span(saying, source),) if source is not None else (),
        cue=(_cue_span(saying),),
        content=tuple(paragraph.span(paragraph.doc[s:e]) for s, e in saying.content),
        quotation=saying.quotation,
        stance=saying.row.stance,
        voice=voice_of(saying) if source is not None else None,
        why=saying.why,
    )
