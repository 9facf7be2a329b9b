"""Whose it is: the state, body or person that a noun belongs to, and the sector that this leaves it.

:class:`Whose` answers for one report, sentence by sentence: what a name means, which role a noun names,
to whom it belongs ("the *Albanian* prime minister", "*its* foreign ministry", "an aide *to the president*")
and of which sector it is then ("*police* spokesman", "*Hamas* fighter"). :mod:`.actors` asks it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.extract import phrases, scene, syntax
from dateline.extract.antecedents import Referent
from dateline.extract.coreference import GROUP_HEADS, Memory
from dateline.extract.scene import DOMESTIC, Scene
from dateline.gazetteer import Entry, Found, valid_on
from dateline.lexicon import Lexicon, Role
from dateline.ontology import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spacy.tokens import Token

# Words about a person or body that leave the sector to what they belong to: "police spokesman".
OF_THEIR_BODY = frozenset(
    "spokesman spokeswoman spokesperson official chief head leader commander member fighter "
    "representative delegate officer source staff deputy director secretary founder boss negotiator envoy "
    "delegation side unit leadership figure aide adviser advisor force troop soldier "
    "militant committee commission council chairman chairwoman chair union association".split()
)
# Whose "to" says whom they serve: "an aide to the president".
AIDES = frozenset("aide adviser advisor assistant secretary deputy lawyer counsel bodyguard".split())
# Who may serve a body of many states, whatever their own nation.
SERVING = frozenset(
    "head chief envoy representative director spokesman spokeswoman chairman official".split()
)
# Posts abroad: where they are is not whose they are.
POSTS = frozenset("embassy consulate ambassador envoy mission attaché attache consul diplomat".split())
# Words before a person's role that tell the sector: "opposition mayors", "army surgeons".
TELLING = {
    "opposition": "OPP", "dissident": "OPP", "rebel": "REB", "guerrilla": "REB", "army": "MIL",
    "navy": "MIL", "police": "COP", "striking": "LAB",
}  # fmt: skip
# Sectors of such words that give way to that of their body.
VAGUE = frozenset({"GOV", "MIL", "REB", "UAF", "CVL", "BUS", "LAB", "LEG", "SOC"})
# Sectors of bodies that their officials belong to: "association officials", "union leaders".
SOCIETIES = frozenset({"LAB", "SOC"})
FORMS = {"name": 0, "body": 1, "person": 2, "capital": 3, "metonym": 4, "adjective": 5, "people": 6}
NATIONS = ("name", "capital", "metonym", "adjective", "people")

# Whoever deals with a state from abroad: their sectors, the prepositions before the state, and verbs whose
# clause names it.
AUTHORITIES = frozenset({"GOV", "LEG", "MIL", "JUD"})
AGAINST = frozenset({"against", "with", "to", "from", "at", "on"})
DEMANDING = frozenset({"demand", "insist", "propose", "request", "recommend"})


@dataclass(slots=True)
class Whose:
    """What is known of the sentence at hand; ``states`` are those a report names outright."""

    lexicon: Lexicon
    memory: Memory
    states: frozenset[str | None]
    day: str | None = None
    setting: str | None = None  # the state the report is set in
    scene: Scene = field(default_factory=lambda: Scene((), None))
    index: dict[int, Found] = field(default_factory=dict)  # names of the paragraph by token
    towns: dict[int, Referent] = field(default_factory=dict)  # the states that its places lie in, by token
    meant: dict[int, Entry] = field(default_factory=dict)  # what they mean, in this sentence
    roles: dict[int, Role | None] = field(default_factory=dict)

    def turn(self, index: Mapping[int, Found], towns: Mapping[int, Referent]) -> None:
        """Begin a paragraph with these names and places."""
        self.index, self.towns, self.roles = dict(index), dict(towns), {}

    def hear(self, tokens: Iterable[Token], setting: str | None) -> None:
        """Begin a sentence of a report that is set in a state, if one is known."""
        words, self.setting = list(tokens), setting
        self.meant = {t.i: self.meaning(self.index[t.i].entries) for t in words if t.i in self.index}
        self.scene = scene.scene(words, self.meant, setting, self.scene.first)

    def meaning(self, entries: tuple[Entry, ...]) -> Entry:
        """Choose among the things a name may mean: what was valid that day, who is named elsewhere here.

        "Brussels" is the European Union unless the report names Belgium, "Congress" that of the state the
        report is set in.
        """
        if len(entries) == 1:
            return entries[0]
        holding = valid_on(entries, self.day)
        remembered = [e for e in holding if self.memory.knows(e.name)]
        return min(
            remembered or holding,
            key=lambda e: (
                e.form != "body" or e.code != self.setting, e.code not in self.states, FORMS.get(e.form, 9),
            ),
        )  # fmt: skip

    def referent(self, entry: Entry) -> Referent:
        """Return what an entry of the gazetteer is remembered as."""
        if entry.form == "people":
            key = f"{entry.code}:{'people' if entry.sector == 'CVL' else entry.sector}"
            return Referent(key, entry.name, entry.code, entry.sector, "people", True)
        kind = {"person": "person", "body": "body"}.get(entry.form, "state")
        if entry.kind in ("armed-group", "movement", "rebel-government", "criminal"):
            kind = "group"
        plural = entry.kind in ("ethnic", "religious")
        return Referent(entry.name, entry.name, entry.code, entry.sector, kind, plural)

    def role(self, token: Token) -> Role | None:
        """Return the role a noun names, with the words before it that belong to it."""
        if token.i not in self.roles:
            self.roles[token.i] = self._read_role(token) if token.pos_ in ("NOUN", "PROPN", "ADJ") else None
        return self.roles[token.i]

    def _read_role(self, token: Token) -> Role | None:
        words = [token.lemma_.lower() if token.pos_ == "NOUN" else phrases.singular(token)]
        if words[0] not in self.lexicon.role_heads:
            return None
        compounds = [t for t in reversed(list(token.lefts)) if t.dep_ in ("compound", "amod", "nmod", "poss")]
        for modifier in compounds[:2]:
            words.insert(0, phrases.as_modifier(modifier))
        half = syntax.second_half(token)
        joined = f"{words[-1]}-{half.lemma_.lower()}" if half is not None else ""
        if joined in self.lexicon.roles:
            return self.lexicon.roles[joined]
        for target in (t for prep, t in syntax.prepositions(token) if prep == "of"):
            whole = self.lexicon.roles.get(f"{words[-1]} of {target.lemma_.lower()}")
            if whole is not None:
                return whole
        for start in range(len(words)):
            role = self.lexicon.roles.get(" ".join(words[start:]))
            if role is not None:
                single = role.number == "many" and not phrases.is_many(token)
                return None if single and (start == len(words) - 1 or role.code) else role
        return None

    def title(self, token: Token) -> tuple[Token, Role] | None:
        """Return the role before a name: "historian" in "Albanian historian Olsi Jazexhi"."""
        for word in token.lefts:
            role = self.role(word) if word.dep_ in ("compound", "nmod", "amod", "appos") else None
            if role is not None and word.lower_ not in scene.FAITHS:
                return word, role
        return None

    def sector(self, token: Token, role: Role, owner: Referent | None) -> str | None:
        """Let "police" in "police spokesman", and the body in "Hamas fighter", decide the sector."""
        own = role.sector if role.sector != "UNK" else None
        if own == "GOV" and phrases.is_fallen(token):
            return "ELI"
        if " " not in role.lemma:
            told = self._told_sector(token, role, own)
            if told is not None:
                return told
        vague = role.lemma.split()[-1] in OF_THEIR_BODY and (own or "GOV") in VAGUE
        if vague and owner is not None and owner.kind in ("body", "group"):
            return owner.sector or (own if own == "MIL" else None)
        if owner is not None and owner.kind == "group":
            return owner.sector
        if role.lemma == "officer":
            return self.memory.service() or own
        if own == "CVL" and phrases.is_fleeing(token):
            return "REF"
        return own or None

    def _told_sector(self, token: Token, role: Role, own: str | None) -> str | None:
        """Read the sector off the words beside a role: "opposition mayor", "police spokesman"."""
        words = [t for t in token.lefts if t.dep_ in ("compound", "amod", "nmod", "poss")]
        told = next((TELLING[w.lower_] for w in words if w.lower_ in TELLING), None)
        if told is not None and role.kind == "person" and own not in ("JRN", None):
            return told
        if role.lemma not in OF_THEIR_BODY or (own or "GOV") not in VAGUE:
            return None
        inner = self._inner_role(token)
        return inner.sector if inner is not None and inner.sector not in ("", "UNK") else None

    def _inner_role(self, token: Token) -> Role | None:
        """Return the role a word is about: "police spokesman", "committee of lawmakers"."""
        inner = [w for w in token.lefts if w.dep_ in ("compound", "amod", "poss")]
        inner += [n for prep, n in syntax.prepositions(token) if prep in ("of", "for", "to")]
        roles = (self.role(w) for w in inner if w.i not in self.index)
        told = (r for r in roles if r is not None)
        return next((r for r in told if r.lemma not in OF_THEIR_BODY or r.sector in SOCIETIES), None)

    def owner(self, noun: Token) -> Referent | None:
        """Return the state or body a noun belongs to by its modifiers, possessor or "of"-phrase."""
        lemma = noun.lemma_.lower()
        is_role = self.role(noun) is not None
        served = self._served(noun) if lemma in SERVING else None
        if served is not None:
            return served
        owners = []
        for word in self._owner_words(noun, lemma):
            given = not is_role and phrases.is_first_name_of(word, noun)
            owners.append(None if given else self.modifier_owner(word))
        told_by = ["of", "from", "for"]
        told_by += ["to"] if lemma in AIDES else []
        told_by += ["in", "at"] if lemma not in POSTS else []
        if not any(o is not None and o.code for o in owners):
            half = syntax.second_half(noun)
            for prep, target in (*syntax.prepositions(noun), *(syntax.prepositions(half) if half else ())):
                if prep in told_by:
                    owners.append(self._prepositional_owner(prep, target))
        owners += self._beside(noun)
        known = [o for o in owners if o is not None]
        coded = [o for o in known if o.code]
        return next(iter(coded or known), None) or self._shared_owner(noun)

    def _owner_words(self, noun: Token, lemma: str) -> list[Token]:
        """Return the words before a noun that may say whose it is, nearest first.

        In "its Jakarta embassy" the town is where the post is, not whose.
        """
        words = syntax.left_modifiers(noun)
        if lemma in POSTS and any(w.dep_ == "poss" for w in words):
            return [w for w in words if w.dep_ == "poss"]
        return words

    def _beside(self, noun: Token) -> list[Referent | None]:
        """Return whose "the ministry *here*" is, and "the government in Mbabane" hung on the verb."""
        role = self.role(noun)
        after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
        setting = self.scene.setting
        if role is not None and after.lower_ == "here" and setting and noun.lemma_.lower() not in POSTS:
            return [Referent(f"here in {setting}", setting, setting, "GOV", "state", False)]
        is_body = role is not None and role.kind == "body" and role.sector in AUTHORITIES
        if not is_body or after.lower_ != "in" or after.head.i == noun.i or noun.lemma_.lower() in POSTS:
            return []
        target = syntax.first(after, "pobj")
        return [self._prepositional_owner("in", target)] if target is not None else []

    def _served(self, noun: Token) -> Referent | None:
        """Return the body of many states that somebody serves: "the American head of the OSCE"."""
        for prep, target in syntax.prepositions(noun):
            found = self.index.get(target.i) if prep in ("of", "for") else None
            entry = self.meaning(found.entries) if found is not None else None
            if entry is not None and entry.form == "body" and entry.code in ontology().entities:
                return self.referent(entry)
        return None

    def modifier_owner(self, word: Token) -> Referent | None:
        """Return whom a word before a noun names: "Iranian", "Hamas", "its", "whose"."""
        if phrases.is_hyphenated_aside(word):
            return None
        if word.dep_ == "poss" and word.lower_ in self.memory.PRONOUNS:
            return self.memory.pronoun(word)
        if word.tag_ == "WP$":
            return self.memory.at(next((t.head for t in word.ancestors if t.dep_ == "relcl"), None))
        found = self.index.get(word.i)
        if found is None and word.dep_ == "compound" and word.lemma_.lower() in GROUP_HEADS:
            return self.memory.latest_group()
        if found is None:
            return self.towns.get(word.i) or (
                self.memory.by_surname(word.text) if word.pos_ == "PROPN" else None
            )
        nations = tuple(e for e in found.entries if e.form in NATIONS)
        entry = self.meaning(nations or found.entries)
        if phrases.is_ethnic(word):
            entry = self.at_home(word, entry)
        return self.referent(replace(entry, form="name") if entry.form in NATIONS else entry)

    def _prepositional_owner(self, prep: str, target: Token) -> Referent | None:
        found = self.index.get(target.i)
        if found is not None:
            entry = self.meaning(found.entries)
            if prep in ("of", "for", "to", "from") or entry.form in (*NATIONS, "place"):
                return self.referent(replace(entry, form="name") if entry.form in NATIONS else entry)
            return None
        if target.i in self.towns:
            return self.towns[target.i]
        if prep in ("of", "for", "to") and target.pos_ in ("NOUN", "PROPN"):
            return self.owner(target)
        return None

    def _shared_owner(self, noun: Token) -> Referent | None:
        """Let the adjective of the first noun hold for the second: "Iranian diplomats and embassy staff"."""
        first = noun.head
        if noun.dep_ != "conj" or any(t.dep_ in ("det", "poss") for t in noun.lefts) or noun.i - first.i > 4:
            return None
        owners = (self.modifier_owner(w) for w in syntax.left_modifiers(first) if w.dep_ == "amod")
        return next((o for o in owners if o is not None), None)

    def possessor(self, noun: Token) -> Referent | None:
        """Return who stands before a noun in the genitive."""
        owners = (self.modifier_owner(t) for t in noun.lefts if t.dep_ == "poss")
        return next((o for o in owners if o is not None), None)

    def sender(self, post: Token) -> Referent | None:
        """Return whose "the consulate in La Paz" is: the other state that the report speaks of."""
        for prep, target in syntax.prepositions(post):
            host = self.meant.get(target.i) if prep in ("in", "at", "to") else None
            if host is not None and host.form in NATIONS:
                return self.memory.another(self.referent(host))
        return None

    def home(self, token: Token, sector: str | None) -> str | None:
        """Return the country of a role without one, by the scene; None for who may be from anywhere."""
        if sector not in DOMESTIC or not scene.may_take_home(token, sector):
            return None
        opposite = self.opposite(token) if sector in AUTHORITIES else None
        return self.scene.without(opposite).home(token, sector)

    def opposite(self, token: Token) -> str | None:
        """Return the state that a clause sets against its subject: "the minister accused *Uganda*".

        Whoever acts upon a state from abroad is not of that state; where the report is set there, the scene
        keeps it all the same: "the army ruled Uganda".
        """
        noun = token
        while noun.dep_ in ("compound", "appos", "nmod") and noun.head.i > noun.i:
            noun = noun.head
        if noun.dep_ != "nsubj" or not syntax.is_verbal(noun.head):
            return None
        objects = [c for c in noun.head.children if c.dep_ in ("dobj", "dative")]
        objects += [n for prep, n in syntax.prepositions(noun.head) if prep in AGAINST]
        if noun.head.lemma_ in DEMANDING:
            clauses = (c for c in noun.head.children if c.dep_ == "ccomp")
            objects += [s for s in (syntax.first(c, "nsubj") for c in clauses) if s is not None]
        for word in objects:
            whole = [word, *(n for prep, n in syntax.prepositions(word) if prep == "of")]
            named = [w for noun in whole for w in (noun, *syntax.left_modifiers(noun))]
            entries = [self.meant[n.i] for n in named if n.i in self.meant]
            code = next((e.code for e in entries if e.code and e.form in NATIONS), None)
            if code is not None:
                return code
        return None

    def at_home(self, word: Token, entry: Entry) -> Entry:
        """Place "ethnic Albanians" in the country of the scene, if that is another than theirs."""
        home = self.scene.without(entry.code).home(word, "CVL")
        return entry if home is None or home == entry.code else replace(entry, code=home)

    def belonging(self, token: Token) -> str | None:
        """Return whose such things are within a state: "an Israeli air raid" is the army's."""
        lemma = token.lemma_.lower()
        words = [w.lower_ for w in token.lefts if w.dep_ in ("compound", "amod") and w.i not in self.index]
        told = self.lexicon.belongings
        return next((told[f"{w} {lemma}"] for w in words if f"{w} {lemma}" in told), told.get(lemma))
