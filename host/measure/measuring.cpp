#include "measure/measuring.hpp"

#include "measure/cache_size.hpp"
#include "measure/clock.hpp"
#include "measure/empty_loop.hpp"
#include "measure/handicap.hpp"
#include "measure/slice_labels.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace assay::measure {
namespace {

constexpr std::uint64_t kBatchBytesMax = std::uint64_t{64} << 20;
// Where the system does not tell the size of the L2 cache.
constexpr std::uint64_t kBatchBytesUnknownCache = std::uint64_t{512} << 10;
// A clock that hardly moves while wall time passes cannot calibrate: the body sleeps or waits.
constexpr double kWaitingRatio = 20;
constexpr double kBackgroundShare = 0.05;
// Warm-up slices, the last ones, that tell how long a slice is.
constexpr std::size_t kTypicalSlices = 5;

std::uint64_t batch_bytes_max(std::uint64_t asked) {
    if (asked > 0) {
        return asked;
    }
    const std::uint64_t cache = l2_cache_bytes();
    return cache == 0 ? kBatchBytesUnknownCache : std::min(kBatchBytesMax, cache / 2);
}

std::uint64_t bytes_per_iteration(const FamilyDescription& family) {
    const std::uint64_t prepared = family.has_prepare ? family.bytes_per_iteration : 0;
    return prepared + (family.shape == Shape::latency ? sizeof(std::uint64_t) : 0);
}

std::uint64_t iterations_limit(const FamilyDescription& family, std::uint64_t bytes_max) {
    std::uint64_t limit = declared_limit(family);
    if (const std::uint64_t bytes = bytes_per_iteration(family); bytes > 0) {
        limit = std::min(limit, std::max<std::uint64_t>(bytes_max / bytes, 1));
    }
    return limit;
}

} // namespace

std::uint64_t declared_limit(const FamilyDescription& family) noexcept {
    if (family.shape == Shape::single) {
        return 1;
    }
    return family.max_iterations == 0 ? UINT64_MAX : family.max_iterations;
}

Measuring::Measuring(MeasuringContext context, BatchRunner& runner, LaunchRecord& record)
    : context_(context)
    , runner_(runner)
    , record_(record)
    , iterations_max_(
          iterations_limit(context.family, batch_bytes_max(context.request.batch_bytes_max))) {}

std::optional<Failure> Measuring::first_iteration() {
    context_.observer.on_phase(LaunchPhase::first_iteration, 0);
    // The stream of calibration, whose first batch is the same: their checksums are compared.
    const auto outcome = take(1, {SeedStream::calibration, 0, true});
    if (!outcome) {
        return failure_;
    }
    record_.first_iteration_s = outcome->wall_s;
    return std::nullopt;
}

std::optional<Failure> Measuring::measure() {
    if (!(context_.request.iterations == 0 ? run_calibration() : adopt_iterations())) {
        return failure_;
    }
    if (context_.request.scaling_check && !check_scaling()) {
        return failure_;
    }
    if (!warm_up()) {
        return failure_;
    }
    complete_calibration();
    prepare_handicap();
    if (context_.request.slices > 0 && !take_slices()) {
        return failure_;
    }
    complete_calibration();
    note_labels();
    return failure_;
}

std::optional<BatchOutcome> Measuring::take(std::uint64_t iterations, Draw draw) {
    for (;;) {
        if (context_.cancel.load() != 0) {
            fail(CaseStatus::cancelled, "cancelled");
            return std::nullopt;
        }
        BatchOutcome outcome =
            runner_.take({iterations,
                          input_seed(context_.request.seed, draw.stream, draw.index),
                          draw.warmup,
                          draw.handicap_links});
        context_.desk.deliver();
        if (outcome.out_of_memory) {
            const bool fixed = context_.request.iterations != 0;
            if (fixed && draw.stream != SeedStream::scaling) {
                fail(CaseStatus::failed,
                     "prepare ran out of memory for a batch of " + std::to_string(iterations) +
                         " iterations; a comparison fixes their number for both builds, so it is "
                         "not halved: ask for smaller batches (--batch-bytes)");
                return std::nullopt;
            }
            iterations /= 2;
            iterations_max_ = iterations;
            shortened_ = shortened_ || !fixed;
            continue;
        }
        if (outcome.failure) {
            failure_ = std::move(outcome.failure);
            return std::nullopt;
        }
        for (const SliceRecord& slice : outcome.slices) {
            if (slice.done < slice.iterations) { // honest, so somebody cancelled
                fail(CaseStatus::cancelled, "cancelled");
                return std::nullopt;
            }
            if (auto changed = checksums_.enter(slice)) {
                fail(CaseStatus::wrong_result, *std::move(changed));
                return std::nullopt;
            }
        }
        return outcome;
    }
}

