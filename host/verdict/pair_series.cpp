#include "verdict/pair_series.hpp"

#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"

#include <algorithm>

namespace assay::verdict {
namespace {} // namespace

void PairSeries::Figure::add(double x) noexcept {
    slower.add(x - d);
    faster.add(-d - x);
    below.add(d - x);
    above.add(x + d);
}

statistics::Evidence PairSeries::Figure::evidence() const noexcept {
    return {.log_e_slower = slower.log_e(),
            .log_e_faster = faster.log_e(),
            .log_e_below = below.log_e(),
            .log_e_above = above.log_e()};
}

void PairSeries::add(const Pair& pair) {
    x_.push_back(pair.x);
    quiet_x_.push_back(pair.quiet.value_or(pair.x));
    new_is_worker_1_.push_back(pair.new_is_worker_1);
    seconds_ += pair.seconds;
    middle_.add(x_.back());
    quiet_.add(quiet_x_.back());
    evidence_ = statistics::together(middle_.evidence(), quiet_.evidence());
}

statistics::ValidInterval PairSeries::interval(double alpha,
                                               statistics::EvidenceMethod method) const {
    return statistics::always_valid_interval(x_, quiet_x_, alpha, method);
}

double PairSeries::seconds_per_pair() const noexcept {
    return x_.empty() ? 0 : seconds_ / static_cast<double>(x_.size());
}

std::optional<double> PairSeries::robust_sd() const {
    if (x_.size() < 2) {
        return std::nullopt;
    }
    return statistics::scaled_mad(x_);
}

std::optional<double> PairSeries::position_bias() const {
    std::vector<double> by_seat[2];
    for (std::size_t i = 0; i < x_.size(); ++i) {
        by_seat[new_is_worker_1_[i] ? 1 : 0].push_back(x_[i]);
    }
    if (by_seat[0].empty() || by_seat[1].empty()) {
        return std::nullopt;
    }
    return (statistics::median(by_seat[1]) - statistics::median(by_seat[0])) / 2;
}

bool PairSeries::is_drifting(std::size_t pairs,
                             double alpha,
                             statistics::EvidenceMethod method) const {
    const auto all = std::span<const double>(x_).first(std::min(pairs, x_.size()));
    const std::size_t half = all.size() / 2;
    const auto first = statistics::always_valid_interval(all.first(half), alpha, method);
    const auto last = statistics::always_valid_interval(all.last(half), alpha, method);
    return last.low > first.high || last.high < first.low;
}

} // namespace assay::verdict
