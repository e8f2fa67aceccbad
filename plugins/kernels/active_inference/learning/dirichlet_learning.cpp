#include "active_inference/learning/dirichlet_learning.hpp"

#include "active_inference/policies/outer_product.hpp"

#include <algorithm>

namespace assay::active_inference {
namespace {

// Columns over their sums, row by row. `sums` has a place per column. Once more for processors with
// wider vectors: the same operations on every entry, whatever the choice.
#if defined(__x86_64__)
[[gnu::target_clones("avx2", "default")]]
#endif
void expect_columns(std::span<const double> counts,
                    std::size_t rows,
                    std::span<double> sums,
                    std::span<double> out) noexcept {
    const std::size_t columns = counts.size() / rows;
    const double* const __restrict from = counts.data();
    double* const __restrict shares = sums.data();
    double* const __restrict to = out.data();
    std::fill_n(shares, columns, 0.0);
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            shares[column] += from[row * columns + column];
        }
    }
    // One division for a column instead of one for each of its entries.
    for (std::size_t column = 0; column < columns; ++column) {
        shares[column] = 1 / shares[column];
    }
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            to[row * columns + column] = from[row * columns + column] * shares[column];
        }
    }
}

// counts += weight * joint where the model does not exclude it. Entries lie `stride` apart.
void add_row(double weight,
             std::span<const double> joint,
             const double* possible,
             std::size_t stride,
             double* counts) noexcept {
    for (std::size_t column = 0; column < joint.size(); ++column) {
        const double more = possible[column * stride] > 0 ? weight * joint[column] : 0;
        counts[column * stride] += more;
    }
}

} // namespace

void expect_from_counts(const DirichletCounts& counts, FactoredModel& model) {
    std::vector<double> sums;
    const auto expect = [&](const Tensor& from, Tensor& to) {
        const std::size_t rows = from.shape.front();
        sums.resize(std::max(sums.size(), from.data.size() / rows));
        expect_columns(from.data, rows, sums, to.data);
    };
    for (std::size_t m = 0; m < counts.likelihoods.size(); ++m) {
        expect(counts.likelihoods[m], model.likelihoods[m]);
    }
    for (std::size_t f = 0; f < counts.transitions.size(); ++f) {
        expect(counts.transitions[f], model.transitions[f]);
    }
    model.priors.resize(std::max(model.priors.size(), counts.priors.size()));
    for (std::size_t f = 0; f < counts.priors.size(); ++f) {
        double sum = 0;
        model.priors[f].resize(counts.priors[f].size());
        expect_columns(
            counts.priors[f], counts.priors[f].size(), std::span(&sum, 1), model.priors[f]);
    }
    ++model.version;
}

DirichletLearner::DirichletLearner(const FactoredModel& model) {
    std::size_t columns = 1;
    std::size_t axes = 0;
    for (const Tensor& tensor : model.likelihoods) {
        columns = std::max(columns, tensor.data.size() / tensor.shape.front());
        axes = std::max(axes, tensor.shape.size());
    }
    for (const Tensor& tensor : model.transitions) {
        columns = std::max(columns, tensor.data.size() / tensor.shape.front());
        axes = std::max(axes, tensor.shape.size());
    }
    joint_.resize(columns);
    sums_.resize(columns);
    vectors_.reserve(axes);
}

std::span<const double> DirichletLearner::joint_of(const FactorList& factors,
                                                   const Beliefs& q) noexcept {
    vectors_.clear();
    std::size_t states = 1;
    for (const std::size_t factor : factors) {
        vectors_.push_back(q[factor]);
        states *= q[factor].size();
    }
    const std::span<double> joint(joint_.data(), states);
    outer_product(vectors_, joint);
    return joint;
}

void DirichletLearner::learn_likelihoods(Observation observation,
                                         const Beliefs& q,
                                         double rate,
                                         DirichletCounts& counts,
                                         FactoredModel& model) {
    for (std::size_t m = 0; m < observation.size(); ++m) {
        const std::span<const double> joint = joint_of(model.likelihood_factors[m], q);
        Tensor& likelihood = model.likelihoods[m];
        std::vector<double>& learnt = counts.likelihoods[m].data;
        const auto add = [&](std::size_t outcome, double weight) {
            const std::size_t at = outcome * joint.size();
            add_row(weight, joint, likelihood.data.data() + at, 1, learnt.data() + at);
        };
        const Outcome& seen = observation[m];
        if (seen.is_soft()) {
            for (std::size_t outcome = 0; outcome < seen.soft.size(); ++outcome) {
                add(outcome, rate * seen.soft[outcome]);
            }
        } else {
            add(seen.index, rate);
        }
        expect_columns(learnt, model.outcome_counts[m], sums_, likelihood.data);
    }
    ++model.version;
}

void DirichletLearner::learn_transitions(std::span<const std::size_t> actions,
                                         const Beliefs& before,
                                         const Beliefs& q,
                                         double rate,
                                         DirichletCounts& counts,
                                         FactoredModel& model) {
    for (std::size_t f = 0; f < model.transitions.size(); ++f) {
        const std::span<const double> joint = joint_of(model.transition_factors[f], before);
        Tensor& transition = model.transitions[f];
        std::vector<double>& learnt = counts.transitions[f].data;
        const std::size_t stride = model.action_counts[f];
        for (std::size_t state = 0; state < q[f].size(); ++state) {
            const std::size_t at = state * joint.size() * stride + actions[f];
            add_row(
                rate * q[f][state], joint, transition.data.data() + at, stride, learnt.data() + at);
        }
        expect_columns(learnt, model.state_counts[f], sums_, transition.data);
    }
    ++model.version;
}

void DirichletLearner::learn_priors(const Beliefs& q,
                                    double rate,
                                    DirichletCounts& counts,
                                    FactoredModel& model) {
    for (std::size_t f = 0; f < counts.priors.size(); ++f) {
        std::vector<double>& learnt = counts.priors[f];
        add_row(rate, q[f], learnt.data(), 1, learnt.data());
        expect_columns(learnt, learnt.size(), sums_, model.priors[f]);
    }
    ++model.version;
}

} // namespace assay::active_inference
