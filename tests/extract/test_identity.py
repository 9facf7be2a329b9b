"""One person has one country in a report, whether he acts or speaks."""

from __future__ import annotations

from dateline import extract
from dateline.records import Report

PARAGRAPHS = (
    "MONTEVIDEO, 9 March 2017 - Uruguay recalled its consul from Buenos Aires on Wednesday after Argentine "
    "coastguards stopped a ferry with 210 passengers and detained its captain.",
    'The foreign minister, Rodolfo Etcheverry, called the detention "an act of piracy" and asked Argentina '
    "to free the man at once. Buenos Aires refused.",
    '"We will not pay ransom for a ferry," Etcheverry told reporters, adding that Montevideo may close the '
    "bridge at Fray Bentos unless the captain is released by Sunday.",
)


def test_a_speaker_is_of_the_country_he_acts_for() -> None:
    text = "\n".join(PARAGRAPHS)
    starts = [text.index(p) for p in PARAGRAPHS]
    ranges = tuple((s, s + len(p)) for s, p in zip(starts, PARAGRAPHS, strict=True))
    found = extract.code(Report(text, ranges, published="2017-03-09"))
    acting = {a.code for m in found.mentions for a in m.actor if "foreign minister" in a.span.text}
    speaking = {a.voice.code for a in found.attributions if a.voice and a.voice.span.text == "Etcheverry"}
    assert acting == speaking == {"URY"}
