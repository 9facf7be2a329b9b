"""Chains: phrases across reports that name one thing, however each outlet words it.

Used where phrases are given, as in the ``newswcl50`` set; coded labels have their actor already. Each phrase
is first asked what it names (:func:`identify`): a person by name, a state by name, body or office, a party or
movement, or by its head word. Then chains are joined: "the president" to the one so called nearby, a
description to the name beside it, and what is left by the words phrases share.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.gazetteer import Entry, gazetteer
from dateline.lexicon import lexicon
from dateline.link import clusters, words

TITLES = frozenset("mr mrs ms dr sen rep gov gen".split())
OWN_CHAIN = ("party", "armed-group", "movement", "religious", "ethnic", "criminal", "ngo", "company")
SHARED = 0.12  # mean likeness from which on two groups of phrases without a name are one
ATTACHED = 0.06  # likeness from which on a phrase that stands alone goes to the most similar chain
HEAD = 0.20  # what the same head word adds to the likeness of two phrases
KIND = 4.0  # weight, beside its words, of the kind of act that a phrase's head denotes
MINOR = 3  # phrases; who is named no more often than this goes to the state
SUFFIXES = frozenset("jr sr ii iii iv".split())
EMPTY_HEADS = frozenset("the a an this that these those his her its their our".split())
DERIVED = 6  # letters that two words of one root have in common
ACRONYM = re.compile(r"(?:[A-Z]\.){2,}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a report: words, position of its head among them, where it stands, and what is beside it.

    ``first`` and ``last`` number the words in the document; ``document`` numbers the document.
    """

    document: int
    first: int
    last: int
    words: tuple[str, ...]
    head: int
    verbal: bool = False

    @property
    def text(self) -> str:
        """Return the words joined."""
        return " ".join(self.words)

    @property
    def head_stem(self) -> str:
        """Return the stem of the head."""
        return words.stem(self.words[self.head]) if self.words[self.head][:1].isalnum() else ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a phrase names: a kind, a key within it, and the code of a state where one is known."""

    kind: str
    key: str
    code: str | None = None


def identify(phrase: Phrase) -> Identity:
    """Say what a phrase names, by itself."""
    phrase = mended(phrase)
    if phrase.verbal:
        return Identity("other", phrase.head_stem)
    found = _entries(phrase)
    at_head = [e for start, end, e in found if start <= phrase.head < end]
    if at_head:
        return _named(phrase, at_head[0])
    code = next((e[0].code for _, _, e in found if e[0].code and e[0].form != "person"), None)
    if _is_name(phrase):
        return Identity("person", words.stem(phrase.words[phrase.head]), code)
    role = _role(phrase)
    if role is not None:
        return Identity("role", role, code)
    return Identity("other", phrase.head_stem, code)


def mended(phrase: Phrase) -> Phrase:
    """Return the phrase with a head that names: no article, no "Jr." after a name; acronyms without dots."""
    plain = tuple(w.replace(".", "") if ACRONYM.fullmatch(w) else w for w in phrase.words)
    head = phrase.head
    if words.fold(plain[head]) in EMPTY_HEADS:
        head = max((i for i, w in enumerate(plain) if w[:1].isalnum()), default=head)
    while head and words.fold(plain[head]).rstrip(".") in SUFFIXES:
        head -= 1
    return Phrase(phrase.document, phrase.first, phrase.last, plain, head, phrase.verbal)


def _entries(phrase: Phrase) -> list[tuple[int, int, tuple[Entry, ...]]]:
    """Return the names of the gazetteer in a phrase, by the numbers of their words."""
    starts, place = [], 0
    for word in phrase.words:
        starts.append(place)
        place += len(word) + 1
    found = []
    for hit in gazetteer().find(phrase.text):
        first = max(i for i, s in enumerate(starts) if s <= hit.start)
        last = max(i for i, s in enumerate(starts) if s < hit.end)
        found.append((first, last + 1, hit.entries))
    return found


def _named(phrase: Phrase, entries: tuple[Entry, ...]) -> Identity:
    entries = tuple(e for e in entries if not e.until) or entries  # Moscow is no longer the Soviet Union's
    entry = entries[0]
    if entry.form == "person":
        return Identity("person", words.stem(phrase.words[phrase.head]), entry.code)
    if entry.form == "body" and entry.kind in OWN_CHAIN:
        return Identity("group", entry.id, entry.code)
    if entry.code and len({e.code for e in entries}) == 1:
        return Identity("state", entry.code, entry.code)
    return Identity("group", entry.id, entry.code)


def _is_name(phrase: Phrase) -> bool:
    """Tell whether the head is (part of) a proper name of a person: capitalised, no common noun before it."""
    head = phrase.words[phrase.head]
    if not head[:1].isupper() or (head.isupper() and len(head) > 1):
        return False
    before = phrase.words[phrase.head - 1] if phrase.head else ""
    role = words.fold(head) in lexicon().roles
    return not role and (words.fold(before).rstrip(".") in TITLES or before[:1].isupper() or phrase.head == 0)


def _role(phrase: Phrase) -> str | None:
    """Return the role of the tables that the phrase ends in ("prime minister"), or None."""
    for length in (3, 2, 1):
        start = phrase.head + 1 - length
        if start < 0:
            continue
        lemma = " ".join(words.fold(w) for w in phrase.words[start : phrase.head + 1])
        for form in (lemma, lemma.removesuffix("s"), lemma.removesuffix("es")):
            if form in lexicon().roles:
                return form
    return None


# -- joining ----------------------------------------------------------------------------------------------


def chains(phrases: Sequence[Phrase]) -> list[list[int]]:
    """Return the chains as lists of phrase numbers, singletons included."""
    phrases = [mended(p) for p in phrases]
    identities = [identify(p) for p in phrases]
    sets = clusters.Sets(len(phrases))
    _join_names(phrases, identities, sets)
    _join_roles(phrases, identities, sets)
    _join_others(phrases, identities, sets)
    _join_minor(phrases, identities, sets)
    found: dict[int, list[int]] = defaultdict(list)
    for number in range(len(phrases)):
        found[sets.find(number)].append(number)
    return [found[name] for name in sorted(found)]


def _join(sets: clusters.Sets, members: Iterable[int]) -> None:
    numbers = list(members)
    for other in numbers[1:]:
        sets.join(numbers[0], other)


def _join_names(phrases: Sequence[Phrase], identities: Sequence[Identity], sets: clusters.Sets) -> None:
    """Join phrases with one name: a person's last name, a state's code, a body's id."""
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, identity in enumerate(identities):
        if identity.kind in ("person", "state", "group"):
            by_key[identity.kind, identity.key].append(number)
    for members in by_key.values():
        _join(sets, members)


