"""Fitted numbers that are shipped: a card in TOML and an archive of arrays, pinned by its hash."""

from __future__ import annotations

import hashlib
import io
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline import errors, tables

if TYPE_CHECKING:
    import numpy as np

    Arrays = dict[str, np.ndarray[Any, np.dtype[Any]]]


def load(name: str, card_name: str, archive: str) -> tuple[dict[str, Any], Arrays]:
    """Return card and arrays of ``data/NAME``; raise ModelError unless they are there and the pinned ones."""
    import numpy as np

    folder = tables.path(name)
    try:
        card = tomllib.loads((folder / card_name).read_text(encoding="utf-8"))
        content = (folder / archive).read_bytes()
    except OSError as error:
        missing = Path(str(error.filename)).name
        raise errors.ModelError(f"the numbers of {name} are not installed: {missing}") from None
    if hashlib.sha256(content).hexdigest() != card["sha256"]:
        raise errors.ModelError(f"{name}/{archive}: not the pinned file")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return card, {key: arrays[key] for key in arrays.files}
