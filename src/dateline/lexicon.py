"""The language's tables as typed rows: triggers, cues, realis marks, distancing, roles, actors.

Everything is loaded by :func:`lexicon`, once. Loading refuses unknown codes, duplicate ids, and two
trigger rows that give one pattern different codes, naming file and line of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from dateline import errors, tables
from dateline.ontology import Ontology, ontology
from dateline.records import Realis, Stance

Row = dict[str, str]

TRIGGER_COLUMNS = (
    "id", "pos", "lemma", "particle", "object", "prep", "prep_object", "clause", "modifier",
    "event", "mode", "cameo", "actor", "recipient", "example",
)  # fmt: skip
SET_COLUMNS = ("set", "lemma")
CUE_COLUMNS = ("id", "pos", "lemma", "kind", "stance", "example")
REALIS_COLUMNS = ("id", "kind", "lemma", "construction", "realis", "strength", "example")
DISTANCING_COLUMNS = ("id", "pattern", "kind", "example")
MEDIUM_COLUMNS = ("lemma", "medium", "example")
ROLE_COLUMNS = ("lemma", "sector", "number", "kind", "example", "code")
BELONGING_COLUMNS = ("lemma", "sector", "example")
LOADED_COLUMNS = ("word", "as", "strength", "note")
CONTEXT_COLUMNS = ("word", "context")
DOMAIN_COLUMNS = ("word", "domain")
LEMMA_COLUMNS = ("form", "lemma")

# How much a filled pattern cell tells; a bare preposition tells least ("on" may be "on Sunday").
CELL_WEIGHTS = {
    "object": 1.2, "clause": 1.1, "prep_object": 1.1, "modifier": 1.0, "particle": 1.0, "prep": 0.5,
}  # fmt: skip
PATTERN_CELLS = ("particle", "object", "prep", "prep_object", "clause", "modifier")
ANYTHING = "*"  # in a pattern cell: something must stand there, whatever it is
DEFAULT_SLOTS = {
    "verb": ("subj|by", "obj"),
    "noun": ("poss|adj|by|subj", "against|on|of|to"),
    "adj": ("subj", "of|to|with"),
}


@dataclass(frozen=True, slots=True)
class Slots:
    """Where a role is found: alternatives in order, each a list of slots to be joined."""

    alternatives: tuple[tuple[str, ...], ...]

    @classmethod
    def parse(cls, cell: str) -> Slots:
        """Read ``a|b+c`` (``-`` is no slot at all)."""
        if cell == "-":
            return cls(())
        return cls(tuple(tuple(part.split("+")) for part in tables.alternatives(cell)))


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of a trigger table, its word sets expanded; an empty cell set means any."""

    id: str
    pos: Literal["verb", "noun", "adj"]
    lemmas: frozenset[str]
    particle: frozenset[str]
    object: frozenset[str]
    prep: frozenset[str]
    prep_object: frozenset[str]
    clause: frozenset[str]
    modifier: frozenset[str]
    event: str
    mode: str | None
    cameo: str
    actor: Slots
    recipient: Slots
    example: str

    @property
    def specificity(self) -> float:
        """What the filled pattern cells tell together (``*`` counts half): the more, the surer."""
        filled = [cell for cell in PATTERN_CELLS if getattr(self, cell)]
        return sum(CELL_WEIGHTS[cell] * (0.5 if ANYTHING in getattr(self, cell) else 1.0) for cell in filled)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that attributes what it governs to somebody."""

    id: str
    pos: str
    lemma: str
    kind: str
    stance: Stance
    example: str


@dataclass(frozen=True, slots=True)
class RealisMark:
    """A word that makes the act below it negated, future, hypothetical or requested."""

    id: str
    kind: str
    lemma: str
    construction: str
    realis: Realis
    strength: float
    example: str


@dataclass(frozen=True, slots=True)
class Role:
    """A common noun for an actor, and the sector it belongs to; ``code`` when nothing says whose it is."""

    lemma: str
    sector: str
    number: str
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A word that judges instead of identifying; strength 1 to 3."""

    word: str
    place: str
    strength: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables of one language, indexed for look-up; build it with :func:`lexicon`."""

    triggers: dict[tuple[str, str], tuple[Trigger, ...]]
    cues: dict[tuple[str, str], Cue]
    realis: dict[tuple[str, str], RealisMark]
    distancing: dict[str, str]
    media: dict[str, str]
    roles: dict[str, Role]
    role_heads: frozenset[str]
    belongings: dict[str, str]
    loaded: dict[str, Loaded]
    contexts: dict[str, tuple[str, ...]]
    domains: dict[str, str]
    sets: dict[str, frozenset[str]]

    def rows(self) -> list[Trigger]:
        """Return every trigger row once, in the order of ids."""
        rows = {row.id: row for group in self.triggers.values() for row in group}
        return [rows[key] for key in sorted(rows)]


def _unique(rows: Iterable[Row], key: str) -> list[Row]:
    seen: dict[str, str] = {}
    kept = []
    for row in rows:
        if row[key] in seen:
            raise errors.LexiconError(f"{row['@']}: {key} {row[key]!r} stands already in {seen[row[key]]}")
        seen[row[key]] = row["@"]
        kept.append(row)
    return kept


def _sets(folder: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.read_all(folder, SET_COLUMNS, "sets*.tsv"):
        found[row["set"]].add(row["lemma"])
    return {name: frozenset(words) for name, words in found.items()}


def _expand(cell: str, sets: dict[str, frozenset[str]], where: str) -> frozenset[str]:
    words: set[str] = set()
    for word in tables.alternatives(cell):
        if not word.startswith("@"):
            words.add(word)
        elif word[1:] in sets:
            words |= sets[word[1:]]
        else:
            raise errors.LexiconError(f"{where}: there is no word list {word}")
    return frozenset(words)


def _with_owners(cell: str, pos: str) -> str:
    """Add to a noun row's actor slots those where any noun may name its doer: "the *army's* raid"."""
    if pos != "noun" or cell in ("", "-"):
        return cell
    known = set(cell.replace("+", "|").split("|"))
    return "|".join([cell, *(slot for slot in ("poss", "by", "adj") if slot not in known)])