def _join_roles(phrases: Sequence[Phrase], identities: Sequence[Identity], sets: clusters.Sets) -> None:
    """Join an office to the person so called nearby, any other role of a state to the state."""
    holders = _holders(phrases, identities)
    states: dict[str, int] = {}
    for number, identity in enumerate(identities):
        if identity.kind == "state":
            states.setdefault(identity.key, number)
    for number, identity in enumerate(identities):
        if identity.kind != "role":
            continue
        holder = _holder(phrases[number], identity, holders)
        if holder is not None:
            sets.join(number, holder)
        elif identity.code in states:
            sets.join(number, states[identity.code])


def _holders(
    phrases: Sequence[Phrase], identities: Sequence[Identity]
) -> dict[tuple[int | None, str], Counter[int]]:
    """Count which persons (by their first phrase) bear which role, per document and in all."""
    first: dict[str, int] = {}
    found: dict[tuple[int | None, str], Counter[int]] = defaultdict(Counter)
    ends = {(p.document, p.last): n for n, p in enumerate(phrases)}
    for number, identity in enumerate(identities):
        if identity.kind != "person":
            continue
        person = first.setdefault(identity.key, number)
        phrase = phrases[number]
        roles = {r for r in (_role_before(phrase),) if r}
        for gap in (1, 2):
            beside = ends.get((phrase.document, phrase.first - gap))
            if beside is not None and identities[beside].kind == "role":
                roles.add(identities[beside].key)
        for role in roles:
            found[phrase.document, role][person] += 1
            found[None, role][person] += 1
    return found


def _role_before(phrase: Phrase) -> str | None:
    """Return the role that stands before the name inside a phrase: "*President* Trump"."""
    for place in range(phrase.head - 1, -1, -1):
        role = _role(Phrase(phrase.document, phrase.first, phrase.last, phrase.words, place))
        if role:
            return role
    return None