std::optional<Reading> Measuring::calibration_reading(std::uint64_t iterations) {
    auto outcome = take(iterations, {SeedStream::calibration, 0, true});
    if (!outcome) {
        return std::nullopt;
    }
    Reading reading{.iterations = outcome->slices.front().iterations,
                    .seconds = seconds_that_pass(*outcome)};
    // A CPU clock stands still while others have the processor.
    const bool by_wall = context_.primary == Clock::wall || context_.primary == Clock::manual;
    // Of several lanes one may wait for another to be let onto a processor, outside its run().
    reading.preempted = by_wall && (context_.request.lanes > 1 ||
                                    std::ranges::any_of(outcome->slices, [](const auto& one) {
                                        return one.involuntary_switches > 0;
                                    }));
    if (context_.primary == Clock::manual) {
        reading.elapsed_s = outcome->wall_s;
    }
    if (reading.iterations == 1 && reading.seconds > target_s_ &&
        context_.request.warmup_slices_max > 0) {
        // Longer than a slice: this is all the warm-up there will be, so it is kept as that.
        ++record_.calibration->warmup_slices;
        keep(*outcome, kSliceWarmup);
    }
    return reading;
}

// Wall time has in it whatever kept the lane, or one of several, from starting or going on.
// CPU time has not, where it can be believed.
bool Measuring::cpu_time_tells() const {
    return context_.primary == Clock::wall && context_.request.open_clock != Clock::wall;
}

// In the primary clock, or in wall time where that one hardly moves. Lanes that are timed by the
// wall and never waited count as what the busiest of them used: a single reading with a pause in it
// that the machine made would be taken for a body longer than a slice.
double Measuring::seconds_that_pass(const BatchOutcome& outcome) {
    // Who waits gives the processor away; who was merely preempted did not ask for it.
    const bool gave_way = std::ranges::any_of(
        outcome.slices, [](const SliceRecord& slice) { return slice.voluntary_switches > 0; });
    if (gave_way && outcome.wall_s > kWaitingRatio * outcome.seconds &&
        outcome.wall_s > target_s_ / 20) {
        waits_ = true;
        return outcome.wall_s;
    }
    if (!gave_way && cpu_time_tells()) {
        const auto& busiest = std::ranges::max(
            outcome.slices, {}, [](const SliceRecord& slice) { return slice.thread_cpu_ns; });
        if (busiest.thread_cpu_ns > 0) {
            return static_cast<double>(busiest.thread_cpu_ns) * 1e-9;
        }
    }
    return outcome.seconds;
}

Calibration& Measuring::begin_calibration() {
    context_.observer.on_phase(LaunchPhase::calibrate, 0);
    Calibration& calibration = record_.calibration.emplace();
    calibration.clock = context_.primary;
    calibration.clock_cost_s = clock_cost_s(context_.primary);
    target_s_ = std::max(context_.request.slice_target_s, 1000 * calibration.clock_cost_s);
    return calibration;
}

// A comparison found the number in launches of its own, the same for both builds.
bool Measuring::adopt_iterations() {
    Calibration& calibration = begin_calibration();
    const std::uint64_t most = declared_limit(context_.family);
    iterations_ = context_.request.iterations;
    if (iterations_ > most) {
        return fail(CaseStatus::failed,
                    std::to_string(iterations_) +
                        " iterations per batch were asked for, the "
                        "family takes at most " +
                        std::to_string(most));
    }
    calibration.iterations = iterations_;
    calibration.batch_bytes = iterations_ * bytes_per_iteration(context_.family);
    calibration.overhead_bound = 1.0; // until a slice's time is known
    return true;
}

// How much of a slice its clock is: known before the warm-up, or after it where the number of
// iterations was given, or after the slices where there was no warm-up.
void Measuring::complete_calibration() {
    Calibration& calibration = *record_.calibration;
    if (iteration_s_ == 0 && !iteration_times_.empty()) {
        iteration_s_ = median_of(iteration_times_);
    }
    if (context_.request.iterations != 0 && iteration_s_ > 0) {
        const double slice_s = iteration_s_ * static_cast<double>(iterations_);
        calibration.overhead_bound = calibration.clock_cost_s / slice_s;
    }
}

void Measuring::prepare_handicap() {
    const double share = context_.request.handicap;
    if (!(share > 0) || context_.request.slices == 0) {
        return;
    }
    const Handicap handicap = handicap_for(share, iteration_s_ * static_cast<double>(iterations_));
    handicap_links_ = handicap.links;
    record_.notes.push_back(describe(handicap, share));
    if (context_.primary == Clock::manual) {
        record_.notes.emplace_back("the handicap does not show in the plugin's own (manual) time");
    }
}

