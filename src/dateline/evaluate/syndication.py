"""Copies found among generated rewrites: recall for light, medium and heavy ones, and precision.

PATH is a folder of reports (text or JSON lines), or one of the ``news-cluster`` set. Every second report
is rewritten; sentences of the others are mixed into the heavy rewrites. A pair found is right when both
sides come from one report. Left out are pairs of two untouched reports, and pairs from two reports that
have a run of fifteen words in common: those are copies of one wire as they came. Predictions:
``{"report": id, "source": id, "share": …, "right": …}``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline import errors, ingest
from dateline.evaluate import news_cluster
from dateline.evaluate.result import Result
from dateline.evaluate.rewrites import LEVELS, rewrite
from dateline.link import copies
from dateline.link.reading import Reading, reading, split
from dateline.records import Report

Json = dict[str, Any]

LEAST = 6  # sentences a report must have to be rewritten
RUN = 15  # words in a row that no two reporters write by chance


def evaluate(path: Path) -> Result:
    """Rewrite reports and score which copies are found."""
    readings = sorted(load(path), key=lambda r: r.id)
    bases = [r for r in readings[::2] if len(r.sentences) >= LEAST]
    others = [s.text for r in readings[1::2] for s in r.sentences]
    if not bases or not others:
        raise errors.EvaluationError(f"{path}: fewer than two reports of {LEAST} sentences")
    made = {r.id: (r, "original") for r in bases}
    origin = {r.id: r.id for r in bases}
    for base in bases:
        for level in LEVELS:
            one = rewrite(base, level, others)
            made[one.id], origin[one.id] = (one, level.name), base.id
    pool = [made[key][0] for key in sorted(made)]
    found = copies.find(pool, [copies.fingerprint(r) for r in pool])
    runs = {base.id: _runs(base.text) for base in bases}
    ends = [(pool[c.report].id, pool[c.source].id, c.share) for c in found if not c.passage]
    judged = [e for e in ends if not _as_they_came(origin[e[0]], origin[e[1]], e[:2], runs)]
    return _score(judged, made, origin)


def _runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of fifteen words, outside quotation marks."""
    found = copies.QUOTED.sub(" | ", text).lower().split()
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def _as_they_came(one: str, other: str, ends: tuple[str, str], runs: dict[str, set[tuple[str, ...]]]) -> bool:
    return {one, other} == set(ends) or (one != other and not runs[one].isdisjoint(runs[other]))


def _score(
    found: list[tuple[str, str, float]],
    made: dict[str, tuple[Reading, str]],
    origin: dict[str, str],
) -> Result:
    bases = set(origin.values())
    rows: list[Json] = []
    hit: set[str] = set()
    right_ones = 0
    for report, source, share in found:
        right = origin[report] == origin[source]
        right_ones += right
        if right and {report, source} & bases:
            hit.update((report, source))
        rows.append({"report": report, "source": source, "share": round(share, 3), "right": right})
    scores = {}
    for level in LEVELS:
        of_level = [key for key, (_, name) in made.items() if name == level.name]
        scores[f"recall_{level.name}"] = sum(key in hit for key in of_level) / len(of_level)
    scores["precision"] = right_ones / len(rows) if rows else 0.0
    return Result("syndication", scores, (), tuple(rows))


def load(path: Path) -> list[Reading]:
    """Read reports from a folder: JSON files of the news-cluster set, else whatever dateline reads."""
    if any(path.glob("*.json")):
        items = (news_cluster.document(item) for item in news_cluster.load(path))
        return [_with_sentences(r) for r in items]
    found = [item for item in ingest.read([path]) if isinstance(item, Report)]
    return [_with_sentences(_reading(report)) for report in found]


def _reading(report: Report) -> Reading:
    facts = {
        "id": report.id, "outlet": report.outlet, "path": report.path, "title": report.title,
        "published": report.published, "url": report.url,
    }  # fmt: skip
    return reading(facts, report.text, ())


def _with_sentences(one: Reading) -> Reading:
    return Reading(one.id, one.outlet, one.title, one.published, one.text, tuple(split(one.text)))
