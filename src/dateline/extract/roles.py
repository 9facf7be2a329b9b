"""Who did it to whom: those who stand in the slots of a row, weighed with what the network links to the act.

:func:`fill` returns the actors and recipients of one hit. Who stands in a slot is :mod:`.standing`'s
question, what speaks for each :mod:`.parties`', and for those who stand around the act :mod:`.unsaid`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.extract import choice, identity, parties, syntax, unsaid
from dateline.extract.reading import Readings
from dateline.extract.scene import DOMESTIC
from dateline.extract.standing import AUTHORITY, FIRST_PERSON, Standing, is_instrument, is_place
from dateline.records import ActorRef

if TYPE_CHECKING:
    from spacy.tokens import Token

# Who is at home unless the text says otherwise; rebels and gunmen may come from anywhere.
AT_HOME = DOMESTIC | {"CVL", "SOC", "JRN", "BUS", "CRM", "ELI", "REF", "LAB", "EDU", "AGR", "MED", "REL"}
BACKING = frozenset({"support", "solidarity", "sympathy"})
BELONGS = 0.5  # from this probability on a word belongs to somebody whom nothing else names
# How a word stands before the noun whose phrase it is part of.
MODIFYING = frozenset({"amod", "compound", "nmod", "nummod"})


@dataclass(frozen=True, slots=True)
class Filled:
    """Actors and recipients of one trigger, each in text order without repeats."""

    actor: tuple[ActorRef, ...]
    recipient: tuple[ActorRef, ...]


def fill(standing: Standing, readings: Readings) -> Filled:
    """Fill both roles of a hit with those for whom most speaks (:mod:`.parties`, :mod:`.unsaid`).

    ``readings`` say which words the network links to the act, and each party's sector.
    """
    desk = _Roles(standing, readings)
    said = desk.said()
    actor = said.actor or desk.beyond("actor", said.recipient)
    recipient = said.recipient or desk.beyond("recipient", actor)
    taken = {a.span for a in actor}
    receiving = tuple(r for r in recipient if r.span not in taken and not _is_own(r, actor))
    if standing.hit.row.event == "PROTEST":
        receiving = tuple(r for r in receiving if not _is_backed(r))
    return _domestic(Filled(actor, receiving))


def unfilled(standing: Standing, readings: Readings) -> Iterator[tuple[str, list[choice.Described]]]:
    """Yield each role that no clause fills, with who may fill it: what ``unsaid`` is fitted to."""
    desk = _Roles(standing, readings)
    said = desk.said()
    actor = said.actor or desk.beyond("actor", said.recipient)
    for role, own, other in (("actor", said.actor, said.recipient), ("recipient", said.recipient, actor)):
        if not own:
            around = desk.around(role, other)
            yield role, list(unsaid.described(role, standing.hit, other, around, standing.cast.states))


def _once(parties: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """Return those who fill a role, without the pronouns of those who stand there by name."""
    found = tuple(dict.fromkeys(parties))
    named = {(words, p.code) for p in found if not _is_pronoun(p) for words in (p.name, p.span.text)}
    return tuple(p for p in found if not _is_pronoun(p) or (p.name, p.code) not in named)


def _is_pronoun(party: ActorRef) -> bool:
    return any(why.startswith("coreference:pronoun") for why in party.why)


def _is_backed(recipient: ActorRef) -> bool:
    """Tell whom a rally is for, "marched in *support of Lebanon*", from whom it is against."""
    return recipient.span.text.split(maxsplit=1)[0].lower() in BACKING


def _is_own(recipient: ActorRef, actors: tuple[ActorRef, ...]) -> bool:
    """Tell the actor's own forces ("strengthened its troops"), who are no recipient of what they do."""
    if recipient.sector != "MIL":
        return False
    own = recipient.span.text.split(maxsplit=1)[0].lower() in ("its", "their", "his", "her", "our")
    return own and recipient.code is not None and recipient.code in {a.code for a in actors}


def _can_act(actor: ActorRef) -> bool:
    """Tell who from what: "Russian missiles" act for Russia, "Russian gas", "shares" and towns do not."""
    return not is_place(actor) and _is_doer(actor)


def _is_doer(actor: ActorRef) -> bool:
    return not any(w.startswith("belongs-to") for w in actor.why) or is_instrument(actor)


