"""Did it happen: negated, requested, hypothetical, future or actual, and how certain.

:func:`judge` walks from an act up through the clauses that govern it, collecting marks from
``realis.tsv``: auxiliaries, adverbs, subordinators, determiners, and verbs or nouns whose complement
the act is. It stops at a verb of saying, because what is said has its own reality in the speaker's
voice; a verb of denial negates what stands below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract import cues, syntax
from dateline.extract.triggers import Hit
from dateline.lexicon import Lexicon, RealisMark
from dateline.records import Realis

if TYPE_CHECKING:
    from spacy.tokens import Token

# When several marks bear on one act, the first of these that is present decides.
PRECEDENCE: tuple[Realis, ...] = ("negated", "requested", "hypothetical", "future")
# What one may deny having had in an act.
PART = frozenset("responsibility involvement role part hand link complicity connection".split())
NOUN_CLAUSES = frozenset({"acl", "ccomp", "relcl"})  # how the parser hangs "that …" on a noun
SAYING = frozenset({"say", "write", "accuse", "perceive"})
PERFORMING = frozenset({"like", "wish", "want"})  # "I would like to thank": by saying so one does it


@dataclass(frozen=True, slots=True)
class Judgement:
    """The realis of an act, the marks it rests on, and every realis that some mark speaks for."""

    realis: Realis
    why: tuple[str, ...]
    told: frozenset[Realis] = frozenset()

    @property
    def announced(self) -> bool:
        """Tell whether a "will" bears on the act, whatever else does."""
        return "future" in self.told


def judge(hit: Hit, lexicon: Lexicon) -> Judgement:
    """Judge the act of a trigger."""
    return judge_token(hit.token, hit.support, lexicon)


def judge_token(token: Token, support: Token | None, lexicon: Lexicon) -> Judgement:
    """Judge the act that a verb, or a noun with its support verb, denotes."""
    marks = list(_Walk(lexicon).marks(token, support))
    for realis in PRECEDENCE:
        found = [m for m in marks if m.realis == realis]
        if found:
            told = frozenset(m.realis for m in marks)
            return Judgement(_combined(realis, marks), tuple(f"realis:{m.id}" for m in found), told)
    return Judgement("actual", tuple(f"realis:{m.id}" for m in marks if m.realis == "actual"))


def _combined(realis: Realis, marks: list[RealisMark]) -> Realis:
    """Let two negations cancel: "did not refuse to sign"."""
    negations = sum(m.realis == "negated" for m in marks)
    return "actual" if realis == "negated" and negations == 2 else realis


@dataclass(frozen=True, slots=True)
class _Walk:
    lexicon: Lexicon

    def marks(self, token: Token, support: Token | None) -> Iterator[RealisMark]:
        """Yield the marks that bear on an act, nearest first."""
        if syntax.is_verbal(token):
            yield from self._verb(token, depth=0)
            return
        yield from self._noun(token)
        if support is not None:
            # "cancelled the strike"; but "called the strike a mistake" asks for none
            yield from (m for m in self._governor(support) if m.kind != "request")
            yield from self._verb(support, depth=0)
        else:
            yield from self._governed_noun(token, depth=0)

    # -- nouns ----------------------------------------------------------------------------------

    def _noun(self, noun: Token) -> Iterator[RealisMark]:
        for word in syntax.left_modifiers(noun):
            yield from self._mark("modifier", word.lower_)
        for child in noun.lefts:
            if child.dep_ in ("det", "neg"):
                yield from self._mark("determiner", child.lower_)
        for clause in noun.rights:  # "the visit, which will begin on Monday"
            if clause.dep_ == "relcl" and clause.lemma_.lower() in self.lexicon.sets["OCCUR"]:
                yield from self._own(clause)

    def _governed_noun(self, noun: Token, depth: int) -> Iterator[RealisMark]:
        head = noun.head
        if depth > 6 or head.i == noun.i:
            return
        if noun.dep_ == "conj":
            yield from self._governed_noun(head, depth + 1)
        elif noun.dep_ == "nsubj" and syntax.is_verbal(head):
            yield from self._happening(head, depth)
        elif noun.dep_ in ("dobj", "nsubjpass") and syntax.is_verbal(head):
            yield from self._governor(head)
            if self._affects_object(head):
                yield from self._verb(head, depth + 1)
        elif noun.dep_ == "pobj":
            yield from self._through_preposition(head, depth)

    def _happening(self, verb: Token, depth: int) -> Iterator[RealisMark]:
        """Read what a verb says of its subject: "the talks will begin", "the march is due on Friday"."""
        lemma = verb.lemma_.lower()
        if lemma in self.lexicon.sets["OCCUR"]:
            # the noun's own "no" has been read with the noun
            yield from (m for m in self._verb(verb, depth + 1) if m.construction != "determiner")
        elif lemma == "be":
            for word in verb.children:
                if word.dep_ == "acomp" and not any(c.lower_ == "to" for c in word.children):  # "due to rain"
                    yield from self._mark("adjective", word.lower_)
                elif word.dep_ == "xcomp" and word.lemma_.lower() in self.lexicon.sets["SUPPORT"]:
                    yield from self._mark("governs", "be")

    def _affects_object(self, verb: Token) -> bool:
        """Tell a verb whose own reality is its object's: "will sign a deal", not "condemned a raid"."""
        return verb.lemma_.lower() in self.lexicon.sets["SUPPORT"]

    def _through_preposition(self, prep: Token, depth: int) -> Iterator[RealisMark]:
        yield from self._mark("preposition", prep.lower_)
        head = prep.head
        if head.dep_ == "pobj":  # "in case of attack"
            yield from self._mark("preposition", f"{head.head.lower_} {head.lower_} {prep.lower_}")
        if head.lemma_.lower() in PART and head.dep_ == "dobj" and syntax.is_verbal(head.head):
            yield from self._denied_part(head.head)
        if syntax.is_verbal(head):
            yield from self._mark("governs", f"{head.lemma_.lower()} {prep.lower_}")
        elif head.pos_ == "NOUN" and prep.lower_ in ("of", "for", "to", "on", "about", "against"):
            yield from self._mark("governs-noun", head.lemma_.lower())

    def _denied_part(self, verb: Token) -> Iterator[RealisMark]:
        """Read "denied responsibility for the raid", "denied having a hand in it" as a denial of the act."""
        above = verb.head if verb.lemma_.lower() == "have" else verb
        yield from (m for m in self._governor(above) if m.kind == "denial")

    # -- verbs ------------------------------------------------------------------------------------

    def _verb(self, verb: Token, depth: int) -> Iterator[RealisMark]:
        if depth > 8:
            return
        yield from self._own(verb)
        yield from self._above(verb, depth)

    def _own(self, verb: Token) -> Iterator[RealisMark]:
        """Yield the marks inside the verb's clause, those of its first conjunct included."""
        negated = False
        for child in verb.children:
            if child.dep_ == "neg" or (
                child.dep_ == "advmod" and any(g.dep_ == "neg" for g in child.children)
            ):
                negated = True
                yield from self._mark("adverb", "not" if child.dep_ == "advmod" else child.lower_)
            elif child.dep_ in ("aux", "auxpass"):
                yield from self._auxiliary(child, verb)
            elif child.dep_ == "mark" or (child.dep_ == "advmod" and child.i < verb.i):
                kind = "marker" if child.dep_ == "mark" else "adverb"
                yield from self._mark(kind, child.lower_)
            elif child.dep_ in ("nsubj", "dobj", "nsubjpass"):
                yield from self._empty(child)
            elif child.dep_ == "advcl":
                yield from self._condition(child)
        if not negated and _no_longer(verb):
            yield from self._mark("adverb", "no longer")

    def _auxiliary(self, aux: Token, verb: Token) -> Iterator[RealisMark]:
        """Read a modal in its clause: "must have left" guesses, "said it would leave" announces."""
        word = aux.lower_
        if word == "would" and self._is_told(verb):
            word = "will"
        for mark in self._mark("aux", word):
            if mark.kind == "obligation" and (_is_perfect(verb) or _is_condition(aux, verb)):
                yield from self._mark("aux", "would")
            else:
                yield mark

    def _is_told(self, verb: Token) -> bool:
        """Tell the past's future in reported speech: "said it would leave", without a condition."""
        head = verb.head
        cue = self.lexicon.cues.get(("verb", head.lemma_.lower()))
        if verb.dep_ != "ccomp" or cue is None or cue.kind not in (*SAYING, "promise"):
            return False
        return head.tag_ in ("VBD", "VBN", "VBG") and not any(c.dep_ == "advcl" for c in verb.children)

    def _empty(self, noun: Token) -> Iterator[RealisMark]:
        """Read "no troops", "nobody", "neither side" as a negation of the verb."""
        for child in noun.lefts:
            if child.dep_ in ("det", "neg", "preconj"):
                yield from self._mark("determiner", child.lower_)
        if noun.lower_ in ("nobody", "none", "nothing", "neither"):
            yield from self._mark("determiner", "no")

    def _condition(self, clause: Token) -> Iterator[RealisMark]:
        """Read "… if Iran attacks" as a condition on the main clause too, when that is not past."""
        marker = syntax.first(clause, "mark")
        future = any(c.dep_ == "aux" and c.tag_ == "MD" for c in clause.head.children)
        if marker is not None and future and marker.lower_ in ("if", "unless"):
            yield from self._mark("marker", marker.lower_)

    def _above(self, verb: Token, depth: int) -> Iterator[RealisMark]:
        head, dep = syntax.joined_to(verb), verb.dep_
        if head.i == verb.i:
            yield from self._headline(verb)
            return
        if dep == "conj" and syntax.is_verbal(head):
            if not _starts_afresh(verb, head):
                yield from self._verb(head, depth + 1)
            else:
                yield from self._above(head, depth + 1)
        elif dep in ("xcomp", "ccomp") and syntax.is_verbal(head):
            yield from self._complement(verb, head, depth)
        elif dep in ("xcomp", "ccomp") and head.pos_ in ("ADJ", "ADV"):
            yield from self._adjective(head, depth)
        elif dep == "pcomp":
            yield from self._gerund(head, depth)
        elif dep == "advcl" and syntax.is_verbal(head):
            yield from self._adverbial(verb, head, depth)
        elif dep == "acl" and verb.tag_ == "VB":
            yield from self._noun_clause(head)
        elif dep in NOUN_CLAUSES and self._is_denied(head):
            yield from self._mark("governs", "deny")
        elif dep == "acl" and head.lemma_.lower() in ("claim", "report", "allegation", "denial"):
            yield from self._mark("governs-noun", head.lemma_.lower())

    def _is_denied(self, noun: Token) -> bool:
        """Tell "dismissed reports that troops had crossed": who denies a claim denies its act."""
        cue = self.lexicon.cues.get(("noun", noun.lemma_.lower()))
        return cue is not None and cue.kind in cues.CLAIMS and cues.denial_of(noun, self.lexicon) is not None

    def _headline(self, verb: Token) -> Iterator[RealisMark]:
        """Read the infinitive of a headline as announced: "Zambia to expel envoy"."""
        subject = syntax.first(verb, "nsubj", "nsubjpass")
        if subject is not None and any(c.lower_ == "to" and subject.i < c.i < verb.i for c in verb.children):
            yield from self._mark("governs", "be")

    def _complement(self, verb: Token, head: Token, depth: int) -> Iterator[RealisMark]:
        lemma = head.lemma_.lower()
        found = list(self._governing(verb, head))
        if lemma in PERFORMING and ("performs", verb.lemma_.lower()) in self.lexicon.realis:
            return
        if lemma in ("have", "be") and any(c.lower_ == "yet" for c in (*head.children, *verb.children)):
            yield from self._mark("adverb", "yet to")
        elif found and not _with_fact(verb, found):
            yield from (m for m in found if m.realis != "actual")
            yield from self._negation(head)
        elif ("verb", lemma) in self.lexicon.cues and self.lexicon.cues["verb", lemma].kind in SAYING:
            return
        elif verb.dep_ == "xcomp":
            yield from self._thwarted(head)
            yield from self._verb(head, depth + 1)

    def _thwarted(self, attempt: Token) -> Iterator[RealisMark]:
        """Read "tried to storm it but were stopped" as an act that did not come about."""
        for then in attempt.children:
            if then.dep_ == "conj" and syntax.is_passive(then):
                yield from self._mark("thwarted", then.lemma_.lower())

    def _governing(self, verb: Token, head: Token) -> Iterator[RealisMark]:
        """Yield what a verb makes of its complement: "has to leave", "is to leave", "stopped shelling"."""
        lemma = head.lemma_.lower()
        if verb.tag_ == "VBG":
            yield from (gerund := list(self._mark("gerund", lemma)))
            if gerund:
                return
        if lemma == "have" and verb.dep_ == "xcomp":
            lemma = "have to"
        if lemma == "be":
            subject = syntax.first(head, "nsubj")
            plan = list(self._mark("governs-noun", subject.lemma_.lower())) if subject is not None else []
            yield from plan or (self._mark("governs", "be") if verb.dep_ == "xcomp" else ())
            return
        # what somebody had to do or was let do is mostly told because it was done
        done = ("obligation", "permission") if _is_past(head) or _is_perfect(head) else ()
        yield from (m for m in self._mark("governs", lemma) if m.kind not in done)

    def _negation(self, head: Token) -> Iterator[RealisMark]:
        """Read "does not have to leave", "is not ready to fight", "did not refuse to sign"."""
        if any(m.realis == "negated" for m in self._governor(head)) or head.lemma_.lower() in ("have", "be"):
            yield from (m for m in self._own(head) if m.realis == "negated")

    def _adjective(self, adjective: Token, depth: int) -> Iterator[RealisMark]:
        """Read "is ready to fight", "was unable to enter": the adjective, then its verb."""
        yield from self._mark("adjective", adjective.lower_)
        if syntax.is_verbal(adjective.head):
            yield from self._verb(adjective.head, depth + 1)

    def _governor(self, head: Token) -> Iterator[RealisMark]:
        yield from self._mark("governs", "plan" if _is_left_open(head) else head.lemma_.lower())

    def _gerund(self, prep: Token, depth: int) -> Iterator[RealisMark]:
        yield from self._mark("preposition", prep.lower_)
        for adverb in prep.lefts:  # "instead of leaving"
            yield from self._mark("preposition", f"{adverb.lower_} {prep.lower_}")
        head = prep.head
        if syntax.is_verbal(head):
            yield from self._mark("governs", f"{head.lemma_.lower()} {prep.lower_}")
        elif head.dep_ in ("prep", "advmod", "advcl"):  # "instead of leaving", "far from leaving"
            yield from self._mark("preposition", f"{head.lower_} {prep.lower_}")
        elif head.pos_ == "NOUN":
            yield from self._mark("governs-noun", head.lemma_.lower())

    def _adverbial(self, verb: Token, head: Token, depth: int) -> Iterator[RealisMark]:
        """Read a bare infinitive of purpose as not yet done; "for X to …" asks after "call"."""
        if verb.tag_ != "VB" and not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
            return
        if any(c.lower_ == "for" and c.dep_ == "mark" for c in verb.children):
            yield from self._mark("governs", f"{head.lemma_.lower()} for")
        else:
            yield from self._governor(head) if head.lemma_.lower() not in ("say", "be") else ()
            yield from self._mark("marker", "to")

    def _noun_clause(self, noun: Token) -> Iterator[RealisMark]:
        found = list(self._mark("governs-noun", noun.lemma_.lower()))
        yield from found or self._mark("marker", "to")

    def _mark(self, construction: str, word: str) -> Iterator[RealisMark]:
        mark = self.lexicon.realis.get((construction, word))
        if mark is not None:
            yield mark


