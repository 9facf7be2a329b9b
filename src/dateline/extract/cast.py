"""Who is named where in a report: what :mod:`.actors` finds, and every later question asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.gazetteer import Found
from dateline.parse import Paragraph
from dateline.records import ActorRef

if TYPE_CHECKING:
    from spacy.tokens import Token

Key = tuple[int, int]  # paragraph number, token index


@dataclass(frozen=True, slots=True)
class Cast:
    """All actors of a report, by (paragraph number, token index) of the head of their phrase.

    ``states`` are the codes that names mean, by each of their words.
    """

    actors: dict[Key, ActorRef]
    others: dict[Key, tuple[ActorRef, ...]]
    chains: dict[Key, str]
    names: dict[int, tuple[tuple[Found, int, int], ...]]
    states: dict[Key, str]
    setting: str | None
    phrases: dict[str, list[Key]] = field(init=False, compare=False)  # the chains the other way round

    def __post_init__(self) -> None:
        """Index the phrases by chain, once: every party of a guessed country asks for them."""
        found: dict[str, list[Key]] = {}
        for key, chain in self.chains.items():
            found.setdefault(chain, []).append(key)
        object.__setattr__(self, "phrases", found)

    def actor(self, paragraph: Paragraph, token: Token) -> ActorRef | None:
        """Return the actor a token heads, or None if it names none."""
        return self.actors.get((paragraph.number, token.i))

    def parties(self, paragraph: Paragraph, token: Token) -> tuple[ActorRef, ...]:
        """Return all actors one phrase names: two for "Indian and Chinese soldiers"."""
        actor = self.actor(paragraph, token)
        if actor is None:
            return ()
        return (actor, *self.others.get((paragraph.number, token.i), ()))

    def chain(self, paragraph: Paragraph, token: Token) -> str | None:
        """Return the id of the coreference chain of a token's phrase."""
        return self.chains.get((paragraph.number, token.i))

    def chained(self, key: Key) -> list[Key]:
        """Return the heads of all phrases that name whom one names, that one among them."""
        chain = self.chains.get(key)
        return [key] if chain is None else self.phrases[chain]

    def name_at(self, paragraph: Paragraph, token: Token) -> Found | None:
        """Return the gazetteer name that covers a token."""
        for found, start, end in self.names.get(paragraph.number, ()):
            if start <= token.i < end:
                return found
        return None
