#include "active_inference/state_inference/log_likelihood.hpp"

#include <algorithm>

namespace assay::active_inference {
namespace {

// The entries of one outcome.
std::span<const double>
row_of(std::span<const double> tensor, std::size_t width, std::size_t row) noexcept {
    return tensor.subspan(row * width, width);
}

} // namespace

void outcome_likelihood(const Tensor& likelihood,
                        const Outcome& outcome,
                        std::span<double> out) noexcept {
    if (!outcome.is_soft()) {
        std::ranges::copy(row_of(likelihood.data, out.size(), outcome.index), out.begin());
        return;
    }
    std::ranges::fill(out, 0.0);
    for (std::size_t o = 0; o < outcome.soft.size(); ++o) {
        const double weight = outcome.soft[o];
        const std::span<const double> row = row_of(likelihood.data, out.size(), o);
        for (std::size_t s = 0; s < out.size(); ++s) {
            out[s] += weight * row[s];
        }
    }
}

void log_entries(std::span<const double> from, LogDialect dialect, std::span<double> out) noexcept {
    if (dialect == LogDialect::eps) {
        std::ranges::transform(from, out.begin(), log_eps);
    } else {
        std::ranges::transform(from, out.begin(), log_clip);
    }
}

LogLikelihood::LogLikelihood(const FactoredModel& model, LogLikelihoodOptions options)
    : model_(&model)
    , options_(options) {
    for (const Tensor& likelihood : model.likelihoods) {
        own_.emplace_back(likelihood.data.size() / likelihood.shape.front());
        tables_.emplace_back(own_.back());
        if (options_.cached) {
            auto& logs = log_a_.emplace_back(likelihood.data.size());
            log_entries(likelihood.data, options_.dialect, logs);
        }
    }
}

void LogLikelihood::use_model(const FactoredModel& model) noexcept {
    model_ = &model;
    for (std::size_t m = 0; m < log_a_.size(); ++m) {
        log_entries(model.likelihoods[m].data, options_.dialect, log_a_[m]);
    }
}

void LogLikelihood::observe(Observation observation) noexcept {
    for (std::size_t m = 0; m < tables_.size(); ++m) {
        (void)observe(m, observation[m]);
    }
}

std::uint64_t LogLikelihood::observe(std::size_t modality, const Outcome& outcome) noexcept {
    std::vector<double>& own = own_[modality];
    if (options_.cached && !outcome.is_soft()) {
        tables_[modality] = row_of(log_a_[modality], own.size(), outcome.index);
        return 0;
    }
    tables_[modality] = own;
    if (options_.dialect == LogDialect::clip && outcome.is_soft()) {
        const std::uint64_t taken = mix_logarithms(modality, outcome);
        logarithms_ += taken;
        return taken;
    }
    outcome_likelihood(model_->likelihoods[modality], outcome, own);
    log_entries(own, options_.dialect, own);
    logarithms_ += own.size();
    return own.size();
}

std::uint64_t LogLikelihood::mix_logarithms(std::size_t modality, const Outcome& outcome) noexcept {
    std::vector<double>& out = own_[modality];
    std::ranges::fill(out, 0.0);
    const std::span<const double> from =
        options_.cached ? log_a_[modality] : model_->likelihoods[modality].data;
    for (std::size_t o = 0; o < outcome.soft.size(); ++o) {
        const double weight = outcome.soft[o];
        const std::span<const double> row = row_of(from, out.size(), o);
        for (std::size_t s = 0; s < out.size(); ++s) {
            out[s] += weight * (options_.cached ? row[s] : log_clip(row[s]));
        }
    }
    return options_.cached ? 0 : from.size();
}

} // namespace assay::active_inference
