// Is a sample from one hump or from several? Hartigan's dip test, and the two modes where it says
// several: a median between two modes is no typical time.
//
//   if (const auto modes = find_modes(launch_medians)) print(modes->low.value, modes->high.value);
//
// The dip is the largest distance between the empirical distribution and the unimodal distribution
// nearest to it (Hartigan & Hartigan, "The dip test of unimodality", Annals of Statistics 13,
// 1985). Pure functions, callable from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace assay::statistics {

// Between 1/(2n) and 1/4; 0 when all values are equal or there are none.
[[nodiscard]] double dip_statistic(std::span<const double> values);

// What the dip of so many values from a uniform distribution, the least unimodal of the unimodal
// ones for this test, exceeds with a probability of 1 %.
inline constexpr double kModesLevel = 0.01;
[[nodiscard]] double dip_critical(std::size_t count);

struct Mode {
    double value = 0; // median of those that belong to it
    double share = 0; // of all
};

struct Modes {
    double dip = 0;
    Mode low, high;
};

// Two modes if the test rejects one at the level of 1 %: the values cut into a lower and an upper
// part, each at least a tenth of them, so that their distances to the part's median are least.
// Values that occur several times because the clock is coarse are spread over `resolution` first
// (0: they are not), since to the test every tick would be a hump. Nothing for fewer than six.
[[nodiscard]] std::optional<Modes> find_modes(std::span<const double> values,
                                              double resolution = 0);

// The same for positive samples of several launches, whose levels may differ: the samples are taken
// relative to the middle of their launch, so that differences between launches are no humps. The
// modes stand beside the median of those middles.
[[nodiscard]] std::optional<Modes> find_modes_within(std::span<const std::vector<double>> launches);

} // namespace assay::statistics
