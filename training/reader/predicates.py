"""Examples from our own short reports with every event word labelled (``training/predicates``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.evaluate import predicates
from dateline.evaluate.meantime_events import Labelled
from reader.examples import Act, Example, firsts, stretches

# Certainty from -3 to 3 as MEANTIME's labels are counted; of what lies ahead raters are less sure, as in UW.
SCORES = {"CERTAIN": 3.0, "PROBABLE": 1.5, "POSSIBLE": 0.75, "UNDERSPECIFIED": 0.0}
SETTLED = 2.6


def examples(file: Path) -> Iterator[Example]:
    """Yield the reports of a file, stretch by stretch, with what is known of their event words."""
    for told in predicates.load(file):
        number = 0  # of the stretch's first sentence
        for stretch in stretches(told.sentences):
            begins = firsts(stretch)
            inside = [one for one in told.labelled if number <= one.sentence < number + len(stretch)]
            acts = {begins[one.sentence - number] + one.token: _act(one) for one in inside}
            words = tuple(word for sentence in stretch for word in sentence)
            yield Example("predicates", words, told.id, begins, acts=acts)
            number += len(stretch)


def _act(one: Labelled) -> Act:
    """Return what a label tells: of what lies ahead not the kind, of what merely seems so no realis."""
    score = SETTLED if one.future and one.certainty == "CERTAIN" else SCORES[one.certainty]
    if one.future:
        realis = None
    elif one.negated:
        realis = "negated"
    else:
        realis = "actual" if one.certainty == "CERTAIN" else None
    told = one.future or realis is not None
    return Act(realis=realis, certainty=-score if one.negated else score, ahead=one.future if told else None)
