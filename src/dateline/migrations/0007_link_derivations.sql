-- An update of the links costs what is new: what linking makes of a report by itself is kept, and of what
-- was found before only what has changed is written. The links of before are made once more.
DELETE FROM linked;
DELETE FROM event_mentions;
DELETE FROM story_reports;
ALTER TABLE linked ADD COLUMN home TEXT;   -- of an event: its story

DROP TABLE linked_codings;
CREATE TABLE linked_codings (
    coding      INTEGER PRIMARY KEY REFERENCES codings (number),
    current     INTEGER NOT NULL,      -- 1 when the report was the newest version of its article
    supersedes  TEXT                   -- the version before it
) STRICT;

-- By which code and tables the links and derivations were made; one row.
CREATE TABLE linked_by (
    stamp       TEXT NOT NULL
) STRICT;

DROP TABLE linked_pairs;
CREATE TABLE linked_pairs (
    kind        TEXT NOT NULL,         -- story, event
    one         TEXT NOT NULL,
    other       TEXT NOT NULL,
    likeness    REAL NOT NULL,
    PRIMARY KEY (kind, one, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE linked_copies (
    report      TEXT NOT NULL,
    source      TEXT NOT NULL,
    share       REAL NOT NULL,
    sentences   INTEGER NOT NULL,
    passage     INTEGER NOT NULL,
    PRIMARY KEY (report, source)
) STRICT, WITHOUT ROWID;

-- Figures in sentences that tell no event, by their place among the figures of the report, and their events.
CREATE TABLE linked_figures (
    report      TEXT NOT NULL,
    place       INTEGER NOT NULL,
    event       TEXT NOT NULL,
    PRIMARY KEY (report, place)
) STRICT, WITHOUT ROWID;

-- What linking looks at in every report in every run: see dateline.link.kept. The id of a report is the hash
-- of its content.
CREATE TABLE link_keys (
    report      TEXT PRIMARY KEY REFERENCES reports (id),
    coding      INTEGER NOT NULL REFERENCES codings (number),
    credit      TEXT,
    bands       BLOB NOT NULL,
    sample      BLOB NOT NULL,
    ladders     BLOB NOT NULL,
    acts        BLOB NOT NULL,
    facts       TEXT NOT NULL
) STRICT;

-- What it asks of the reports that something new touches.
CREATE TABLE link_parts (
    report      TEXT PRIMARY KEY REFERENCES reports (id),
    spans       TEXT NOT NULL,
    codes       BLOB NOT NULL,
    weights     BLOB NOT NULL,
    heaviest    TEXT NOT NULL,
    unquoted    TEXT NOT NULL,
    statements  TEXT NOT NULL
) STRICT;

CREATE INDEX versions_report ON versions (report_id, number);
