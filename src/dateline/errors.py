"""Every error dateline raises on purpose, so that callers can catch one tree.

    DatelineError
    ├── DataError         a table shipped with dateline (or edited by its user) is wrong
    │   ├── OntologyError     an unknown event type, mode, context, sector or CAMEO code
    │   └── LexiconError      a bad row, a duplicate id, two rows with one pattern
    ├── InputError        an input path or option cannot be used at all
    ├── StoreError        a store file cannot be opened, migrated or written
    ├── ModelError        a pipeline or network is missing or is not the pinned one
    └── EvaluationError   a gold set is absent or not in the format its paper describes

A *report* that cannot be read is not an exception: it becomes a
:class:`dateline.records.Rejected` with a reason, and the batch goes on.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of all errors raised by dateline; its text is one clear line."""


class DataError(DatelineError):
    """A data table is wrong; the message names file, line and column."""


class OntologyError(DataError):
    """A code that the ontology does not know."""


class LexiconError(DataError):
    """A lexicon or actor table row that cannot be used."""


class InputError(DatelineError):
    """An input path or a command line option that cannot be used at all."""


class StoreError(DatelineError):
    """A store file that cannot be opened, migrated or written."""


class ModelError(DatelineError):
    """A parser pipeline or network that is missing or not the pinned one."""


class EvaluationError(DatelineError):
    """A gold set that is absent or not in its published format."""
