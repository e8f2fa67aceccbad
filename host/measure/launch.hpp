// One launch: the whole measuring loop of one case, from open to close. The worker program runs it,
// and so does the host itself with --in-process; both see the same steps in the same order:
//
//   open -> verify? -> first iteration? -> [calibrate -> warm up -> ready -> slices] -> close
//
//   LaunchRecord record = run_launch(plugin_suite, request, observer);
//
// Called by one thread; it makes and joins the lanes' threads itself. Nothing in timed code
// allocates or makes a system call beyond the clocks.
#pragma once

#include "measure/description.hpp"
#include "measure/pair_page.hpp"
#include "measure/slice.hpp"
#include "support/latency_histogram.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay::measure {

// Everything a launch needs to know, in one value that travels from the host to the worker.
struct LaunchRequest {
    std::string suite;                  // name among the plugin's provided suites
    std::string config_json = "{}";     // canonical, defaults filled in
    std::uint32_t family = 0;           // index for case_at()
    std::vector<ParameterValue> params; // in the order of the family's axes
    std::string case_id;
    std::uint64_t seed = 1;   // inputs
    std::uint32_t launch = 0; // 0 = the launch that verifies; 1.. = measuring launches
    std::uint32_t lanes = 1;
    // Of several lanes: the CPU of each, which its thread does not leave. A scheduler that may
    // choose puts threads which wake each other on one CPU for milliseconds, and lanes then take
    // turns. Empty: left to it.
    std::vector<int> lane_cpus;

    bool verify = false;          // call verify() before anything is timed
    bool first_iteration = false; // one untimed batch of one iteration, its wall time recorded
    bool scaling_check = false;   // n against 2n, once per case and build
    std::uint32_t slices = 0;     // recorded slices; 0 = none (a verifying launch)
    std::uint32_t warmup_slices_max = 20;
    double slice_target_s = 0.7e-3;
    std::uint64_t batch_bytes_max = 0; // 0 = min(64 MiB, half of the L2 cache)
    bool strict = false; // host calls inside run() fail the case instead of being noted
    // Of a case whose description leaves its clock open: thread CPU, or wall (resolve_clock()).
    Clock open_clock = Clock::thread_cpu;

    // Comparisons of two builds: n is the same on both sides and in all pairs, and slices are taken
    // in turns with the other build's launch.
    std::uint64_t iterations = 0; // of every recorded slice; 0 = calibrate
    std::optional<PairSeat> pair;
    // Share of a slice's time that is spent on top, inside the timed region, in a chain of
    // multiplications: the positive control of a comparison. 0 = none.
    double handicap = 0;

    // A counting launch: nothing is timed; after one lead-in the instructions of a batch of so many
    // iterations are counted. 0 = an ordinary launch.
    std::uint64_t count_iterations = 0;

    // A memory launch (memory_use.hpp): nothing is timed; the allocations of a batch of so many
    // iterations and of one of twice as many are counted. 0 = an ordinary launch.
    std::uint64_t memory_iterations = 0;
};

enum class CaseStatus {
    passed,
    skipped,
    failed,
    wrong_result,
    timed_out,
    crashed,
    cancelled,
    unavailable
};

std::string_view
name_of(CaseStatus status) noexcept; // "passed", "wrong_result", ... as in the documents
std::optional<CaseStatus> case_status_from(std::string_view name) noexcept;
// It broke: not that nobody wanted it measured, or could.
[[nodiscard]] bool is_breakage(CaseStatus status) noexcept;

// One of the case's own metrics in this launch, already aggregated by its rule. `value` is absent
// when no observation came (reported as unavailable).
struct MetricRecord {
    std::uint32_t index = 0; // in FamilyDescription::metrics
    std::optional<double> value;
    std::vector<double> samples; // aggregate SAMPLES only: every observation in order
};

struct Attachment {
    std::string name, media_type, bytes;
};

