// A store of runs: SQLite by default, PostgreSQL where it is shared; one interface, one test
// program for both.
//
//   Result<std::unique_ptr<Store>> store = open_store(".assay/history.db", {.create = true});
//   Result<Recorded> recorded = (*store)->record(run);      // all of it or nothing
//   Result<std::vector<RunRow>> recent = (*store)->runs({.limit = 10});
//
// One writer per Store, from one thread at a time; any number of processes at once. Errors say
// which store, what was expected and what to do; ErrorKind::config where what is there is not a
// history of ours or one of a newer Assay, io where the system said no.
#pragma once

#include "history/commit_order.hpp"
#include "history/found_changes.hpp"
#include "history/outbox.hpp"
#include "history/records.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::history {

struct StoreOptions {
    bool create = false;    // where nothing is there
    bool read_only = false; // never migrates
};

// `where`: a file, or a URL "postgresql://...".
Result<std::unique_ptr<class Store>> open_store(const std::string& where,
                                                StoreOptions options = {});

enum class Recorded { added, known }; // known: a run of this uuid or idempotency key is there

struct RunRow {
    std::int64_t id = 0;
    std::string uuid, project, kind, mode, branch, sha, status;
    std::string platform_label, platform_fingerprint;
    std::int64_t started = 0;
    std::optional<std::int64_t> finished = {};
    std::optional<bool> dirty = {};
    std::optional<double> host_score = {}, calibration = {};
    std::int64_t points = 0;
    std::int64_t failures = 0; // cases without figures, of these:
    std::int64_t not_run = 0;  // nobody measured: cancelled, skipped, unavailable
    bool excluded = false;     // every point of it is
};

// A name that somebody gave to a run, and that it has now (run_names.hpp).
struct NamedRun {
    std::string name, run_uuid;
};

// What a run said besides its figures.
struct RunFacts {
    std::string uuid, repo_url; // the latter: of the project that it names
    std::int64_t started = 0;
    json::object environment = {}, metadata = {};
};

struct RunQuery {
    std::optional<std::string> platform = {}; // label, or the first digits of a fingerprint
    std::optional<std::string> branch = {}, kind = {}, sha = {}, project = {};
    std::optional<std::int64_t> since = {}; // started at or after
    std::optional<std::int64_t> until = {}; // started at or before
    std::size_t limit = 0;                  // newest first; 0: all
};

struct SeriesRow {
    std::int64_t id = 0;
    Series series; // the platform's identity is left empty
};

struct SeriesQuery {
    std::optional<std::string> platform = {}, case_id = {}, suite = {}, metric = {};
};

// A point in the order of its runs: by commits, as far as runs say their parents and times, else by
// the start of the run (commit_order.hpp).
struct SeriesPoint {
    std::int64_t run_id = 0;
    std::string run_uuid, sha, branch;
    std::int64_t started = 0;
    std::optional<std::int64_t> commit_time = {};
    std::optional<bool> dirty = {};
    measure::CaseStatus status = measure::CaseStatus::passed;
    std::optional<Figures> figures = {};
    std::uint32_t flags = 0;
    // Canonical JSON of its build's, kept as long as the store is; empty: not known.
    std::string_view toolchain = {};
    RunPlace place = {}; // among all runs of the store
};

struct PointQuery {
    std::optional<std::string> branch = {};
    std::optional<std::int64_t> since = {};
    std::size_t last = 0; // the newest so many, given oldest first; 0: all
    bool excluded_too = false;
    // Runs in which the case broke before it had a figure, as points with its status.
    bool failures_too = false;
};

// The least that a line through time is made of, for looks at many series at once. `run_id` is that
// of RunRow.
struct LinePoint {
    std::int64_t run_id = 0;
    std::optional<double> center = {}; // nothing: it did not pass
    measure::CaseStatus status = measure::CaseStatus::passed;
    std::uint32_t flags = 0;
};

// What all points of a run share.
struct LineRun {
    std::int64_t run_id = 0;
    std::string uuid, sha;
    std::int64_t started = 0;
    std::optional<std::int64_t> commit_time = {};
    std::optional<bool> dirty = {};
};

