"""The labels of every head, in the order in which the network writes them."""

from __future__ import annotations

from dateline.ontology import ontology

NONE = "NONE"
EVENTS = (
    NONE, "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT",
)  # fmt: skip
MODES = tuple(
    f"{event}/{mode}" if mode else event
    for event in EVENTS[1:]
    for mode in ("", *sorted(ontology().types[event].modes))
)
REALIS = ("actual", "negated", "future", "hypothetical", "requested")
SAYINGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
SECTORS = (NONE, *sorted(ontology().sectors))
PARTIES = ("O", "B-S", "I-S", "B-T", "I-T", "B-R", "I-R")
LINKS = ("actor", "recipient", "source", "content", "voice", "country", "date")
CONTEXTS = tuple(sorted(ontology().contexts))
DISCOURSE = (
    "Main", "Main_Consequence", "Cause_Specific", "Cause_General", "Distant_Historical", "Distant_Anecdotal",
    "Distant_Evaluation", "Distant_Expectations_Consequences", "NA",
)  # fmt: skip

# What is read at each word, at [CLS], and how many numbers each takes.
WORD_HEADS = {
    "event": EVENTS, "mode": MODES, "realis": REALIS, "background": ("background",), "voiced": ("voiced",),
    "certainty": ("score",), "saying": SAYINGS, "party": PARTIES, "sector": SECTORS, "carried": ("carried",),
}  # fmt: skip
TEXT_HEADS = {"context": CONTEXTS, "discourse": DISCOURSE}


def places(heads: dict[str, tuple[str, ...]]) -> dict[str, tuple[int, int]]:
    """Return where the numbers of each head begin and end in the row that holds them all."""
    found, start = {}, 0
    for name, labels in heads.items():
        found[name] = (start, start + len(labels))
        start += len(labels)
    return found
