#include "plain_fixed_point.hpp"

#include "active_inference/logarithm.hpp"
#include "active_inference/plain_expectation.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>

namespace assay::inference {

namespace ai = active_inference;

namespace {

std::vector<double> logarithms_of(std::span<const double> shares) {
    std::vector<double> logs(shares.size());
    std::ranges::transform(shares, logs.begin(), ai::log_eps);
    return logs;
}

} // namespace

PlainFixedPoint::PlainFixedPoint(const ai::FactoredModel& model,
                                 ai::Observation observation,
                                 const ai::Beliefs& prior,
                                 const ai::FixedPointOptions& options)
    : model_(&model)
    , schedule_(options.schedule)
    , kept_(options.schedule == ai::Schedule::parallel_damped && prior.size() > 1 ? options.damping
                                                                                  : 0) {
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        tables_.push_back(
            logarithms_of(ai::plain_likelihood(model.likelihoods[m], observation[m])));
        visits_ += tables_.back().size() * model.likelihood_factors[m].size();
    }
    const ai::Beliefs uniform(model.state_counts);
    for (std::size_t f = 0; f < prior.size(); ++f) {
        log_prior_.push_back(logarithms_of(prior[f]));
        log_q_.push_back(logarithms_of(uniform[f]));
    }
}

// Of the modalities that see the factor, and its prior.
std::vector<double> PlainFixedPoint::field(std::size_t factor, const ai::Beliefs& seen) const {
    std::vector<double> sum = log_prior_[factor];
    for (std::size_t m = 0; m < tables_.size(); ++m) {
        const ai::FactorList& factors = model_->likelihood_factors[m];
        for (std::size_t at = 0; at < factors.size(); ++at) {
            if (factors[at] == factor) {
                const auto message = ai::plain_expectation(tables_[m], factors, seen, at);
                std::ranges::transform(sum, message, sum.begin(), std::plus{});
            }
        }
    }
    return sum;
}

ai::Beliefs PlainFixedPoint::sweep(const ai::Beliefs& q) {
    ai::Beliefs next = q;
    for (std::size_t f = 0; f < q.size(); ++f) {
        std::vector<double> mixed = field(f, schedule_ == ai::Schedule::sequential ? next : q);
        for (std::size_t s = 0; s < mixed.size(); ++s) {
            mixed[s] = kept_ * log_q_[f][s] + (1 - kept_) * mixed[s];
        }
        const double highest = *std::ranges::max_element(mixed);
        double sum = 0;
        for (const double value : mixed) {
            sum += std::exp(value - highest);
        }
        for (std::size_t s = 0; s < mixed.size(); ++s) {
            log_q_[f][s] = mixed[s] - highest - std::log(sum);
            next[f][s] = std::exp(log_q_[f][s]);
        }
    }
    return next;
}

} // namespace assay::inference
