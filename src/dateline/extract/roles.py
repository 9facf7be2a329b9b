"""Who did it to whom: the slots of a trigger row filled from the parse.

:func:`fill` returns the actors and recipients of one hit. The slots are described in
``data/README.md``; a slot names a place in the sentence, this module looks who stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.extract import arguments, parties, sectors, syntax
from dateline.extract.cast import Cast
from dateline.extract.reading import NOTHING, Readings
from dateline.extract.scene import DOMESTIC
from dateline.extract.triggers import Hit, prepositional
from dateline.lexicon import Slots
from dateline.parse import Paragraph
from dateline.records import ActorRef

if TYPE_CHECKING:
    from spacy.tokens import Token

AUTHORITY = frozenset({"GOV", "LEG", "MIL", "JUD", "COP", "SPY"})
# Who is at home unless the text says otherwise; rebels and gunmen may come from anywhere.
AT_HOME = DOMESTIC | {"CVL", "SOC", "JRN", "BUS", "CRM", "ELI", "REF", "LAB", "EDU", "AGR", "MED", "REL"}
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
FIRST_PERSON = frozenset({"i", "we", "us", "our", "me", "my"})

Speaker = Callable[["Token"], ActorRef | None]

ELSEWHERE = 0.5  # and from this on somebody named in another sentence fills a role that is empty in its own
BELONGS = 0.5  # from this probability on a word belongs to somebody whom nothing else names


@dataclass(frozen=True, slots=True)
class Filled:
    """Actors and recipients of one trigger, each in text order without repeats."""

    actor: tuple[ActorRef, ...]
    recipient: tuple[ActorRef, ...]


def fill(
    hit: Hit, paragraph: Paragraph, cast: Cast, speaker: Speaker, owner: Speaker, readings: Readings
) -> Filled:
    """Fill both roles of a hit with those named in its sentence for whom most speaks (:mod:`.parties`).

    ``speaker`` says who "we" is at a token inside quoted speech, ``owner`` whose "the police" are inside
    any reported speech, ``readings`` which words the network links to the act, and each party's sector.
    """
    desk = _Roles(hit, paragraph, cast, speaker, owner, readings)
    slots = {
        "actor": tuple(a for a in desk.take(hit.row.actor) if _can_act(a)),
        "recipient": desk.take(hit.row.recipient),
    }
    last = desk.deeper(slots["actor"]) if slots["actor"] and not slots["recipient"] else ()
    links = {role: readings.members(paragraph, hit.token, role) for role in slots}
    linked: frozenset[ActorRef] = frozenset()
    if links["actor"]:
        named = desk.named((*slots["actor"], *slots["recipient"], *last))
        slots = {role: desk.weighed(role, links[role], named, slots, last) for role in slots}
        linked = frozenset(a for a, words in named.items() if _chances(links["actor"], words)[1] >= BELONGS)
    acting = [a for a in slots["actor"] if _can_act(a) or (a in linked and not _is_place(a))]
    acting = acting or [a for a in desk.elsewhere("actor") if _can_act(a)]
    actor = tuple(desk.sectored(a) for a in acting)
    recipient = slots["recipient"] or (desk.elsewhere("recipient") if links["actor"] else last)
    taken = {a.span for a in actor}
    recipient = tuple(
        desk.sectored(r) for r in recipient if r.span not in taken and not _is_own(r, actor)
    )
    return _domestic(Filled(actor, recipient))


def _is_own(recipient: ActorRef, actors: tuple[ActorRef, ...]) -> bool:
    """Tell the actor's own forces ("strengthened its troops"), who are no recipient of what they do."""
    if recipient.sector != "MIL":
        return False
    own = recipient.span.text.split(maxsplit=1)[0].lower() in ("its", "their", "his", "her", "our")
    return own and recipient.code is not None and recipient.code in {a.code for a in actors}


def _may_suffer(other: ActorRef, actors: tuple[ActorRef, ...]) -> bool:
    """Tell another party from the actor, its forces and arms, and forces of nobody named."""
    if any(other.span.overlaps(a.span) for a in actors) or _is_instrument(other):
        return False
    if other.code is None:
        return other.sector not in AUTHORITY
    return not any(
        a.code == other.code and (a.sector == other.sector or other.sector == "MIL") for a in actors
    )


def _is_instrument(actor: ActorRef) -> bool:
    return any(word.lower().rstrip("s") in INSTRUMENTS for word in actor.span.text.split())


def _can_act(actor: ActorRef) -> bool:
    """Tell who from what: "Russian missiles" act for Russia, "Russian gas", "shares" and towns do not."""
    return not _is_place(actor) and _is_doer(actor)


def _is_place(actor: ActorRef) -> bool:
    return any(w.startswith("place:") for w in actor.why)


def _is_doer(actor: ActorRef) -> bool:
    return not any(w.startswith("belongs-to") for w in actor.why) or _is_instrument(actor)


def party_tokens(hit: Hit, paragraph: Paragraph, cast: Cast) -> tuple[list[Token], list[Token]]:
    """Return the head tokens in the actor and recipient slots of a hit, whoever they name."""
    desk = _Roles(hit, paragraph, cast, lambda _: None, lambda _: None, NOTHING)
    return desk.heads(hit.row.actor), desk.heads(hit.row.recipient)