def _trigger(row: Row, sets: dict[str, frozenset[str]], codes: Ontology) -> Trigger:
    where, pos = row["@"], row["pos"]
    if pos not in DEFAULT_SLOTS:
        raise errors.LexiconError(f"{where}: pos must be verb, noun or adj, not {pos!r}")
    try:
        if row["event"] or row["mode"]:  # a row without an event only keeps others from firing
            codes.check(row["event"], row["mode"] or None)
    except errors.OntologyError as error:
        raise errors.LexiconError(f"{where}: {error}") from None
    actor, recipient = DEFAULT_SLOTS[pos]
    cells = {cell: _expand(row[cell], sets, where) for cell in PATTERN_CELLS}
    return Trigger(
        id=row["id"],
        pos=cast(Literal["verb", "noun", "adj"], pos),
        lemmas=_expand(row["lemma"], sets, where),
        event=row["event"],
        mode=row["mode"] or None,
        cameo=row["cameo"] or (codes.cameo(row["event"], row["mode"] or None) if row["event"] else ""),
        actor=Slots.parse(_with_owners(row["actor"], pos) or actor),
        recipient=Slots.parse(row["recipient"] or recipient),
        example=row["example"],
        **cells,
    )


def _refuse_conflicts(triggers: Sequence[Trigger]) -> None:
    seen: dict[tuple[str, str], list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        for lemma in sorted(trigger.lemmas):
            for other in seen[trigger.pos, lemma]:
                common = _common(other, trigger)
                if common is not None and (other.event, other.mode) != (trigger.event, trigger.mode):
                    words = " ".join([trigger.pos, lemma, *common])
                    raise errors.LexiconError(
                        f"{other.id} and {trigger.id} give the pattern {words!r} different codes"
                    )
            seen[trigger.pos, lemma].append(trigger)


def _common(one: Trigger, other: Trigger) -> list[str] | None:
    """Return words that fill every pattern cell of both rows, or None where there are none."""
    words = []
    for cell in PATTERN_CELLS:
        mine, yours = getattr(one, cell), getattr(other, cell)
        if mine or yours:
            shared = mine & yours
            if not shared:
                return None
            words.append(min(shared))
    return words


def _index(triggers: Sequence[Trigger]) -> dict[tuple[str, str], tuple[Trigger, ...]]:
    index: dict[tuple[str, str], list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        for lemma in trigger.lemmas:
            index[trigger.pos, lemma].append(trigger)
    order = {key: sorted(group, key=lambda t: (-t.specificity, t.id)) for key, group in index.items()}
    return {key: tuple(group) for key, group in order.items()}


def _triggers(folder: str, sets: dict[str, frozenset[str]]) -> dict[tuple[str, str], tuple[Trigger, ...]]:
    rows = _unique(tables.read_all(f"{folder}/triggers", TRIGGER_COLUMNS), "id")
    triggers = [_trigger(row, sets, ontology()) for row in rows]
    _refuse_conflicts(triggers)
    return _index(triggers)


def _cues(folder: str) -> dict[tuple[str, str], Cue]:
    found: dict[tuple[str, str], Cue] = {}
    for row in _unique(tables.read(f"{folder}/cues.tsv", CUE_COLUMNS), "id"):
        stance = cast(Stance, row["stance"])
        for lemma in tables.alternatives(row["lemma"]):
            if (row["pos"], lemma) in found:
                raise errors.LexiconError(f"{row['@']}: {row['pos']} {lemma!r} stands already above")
            found[row["pos"], lemma] = Cue(row["id"], row["pos"], lemma, row["kind"], stance, row["example"])
    return found


def _realis(folder: str) -> dict[tuple[str, str], RealisMark]:
    rows = _unique(tables.read(f"{folder}/realis.tsv", REALIS_COLUMNS), "id")
    return {
        (row["construction"], lemma): RealisMark(
            row["id"], row["kind"], lemma, row["construction"], cast(Realis, row["realis"]),
            float(row["strength"] or 0), row["example"],
        )
        for row in rows
        for lemma in tables.alternatives(row["lemma"])
    }  # fmt: skip


def _head_of(lemma: str) -> str:
    """Return the noun that heads a role: "minister" of "foreign minister", "chief" of "chief of staff"."""
    return lemma.partition(" of ")[0].rpartition(" ")[2]


def _roles() -> dict[str, Role]:
    rows = _unique(tables.read("actors/roles.tsv", ROLE_COLUMNS), "lemma")
    for row in rows:
        if row["sector"]:
            ontology().check_sector(row["sector"])
        if row["code"] and row["code"] not in ontology().entities:
            raise errors.LexiconError(f"{row['@']}: {row['code']!r} is no code of bodies without a country")
    return {
        lemma: Role(lemma, row["sector"], row["number"], row["kind"], row["code"])
        for row in rows
        for lemma in tables.alternatives(row["lemma"])
    }


def _belongings() -> dict[str, str]:
    rows = _unique(tables.read("actors/belongings.tsv", BELONGING_COLUMNS), "lemma")
    for row in rows:
        ontology().check_sector(row["sector"])
    return {row["lemma"]: row["sector"] for row in rows}


def _loaded() -> dict[str, Loaded]:
    rows = _unique(tables.read("actors/loaded.tsv", LOADED_COLUMNS), "word")
    return {row["word"].lower(): Loaded(row["word"], row["as"], int(row["strength"] or 1)) for row in rows}


def _contexts(folder: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.read(f"{folder}/contexts.tsv", CONTEXT_COLUMNS):
        names = tables.alternatives(row["context"])
        ontology().check_contexts(names)
        for word in tables.alternatives(row["word"]):
            found[word] |= set(names)
    return {word: tuple(sorted(names)) for word, names in found.items()}


def lexicon(language: str = "en") -> Lexicon:
    """Return the tables of a language, loaded once; LexiconError names the first thing that is wrong."""
    return load(language)


@cache
def verb_lemmas(language: str = "en") -> dict[str, str]:
    """Return the verb forms whose base form the parser gets wrong, with the right one."""
    rows = tables.read(f"lexicon/{language}/lemmas.tsv", LEMMA_COLUMNS)
    return {row["form"]: row["lemma"] for row in rows}


@cache
def load(language: str) -> Lexicon:
    """Load the tables of a language; see :func:`lexicon`."""
    folder = f"lexicon/{language}"
    sets = _sets(folder)
    distancing = _unique(tables.read(f"{folder}/distancing.tsv", DISTANCING_COLUMNS), "id")
    roles = _roles()
    return Lexicon(
        triggers=_triggers(folder, sets),
        cues=_cues(folder),
        realis=_realis(folder),
        distancing={w: row["kind"] for row in distancing for w in tables.alternatives(row["pattern"])},
        media={
            word: row["medium"]
            for row in tables.read(f"{folder}/media.tsv", MEDIUM_COLUMNS)
            for word in tables.alternatives(row["lemma"])
        },
        roles=roles,
        role_heads=frozenset(_head_of(lemma) for lemma in roles),
        belongings=_belongings(),
        loaded=_loaded(),
        contexts=_contexts(folder),
        domains={row["word"]: row["domain"] for row in tables.read(f"{folder}/domains.tsv", DOMAIN_COLUMNS)},
        sets=sets,
    )
