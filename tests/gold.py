"""Run every evaluation whose gold set is there: `make gold`. Says which are not; prints every table.

Usage: python tests/gold.py FOLDER [NAME …]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from dateline.evaluate import EVALUATIONS, report

# Where each set lies below the folder of gold sets.
PLACES = {
    "seed": "seed_gold.json",
    "plv": "plv/PLV_train.tsv",
    "plv-end": "plv/PLV_train.tsv",
    "timex": "tempeval3/Training",
    "cameo-ner": "cameo_ner/train.txt",
    "cameo-class": "cameo_class/train.tsv",
    "gsr": "plover_gsr/dev.json",
    "polnear": "polnear/dev",
    "factuality": "factuality",
    "news-cluster": "news_cluster",
    "syndication": "news_cluster",
    "newswcl50": "newswcl50/dev.conll",
    "meantime-link": "meantime/intra_cross-doc_annotation",
    "newsdiscourse": "newsdiscourse/validation",
}
TESTS = Path(__file__).parent
TRAINING = TESTS.parent / "training"
OWN = {
    "corpus": TRAINING / "corpus",
    "actors": TRAINING / "corpus",
    "places": TRAINING / "places" / "mentions.tsv",
    "stories": TESTS / "cases" / "stories",
}


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold")
    for name, evaluate in EVALUATIONS:
        path = OWN[name] if name in OWN else folder / PLACES.get(name, name)
        if sys.argv[2:] and name not in sys.argv[2:]:
            continue
        if not path.exists():
            print(f"{name}: skipped, there is no {path}")
            continue
        start = time.perf_counter()
        result = evaluate(path)
        shown = report(result).splitlines()
        print("\n".join(line for line in shown if not line.startswith("  note:")))
        print(f"  ({time.perf_counter() - start:.0f} s, {len(result.notes)} notes not shown)\n")


if __name__ == "__main__":
    main()
