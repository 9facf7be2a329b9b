"""The dateline before the first sentence, and sentences that only look as if they had one."""

from __future__ import annotations

import time

import pytest

from dateline.ingest.dateline import prefix

FOUND = """
TEHRAN -- Albania severed ties. | Tehran | None | Albania
KYIV, March 3 (Reuters) - The army left. | Kyiv | Reuters | The
ADDIS ABABA, May 15 (Xinhua) -- The talks | Addis Ababa | Xinhua | The
ST. LOUIS — The army left | St. Louis | None | The
WASHINGTON (AP) — The Senate voted. | Washington | AP | The
KYIV, Ukraine (AP) — The army left. | Kyiv, Ukraine | AP | The
MOSCOW, April 21. /TASS/. Talks will | Moscow | TASS | Talks
Tirana, Sept. 7 (IRNA) – The premier | Tirana | IRNA | The
Tehran, IRNA – The minister said | Tehran | IRNA | The
PORT-AU-PRINCE, Haiti — Gangs attacked | Port-au-Prince, Haiti | None | Gangs
N'DJAMENA, March 3 (Reuters) - Rebels | N'Djamena | Reuters | Rebels
BEIRUT/CAIRO (Reuters) - Two men | Beirut/Cairo | Reuters | Two
LONDON: The government said | London | None | The
(Reuters) - The army left. | None | Reuters | The
SEOUL, March 3 (Yonhap) -- “We will go,” he | Seoul | Yonhap | “We
JERUSALEM — Israel struck | Jerusalem | None | Israel
WASHINGTON, D.C. — The president | Washington, D.C. | None | The
Nairobi, Kenya — The court ruled | Nairobi, Kenya | None | The
"""
NONE = """
Albania severed ties with Iran on Wednesday.
Rama — the prime minister — said so.
Rama — Albania’s prime minister — said so.
NATO — the alliance — said so.
BREAKING: The army has left.
EU: The talks will go on.
Sen. Ann Lee (I-Vt.) said so on Monday.
LOOK: Five things to know
AP — The army left
FIX IS IN: Moderators ignore scandals.
“We will go,” he said.
President Rama said - and he meant it - that
In 1986, Iran asked France to expel the group.
May - the prime minister - said
US - Iran talks will go on.
"""


@pytest.mark.parametrize("row", FOUND.strip().splitlines())
def test_found(row: str) -> None:
    text, place, credit, begins = row.split(" | ")
    found = prefix(f"## {text}", 3, 3 + len(text))
    assert (str(found.place), str(found.credit)) == (place, credit)
    assert f"## {text}"[found.end :].startswith(begins)


@pytest.mark.parametrize("text", NONE.strip().splitlines())
def test_none(text: str) -> None:
    found = prefix(text, 0, len(text))
    assert (found.end, found.place, found.credit) == (0, None, None)


def test_a_speaker_is_no_place() -> None:
    text = "ANN LEE: Why not debate?\n\nBO KIM: We will."
    assert prefix(text, 0, 24).place is None


def test_a_date_needs_its_year() -> None:
    assert prefix("OSLO, May 3 (AP) - The", 0, 22).date is None
    assert prefix("OSLO, May 3, 2019 (AP) - The", 0, 28).date == "2019-05-03"


@pytest.mark.parametrize("unit", ["A", "A ", "Ab ", "AB-", "AB, ", "A'", "A.", "(A", "AB/", "Éé, "])
def test_grows_slowly(unit: str) -> None:
    began = time.process_time()
    text = unit * 20_000
    prefix(text, 0, len(text))
    assert time.process_time() - began < 0.1
