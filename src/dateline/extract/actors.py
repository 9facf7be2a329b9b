"""Which actors: every noun phrase that names or describes somebody, resolved to code and sector.

:func:`find_actors` reads a report once, in order, and returns a :class:`.Cast`: for the head token of each
noun phrase the actor it refers to, or None. Names come from the gazetteer (:mod:`.naming`), roles without a
name ("the Albanian prime minister") from the role table plus the words around them (:mod:`.whose`), and
pronouns and descriptions ("it", "the group", "the southern European country") from :mod:`.coreference`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from dateline.extract import appositions, phrases, scene, sites, syntax
from dateline.extract.antecedents import Candidates, Evidence, Referent
from dateline.extract.cast import Cast
from dateline.extract.coreference import Memory
from dateline.extract.naming import Naming
from dateline.extract.reading import NOTHING, Readings
from dateline.extract.states import Key, States
from dateline.extract.whose import AUTHORITIES, POSTS, Whose
from dateline.gazetteer import Entry, Found, Gazetteer
from dateline.lexicon import Lexicon, Role
from dateline.parse import Paragraph
from dateline.records import ActorRef

if TYPE_CHECKING:
    from spacy.tokens import Token

# What both of two states have: "both ministries", "the two presidents".
STATELY = frozenset({"GOV", "LEG", "MIL"})
# Of whom a report that names one kind of them mostly means these: the army, the guards, the rebels.
SIDES = frozenset({"COP", "MIL", "REB"})
# What acts for its owner: "the president's office condemned".
OFFICES = frozenset("office camp bureau entourage cabinet household headquarters secretariat".split())
# One of two that are told apart by one word, once the other is named.
TWINS = {"PRK": "KOR", "KOR": "PRK"}


def find_actors(
    paragraphs: tuple[Paragraph, ...],
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    towns: Mapping[Key, str] = MappingProxyType({}),
    readings: Readings = NOTHING,
    asked: list[Candidates] | None = None,
) -> Cast:
    """Resolve every noun phrase of a report; paragraphs are read in order.

    ``towns`` are the countries of the places it names, by the word that heads each: "a firm in Ulm" is
    German, and a local paper seldom names its own country. ``readings`` help to tell whom a pronoun means;
    every pronoun is added to ``asked``, where given, with whom it may stand for.
    """
    found = {p.number: gazetteer.find(p.doc.text) for p in paragraphs}
    memory = Memory(evidence=Evidence(readings, dict(towns)), asked=asked)
    whose = Whose(lexicon, memory, states=scene.outright(found.values()))
    naming = Naming(gazetteer, memory, whose)
    desk = _Desk(gazetteer, lexicon, found, memory, whose, naming, towns)
    for paragraph in paragraphs:
        desk.read(paragraph)
    states = States(dict(towns) | dict(desk.states()), _sentences(paragraphs), desk.written_in)
    return Cast(
        desk.actors, desk.others, desk.chains, desk.names, desk.words, desk.against, states, desk.setting
    )


def _sentences(paragraphs: Iterable[Paragraph]) -> dict[Key, int]:
    """Return the number of the sentence of every word of a report."""
    every = ((p.number, sentence) for p in paragraphs for sentence in p.sentences())
    return {(number, t.i): n for n, (number, sentence) in enumerate(every) for t in sentence}


@dataclass(slots=True)
class _Desk:
    """The working state while one report is read; nothing of it outlives :func:`find_actors`."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    found: dict[int, list[Found]]
    memory: Memory
    whose: Whose
    naming: Naming
    towns: Mapping[Key, str]
    actors: dict[Key, ActorRef] = field(default_factory=dict)
    others: dict[Key, tuple[ActorRef, ...]] = field(default_factory=dict)
    chains: dict[Key, str] = field(default_factory=dict)
    names: dict[int, tuple[tuple[Found, int, int], ...]] = field(default_factory=dict)
    words: dict[Key, str] = field(default_factory=dict)
    against: dict[Key, str] = field(default_factory=dict)
    setting: str | None = None
    written_in: str | None = None
    index: dict[int, Found] = field(default_factory=dict)
    lists: dict[str, tuple[ActorRef, ...]] = field(default_factory=dict)  # referent → others named with it

    def read(self, paragraph: Paragraph) -> None:
        """Resolve one paragraph, left to right."""
        if not self.names:
            self.whose.day = (paragraph.report.published or "")[:10] or None
            place = scene.place_code(paragraph.report.dateline_place, self.gazetteer)
            town = None if place else sites.written_at(paragraph.report)  # towns that no actor is named by
            self.written_in = place or (town.country if town else None)
            told = self.written_in or scene.main_state(self.found.values())
            town_state = scene.most_named(Counter(self.towns.values()))
            self.setting = told or town_state or scene.place_code(paragraph.report.outlet, self.gazetteer)
        self.memory.paragraph = paragraph.number
        self.names[paragraph.number] = tuple(self._name_tokens(paragraph))
        self.index = {i: f for f, s, e in self.names[paragraph.number] for i in range(s, e)}
        self.whose.turn(self.index, dict(self._towns(paragraph)))
        self.memory.evidence.codes.update(self._codes(paragraph))
        for sentence in paragraph.sentences():
            self._sentence(paragraph, list(sentence))

    def _towns(self, paragraph: Paragraph) -> Iterator[tuple[int, Referent]]:
        """Yield the words that head the places of a paragraph, with the state each lies in."""
        for (number, i), code in self.towns.items():
            state = self.gazetteer.states.get(code)
            if number == paragraph.number and state is not None:
                yield i, Referent(f"town in {state.name}", state.name, code, "GOV", "state", False, "town")

    def _codes(self, paragraph: Paragraph) -> Iterator[tuple[Key, str]]:
        """Yield the words of the names of a paragraph with the codes that they mean there."""
        for i, found in self.index.items():
            code = self.whose.meaning(found.entries).code
            if code:
                yield (paragraph.number, i), code

    def states(self) -> Iterator[tuple[Key, str]]:
        """Yield the words of names with the code that each means."""
        for number, names in self.names.items():
            for found, start, end in names:
                code = self.whose.meaning(found.entries).code
                yield from (((number, i), code) for i in range(start, end) if code)

    def _name_tokens(self, paragraph: Paragraph) -> Iterator[tuple[Found, int, int]]:
        for found in self.found[paragraph.number]:
            tokens = paragraph.doc.char_span(found.start, found.end, alignment_mode="expand")
            if tokens is not None and not phrases.is_other_name(tokens[0], tokens[-1], found):
                yield found, tokens.start, tokens.end

    def _sentence(self, paragraph: Paragraph, tokens: list[Token]) -> None:
        number = self.memory.next_sentence()
        self.whose.hear(tokens, self.setting)
        for token in tokens:
            if not (phrases.heads_phrase(token) or self._is_loose(token)) or self._is_inside(token):
                continue
            actor, referent = self._resolve(paragraph, token)
            if actor is not None:
                self.actors[paragraph.number, token.i] = actor
                if token.pos_ != "PRON":
                    self.words[paragraph.number, token.i] = token.lemma_.lower()
                opposite = self.whose.opposite(token) if actor.sector in AUTHORITIES else None
                if opposite is not None:
                    self.against[paragraph.number, token.i] = opposite
                self._coordinated(paragraph, token, actor)
            if referent is not None:
                self.chains[paragraph.number, token.i] = referent.key
                self.memory.mention(referent, number, token)
                self._learn_acronym(paragraph, token, referent)
                self._remember_list(paragraph, token, referent)
        appositions.share(paragraph, tokens, self.actors, self.chains, self.memory)

    def _learn_acronym(self, paragraph: Paragraph, token: Token, referent: Referent) -> None:
        """Learn what stands in brackets after a name, "the Free Aceh Movement (GAM)"."""
        if token.pos_ != "PROPN":
            return
        after = paragraph.doc[token.i + 1 : token.i + 4]
        bracketed = len(after) == 3 and after[0].text == "(" and after[2].text == ")"
        if bracketed and after[1].text.isupper() and len(after[1].text) > 1:
            self.memory.abbreviate(after[1].text, referent.key)

    def _is_loose(self, token: Token) -> bool:
        """Tell a name that the parser took for an adverb: "to Indonesia, *the Maldives* and Sri Lanka"."""
        return token.dep_ == "npadvmod" and token.i in self.index and token.pos_ == "PROPN"

    def _is_inside(self, token: Token) -> bool:
        """Tell "States" in "Organization of American States" from the word that heads the name."""
        found = self.index.get(token.i)
        return found is not None and token.head.i != token.i and self.index.get(token.head.i) is found

    def _remember_list(self, paragraph: Paragraph, token: Token, referent: Referent) -> None:
        """Keep who was named in one phrase together: they are "they", and either of "both" sides."""
        others = self.others.get((paragraph.number, token.i), ())
        if not others or referent.kind == "state":
            return
        self.lists[referent.key] = others
        for other in others:
            one = replace(referent, key=f"{referent.key}+{other.code}", code=other.code, name=other.name)
            self.memory.aside(one, token)

    def _coordinated(self, paragraph: Paragraph, noun: Token, actor: ActorRef) -> None:
        """Add the others of "Indian and Chinese soldiers", "the foreign ministers of Benin and Togo"."""
        named = map(self.whose.modifier_owner, _listed(noun))
        owners = {o.code: o for o in named if o is not None and o.code}
        if len(owners) > 1 and actor.code in owners and actor.why[:1] != ("apposition",):
            self.others[paragraph.number, noun.i] = tuple(
                replace(actor, code=code, name=owner.name if actor.name != actor.span.text else actor.name)
                for code, owner in sorted(owners.items())
                if code != actor.code
            )

    # -- one phrase ---------------------------------------------------------------------------

    def _resolve(self, paragraph: Paragraph, token: Token) -> tuple[ActorRef | None, Referent | None]:
        if token.pos_ == "PRON" and token.lower_ in self.memory.PRONOUNS:
            return self._recalled(paragraph, token, self.memory.pronoun(token), "pronoun")
        if phrases.is_both(token):
            return self._both(paragraph, token, None)
        if phrases.is_count(token):
            return self._counted(paragraph, token)
        short = self.memory.by_surname(token.text) if phrases.is_acronym(token) else None
        if short is not None:
            return self._recalled(paragraph, token, short, "name")
        found = self.index.get(token.i)
        if found is not None:
            return self._named(paragraph, token, found)
        role = self.whose.role(token)
        if phrases.is_pair(token):
            return self._both(paragraph, token, role)
        described = self._described(token, role)
        if described is not None:
            return self._recalled(paragraph, token, described, "description")
        if role is not None:
            return self._by_role(paragraph, token, role)
        if token.pos_ == "PROPN":
            return self._unknown_name(paragraph, token)
        return self._owned(paragraph, token)

    def _both(
        self, paragraph: Paragraph, token: Token, role: Role | None
    ) -> tuple[ActorRef | None, Referent | None]:
        """Resolve "the two countries", "both armies" to the two states the report is most about."""
        pair = self.memory.both(token)
        if not pair:
            return None, None
        sector = role.sector if role is not None and role.sector not in ("", "UNK") else "GOV"
        pair = tuple(replace(r, sector=sector, name=self._state_name(r)) for r in pair)
        one, other = (self._make(paragraph, token, r, (f"coreference:both:{r.name}",)) for r in pair)
        self.others[paragraph.number, token.i] = (other,)
        return one, None

    def _state_name(self, referent: Referent) -> str:
        """Return the name of the state somebody belongs to: "both governments" are not its lorry drivers."""
        state = self.gazetteer.states.get(referent.code or "")
        return state.name if state is not None else referent.name

    def _counted(self, paragraph: Paragraph, token: Token) -> tuple[ActorRef | None, Referent | None]:
        """Resolve "killed 28", "hundreds fled": of the people just spoken of, else somebody of the place."""
        people = self.memory.latest_people()
        if people is not None:
            return self._recalled(paragraph, token, people, "number")
        code = self.whose.home(token, "CVL")
        if code is None:
            return None, None
        referent = Referent(f"{code}:CVL:{token.lower_}", token.text, code, "CVL", "people", True)
        return self._make(paragraph, token, referent, ("number", "setting")), None

    def _recalled(
        self, paragraph: Paragraph, token: Token, referent: Referent | None, how: str
    ) -> tuple[ActorRef | None, Referent | None]:
        if referent is None:
            return None, None
        why = (f"coreference:{how}:{referent.name}", *([referent.by] if referent.by else ()))
        actor = self._make(paragraph, token, referent, why)
        listed = self.lists.get(referent.key)
        if listed:
            self.others[paragraph.number, token.i] = tuple(
                replace(o, span=actor.span, why=why) for o in listed
            )
        return actor, referent

    def _make(self, paragraph: Paragraph, token: Token, referent: Referent, why: tuple[str, ...]) -> ActorRef:
        start, end = syntax.phrase_bounds(token)
        span = paragraph.span(paragraph.doc[start:end])
        return ActorRef(referent.code, referent.sector, referent.name, span, why)

    def _named(
        self, paragraph: Paragraph, token: Token, found: Found
    ) -> tuple[ActorRef | None, Referent | None]:
        entry = self.naming.entry(token, found)
        if entry is None:
            return None, None
        if entry.form == "place":
            return self._place(paragraph, token, entry), None
        referent = self.naming.referent(entry)
        return self._make(paragraph, token, referent, (f"gazetteer:{entry.id}",)), referent

    def _place(self, paragraph: Paragraph, token: Token, entry: Entry) -> ActorRef:
        """A town or region: nobody who acts, but what is shelled or blockaded has a country."""
        start, end = syntax.phrase_bounds(token)
        span = paragraph.span(paragraph.doc[start:end])
        return ActorRef(entry.code, None, entry.name, span, (f"place:{entry.name}",))

    # -- roles: "the Albanian prime minister", "its foreign ministry", "rebels" --------------------

    def _by_role(
        self, paragraph: Paragraph, token: Token, role: Role
    ) -> tuple[ActorRef | None, Referent | None]:
        owner = self.whose.owner(token)
        possessor = self.whose.possessor(token) if phrases.is_relational(token, self.whose.meant) else None
        another = self.memory.another(possessor) if possessor is not None else None
        if another is not None:
            return self._recalled(paragraph, token, another, "relation")
        if owner is None and phrases.is_two_of(token) and role.sector in STATELY and self.memory.both(token):
            return self._both(paragraph, token, role)
        if owner is None and not role.sector and not role.code:
            return None, None
        sector = self.whose.sector(token, role, owner)
        same = self._same_role(token, role, owner, sector)
        if same is not None:
            return self._recalled(paragraph, token, same, "role")
        why: tuple[str, ...] = (f"role:{role.lemma}",)
        if owner is None and role.lemma in POSTS:  # a "Western diplomat" is nobody's the report speaks of
            owner = self.whose.sender(token)
            why = (*why, "sender") if owner else why
        code, by = (owner.code, owner.by) if owner else (None, "")
        small = "CVL" if role.sector == "CVL" or (sector == "BUS" and role.kind == "person") else sector
        side = self._side(token, sector) if code is None and not role.code else None
        home = self.whose.home(token, small) if code is None and not role.code else None
        if side is not None:
            code, why = side, (*why, "side")
        elif home is not None:
            code, by = home, "setting"
        elif code is None and role.code:
            code, sector = role.code, sector if sector in ("GOV", "MIL", "JUD", "MED") else None
        start, end = syntax.phrase_bounds(token)
        name = paragraph.span(paragraph.doc[start:end]).text
        kind = {"person": "person", "people": "people", "thing": "thing"}.get(role.kind, "body")
        if kind == "thing":
            why = (f"place:{role.lemma}", *why[1:])
        many = token.tag_ in ("NNS", "NNPS") or role.number == "many"
        why = (*why, by) if by else why
        referent = Referent(f"{code}:{sector}:{role.lemma}", name, code, sector, kind, many, by)
        return self._make(paragraph, token, referent, why), referent

    def _side(self, token: Token, sector: str | None) -> str | None:
        """Return the country of "the army" after "Myanmar soldiers", wherever the report was written."""
        if sector is None or sector not in SIDES or self.whose.scene.marks or not phrases.is_definite(token):
            return None
        return self.memory.side(sector, self.setting)

    def _same_role(
        self, token: Token, role: Role, owner: Referent | None, sector: str | None
    ) -> Referent | None:
        """Recall "the ministry" after "the Iranian foreign ministry"."""
        if owner is not None or not phrases.is_definite(token):
            return None
        return self.memory.same_head(token.lemma_.lower(), role.lemma, sector, token.tag_ in ("NNS", "NNPS"))

    def _owned(self, paragraph: Paragraph, token: Token) -> tuple[ActorRef | None, Referent | None]:
        """Resolve "Russian gas", "its base", "army trucks": no actor word, but somebody's."""
        if token.pos_ != "NOUN":
            return None, None
        start, end = syntax.phrase_bounds(token)
        span = paragraph.span(paragraph.doc[start:end])
        owner = self.whose.owner(token)
        roles = map(self.whose.role, _compounds(token))
        inner = next((r for r in roles if r is not None and _owns_things(r)), None)
        if owner is not None and owner.code is not None:
            sector = owner.sector
            if owner.kind == "state" and inner is not None:
                sector = inner.sector
            elif owner.kind == "state" and (told := self.whose.belonging(token)) is not None:
                sector = told
            elif owner.kind == "state" and phrases.is_unlisted_person(token):
                sector = "CVL"
            acts = token.tag_ == "NN" and token.lemma_.lower() in OFFICES  # not "the good offices of Oman"
            why = "role" if acts else "belongs-to"
            return ActorRef(owner.code, sector, owner.name, span, (f"{why}:{owner.name}",)), None
        if inner is None:
            return None, None
        home = self.whose.home(token, inner.sector)
        reasons = (f"belongs-to:{inner.lemma}", *(("setting",) if home else ()))
        return ActorRef(home or inner.code or None, inner.sector, span.text, span, reasons), None

    # -- descriptions and unknown names -------------------------------------------------------------

    def _described(self, token: Token, role: Role | None) -> Referent | None:
        """Recall what "the group", "the terrorists" or "the southern European country" stands for."""
        if not phrases.is_definite(token) or (token.pos_ == "PROPN" and token.text not in ("North", "South")):
            return None
        words = [t.lower_ for t in reversed(syntax.left_modifiers(token))]
        phrase = " ".join([*words, token.lower_])
        codes = self.gazetteer.descriptions.get(phrase, ())
        state = self.memory.one_of(self.gazetteer.states[code].name for code in codes)
        twin = TWINS.get(codes[0]) if state is None and len(codes) == 1 else None
        if twin is not None and self.memory.knows(self.gazetteer.states[twin].name):
            name = self.gazetteer.states[codes[0]].name  # "South Korea will march with the North"
            state = Referent(name, name, codes[0], "GOV", "state", False)
        if state is not None:
            return state
        if any(w.i in self.index or w.pos_ == "PROPN" for w in syntax.left_modifiers(token)):
            return None
        if phrases.is_specified(token):
            return None
        found = self.memory.description(token, self.lexicon)
        if role is not None and role.code and found is not None and found.code != role.code:
            return None  # "the regional bloc" is no state
        return found

    def _unknown_name(self, paragraph: Paragraph, token: Token) -> tuple[ActorRef | None, Referent | None]:
        known = self.memory.by_surname(token.text)
        if known is not None:
            return self._recalled(paragraph, token, known, "name")
        if not phrases.is_name(token):
            return None, None
        referent, why = self.naming.unknown(token, paragraph.is_title)
        return self._make(paragraph, token, referent, why), referent


def _owns_things(role: Role) -> bool:
    """Tell "army trucks", "police reinforcements" from "state records", "embassy bombing"."""
    return role.sector in ("COP", "MIL", "REB", "PRM") or role.lemma in ("government", "ministry")


def _compounds(noun: Token) -> list[Token]:
    return [t for t in noun.lefts if t.dep_ == "compound" and t.pos_ == "NOUN"]


def _listed(noun: Token) -> list[Token]:
    """Return the coordinated modifiers of a noun, before it or after "of"."""
    words = [
        w
        for w in syntax.left_modifiers(noun)
        if w.dep_ == "conj" or any(c.dep_ == "conj" for c in w.children)
    ]
    for prep, target in syntax.prepositions(noun):
        joined = syntax.conjuncts(target) if prep == "of" else []
        words += joined if len(joined) > 1 else []
    return words
