"""Who is named where in a report: what :mod:`.actors` finds, and every later question asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from dateline.extract.states import Key, States
from dateline.gazetteer import Found
from dateline.parse import Paragraph
from dateline.records import ActorRef

if TYPE_CHECKING:
    from spacy.tokens import Token

L = TypeVar("L", str, int)
REMEMBERED = 8  # so many of those named before are looked through for one of the same sector


@dataclass(frozen=True, slots=True)
class Cast:
    """All actors of a report, by (paragraph number, token index) of the head of their phrase.

    ``words`` are the lemmas of those heads, ``against`` the states that a clause sets against some of them.
    ``linked``, ``placed`` and ``judged`` keep what :mod:`.countries` and :mod:`.identity` have worked out.
    """

    actors: dict[Key, ActorRef]
    others: dict[Key, tuple[ActorRef, ...]]
    chains: dict[Key, str]
    names: dict[int, tuple[tuple[Found, int, int], ...]]
    words: dict[Key, str]
    against: dict[Key, str]
    states: States
    setting: str | None
    phrases: dict[str, list[Key]] = field(init=False, compare=False)  # the chains the other way round
    order: list[Key] = field(init=False, compare=False)  # who has a code, in text order
    by_sentence: dict[int, list[Key]] = field(init=False, compare=False)
    linked: dict[Key, dict[str, float]] = field(default_factory=dict, compare=False, repr=False)
    placed: dict[Key, dict[str, float]] = field(default_factory=dict, compare=False, repr=False)
    judged: dict[tuple[Key, ActorRef], ActorRef] = field(default_factory=dict, compare=False, repr=False)
    same: dict[str, list[Key]] = field(init=False, compare=False)  # the words the other way round

    def __post_init__(self) -> None:
        """Index the phrases by chain and by word, once: every party of a guessed country asks for them."""
        object.__setattr__(self, "phrases", _turned(self.chains))
        object.__setattr__(self, "order", sorted(key for key, actor in self.actors.items() if actor.code))
        object.__setattr__(self, "same", _turned(self.words))
        sentences = {key: self.states.sentences[key] for key in sorted(self.actors)}
        object.__setattr__(self, "by_sentence", _turned(sentences))

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

    def last_of(self, sector: str | None, head: Key) -> ActorRef | None:
        """Return the party of a sector that was named last before a phrase, not too long ago."""
        end = bisect_left(self.order, head)
        before = (self.actors[key] for key in reversed(self.order[max(0, end - REMEMBERED) : end]))
        return next((a for a in before if a.sector == sector), None)

    def between(self, first: int, last: int) -> Iterator[Key]:
        """Yield the heads of all phrases in these sentences, the last one among them, in text order."""
        for number in range(first, last + 1):
            yield from self.by_sentence.get(number, ())

    def of_word(self, head: Key) -> list[tuple[Key, ActorRef]]:
        """Return all who are named by the same word as a phrase, that one among them."""
        word = self.words.get(head)
        return [(key, self.actors[key]) for key in self.same[word]] if word is not None else []

    def name_at(self, paragraph: Paragraph, token: Token) -> Found | None:
        """Return the gazetteer name that covers a token."""
        for found, start, end in self.names.get(paragraph.number, ()):
            if start <= token.i < end:
                return found
        return None


def _turned(labels: Mapping[Key, L]) -> dict[L, list[Key]]:
    found: dict[L, list[Key]] = {}
    for key, label in labels.items():
        found.setdefault(label, []).append(key)
    return found


def weakly(actor: ActorRef) -> str:
    """Return the reason of a code that no word of the report has told, "" where one has."""
    return next((reason for reason in ("setting", "town") if reason in actor.why), "")