@dataclass(frozen=True, slots=True)
class _Roles:
    hit: Hit
    paragraph: Paragraph
    cast: Cast
    speaker: Speaker
    owner: Speaker
    readings: Readings

    def named(self, by_slots: Iterable[ActorRef]) -> dict[ActorRef, list[int]]:
        """Return everybody the sentence names, those of the slots among them, each with its words."""
        everybody = (a for token in self.hit.token.sent for a in self._refs(token))
        return {a: [t.i for t in self._words(a)] for a in dict.fromkeys((*by_slots, *everybody))}

    def _words(self, actor: ActorRef) -> list[Token]:
        """Return the words of the sentence that name somebody."""
        words = (t for t in self.hit.token.sent if not t.is_space)
        return [t for t in words if self.paragraph.span(t).overlaps(actor.span)]

    def weighed(
        self,
        role: str,
        links: dict[int, float],
        named: dict[ActorRef, list[int]],
        slots: dict[str, tuple[ActorRef, ...]],
        last: tuple[ActorRef, ...],
    ) -> tuple[ActorRef, ...]:
        """Return who fills a role: those named in the sentence, weighed, or a name nothing resolves."""
        chances = {a: _chances(links, words) for a, words in named.items()}
        other = slots["recipient" if role == "actor" else "actor"]
        own, others, resort = (frozenset(a.span for a in found) for found in (slots[role], other, last))
        slotted = parties.Slotted(own, others, resort if role == "recipient" else frozenset())
        found = parties.chosen(role, named, chances, slotted, self.paragraph.span(self.hit.token))
        return found or tuple(self._unnamed(links))

    def _unnamed(self, links: dict[int, float]) -> Iterator[ActorRef]:
        """Yield whom the network links to the act and nothing resolves.

        Names and numbers of people; other nouns where the network knows their sector.
        """
        doc = self.hit.token.doc
        own = {i for i, chance in links.items() if chance >= BELONGS}
        for token in (doc[i] for i in sorted(own) if doc[i].head.i not in own):
            start, end = syntax.phrase_bounds(token)
            span = self.paragraph.span(doc[start:end])
            found = self.cast.name_at(self.paragraph, token)
            if found is not None and found.entries[0].code:
                entry = found.entries[0]
                yield ActorRef(entry.code, entry.sector, entry.name, span, (f"gazetteer:{entry.id}",))
            elif token.pos_ in ("PROPN", "NUM"):
                yield ActorRef(None, None, span.text, span, ("unresolved",))
            elif token.pos_ == "NOUN":
                actor = ActorRef(None, None, span.text, span, ("linked",))
                told = sectors.judged(actor, self.readings.sectors(self.paragraph, token.i))
                yield from (told,) if told.sector else ()

    def elsewhere(self, role: str) -> tuple[ActorRef, ...]:
        """Return whom the sentences beside it name and the network links to the act."""
        links = self.readings.elsewhere(self.paragraph, self.hit.token, role)
        named = (self.cast.actors.get(key) for key, chance in links.items() if chance >= ELSEWHERE)
        return parties.outermost(a for a in named if a is not None)

    def sectored(self, actor: ActorRef) -> ActorRef:
        """Return a party with the sector that tables and network together give it."""
        words = self._words(actor)
        inside = {t.i for t in words}
        head = next((t for t in words if t.head.i not in inside or t.head.i == t.i), None)
        chances = self.readings.sectors(self.paragraph, head.i) if head is not None else {}
        return sectors.judged(actor, chances)

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
                found = [a for a in self._refs(token) if _may_suffer(a, actor)]
                if phrase in governed:
                    found = [a for a in found if not _is_place(a)]
                if found:
                    return tuple(dict.fromkeys(found))
        return ()

    def _slot(self, slot: str) -> Iterator[ActorRef]:
        for token in self._tokens(slot):
            yield from (a for a in self._refs(token) if slot in SUFFERING or not _is_place(a))

    def _refs(self, token: Token) -> Iterator[ActorRef]:
        """Turn one token into who it names: itself, the speaker, or those it is a number of."""
        if token.lower_ in FIRST_PERSON and token.pos_ == "PRON":  # not "US"
            spoken = self.speaker(token)
            if spoken is not None:
                span = self.paragraph.span(token)
                yield replace(spoken, span=span, why=(*spoken.why, "first-person"))
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
        for actor in self._refs(noun):
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
            if any(True for _ in self._refs(noun)):
                return syntax.conjuncts(noun)
        return syntax.conjuncts(nouns[0]) if nouns else []


def _chances(links: Mapping[int, float], words: Iterable[int]) -> tuple[float, float]:
    """Return how probably the strongest word of a phrase belongs to the act, and its words on average."""
    inside = [links[i] for i in words if i in links]
    return (max(inside), sum(inside) / len(inside)) if inside else (0.0, 0.0)


def _is_actor_word(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "amod", "nmod")


def _domestic(filled: Filled) -> Filled:
    """Give a role without a country the country of the other side, when the act is one at home."""
    return Filled(_at_home(filled.actor, filled.recipient), _at_home(filled.recipient, filled.actor))


def _names_others(actor: ActorRef) -> bool:
    """Tell "Kurdish activists" from "activists": a capitalised word may say where they are from."""
    return any(word[:1].isupper() for word in actor.span.text.split()[1:])


def _at_home(these: tuple[ActorRef, ...], those: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    codes = {(a.code, a.sector) for a in those if a.code and a.sector in DOMESTIC}
    if len(codes) != 1:
        return these
    code, sector = codes.pop()
    return tuple(
        replace(a, code=code, why=(*a.why, "domestic"))
        if not (a.sector in AUTHORITY and sector in AUTHORITY)  # "the ministry summoned the envoy"
        and a.code is None
        and a.sector in AT_HOME
        and "unresolved" not in a.why
        and not _names_others(a)
        else a
        for a in these
    )
