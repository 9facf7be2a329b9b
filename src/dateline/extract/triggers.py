"""Which acts: tokens whose word and surroundings fit a row of the trigger tables.

For each verb, noun or adjective the row with the most fitting pattern cells wins. Words that a row
uses up as its object or complement ("sever *ties*", "take *hostages*") are no triggers of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract import arguments, phrases, syntax
from dateline.extract.cast import Cast
from dateline.lexicon import ANYTHING, Lexicon, Trigger
from dateline.parse import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

LONGEST_SENTENCE = 2_000  # characters; what is longer is a list or a table, and costs too much
POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger in a paragraph: its head token, the row that fits, the words the row used up.

    ``support`` is the light verb whose subject acts ("*launched* an attack"), or whose subject
    suffers when ``suffers`` is true ("*came under* attack"). ``clause`` is the verb of the
    complement clause the row asked for.
    """

    token: Token
    row: Trigger
    used: frozenset[int]
    support: Token | None = None
    suffers: bool = False
    clause: Token | None = None


def find_triggers(paragraph: Paragraph, cast: Cast, lexicon: Lexicon) -> list[Hit]:
    """Return the triggers of a paragraph in text order, words used up by another trigger left out.

    A sentence about sport, markets and the like (two words of one domain in ``domains.tsv``) has none.
    """
    hits = [
        hit
        for sentence in paragraph.sentences()
        if len(sentence.text) <= LONGEST_SENTENCE
        if foreign_domain(sentence, lexicon) is None
        for token in sentence
        for hit in _hits(paragraph, token, cast, lexicon)
    ]
    used = {i for hit in hits for i in hit.used}
    return [hit for hit in hits if hit.token.i not in used and hit.row.event]


def foreign_domain(sentence: Tokens, lexicon: Lexicon) -> str | None:
    """Return the domain (sport, markets …) that at least two words of a sentence belong to, or None."""
    found: dict[str, set[str]] = {}
    for token in sentence:
        for form in (token.lemma_.lower(), token.lower_):
            domain = lexicon.domains.get(form)
            if domain is not None:
                found.setdefault(domain, set()).add(form)
                break
    return next((d for d, words in sorted(found.items()) if len(words) >= 2), None)


def _hits(paragraph: Paragraph, token: Token, cast: Cast, lexicon: Lexicon) -> Iterator[Hit]:
    for pos, lemma in _readings(token):
        rows = lexicon.triggers.get((pos, lemma))
        if rows and not _is_part_of_a_name(paragraph, token, cast):
            hit = _best(token, rows, lexicon)
            if hit is not None:
                yield hit
                return


def _readings(token: Token) -> list[tuple[str, str]]:
    """Return the (part of speech, lemma) pairs under which a token is looked up."""
    pos = POS.get(token.pos_)
    if pos is None or token.dep_ in ("aux", "auxpass", "compound"):
        return []
    lemma = token.lemma_.lower()
    if pos == "verb":
        return [] if token.dep_ == "amod" else [("verb", lemma)]
    if token.pos_ == "PROPN":
        return [("noun", lemma.removesuffix("s") if token.tag_ == "NNPS" else lemma)]
    if token.pos_ == "ADJ" and token.tag_.startswith("VB"):
        return [("verb", lemma), ("adj", lemma)]
    return [(pos, lemma)]


def _is_part_of_a_name(paragraph: Paragraph, token: Token, cast: Cast) -> bool:
    """Tell a word that names somebody from one that denotes an act: "the exiles" is not exiling."""
    if token.pos_ == "PROPN":
        return cast.name_at(paragraph, token) is not None
    actor = cast.actor(paragraph, token) if token.tag_ == "NNS" else None
    return actor is not None and any(w.startswith("role:") for w in actor.why)


def _best(token: Token, rows: Iterable[Trigger], lexicon: Lexicon) -> Hit | None:
    """Return the hit of the first row that fits (rows come most specific first)."""
    support, suffers = _support(token, lexicon) if rows else (None, False)
    for row in rows:
        fit = _fits(token, row, support)
        if fit is not None:
            used, clause = fit
            return Hit(token, row, frozenset(used), support, suffers, clause)
    return None


def last_used(hit: Hit) -> int:
    """Return the index of the last word that a row used up, if only its own words stand between.

    "went on a hunger *strike*"; the verb itself where other words do.
    """
    doc, first = hit.token.doc, hit.token.i
    last = max(hit.used, default=first)
    phrases_used = [range(doc[i].left_edge.i, i + 1) for i in hit.used if doc[i].pos_ in ("NOUN", "PROPN")]
    own = all(
        i in hit.used or doc[i].dep_ == "prep" or any(i in r for r in phrases_used)
        for i in range(first + 1, last)
    )
    return last if last > first and own else first


