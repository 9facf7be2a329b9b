"""The limits of the door: what dateline reads of one input before it says so and stops.

Hitting a limit is never silent: it becomes a :class:`~dateline.records.Rejected` with a reason, or
a note beginning ``limit:`` on the report, which makes its status ``partial``.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024
COMBINING_RUN = 30  # marks on one letter that are looked at, at any setting of the limits


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one report; sizes in bytes or in code points, as each name says.

    ==================  ==============================================================
    ``report_bytes``    one text or HTML file, one JSON line, one JSON document; more
                        is rejected. Files of many reports (JSONL, CSV) are streamed
                        and may be of any size
    ``text_chars``      code points put into ``paragraphs``; the rest is stored only
    ``title_chars``     code points of a title given by a page or a field
    ``url_chars``       code points of a URL; a longer one is dropped and noted
    ``html_depth``      nesting of HTML elements; deeper ones are flattened
    ``tag_bytes``       length of one HTML tag; a longer one loses its attributes
    ``tag_attributes``  attributes of one HTML tag; with more it loses them all
    ``html_seconds``    time for one suspicious page in the child process
    ``html_memory``     address space of that child, in bytes
    ``inline_bytes``    an HTML page above this goes to the child process
    ``json_depth``      nesting of a JSON value
    ``csv_field``       one field of a table, in code points
    ``date_chars``      a date text longer than this is not a date
    ``first_year``      the earliest year of publication believed
    ``last_year``       the latest year believed; not the clock: same input, same output on any day
    ==================  ==============================================================
    """

    report_bytes: int = 16 * MIB
    text_chars: int = 200_000
    title_chars: int = 1_000
    url_chars: int = 2_048
    html_depth: int = 512
    tag_bytes: int = 64 * 1024
    tag_attributes: int = 1_000
    html_seconds: float = 10.0
    html_memory: int = 1536 * MIB
    inline_bytes: int = MIB
    json_depth: int = 64
    csv_field: int = MIB
    date_chars: int = 64
    first_year: int = 1900
    last_year: int = 2100


DEFAULT_LIMITS = Limits()
