#include "active_inference/selective/incremental_free_energy.hpp"

#include "active_inference/contraction.hpp"
#include "active_inference/logarithm.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace assay::active_inference {
namespace {

double product(std::span<const double> left, std::span<const double> right) noexcept {
    return std::inner_product(left.begin(), left.end(), right.begin(), 0.0);
}

} // namespace

IncrementalFreeEnergy::IncrementalFreeEnergy(const FactoredModel& model, std::size_t rebase_steps)
    : energy_(model)
    , rebase_steps_(std::max<std::size_t>(rebase_steps, 1))
    , complexities_(model.state_counts.size())
    , q_(model.state_counts)
    , log_prior_(model.state_counts) {
    for (const FactorList& factors : model.likelihood_factors) {
        std::vector<std::size_t> shape;
        for (const std::size_t factor : factors) {
            shape.push_back(model.state_counts[factor]);
        }
        Modality modality;
        std::size_t stride = 1;
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            const Contraction plan(shape, {axis});
            modality.fields.push_back({.factor = factors[axis],
                                       .stride = stride,
                                       .values = std::vector<double>(shape[axis]),
                                       .ops = static_cast<std::int64_t>(plan.ops())});
            stride *= shape[axis];
        }
        std::ranges::reverse(modality.fields);
        const Contraction plan(shape, std::span<const std::size_t>());
        modality.full = {.contractions = 1, .multiply_adds = static_cast<std::int64_t>(plan.ops())};
        full_ += modality.full;
        modalities_.push_back(std::move(modality));
    }
    full_.logarithms += 2 * signed_count(q_.values().size());
}

void IncrementalFreeEnergy::assign(const LogLikelihood& tables,
                                   const Beliefs& prior,
                                   const Beliefs& q) noexcept {
    for (std::size_t m = 0; m < modalities_.size(); ++m) {
        modalities_[m].table = tables[m];
    }
    std::ranges::transform(prior.values(), log_prior_.values().begin(), log_eps);
    q_ = q;
    const UpdateWork before = work_;
    const std::uint64_t rebases = rebases_;
    rebase();
    work_ = before;
    rebases_ = rebases;
}

void IncrementalFreeEnergy::compute_complexity(std::size_t factor) noexcept {
    const std::span<const double> q = std::as_const(q_)[factor];
    const std::span<const double> log_prior = std::as_const(log_prior_)[factor];
    Complexity sum{.mass = 0};
    for (std::size_t s = 0; s < q.size(); ++s) {
        sum.mass += q[s];
        sum.log_belief += q[s] * log_eps(q[s]);
        sum.log_prior += q[s] * log_prior[s];
    }
    complexities_[factor] = sum;
    work_.done.logarithms += signed_count(q.size());
}

void IncrementalFreeEnergy::refresh(std::size_t modality, Field& field) noexcept {
    energy_.expected_log_likelihood(
        modality, field.factor, modalities_[modality].table, q_, field.values);
    field.stale = false;
    work_.done += {.contractions = 1, .multiply_adds = field.ops};
}

// Everything from scratch, and every field for the changes to come.
void IncrementalFreeEnergy::rebase() noexcept {
    for (std::size_t factor = 0; factor < q_.size(); ++factor) {
        compute_complexity(factor);
    }
    for (std::size_t m = 0; m < modalities_.size(); ++m) {
        Modality& modality = modalities_[m];
        for (Field& field : modality.fields) {
            refresh(m, field);
        }
        if (modality.fields.empty()) {
            modality.accuracy = modality.table[0];
        } else {
            const Field& first = modality.fields.front();
            modality.accuracy = product(first.values, std::as_const(q_)[first.factor]);
            work_.done.multiply_adds += signed_count(first.values.size());
        }
    }
    steps_ = 0;
    ++rebases_;
    add_up();
}

void IncrementalFreeEnergy::mix(const BeliefMixture& change) noexcept {
    work_.total += full_;
    if (change.weight == 0) {
        work_.skipped += full_;
        return;
    }
    if (++steps_ >= rebase_steps_) {
        const UpdateCost before = work_.done;
        active_inference::mix(q_, change);
        rebase();
        work_.skipped += full_ - (work_.done - before);
        return;
    }
    update_complexity(change);
    for (std::size_t m = 0; m < modalities_.size(); ++m) {
        update_accuracy(m, change);
    }
    active_inference::mix(q_, change);
    add_up();
}

void IncrementalFreeEnergy::update_complexity(const BeliefMixture& change) noexcept {
    Complexity& sum = complexities_[change.factor];
    const double kept = 1 - change.weight;
    const double before = std::as_const(q_)[change.factor][change.state];
    const double now = kept * before + change.weight;
    const double others = sum.mass - before;
    const double log_kept = kept > 0 ? std::log(kept) : 0; // times nothing
    sum.log_belief =
        kept * (sum.log_belief - before * log_eps(before) + others * log_kept) + now * log_eps(now);
    sum.log_prior = kept * sum.log_prior +
                    change.weight * std::as_const(log_prior_)[change.factor][change.state];
    sum.mass = kept * sum.mass + change.weight;
    constexpr UpdateCost kCost{.multiply_adds = 8, .logarithms = 3};
    work_.done += kCost;
    work_.skipped.multiply_adds -= kCost.multiply_adds;
    work_.skipped.logarithms += full_.logarithms - kCost.logarithms;
}

void IncrementalFreeEnergy::update_accuracy(std::size_t number,
                                            const BeliefMixture& change) noexcept {
    Modality& modality = modalities_[number];
    const auto field = std::ranges::find(modality.fields, change.factor, &Field::factor);
    if (field == modality.fields.end()) {
        work_.skipped += modality.full;
        return;
    }
    const UpdateCost before = work_.done;
    if (field->stale) {
        refresh(number, *field);
    }
    modality.accuracy =
        (1 - change.weight) * modality.accuracy + change.weight * field->values[change.state];
    work_.done.multiply_adds += 2;
    update_other_fields(modality, *field, change);
    work_.skipped += modality.full - (work_.done - before);
}

void IncrementalFreeEnergy::update_other_fields(Modality& modality,
                                                const Field& changed,
                                                const BeliefMixture& change) noexcept {
    if (modality.fields.size() != 2) {
        for (Field& other : modality.fields) {
            other.stale = other.stale || &other != &changed;
        }
        return;
    }
    // The other field is the table times q_f: a row or column of it is what q_f gains.
    Field& other = modality.fields[&changed == modality.fields.data() ? 1 : 0];
    const double* const slice = modality.table.data() + change.state * changed.stride;
    const double kept = 1 - change.weight;
    for (std::size_t s = 0; s < other.values.size(); ++s) {
        other.values[s] = kept * other.values[s] + change.weight * slice[s * other.stride];
    }
    work_.done.multiply_adds += 2 * signed_count(other.values.size());
}

void IncrementalFreeEnergy::add_up() noexcept {
    value_ = 0;
    for (const Complexity& complexity : complexities_) {
        value_ += complexity.log_belief - complexity.log_prior;
    }
    for (const Modality& modality : modalities_) {
        value_ -= modality.accuracy;
    }
}

} // namespace assay::active_inference
