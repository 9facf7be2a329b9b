"""Which states a report names, in which sentence, and where it was written: among these a party is placed.

Bodies of many states and groups that the gazetteer gives a code count as states here: "its envoy" may be the
United Nations'. A town names the country it lies in.
"""

from __future__ import annotations

from collections import Counter
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
    shares: Mapping[str, float] = field(init=False, compare=False)  # of all names
    earliest: Mapping[str, int] = field(init=False, compare=False)  # the first sentence that names it

    def __post_init__(self) -> None:
        """Order and count the names once: every party without a country asks for them."""
        named = tuple(
            (key, code)
            for key, code in sorted(self.words.items())
            if self.words.get((key[0], key[1] - 1)) != code  # not the second word of the same name
        )
        counts = Counter(code for _, code in named)
        earliest: dict[str, int] = {}
        for key, code in named:
            earliest.setdefault(code, self.sentences.get(key, 0))
        object.__setattr__(self, "named", named)
        object.__setattr__(self, "shares", {code: n / len(named) for code, n in counts.items()})
        object.__setattr__(self, "earliest", earliest)

    @property
    def first(self) -> str | None:
        """Return the state that is named first."""
        return self.named[0][1] if self.named else None
