"""What PLOVER's rules make of the acts of a paragraph, and which of them are one act told twice.

An announced visit is an agreement, an announced withdrawal a concession, "will attack unless" a threat.
What a threat or an agreement is about is not coded again. An act whose parties cannot be
identified is left out: it is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.extract import arguments, syntax
from dateline.extract.realis import Judgement
from dateline.extract.triggers import Hit
from dateline.lexicon import Lexicon
from dateline.ontology import ontology
from dateline.records import ActorRef

if TYPE_CHECKING:
    from spacy.tokens import Token

COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
YIELDING = frozenset({"RETREAT", "CONCEDE"})
# What these are about is part of them: the threatened or agreed act is no act of its own.
ABSORBING = frozenset({"THREATEN", "AGREE", "CONCEDE"})
# Sectors that make somebody a political actor even where no country can be told.
POLITICAL = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "OPP", "PRM", "PTY", "REB", "SPY"})
# What is said, promised and given in every family.
PRIVATE = frozenset("ACCUSE AGREE AID CONCEDE CONSULT COOPERATE REJECT REQUEST SUPPORT".split())
# Who warns of what others suffer, or may do, rather than of what he will do himself.
OBSERVERS = frozenset({"IGO", "NGO", "UNO"})
WARNING = frozenset({"warn", "caution"})
DENIED = ("realis:governs.deny", "realis:governs-noun.deny", "realis:governs-noun.denial")
SURE = 0.6  # the network's probability from which on nobody need be identified; F1 on files 09
LIKELY = 0.3  # the same if somebody denies the act
# What a refusal to do these is: "will not lift the ban" yields nothing.
REFUSED = {
    "CONSULT": "meet", "AID": "assist", "RETREAT": "yield", "CONCEDE": "yield",
    "AGREE": None, "SUPPORT": None, "COOPERATE": None,
}  # fmt: skip
THREATENED = {"ASSAULT": "violence", "SANCTION": "relations", "COERCE": "restrict", "MOBILIZE": "violence"}


@dataclass(frozen=True, slots=True)
class Act:
    """A trigger with its parties and its realis, before it becomes a mention."""

    hit: Hit
    event: str
    mode: str | None
    actor: tuple[ActorRef, ...]
    recipient: tuple[ActorRef, ...]
    judgement: Judgement
    why: tuple[str, ...] = ()
    chance: float = 0.0  # how probable the network finds an act of this type here

    @property
    def cameo(self) -> str:
        """The CAMEO code: the row's own unless a rule changed type or mode."""
        row = self.hit.row
        if (self.event, self.mode) == (row.event, row.mode):
            return row.cameo
        return ontology().cameo(self.event, self.mode)


def acts(found: Iterable[Act], lexicon: Lexicon) -> list[Act]:
    """Apply the rules in order; see the module docstring."""
    named = identifiable(found, lexicon)
    kept = [act for act in named if not _absorbed(act, named)]
    return [recoded(act) for act in once(kept)]


def identifiable(found: Iterable[Act], lexicon: Lexicon) -> list[Act]:
    """Return the acts of somebody identifiable that are no family matter and no mere forecast."""
    named = (act for act in found if _has_party(act) and not _is_private(act, lexicon.sets["KIN"]))
    return [act for act in named if not _is_forecast(act)]


def _is_forecast(act: Act) -> bool:
    """Tell "UNICEF warned that children would go hungry" from "the UN warned that it would withdraw"."""
    if act.event != "THREATEN" or act.hit.token.lemma_.lower() not in WARNING or not act.actor:
        return False
    subjects = (s for c in syntax.clause_verbs(act.hit.token) for s in arguments.surface_subject(c))
    of_others = [s.pos_ != "PRON" for s in subjects]
    return all(a.code in OBSERVERS for a in act.actor) and bool(of_others) and all(of_others)


def _is_private(act: Act, kin: frozenset[str]) -> bool:
    """Tell "begged his wife to forgive him" from "the junta freed his wife"."""
    parties = (*act.actor, *act.recipient)
    family = any(kin & set(a.span.text.lower().split()) for a in parties)
    return family and act.event in PRIVATE and not any(a.sector in POLITICAL for a in parties)


