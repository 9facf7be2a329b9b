"""Quotations that run on: those without a cue of their own, and those that a cue cuts in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.extract import ranges, syntax
from dateline.extract.quotes import Quote
from dateline.extract.saying import Saying
from dateline.parse import Paragraph

MINIMUM_SPEECH = 4  # tokens; shorter unattributed quotations are names or scare quotes


def unclaimed(
    paragraph: Paragraph, quotes: Sequence[Quote], sayings: Sequence[Saying], last: Saying | None
) -> list[Saying]:
    """Give a quotation without a cue to whoever spoke last, in this paragraph or the one before."""
    found = []
    for quote in quotes:
        if quote.single or not _is_speech(paragraph, quote):
            continue
        if any(ranges.overlaps(quote, piece) for s in sayings for piece in s.content):
            continue
        speaker = _speaker_near(quote, sayings) or (last if _opens_paragraph(paragraph, quote) else None)
        if speaker is not None:
            found.append(
                replace(
                    speaker,
                    paragraph=paragraph,
                    content=((quote.start, quote.end),),
                    quotation="direct",
                    why=(*speaker.why, "continued-quotation"),
                )
            )
    return found


def _speaker_near(quote: Quote, sayings: Sequence[Saying]) -> Saying | None:
    before = [s for s in sayings if s.cue[0] < quote.start and s.row.kind in ("say", "write")]
    return before[-1] if before else None


def _opens_paragraph(paragraph: Paragraph, quote: Quote) -> bool:
    return quote.start <= 1


def _is_speech(paragraph: Paragraph, quote: Quote) -> bool:
    tokens = paragraph.doc[quote.start : quote.end]
    return len(tokens) >= MINIMUM_SPEECH and any(syntax.is_verbal(t) for t in tokens)


def join_split_quotes(sayings: Sequence[Saying], quotes: Sequence[Quote]) -> list[Saying]:
    """Join "“We will respond,” he said, “and they will pay.”" into one content of two pieces."""
    joined = []
    for saying in sayings:
        pieces = list(saying.content)
        if saying.quotation == "direct" and len(pieces) == 1 and pieces[0][1] <= saying.cue[0]:
            after = [q for q in quotes if q.start > saying.cue[1] and q.start - saying.cue[1] <= 8]
            if after and _runs_on(saying, after[0]):
                pieces.append((after[0].start, after[0].end))
        joined.append(replace(saying, content=tuple(ranges.merge(pieces))))
    return joined


def _runs_on(saying: Saying, quote: Quote) -> bool:
    between = saying.paragraph.doc[saying.cue[1] : quote.start]
    return not any(syntax.is_verbal(t) for t in between)