struct PlatformRow {
    Platform platform;
    std::int64_t first_seen = 0, runs = 0;
};

struct StoreStats {
    std::int64_t runs = 0, points = 0, series = 0, platforms = 0, failures = 0;
    std::optional<std::int64_t> first_run = {}, last_run = {}; // started
    std::uint64_t bytes = 0;
    int schema = 0;
};

// The policy of a row that takes back what was set: from then on nothing is.
inline constexpr std::string_view kWithdrawn = "withdrawn";

// Append-only: what a series is held against from then on, why, and who said so.
struct BaselineRow {
    std::int64_t id = 0;
    std::int64_t series_id = 0;
    std::string policy; // segment, pinned, last-n, ratchet, release, or kWithdrawn
    double center = 0;
    std::optional<double> spread = {};
    std::int64_t n = 0;
    std::string from_run, to_run; // uuids
    std::optional<std::int64_t> previous = {};
    std::string who, why;
    std::vector<std::string> evidence = {}; // uuids of runs
    std::int64_t created = 0;
    std::string branch = {}; // as read: of its last run; empty: not known, or a number
};

struct VerdictRow {
    std::string run_uuid;
    std::int64_t series_id = 0;
    std::string source; // history, compare, gate
    std::string verdict, severity;
    std::optional<double> change = {}, p = {}, mde = {}, fence = {};
    std::string change_scale;
    std::optional<std::int64_t> baseline_id = {};
    json::object detail = {};
};

struct GateRow {
    std::string run_uuid, rule_id;
    std::optional<std::int64_t> series_id = {};
    std::string verdict, op, source;
    std::optional<double> figure = {}, limit = {};
};

// What an analysis, or an answer to an alert, writes at once.
struct AnalysisRecord {
    std::vector<ChangePointRow> change_points = {}; // by id
    std::vector<AlertUpdate> alerts = {};
    std::vector<PointMark> marks = {};
    std::vector<BaselineRow> baselines = {};
    std::vector<NoticeRow> notices = {}; // of alerts that are there by then

    [[nodiscard]] bool empty() const noexcept {
        return change_points.empty() && alerts.empty() && marks.empty() && baselines.empty() &&
               notices.empty();
    }
};

struct Retention {
    std::int64_t now = 0;
    std::int64_t samples_days = 90, artifacts_days = 90, nightly_artifacts_days = 365;
    bool dry_run = false;
};

struct Compacted {
    std::int64_t samples_before = 0, samples_sketched = 0, samples_pinned = 0,
                 artifacts_removed = 0;
    std::uint64_t bytes_before = 0, bytes_after = 0;
};

struct Judgements; // judgements.hpp
struct TakenJudgements;

class Store {
public:
    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    virtual ~Store() = default;

    [[nodiscard]] virtual std::string where() const = 0;

    // What whoever opened it should be told once: a slower journal on a network file system.
    [[nodiscard]] virtual std::vector<std::string> warnings() const { return {}; }

    // One transaction: every row of the run, or none. Refuses what is not finite or has no uuid. A
    // metric whose unit or direction has changed begins another series.
    virtual Result<Recorded> record(const Run& run) = 0;
    // Several runs in one transaction; how many were new.
    virtual Result<std::size_t> record_all(const std::vector<Run>& runs) = 0;

