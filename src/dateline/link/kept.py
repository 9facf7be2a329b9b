"""What linking makes of a report by itself, as rows for a store and back again.

Arrays are kept as bytes, the rest as JSON. Weights are not kept where they follow from the words: with other
tables everything is derived anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy
from numpy.typing import NDArray

from dateline.link import copies, events, statements, stories
from dateline.link.collection import Derived, Keys
from dateline.link.counted import Seen
from dateline.link.reading import Head, Reading
from dateline.link.statements import Party, Sentence, Statement, Vouching
from dateline.records import Span

Json = dict[str, Any]
Row = Mapping[str, Any]
NUMBERS = numpy.dtype("<u8")
CODES, WEIGHTS = numpy.dtype("<i8"), numpy.dtype("<f8")


# -- keys, which every run reads of every report ------------------------------------------------------------


def keys_row(keys: Keys) -> Json:
    """Return the keys of a report as columns of a table."""
    return {
        "credit": keys.credit,
        "bands": _bytes(keys.bands, NUMBERS),
        "sample": _bytes(keys.sample, NUMBERS),
        "ladders": _bytes(keys.report, NUMBERS),
        "acts": b"".join(_bytes(one, NUMBERS) for one in keys.acts),
        "facts": _dumps(
            {
                "sizes": [len(one) for one in keys.acts],
                "mentions": keys.mentions,
                "denied": keys.denied,
                "figures": [(f.what, f.here, f.before) for f in keys.figures],
            }
        ),
    }


def keys(row: Row) -> Keys:
    """Return the keys that :func:`keys_row` wrote."""
    facts = json.loads(row["facts"])
    acts = _array(row["acts"], NUMBERS).reshape(-1, events.RUNGS)
    ends = numpy.cumsum(facts["sizes"], dtype=int).tolist()
    return Keys(
        credit=row["credit"],
        bands=_array(row["bands"], NUMBERS),
        sample=_array(row["sample"], NUMBERS),
        report=_array(row["ladders"], NUMBERS).reshape(-1, stories.RUNGS),
        acts=tuple(acts[end - size : end] for end, size in zip(ends, facts["sizes"], strict=True)),
        mentions=tuple(facts["mentions"]),
        denied=tuple(facts["denied"]),
        figures=tuple(Seen(what, tuple(here), before) for what, here, before in facts["figures"]),
    )


# -- the rest, which is read of the reports that are touched ------------------------------------------------


def parts_row(derived: Derived) -> Json:
    """Return sentences, words and statements of a report as columns of a table."""
    vector = derived.vector
    return {
        "spans": _dumps([(s.start, s.end) for s in derived.reading.sentences]),
        "codes": _bytes(vector.codes, CODES),
        "weights": _bytes(vector.weights, WEIGHTS),
        "heaviest": _dumps(vector.heaviest),
        "unquoted": _dumps([(s.number, s.stems) for s in derived.print.sentences]),
        "statements": _dumps(_statements(derived.statements)),
    }


def reading(head: Head, row: Row) -> Reading:
    """Return a report; ``row`` has its ``text``, ``url`` and ``spans``."""
    text = row["text"]
    sentences = tuple(Span(start, end, text[start:end]) for start, end in json.loads(row["spans"]))
    return Reading(
        head.id, head.outlet, head.title, head.published, text, sentences, row["url"], head.same_as,
        head.supersedes, head.current,
    )  # fmt: skip


def vector(row: Row) -> stories.Vector:
    """Return the words of a report; ``row`` has its ``codes``, ``weights`` and ``heaviest``."""
    heaviest = tuple(json.loads(row["heaviest"]))
    return stories.Vector(_array(row["codes"], CODES), _array(row["weights"], WEIGHTS), heaviest)


def fingerprint(found: Keys, row: Row) -> copies.Fingerprint:
    """Return what a report is compared by; ``row`` has its ``unquoted`` sentences."""
    sentences = tuple(copies.sentence(number, stems) for number, stems in json.loads(row["unquoted"]))
    return copies.Fingerprint(sentences, found.bands, found.sample, found.credit)


def told(report: int, row: Row) -> tuple[Statement, ...]:
    """Return the statements of the report with this number; ``row`` has its ``statements``."""
    held = json.loads(row["statements"])
    sentences = [
        statements.weighed(start, end, stems, frozenset(map(tuple, quoted)))
        for start, end, stems, quoted in held["sentences"]
    ]
    return statements.told_together(_statement(report, one, sentences) for one in held["statements"])


def _statements(made: Sequence[Statement]) -> Json:
    """Return statements as JSON; each names its sentence by its number."""
    sentences = list({(s.sentence.start, s.sentence.end): s.sentence for s in made}.values())
    number_of = {(s.start, s.end): number for number, s in enumerate(sentences)}
    return {
        "sentences": [(s.start, s.end, list(s.weights), sorted(s.quoted)) for s in sentences],
        "statements": [
            (
                s.id, s.trigger, s.phrase, s.sense, s.event, s.family, s.mode, _parties(s.actor),
                _parties(s.recipient), s.days, s.dated, s.date, s.current, s.realis,
                (s.voice.name, s.voice.code, s.voice.sector, s.voice.denies), s.place,
                number_of[s.sentence.start, s.sentence.end], s.start, s.weekday,
            )
            for s in made
        ],
    }  # fmt: skip


def _parties(made: Sequence[Party]) -> list[tuple[str | None, str | None, str, bool]]:
    return [(p.code, p.sector, p.name, p.guessed) for p in made]


def _statement(report: int, row: Sequence[Any], sentences: Sequence[Sentence]) -> Statement:
    (name, trigger, phrase, sense, event, family, mode, actor, recipient, days, dated, date, current, realis,
     voice, place, number, start, weekday) = row  # fmt: skip
    return Statement(
        id=name, report=report, trigger=trigger, phrase=phrase, sense=sense, event=event, family=family,
        mode=mode,
        actor=tuple(statements.known_party(*p) for p in actor),
        recipient=tuple(statements.known_party(*p) for p in recipient),
        days=None if days is None else (days[0], days[1]), dated=dated, date=date, current=current,
        realis=realis, voice=Vouching(*voice), place=place, sentence=sentences[number], start=start,
        weekday=weekday,
    )  # fmt: skip


# -- bytes and JSON ---------------------------------------------------------------------------------------


def _bytes(array: NDArray[Any], kind: numpy.dtype[Any]) -> bytes:
    return array.astype(kind, copy=False).tobytes()


def _array(held: bytes, kind: numpy.dtype[Any]) -> NDArray[Any]:
    return numpy.frombuffer(held, dtype=kind)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
