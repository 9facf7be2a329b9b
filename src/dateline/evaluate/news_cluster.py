"""Which reports tell the same event: the news clusters of Giveme5W1H (Hamborg et al.).

PATH is the folder of JSON files. Predictions: ``{"document": dId, "cluster": …}`` in the order of the
files' names. Published for TF-IDF with average link: pair F1 .841, B³ .916.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dateline import errors
from dateline.evaluate import clustering
from dateline.evaluate.result import Result
from dateline.link import stories
from dateline.link.reading import Reading

Json = dict[str, Any]
PUBLISHED = (("TF-IDF, average link", {"pair_f1": 0.841, "b3": 0.916}),)


def evaluate(path: Path) -> Result:
    """Cluster the reports of a folder and score pairs and B³."""
    items = load(path)
    groups = predict([document(item) for item in items])
    names = {item: number for number, group in enumerate(groups) for item in group}
    ours = clustering.clusters_of((i, names[i]) for i in range(len(items)))
    gold = clustering.clusters_of((i, item["newsCluster"]["EventId"]) for i, item in enumerate(items))
    pair, cubed = clustering.pairs(gold, ours), clustering.b_cubed(gold, ours)
    rows = tuple({"document": item["dId"], "cluster": names[i]} for i, item in enumerate(items))
    scores = {
        "pair_f1": pair.f1, "pair_precision": pair.precision, "pair_recall": pair.recall,
        "b3": cubed.f1, "b3_precision": cubed.precision, "b3_recall": cubed.recall,
    }  # fmt: skip
    return Result("news-cluster", scores, PUBLISHED, rows)


def load(path: Path) -> list[Json]:
    """Read the JSON files of a folder; raise EvaluationError if they are not those of the set."""
    files = sorted(path.glob("*.json"))
    if not files:
        raise errors.EvaluationError(f"{path}: no JSON files")
    items = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    if any("newsCluster" not in item or "dId" not in item for item in items):
        raise errors.EvaluationError(f"{path}: a file without newsCluster or dId")
    return items


def document(item: Json) -> Reading:
    """Return the report of one file, without its label."""
    return Reading(
        id=item["dId"], outlet=item.get("source_domain") or "", title=item.get("title") or "",
        published=item.get("date_publish"), text=item.get("text") or "", sentences=(),
    )  # fmt: skip


def predict(documents: list[Reading]) -> list[list[int]]:
    """Cluster reports into stories; the answer does not depend on their order."""
    order = sorted(range(len(documents)), key=lambda i: documents[i].id)
    readings = [documents[i] for i in order]
    vectors = [stories.vector(r.title, r.text) for r in readings]
    keys = [stories.keys(*pair) for pair in zip(readings, vectors, strict=True)]
    found = stories.cluster(len(readings), stories.links(keys, vectors))
    return [[order[i] for i in group] for group in found]
