#include "active_inference/hierarchy/episode_filter.hpp"

#include "active_inference/categorical.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace assay::active_inference {

EpisodeFilter::EpisodeFilter(Tensor transition, std::size_t length)
    : transition_(std::move(transition))
    , back_(transition_.shape, {1})
    , length_(length)
    , prediction_(transition_.shape.at(0))
    , belief_(prediction_.size())
    , likelihoods_(length * prediction_.size(), 1.0)
    , lambda_(prediction_.size())
    , weighed_(prediction_.size()) {}

void EpisodeFilter::begin(std::span<const double> prior) noexcept {
    position_ = 0;
    std::ranges::copy(prior, prediction_.begin());
    std::ranges::copy(prior, belief_.begin());
    std::ranges::fill(row(0), 1.0);
    std::ranges::fill(lambda_, 1.0 / static_cast<double>(lambda_.size()));
}

void EpisodeFilter::advance(std::span<const double> prediction) noexcept {
    ++position_;
    std::ranges::copy(prediction, prediction_.begin());
    std::ranges::copy(prediction, belief_.begin());
    std::ranges::fill(row(position_), 1.0);
}

double EpisodeFilter::weigh(std::span<const double> likelihood) noexcept {
    const double evidence =
        std::inner_product(likelihood.begin(), likelihood.end(), prediction_.begin(), 0.0);
    const bool possible = evidence > 0;
    const std::span<double> kept = row(position_);
    for (std::size_t s = 0; s < belief_.size(); ++s) {
        kept[s] = possible ? likelihood[s] : 1;
        belief_[s] = possible ? prediction_[s] * likelihood[s] / evidence : prediction_[s];
    }
    return evidence;
}

void EpisodeFilter::infer_first_state() noexcept {
    std::ranges::copy(row(position_), lambda_.begin());
    normalise(lambda_);
    for (std::size_t step = position_; step-- > 0;) {
        const double* vectors[] = {lambda_.data(), nullptr};
        back_(transition_.data.data(), vectors, weighed_.data(), nullptr);
        const std::span<const double> here = row(step);
        for (std::size_t s = 0; s < lambda_.size(); ++s) {
            lambda_[s] = weighed_[s] * here[s];
        }
        normalise(lambda_);
    }
}

} // namespace assay::active_inference
