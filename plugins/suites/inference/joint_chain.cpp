#include "joint_chain.hpp"

#include "active_inference/plain_expectation.hpp"
#include "active_inference/tensor.hpp"
#include "active_inference/trajectories/chain_smoothing.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace assay::inference {

namespace ai = active_inference;

namespace {

using States = std::vector<std::size_t>; // of every factor

bool is_chain(const ai::FactoredModel& model) {
    return model.state_counts.size() == 1 && model.transition_factors[0] == ai::FactorList{0};
}

// Column of a tensor over `factors`, row-major.
std::size_t
column_of(const ai::FactoredModel& model, const ai::FactorList& factors, const States& states) {
    std::size_t column = 0;
    for (const std::size_t factor : factors) {
        column = column * model.state_counts[factor] + states[factor];
    }
    return column;
}

class JointChain {
public:
    explicit JointChain(const WindowProblem& of)
        : of_(of)
        , factors_(of.model.state_counts.size()) {
        for (std::size_t row = 0; row + 1 < of.steps(); ++row) {
            const States actions = actions_of(row);
            const auto at = std::ranges::find(combinations_, actions);
            numbers_.push_back(static_cast<std::size_t>(at - combinations_.begin()));
            if (at == combinations_.end()) {
                combinations_.push_back(actions);
            }
        }
        if (combinations_.empty()) {
            combinations_.emplace_back(factors_, 0); // a window of one step: never taken
        }
    }

    // Nothing where that overflows.
    [[nodiscard]] std::optional<std::size_t> entries() const {
        std::vector<std::size_t> extents = of_.model.state_counts;
        std::ranges::copy(of_.model.state_counts, std::back_inserter(extents));
        extents.push_back(combinations_.size());
        return ai::element_count(extents);
    }

    [[nodiscard]] WindowProblem problem() {
        list_joint_states();
        WindowProblem chain;
        const std::size_t states = joint_.size();
        chain.model.state_counts = {states};
        chain.model.action_counts = {combinations_.size()};
        chain.model.outcome_counts = of_.model.outcome_counts;
        chain.model.transition_factors = {{0}};
        chain.model.likelihood_factors.assign(of_.model.likelihoods.size(), {0});
        chain.model.transitions = {transitions()};
        for (std::size_t m = 0; m < of_.model.likelihoods.size(); ++m) {
            chain.model.likelihoods.push_back(likelihood(m));
        }
        ai::FactorList all(factors_);
        std::iota(all.begin(), all.end(), std::size_t{0});
        chain.prior = ai::Beliefs(chain.model.state_counts);
        std::ranges::copy(ai::plain_joint(all, of_.prior), chain.prior[0].begin());
        chain.window = of_.window;
        chain.lengths = of_.lengths;
        const auto taken = static_cast<std::ptrdiff_t>(of_.lengths.observed - 1);
        chain.taken.assign(numbers_.begin(), numbers_.begin() + taken);
        chain.planned.assign(numbers_.begin() + taken, numbers_.end());
        return chain;
    }

    // Of every factor, from those of the joint states.
    [[nodiscard]] ai::Beliefs marginals(std::span<const double> joint) const {
        ai::Beliefs q = of_.prior;
        for (std::size_t f = 0; f < factors_; ++f) {
            std::ranges::fill(q[f], 0.0);
            for (std::size_t s = 0; s < joint_.size(); ++s) {
                q[f][joint_[s][f]] += joint[s];
            }
        }
        return q;
    }

private:
    // Between step `row` and the next one.
    [[nodiscard]] States actions_of(std::size_t row) const {
        const std::size_t taken = of_.lengths.observed - 1;
        const std::vector<std::size_t>& rows = row < taken ? of_.taken : of_.planned;
        const std::size_t at = (row < taken ? row : row - taken) * factors_;
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(at);
        return {begin, begin + static_cast<std::ptrdiff_t>(factors_)};
    }

    void list_joint_states() {
        States states(factors_, 0);
        for (bool more = true; more;) {
            joint_.push_back(states);
            more = false;
            for (std::size_t f = factors_; f-- > 0 && !more;) {
                more = ++states[f] < of_.model.state_counts[f];
                states[f] = more ? states[f] : 0;
            }
        }
    }

    [[nodiscard]] ai::Tensor transitions() const {
        const std::size_t states = joint_.size(), actions = combinations_.size();
        ai::Tensor b{{states, states, actions},
                     std::vector<double>(states * states * actions, 1.0)};
        for (std::size_t f = 0; f < factors_; ++f) {
            const std::vector<double>& of_factor = of_.model.transitions[f].data;
            const std::size_t moves = of_.model.action_counts[f];
            const std::size_t columns = of_factor.size() / of_.model.state_counts[f];
            for (std::size_t from = 0; from < states; ++from) {
                const std::size_t column =
                    column_of(of_.model, of_.model.transition_factors[f], joint_[from]);
                for (std::size_t to = 0; to < states; ++to) {
                    for (std::size_t u = 0; u < actions; ++u) {
                        b.data[(to * states + from) * actions + u] *=
                            of_factor[joint_[to][f] * columns + column * moves +
                                      combinations_[u][f]];
                    }
                }
            }
        }
        return b;
    }

    [[nodiscard]] ai::Tensor likelihood(std::size_t m) const {
        const std::size_t states = joint_.size(), outcomes = of_.model.outcome_counts[m];
        const std::vector<double>& of_modality = of_.model.likelihoods[m].data;
        const std::size_t columns = of_modality.size() / outcomes;
        ai::Tensor a{{outcomes, states}, {}};
        for (std::size_t o = 0; o < outcomes; ++o) {
            for (std::size_t s = 0; s < states; ++s) {
                const std::size_t column =
                    column_of(of_.model, of_.model.likelihood_factors[m], joint_[s]);
                a.data.push_back(of_modality[o * columns + column]);
            }
        }
        return a;
    }

    const WindowProblem& of_;
    std::size_t factors_;
    std::vector<States> combinations_; // of actions, each once
    std::vector<std::size_t> numbers_; // of the combination, by row
    std::vector<States> joint_;        // the first factor is the slowest
};

ExactTrajectory smoothed(const WindowProblem& chain) {
    ai::ChainSmoothing smoothing(chain.model, chain.lengths);
    smoothing.observe(chain.window);
    ExactTrajectory exact{.trajectory =
                              ai::Trajectory(chain.steps(), ai::Beliefs(chain.model.state_counts))};
    exact.log_evidence = smoothing.infer(chain.prior, chain.actions(), exact.trajectory);
    return exact;
}

} // namespace

std::optional<ExactTrajectory> exact_trajectory(const WindowProblem& problem) {
    if (is_chain(problem.model)) {
        return smoothed(problem);
    }
    JointChain joint(problem);
    if (const auto entries = joint.entries(); !entries || *entries > kChainEntriesMax) {
        return std::nullopt;
    }
    ExactTrajectory exact = smoothed(joint.problem());
    for (ai::Beliefs& q : exact.trajectory) {
        q = joint.marginals(std::as_const(q)[0]);
    }
    return exact;
}

} // namespace assay::inference
