// How much a metric changed in each pair, turned so that positive is worse.
//
//   MetricChange change = change_of(old_launches, new_launches, "1", true, Scale::automatic);
//   change.x        // ln(new / old) for a time, new - old for a share
//
// Pure; any thread.
#pragma once

#include "verdict/gate_rule.hpp"
#include "verdict/launch_figures.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

struct MetricChange {
    std::vector<double> x; // one per pair that both builds have a figure of; empty where there is
                           // none, or no change can be told
    bool points = false;   // x is a difference, not a log ratio
    std::string reason;    // why it cannot be told

    // The median as people read it: a share of the baseline, or percentage points / 100.
    [[nodiscard]] std::optional<double> typical(bool higher_is_better) const;
    // A loss or a gain of `share` on the scale of x.
    [[nodiscard]] double loss(double share, bool higher_is_better) const noexcept;
    [[nodiscard]] double gain(double share, bool higher_is_better) const noexcept;
};

// Figures of the same pairs. Scale::automatic: percentage points for figures in unit "1" or "%"
// that all lie in [0, 1] (0 to 100), else relative.
[[nodiscard]] MetricChange change_of(const LaunchFigures& old_figures,
                                     const LaunchFigures& new_figures,
                                     std::string_view unit,
                                     bool higher_is_better,
                                     Scale scale);

} // namespace assay::verdict
