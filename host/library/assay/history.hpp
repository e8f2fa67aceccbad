// assay::history: what `assay history` answers, for programs. Opens a recorded history for reading
// and never changes it: nothing is written, nothing migrated, no file begun, unless it is opened
// with {.writable = true}, as record_run() and compact() need it.
//
//   #include <assay/history.hpp>
//   using namespace assay::recorded;
//
//   Result<History> history = History::open(".assay/history.db");
//   if (!history) { std::cerr << history.error().message << '\n'; return 1; }
//   for (const RunSummary& run : *history->recent_runs({.limit = 5}))
//       std::cout << run.uuid << ' ' << run.branch << '\n';
//   Result<std::vector<Trend>> trends = history->trend({.cases = "router/least_latency"});
//   Result<Comparison> change = history->compare("latest");
//
// CMake: find_package(assay CONFIG REQUIRED COMPONENTS history), target assay::history.
//
// Units: every figure is in SI base units (s, By, Hz, 1/s, 1 for shares and counts) and stands
// beside its `unit`; points in time are nanoseconds UTC. Text is UTF-8.
// Errors are values: no function throws but for want of memory. What they say is what `assay` says.
// Threads: one History is used from one thread at a time; several, of one file too, from several.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace assay::recorded {

using Instant = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

enum class ErrorKind {
    usage,       // a question that cannot be asked: a pattern that is none, a run not known
    config,      // what is there is no history, or one of a newer Assay, or no baselines file
    io,          // the operating system or the database said no
    unavailable, // something this build or this machine does not have
    missing,     // nothing there: no such file, platform or series
};

// `message`: what happened and where. `hint`: what to do about it, or empty.
struct Error {
    ErrorKind kind = ErrorKind::io;
    std::string message = {};
    std::string hint = {};
};

