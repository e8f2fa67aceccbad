// One batch: prepare, run, finish of every lane, with the clocks around run() alone. This is the
// innermost part of the measuring loop; nothing here allocates or calls the system between the two
// clock readings.
//
//   BatchRunner runner({iface, the_case, family, desk, cancel}, crew, ticks);
//   BatchOutcome outcome = runner.take({.iterations = 1000, .seed = 7});
//
// take() from the launch's own thread; it drives the crew.
#pragma once

#include "measure/host_services.hpp"
#include "measure/lane_crew.hpp"
#include "measure/launch.hpp"
#include "measure/ticks.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::measure {

// Why a launch ends: the case's status with the sentence for it.
struct Failure {
    CaseStatus status = CaseStatus::failed;
    std::string reason;
};

// What is looked at while run() runs; only times are looked at in slices.
enum class Observed { times, instructions, allocations };

struct BatchPlan {
    std::uint64_t iterations = 1;
    std::uint64_t seed = 1;
    bool warmup = false;
    std::uint64_t handicap_links = 0; // of a multiplication chain after run(), within its time
    Observed observed = Observed::times;
};

struct BatchOutcome {
    std::optional<Failure> failure;
    bool out_of_memory = false;                // prepare wants fewer iterations; nothing was run
    std::vector<SliceRecord> slices;           // one per lane
    std::optional<std::uint64_t> instructions; // where they were looked at and the kernel counts
    std::optional<MemoryBatch> memory; // where allocations were looked at; without iterations
    double seconds = 0;                // in the primary clock, over all lanes
    double wall_s = 0;                 // from the first lane's start to the last one's end
};

// What belongs to the case that is measured.
struct BatchCase {
    const assay_suite_v1& iface;
    assay_case* handle = nullptr;
    const FamilyDescription& family;
    Clock primary = Clock::thread_cpu;
    ServiceDesk& desk;
    const CancelWord& cancel;
};

// What the plugin said about a step that went wrong, as the failure of the launch.
Failure failure_of(const char* step, assay_status status, ServiceDesk& desk, bool cancelled);

// Negative, or one of the two positive codes that mean "not here".
constexpr bool stops(assay_status status) noexcept {
    return status < 0 || status == ASSAY_SKIP || status == ASSAY_UNAVAILABLE;
}

class BatchRunner {
public:
    BatchRunner(BatchCase measured, LaneCrew& crew, Ticks& ticks);
    ~BatchRunner();

    BatchOutcome take(const BatchPlan& plan);

    // Shape latency: adds the durations of the last batch, of all lanes.
    void record_latencies(LatencyHistogram& into) const;

private:
    struct Seat;

    void sit_down(Seat& seat, std::uint32_t lane, const BatchPlan& plan);
    void take_lane(Seat& seat);
    void call_run(Seat& seat) noexcept;
    void time_run(Seat& seat) noexcept;
    void count_run(Seat& seat) noexcept;
    void watch_run(Seat& seat) noexcept;
    void judge(BatchOutcome& outcome, const BatchPlan& plan);
    [[nodiscard]] std::optional<std::string> find_lie(const Seat& seat, bool cancelled) const;
    static const SliceRecord& complete_record(Seat& seat);
    [[nodiscard]] double primary_seconds(const BatchOutcome& outcome) const;

    BatchCase case_;
    LaneCrew& crew_;
    Ticks& ticks_;
    std::vector<std::unique_ptr<Seat>> seats_;
    std::atomic<bool> prepared_{true};
};

} // namespace assay::measure