    virtual Result<std::vector<RunRow>> runs(const RunQuery& query) = 0;
    virtual Result<std::vector<RunFacts>> run_facts(const RunQuery& query) = 0;
    // `name`: a uuid, its first eight or more digits, a commit, "latest", a name (run_names.hpp).
    // Errors (usage): digits of several runs, which are named; no such run.
    virtual Result<Run> run(const std::string& name) = 0;
    // The first digits of a run's uuid that name no other run of the store: eight at least.
    virtual Result<std::string> short_name(const std::string& run_uuid) = 0;
    // By name; a run may have several.
    virtual Result<std::vector<NamedRun>> named_runs() = 0;
    virtual Result<std::vector<SeriesRow>> series(const SeriesQuery& query) = 0;
    virtual Result<std::vector<SeriesPoint>> points(std::int64_t series_id,
                                                    const PointQuery& query) = 0;
    // The same points in the same order with nothing but their centres, a line for each series:
    // several times as fast.
    virtual Result<std::vector<std::vector<LinePoint>>>
    lines(const std::vector<std::int64_t>& series_ids, const PointQuery& query) = 0;
    // The runs that points of such a query may be of, whatever their platform, in the order of
    // points; `last` and what concerns points alone is not looked at.
    virtual Result<std::vector<LineRun>> line_runs(const PointQuery& query) = 0;
    virtual Result<std::optional<Samples>> samples(std::int64_t series_id, std::int64_t run_id) = 0;
    virtual Result<std::vector<PlatformRow>> platforms() = 0;
    virtual Result<StoreStats> stats() = 0;
    // The names of those that have runs, in their order.
    virtual Result<std::vector<std::string>> projects() = 0;
    // From then on runs(), "latest", commits, series, points, lines, baselines, change points and
    // alerts are those of one project; "": of runs that name none; nothing: all. Errors: missing
    // (names the nearest).
    virtual Status look_at(const std::optional<std::string>& project) = 0;

    // Every run in the order it was recorded, whole; ends early where `each` fails.
    virtual Status each_run(const RunQuery& query, const std::function<Status(Run&&)>& each) = 0;

    // All of them or none; their ids.
    virtual Result<std::vector<std::int64_t>>
    add_baselines(const std::vector<BaselineRow>& rows) = 0;
    // The newest of each series, or of one: by `created`, wherever it was added first.
    virtual Result<std::vector<BaselineRow>> baselines(std::optional<std::int64_t> series_id) = 0;
    // Every one that a series ever had, the newest first.
    virtual Result<std::vector<BaselineRow>> earlier_baselines(std::int64_t series_id) = 0;

    virtual Status add_verdicts(const std::vector<VerdictRow>& rows) = 0;
    virtual Result<std::vector<VerdictRow>> verdicts(const std::string& run_uuid) = 0;
    virtual Status add_gate_results(const std::vector<GateRow>& rows) = 0;
    virtual Result<std::vector<GateRow>> gate_results(const std::string& run_uuid) = 0;

    // What was said about runs, in terms that mean the same in every store, and that of another
    // store as well: nothing that is here is changed by it (judgements.hpp).
    virtual Result<Judgements> judgements() = 0;
    virtual Result<TakenJudgements> add_judgements(const Judgements& judgements) = 0;

    // What an analysis has found, and what people said to it (found_changes.hpp).
    virtual Result<std::vector<ChangePointRow>>
    change_points(std::optional<std::int64_t> series_id) = 0;
    virtual Result<std::vector<AlertRow>> alerts() = 0;
    virtual Result<std::vector<AlertEventRow>> alert_events(std::int64_t alert_id) = 0;
    // One transaction: all of it or nothing; nothing either where an alert was changed meanwhile.
    virtual Status keep_analysis(const AnalysisRecord& record) = 0;

    // Notices of alerts that nobody has sent yet (outbox.hpp), those due first.
    virtual Result<std::vector<NoticeRow>> outbox() = 0;
    // Whether one of that key was ever put in, sent or not.
    virtual Result<bool> has_notice(const std::string& dedupe_key) = 0;
    // The next attempt to send it is ours; no other process begins one before `until`.
    virtual Result<bool> claim_notice(const NoticeRow& row, std::int64_t until) = 0;
    virtual Status settle_notice(const NoticeOutcome& outcome) = 0;

    // Sets or takes back point_flag::excluded of a run, or of one case of it; the rows stay.
    virtual Result<std::int64_t> exclude(const std::string& run_uuid,
                                         const std::optional<std::string>& case_id,
                                         bool excluded) = 0;

    // Into a new file, checked before it gets its name. PostgreSQL: unavailable, names pg_dump.
    virtual Status backup(const std::string& file) = 0;
    virtual Result<Compacted> compact(const Retention& retention) = 0;
};

} // namespace assay::history
