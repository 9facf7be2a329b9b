"""Words of saying in the parse: how far a cue reaches, and which clauses it can take as its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract import syntax
from dateline.extract.ranges import Range
from dateline.lexicon import Cue, Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

CLAIMS = frozenset({"claim", "accuse"})  # kinds of nouns whose content somebody else may deny


def cue_range(verb: Token) -> Range:
    """Return the cue with its auxiliaries and particle: "was quoted as saying", "has denied"."""
    start = min(
        [verb.i]
        + [
            c.i
            for c in verb.children
            if c.dep_ in ("aux", "auxpass", "neg") and c.i < verb.i and verb.i - c.i <= 3
        ]
    )
    end = verb.i + 1
    for child in verb.children:
        if child.dep_ == "prt" and child.i == end:
            end += 1
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        outer = verb.head.head
        start = cue_range(outer)[0] if syntax.is_verbal(outer) else start
    return start, end


def reports(verb: Token, infinitive: Token, row: Cue) -> bool:
    """Tell an infinitive that is claimed ("is said to have fled") from one merely wanted or done."""
    if row.kind in ("ask", "promise", "accuse", "deny"):
        return True
    return syntax.is_passive(verb) or (row.kind == "say" and infinitive.tag_ in ("VBG", "VB", "VBN"))


def denial_of(noun: Token, lexicon: Lexicon) -> Cue | None:
    """Return the cue of the verb that denies what a noun claims: "*dismissed* reports that he fled"."""
    if noun.dep_ not in ("dobj", "nsubjpass") or not syntax.is_verbal(noun.head):
        return None
    cue = lexicon.cues.get(("verb", noun.head.lemma_.lower()))
    return cue if cue is not None and cue.kind == "deny" else None


def complements(clause: Token) -> bool:
    """Tell "the claim that he fled" from "the claim that angered Paris"."""
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children) or clause.tag_ == "VB"


def preposition_phrase(token: Token) -> tuple[str, Token] | None:
    """Return (phrase, noun) for "according to X", "in the words of X"."""
    if token.dep_ not in ("prep", "advmod", "advcl", "agent") or token.pos_ not in (
        "ADP",
        "VERB",
        "SCONJ",
        "ADV",
    ):
        return None
    for child in token.children:
        if child.dep_ == "prep":
            noun = syntax.first(child, "pobj")
            if noun is not None:
                return f"{token.lower_} {child.lower_}", noun
        if child.dep_ == "pobj":
            for inner in child.children:
                deep = syntax.first(inner, "pobj") if inner.dep_ == "prep" else None
                if deep is not None:
                    return f"{token.lower_} {child.lower_} {inner.lower_}", deep
            return token.lower_, child
    return None
