"""Sentence classes after CAMEO (ConfliBERT's data; Skorupa Parolin et al., AIES 2022).

Format: TSV without header, a sentence and its class: 0 neutral, 1 verbal cooperation, 2 material
cooperation, 3 verbal conflict, 4 material conflict. Score: accuracy and macro-F1 over five classes.

The class is that of the sentence's main mention: the one whose trigger stands highest. Two conventions
of the set differ from PLOVER's quads and are put into words here, chosen on half of the training set:
what CAMEO calls a statement or an appeal (01, 02) is neutral, and reduced relations (16) are verbal.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import errors, extract
from dateline.evaluate.result import Result, macro_f1
from dateline.evaluate.sentences import is_choosing, main_mention, plain_report
from dateline.ontology import ontology
from dateline.records import Mention

Json = dict[str, Any]

NEUTRAL = 0
# CAMEO 02, appeal, is neutral; only the words of CAMEO 10, demand, are conflict.
DEMANDS = ("demand", "order", "insist", "ultimatum", "pressur", "forc", "compel", "told")
# CAMEO 015, acknowledge; 018, express condolences; 019, agree with somebody.
STATEMENTS = {"ASSAULT": ("claim",), "SUPPORT": ("express", "agree")}
# CAMEO 03, express intent: to agree to yield or to help is verbal cooperation.
INTENTIONS = ("agree", "offer", "promis", "pledg", "vow", "ready", "willing", "accept")
# CAMEO 16, reduce relations.
VERBAL_SANCTION = 3

PUBLISHED: tuple[tuple[str, dict[str, float]], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence and, where not blanked, its class."""

    sentence: str
    label: int | None


def load(path: Path) -> list[Row]:
    """Read a file of sentences and classes; raise EvaluationError if it is not one."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        return [_row(line.rstrip("\r")) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise errors.EvaluationError(f"{path}: {error}") from None
    except ValueError as error:
        raise errors.EvaluationError(f"{path}: not a file of sentences and classes: {error}") from None


def _row(line: str) -> Row:
    sentence, tab, label = line.rpartition("\t")
    if not tab:
        raise ValueError(f"no tab in {line[:60]!r}")
    if label.strip() not in ("", *"01234"):
        raise ValueError(f"no class {label!r}")
    return Row(sentence, int(label) if label.strip() else None)


def predict(sentence: str) -> int:
    """Return the class of a sentence."""
    mention = main_mention(extract.code(plain_report(sentence)))
    return NEUTRAL if mention is None else class_of(mention)


def class_of(mention: Mention) -> int:
    """Return the class of a mention by its type and the word that denotes it."""
    word, event = mention.trigger.text.lower(), mention.event
    if event == "REQUEST":
        return ontology().type(event).quad if word.startswith(DEMANDS) else NEUTRAL
    if word.startswith(STATEMENTS.get(event, ("\0",))):
        return NEUTRAL
    if event == "SANCTION":
        return VERBAL_SANCTION
    quad = ontology().type(event).quad
    return 1 if quad == 2 and word.startswith(INTENTIONS) else quad


def evaluate(path: Path) -> Result:
    """Predict every sentence and score those that have a class."""
    rows = load(path)
    predictions = [{"row": n, "label": predict(row.sentence)} for n, row in enumerate(rows)]
    return Result("cameo-class", score(rows, predictions), PUBLISHED, tuple(predictions))


def score(rows: list[Row], predictions: list[Json]) -> dict[str, float]:
    """Return accuracy and macro-F1 over all rows that have a class, then over the two halves."""
    pairs = [(r, int(p["label"])) for r, p in zip(rows, predictions, strict=True) if r.label is not None]
    if not pairs:
        return {}
    scores = {"rows": float(len(pairs)), **_measures(pairs)}
    for name, wanted in (("choosing", True), ("checking", False)):
        half = [pair for pair in pairs if is_choosing(pair[0].sentence) == wanted]
        scores |= {f"{key}, {name} half": value for key, value in _measures(half).items()}
    return scores


def _measures(pairs: list[tuple[Row, int]]) -> dict[str, float]:
    gold, answers = [row.label for row, _ in pairs], [answer for _, answer in pairs]
    right = sum(g == a for g, a in zip(gold, answers, strict=True))
    return {
        "accuracy": right / len(pairs) if pairs else 0.0,
        "macro-F1": macro_f1(gold, answers) if pairs else 0.0,
    }
