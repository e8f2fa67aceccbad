// The frame around E-divisive of Fleming et al. ("Hunter", ICPE 2023, arXiv 2301.03034, section 4):
// a generous search window by window, then the weakest points are merged away.
//
//   const auto points = find_steps(series, RobustStepTest({}), {.min_magnitude = 0.02});
//
// Windows, because E-divisive over a long series no longer sees a short regime between two long
// ones; generous first and strict after the merge, because a point that looks weak between wrong
// neighbours may be strong between right ones. Pure; any thread.
#pragma once

#include "statistics/change_points/step_test.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::statistics {

enum class MergeRule {
    both_neighbours, // after a deletion both points beside it are tested anew
    right_neighbour, // Otava: the two to the right are, the left one keeps figures of a segment
                     // that is no more
};

struct FrameOptions {
    std::size_t window = 50;  // points, 2 or more
    double p_max = 0.001;     // of a point that stays
    double min_magnitude = 0; // relative change of the mean that a point must exceed
    MergeRule merge = MergeRule::both_neighbours;
    // What a level has to pass that ends within the window, where the split of the whole piece says
    // nothing: a regression that was mended lies between two parts that are alike. None: as Otava,
    // such levels are missed.
    const StepTest* passing_level = nullptr;
};

struct FoundStep {
    std::size_t index = 0; // first point of the new regime
    StepComparison comparison;
};

// Ascending by index. Precondition: finite values.
[[nodiscard]] std::vector<FoundStep>
find_steps(std::span<const double> series, const StepTest& test, const FrameOptions& options);

// After `appended` new values: only windows near the end are searched, and the points that survived
// the last time are tried again beside what they give. Cheaper, but not a function of the series
// alone: the result may keep points that a search of everything would not find.
[[nodiscard]] std::vector<FoundStep> find_steps_appended(std::span<const double> series,
                                                         std::size_t appended,
                                                         std::span<const std::size_t> carried,
                                                         const StepTest& test,
                                                         const FrameOptions& options);

// Larger of |after/before - 1| and |before/after - 1|; a quotient by zero counts as none.
[[nodiscard]] double relative_magnitude(double before, double after) noexcept;

} // namespace assay::statistics
