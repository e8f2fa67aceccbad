#include "verdict/pair_series.hpp"

#include "statistics/summary.hpp"

#include <algorithm>

namespace assay::verdict {
namespace {

constexpr double kNormalMad = 1.4826; // makes the MAD of normal noise its standard deviation

} // namespace

void PairSeries::add(const Pair& pair) {
    x_.push_back(pair.x);
    new_is_worker_1_.push_back(pair.new_is_worker_1);
    seconds_ += pair.seconds;
    slower_.add(pair.x - d_);
    faster_.add(-d_ - pair.x);
    below_.add(d_ - pair.x);
    above_.add(pair.x + d_);
    evidence_ = {.log_e_slower = slower_.log_e(),
                 .log_e_faster = faster_.log_e(),
                 .log_e_below = below_.log_e(),
                 .log_e_above = above_.log_e()};
}

double PairSeries::seconds_per_pair() const noexcept {
    return x_.empty() ? 0 : seconds_ / static_cast<double>(x_.size());
}

std::optional<double> PairSeries::robust_sd() const {
    if (x_.size() < 2) {
        return std::nullopt;
    }
    return kNormalMad * statistics::median_absolute_deviation(x_);
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