def _is_perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("have", "'ve", "’ve") for c in verb.children)


def _is_condition(aux: Token, verb: Token) -> bool:
    """Tell "Should Iran attack, …" and "if Iran should attack" from a demand."""
    subject = syntax.first(verb, "nsubj", "nsubjpass")
    inverted = aux.lower_ == "should" and subject is not None and aux.i < subject.i and verb.dep_ == "advcl"
    return inverted or any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "lest") for c in verb.children)


def _is_left_open(verb: Token) -> bool:
    """Tell "did not rule out sanctions", "refused to rule it out": what is possible is not prevented."""
    if verb.lemma_.lower() != "rule" or not any(c.lower_ == "out" for c in verb.children):
        return False
    return any(c.dep_ == "neg" for c in verb.children) or verb.head.lemma_.lower() in ("refuse", "decline")


def _is_past(verb: Token) -> bool:
    """Tell a past verb form: "had to", "was obliged to"."""
    return verb.tag_ == "VBD" or any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in verb.children)


def _no_longer(verb: Token) -> bool:
    return any(c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children) for c in verb.children)


def _starts_afresh(verb: Token, head: Token) -> bool:
    """Tell a coordinated verb that leaves the first one's marks behind: "did not attack but seized"."""
    own = any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for c in verb.children)
    but = any(c.dep_ == "cc" and c.lower_ == "but" and c.i < verb.i for c in head.children)
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") and any(c.tag_ == "MD" for c in head.children)
    return own or but or finite or (verb.tag_ == "VBD" and head.tag_ in ("VB", "VBN"))


def _with_fact(verb: Token, marks: list[RealisMark]) -> bool:
    """Tell a finite that-clause under a verb that only makes infinitives unreal ("told", "plans")."""
    subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    indicative = verb.tag_ in ("VBD", "VBZ", "VBP") or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ in ("MD", "VBD", "VBZ", "VBP") for c in verb.children
    )
    return subject and indicative and all(m.kind in ("intention", "request") for m in marks)