def _holder(
    phrase: Phrase, identity: Identity, holders: dict[tuple[int | None, str], Counter[int]]
) -> int | None:
    if lexicon().roles[identity.key].number == "many" or phrase.words[phrase.head].endswith("s"):
        return None
    for key in ((phrase.document, identity.key), (None, identity.key)):
        if holders.get(key):
            return min(holders[key], key=lambda n: (-holders[key][n], n))
    return None


def _join_others(phrases: Sequence[Phrase], identities: Sequence[Identity], sets: clusters.Sets) -> None:
    """Cluster what has no name by the words it shares, then attach what stands alone."""
    rest = [n for n, identity in enumerate(identities) if identity.kind in ("other", "role")]
    rest = [n for n in rest if sets.find(n) == n]
    bags = [_bag(phrases[n]) for n in rest]
    links = [
        (a, b, score)
        for a in range(len(rest))
        for b in range(a + 1, len(rest))
        if (score := _likeness(phrases[rest[a]], phrases[rest[b]], bags[a], bags[b])) > 0.05
    ]
    groups = clusters.cluster(len(rest), links, SHARED)
    for group in groups:
        _join(sets, (rest[i] for i in group))
    best: dict[int, tuple[float, int]] = {}
    alone = {group[0] for group in groups if len(group) == 1}
    for a, b, score in links:
        for one, other in ((a, b), (b, a)):
            if one in alone and score >= ATTACHED and (score, -other) > best.get(one, (0.0, 0)):
                best[one] = (score, -other)
    for one, (_, other) in sorted(best.items()):
        sets.join(rest[one], rest[-other])


def _join_minor(phrases: Sequence[Phrase], identities: Sequence[Identity], sets: clusters.Sets) -> None:
    """Join who is named in passing (a person or office met once or twice) to the state they belong to.

    A person's state is that of the tables, or of a name inside a phrase; an office without any goes to the
    state most often named in its document.
    """
    size = Counter(sets.find(n) for n in range(len(phrases)))
    states: dict[str, int] = {}
    named: dict[int, Counter[str]] = defaultdict(Counter)
    for number, identity in enumerate(identities):
        if identity.kind == "state":
            states.setdefault(identity.key, number)
            named[phrases[number].document][identity.key] += 1
    people = {sets.find(n) for n, identity in enumerate(identities) if identity.kind == "person"}
    codes: dict[int, str] = {}
    for number, identity in enumerate(identities):
        if identity.kind in ("person", "role") and identity.code in states:
            codes.setdefault(sets.find(number), identity.code or "")
    for number, identity in enumerate(identities):
        home = sets.find(number)
        if identity.kind not in ("person", "role") or size[home] > MINOR:
            continue
        code = codes.get(home)
        around = named[phrases[number].document]
        if code is None and identity.kind == "role" and home not in people and around:
            code = min(around, key=lambda c: (-around[c], c))
        if code is not None:
            sets.join(home, states[code])


def _bag(phrase: Phrase) -> dict[str, float]:
    stems = {root(s) for s in words.content(phrase.text)}
    found = {s: words.rarity(s) for s in stems}
    found |= {f"act:{kind}": KIND for kind in _acts().get(phrase.head_stem, ())}
    length = sum(w * w for w in found.values()) ** 0.5 or 1.0
    return {s: w / length for s, w in found.items()}


@cache
def _acts() -> dict[str, tuple[str, ...]]:
    """Return the event types that a stem denotes in some row of the trigger tables."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in lexicon().rows():
        for lemma in row.lemmas:
            if " " not in lemma and row.event:
                found[words.stem(lemma)].add(row.event)
    return {s: tuple(sorted(kinds)) for s, kinds in found.items() if len(kinds) <= 2}


def _likeness(one: Phrase, other: Phrase, bag: dict[str, float], other_bag: dict[str, float]) -> float:
    shared = sum(w * other_bag[s] for s, w in bag.items() if s in other_bag)
    same = root(one.head_stem) == root(other.head_stem) != ""
    return min(1.0, shared * (1 - HEAD) + (HEAD if same else 0.0))


@cache
def root(stem: str) -> str:
    """Return the first letters of a stem, by which "denuclearize" and "denuclearization" are one."""
    return stem[:DERIVED]
