"""Each row's example is its test: the row fires on it and its marked parties are found."""

from __future__ import annotations

import pytest

from dateline import extract
from dateline.lexicon import Trigger, lexicon
from examples import example, overlaps

ROWS = lexicon().rows()


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_trigger_row_fires_on_its_example(row: Trigger) -> None:
    marked = example(row.example)
    mentions = extract.code(marked.report, network=False).mentions
    fired = [m for m in mentions if f"trigger:{row.id}" in m.why or f"merged:{row.id}" in m.why]
    if not row.event:
        assert not any(row.lemmas & {m.trigger.text.lower()} for m in mentions), marked.text
        return
    seen = [(m.trigger.text, m.why[0]) for m in mentions]
    assert fired, f"{marked.text}\n  wrote {seen}"
    actors = [a.span for m in fired for a in (*m.actor, *m.recipient)]
    for start, end in marked.actors + marked.recipients:
        words = marked.text[start:end]
        assert any(overlaps(((start, end),), s.start, s.end) for s in actors), f"{words!r} in {marked.text}"
    assert any(
        _same_way(m.actor, marked.actors) and _same_way(m.recipient, marked.recipients) for m in fired
    ), (
        f"{marked.text}\n  actor {[a.span.text for m in fired for a in m.actor]},"
        f" recipient {[a.span.text for m in fired for a in m.recipient]}"
    )


def _same_way(parties: tuple, marked: tuple[tuple[int, int], ...]) -> bool:
    """Reciprocal rows may hold both parties in ``actor``: then nothing is asked of the other role."""
    if not marked or not parties:
        return True
    return any(overlaps(marked, p.span.start, p.span.end) for p in parties)