@dataclass(frozen=True, slots=True)
class _Roles:
    standing: Standing
    readings: Readings

    def said(self) -> Filled:
        """Return whom the act's own sentence names in its roles."""
        standing, hit = self.standing, self.standing.hit
        slots = {
            "actor": tuple(a for a in standing.take(hit.row.actor) if _can_act(a)),
            "recipient": standing.take(hit.row.recipient),
        }
        last = standing.deeper(slots["actor"]) if slots["actor"] and not slots["recipient"] else ()
        links = {role: self.readings.members(standing.paragraph, hit.token, role) for role in slots}
        if not links["actor"]:
            return self._judged(slots["actor"], slots["recipient"] or last)
        named = self.named((*slots["actor"], *slots["recipient"], *last))
        weighed = {role: self.weighed(role, links[role], named, slots, last) for role in slots}
        linked = {a for a, words in named.items() if _chances(links["actor"], words)[1] >= BELONGS}
        acting = (a for a in weighed["actor"] if _can_act(a) or (a in linked and not is_place(a)))
        return self._judged(acting, weighed["recipient"])

    def _judged(self, actor: Iterable[ActorRef], recipient: Iterable[ActorRef]) -> Filled:
        """Return both roles with codes and sectors, without the act's own word."""
        both = (_once(self.without_act(self.judged(a)) for a in role) for role in (actor, recipient))
        return Filled(*both)

    def named(self, by_slots: Iterable[ActorRef]) -> dict[ActorRef, list[int]]:
        """Return everybody the sentence names, those of the slots among them, each with its words."""
        sentence = [t for t in self.standing.hit.token.sent if not t.is_space]
        everybody = (a for token in sentence for a in self.standing.refs(token))
        places = [(t.i, self.standing.paragraph.span(t)) for t in sentence]
        return {
            actor: [i for i, place in places if place.overlaps(actor.span)]
            for actor in dict.fromkeys((*by_slots, *everybody))
        }

    def _words(self, actor: ActorRef) -> list[Token]:
        """Return the words of the sentence that name somebody."""
        words = (t for t in self.standing.hit.token.sent if not t.is_space)
        return [t for t in words if self.standing.paragraph.span(t).overlaps(actor.span)]

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
        trigger = self.standing.paragraph.span(self.standing.hit.token)
        found = parties.chosen(role, named, chances, slotted, trigger)
        return found or tuple(self._unnamed(links))

    def _unnamed(self, links: dict[int, float]) -> Iterator[ActorRef]:
        """Yield whom the network links to the act and nothing resolves.

        Names and numbers of people; other nouns where the network knows their sector.
        """
        doc = self.standing.hit.token.doc
        own = {i for i, chance in links.items() if chance >= BELONGS and doc[i].dep_ != "det"}
        wholes: set[int] = set()
        for token in (doc[i] for i in sorted(own) if doc[i].head.i not in own):
            whole = self._whole(token)
            if whole is not None:  # "four" and "Belarusian" of "four Belarusian diplomats" are one party
                yield from (whole,) if token.head.i not in wholes else ()
                wholes.add(token.head.i)
                continue
            start, end = syntax.phrase_bounds(token)
            span = self.standing.paragraph.span(doc[start:end])
            found = self.standing.cast.name_at(self.standing.paragraph, token)
            if found is not None and found.entries[0].code:
                entry = found.entries[0]
                yield ActorRef(entry.code, entry.sector, entry.name, span, (f"gazetteer:{entry.id}",))
            elif token.pos_ in ("PROPN", "NUM"):
                yield ActorRef(None, None, span.text, span, ("unresolved",))
            elif token.pos_ == "NOUN":
                actor = ActorRef(None, None, span.text, span, ("linked",))
                told = self._judge(actor, token)
                yield from (told,) if told.sector else ()

    def _whole(self, word: Token) -> ActorRef | None:
        """Return whom the noun names that a word stands before, unless that noun is the act."""
        noun = word.head
        if word.dep_ not in MODIFYING or noun.i == self.standing.hit.token.i:
            return None
        return self.standing.cast.actor(self.standing.paragraph, noun)

    def beyond(self, role: str, other: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
        """Return who fills a role that the act's own clause leaves empty."""
        around = self.around(role, other)
        found = unsaid.chosen(role, self.standing.hit, other, around, self.standing.cast.states)
        return (replace(found.actor, why=(*found.actor.why, "unsaid")),) if found is not None else ()

    def around(self, role: str, other: tuple[ActorRef, ...]) -> list[unsaid.Seen]:
        """Return everybody with a code who is named around the act and may fill a role, in text order.

        Not those of the ``other`` role, nor a phrase that holds the act's own word ("Zambia's request").
        """
        cast, token = self.standing.cast, self.standing.hit.token
        links = self.readings.linked(self.standing.paragraph, token.i, role)
        if not links:
            return []
        here = cast.states.sentences[self.standing.paragraph.number, token.i]
        trigger, taken = self.standing.paragraph.span(token), {a.span for a in other}
        seen = []
        for key in cast.between(here - unsaid.BEFORE, here + unsaid.AFTER):
            actor = identity.judged(cast.actors[key], key, cast, self.readings)
            free = actor.span not in taken and not actor.span.contains(trigger)
            if actor.code and free and (role != "actor" or _can_act(actor)):
                seen.append(unsaid.Seen(actor, cast.states.sentences[key] - here, links.get(key)))
        return seen

    def judged(self, actor: ActorRef) -> ActorRef:
        """Return a party with the code and sector that tables and network together give it.

        "We" has those of the speaker, who was judged where he is named.
        """
        if FIRST_PERSON in actor.why:
            return actor
        words = self._words(actor)
        inside = {t.i for t in words}
        head = next((t for t in words if t.head.i not in inside or t.head.i == t.i), None)
        return actor if head is None else self._judge(actor, head)

    def _judge(self, actor: ActorRef, head: Token) -> ActorRef:
        key = (self.standing.paragraph.number, head.i)
        return identity.judged(actor, key, self.standing.cast, self.readings)

    def without_act(self, actor: ActorRef) -> ActorRef:
        """Return a party without the act's own word, which the parser may take for a part of its phrase.

        "Has for years *sheltered* extremists" shelters extremists.
        """
        words, trigger = self._words(actor), self.standing.hit.token
        if len(words) < 2 or words[0].i != trigger.i:
            return actor
        doc = trigger.doc
        return replace(actor, span=self.standing.paragraph.span(doc[words[1].i : words[-1].i + 1]))


def _chances(links: Mapping[int, float], words: Iterable[int]) -> tuple[float, float]:
    """Return how probably the strongest word of a phrase belongs to the act, and its words on average."""
    inside = [links[i] for i in words if i in links]
    return (max(inside), sum(inside) / len(inside)) if inside else (0.0, 0.0)


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
