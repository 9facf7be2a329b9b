"""Who stands where: the slots of a trigger row looked up in the parse.

The slots are described in ``data/README.md``; a slot names a place in the sentence, :class:`Standing` looks
who stands there. Whether he is a party to the act is for :mod:`.roles` to weigh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.extract import arguments, syntax
from dateline.extract.cast import Cast
from dateline.extract.triggers import Hit, prepositional
from dateline.lexicon import Slots
from dateline.parse import Paragraph
from dateline.records import ActorRef

if TYPE_CHECKING:
    from spacy.tokens import Token

AUTHORITY = frozenset({"GOV", "LEG", "MIL", "JUD", "COP", "SPY"})
# Things through which their owner acts.
INSTRUMENTS = frozenset(
    "missile rocket drone shell bomb strike airstrike artillery gunfire fire tank helicopter jet plane "
    "warplane vessel boat ship warship submarine aircraft mortar gunboat bulldozer raid attack shelling "
    "offensive operation campaign bombardment invasion incursion assault ambush troop convoy law "
    "legislation ruling decree sanction blockade bombing navy fleet sniper gun list blacklist".split()
)
# Slots in which a town is what an act is done to: "shelled Aleppo", "the siege of Aleppo".
SUFFERING = frozenset({"obj", "against", "on", "of", "clause.obj"})
# Prepositions after which the last resort looks for who is acted on; "in" tells a place.
TOWARDS = frozenset("to against on with from of toward towards over at for".split())
INFINITIVES = frozenset({"VB", "VBG"})  # what is agreed, threatened, launched "to do"
SPEAKERS_OWN = frozenset({"i", "we", "us", "our", "me", "my"})
FIRST_PERSON = "first-person"  # the reason of whoever is meant by one of these

Speaker = Callable[["Token"], ActorRef | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """The places around one hit.

    ``speaker`` says who "we" is at a token inside quoted speech, ``owner`` whose "the police" are inside any
    reported speech.
    """

    hit: Hit
    paragraph: Paragraph
    cast: Cast
    speaker: Speaker
    owner: Speaker

    def take(self, slots: Slots) -> tuple[ActorRef, ...]:
        """Return who stands in the first alternative that is filled."""
        for joined in slots.alternatives:
            found: dict[ActorRef, None] = {}
            for slot in joined:
                found.update(dict.fromkeys(self._slot(slot)))
            if found:
                return tuple(sorted(found, key=lambda a: a.span))
        return ()

    def heads(self, slots: Slots) -> list[Token]:
        """Return the head tokens of the first alternative that is filled, named or not."""
        for joined in slots.alternatives:
            found = [token for slot in joined for token in self._tokens(slot)]
            if found:
                return found
        return []

    def deeper(self, actor: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
        """Return who is named first inside the object or after a preposition of the act: "eased curbs on X".

        Objects of an infinitive below the act count as well: "agreed to lift a ban on X".

        This is the last resort where the usual places are empty; the actor's own forces and arms do not
        count, and a town only within the object.
        """
        verbs = [v for v in (self.hit.token, self.hit.support) if v is not None]
        objects = [o for v in verbs if syntax.is_verbal(v) for o in arguments.logical_object(v)]
        governed = [n for v in verbs for p, n in syntax.prepositions(v) if p in TOWARDS]
        clauses = [c for v in (*verbs, *objects) for c in syntax.clause_verbs(v) if c.tag_ in INFINITIVES]
        objects += [o for c in clauses for o in arguments.logical_object(c)]
        governed += [n for c in clauses for p, n in syntax.prepositions(c) if p in TOWARDS]
        for phrase in (*objects, *governed):
            for token in syntax.within_phrase(phrase):
                if token.i == self.hit.token.i or token.tag_ == "PRP$":
                    continue
                found = [a for a in self.refs(token) if _may_suffer(a, actor)]
                if phrase in governed:
                    found = [a for a in found if not is_place(a)]
                if found:
                    return tuple(dict.fromkeys(found))
        return ()

    def _slot(self, slot: str) -> Iterator[ActorRef]:
        for token in self._tokens(slot):
            yield from (a for a in self.refs(token) if slot in SUFFERING or not is_place(a))

    def refs(self, token: Token) -> Iterator[ActorRef]:
        """Turn one token into who it names: itself, the speaker, or those it is a number of."""
        if token.lower_ in SPEAKERS_OWN and token.pos_ == "PRON":  # not "US"
            spoken = self.speaker(token)
            if spoken is not None:
                span = self.paragraph.span(token)
                yield replace(spoken, span=span, why=(*spoken.why, FIRST_PERSON))
            return
        if syntax.is_partitive(token):
            inner = [n for p, n in syntax.prepositions(token) if p == "of"]
            if inner:
                for noun in syntax.conjuncts(inner[0]):
                    yield from self._widened(noun, token)
                return
        for actor in self.cast.parties(self.paragraph, token):
            yield self._seen_by_speaker(token, actor)

    def _seen_by_speaker(self, token: Token, actor: ActorRef) -> ActorRef:
        """Read "the government" inside reported speech as the speaker's own."""
        if "setting" not in actor.why:
            return actor
        owner = self.owner(token)
        if owner is None or owner.code is None or "setting" in owner.why:
            return actor
        return replace(actor, code=owner.code, why=(*actor.why, "speaker"))

    def _widened(self, noun: Token, head: Token) -> Iterator[ActorRef]:
        for actor in self.refs(noun):
            start, end = syntax.phrase_bounds(head)
            wide = self.paragraph.span(self.paragraph.doc[start : max(end, noun.i + 1)])
            yield replace(actor, span=wide) if wide.contains(actor.span) else actor

    def _tokens(self, slot: str) -> Iterable[Token]:
        token = self.hit.token
        verbal = syntax.is_verbal(token)
        if slot == "subj":
            return self._subject(token, verbal)
        if slot == "by":
            return arguments.agent(token) if verbal else self._prepositional("by")
        if slot == "obj":
            return self._object(token, verbal)
        if slot == "iobj":
            return arguments.indirect_object(token)
        if slot == "poss":
            return self._possessors(token)
        if slot == "adj":
            return self._nationalities(token)
        if slot == "matrix":
            return self._matrix(token)
        if slot.startswith("clause"):
            return self._clause(slot)
        if slot.startswith("obj."):
            return self._inside_object(slot)
        return self._prepositional(slot)

    def _subject(self, token: Token, verbal: bool) -> list[Token]:
        if verbal:
            return self._through_event(arguments.logical_subject(token))
        if self.hit.support is not None and not self.hit.suffers:
            return arguments.logical_subject(self.hit.support)
        if token.dep_ in ("attr", "acomp", "oprd") and syntax.is_verbal(token.head):
            return arguments.surface_subject(token.head)
        return arguments.surface_subject(token) if token.pos_ == "ADJ" else []

    def _through_event(self, subjects: list[Token]) -> list[Token]:
        """Let the doer of "an Israeli strike" act in "an Israeli strike killed"."""
        found: list[Token] = []
        for noun in subjects:
            if noun.pos_ == "NOUN" and self.cast.actor(self.paragraph, noun) is None:
                found += self._doers(noun) or [noun]
            else:
                found.append(noun)
        return found

    def _doers(self, noun: Token) -> list[Token]:
        by = [n for p, n in syntax.prepositions(noun) if p == "by"]
        doers = [c for n in by for c in syntax.conjuncts(n)] or self._possessors(noun)
        if not doers and noun.dep_ in arguments.OBJECTS and syntax.is_verbal(noun.head):
            return arguments.logical_subject(noun.head)  # "parliament passed a resolution criticising …"
        return doers

    def _object(self, token: Token, verbal: bool) -> list[Token]:
        if verbal:
            return arguments.logical_object(token)
        if self.hit.support is not None and self.hit.suffers:
            return arguments.surface_subject(self.hit.support)
        return []

    def _possessors(self, token: Token) -> list[Token]:
        return [c for child in token.children if child.dep_ == "poss" for c in syntax.conjuncts(child)]

    def _nationalities(self, token: Token) -> list[Token]:
        """Return the token itself when a nationality before it says whose act it is."""
        owned = self.cast.actor(self.paragraph, token)
        if owned is None:
            return []
        before = token.idx
        near = any(w.startswith(("belongs-to", "role")) for w in owned.why)
        words = [t for t in syntax.left_modifiers(token) if t.dep_ != "poss"]
        named = any(self.cast.name_at(self.paragraph, w) for w in words if w.idx < before)
        return [token] if near and named else []

    def _matrix(self, token: Token) -> list[Token]:
        """Return who does what is done at a noun's doing: "*France* left at the request of Mali"."""
        prep = token.head
        verb = prep.head
        if prep.dep_ == "prep" and syntax.is_verbal(verb):
            return arguments.logical_subject(verb)
        return []

    def _clause(self, slot: str) -> list[Token]:
        verbs = (
            [self.hit.clause] if self.hit.clause is not None else list(syntax.clause_verbs(self.hit.token))
        )
        own = {t.i for t in self._subject(self.hit.token, syntax.is_verbal(self.hit.token))}
        for verb in verbs:
            if slot == "clause.obj":
                found = arguments.logical_object(verb)
            elif slot == "clause.subj":
                found = arguments.logical_subject(verb)
            else:
                found = [t for t in arguments.surface_subject(verb) if t.i not in own]
                found = found or arguments.logical_object(verb)
            if found:
                return found
        return []

    def _inside_object(self, slot: str) -> list[Token]:
        heads = arguments.logical_object(self.hit.token)
        if slot == "obj.poss":
            return [t for head in heads for t in self._possessors(head)]
        inside = [t for head in heads for t in head.subtree if t.i != head.i and _is_actor_word(t)]
        return [t for t in inside if self.cast.actor(self.paragraph, t) is not None] or heads

    def _prepositional(self, slot: str) -> list[Token]:
        """Return who stands after a preposition: the first noun there that names somebody."""
        nouns = [n for p, n in prepositional(self.hit.token, self.hit.support, self.hit.used) if p == slot]
        for noun in nouns:
            if any(True for _ in self.refs(noun)):
                return syntax.conjuncts(noun)
        return syntax.conjuncts(nouns[0]) if nouns else []


def _may_suffer(other: ActorRef, actors: tuple[ActorRef, ...]) -> bool:
    """Tell another party from the actor, its forces and arms, and forces of nobody named."""
    if any(other.span.overlaps(a.span) for a in actors) or is_instrument(other):
        return False
    if other.code is None:
        return other.sector not in AUTHORITY
    return not any(
        a.code == other.code and (a.sector == other.sector or other.sector == "MIL") for a in actors
    )


def is_instrument(actor: ActorRef) -> bool:
    """Tell arms and acts through which their owner acts: "Russian missiles"."""
    return any(word.lower().rstrip("s") in INSTRUMENTS for word in actor.span.text.split())


def is_place(actor: ActorRef) -> bool:
    """Tell a town from whom it belongs to."""
    return any(w.startswith("place:") for w in actor.why)


def _is_actor_word(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "amod", "nmod")
