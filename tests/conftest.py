"""Shared fixtures: the gold folder (tests that need it skip, saying so), and how the tests run and import."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile("dateline", deadline=None)  # how fast a machine is decides nothing here
settings.load_profile("dateline")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def gold() -> Path:
    folder = Path(os.environ.get("DATELINE_GOLD", ROOT.parent / "shared" / "gold"))
    if not folder.is_dir():
        pytest.skip(f"the development gold sets are not at {folder}")
    return folder
