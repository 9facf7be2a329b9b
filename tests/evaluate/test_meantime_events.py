"""MEANTIME's own files: classes of certainty, polarity and time."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluate import factuality

TEXT = "Sudanese troops did not attack the town . Peru will expel two diplomats . Chad freed nine nurses ."
FACT, AHEAD = ("CERTAIN", "POS", "NON_FUTURE"), ("CERTAIN", "POS", "FUTURE")
EVENTS = ((5, "CERTAIN", "NEG", "NON_FUTURE"), (11, *AHEAD), (16, *FACT))


def write(folder: Path) -> Path:
    tokens, sentence = "", 0
    for n, word in enumerate(TEXT.split(), 1):
        tokens += f'<token t_id="{n}" sentence="{sentence}" number="{n}">{word}</token>'
        sentence += word == "."
    mentions = "".join(
        f'<EVENT_MENTION m_id="{m}" certainty="{c}" polarity="{p}" time="{t}"><token_anchor t_id="{at}"/>'
        "</EVENT_MENTION>"
        for m, (at, c, p, t) in enumerate(EVENTS)
    )
    body = f"<Document doc_name=\"a\">{tokens}<Markables>{mentions}</Markables></Document>"
    (folder / "a.xml").write_text(body, encoding="utf-8")
    return folder


def test_polarity_and_time_are_told(tmp_path: Path) -> None:
    result = factuality.evaluate(write(tmp_path))
    assert result.scores["events"] == 3
    assert result.scores["F1 of NEG"] == result.scores["F1 of FUTURE"] == 1
    assert [p["future"] for p in result.predictions] == [False, True, False]


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        factuality.evaluate(tmp_path)
