"""NewsDiscourse: what each sentence does in its report (Choubey et al., ACL 2020).

DATA is a folder with ``NAME.txt`` (URL, DATE/, H and numbered S lines; an empty line ends a
paragraph) and ``NAME.ann`` (brat: ``T1<tab>Main 276 278<tab>S1``), at any depth. The sentences are given.
Scored are macro-F1 over the nine labels, and news (Main, Main_Consequence) against background
(Cause_Specific, Distant_Historical): ``Speech`` is another layer and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline import parse
from dateline.errors import EvaluationError
from dateline.evaluate.result import Json, Result, f1, macro_f1
from dateline.extract import discourse
from dateline.lexicon import lexicon
from dateline.records import Report

LABELS = (
    "Main", "Main_Consequence", "Cause_Specific", "Cause_General", "Distant_Historical",
    "Distant_Anecdotal", "Distant_Evaluation", "Distant_Expectations_Consequences", "NA",
)  # fmt: skip
# Test part; the Longformer figures are quoted from memory of the follow-up papers, to be verified.
PUBLISHED = (("Longformer, test, to be verified", {"macro F1": 0.635, "Main F1": 0.576}),)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One given sentence: its number, its text, whether it begins a paragraph."""

    number: int
    text: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Document:
    """One report of the set; ``published`` is ISO or None, ``sentences`` may be none."""

    name: str
    title: str
    published: str | None
    sentences: tuple[Sentence, ...]

    @property
    def report(self) -> Report:
        """The document as a report: one paragraph a given sentence."""
        text, ranges = "", []
        for sentence in self.sentences:
            ranges.append((len(text), len(text) + len(sentence.text)))
            text += sentence.text + "\n"
        return Report(text, tuple(ranges), title=self.title, published=self.published)


def load(path: Path) -> list[Document]:
    """Read every text below a folder, in the order of the paths; raise EvaluationError if none is there."""
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise EvaluationError(f"{path}: no .txt files of NewsDiscourse here")
    return [_document(file, _name(file, path)) for file in files]


def _name(file: Path, root: Path) -> str:
    """Return the name of a document: its path below the folder, since names recur in subfolders."""
    return file.stem if file == root else file.relative_to(root).with_suffix("").as_posix()


def _document(file: Path, name: str) -> Document:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{file}: {error}") from None
    title, published = "", None
    for line in lines:
        if re.match(r"H\s", line):
            title = line[1:].strip()
        elif found := re.match(r"DATE/ AUTHOR (\d{4}-\d\d-\d\d)", line):
            published = found[1]
    return Document(name, title, published, tuple(_sentences(lines)))


def _sentences(lines: list[str]) -> Iterator[Sentence]:
    opens = True
    for line in lines:
        found = re.match(r"S(\d+)\s*(.*)", line)
        if found:
            yield Sentence(int(found[1]), found[2].strip(), opens)
        opens = not line.strip() or (opens and not found)


def gold(path: Path) -> dict[tuple[str, int], str]:
    """Return the label of each (document, sentence number); unlabelled sentences are left out."""
    files = sorted(path.rglob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    found = {}
    for file in files:
        name = _name(file, path.with_suffix(".ann") if path.is_file() else path)
        for row in file.read_text(encoding="utf-8").splitlines():
            cells = row.split("\t")
            label = cells[1].split(" ")[0] if len(cells) == 3 else ""
            if label in LABELS and (number := re.fullmatch(r"S(\d+)", cells[2].strip())):
                found[name, int(number[1])] = label
    return found


def units(document: Document) -> tuple[list[int], list[discourse.Unit]]:
    """Return the numbers and the parses of a document's sentences, those without a word left out."""
    paragraphs = parse.read(document.report)
    kept = [document.sentences[p.number - 1] for p in paragraphs]
    parsed = [discourse.Unit(p.doc[:], s.opens) for p, s in zip(paragraphs, kept, strict=True)]
    return [s.number for s in kept], parsed


def predict(document: Document) -> list[Json]:
    """Return the prediction rows of a document; its gold is not looked at."""
    numbers, parsed = units(document)
    readings = discourse.read(parsed, document.title, document.published, lexicon())
    labels = {number: reading.label for number, reading in zip(numbers, readings, strict=True)}
    return [
        {"document": document.name, "sentence": s.number, "label": labels.get(s.number, "NA")}
        for s in document.sentences
    ]


def evaluate(path: Path) -> Result:
    """Label every sentence below ``path`` and score the labels."""
    rows = [row for document in load(path) for row in predict(document)]
    return Result("newsdiscourse", score(rows, gold(path)), PUBLISHED, tuple(rows))


def score(rows: list[Json], labels: dict[tuple[str, int], str]) -> dict[str, float]:
    """Score prediction rows: every gold sentence counts; one without a row counts as ``NA``."""
    answers = {(row["document"], row["sentence"]): row["label"] for row in rows}
    keys = list(labels)
    expected, found = [labels[k] for k in keys], [answers.get(k, "NA") for k in keys]
    news, past = ([label in part for label in expected] for part in (discourse.NEWS, discourse.PAST))
    decided = [n or p for n, p in zip(news, past, strict=True)]
    scores = {
        "sentences": float(len(keys)),
        "accuracy": sum(e == f for e, f in zip(expected, found, strict=True)) / max(len(keys), 1),
        "macro F1": macro_f1(expected, found),
        **news_scores(expected, found),
    }
    scores["news or background, gold"] = float(sum(decided))
    return {**scores, **{f"{label} F1": f1(expected, found, label) for label in LABELS}}


def news_scores(expected: list[str], found: list[str]) -> dict[str, float]:
    """Return F1 of news and of background: over all sentences, and where gold is one of the two."""
    gold, ours = ([_side(label) for label in labels] for labels in (expected, found))
    pairs = [(e, f) for e, f in zip(gold, ours, strict=True) if e and f]
    decided, answered = [e for e, _ in pairs], [f for _, f in pairs]
    return {
        "news F1, all sentences": f1(gold, ours, "news"),
        "background F1, all sentences": f1(gold, ours, "background"),
        "news or background, both decided": float(len(pairs)),
        "news F1, both decided": f1(decided, answered, "news"),
        "background F1, both decided": f1(decided, answered, "background"),
    }


def _side(label: str) -> str:
    return "news" if label in discourse.NEWS else "background" if label in discourse.PAST else ""
