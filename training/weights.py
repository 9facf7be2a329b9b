"""Find the weights of ``extract.weigh``, ``parties`` and ``background`` again: logistic regressions.

Usage: python training/weights.py FOLDER     (corpus files the network was not fitted to: those numbered 09)

Prints one table for acts, one for each role and one for what is recalled, in the order of the signs in the
modules, and the F1 that each threshold would give. Nothing is written: the numbers are put into the modules
by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy

from dateline import extract
from dateline.evaluate import corpus
from dateline.extract import background, desk, parties, weigh

Rows = list[tuple[list[float], bool]]
THRESHOLDS = (-1.0, -0.6, -0.4, -0.3, -0.2, 0.0, 0.2, 0.5)


def main() -> None:
    """Collect the signs of every candidate, fit and print."""
    items = corpus.load(Path(sys.argv[1]))
    collected = [row for item in items for row in _signs_of(item)]
    wanted = {kind: sum(row[0] == kind and row[2] for row in collected) for kind in ("actor", "recipient")}
    wanted["act"] = sum(not (not e.actor and not e.recipient) for item in items for e in item.events)
    wanted["recalled"] = sum(row[0] == "recalled" and row[2] for row in collected)
    tables = {"act": weigh.WEIGHTS, **parties.WEIGHTS, "recalled": background.WEIGHTS}
    for kind, names in ((kind, list(table)) for kind, table in tables.items()):
        rows = [(signs, right) for found, signs, right in collected if found == kind]
        _show(kind, names, _fitted(rows), rows, wanted[kind])


def _signs_of(item: corpus.Item) -> Iterable[tuple[str, list[float], bool]]:
    """Code an item while noting the signs of every act and party that is weighed, and whether it is right."""
    acts: list[tuple[Any, ...]] = []
    roles: list[tuple[Any, ...]] = []
    recalled: list[tuple[Any, list[float]]] = []
    odds, chosen, weighed, judged = weigh.odds, parties.chosen, weigh.weighed, background.weighed
    moment = desk.Page._moment
    at: list[Any] = []

    def note_act(paragraph: Any, act: Any, readings: Any) -> Any:
        at[:] = [paragraph.span(act.hit.token), act.event]
        return weighed(paragraph, act, readings)

    def note_odds(act: Any, sight: weigh.Sight) -> float:
        acts.append((*at, list(weigh.signs(act, sight).values())))
        return odds(act, sight)

    def note_party(role: str, named: Any, chances: Any, slotted: Any, trigger: Any) -> Any:
        roles.append((role, trigger, [(a.span, parties.signs(a, chances[a], slotted)) for a in named]))
        return chosen(role, named, chances, slotted, trigger)

    def note_moment(page: Any, act: Any, date: Any, basis: Any) -> Any:
        at[:] = [page.paragraph.span(act.hit.token)]
        return moment(page, act, date, basis)

    def note_recalled(found: Any, thread: Any, chance: float) -> Any:
        if found.why in background.WEIGHTS or found.why == background.BY_THREAD:
            recalled.append((at[0], list(background.signs(found, thread, chance).values())))
        return judged(found, thread, chance)

    with (
        patch.object(desk.Page, "_moment", note_moment),
        patch.object(background, "weighed", note_recalled),
        patch.object(weigh, "weighed", note_act),
        patch.object(weigh, "odds", note_odds),
        patch.object(parties, "chosen", note_party),
    ):
        extract.code(item.report)
    for span, event, signs in acts:
        yield "act", signs, any(e.event == event for e in _labelled(item, span))
    for span, signs in recalled:
        yield from (("recalled", signs, e.time == "background") for e in _labelled(item, span)[:1])
    for role, trigger, named in roles:
        for labelled in _labelled(item, trigger)[:1]:
            spans = [p.span for p in getattr(labelled, role)]
            for span, signs in named:
                yield role, list(signs.values()), any(span.start < e and s < span.end for s, e in spans)


def _labelled(item: corpus.Item, span: Any) -> list[corpus.Event]:
    return [e for e in item.events if span.start < e.trigger[1] and e.trigger[0] < span.end]


def _fitted(rows: Rows) -> Any:
    """Return the weights of a logistic regression with a little shrinkage, by plain gradient descent."""
    signs = numpy.array([s for s, _ in rows])
    right = numpy.array([float(r) for _, r in rows])
    scale = signs.std(0)
    scale[scale == 0] = 1.0
    centre = numpy.where(signs.std(0) == 0, 0.0, signs.mean(0))
    scaled = (signs - centre) / scale
    weights = numpy.zeros(signs.shape[1])
    for _ in range(4000):
        slope = scaled.T @ (1 / (1 + numpy.exp(-scaled @ weights)) - right) / len(right)
        weights -= 0.5 * (slope + weights / len(right))
    plain = weights / scale
    plain[-1] -= (weights[:-1] * centre[:-1] / scale[:-1]).sum()
    return plain


def _show(kind: str, names: Sequence[str], weights: Any, rows: Rows, wanted: int) -> None:
    print(kind, len(rows), "candidates,", wanted, "labelled")
    for name, weight in zip(names, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    odds = numpy.array([s for s, _ in rows]) @ weights
    right = numpy.array([r for _, r in rows])
    for least in THRESHOLDS:
        kept = odds >= least
        both = 2 * (kept & right).sum() / (kept.sum() + wanted)
        print(f"    from {least:+.1f}: precision {right[kept].mean():.3f}, F1 {both:.3f}")


if __name__ == "__main__":
    main()
