"""Time, memory and growth of linking on generated reports: `python tests/bench_link.py [pairs] [MENTIONS …]`.

With `pairs` only the pairs of mentions to be compared are counted, which is quick and shows the growth.

Reports are generated with their records, so that linking alone is measured: events of all types between
forty states over two years, each told by one to six outlets, some of them reprints, with background events
told again and again. The same number gives the same reports.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

from dateline import link
from dateline.link import blocks, events
from dateline.link.collection import Memory
from dateline.link.reading import Reading, reading
from dateline.ontology import ontology
from dateline.records import content_hash

Json = dict[str, Any]

STATES = (
    "ALB IRN USA RUS UKR CHN IND PAK ISR EGY TUR GRC DEU FRA GBR ITA ESP POL SWE NOR FIN BLR KAZ JPN KOR PRK "
    "VNM THA MMR AUS CAN MEX BRA ARG COL VEN PER NGA KEN ETH"
).split()
PER_REPORT = 5
OUTLETS = 60
VOCABULARY = 20000


def items(mentions: int) -> Iterator[tuple[Reading, list[Json]]]:
    """Yield reports with about so many mentions in all."""
    dice = random.Random(mentions)
    vocabulary = [
        "".join(dice.choices("bcdfghklmnprstvaeiou", k=dice.randint(4, 9))) for _ in range(VOCABULARY)
    ]
    types = list(ontology().types)
    written = 0
    while written < mentions:
        event = _event(dice, types, vocabulary)
        wire: str | None = None
        for _ in range(dice.choice((1, 1, 2, 3, 4, 6))):
            sentences = [_sentence(dice, event, types, vocabulary) for _ in range(PER_REPORT)]
            body = wire if wire and dice.random() < 0.4 else "\n".join(text for text, _ in sentences)
            wire = wire or body
            written += PER_REPORT
            yield _report(dice, event, body, sentences, written)
            if written >= mentions:
                return


def _event(dice: random.Random, types: list[str], vocabulary: list[str]) -> Json:
    actor, recipient = dice.sample(STATES, 2)
    return {
        "type": dice.choice(types), "actor": actor, "recipient": recipient,
        "day": f"20{dice.randint(21, 22)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        "words": dice.sample(vocabulary, 25),
    }  # fmt: skip


def _sentence(dice: random.Random, event: Json, types: list[str], vocabulary: list[str]) -> tuple[str, Json]:
    own = dice.random() < 0.6
    row = event if own else {**_event(dice, types, vocabulary), "day": event["day"]}
    said = dice.sample(event["words"], 8) + dice.choices(vocabulary, k=8)
    dice.shuffle(said)
    return f"{row['actor'].title()} {' '.join(said)} {row['recipient'].title()}.", row


def _report(
    dice: random.Random, event: Json, body: str, sentences: list[tuple[str, Json]], number: int
) -> tuple[Reading, list[Json]]:
    title = " ".join(dice.sample(event["words"], 6))
    text = f"{title}\n{body}"
    report = {
        "id": content_hash("bench", number), "outlet": f"outlet{dice.randrange(OUTLETS)}", "path": None,
        "title": title, "published": f"{event['day']}T{dice.randint(6, 22):02}:00", "url": None,
    }  # fmt: skip
    rows, place = [], len(title) + 1
    for line, (_, row) in zip(body.split("\n"), sentences, strict=False):
        rows.append(_mention(report, row, place, line, dice.random() < 0.06))
        place += len(line) + 1
    return reading(report, text, rows), rows


def _mention(report: Json, row: Json, start: int, line: str, denied: bool) -> Json:
    def party(code: str) -> Json:
        return {"code": code, "sector": "GOV", "identifier_text": code}

    return {
        "record": "mention", "id": content_hash(report["id"], start), "report": report,
        "sentence": {"start": start, "end": start + len(line), "text": line},
        "trigger": {"start": start + 6, "end": start + 12, "text": row["type"].lower()},
        "event": row["type"], "mode": [], "quad_code": ontology().type(row["type"]).quad,
        "actor": [party(row["actor"])], "recipient": [party(row["recipient"])], "date": row["day"],
        "date_basis": {"kind": "text"}, "event_loc": None, "voices": [],
        "realis": "negated" if denied else "actual", "time": "current", "why": [],
    }  # fmt: skip


def count_pairs(counts: list[int]) -> None:
    print(f"{'mentions':>10} {'pairs a mention (with repeats)':>31}")
    for count in counts:
        told = [one for keys in Memory(items(count)).keys for one in keys.acts]
        found = blocks.blocks(told, events.LIMIT)
        pairs = sum(sum(1 for _ in blocks.within(members, events.LIMIT)) for members in found.members)
        print(f"{len(told):>10} {pairs / len(told):>31.1f}", flush=True)


def main() -> None:
    if sys.argv[1:2] == ["pairs"]:
        count_pairs([int(n) for n in sys.argv[2:]] or [10000, 30000, 100000, 300000])
        return
    print(f"{'mentions':>10} {'reports':>9} {'events':>9} {'seconds':>9} {'per 1000':>9} {'peak MB':>9}")
    for count in map(int, sys.argv[1:] or ("10000", "30000", "100000")):
        measure(count)


def measure(count: int) -> None:
    """Link a generated collection and print a row; the time of making it is left out."""
    made = Made(count)
    start = time.process_time()
    linked = link.link(made)
    spent = time.process_time() - start - made.seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    mentions = sum(len(event["mentions"]) for event in linked.events)
    print(
        f"{mentions:>10} {made.reports:>9} {len(linked.events):>9} {spent:>9.1f} "
        f"{1000 * spent / mentions:>9.2f} {peak:>9.0f}",
        flush=True,
    )


class Made:
    """Generated reports, made while they are read; counts them and the seconds of making them."""

    def __init__(self, mentions: int) -> None:
        self._items = items(mentions)
        self.reports, self.seconds = 0, 0.0

    def __iter__(self) -> Iterator[tuple[Reading, list[Json]]]:
        while True:
            start = time.process_time()
            made = next(self._items, None)
            self.seconds += time.process_time() - start
            if made is None:
                return
            self.reports += 1
            yield made


if __name__ == "__main__":
    main()
