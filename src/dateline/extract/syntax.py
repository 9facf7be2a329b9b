"""Questions asked of a dependency parse: what hangs on a word, how far does a phrase go, what is it in.

All functions take spaCy tokens and return tokens; none changes the parse. Who does what a verb tells, and to
whom, is asked of :mod:`.arguments`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

FINITE = frozenset({"VBD", "VBZ", "VBP"})


def has(token: Token, deps: frozenset[str]) -> Iterator[Token]:
    """Yield the children of ``token`` that stand in one of ``deps``."""
    return (child for child in token.children if child.dep_ in deps)


def first(token: Token, *deps: str) -> Token | None:
    """Return the first child of ``token`` in one of ``deps``, or None."""
    return next((child for child in token.children if child.dep_ in deps), None)


def conjuncts(token: Token) -> list[Token]:
    """Return ``token`` and the nouns or verbs coordinated below it: A, B and C."""
    found = [token]
    for child in token.children:
        if child.dep_ in ("conj", "appos_conj") and not _negated_conjunct(child):
            found += conjuncts(child)
    return found


def _negated_conjunct(token: Token) -> bool:
    """Tell "X, not Y": the second is denied, not joined."""
    return any(child.dep_ == "neg" or child.lower_ == "not" for child in token.children)


def is_verbal(token: Token) -> bool:
    """Tell whether ``token`` is a verb (not a bare auxiliary)."""
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass"))


def is_passive(verb: Token) -> bool:
    """Tell whether a verb form is passive: "was killed", "be held", reduced "armed by"."""
    if any(c.dep_ in ("auxpass", "nsubjpass", "agent") for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and is_verbal(verb.head):
        return is_passive(verb.head) and not any(c.dep_ in ("aux", "nsubj") for c in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and first(verb, "aux") is None


def joined_to(verb: Token) -> Token:
    """Return the verb a coordinated verb goes with.

    The parser often hangs a finite verb on the gerund before it: in "accused Y of plotting and expelled
    its envoy" the expelling goes with the accusing.
    """
    head = verb.head
    if verb.dep_ == "conj" and verb.tag_ in FINITE and is_verbal(head) and head.tag_ not in FINITE:
        own = any(
            (c.dep_ in ("nsubj", "nsubjpass") and head.tag_ != "VBN")
            or (c.dep_ == "aux" and c.lower_ != "had")
            for c in head.children
        )
        while not own and head.tag_ not in FINITE and head.head.i != head.i:
            head = head.head
        return head if is_verbal(head) else verb.head
    return head


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) attached to ``token``, seeing through "on behalf of" chains."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB"):
            target = first(child, "pobj")
            if target is not None:
                yield child.lower_, target
            for inner in child.children:
                if inner.dep_ == "prep":
                    deep = first(inner, "pobj")
                    if deep is not None:
                        yield f"{child.lower_} {inner.lower_}", deep
                        yield inner.lower_, deep


# "dozens of rebels", "a group of lawmakers": the noun after "of" is who.
PARTITIVES = frozenset(
    "dozen hundred thousand million score number group some many most several one two three part majority "
    "member all half third quarter crowd lot rest series handful couple pair tens convoy family body "
    "leader remains dozens hundreds thousands scores".split()
)


def is_partitive(noun: Token) -> bool:
    """Tell a word of number or part whose "of"-phrase names who is meant."""
    return noun.lemma_.lower() in PARTITIVES or bool(noun.like_num)


def clause_verbs(token: Token) -> Iterator[Token]:
    """Yield the verbs of the complement clauses of a verb or noun, coordinated ones too."""
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp", "acl", "advcl") and is_verbal(child):
            yield from (v for v in conjuncts(child) if is_verbal(v))
        elif child.dep_ == "prep":
            gerund = first(child, "pcomp")
            if gerund is not None:
                yield gerund


def left_modifiers(noun: Token) -> list[Token]:
    """Return all words before ``noun`` inside its phrase, nearest first, clauses left out."""
    words = [t for t in reversed(list(noun.lefts)) for t in _modifier_words(t)]
    half = first_half(noun)
    return words if half is None else [*words, half, *left_modifiers(half)]


def first_half(noun: Token) -> Token | None:
    """Return "vice" of "vice-president" where the parser set the two halves side by side."""
    if noun.i < 2 or noun.doc[noun.i - 1].text != "-":
        return None
    half = noun.doc[noun.i - 2]
    return half if half.head.i == noun.head.i and half.dep_ == noun.dep_ and half.i != half.head.i else None


def _modifier_words(token: Token) -> list[Token]:
    if token.dep_ in ("relcl", "punct", "det", "cc", "prep"):
        return []
    words = [w for child in token.children if child.dep_ != "conj" for w in _modifier_words(child)]
    words += [w for child in token.children if child.dep_ == "conj" for w in _modifier_words(child)]
    return [token, *words]


def second_half(noun: Token) -> Token | None:
    """Return "general" of "secretary-general" where the parser made it an apposition."""
    doc, after = noun.doc, noun.i + 2
    if after >= len(doc) or doc[after - 1].text != "-" or doc[after].head.i != noun.i:
        return None
    return doc[after] if doc[after].dep_ in ("appos", "amod", "npadvmod") else None


def phrase_bounds(noun: Token) -> tuple[int, int]:
    """Return (start, end) token indexes of a noun phrase without relative clause or apposition.

    "of"-phrases belong to it ("the prime minister of Albania"); other prepositions do not.
    """
    start = min([noun.i] + [t.left_edge.i for t in noun.lefts if t.dep_ not in ("relcl", "cc", "advmod")])
    half = first_half(noun)
    if half is not None:
        start = min(start, phrase_bounds(half)[0])
    other = second_half(noun)
    if other is not None:
        return start, phrase_bounds(other)[1]
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == end:
            target = first(child, "pobj")
            if target is not None:
                end = max(end, phrase_bounds(target)[1])
    while start < noun.i and noun.doc[start].is_punct:
        start += 1
    return start, end


def within_phrase(noun: Token) -> list[Token]:
    """Return the tokens of a noun phrase in text order, clauses inside it left out."""
    found = [noun]
    for child in noun.children:
        if child.dep_ not in ("relcl", "ccomp", "advcl", "acl"):
            found += within_phrase(child)
    return sorted(found, key=lambda t: t.i)


def clause_root(token: Token) -> Token:
    """Return the verb that governs ``token`` most closely (itself, if it is one)."""
    node = token
    while not is_verbal(node) and node.head.i != node.i:
        node = node.head
    return node


def ancestors_within(token: Token) -> Iterator[Token]:
    """Yield ``token`` and then its heads up to the root of the sentence."""
    node = token
    while True:
        yield node
        if node.head.i == node.i:
            return
        node = node.head


def in_aside(token: Token) -> bool:
    """Tell what stands in a description set off by a comma: ", which has hosted …", ", a group that …".

    Such asides explain who somebody is; they are the writer's, not the person's who is being reported.
    """
    for node in ancestors_within(token):
        if node.dep_ == "relcl":
            start = node.left_edge.i
            return (start > 0 and node.doc[start - 1].text == ",") or is_described(node.head)
        if node.dep_ in ("ccomp", "ROOT"):
            return False
    return False


def is_described(noun: Token) -> bool:
    """Tell ", a group …": an indefinite noun phrase after a comma, describing the name before it."""
    start = noun.left_edge.i
    return noun.doc[start].lower_ in ("a", "an") and start > 0 and noun.doc[start - 1].text == ","