def _has_party(act: Act) -> bool:
    """Tell an act of somebody identifiable, with a code or a political sector; of anybody if it is sure.

    What somebody denies answers an accusation that named the parties: "denied that anyone had been tortured".
    """
    parties = (*act.actor, *act.recipient)
    if any(a.code or a.sector in POLITICAL for a in parties):
        return True
    denied = any(mark in act.judgement.why for mark in DENIED)
    return act.chance >= (LIKELY if denied else SURE)


def _absorbed(act: Act, others: list[Act]) -> bool:
    """Tell an act that is only what another act in the sentence threatens, agrees to or refuses."""
    for other in others:
        if other is act or other.event not in ABSORBING:
            continue
        if act.hit.token.i in _complement(other.hit.token):
            return True
    return False


def _complement(token: Token) -> set[int]:
    """Return the tokens that head the complement of an act: its infinitive or its object."""
    found = {verb.i for verb in syntax.clause_verbs(token) if verb.dep_ in ("xcomp", "acl", "pcomp")}
    for verb in list(syntax.clause_verbs(token)):
        if verb.i in found:
            found |= {noun.i for noun in arguments.logical_object(verb)}
            found |= {noun.i for _, noun in syntax.prepositions(verb)}
    return found


def once(found: list[Act]) -> list[Act]:
    """Return acts in text order, each once.

    "An Israeli strike killed three" is one ASSAULT: the verb's, with the noun's doer.
    """
    dropped: set[int] = set()
    kept: dict[int, Act] = {}
    for act in found:
        kept.setdefault(act.hit.token.i, act)
    for act in found:
        for other in found:
            if act is other or act.event != other.event or other.hit.token.i in dropped:
                continue
            if _is_means_of(act.hit.token, other.hit.token):
                dropped.add(act.hit.token.i)
                merged = kept[other.hit.token.i]
                kept[other.hit.token.i] = replace(
                    merged,
                    actor=merged.actor or act.actor,
                    recipient=merged.recipient or act.recipient,
                    mode=merged.mode or act.mode,
                    why=(*merged.why, f"merged:{act.hit.row.id}"),
                )
    return [act for i, act in sorted(kept.items()) if i not in dropped]


def _is_means_of(noun: Token, verb: Token) -> bool:
    """Tell an event noun that is the instrument or subject of a verb: "killed in a strike"."""
    if not syntax.is_verbal(verb):
        return False
    if syntax.is_verbal(noun):
        return False
    if noun.dep_ in ("nsubj", "nsubjpass") and noun.head.i == verb.i:
        return True
    if verb.dep_ == "relcl" and verb.head.i == noun.i:
        return True
    return (
        noun.dep_ == "pobj"
        and noun.head.head.i == verb.i
        and noun.head.lower_ in ("in", "during", "with", "by")
    )


def recoded(act: Act) -> Act:
    """Apply the rule on announced acts to one act."""
    if act.judgement.realis == "future":
        return _announced(act)
    if act.judgement.realis == "negated" and act.judgement.announced:
        return _refused(act)
    if act.judgement.realis == "hypothetical" and act.judgement.announced:
        return _ultimatum(act)
    return act


def _refused(act: Act) -> Act:
    """Read "will not release" as the refusal it is; "has not released" stays a negated act."""
    if act.event not in REFUSED:
        return act
    actual = replace(act.judgement, realis="actual")
    mode = REFUSED[act.event]
    return replace(act, event="REJECT", mode=mode, judgement=actual, why=(*act.why, "rule:refused"))


def _announced(act: Act) -> Act:
    """Apply PLOVER's rule on announced acts."""
    actual = Judgement("actual", act.judgement.why)
    if act.event in COOPERATIVE:
        return replace(act, event="AGREE", mode=None, judgement=actual, why=(*act.why, "rule:announced"))
    if act.event in YIELDING:
        return replace(act, event="CONCEDE", mode=None, judgement=actual, why=(*act.why, "rule:announced"))
    return act


def _ultimatum(act: Act) -> Act:
    """Read "will attack unless" as a threat; a cooperative act on a condition stays hypothetical."""
    if act.event not in THREATENED or not _has_condition(act.hit.token):
        return act
    actual = replace(act.judgement, realis="actual")
    mode = THREATENED[act.event]
    return replace(act, event="THREATEN", mode=mode, judgement=actual, why=(*act.why, "rule:ultimatum"))


def _has_condition(token: Token) -> bool:
    verb = syntax.clause_root(token)
    clauses = (c for c in verb.children if c.dep_ == "advcl")
    return any(m.lower_ in ("if", "unless") for c in clauses for m in c.children if m.dep_ == "mark")
