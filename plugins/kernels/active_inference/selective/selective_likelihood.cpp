#include "active_inference/selective/selective_likelihood.hpp"

#include <algorithm>
#include <utility>

namespace assay::active_inference {
SelectiveLikelihood::SelectiveLikelihood(const FactoredModel& model,
                                         std::vector<ModalityGroup> groups,
                                         LogLikelihoodOptions options,
                                         std::size_t rebase_steps)
    : groups_(std::move(groups))
    , single_(model, options)
    , kept_(model.likelihoods.size())
    , rebase_steps_(std::max<std::size_t>(rebase_steps, 1)) {
    for (std::size_t group = 0; group < groups_.size(); ++group) {
        sums_.emplace_back(groups_[group].entries);
        for (const std::size_t modality : groups_[group].modalities) {
            Kept& kept = kept_[modality];
            kept.group = group;
            kept.soft.resize(model.outcome_counts[modality]);
            kept.table.resize(groups_[group].entries);
        }
    }
    for (const std::vector<double>& sum : sums_) {
        tables_.push_back(sum.data());
    }
}

bool SelectiveLikelihood::changed(std::size_t modality, const Outcome& outcome) const noexcept {
    const Kept& kept = kept_[modality];
    if (!observed_ || outcome.is_soft() != kept.is_soft) {
        return true;
    }
    return outcome.is_soft() ? !std::ranges::equal(outcome.soft, kept.soft)
                             : outcome.index != kept.index;
}

void SelectiveLikelihood::remember(std::size_t modality, const Outcome& outcome) noexcept {
    Kept& kept = kept_[modality];
    kept.index = outcome.index;
    kept.is_soft = outcome.is_soft();
    std::ranges::copy(outcome.soft, kept.soft.begin());
}

std::size_t SelectiveLikelihood::observe(Observation observation) noexcept {
    std::size_t replaced = 0;
    for (std::size_t modality = 0; modality < kept_.size(); ++modality) {
        const std::int64_t entries = signed_count(kept_[modality].table.size());
        work_.total.multiply_adds += entries;
        if (changed(modality, observation[modality])) {
            replace(modality, observation[modality]);
            ++replaced;
        } else {
            work_.skipped.multiply_adds += entries;
        }
    }
    const bool first = !std::exchange(observed_, true);
    if (first) {
        rebase();
    } else if (replaced > 0 && ++steps_ >= rebase_steps_) {
        rebase();
        ++rebases_;
    }
    return replaced;
}

void SelectiveLikelihood::replace(std::size_t modality, const Outcome& outcome) noexcept {
    remember(modality, outcome);
    const auto logarithms = static_cast<std::int64_t>(single_.observe(modality, outcome));
    work_.done.logarithms += logarithms;
    work_.total.logarithms += logarithms;
    Kept& kept = kept_[modality];
    const std::span<const double> fresh = single_[modality];
    std::vector<double>& sum = sums_[kept.group];
    const std::int64_t entries = signed_count(sum.size());
    if (groups_[kept.group].modalities.size() == 1) {
        std::ranges::copy(fresh, sum.begin());
        work_.done.multiply_adds += entries;
        return;
    }
    for (std::size_t s = 0; s < sum.size(); ++s) {
        sum[s] += fresh[s] - kept.table[s];
        kept.table[s] = fresh[s];
    }
    work_.done.multiply_adds += 2 * entries;
    work_.skipped.multiply_adds -= entries;
}

void SelectiveLikelihood::rebase() noexcept {
    for (std::size_t group = 0; group < groups_.size(); ++group) {
        const std::vector<std::size_t>& modalities = groups_[group].modalities;
        if (modalities.size() == 1) {
            continue;
        }
        std::vector<double>& sum = sums_[group];
        std::ranges::fill(sum, 0.0);
        for (const std::size_t modality : modalities) {
            const std::vector<double>& table = kept_[modality].table;
            for (std::size_t s = 0; s < sum.size(); ++s) {
                sum[s] += table[s];
            }
        }
        const std::int64_t ops = signed_count(modalities.size() * sum.size());
        work_.done.multiply_adds += ops;
        work_.skipped.multiply_adds -= ops;
    }
    steps_ = 0;
}

} // namespace assay::active_inference
