"""Who tells something by himself: what a report takes from others, where each statement comes from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dateline.link import copies, figures, words
from dateline.link.copies import Copy, Fingerprint
from dateline.link.found import Found
from dateline.link.origins import WHOLE, Taken, versions
from dateline.link.reading import Reading
from dateline.link.statements import Statement
from dateline.records import Span

Json = dict[str, Any]
Pairs = frozenset[tuple[int, int]]
RESEMBLES = 0.35  # share of a sentence's weight below which a reprint has it from elsewhere
HALF = 0.5  # a report with so much in common with its source leans on it in what it words anew, too
MUCH_SHORTER = 0.6  # of the content words of a sentence
ROOT = 4  # letters that "Norway" and "Norwegian" share
NAME_OR_NUMBER = re.compile(r"(?<=\s)[\"“'‘(]?[A-Z][^\W\d_]+|\d+(?:[.,]\d+)*")


# -- what a report takes ----------------------------------------------------------------------------------


class Shared:
    """For two reports (by number, the smaller first) of which one copies the other: what is one text.

    The pairs are those of (start of sentence, start of sentence), worked out when they are asked for.
    """

    def __init__(
        self, readings: Sequence[Reading], prints: Sequence[Fingerprint], found: Iterable[Copy]
    ) -> None:
        self._readings, self._prints = readings, prints
        self._copies = {copy.ends: copy for copy in found}
        self._known: dict[tuple[int, int], Pairs] = {}

    def get(self, ends: tuple[int, int]) -> Pairs | None:
        """Return the sentences that two reports share; None when neither copies the other."""
        copy = self._copies.get(ends)
        if copy is None:
            return None
        if ends not in self._known:
            both = self._prints[ends[0]], self._prints[ends[1]]
            pairs = copies.passages(*both) if copy.passage else copies.compare(*both)[1]
            first, second = self._readings[ends[0]].sentences, self._readings[ends[1]].sentences
            self._known[ends] = frozenset((first[a].start, second[b].start) for a, b in pairs)
        return self._known[ends]


def taken(readings: Sequence[Reading], prints: Sequence[Fingerprint], copy: Copy, shared: Shared) -> Taken:
    """Return what the copying report has from its source: sentences, and figures that are its own.

    Sentences are the shared ones; of a reprint as a whole all that resemble something in the source.
    """
    found_there = shared.get(copy.ends) or frozenset()
    pairs = found_there if copy.report < copy.source else {(b, a) for a, b in found_there}
    ours, theirs = (
        {s.start: figures.find(s) for s in readings[n].sentences} for n in (copy.report, copy.source)
    )
    own = {(a, f.cue) for a, b in pairs for f in ours[a] if _is_other(f, theirs[b])}
    found: dict[int, tuple[int, int | None]] = {a: (copy.source, b) for a, b in sorted(pairs)}
    if copy.share >= WHOLE and not copy.passage:
        alien = {
            readings[copy.report].sentences[s.number].start
            for s in prints[copy.report].sentences
            if copies.resemblance(s, prints[copy.source]) < RESEMBLES
        }
        rest = {s.start for s in readings[copy.report].sentences} - alien
        found = dict.fromkeys(sorted(rest), (copy.source, None)) | found
    return Taken(found, frozenset(own))


def _is_other(figure: figures.Figure, theirs: Sequence[figures.Figure]) -> bool:
    """Tell whether a figure meets none of those that a source's sentence gives of the same thing."""
    same = [t for t in theirs if t.what == figure.what]
    return bool(same) and all(figure.conflicts(t) for t in same)


# -- where a statement comes from -------------------------------------------------------------------------


class Sources:
    """Where each statement (by number) comes from, an agency or an outlet; worked out when asked for."""

    def __init__(self, found: Found) -> None:
        self._found, self._leaning = found, _leaning(found)
        self._known: dict[int, str] = {}

    def __getitem__(self, number: int) -> str:
        if number not in self._known:
            one, event = self._found.statements[number], self._found.events[self._found.event_of[number]]
            self._known[number] = self._summed_up(one, event) or _source(
                self._found, one, event, self._leaning.get(one.report, ())
            )
        return self._known[number]

    def _summed_up(self, one: Statement, event: Sequence[int]) -> str | None:
        """Return where an act told in a title has its source: as the text below tells it; None elsewhere.

        A title sums up its report and is no witness of its own.
        """
        reading = self._found.readings[one.report]
        if not _in_title(reading, one):
            return None
        told = (n for n in event if self._found.statements[n].report == one.report)
        below = [self[n] for n in told if not _in_title(reading, self._found.statements[n])]
        return reading.outlet if reading.outlet in below else next(iter(below), None)


def _in_title(reading: Reading, one: Statement) -> bool:
    return one.sentence.end <= len(reading.title) and reading.text.startswith(reading.title)