def _support(noun: Token, lexicon: Lexicon) -> tuple[Token | None, bool]:
    """Return the support verb of an event noun, and whether its subject suffers the event."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return None, False
    governor = noun.head
    if noun.dep_ == "conj" and governor.pos_ in ("NOUN", "PROPN"):
        return _support(governor, lexicon)
    if noun.dep_ == "pobj" and governor.dep_ in ("prep", "agent"):
        verb = governor.head
        phrase = f"{verb.lemma_.lower()} {governor.lower_}"
        if phrase in lexicon.sets["SUFFER"]:
            return verb, True
        return (verb, False) if phrase in lexicon.sets["SUPPORT"] else (None, False)
    if not syntax.is_verbal(governor):
        return None, False
    if noun.dep_ in ("dobj", "nsubjpass", "attr", "oprd"):
        lemma = governor.lemma_.lower()
        if lemma in lexicon.sets["SUFFER"]:
            return governor, True
        if lemma in lexicon.sets["SUPPORT"]:
            return governor, False
    return None, False


def _fits(token: Token, row: Trigger, support: Token | None) -> tuple[set[int], Token | None] | None:
    """Return (token indexes used up, clause verb) if the row's pattern fits, else None."""
    used: set[int] = set()
    if row.particle and not _take(_particles(token), row.particle, used):
        return None
    if row.object and not _take(_objects(token), row.object, used):
        return None
    if row.prep and not _take_prepositional(token, row, support, used):
        return None
    modifiers = (*_modifiers(token), *(m for i in used for m in syntax.left_modifiers(token.doc[i])))
    if row.modifier and not _take(modifiers, row.modifier, used):
        return None
    clause = None
    if row.clause:
        told = row.event == "REQUEST"
        clauses = (v for v in _clauses(token, support) if not (told and _is_reported(v)))
        clause = next((v for v in clauses if _is_asked_for(v, row.clause)), None)
        if clause is None:
            return None
        if ANYTHING not in row.clause and row.event not in ("REQUEST", "REJECT"):
            used.add(clause.i)  # what is asked for or refused stays an act of its own
    return used, clause


def _clauses(token: Token, support: Token | None) -> Iterator[Token]:
    """Yield the complement clauses of a trigger; "made an appeal to X *to free*" has it on the verb."""
    yield from syntax.clause_verbs(token)
    if support is not None:
        yield from (
            v for v in syntax.clause_verbs(support) if v.dep_ in ("xcomp", "advcl") and v.tag_ == "VB"
        )


def _is_reported(verb: Token) -> bool:
    """Tell what is told as a fact ("told reporters it had stopped") from what is told to be done."""
    return verb.dep_ == "ccomp" and verb.tag_ in ("VBD", "VBZ")


def _is_asked_for(verb: Token, lemmas: frozenset[str]) -> bool:
    """Tell whether a clause verb is one of ``lemmas``; any will do for ``*``, if it is a complement."""
    if ANYTHING not in lemmas:
        return verb.lemma_.lower() in lemmas
    if verb.dep_ == "ccomp":
        return verb.tag_ == "VB"  # "asked that it leave", not "told reporters that it left"
    return verb.dep_ != "advcl" or any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children)


def _take(candidates: Iterable[Token], lemmas: frozenset[str], used: set[int]) -> bool:
    for token in candidates:
        if ANYTHING in lemmas:
            return True
        if token.lemma_.lower() in lemmas or token.lower_ in lemmas:
            used.add(token.i)
            return True
    return False


def _take_prepositional(token: Token, row: Trigger, support: Token | None, used: set[int]) -> bool:
    for prep, noun in prepositional(token, support, ()):
        if prep in row.prep and not row.prep_object and noun.lower_ not in phrases.CALENDAR:
            return True
        if prep in row.prep and _take(syntax.conjuncts(noun), row.prep_object, used):
            return True
    return not row.prep_object and any(
        child.dep_ == "prep" and child.lower_ in row.prep and syntax.first(child, "pobj") is None
        for child in token.children
    )


def prepositional(token: Token, support: Token | None, used: Iterable[int]) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) of a trigger, of its objects, its support verb and the words it used.

    The last covers "called for talks *with China*", "agreed to send tanks *to Kyiv*".
    """
    yield from syntax.prepositions(token)
    if syntax.is_verbal(token):
        for noun in arguments.logical_object(token):
            if noun.i != token.head.i:
                yield from syntax.prepositions(noun)
    if support is not None:
        yield from syntax.prepositions(support)
    for i in sorted(used):
        word = token.doc[i]
        yield from syntax.prepositions(word)
        if syntax.is_verbal(word):
            for noun in arguments.logical_object(word):
                yield from syntax.prepositions(noun)


def _particles(token: Token) -> Iterator[Token]:
    return (c for c in token.children if c.dep_ in ("prt", "advmod", "prep", "acomp", "oprd"))


def _objects(token: Token) -> Iterator[Token]:
    if syntax.is_verbal(token):
        for noun in arguments.logical_object(token):
            yield noun
            yield from (n for p, n in syntax.prepositions(noun) if p == "of" and syntax.is_partitive(noun))
        yield from (c for c in token.children if c.dep_ in ("attr", "oprd"))
        yield from arguments.indirect_object(token)
    else:
        yield from (c for c in token.lefts if c.dep_ == "compound")


def _modifiers(token: Token) -> Iterator[Token]:
    if syntax.is_verbal(token):
        yield from (c for c in token.children if c.dep_ in ("advmod", "npadvmod", "prt", "acomp"))
    else:
        yield from syntax.left_modifiers(token)
