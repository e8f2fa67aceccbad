// The timed part of a launch, on an opened case whose lanes have entered: first iteration,
// calibration, the check of n against 2n, warm-up, and the recorded slices with their lead-ins.
//
//   Measuring measuring(context, runner, record);
//   if (auto failure = measuring.measure()) ...
//
// One thread, the launch's own.
#pragma once

#include "measure/batch.hpp"
#include "measure/calibration.hpp"
#include "measure/honesty.hpp"
#include "measure/input_seed.hpp"
#include "measure/launch.hpp"
#include "measure/metric_collector.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace assay::measure {

struct MeasuringContext {
    const LaunchRequest& request;
    const FamilyDescription& family;
    Clock primary = Clock::thread_cpu;
    LaunchObserver& observer;
    const CancelWord& cancel;
    ServiceDesk& desk;
    MetricCollector& collector;
};

// Iterations that the family itself allows in a batch.
[[nodiscard]] std::uint64_t declared_limit(const FamilyDescription& family) noexcept;

class Measuring {
public:
    Measuring(MeasuringContext context, BatchRunner& runner, LaunchRecord& record);

    // One untimed batch of one iteration; its wall time goes into the record.
    std::optional<Failure> first_iteration();

    // Everything that the request asks for beyond that.
    std::optional<Failure> measure();

    // Seconds of the primary clock over the recorded slices.
    [[nodiscard]] double recorded_seconds() const noexcept { return recorded_s_; }

private:
    struct Draw {
        SeedStream stream = SeedStream::slice;
        std::uint64_t index = 0;
        bool warmup = true;
        std::uint64_t handicap_links = 0;
    };

    // One batch; halves the iterations while prepare has no memory, unless their number is
    // fixed. Nothing: failure_ says why.
    std::optional<BatchOutcome> take(std::uint64_t iterations, Draw draw);
    bool run_calibration();
    bool adopt_iterations();
    Calibration& begin_calibration();
    double seconds_that_pass(const BatchOutcome& outcome);
    void complete_calibration();
    void prepare_handicap();
    std::optional<Reading> calibration_reading(std::uint64_t iterations);
    [[nodiscard]] bool cpu_time_tells() const;
    bool check_scaling();
    bool scaling_attempt(std::uint64_t iterations, int attempt, bool& fits);
    bool warm_up();
    bool take_slices();
    bool take_recorded(std::uint32_t number);
    bool take_in_turn(std::uint32_t number);
    bool fail(CaseStatus status, std::string reason);
    void keep(BatchOutcome& outcome, std::uint32_t flags);
    void judge_emptiness();
    void note_labels();

    MeasuringContext context_;
    BatchRunner& runner_;
    LaunchRecord& record_;
    std::optional<Failure> failure_;
    ChecksumBook checksums_;
    std::uint64_t iterations_ = 1;
    std::uint64_t iterations_max_ = 1;
    double target_s_ = 0;
    double iteration_s_ = 0; // 0 = not known yet
    bool longer_than_slice_ = false;
    bool shortened_ = false; // prepare ran out of memory
    bool waits_ = false;     // hardly uses the processor while it runs
    std::uint32_t next_index_ = 0;
    std::uint64_t handicap_links_ = 0; // of every recorded slice
    double recorded_s_ = 0;
    std::vector<double> iteration_times_; // of the recorded slices
};

} // namespace assay::measure
