from __future__ import annotations

import pytest

from dateline import errors
from dateline.ontology import ontology


def test_the_sixteen_types_with_their_quads() -> None:
    types = ontology().types
    assert len(types) == 16
    assert {q: sorted(t.name for t in types.values() if t.quad == q) for q in (1, 2, 3, 4)} == {
        1: ["AGREE", "CONCEDE", "CONSULT", "SUPPORT"],
        2: ["AID", "COOPERATE", "RETREAT"],
        3: ["ACCUSE", "REJECT", "REQUEST", "THREATEN"],
        4: ["ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"],
    }


@pytest.mark.parametrize(
    ("cameo", "plover"),
    [
        ("057", ("SUPPORT", None)), ("1831", ("ASSAULT", "suicide-attack")), ("0841", ("RETREAT", "release")),
        ("081", ("CONCEDE", None)), ("090", ("ACCUSE", "investigate")), ("020", (None, None)),
        ("18319", ("ASSAULT", "suicide-attack")),
    ],
)  # fmt: skip
def test_cameo_to_plover(cameo: str, plover: tuple[str | None, str | None]) -> None:
    assert ontology().plover(cameo) == plover


# CAMEO files these two under another root than PLOVER does.
ELSEWHERE_IN_CAMEO = {("RETREAT", "resign"): "CONCEDE", ("SANCTION", "convict"): "ACCUSE"}


def test_every_cameo_code_of_a_mode_leads_back_to_its_type() -> None:
    codes = ontology()
    for event in codes.types.values():
        for mode, cameo in [("", event.cameo), *event.modes.items()]:
            expected = ELSEWHERE_IN_CAMEO.get((event.name, mode), event.name)
            assert codes.plover(cameo)[0] == expected, (event.name, mode, cameo)


@pytest.mark.parametrize("call", [
    lambda o: o.type("YIELD"), lambda o: o.check("ASSAULT", "visit"), lambda o: o.plover("99"),
    lambda o: o.check_sector("XXX"), lambda o: o.check_contexts(("sport",)), lambda o: o.cameo("AID", "loan"),
])  # fmt: skip
def test_unknown_codes_are_refused(call) -> None:
    with pytest.raises(errors.OntologyError):
        call(ontology())
