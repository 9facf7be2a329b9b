"""dateline's own labelled text: the block format of ``training/corpus/GUIDELINES.md``.

DATA is one file or a folder of ``.txt`` files in that format. A written mention is right when its
trigger overlaps the labelled one and the type agrees; parties, voice, realis, time, date and
distancing are scored on the right ones. Labelled acts without any named party are optional: the record
is of acts between identifiable actors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline import contract, errors, extract
from dateline.evaluate.datelined import datelined
from dateline.evaluate.result import Result
from dateline.gazetteer import gazetteer
from dateline.ingest.paragraphs import ends_sentence
from dateline.ontology import ontology
from dateline.records import Coded, Mention, Report, Voice

Json = dict[str, Any]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Party:
    """A labelled actor, recipient or voice: where it stands, code and sector (None if not given)."""

    span: Range
    code: str | None
    sector: str | None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One labelled event mention."""

    trigger: Range
    event: str
    mode: str | None
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    voices: tuple[Party, ...]
    realis: str
    time: str
    date: str | None
    distancing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """One labelled attribution: ranges of source, cue and content pieces."""

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    quotation: str


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled text; ``negative`` holds the reason when there is no codable event in it.

    ``contexts`` are PLOVER's contexts of the whole text; None where nobody labelled them.
    """

    id: str
    published: str
    style: str
    text: str
    events: tuple[Event, ...]
    sayings: tuple[Said, ...]
    negative: str | None
    contexts: frozenset[str] | None = None
    place: str = ""

    @property
    def report(self) -> Report:
        """The item as a report; each line is a paragraph, a headline is the title."""
        first, *rest = ((m.start(), m.end()) for m in re.finditer(r"[^\n]+", self.text))
        line = self.text[slice(*first)]
        if self.style == "headline" if not rest else not ends_sentence(line):
            found = Report(self.text, tuple(rest), title=line, title_span=first, published=self.published)
        else:
            found = Report(self.text, (first, *rest), published=self.published)
        return datelined(found)


# -- reading ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Block:
    """The lines of one item: head, text, labels; ``place`` is file and line."""

    place: str
    head: str
    text: list[str] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)


def load(path: Path) -> list[Item]:
    """Read a file or folder; raise EvaluationError naming file and line of the first wrong label."""
    return [item(block) for block in blocks(path)]


def blocks(path: Path) -> Iterator[Block]:
    """Yield the items of a file or folder as they stand, before their labels are read."""
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    if not files:
        raise errors.EvaluationError(f"{path}: no corpus files there")
    for file in files:
        yield from _blocks(file)


def _blocks(file: Path) -> Iterator[Block]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise errors.EvaluationError(f"{file}: {error}") from None
    block: Block | None = None
    for number, line in enumerate(lines, 1):
        if line.startswith("%"):
            continue
        if line.startswith("# "):
            if block is not None:
                yield block
            block = Block(f"{file.name}:{number}", line[2:])
        elif line.strip() and block is not None:
            label = re.match(r"([EANC])(?: |$)", line)
            if label and (block.text and ("|" in line or label[1] in "NC")):
                block.labels.append((label[1], line[1:].strip()))
            else:
                block.text.append(line.rstrip())
    if block is not None:
        yield block


def item(block: Block) -> Item:
    """Turn a block into an item with ranges; raise EvaluationError for words that are not in the text."""
    try:
        head = [cell.strip() for cell in block.head.split("|")]
        text = "\n".join(block.text)
        events = tuple(_event(cells, text) for kind, cells in block.labels if kind == "E")
        sayings = tuple(_said(cells, text) for kind, cells in block.labels if kind == "A")
        negatives = [cells for kind, cells in block.labels if kind == "N"]
        contexts = [_contexts(cells) for kind, cells in block.labels if kind == "C"]
        if bool(events) == bool(negatives) or not text:
            raise ValueError("an item has text and either E lines or one N line")
        negative, context = next(iter(negatives), None), next(iter(contexts), None)
        return Item(head[0], head[1], head[2], text, events, sayings, negative, context, block.place)
    except (ValueError, IndexError) as error:
        raise errors.EvaluationError(f"{block.place}: {block.head}: {error}") from None


def locate(words: str, text: str) -> Range:
    """Return the range of ``words`` in ``text``; ``words^2`` means the second occurrence."""
    wanted = re.fullmatch(r"(.*?)(?:\^(\d+))?", words.strip(), re.DOTALL)
    assert wanted is not None
    phrase, nth = wanted[1].strip(), int(wanted[2] or 1)
    pattern = (
        (r"\b" if phrase[:1].isalnum() else "") + re.escape(phrase) + (r"\b" if phrase[-1:].isalnum() else "")
    )
    found = [m.span() for m in re.finditer(pattern, text)]
    if not phrase or len(found) < nth:
        raise ValueError(f"the words {words!r} are not in the text")
    return found[nth - 1]


def _cells(line: str, count: int) -> list[str]:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) > count:
        raise ValueError(f"{len(cells)} cells in {line!r}, at most {count}")
    return cells + [""] * (count - len(cells))


def _parties(cell: str, text: str, separator: str = " ; ") -> tuple[Party, ...]:
    return tuple(_party(part, text) for part in cell.split(separator.strip()) if part.strip())


def _party(part: str, text: str) -> Party:
    words, sign, code = part.rpartition("=")
    if not sign:
        raise ValueError(f"no code in {part!r}")
    names = code.split()
    anonymous = names[:1] == ["anonymous"]
    names = names[1:] if anonymous else names
    first = None if names[:1] in ([], ["?"]) else names[0]
    _check_codes(first, names[1:], part)
    return Party(locate(words, text), first, names[1] if len(names) > 1 else None, anonymous)


def _check_codes(code: str | None, sectors: list[str], part: str) -> None:
    if code is not None and code not in gazetteer().states and code not in ontology().entities:
        raise ValueError(f"unknown code in {part!r}")
    if len(sectors) > 1 or any(sector not in ontology().sectors for sector in sectors):
        raise ValueError(f"unknown sector in {part!r}")


def _event(line: str, text: str) -> Event:
    cells = _cells(line, 9)
    event, _, mode = cells[1].partition("/")
    try:
        ontology().check(event, mode or None)
    except errors.OntologyError as error:
        raise ValueError(str(error)) from None
    if cells[5] not in ("actual", "negated", "future", "hypothetical", "requested"):
        raise ValueError(f"unknown realis {cells[5]!r}")
    if cells[6] not in ("current", "background"):
        raise ValueError(f"unknown time {cells[6]!r}")
    return Event(
        locate(cells[0], text), event, mode or None, _parties(cells[2], text), _parties(cells[3], text),
        _parties(cells[4], text, " > "), cells[5], cells[6], cells[7] or None,
        frozenset(m.strip() for m in cells[8].split(";") if m.strip()),
    )  # fmt: skip


def _contexts(line: str) -> frozenset[str]:
    names = frozenset(name.strip() for name in line.split(";") if name.strip())
    if unknown := names - set(ontology().contexts):
        raise ValueError(f"unknown context {', '.join(sorted(unknown))}")
    return names


def _said(line: str, text: str) -> Said:
    cells = _cells(line, 4)
    pieces = [p for p in cells[2].split(" ... ") if p.strip()]
    source = locate(cells[0], text) if cells[0] else None
    return Said(source, locate(cells[1], text), tuple(locate(p, text) for p in pieces), cells[3])


# -- scoring ------------------------------------------------------------------------------------------------


def evaluate(path: Path) -> Result:
    """Code every item and score it."""
    items = load(path)
    tally: Counter[str] = Counter()
    predictions: list[Json] = []
    notes: list[str] = []
    for one in items:
        coded = extract.code(one.report)
        notes += score_item(one, coded, tally)
        predictions.append({"item": one.id, "records": contract.rows(coded, "mentions")})
    return Result("corpus", scores(tally), (), tuple(predictions), tuple(notes))


def scores(tally: Counter[str]) -> dict[str, float]:
    """Turn counts into precision, recall, F1 and shares."""

    def share(part: str, whole: str) -> float:
        return tally[part] / tally[whole] if tally[whole] else 0.0

    total = tally["gold"] + tally["written"]
    found = {
        "items": float(tally["items"]),
        "mention precision": share("right", "written"),
        "mention recall": share("right", "gold"),
        "mention F1": 2 * tally["right"] / total if total else 0.0,
        "trigger recall, any type": share("touched", "gold"),
        "no-event items with a mention": share("false items", "negative items"),
    }
    for cell in (
        "mode",
        "actor",
        "recipient",
        "both parties",
        "sectors",
        "voice",
        "realis",
        "time",
        "date",
        "distancing",
    ):
        found[f"{cell} right on found"] = share(cell, "right")
    found["contexts F1"] = 2 * share("contexts right", "contexts")
    return found


def score_item(one: Item, coded: Coded, tally: Counter[str]) -> Iterator[str]:
    """Count one item into ``tally``; yield a line for everything missed, extra or wrong."""
    text = " ".join(one.text.split())
    tally["items"] += 1
    tally["written"] += len(coded.mentions)
    if one.negative is not None:
        tally["negative items"] += 1
        tally["false items"] += bool(coded.mentions)
    pairs, left = match(one.events, coded.mentions)
    if one.contexts is not None and coded.mentions:
        written = {c for m in coded.mentions for c in m.context}
        tally["contexts right"] += len(written & one.contexts)
        tally["contexts"] += len(written) + len(one.contexts)
    for event, mention in pairs:
        tally["right"] += 1
        wrong = [
            cell for cell, ok in _cells_right(event, mention, one.text).items() if not _add(tally, cell, ok)
        ]
        for cell in wrong:
            yield f"{one.id}: {cell}: {_show(mention)} | expected {_expected(event, one.text)} | {text}"
    found = {id(event) for event, _ in pairs}
    touched = [id(e) in found or any(_touches(e, m) for m in coded.mentions) for e in one.events]
    tally["touched"] += sum(t for t, e in zip(touched, one.events, strict=True) if t or not _is_optional(e))
    tally["gold"] += sum(id(e) in found or not _is_optional(e) for e in one.events)
    for event in one.events:
        if id(event) not in found and not _is_optional(event):
            yield f"{one.id}: missed: {_expected(event, one.text)} | {text}"
    for mention in left:
        yield f"{one.id}: extra: {_show(mention)} {mention.why[0]} | {text}"


def _is_optional(event: Event) -> bool:
    """Tell a labelled act of nobody named ("the bombings"): right when written, not missed when not."""
    return not event.actor and not event.recipient


def _add(tally: Counter[str], cell: str, right: bool) -> bool:
    tally[cell] += right
    return right


def _touches(event: Event, mention: Mention) -> bool:
    return mention.trigger.start < event.trigger[1] and event.trigger[0] < mention.trigger.end


def match(
    events: Iterable[Event], mentions: Iterable[Mention]
) -> tuple[list[tuple[Event, Mention]], list[Mention]]:
    """Pair labelled and written mentions whose triggers overlap and whose types agree."""
    left = list(mentions)
    pairs = []
    for event in events:
        fitting = [m for m in left if m.event == event.event and _touches(event, m)]
        if fitting:
            best = max(fitting, key=lambda m: _codes(m.actor) == _codes(event.actor))
            left.remove(best)
            pairs.append((event, best))
    return pairs, left


def _codes(parties: Iterable[Any]) -> set[str]:
    """Return the codes of the parties; who has none does not count, labelled or written."""
    return {p.code for p in parties if p.code}


def _sectors(parties: Iterable[Any]) -> set[str | None]:
    return {p.sector for p in parties if p.sector}


def _cells_right(event: Event, mention: Mention, text: str) -> dict[str, bool]:
    actor = _codes(event.actor) == _codes(mention.actor)
    recipient = _codes(event.recipient) == _codes(mention.recipient)
    sectors = [
        _sectors(g) == _sectors(o)
        for g, o in ((event.actor, mention.actor), (event.recipient, mention.recipient))
    ]
    return {
        "mode": (event.mode,) == mention.mode or (event.mode is None and not mention.mode),
        "actor": actor,
        "recipient": recipient,
        "both parties": actor and recipient,
        "sectors": all(sectors),
        "voice": voice_right(event.voices, mention.voices),
        "realis": event.realis == mention.realis,
        "time": event.time == mention.time,
        "date": event.date == mention.date,
        "distancing": event.distancing == {m.kind for m in mention.distancing},
    }


def voice_right(gold: tuple[Party, ...], ours: tuple[Voice, ...]) -> bool:
    """Compare the innermost voices: none, unnamed, or a source of the same code."""
    if not gold or not ours:
        return not gold and not ours
    expected, found = gold[-1], ours[-1]
    if expected.anonymous != (found.kind == "anonymous"):
        return False
    return expected.anonymous or expected.code == found.code


def _line(words: str, act: Event | Mention, voices: list[str]) -> str:
    """Write a labelled or written mention as one short line for the notes."""
    actor, recipient = (",".join(sorted(_codes(p))) or "-" for p in (act.actor, act.recipient))
    return f"{words} {act.event} {actor}>{recipient} {act.realis} {act.time} {act.date} {voices}"


def _show(mention: Mention) -> str:
    return _line(mention.trigger.text, mention, [v.name for v in mention.voices])


def _expected(event: Event, text: str) -> str:
    return _line(text[slice(*event.trigger)], event, [text[slice(*v.span)] for v in event.voices])
