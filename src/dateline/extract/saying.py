"""One attribution while a report is read: who says what, in token positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract.ranges import Range
from dateline.lexicon import Cue
from dateline.parse import Paragraph
from dateline.records import ActorRef, Quotation

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Saying:
    """One attribution in token positions; ``content`` is a list of ranges in ``paragraph``.

    Source and cue stand in ``home``: another paragraph when a quotation runs on.
    """

    paragraph: Paragraph
    home: Paragraph
    row: Cue
    cue: Range
    source: Token | None
    actor: ActorRef | None
    content: tuple[Range, ...]
    quotation: Quotation
    medium: str | None
    vouches: bool
    why: tuple[str, ...]

    def holds(self, index: int) -> bool:
        """Tell whether the token at ``index`` stands in the content."""
        return any(start <= index < end for start, end in self.content)

    def cues(self, index: int) -> bool:
        """Tell whether the token at ``index`` of the content's paragraph is the cue itself."""
        return self.home is self.paragraph and self.cue[0] <= index < self.cue[1]

    @property
    def size(self) -> int:
        """Number of tokens in the content: outer attributions have more."""
        return sum(end - start for start, end in self.content)
