"""Which states a report names, in which sentence, and where it was written: among these a party is placed.

Bodies of many states and groups that the gazetteer gives a code count as states here: "its envoy" may be the
United Nations'. A town names the country it lies in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

Key = tuple[int, int]  # paragraph number, token index


@dataclass(frozen=True, slots=True)
class States:
    """The codes that the words of a report mean, by word, and the sentence of every word.

    ``dateline`` is the state the report was written in, if it says so.
    """

    words: Mapping[Key, str]
    sentences: Mapping[Key, int]
    dateline: str | None
    named: tuple[tuple[Key, str], ...] = field(init=False, compare=False)  # in text order, each name once
    inside: Mapping[int, list[tuple[Key, str]]] = field(init=False, compare=False)  # names, by sentence
    naming: Mapping[str, list[int]] = field(init=False, compare=False)  # sentences, by state, in order
    shares: Mapping[str, float] = field(init=False, compare=False)  # of all names

    def __post_init__(self) -> None:
        """Order and count the names once: every party without a country asks for them."""
        named = tuple(
            (key, code)
            for key, code in sorted(self.words.items())
            if self.words.get((key[0], key[1] - 1)) != code  # not the second word of the same name
        )
        inside: dict[int, list[tuple[Key, str]]] = defaultdict(list)
        naming: dict[str, list[int]] = defaultdict(list)
        for key, code in named:
            inside[self.sentences[key]].append((key, code))
            naming[code].append(self.sentences[key])
        object.__setattr__(self, "named", named)
        object.__setattr__(self, "inside", dict(inside))
        object.__setattr__(self, "naming", dict(naming))
        object.__setattr__(self, "shares", {code: len(of) / len(named) for code, of in naming.items()})

    def earliest(self, code: str) -> int | None:
        """Return the first sentence that names a state."""
        return self.naming[code][0] if code in self.naming else None

    def before(self, code: str, sentence: int) -> int | None:
        """Return how many sentences before this one a state was last named; None if it was not."""
        of = self.naming.get(code, [])
        place = bisect_left(of, sentence)
        return sentence - of[place - 1] if place else None

    @property
    def first(self) -> str | None:
        """Return the state that is named first."""
        return self.named[0][1] if self.named else None
