#include "verdict/metric_change.hpp"

#include "statistics/summary.hpp"
#include "support/percent.hpp"
#include "verdict/limit_test.hpp"

#include <algorithm>
#include <cmath>

namespace assay::verdict {
namespace {

bool are_shares(const LaunchFigures& figures, double whole) {
    return std::ranges::all_of(figures, [whole](const std::optional<double>& one) {
        return !one || (*one >= 0 && *one <= whole);
    });
}

} // namespace

std::optional<double> MetricChange::typical(bool higher_is_better) const {
    if (x.empty()) {
        return std::nullopt;
    }
    const double median = statistics::median(x);
    if (points) {
        return median;
    }
    return higher_is_better ? -std::expm1(-median) : std::expm1(median);
}

double MetricChange::loss(double share, bool higher_is_better) const noexcept {
    return points ? share : limit_of_loss(share, higher_is_better);
}

double MetricChange::gain(double share, bool higher_is_better) const noexcept {
    return points ? -share : limit_of_gain(share, higher_is_better);
}

MetricChange change_of(const LaunchFigures& old_figures,
                       const LaunchFigures& new_figures,
                       std::string_view unit,
                       bool higher_is_better,
                       Scale scale) {
    MetricChange change;
    if (old_figures.size() != new_figures.size()) {
        change.reason = "the figures of the two builds do not come from the same pairs";
        return change;
    }
    if (pairs_told(old_figures, new_figures) == 0) {
        change.reason = "no pair has a figure of both builds";
        return change;
    }
    const bool percent = unit == "%";
    const double whole = percent ? kPercent : 1;
    change.points = scale == Scale::points ||
                    (scale == Scale::automatic && (percent || unit == "1") &&
                     are_shares(old_figures, whole) && are_shares(new_figures, whole));
    const double sign = higher_is_better ? -1 : 1;
    for (std::size_t i = 0; i < old_figures.size(); ++i) {
        if (!old_figures[i] || !new_figures[i]) {
            continue;
        }
        const double before = *old_figures[i];
        const double after = *new_figures[i];
        if (change.points) {
            change.x.push_back(sign * (after - before) / whole);
        } else if (before > 0 && after > 0) {
            change.x.push_back(sign * std::log(after / before));
        } else if (before == 0 && after == 0) {
            change.x.push_back(0);
        } else {
            change.x.clear();
            change.reason = "a figure of zero or below has no relative change";
            return change;
        }
    }
    return change;
}

} // namespace assay::verdict
