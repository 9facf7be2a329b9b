-- Reports are kept whole and never overwritten: a changed text is a new version that supersedes.
CREATE TABLE reports (
    id          TEXT PRIMARY KEY,      -- hash of what the outlet published
    same_as     TEXT NOT NULL,         -- hash of what identifies the article: url, or outlet and source id
    source_id   TEXT,
    path        TEXT,
    url         TEXT,
    outlet      TEXT,
    title       TEXT,
    published   TEXT,
    language    TEXT NOT NULL,
    status      TEXT NOT NULL,         -- ok or partial
    notes       TEXT NOT NULL,         -- JSON list
    text        TEXT NOT NULL
) STRICT;
CREATE INDEX reports_same_as ON reports (same_as);
CREATE INDEX reports_published ON reports (published);

-- The versions of an article in the order they came; going back to an earlier text is a version too.
CREATE TABLE versions (
    number      INTEGER PRIMARY KEY,
    same_as     TEXT NOT NULL,
    report_id   TEXT NOT NULL REFERENCES reports (id),
    supersedes  TEXT REFERENCES reports (id),
    reason      TEXT                   -- why it supersedes
) STRICT;
CREATE INDEX versions_same_as ON versions (same_as, number);

-- One coding of one report by one coder; the latest is what the views show.
CREATE TABLE codings (
    number      INTEGER PRIMARY KEY,
    report_id   TEXT NOT NULL REFERENCES reports (id),
    coder       TEXT NOT NULL,
    UNIQUE (report_id, coder)
) STRICT;

CREATE TABLE records (
    id          TEXT NOT NULL,         -- content hash
    coding      INTEGER NOT NULL REFERENCES codings (number),
    kind        TEXT NOT NULL,         -- mention, attribution, label, uncoded
    place       INTEGER NOT NULL,      -- order within the report
    event       TEXT,                  -- of mentions
    date        TEXT,
    realis      TEXT,
    time        TEXT,
    json        TEXT NOT NULL,         -- the record as the contract writes it
    PRIMARY KEY (coding, kind, id)
) STRICT;
CREATE INDEX records_id ON records (id);
CREATE INDEX records_event ON records (event, date) WHERE kind = 'mention';

CREATE TABLE parties (
    coding      INTEGER NOT NULL REFERENCES codings (number),
    record_id   TEXT NOT NULL,
    role        TEXT NOT NULL,         -- actor, recipient, voice
    code        TEXT,
    sector      TEXT,
    name        TEXT NOT NULL
) STRICT;
CREATE INDEX parties_record ON parties (coding, record_id);
CREATE INDEX parties_code ON parties (code, sector);
CREATE INDEX parties_name ON parties (name);

-- What could not be read or coded, once per input and reason.
CREATE TABLE rejected (
    path        TEXT NOT NULL,
    item        INTEGER NOT NULL,
    source_id   TEXT NOT NULL,
    status      TEXT NOT NULL,         -- rejected or failed
    reason      TEXT NOT NULL,
    PRIMARY KEY (path, item, source_id, reason)
) STRICT;

-- Coverage: what was read when, and how it ended.
CREATE TABLE runs (
    number      INTEGER PRIMARY KEY,
    started     TEXT NOT NULL,         -- UTC, ISO 8601
    finished    TEXT,
    coder       TEXT NOT NULL,
    ok          INTEGER NOT NULL DEFAULT 0,
    partial     INTEGER NOT NULL DEFAULT 0,
    rejected    INTEGER NOT NULL DEFAULT 0,
    failed      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE VIEW current_codings AS
    SELECT max(number) AS number, report_id FROM codings GROUP BY report_id;

CREATE VIEW current_reports AS
    SELECT reports.*, versions.supersedes, versions.reason
    FROM versions
    JOIN reports ON reports.id = versions.report_id
    WHERE versions.number IN (SELECT max(number) FROM versions GROUP BY same_as);

CREATE VIEW current_records AS
    SELECT records.*, current_codings.report_id
    FROM records
    JOIN current_codings ON current_codings.number = records.coding
    JOIN current_reports ON current_reports.id = current_codings.report_id;

CREATE VIRTUAL TABLE report_words USING fts5 (title, text, content = 'reports', content_rowid = 'rowid');
CREATE TRIGGER reports_indexed AFTER INSERT ON reports BEGIN
    INSERT INTO report_words (rowid, title, text) VALUES (new.rowid, new.title, new.text);
END;
