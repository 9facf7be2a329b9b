"""Who does what a verb tells, and to whom: its logical subject, object and dative.

"Logical" means that passives, relative clauses, participles, controlled infinitives and coordination are
seen through. As in :mod:`.syntax`, all functions take spaCy tokens and return tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
CLAUSES = frozenset({"ccomp", "xcomp"})

# Verbs whose infinitive is done by their object: "asked France to expel".
OBJECT_CONTROL = frozenset(
    "ask order urge force tell allow want require press pressure push call compel persuade convince "
    "encourage invite instruct command advise warn help let make cause get enable permit forbid ban bar "
    "prevent stop block accuse suspect charge blame condemn criticise criticize convict acquit expect beg "
    "implore beseech pressurise lobby direct oblige authorise authorize prompt lead send deploy see hear "
    "find catch keep prohibit dissuade deter discourage commission task pay hire train need".split()
)

CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec mon tue "
    "wed thu fri sat sun".split()
)


def agent(verb: Token) -> list[Token]:
    """Return the by-agent of a passive verb."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.lower_ == "by" and child.dep_ == "prep"):
            found = syntax.first(child, "pobj")
            if found is not None:
                return syntax.conjuncts(found)
    return []


def antecedent(verb: Token) -> Token | None:
    """Return the noun a relative or participial clause modifies."""
    if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        return verb.head
    if verb.dep_ == "conj" and syntax.is_verbal(verb.head):
        return antecedent(verb.head)
    return None


def _through_relative(token: Token, verb: Token) -> list[Token]:
    if token.lower_ in RELATIVES:
        noun = antecedent(verb)
        return [noun] if noun is not None else []
    return syntax.conjuncts(token)


def _own(verb: Token, deps: frozenset[str]) -> list[Token] | None:
    for child in syntax.has(verb, deps):
        return _through_relative(_whole(child), verb)
    return None


def _whole(token: Token) -> Token:
    """Return "nationalists" for the "Ultra" of "Ultra-nationalists"."""
    doc, after = token.doc, token.i + 2
    if after >= len(doc) or doc[after - 1].text != "-":
        return token
    return doc[after] if syntax.first_half(doc[after]) == token else token


def surface_subject(verb: Token) -> list[Token]:
    """Return the grammatical subject of ``verb``, inherited through control and coordination."""
    own = _own(verb, SUBJECTS | PASSIVE_SUBJECTS)
    if own is not None:
        return own
    lost = [child for child in verb.lefts if is_lost_subject(child)]
    return lost[-1:] or _inherited_subject(verb)


def is_lost_object(token: Token) -> bool:
    """Tell a name that the parser took for an adverb: "warned *Turkey* that", but not "spent Tuesday"."""
    head = token.head
    return (
        token.pos_ == "PROPN"
        and token.dep_ == "npadvmod"
        and head.pos_ == "VERB"
        and token.i == head.i + 1 + len(list(token.lefts))
        and token.lower_ not in CALENDAR
    )


def is_lost_subject(token: Token) -> bool:
    """Tell a name that the parser took for part of the verb: "demanded that *Damascus* stop"."""
    head = token.head
    return (
        token.pos_ == "PROPN"
        and token.dep_ in ("compound", "nmod")
        and head.pos_ == "VERB"
        and head.dep_ not in ("amod", "compound")
        and token.i < head.i
    )


def _inherited_subject(verb: Token) -> list[Token]:
    head = syntax.joined_to(verb)
    if head.i == verb.i:
        return []
    if verb.dep_ == "conj" and syntax.is_verbal(head):
        return surface_subject(head)
    if verb.dep_ in CLAUSES and syntax.is_verbal(head):
        return _controller(verb, head)
    if verb.dep_ in ("advcl", "dep") and syntax.is_verbal(head):
        return surface_subject(head)
    if verb.dep_ == "pcomp":
        return _of_preposition(head)
    if verb.dep_ == "acl" and verb.tag_ in ("VBG", "VB", "VBN"):
        return _of_noun_clause(verb, head)
    return []


def _controller(verb: Token, head: Token) -> list[Token]:
    """Return who does the infinitive: the object of "order", the subject of "promise"."""
    if head.lemma_.lower() in OBJECT_CONTROL:
        target = logical_object(head)
        if target:
            return target
        if syntax.is_passive(head):
            return []
    return logical_subject(head) if not syntax.is_passive(head) else surface_subject(head)


def _of_preposition(prep: Token) -> list[Token]:
    """Return who does the gerund in "accused Iran of plotting", "after attacking", "for killing"."""
    head = prep.head
    if syntax.is_verbal(head):
        blamed = head.lemma_.lower() in OBJECT_CONTROL or prep.lower_ in ("of", "for", "from")
        target = logical_object(head) if blamed else []
        return target or surface_subject(head)
    if head.pos_ in ("NOUN", "PROPN"):
        governor = head.head
        if syntax.is_verbal(governor) and head.dep_ in OBJECTS:
            return surface_subject(governor)
        owner = syntax.first(head, "poss")
        return [owner] if owner is not None else []
    return []


def _of_noun_clause(verb: Token, noun: Token) -> list[Token]:
    """Return who does the clause after a noun: "forces backing", "a promise to leave"."""
    if verb.tag_ != "VB":
        return [noun]
    owner = syntax.first(noun, "poss")
    if owner is not None:
        return syntax.conjuncts(owner)
    governor = noun.head
    if syntax.is_verbal(governor) and noun.dep_ in OBJECTS:
        return surface_subject(governor)
    return []


def logical_subject(verb: Token) -> list[Token]:
    """Return who does the act: the subject, or the by-agent of a passive (empty if unnamed)."""
    if syntax.is_passive(verb):
        return agent(verb)
    return surface_subject(verb)


def logical_object(verb: Token) -> list[Token]:
    """Return who has the act done to them: direct object, passive subject, relative gap."""
    if syntax.is_passive(verb):
        if verb.dep_ in ("acl", "amod") and not any(c.dep_ in PASSIVE_SUBJECTS for c in verb.children):
            return [verb.head]
        if verb.dep_ == "conj" and verb.head.dep_ == "acl" and syntax.first(verb, "nsubjpass") is None:
            return logical_object(verb.head)
        return surface_subject(verb)
    own = _own(verb, OBJECTS)
    if own is not None:
        return own
    if _has_object_gap(verb):
        noun = antecedent(verb)
        return [noun] if noun is not None else []
    lost = [child for child in verb.rights if is_lost_object(child)]
    return lost[:1] or _shared_object(verb)


def _has_object_gap(verb: Token) -> bool:
    """Tell a relative clause whose noun is its object: "the group it had armed"."""
    if verb.dep_ != "relcl":
        return False
    subject = next(syntax.has(verb, SUBJECTS), None)
    return subject is not None and subject.lower_ not in RELATIVES


def _shared_object(verb: Token) -> list[Token]:
    """Return the object of "attacked and seized the town" for the first of the two verbs."""
    for child in syntax.has(verb, frozenset({"conj"})):
        if syntax.is_verbal(child) and _own(child, SUBJECTS) is None and child.i - verb.i <= 3:
            shared = _own(child, OBJECTS)
            if shared is not None:
                return shared
    return []


def indirect_object(verb: Token) -> list[Token]:
    """Return the dative: "gave Ukraine weapons"."""
    for child in syntax.has(verb, frozenset({"dative", "iobj"})):
        target = syntax.first(child, "pobj") if child.pos_ == "ADP" else child
        if target is not None:
            return syntax.conjuncts(target)
    return []
