"""Check files of the training corpus: print one line for every item that cannot be read, then counts.

Usage: python training/check.py FILE_OR_FOLDER …
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from dateline import errors
from dateline.evaluate import corpus


def main() -> int:
    """Read every item named on the command line; the exit status is 1 if one is wrong."""
    wrong, types, kinds, seen = 0, Counter[str](), Counter[str](), set[str]()
    for path in map(Path, sys.argv[1:]):
        for block in corpus.blocks(path):
            try:
                item = corpus.item(block)
                if item.id in seen:
                    raise errors.EvaluationError(f"{block.place}: {item.id}: the id stands twice")
            except errors.EvaluationError as error:
                print(error)
                wrong += 1
                continue
            seen.add(item.id)
            types.update(event.event for event in item.events)
            kinds["without event" if item.negative else "with event"] += 1
            kinds.update({"attributions": len(item.sayings), "with contexts": item.contexts is not None})
    print(dict(kinds), dict(types.most_common()), f"{wrong} wrong", sep="\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