bool Measuring::run_calibration() {
    Calibration& calibration = begin_calibration();
    const CalibrationLimits limits{target_s_, iterations_max_, shortest_iteration_s()};
    const auto found =
        calibrate(limits, [this](std::uint64_t n) { return calibration_reading(n); });
    if (!found) {
        return false;
    }
    const Shape shape = context_.family.shape;
    if (found->optimised_away && shape != Shape::single && shape != Shape::manual) {
        return fail(CaseStatus::failed,
                    "an iteration takes less than half a cycle: was the body optimised away, or "
                    "does run() ignore batch->iterations?");
    }
    if (found->hardly_timed) {
        record_.notes.emplace_back("the time that run() reports hardly moves while it works: a "
                                   "batch is as long as twenty slices instead");
    }
    iterations_ = std::min(found->iterations, iterations_max_);
    iteration_s_ = found->iteration_s;
    longer_than_slice_ = found->longer_than_slice;
    calibration.iterations = iterations_;
    calibration.batch_bytes = iterations_ * bytes_per_iteration(context_.family);
    const double slice_s = iteration_s_ * static_cast<double>(iterations_);
    calibration.overhead_bound = slice_s > 0 ? calibration.clock_cost_s / slice_s : 1.0;
    return true;
}

bool Measuring::scaling_attempt(std::uint64_t iterations, int attempt, bool& fits) {
    // A long body is not run fifteen times over for this.
    const int repeats = iteration_s_ > 0.1 ? 1 : iteration_s_ > 0.02 ? 3 : 5;
    ScalingTrial trial(cpu_time_tells());
    for (int repeat = 0; repeat < repeats; ++repeat) {
        for (const std::uint64_t factor : {std::uint64_t{1}, std::uint64_t{2}}) {
            const auto index = static_cast<std::uint64_t>(attempt * 100 + repeat);
            auto outcome = take(iterations * factor, {SeedStream::scaling, index, true});
            if (!outcome) {
                return false;
            }
            if (outcome->slices.front().iterations != iterations * factor) {
                fits = true; // memory does not reach for twice as many: nothing to compare
                return true;
            }
            const double seconds = waits_ ? outcome->wall_s : outcome->seconds;
            factor == 1 ? trial.add_once(seconds, outcome->slices)
                        : trial.add_twice(seconds, outcome->slices);
            keep(*outcome, kSliceWarmup | kSliceScaling);
        }
    }
    fits = trial.fits();
    return true;
}

bool Measuring::check_scaling() {
    std::uint64_t n = std::min(iterations_, iterations_max_ / 2);
    if (n == 0) {
        return true; // one iteration is all there is
    }
    for (int attempt = 0; attempt < 3; ++attempt) {
        bool fits = false;
        if (!scaling_attempt(n, attempt, fits)) {
            return false;
        }
        if (fits) {
            return true;
        }
        n = std::min(n * 2, std::max<std::uint64_t>(iterations_max_ / 2, 1));
    }
    if ((context_.family.flags & ASSAY_CASE_STATEFUL) != 0) {
        record_.notes.emplace_back(
            "not proportional to the number of iterations, as its suite says of this case");
        return true;
    }
    return fail(CaseStatus::failed,
                "the body does not scale with iterations: twice as many did not take 1.8 to 2.2 "
                "times as long, in three attempts");
}

bool Measuring::warm_up() {
    Calibration& calibration = *record_.calibration;
    if (longer_than_slice_ && calibration.warmup_slices > 0) {
        return true;
    }
    context_.observer.on_phase(LaunchPhase::warm_up, 0);
    std::uint32_t most = context_.request.warmup_slices_max;
    if (iteration_s_ == 0 && context_.request.handicap > 0) {
        most = std::max(most, 1u); // it is a share of a slice's time, and nothing else tells that
    }
    if (longer_than_slice_) {
        most = std::min(most, 1u);
    }
    std::vector<double> times;
    while (times.size() < most && !calibration.steady) {
        // Two neighbours share a seed: equal inputs must give equal checksums.
        auto outcome = take(iterations_, {SeedStream::warm_up, times.size() / 2, true});
        if (!outcome) {
            return false;
        }
        iterations_ = outcome->slices.front().iterations;
        times.push_back(outcome->seconds / static_cast<double>(iterations_));
        keep(*outcome, kSliceWarmup);
        calibration.steady = is_steady(times);
        if (context_.request.iterations != 0 && times.size() == 1) {
            const double seconds = seconds_that_pass(*outcome);
            longer_than_slice_ = iterations_ == 1 && seconds > target_s_;
            most = longer_than_slice_ ? 1 : most;
        }
    }
    if (!times.empty()) {
        const std::size_t few = std::min(times.size(), kTypicalSlices);
        iteration_s_ = median_of(std::span<const double>(times).last(few));
    }
    calibration.iterations = iterations_;
    calibration.warmup_slices = static_cast<std::uint32_t>(times.size());
    if (!calibration.steady && !longer_than_slice_ && most >= 10) {
        record_.notes.emplace_back("unsteady");
        if (context_.request.strict) {
            return fail(CaseStatus::failed,
                        "unsteady: the medians of two windows of five slices did not agree within "
                        "2 % in " +
                            std::to_string(most) + " warm-up slices (strict)");
        }
    }
    return true;
}

