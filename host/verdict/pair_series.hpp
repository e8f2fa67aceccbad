// One case's pairs as they come in, with what they say so far.
//
//   PairSeries series(std::log(1.01), method);
//   series.add({.x = 0.021, .seconds = 0.05});
//   series.evidence().log_e_slower;
//
// Plain value.
#pragma once

#include "verdict/comparison.hpp"

#include <span>
#include <vector>

namespace assay::verdict {

class PairSeries {
public:
    // `d`: the margin as a log ratio.
    PairSeries(double d, statistics::EvidenceMethod method) noexcept
        : middle_(d, method)
        , quiet_(d, method) {}

    void add(const Pair& pair);

    [[nodiscard]] const statistics::Evidence& evidence() const noexcept { return evidence_; }

    [[nodiscard]] std::size_t size() const noexcept { return x_.size(); }

    [[nodiscard]] std::span<const double> x() const noexcept { return x_; }

    // Of both figures of the pairs, as log ratios.
    [[nodiscard]] statistics::ValidInterval interval(double alpha,
                                                     statistics::EvidenceMethod method) const;

    // Wall seconds of a pair, on average; 0 before the first.
    [[nodiscard]] double seconds_per_pair() const noexcept;

    [[nodiscard]] double seconds() const noexcept { return seconds_; }

    // 1.4826 x MAD; needs two pairs.
    [[nodiscard]] std::optional<double> robust_sd() const;
    // Half of the difference between the medians by the new build's seat; needs both seats.
    [[nodiscard]] std::optional<double> position_bias() const;
    // The always-valid intervals of the first and of the last half of the first `pairs` pairs do
    // not meet.
    [[nodiscard]] bool
    is_drifting(std::size_t pairs, double alpha, statistics::EvidenceMethod method) const;

private:
    // The evidence of one figure, kept up in constant time.
    struct Figure {
        Figure(double margin, statistics::EvidenceMethod method) noexcept
            : d(margin)
            , slower(method)
            , faster(method)
            , below(method)
            , above(method) {}

        void add(double x) noexcept;
        [[nodiscard]] statistics::Evidence evidence() const noexcept;

        double d;
        statistics::EProcess slower, faster, below, above;
    };

    Figure middle_, quiet_;
    std::vector<double> x_, quiet_x_;
    std::vector<bool> new_is_worker_1_;
    double seconds_ = 0;
    statistics::Evidence evidence_;
};

} // namespace assay::verdict