def _leaning(found: Found) -> dict[int, list[int]]:
    """Return for each report those from which at least half of the shorter of the two is taken."""
    leaning: dict[int, list[int]] = defaultdict(list)
    for copy in found.copies:
        if copy.share >= HALF and not versions(found.heads, copy):
            leaning[copy.report].append(copy.source)
    return leaning


def _source(found: Found, statement: Statement, event: Sequence[int], leaning: Sequence[int]) -> str:
    """Return where a statement comes from: the first source of its sentence, else its outlet.

    An act whose number differs from that of the source ("arrested 20", not 12), or that is denied where the
    source's sentence denies nothing, is the outlet's own: somebody else was asked.
    """
    report: int = statement.report
    own = found.readings[report].outlet
    start: int | None = statement.sentence.start
    if (start, statement.trigger) in found.origins[report].taken.own:
        return own
    if start not in found.origins[report].taken.sentences:
        retold = (source for source in leaning if _retold(found, statement, event, source))
        return next((found.origins[source].name for source in retold), own)
    if _beside(found, statement):
        return own
    while start is not None and start in found.origins[report].taken.sentences:
        source = found.origins[report].taken.sentences[start]
        if statement.denied and source[1] is not None and not _denies(found, *source):
            return own
        report, start = source
    origin = found.origins[report]
    return origin.name if start is None or len(origin.chain) == 1 else found.readings[report].outlet


def _denies(found: Found, report: int, start: int | None) -> bool:
    """Tell whether something is denied in a sentence (by its start) of a report."""
    there = (found.statements[n] for n in found.told[report])
    return any(s.denied and s.sentence.start == start for s in there)


def _beside(found: Found, statement: Statement) -> bool:
    """Tell whether an act stands beside what its sentence has from a much shorter one without the act."""
    report, start = found.origins[statement.report].taken.sentences[statement.sentence.start]
    text = next((s.text for s in found.readings[report].sentences if s.start == start), None)
    if text is None:
        return False
    theirs = set(words.content(text))
    shorter = len(theirs) < MUCH_SHORTER * len(statement.sentence.weights)
    return shorter and statement.trigger not in theirs


def _retold(found: Found, statement: Statement, event: Sequence[int], source: int) -> bool:
    """Tell whether a report tells in words of its own what its source tells too, and adds nothing.

    It adds something where it names somebody or gives a number that the source does not, or where another
    side vouches.
    """
    there = [s for s in (found.statements[n] for n in event) if s.report == source]
    told = any(s.denied == statement.denied for s in there)
    vouched = statement.voice.name is None or any(_voice(s) == _voice(statement) for s in there)
    return told and vouched and not _adds(found.readings[statement.report], statement, found.readings[source])


def _adds(ours: Reading, statement: Statement, source: Reading) -> bool:
    """Tell whether the sentence of a statement has a name, a number or a figure that the source lacks."""
    known = {word.stem[:ROOT] for word in words.words(f"{source.title} {source.text}")}
    place = statement.sentence
    sentence = Span(place.start, place.end, ours.text[place.start : place.end])
    named = (words.stem(word[0].lstrip("\"“'‘(")) for word in NAME_OR_NUMBER.finditer(sentence.text))
    if any(found[:ROOT] not in known for found in named):
        return True
    counted = {(f.what, f.said) for span in source.sentences for f in figures.find(span)}
    return any((f.what, f.said) not in counted for f in figures.find(sentence))


# -- who vouches ------------------------------------------------------------------------------------------


def side(statement: Statement, source: str) -> str:
    """Name the voice that vouches: one side (code and sector), a person without a code, or the source."""
    return f"outlet:{source}" if statement.voice.name is None else _voice(statement)


def _voice(statement: Statement) -> str:
    voice = statement.voice
    return f"{voice.code} {voice.sector or ''}" if voice.code else f"name:{(voice.name or '').casefold()}"


def vouchers(found: Found, statements: Sequence[int], came_from: Sources) -> list[Json]:
    """Return who vouches for the statements (by number), with the outlets through which."""
    by_side: Mapping[str, list[int]] = defaultdict(list)
    for number in statements:
        by_side[side(found.statements[number], came_from[number])].append(number)
    return [_voucher(found, by_side[name], came_from) for name in sorted(by_side)]


def _voucher(found: Found, numbers: Sequence[int], came_from: Sources) -> Json:
    statements = [found.statements[n] for n in numbers]
    voice = statements[0].voice
    names = Counter(s.voice.name or came_from[n] for n, s in zip(numbers, statements, strict=True))
    return {
        "name": min(names, key=lambda n: (-names[n], n)),
        "kind": "outlet" if voice.name is None else "voice",
        "code": voice.code,
        "sector": voice.sector,
        "outlets": sorted({found.readings[s.report].outlet for s in statements}),
    }