bool Measuring::take_recorded(std::uint32_t number) {
    if (!longer_than_slice_) {
        // Refills caches after whoever had the machine before.
        const std::uint64_t lead_in = iterations_ / 10 + 1;
        if (!take(std::min(lead_in, iterations_), {SeedStream::lead_in, number, true})) {
            return false;
        }
    }
    context_.collector.accept(true);
    auto outcome = take(iterations_, {SeedStream::slice, number, false, handicap_links_});
    context_.collector.accept(false);
    if (!outcome) {
        return false;
    }
    iterations_ = outcome->slices.front().iterations;
    record_.calibration->iterations = iterations_;
    recorded_s_ += outcome->seconds;
    iteration_times_.push_back(outcome->seconds / static_cast<double>(iterations_));
    if (context_.family.shape == Shape::latency) {
        runner_.record_latencies(record_.latency);
    }
    keep(*outcome, 0);
    return true;
}

bool Measuring::take_in_turn(std::uint32_t number) {
    context_.observer.on_phase(LaunchPhase::measure, number);
    if (!context_.observer.slice_begins(number)) {
        return fail(CaseStatus::cancelled,
                    "cancelled while waiting for the other side of its pair");
    }
    if (!take_recorded(number)) {
        return false;
    }
    context_.observer.slice_ends(number);
    return true;
}

bool Measuring::take_slices() {
    context_.observer.on_phase(LaunchPhase::ready, 0);
    if (!context_.observer.wait_for_turn()) {
        return fail(CaseStatus::cancelled, "cancelled while waiting for its turn");
    }
    bool going = true;
    for (std::uint32_t number = 0; going && number < context_.request.slices; ++number) {
        going = take_in_turn(number);
    }
    context_.observer.turn_is_over();
    return going;
}

bool Measuring::fail(CaseStatus status, std::string reason) {
    failure_ = Failure{status, std::move(reason)};
    return false;
}

void Measuring::keep(BatchOutcome& outcome, std::uint32_t flags) {
    for (SliceRecord& slice : outcome.slices) {
        slice.index = next_index_;
        slice.flags = flags;
        record_.slices.push_back(slice);
    }
    ++next_index_;
}

// Below what any body takes the case has failed. A body of one cycle is none that can be told from
// an empty one by its time: a word beside the figure, no failure.
void Measuring::judge_emptiness() {
    const Shape shape = context_.family.shape;
    if (iteration_times_.empty() || (shape != Shape::chain && shape != Shape::independent) ||
        waits_) {
        return;
    }
    const double least_s = *std::ranges::min_element(iteration_times_);
    if (median_of(iteration_times_) < shortest_iteration_s()) {
        fail(CaseStatus::failed,
             "an iteration takes less than half a cycle: was the body optimised away?");
    } else if (least_s < kSurelySlowerThanEmpty_s &&
               no_slower_than_empty_loop(least_s, empty_iteration_s())) {
        record_.notes.emplace_back("no slower than an empty loop: was the body optimised away? "
                                   "keep its result: return it or assay::keep(x)");
    }
}

void Measuring::note_labels() {
    judge_emptiness();
    if (shortened_) {
        record_.notes.push_back("prepare ran out of memory: batches of " +
                                std::to_string(iterations_) + " iterations");
    }
    if (waits_ && context_.primary == Clock::thread_cpu) {
        record_.notes.emplace_back("mostly waiting: CPU time is under 5 % of wall time; declare "
                                   "the domain it waits for");
    }
    const double background = background_share(record_.slices);
    if (background > kBackgroundShare && context_.primary != Clock::process_cpu) {
        record_.notes.push_back(
            "background work: " + std::to_string(std::lround(100 * background)) +
            " % of the CPU time is of other threads");
    }
    const std::uint64_t interrupted = labels_of(record_.slices).interrupted;
    if (interrupted > 0) {
        record_.notes.push_back("interrupted: " + std::to_string(interrupted) + " slices");
    }
}

} // namespace assay::measure
