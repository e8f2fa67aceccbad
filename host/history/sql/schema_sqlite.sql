-- The history in SQLite, schema 1. Times: nanoseconds UTC since 1970. Quantities: SI base units,
-- with the source's unit kept. JSON: canonical text. A figure that is not there is NULL, never 0.
-- What changes here after a release is a new step in migrations.cpp, never an edit.

CREATE TABLE schema_migration (
    version INTEGER PRIMARY KEY,
    applied INTEGER NOT NULL,
    host_version TEXT NOT NULL
) STRICT;

CREATE TABLE project (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    repo_url TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE platform (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    label TEXT NOT NULL,
    identity TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    UNIQUE (fingerprint, label)
) STRICT;

CREATE TABLE environment (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE suite_build (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    plugin_id TEXT NOT NULL,
    version TEXT NOT NULL,
    toolchain TEXT NOT NULL
) STRICT;

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    suite TEXT NOT NULL,
    family TEXT NOT NULL,
    params TEXT NOT NULL,
    metric TEXT NOT NULL,
    unit TEXT NOT NULL,
    source_unit TEXT NOT NULL,
    direction INTEGER NOT NULL CHECK (direction BETWEEN 0 AND 2),
    aggregate TEXT NOT NULL,
    clock TEXT NOT NULL,
    shape TEXT NOT NULL,
    isolation TEXT NOT NULL,
    flags INTEGER NOT NULL,
    platform_id INTEGER NOT NULL REFERENCES platform,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX series_by_case ON series (case_id, metric);

-- content: hash over what was measured, to tell a repeated delivery from another run of its name.
-- n_*: how many rows of the run there are elsewhere, kept in the same transaction.
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    project_id INTEGER REFERENCES project,
    parent_run_id INTEGER REFERENCES run,
    started INTEGER NOT NULL,
    finished INTEGER,
    kind TEXT NOT NULL,
    trigger TEXT NOT NULL,
    mode TEXT NOT NULL,
    seed INTEGER,
    argv TEXT NOT NULL,
    sha TEXT,
    parent_sha TEXT,
    merge_base TEXT,
    branch TEXT,
    dirty INTEGER CHECK (dirty IN (0, 1)),
    author_time INTEGER,
    commit_time INTEGER,
    platform_id INTEGER NOT NULL REFERENCES platform,
    env_id INTEGER NOT NULL REFERENCES environment,
    host_version TEXT NOT NULL,
    host_score REAL,
    calibration REAL,
    isolation TEXT NOT NULL,
    status TEXT NOT NULL,
    idempotency_key TEXT UNIQUE,
    group_uuid TEXT,
    shard INTEGER,
    n_shards INTEGER,
    attempt INTEGER NOT NULL,
    fence INTEGER,
    metadata TEXT NOT NULL,
    content BLOB NOT NULL,
    n_points INTEGER NOT NULL,
    n_failures INTEGER NOT NULL,
    n_excluded INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX run_by_platform ON run (platform_id, branch, started);
CREATE INDEX run_by_sha ON run (sha);
CREATE INDEX run_by_start ON run (started);

CREATE TABLE run_build (
    run_id INTEGER NOT NULL REFERENCES run,
    suite_build_id INTEGER NOT NULL REFERENCES suite_build,
    PRIMARY KEY (run_id, suite_build_id)
) STRICT, WITHOUT ROWID;

-- Clustered by series: a trend reads neighbours. What a line through time is made of stands first: of a
-- row no more is read than up to the last column that is asked for.
CREATE TABLE point (
    series_id INTEGER NOT NULL REFERENCES series,
    run_id INTEGER NOT NULL REFERENCES run,
    status INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    center REAL,
    suite_build_id INTEGER REFERENCES suite_build,
    n INTEGER,
    n_launches INTEGER,
    lo REAL,
    hi REAL,
    spread REAL,
    min REAL,
    max REAL,
    p95 REAL,
    p99 REAL,
    PRIMARY KEY (series_id, run_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX point_by_run ON point (run_id);

-- In the order of arrival, for samples are read seldom and written always. Each stands beside a point,
-- whose references are checked.
CREATE TABLE sample (
    run_id INTEGER NOT NULL,
    series_id INTEGER NOT NULL,
    encoding INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (run_id, series_id)
) STRICT;

CREATE TABLE failure (
    run_id INTEGER NOT NULL REFERENCES run,
    case_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (run_id, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX failure_by_case ON failure (case_id);

CREATE TABLE artifact (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    path TEXT,
    body BLOB
) STRICT;
CREATE INDEX artifact_by_run ON artifact (run_id);

CREATE TABLE change_point (
    id TEXT PRIMARY KEY,
    series_id INTEGER NOT NULL REFERENCES series,
    last_good INTEGER NOT NULL REFERENCES run,
    first_bad INTEGER NOT NULL REFERENCES run,
    direction INTEGER NOT NULL,
    size_rel REAL NOT NULL,
    p REAL,
    delta REAL,
    mean_before REAL,
    mean_after REAL,
    n_before INTEGER,
    n_after INTEGER,
    kind TEXT NOT NULL CHECK (kind IN ('step', 'drift')),
    detector TEXT NOT NULL,
    params_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    first_seen_run INTEGER REFERENCES run,
    updated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX change_point_by_series ON change_point (series_id, state);

CREATE TABLE baseline (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL REFERENCES series,
    policy TEXT NOT NULL,
    center REAL NOT NULL,
    spread REAL,
    n INTEGER NOT NULL,
    from_run INTEGER REFERENCES run,
    to_run INTEGER REFERENCES run,
    previous INTEGER REFERENCES baseline,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    evidence TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX baseline_by_series ON baseline (series_id);
CREATE TRIGGER baseline_is_never_changed BEFORE UPDATE ON baseline
BEGIN SELECT raise(ABORT, 'baselines are append-only: add a new one'); END;
CREATE TRIGGER baseline_is_never_deleted BEFORE DELETE ON baseline
BEGIN SELECT raise(ABORT, 'baselines are append-only: add a new one'); END;

CREATE TABLE binary (
    name TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    store_path TEXT NOT NULL,
    plugin_id TEXT NOT NULL,
    platform_id INTEGER REFERENCES platform,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE verdict (
    run_id INTEGER NOT NULL REFERENCES run,
    series_id INTEGER NOT NULL REFERENCES series,
    source TEXT NOT NULL,
    verdict TEXT NOT NULL,
    severity TEXT,
    change REAL,
    change_scale TEXT NOT NULL,
    p REAL,
    mde REAL,
    fence REAL,
    baseline_id INTEGER REFERENCES baseline,
    change_point_id TEXT REFERENCES change_point,
    detail TEXT NOT NULL,
    PRIMARY KEY (run_id, series_id, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE gate_result (
    run_id INTEGER NOT NULL REFERENCES run,
    rule_id TEXT NOT NULL,
    series_id INTEGER REFERENCES series,
    verdict TEXT NOT NULL,
    figure REAL,
    limit_value REAL,
    op TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX gate_result_once ON gate_result (run_id, rule_id, coalesce(series_id, 0));

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    severity TEXT NOT NULL,
    title TEXT NOT NULL,
    opened_run INTEGER NOT NULL REFERENCES run,
    last_run INTEGER NOT NULL REFERENCES run,
    owner TEXT,
    note TEXT,
    snoozed_until INTEGER,
    detail TEXT NOT NULL
) STRICT;

CREATE TABLE alert_event (
    id INTEGER PRIMARY KEY,
    alert_id INTEGER NOT NULL REFERENCES alert,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    alert_id INTEGER REFERENCES alert,
    notifier TEXT NOT NULL,
    document TEXT NOT NULL,
    dedupe_key TEXT NOT NULL UNIQUE,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    last_error TEXT,
    sent INTEGER
) STRICT;
CREATE INDEX outbox_by_time ON outbox (sent, next_at);

CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    group_uuid TEXT NOT NULL,
    shard INTEGER NOT NULL,
    n_shards INTEGER NOT NULL,
    platform_id INTEGER REFERENCES platform,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    fence INTEGER,
    result_run_uuid TEXT,
    UNIQUE (group_uuid, shard)
) STRICT;

CREATE TABLE lease (
    job_id INTEGER PRIMARY KEY REFERENCES job,
    owner TEXT NOT NULL,
    until INTEGER NOT NULL,
    heartbeat INTEGER NOT NULL
) STRICT;