// A value or the reason why there is none. The value is asked for only where there is one.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : state_(std::in_place_index<0>, std::move(value)) {}

    Result(Error error)
        : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const noexcept { return state_.index() == 0; }

    T& operator*() & { return std::get<0>(state_); }

    const T& operator*() const& { return std::get<0>(state_); }

    T&& operator*() && { return std::get<0>(std::move(state_)); }

    T* operator->() { return &std::get<0>(state_); }

    const T* operator->() const { return &std::get<0>(state_); }

    [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

enum class Direction { none, lower, higher }; // which is better

// A machine as far as figures may be compared.
struct Platform {
    std::string label = {};       // for people: "epyc-9xx4_2c_8GiB_kvm"
    std::string fingerprint = {}; // SHA-256 in hex of what it was made of
};

struct KnownPlatform {
    Platform platform = {};
    std::string identity = {}; // what the fingerprint was made of, as JSON
    Instant first_seen = {};
    std::int64_t runs = 0;
};

struct RunSummary {
    std::string uuid = {}, project = {}, branch = {}, commit = {}; // empty: not known
    std::string kind = {};   // ci, nightly, manual, import, record
    std::string mode = {};   // quick, standard, comprehensive; empty: not known
    std::string status = {}; // passed, failed, cancelled
    Platform platform = {};
    Instant started = {};
    std::optional<Instant> finished = {};
    std::optional<bool> dirty = {};        // measured from a tree that was not as committed
    std::optional<double> host_score = {}; // noise of the machine: a share, lower is quieter
    std::int64_t points = 0, failures = 0;
    bool excluded = false; // by a person: it counts for nothing
};

struct RunFilter {
    std::optional<std::string> platform = {}; // label, or the first digits of a fingerprint
    std::optional<std::string> branch = {}, kind = {}, commit = {};
    std::optional<Instant> since = {}; // started at or after
    std::size_t limit = 20;            // newest first; 0: all
};

// One line through time: figures of two series are never compared.
struct Series {
    std::string case_id = {};            // "router/least_latency[n=16]"
    std::string suite = {}, family = {}; // "router", "least_latency"
    std::string metric = {}, unit = {};
    Direction direction = Direction::none;
    Platform platform = {};
};

struct SeriesFilter {
    // A case id, `suite/family`, a suite, or a regular expression that is searched for in the id.
    std::optional<std::string> cases = {};
    std::optional<std::string> metric = {};   // its key; nothing: see the function
    std::optional<std::string> platform = {}; // label, or the first digits of a fingerprint
};

// A metric of a case in one run, in the series' unit. `center`: the median over launches.
struct Figures {
    double center = 0;
    std::optional<double> lo = {}, hi = {}; // interval of the centre
    std::optional<double> spread = {};      // robust standard deviation inside the run
    std::optional<double> min = {}, max = {}, p95 = {}, p99 = {};
    std::uint64_t n = 0, launches = 0; // samples, and processes they come from
};

struct TrendPoint {
    std::string run = {}, commit = {}, branch = {}; // the first a uuid; empty: not known
    Instant started = {};
    std::optional<Instant> commit_time = {};
    std::optional<bool> dirty = {};
    std::string status = {};             // passed, failed, wrong_result, timed_out, crashed, ...
    std::optional<Figures> figures = {}; // nothing unless it passed: never 0 for that
    std::vector<std::string> flags =
        {}; // outlier, environment_shift, excluded, imported, exact, drift
};

struct Trend {
    Series series = {};
    std::vector<TrendPoint> points = {}; // oldest first: by commit time where known, else by start
};

struct TrendWindow {
    std::optional<std::string> branch = {};
    std::optional<Instant> since = {};
    std::size_t last = 0; // the newest so many; 0: all
    bool excluded_too = false;
};

enum class BaselineSource {
    none,    // nothing to hold the series against; `reason` says why
    history, // set by a person or by `assay baseline update`, kept in the history
    file,    // of the baselines file
    runs,    // nobody has set one: the median of the runs of the newest run's branch
};

struct Baseline {
    Series series = {};
    BaselineSource source = BaselineSource::none;
    std::optional<double> value = {}, spread = {}; // in the series' unit
    std::int64_t runs = 0;                         // behind it; 0: a number that somebody gave
    std::string policy = {};                       // segment, pinned, last-n, ratchet, release
    std::string who = {}, why = {};                // of one in the history
    std::vector<std::string> evidence = {};        // uuids of runs behind it, oldest first
    std::string reason = {};                       // of none
};

// In the order in which they are asked: of all that may be said, the first that holds.
enum class Verdict {
    failed,            // the run has no figure: its case broke
    missing,           // the run does not have the series
    incomparable,      // another machine, unit, clock, ...
    no_baseline,       // too few runs, and nobody has set one
    stale_baseline,    // too old to be held against
    environment_shift, // the whole run moved, and the machine is to blame
    regressed,
    drift,
    noisy, // a change that matters would not have been seen
    improved,
    unchanged,
};

// "regressed", "no_baseline", ...
[[nodiscard, gnu::visibility("default")]] std::string_view name_of(Verdict verdict) noexcept;

struct ComparedSeries {
    Series series = {};
    Verdict verdict = Verdict::no_baseline;
    std::string severity = {}; // of what regressed: minor, moderate, severe; else empty
    std::string reason = {};   // a sentence
    std::string baseline = {}; // what it was held against, for people
    std::optional<double> figure = {},
                          center = {};           // of the run, of the baseline; in the series' unit
    std::optional<double> change = {};           // positive = worse; a share unless change_scale is
    std::string change_scale = {};               // relative, points (of shares), logit
    std::optional<double> low = {}, high = {};   // interval of the change at 99.9 %
    std::optional<double> p = {};                // two-sided
    std::optional<double> minimum_detected = {}; // the smallest change found with a power of 80 %
    std::size_t runs = 0;                        // that the noise between runs is read from
    bool confirmed = false; // five runs, it and those just before it, say so; else a candidate
};

struct Comparison {
    std::string run = {}, against = {}; // uuids; `against` empty: each series' baseline
    std::vector<ComparedSeries> series = {};

    [[nodiscard]] std::vector<ComparedSeries> with(Verdict verdict) const {
        std::vector<ComparedSeries> some;
        for (const ComparedSeries& one : series) {
            if (one.verdict == verdict) {
                some.push_back(one);
            }
        }
        return some;
    }
};

// A figure that a program has measured itself and that is recorded nowhere.
struct Measured {
    std::string case_id = {}, metric = {};
    double value = 0; // in the series' unit
};

struct Stats {
    std::string place = {}; // file or URL, without a password
    int schema = 0;
    std::int64_t runs = 0, points = 0, series = 0, platforms = 0, failures = 0;
    std::optional<Instant> first_run = {}, last_run = {};
    std::uint64_t bytes = 0;
};

enum class ExportFormat {
    json, // one document, schemas/history.json, kind "export"
    csv,  // one row per point
};

// Takes the text piece by piece; false ends the export with an error.
using TextSink = std::function<bool(std::string_view)>;

struct ExportedBundles {
    std::size_t written = 0, there_already = 0;
};

struct OpenOptions {
    // .assay/baselines.json or one like it; empty: none. Figures in the history come first.
    std::string baselines_file = {};
    // Of a database that several projects share: runs of this one.
    // Empty: of all. Stats, platforms and exports are of all in any case.
    std::string project = {};
    // Begins a history where there is none, and brings an older one up to date.
    bool writable = false;
    // Folder that every recorded run is written to first, as a bundle of its own. Empty: `runs`
    // beside the file, none for a URL.
    std::string bundles = {};
};

struct RecordedRun {
    std::string uuid = {};
    bool is_new = false; // else the same document was recorded before, and nothing changed
    std::size_t points = 0;
};

struct BackedUp {
    std::string file = {};
    std::uint64_t bytes = 0;
};

struct Retention {
    std::chrono::days samples{90}; // older ones become a sketch, but for those of baselines
    bool dry_run = false;          // say what would go, and change nothing
};

struct Compacted {
    std::int64_t samples_before = 0, samples_sketched = 0, samples_pinned = 0;
    std::int64_t artifacts_removed = 0;
    std::uint64_t bytes_before = 0, bytes_after = 0; // the latter 0 of a dry run
};

class [[gnu::visibility("default")]] History {
public:
    // `place`: a file, or a URL "postgresql://...". Errors: missing (no such file), config (not a
    // history; of a newer Assay; of an older one, which `assay history compact --dry-run` brings up
    // to date; no baselines file), io, unavailable (a URL, and a library built without libpq).
    static Result<History> open(const std::string& place, const OpenOptions& options = {});

    History(History &&) noexcept;
    History& operator=(History&&) noexcept;
    ~History();

    // Newest first. Errors: missing (an unknown platform, with the nearest).
    [[nodiscard]] Result<std::vector<RunSummary>> recent_runs(const RunFilter& filter = {});

    // Without a metric: `time` of the cases that have it, every metric of the others. Platforms
    // stand apart. Errors: missing (no such platform, case or metric, with the nearest; or no point
    // in that window), usage (a pattern that is none).
    [[nodiscard]] Result<std::vector<Trend>> trend(const SeriesFilter& filter = {},
                                                   const TrendWindow& window = {});

    // What every series that matches is held against now; all metrics where none is named. Errors:
    // as of trend().
    [[nodiscard]] Result<std::vector<Baseline>> baselines(const SeriesFilter& filter = {});

    // A run held against the baselines of its series. Missing are series with a baseline in history
    // or file that the run does not have. `run`: a uuid, eight or more digits of one, a commit,
    // "latest". Errors: usage (no such run, or several).
    [[nodiscard]] Result<Comparison> compare(const std::string& run = "latest");

    // A run held against another. How much runs differ is read from the runs before it; with fewer
    // than two the verdict is `noisy`.
    [[nodiscard]] Result<Comparison> compare(const std::string& run, const std::string& other);

    // Figures measured now, held against the baselines of a platform (label, or first digits of a
    // fingerprint); the `run` of the answer is empty. Errors: missing (a figure of no series),
    // usage (a platform name that means several).
    [[nodiscard]] Result<Comparison> compare(const std::vector<Measured>& figures,
                                             const std::string& platform);

    [[nodiscard]] Result<Stats> stats();

    // By label.
    [[nodiscard]] Result<std::vector<KnownPlatform>> platforms();

    // Every run that matches with its points, oldest first, one run in memory at a time; samples
    // are left out. `filter.limit` counts from the newest; give 0 for all. How many runs.
    [[nodiscard]] Result<std::size_t> export_to(
        ExportFormat format, const TextSink& sink, const RunFilter& filter = {.limit = 0});

    // Every run that matches as a bundle of its own (NDJSON, assay.bundle/1) with its samples, in a
    // folder that is made where it is not there. The history itself stays as it is.
    [[nodiscard]] Result<ExportedBundles> export_bundles(const std::string& folder,
                                                         const RunFilter& filter = {.limit = 0});

    // Figures of another program (JSON, schemas/record.json) as a run of this machine, or of the
    // platform that the document names. Of a document that says its time the same run however often
    // it is recorded; of git only what the document says. Errors: config (names the place in the
    // document), usage (not opened for writing), io.
    [[nodiscard]] Result<RecordedRun> record_run(std::string_view document);

    // A whole copy in a new file, checked before it gets its name; others read and write meanwhile.
    // Errors: usage (the file is there already), io, unavailable (a server's: pg_dump).
    [[nodiscard]] Result<BackedUp> backup(const std::string& file);

    // Thins out old samples and gives room back; figures stay for ever. Errors: usage (not opened
    // for writing), io.
    [[nodiscard]] Result<Compacted> compact(const Retention& retention = {});

private:
    struct Opened;
    [[gnu::visibility("hidden")]] explicit History(std::unique_ptr<Opened> opened) noexcept;
    std::unique_ptr<Opened> opened_;
};

} // namespace assay::recorded
