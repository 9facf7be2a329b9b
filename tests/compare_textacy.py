"""textacy's finder of direct quotations beside dateline, on the same articles of PolNeAR, by the same scorer.

Usage: python tests/compare_textacy.py FOLDER      (texts and ``.ann`` files, as for ``evaluate polnear``)

textacy is no part of dateline's environment: install it beside (``pip install textacy``). It reads the
parse that dateline reads. Where a text has an odd number of quotation marks textacy refuses the whole of
it; here it is then given one paragraph after another, and the paragraphs it refuses are counted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from dateline import parse
from dateline.evaluate import polnear
from dateline.evaluate.polnear import PARTS, Document
from dateline.evaluate.widen import Parts

OPENING, CLOSING = frozenset("\"“‘'"), frozenset("\"”’'")
Answers = Sequence[list[Parts]]


def is_direct(text: str, parts: Parts) -> bool:
    """Tell an attribution every piece of whose content stands between quotation marks."""
    words = [text[start:end].strip(" \r\n.,;") for start, end in parts["content"]]
    inside = [text[start - 1 : start] in OPENING for start, _ in parts["content"]]
    return bool(words) and all(w[:1] in OPENING or i for w, i in zip(words, inside, strict=True))


def of_textacy(document: Document) -> tuple[list[Parts], int]:
    """Return textacy's quotations of a text, widened as ours are, and how many passages it refused."""
    try:
        return list(_quotations(document.text, 0)), 0
    except ValueError:
        pass  # an odd number of quotation marks: try its paragraphs
    found: list[Parts] = []
    refused = 0
    for paragraph in polnear.PARAGRAPH.finditer(document.text):
        try:
            found += _quotations(paragraph[0], paragraph.start())
        except ValueError:
            refused += 1
    return found, refused


def _quotations(text: str, at: int) -> Iterator[Parts]:
    from textacy.extract.triples import direct_quotations

    for speaker, cue, content in direct_quotations(parse.pipeline()(text)):
        yield {
            "source": tuple((at + t.idx, at + t.idx + len(t)) for t in speaker),
            "cue": tuple((at + t.idx, at + t.idx + len(t)) for t in cue),
            "content": ((at + content.start_char, at + content.end_char),),
        }


def measures(documents: Sequence[Document], answers: Answers) -> Iterator[str]:
    """Yield the lines of one system: linked attributions, then direct quotations alone."""
    scores = polnear.score(documents, answers)
    yield "all attributions, linked: " + " ".join(
        f"{name} {100 * scores[f'linked {name}']:.1f}" for name in ("precision", "recall", "F1")
    )
    for title, parts in (("linked", PARTS), ("content", ("content",))):
        recall = _share(documents, answers, parts, lambda gold, ours: (gold, ours), True)
        precision = _share(documents, answers, parts, lambda gold, ours: (ours, gold), False)
        f1 = 2 * precision * recall / ((precision + recall) or 1)
        yield (
            f"direct quotations, {title}: precision {100 * precision:.1f} recall {100 * recall:.1f} "
            f"F1 {100 * f1:.1f}"
        )


def _share(
    documents: Iterable[Document],
    answers: Answers,
    parts: tuple[str, ...],
    sides: Callable[[list[Parts], list[Parts]], tuple[list[Parts], list[Parts]]],
    gold_first: bool,
) -> float:
    """Return how many direct quotations of one side are met by any attribution of the other."""
    right = total = 0
    for document, ours in zip(documents, answers, strict=True):
        for annotation in document.annotations:
            these, those = sides([*annotation], ours)
            direct = [one for one in these if is_direct(document.text, one)]
            pairs = polnear.match(parts, direct, those) if gold_first else polnear.match(parts, those, direct)
            right += sum(1 for _ in pairs)
            total += len(direct)
    return right / (total or 1)


def main(folder: Path) -> None:
    if find_spec("textacy") is None:
        sys.exit("skipped: textacy is not installed in this environment")
    documents = polnear.load(folder)
    theirs = [of_textacy(document) for document in documents]
    print(f"textacy ({sum(refused for _, refused in theirs)} paragraphs refused)")
    print(*measures(documents, [found for found, _ in theirs]), sep="\n")
    print("dateline")
    print(*measures(documents, [polnear.predict(document.text) for document in documents]), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
