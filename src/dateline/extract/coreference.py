"""What "it", "they", "the group" and a bare surname stand for: memory of who was mentioned.

A :class:`Memory` follows one report. Candidates are scored by how recently and how prominently they
were mentioned; kinds must agree (a person is "he" or "she", a state or body "it", many are "they"). Where
the network has read a pronoun, :mod:`.antecedents` weighs that with what it reads there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from dateline.extract import antecedents, arguments, syntax
from dateline.extract.antecedents import Asked, Candidates, Evidence, Referent, Trace
from dateline.lexicon import Lexicon
from dateline.ontology import ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 4  # how many sentences back a pronoun may look
DESCRIPTION_REACH = 40
RECALLED = 8  # mentions of somebody before the last that are remembered by their words

PEOPLE_WORDS = frozenset({"they", "them", "their", "themselves", "these", "both"})
GROUP_HEADS = frozenset(
    "group organisation organization outfit movement militia faction network cult gang cartel terrorist "
    "militant insurgent rebel guerrilla extremist jihadist fighter sect party front army separatist".split()
)
STATE_HEADS = frozenset("country nation state kingdom republic emirate neighbour neighbor ally".split())
BODY_HEADS = frozenset(
    "organisation organization agency body bloc alliance company firm watchdog broadcaster institution "
    "charity conglomerate grouping".split()
)
# What only states together can form.
LEAGUES = frozenset({"alliance", "bloc", "grouping"})
# Groups that are called by such a word only if it is part of their name: "the front", "the army".
NAMED_HEADS = frozenset({"army", "front", "party", "movement", "network"})
# Whose object is meant by a pronoun in what follows: "warned Japan … if *it* deployed missiles".
ADDRESSING = frozenset("warn urge ask press order accuse threaten remind caution implore allow".split())
# Who says it is meant by a pronoun in what is said: "Canada told Japan that *it* would buy no more".
SAYING = frozenset(
    "say tell claim deny insist announce admit confirm promise vow pledge complain declare argue state "
    "swear maintain acknowledge stress add note reply believe think hope fear know agree decide threaten "
    "boast".split()
)
DUTIES = frozenset({"must", "should", "shall", "ought"})  # what the one addressed is told to do
WORTH = {"addressed": 2.0, "saying": 2.5, "going on": 2.0}  # what a hint counts beside salience
PAIRED = frozenset("country nation state side neighbour neighbor government army rival power leader".split())


@dataclass(slots=True)
class Memory:
    """Who was mentioned so far, where and how prominently."""

    PRONOUNS: ClassVar[dict[str, tuple[str, ...]]] = {
        "he": ("person", "name"), "him": ("person", "name"), "his": ("person", "name"),
        "she": ("person", "name"), "her": ("person", "name"), "hers": ("person",),
        "himself": ("person",), "herself": ("person",),
        "it": ("state", "body", "group"), "its": ("state", "body", "group"),
        "itself": ("state", "body", "group"),
        "they": ("people", "group", "body"), "them": ("people", "group", "body"),
        "their": ("people", "group", "body", "state"), "themselves": ("people", "group"),
    }  # fmt: skip

    traces: dict[str, Trace] = field(default_factory=dict)
    here: dict[int, str] = field(default_factory=dict)  # token index → key, in this sentence
    surnames: dict[str, str] = field(default_factory=dict)
    sentence: int = 0
    spoke: tuple[str, int] = ("", 0)  # who was told to say something last, and in which sentence
    pair: tuple[Referent, ...] = ()  # who "both" were, and in which sentence that was last asked
    paired: int = 0
    evidence: Evidence = field(default_factory=Evidence)
    paragraph: int = 0
    asked: list[Candidates] | None = None  # where given, every pronoun is added with whom it may stand for

    def next_sentence(self) -> int:
        """Begin the next sentence and return its number."""
        self.sentence += 1
        self.here = {}
        return self.sentence

    def mention(self, referent: Referent, sentence: int, token: Token) -> None:
        """Remember that ``token`` mentioned ``referent``."""
        self.here[token.i] = referent.key
        old = self.traces.get(referent.key)
        subject = token.dep_ in ("nsubj", "nsubjpass")
        times = old.times + 1 if old else 1
        at = [*(old.at[-RECALLED:] if old else ()), (self.paragraph, token.i)]
        if old is not None and old.sentence == sentence and old.subject:
            subject = True
        depth = sum(1 for _ in token.ancestors)
        self.traces[referent.key] = Trace(
            referent, sentence, token.i, subject, token.lemma_.lower(), depth, times, at
        )
        if subject and token.head.lemma_.lower() in SAYING:
            self.spoke = (referent.key, sentence)
        if referent.kind in ("person", "name"):
            self._learn_surname(referent)

    def aside(self, referent: Referent, token: Token) -> None:
        """Remember somebody whom ``token`` names besides another, as the less prominent of the two."""
        self.traces[referent.key] = Trace(
            replace(referent, kind="listed"), self.sentence, token.i, False, token.lemma_.lower(), 9
        )

    def _learn_surname(self, referent: Referent) -> None:
        parts = referent.name.split()
        if parts and parts[-1][:1].isupper():
            self.surnames.setdefault(parts[-1], referent.key)
            self.surnames.setdefault(referent.name, referent.key)

    def learn(self, key: str, code: str | None, sector: str | None, by: str) -> None:
        """Give a remembered referent the code that an apposition tells; ``by``: the reason of a weak one."""
        trace = self.traces.get(key)
        if trace is not None:
            trace.referent = replace(trace.referent, code=code, sector=sector, kind="person", by=by)

    def knows(self, key: str) -> bool:
        """Tell whether a referent was mentioned."""
        return key in self.traces

    def known(self, key: str) -> Referent:
        """Return a mentioned referent."""
        return self.traces[key].referent

    def person(self, key: str, fresh: Referent) -> Referent:
        """Return the remembered person of that name, else ``fresh``."""
        return self.traces[key].referent if key in self.traces else fresh

    def abbreviate(self, acronym: str, key: str) -> None:
        """Remember an acronym: "the Free Aceh Movement (GAM)"."""
        self.surnames[acronym] = key

    def by_surname(self, text: str) -> Referent | None:
        """Return the person or unresolved name whose surname is ``text``."""
        key = self.surnames.get(text)
        return self.traces[key].referent if key in self.traces else None

    def at(self, token: Token | None) -> Referent | None:
        """Return whom a token of this sentence mentioned."""
        key = self.here.get(token.i) if token is not None else None
        return self.traces[key].referent if key is not None else None

    def same_head(self, head: str, role: str, sector: str | None, plural: bool) -> Referent | None:
        """Return the latest referent described with the same head noun, sector and number.

        "The minister" is whichever minister was named last, "the foreign minister" not the interior minister.
        """
        fitting = [
            t for t in self.traces.values()
            if t.head == head and t.referent.sector == sector and t.referent.code is not None
            and t.referent.plural == plural and _one_office(t.referent.key.rpartition(":")[2], role)
        ]  # fmt: skip
        best = max(fitting, key=lambda t: (t.sentence, t.position), default=None)
        return best.referent if best else None

    def side(self, sector: str, home: str | None) -> str | None:
        """Return the one country whose people of a sector the report has named, if it is one.

        None where somebody of the state that the report is set in (``home``) has acted: it has an army, too.
        """
        if any(t.subject and t.referent.code == home for t in self.traces.values()):
            return None
        codes = {t.referent.code for t in self.traces.values() if t.referent.sector == sector}
        return next(iter(codes)) if len(codes) == 1 else None

    def pronoun(self, token: Token) -> Referent | None:
        """Return what a pronoun most likely stands for; asked again ("its" of "its army") the same."""
        if token.i in self.here:
            return self.known(self.here[token.i])
        hints = {
            "barred": self._subject_keys(token),
            "addressed": self._addressed(token),
            "saying": self._saying(token),
            "going on": {self._going_on(token)},
        }
        ruled = self._ruled(token, hints)
        if not self.evidence.knows((self.paragraph, token.i)):
            return self.traces[ruled].referent if ruled else None
        asked = Asked(token, (self.paragraph, token.i), self.sentence, ruled, hints)
        lately = {
            key: trace for key, trace in self.traces.items()
            if self.sentence - trace.sentence <= REACH and antecedents.may_mean(token.lower_, trace.referent)
        }  # fmt: skip
        found = list(antecedents.described(asked, lately, self.evidence))
        if self.asked is not None:
            self.asked.append((asked.key, found))
        key = antecedents.chosen(found)
        return self.traces[key].referent if key else None

    def _ruled(self, token: Token, hints: Mapping[str, Collection[str]]) -> str | None:
        """Return whom the rules take a pronoun to stand for: the most salient one that fits."""
        kinds = self.PRONOUNS[token.lower_]
        fitting = [
            (key, t) for key, t in self.traces.items()
            if _fits(t.referent, kinds, token.lower_)
            and self.sentence - t.sentence <= REACH
            and key not in hints["barred"]
        ]  # fmt: skip
        best = max(
            fitting,
            key=lambda pair: (
                self._salience(pair[1], token)[0]
                + sum(worth for name, worth in WORTH.items() if pair[0] in hints[name]),
                pair[1].position,
            ),
            default=None,
        )
        return best[0] if best else None

    def _addressed(self, token: Token) -> set[str]:
        """Return who is warned, urged or accused in the clause above that of a pronoun."""
        if token.dep_ not in ("nsubj", "nsubjpass"):
            return set()
        for verb in syntax.ancestors_within(token.head):
            if verb.i != token.head.i and verb.lemma_.lower() in ADDRESSING:
                return {self.here[t.i] for t in arguments.logical_object(verb) if t.i in self.here}
        return set()

    def _saying(self, token: Token) -> set[str]:
        """Return who says, believes or promises what a pronoun does; whom they tell what to do, if so."""
        if token.dep_ not in ("nsubj", "nsubjpass"):
            return set()
        for verb in syntax.ancestors_within(token.head):
            if verb.i == token.head.i or verb.lemma_.lower() not in SAYING:
                continue
            duty = any(c.dep_ == "aux" and c.lower_ in DUTIES for c in token.head.children)
            told = arguments.logical_object(verb) if duty else []
            found = {self.here[t.i] for t in told if t.i in self.here}
            return found or {self.here[t.i] for t in arguments.surface_subject(verb) if t.i in self.here}
        return set()

    def _going_on(self, token: Token) -> str:
        """Return who spoke last for the "he" of "The owner had been questioned, *he* added": no owner."""
        key, sentence = self.spoke
        verb = token.head
        says = token.dep_ == "nsubj" and verb.lemma_.lower() in SAYING
        after = any(c.dep_ in ("ccomp", "parataxis") and c.i < token.i for c in verb.children)
        return key if says and after and self.sentence - sentence <= 2 else ""

    def _subject_keys(self, token: Token) -> set[str]:
        """Return who does the act that an object pronoun suffers: "accusing it" is not oneself."""
        if token.dep_ not in ("dobj", "pobj", "dative"):
            return set()
        verb = syntax.clause_root(token)
        return {self.here[t.i] for t in arguments.surface_subject(verb) if t.i in self.here}

    def one_of(self, keys: Iterable[str]) -> Referent | None:
        """Return the most recently mentioned of several referents."""
        known = [self.traces[key] for key in keys if key in self.traces]
        best = max(known, key=lambda t: (t.sentence, t.times, t.position), default=None)
        return best.referent if best else None

    def another(self, owner: Referent) -> Referent | None:
        """Return the latest state other than ``owner``: "its ally", "her counterpart"."""
        fitting = [
            t for t in self.traces.values()
            if t.referent.kind == "state" and t.referent.code != owner.code
            and self.sentence - t.sentence <= REACH
        ]  # fmt: skip
        best = max(fitting, key=lambda t: (t.sentence, t.position), default=None)
        return best.referent if best else None

    def both(self, token: Token | None = None) -> tuple[Referent, ...]:
        """Return the two states a report is most about: "the two countries", "both sides".

        A state counts by its own name and by everybody who belongs to it and was mentioned lately, or else in
        the report; bodies of many states do not. Who calls on both (``token``) is neither, if there are two
        others. Whoever was meant lately is meant again.
        """
        if self.pair and self.sentence - self.paired <= REACH:
            self.paired = self.sentence
            return self.pair
        acting = {self.traces[key].referent.code for key in self._subject_keys(token)} if token else set()
        ranked = self._states(REACH)
        if len(ranked) < 2:
            ranked = self._states(self.sentence)
        others = [b for b in ranked if b[0] not in acting]
        chosen = others[:2] if len(others) > 1 else ranked[:2]
        if len(chosen) < 2:
            return ()
        self.pair, self.paired = tuple(t.referent for _, (_, _, t) in chosen), self.sentence
        return self.pair

    def _states(self, reach: int) -> list[tuple[str, tuple[int, int, Trace]]]:
        """Return the states mentioned within so many sentences, the most often mentioned first.

        With each: how often, in which sentence last, and by whom it is remembered.
        """
        best: dict[str, tuple[int, int, Trace]] = {}
        for trace in self.traces.values():
            code = trace.referent.code
            if code is None or code in ontology().entities or trace.referent.kind == "people":
                continue
            if self.sentence - trace.sentence > reach:
                continue
            times, sentence, first = best.get(code, (0, 0, trace))
            keep = first if first.referent.kind == "state" else trace
            best[code] = (times + trace.times, max(sentence, trace.sentence), keep)
        return sorted(best.items(), key=lambda b: (-b[1][0], -b[1][1], b[1][2].position))

    def latest_group(self) -> Referent | None:
        """Return the armed group or movement mentioned last."""
        return self._latest(("group",))

    def latest_people(self) -> Referent | None:
        """Return the people mentioned last, in this sentence or the one before."""
        lately = [
            t for t in self.traces.values()
            if t.referent.kind in ("people", "person") and t.referent.plural
            and self.sentence - t.sentence <= 1
        ]  # fmt: skip
        best = max(lately, key=lambda t: (t.sentence, t.position), default=None)
        return best.referent if best else None

    def service(self) -> str | None:
        """Return COP or MIL, whichever of the two forces was mentioned last: whose "officers" are."""
        lately = [
            t for t in self.traces.values()
            if t.referent.sector in ("COP", "MIL") and self.sentence - t.sentence <= REACH
        ]  # fmt: skip
        best = max(lately, key=lambda t: (t.sentence, t.position), default=None)
        return best.referent.sector if best else None

    def _salience(self, trace: Trace, token: Token) -> tuple[float, int]:
        score = -2.0 * (self.sentence - trace.sentence)
        if trace.subject:
            score += 1.5 - 0.2 * min(trace.depth, 4)  # who the main clause is about comes first
        if token.dep_ not in ("nsubj", "nsubjpass", "poss") and trace.sentence == self.sentence:
            score += 1.0 if not trace.subject else 0.0
        if trace.referent.kind == "people" and token.lower_ in PEOPLE_WORDS:
            score += 0.5
        return score + min(trace.times, 4) * 0.2, trace.position

    def description(self, token: Token, lexicon: Lexicon) -> Referent | None:
        """Return the latest group, state or body that "the …" may stand for."""
        head = token.lemma_.lower()
        word = lexicon.loaded.get(head)
        kinds: tuple[str, ...] = ()
        if head in GROUP_HEADS or (word is not None and word.strength >= 2):
            kinds = ("group",)
        elif head in STATE_HEADS:
            kinds = ("state",)
        if head in BODY_HEADS:
            kinds = (*kinds, "body")
        if not kinds:
            return self._named_so(head)
        if head in LEAGUES:
            return self._latest(kinds, code=ontology().entities)
        return self._latest(kinds, head if head in NAMED_HEADS else "", self._subject_keys(token))

    def _named_so(self, head: str) -> Referent | None:
        """Return the latest body whose name has that word: "the bank" after "the Investment Bank"."""
        fitting = [
            t for t in self.traces.values()
            if t.referent.kind == "body" and self.sentence - t.sentence <= DESCRIPTION_REACH
            and t.referent.key == t.referent.name and head in t.referent.name.lower().split()
        ]  # fmt: skip
        best = max(fitting, key=lambda t: (t.sentence, t.position), default=None)
        return best.referent if best else None

    def _latest(
        self,
        kinds: tuple[str, ...],
        word: str = "",
        barred: Collection[str] = (),
        code: Collection[str | None] | None = None,
    ) -> Referent | None:
        fitting = [
            t for key, t in self.traces.items()
            if t.referent.kind in kinds and self.sentence - t.sentence <= DESCRIPTION_REACH
            and word in t.referent.name.lower() and key not in barred
            and (code is None or t.referent.code in code)
        ]  # fmt: skip
        best = max(
            fitting, key=lambda t: (kinds.index(t.referent.kind) == 0, t.sentence, t.position), default=None
        )
        return best.referent if best else None


def _fits(referent: Referent, kinds: tuple[str, ...], pronoun: str) -> bool:
    if pronoun in PEOPLE_WORDS:
        return referent.plural or referent.kind in ("group", "people")
    return referent.kind in kinds and not referent.plural


def _one_office(one: str, other: str) -> bool:
    """Tell whether two roles may be one office: "minister" and "foreign minister", not two ministries."""
    return one == other or " " not in one or " " not in other
