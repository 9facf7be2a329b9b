"""Which lines are page junk, and which must never be."""

from __future__ import annotations

import pytest

from dateline.ingest.junk import LINES, kind

JUNK = """
advertisement | ADVERTISEMENT
advertisement | Advertisement - scroll to continue
advertisement | Story continues below advertisement
share | Share this article
share | Share on Facebook
share | Tweet
share | WhatsApp
related | Read more: Ministers meet again
related | Read also: “We will not yield”
related | Related: Truce in danger
related | Related articles
related | Most read
related | See also
caption | Photo: A soldier at the border. (AFP)
caption | File photo
caption | Photo by John Smith/AP
caption | [File: John Smith/Reuters photo]
subscribe | Subscribe to our newsletter
subscribe | Sign up for our daily briefing.
subscribe | Click here to join our channel
page | Page 3 of 7
page | 3/7
page | - 4 -
page | Continue reading
page | 12 comments
page | Leave a comment
page | 4 min read
rights | © 2021 Harbour Gazette
rights | Copyright 2021 The Gazette. All rights reserved.
tags | Tags: truce, border
sign-off | (Reporting by A. Kumar; Editing by B. Stone)
sign-off | Reporting by Ann Kumar and Bo Stone; Editing by Cy Lee
sign-off | Source: Xinhua
sign-off | ENDS
rule | * * *
rule | ----------
"""
KEPT = """
Read the treaty again, he told them, before you sign it.
The photo: that was the evidence the court wanted to see.
Reporting by journalists was curtailed after the coup.
Share prices fell.
Print media were banned.
Follow us, the rebels told the crowd, and you will be free.
Related crimes were investigated by the police.
Advertising of tobacco was banned by the parliament of Norlund on Monday evening.
Reuters reported that the envoy had left.
He said no.
Comments by the minister angered Tehran.
Page 3 of the treaty was never published.
Copying the treaty was a crime.
"""


@pytest.mark.parametrize("row", JUNK.strip().splitlines())
def test_junk(row: str) -> None:
    name, line = row.split(" | ", 1)
    assert kind(line) == name


@pytest.mark.parametrize("line", KEPT.strip().splitlines())
def test_kept(line: str) -> None:
    assert kind(line) == ""


def test_every_name_has_a_case() -> None:
    assert {name for name, _ in LINES} == {row.split(" | ")[0] for row in JUNK.strip().splitlines()}


def test_weak_kinds_need_to_stand_apart() -> None:
    assert kind("Reuters.", apart=False) == ""
    assert kind("Advertisement", apart=False) == "advertisement"
