-- What linking found: events, stories and copies, as the rows that users receive. Written as a whole: the
-- result is a function of the reports and their current codings.
CREATE TABLE linked (
    kind        TEXT NOT NULL,         -- event, story, copy
    id          TEXT NOT NULL,         -- of a copy: the id of the copying report
    json        TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;

CREATE TABLE event_mentions (
    event_id    TEXT NOT NULL,
    mention_id  TEXT NOT NULL,
    PRIMARY KEY (event_id, mention_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_mentions_mention ON event_mentions (mention_id);

CREATE TABLE story_reports (
    story_id    TEXT NOT NULL,
    report_id   TEXT NOT NULL,
    PRIMARY KEY (story_id, report_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_reports_report ON story_reports (report_id);

-- Which codings were linked last, so that a run with nothing new has nothing to do.
CREATE TABLE linked_codings (
    coding      INTEGER PRIMARY KEY REFERENCES codings (number),
    current     INTEGER NOT NULL       -- 1 when the report was the newest version of its article
) STRICT;

-- How alike pairs of reports (story, copy) and of mentions (event) are, for those that are linked at all: the
-- next run weighs the pairs of what is new only.
CREATE TABLE linked_pairs (
    kind        TEXT NOT NULL,         -- story, copy, event
    one         TEXT NOT NULL,
    other       TEXT NOT NULL,
    likeness    REAL NOT NULL
) STRICT;