struct Calibration {
    std::uint64_t iterations = 0;    // n of every recorded slice
    Clock clock = Clock::thread_cpu; // the primary clock, resolved
    double clock_cost_s = 0;         // what an empty pair of that clock reads
    double overhead_bound = 0;       // clock pair / slice
    std::uint64_t batch_bytes = 0;   // what prepare() was told it may hold
    std::uint32_t warmup_slices = 0;
    bool steady = false; // two windows of five agreed within 2 %
};

// What a counting launch did. `instructions`: of all iterations, where the kernel counted them; a
// watcher outside the process knows them otherwise.
struct WorkCount {
    std::uint64_t iterations = 0;
    std::optional<std::uint64_t> instructions;
};

// What a batch of a memory launch allocated within run(), on all threads.
struct MemoryBatch {
    std::uint64_t iterations = 0;      // of all lanes
    std::uint64_t allocations = 0;     // malloc and its like that succeeded; a realloc is one
    std::uint64_t bytes = 0;           // asked for
    std::uint64_t peak_live_bytes = 0; // most that was held above what was held when it began
};

// What one launch found out. `status` is passed unless something is wrong; `reason` says what.
struct LaunchRecord {
    CaseStatus status = CaseStatus::passed;
    std::string reason;
    bool verified = false; // verify() ran in this launch and passed
    double setup_s = 0;    // wall time of open()
    std::optional<double> verify_s, first_iteration_s;
    std::optional<Calibration> calibration;
    std::vector<SliceRecord> slices; // warm-up and scaling slices included and flagged
    LatencyHistogram latency;        // shape latency: durations of all recorded operations
    std::vector<MetricRecord> metrics;
    std::vector<Attachment> attachments;
    std::optional<WorkCount> count;  // of a counting launch
    std::vector<MemoryBatch> memory; // of a memory launch: n, then 2n where the family takes it
    std::vector<std::string>
        notes; // labels and remarks: "unsteady", "host call in run: metric", ...
};

enum class LaunchPhase : std::uint32_t {
    load,
    open,
    verify,
    first_iteration,
    calibrate,
    warm_up,
    ready,
    measure,
    close
};

std::string_view name_of(LaunchPhase phase) noexcept;

// How the loop talks to whoever runs it while it runs. All calls come from the launch's own thread,
// never from inside timed code.
class LaunchObserver {
public:
    LaunchObserver() = default;
    LaunchObserver(const LaunchObserver&) = delete;
    LaunchObserver& operator=(const LaunchObserver&) = delete;
    virtual ~LaunchObserver() = default;

    virtual void on_phase(LaunchPhase phase, std::uint32_t slice) = 0;
    // Blocks until recorded slices may be taken (the host has the domain tokens); false = give up.
    virtual bool wait_for_turn() = 0;

    // In a pair: blocks until the other side has done its slice; false = give up. Called before the
    // lead-in of every recorded slice; slice_ends() after each that was taken.
    virtual bool slice_begins(std::uint32_t /*number*/) { return true; }

    virtual void slice_ends(std::uint32_t /*number*/) {}

    // Recorded slices are done: the tokens may go to somebody else.
    virtual void turn_is_over() = 0;
    virtual void on_log(std::int32_t level, std::string_view text) = 0;
    virtual void on_progress(double done, std::string_view what) = 0;
};

// The word behind batch->cancel and host->cancelled(): non-zero = stop soon.
using CancelWord = std::atomic<std::uint32_t>;

// Runs the launch on an already loaded suite interface. Creates and destroys the suite object
// itself. Never throws; every failure is in the record.
LaunchRecord run_launch(const assay_suite_v1& iface,
                        const LaunchRequest& request,
                        LaunchObserver& observer,
                        const CancelWord& cancel);

// Creates the suite with `config_json`, describes it, destroys it.
Result<SuiteDescription>
describe(std::string_view suite, const assay_suite_v1& iface, const std::string& config_json);

} // namespace assay::measure
