#include "verdict/machine_decisions.hpp"

#include <fmt/format.h>

namespace assay::verdict {
namespace {

constexpr double kPlainly = 2; // times the other spread
// Below the usual margin a spread does no harm, whatever the other one is.
constexpr double kHarmful = 0.01;
// With fewer slices the ratio of two spreads is beyond two by chance once in fifty samples.
constexpr std::size_t kSlicesThatTell = 96;
// No work of 0.7 ms takes no time; one slice in twenty is more than an odd reading.
constexpr double kTimelessMany = 0.05;

bool is_plainly_worse(double sd, double other_sd) {
    return sd > kHarmful && sd > kPlainly * other_sd;
}

std::string percent_text(double share) {
    return fmt::format("{:.2g} %", 100 * share);
}

} // namespace

PinningDecision pinning_of(const Resolution& resolution) {
    if (!resolution.pinned) {
        return {.kept = true, .reason = "no choice of CPUs, or no permission to choose"};
    }
    const Spread& pinned = *resolution.pinned;
    const Spread& free = resolution.free;
    std::string read = fmt::format("neighbouring slices differ by {} on one CPU, by {} left to "
                                   "the scheduler",
                                   percent_text(pinned.step_sd),
                                   percent_text(free.step_sd));
    if (pinned.slices < kSlicesThatTell || free.slices < kSlicesThatTell) {
        return {.kept = true, .reason = read + "; too few slices to give up pinning for"};
    }
    return {.kept = !is_plainly_worse(pinned.step_sd, free.step_sd), .reason = std::move(read)};
}

ClockDecision clock_of(const Resolution& resolution) {
    const Spread& free = resolution.free;
    if (free.timeless_share > kTimelessMany) {
        return {.clock = measure::Clock::wall,
                .reason = fmt::format("the thread CPU clock stood still during {:.0f} % of the "
                                      "slices",
                                      100 * free.timeless_share)};
    }
    std::string read = fmt::format("equal slices differ by {} of CPU time, by {} of wall time",
                                   percent_text(free.slice_sd),
                                   percent_text(free.wall_sd));
    const bool wall =
        free.slices >= kSlicesThatTell && is_plainly_worse(free.slice_sd, free.wall_sd);
    return {.clock = wall ? measure::Clock::wall : measure::Clock::thread_cpu,
            .reason = std::move(read)};
}

} // namespace assay::verdict
