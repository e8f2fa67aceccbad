#include "partial_policy_case.hpp"

#include "active_inference/hierarchy/belief_change.hpp"
#include "active_inference/number_text.hpp"
#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/policy_posterior.hpp"
#include "random_source/random_source.hpp"
#include "update_metrics.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace assay::selective_updates {

namespace ai = active_inference;

namespace {

constexpr std::size_t kHorizon = 3;
constexpr std::size_t kPoliciesMax = 729; // (3 x 3 actions)^3
constexpr double kPolicyExact = 1e-12;
constexpr std::uint64_t kInputSeed = 1, kPolicySeed = 2;

PolicyInputOptions inputs_of(const assay::params& params) {
    return {.states = size_between(params, "states", {.least = 2, .most = 128}),
            .changed = number_between(params, "changed", {.least = 0, .most = 1})};
}

ai::PolicyUpdate update_of(UpdatePath path) {
    return path == UpdatePath::full ? ai::PolicyUpdate::full : ai::PolicyUpdate::selective;
}

} // namespace

void add_partial_policy(assay::suite& suite) {
    assay::family_builder family =
        suite.custom<PartialPolicyCase>("partial_policy", assay::shape::chain);
    family.help("values of policies after changes of what they depend on, 20 changes each")
        .tags("active-inference", "selective")
        .stateful();
    family.axis("states", {20, 25})
        .unit("{state}")
        .help("of each of two factors; three modalities of 10 outcomes see one, the other, both")
        .quick({20});
    family.axis("policies", {30, 50})
        .unit("{policy}")
        .help("drawn from the 729 of horizon 3 and 3 actions a factor")
        .quick({30});
    family.axis("changed", {0.2, 0.3, 0.5})
        .unit("1")
        .help("share of the 2 beliefs, 3 preferences, 3 likelihoods that changes at a time")
        .quick({0.2, 0.5});
    add_path_axis(family);
    add_update_metrics(family);
    family.metric("posterior_error", "1", lower, assay::max)
        .help("largest difference of the probability of a policy, gamma 16");
    add_count(family, "updates", "{update}").help("evaluations of all policies");
}

PartialPolicyCase::PartialPolicyCase(const assay::params& params)
    : path_(path_of(params))
    , inputs_(inputs_of(params), derived_seed(params.seed(), kInputSeed))
    , policies_(inputs_.model().action_counts, kHorizon)
    , chosen_(
          ai::draw_policies(policies_,
                            size_between(params, "policies", {.least = 1, .most = kPoliciesMax}),
                            derived_seed(params.seed(), kPolicySeed)))
    , values_(inputs_.model(), policies_, chosen_, update_of(path_)) {
    restart();
}

void PartialPolicyCase::restart() {
    inputs_.set(inputs_.positions() - 1, values_);
    (void)values_.evaluate(inputs_.beliefs());
}

// Both paths against the evaluation of all policies, which shares no code with them beyond the
// products: two full evaluations of every position would take seconds, one does.
void PartialPolicyCase::verify(assay::context& host) {
    UpdateError found{.largest = 0, .bound = kPolicyExact};
    double posterior_error = 0;
    restart();
    std::vector<double> expected(chosen_.size()), wanted(chosen_.size()), got(chosen_.size());
    for (std::size_t position = 0; position < inputs_.positions(); ++position) {
        inputs_.move_to(position, values_);
        (void)values_.evaluate(inputs_.beliefs());
        ai::ExpectedFreeEnergy full(inputs_.model(), nullptr, {.horizon = kHorizon});
        (void)full.evaluate(inputs_.beliefs());
        std::ranges::transform(
            chosen_, expected.begin(), [&](std::size_t policy) { return full.values()[policy]; });
        ai::policy_posterior(expected, {.gamma = 16}, wanted);
        ai::policy_posterior(values_.values(), {.gamma = 16}, got);
        const double error = ai::largest_change(values_.values(), expected);
        const double posterior = ai::largest_change(got, wanted);
        if (!(error <= kPolicyExact) || !(posterior <= 16 * kPolicyExact)) {
            throw assay::wrong_result("values of policies at change " + std::to_string(position) +
                                      " differ by " + ai::number_text(error) +
                                      " and their probabilities by " + ai::number_text(posterior) +
                                      ", expected at most 1e-12 and 1.6e-11");
        }
        found.largest = std::max(*found.largest, error);
        posterior_error = std::max(posterior_error, posterior);
        found.values += 2 * expected.size();
    }
    if (path_ == UpdatePath::full) {
        found.largest.reset();
        found.bound.reset();
    } else {
        host.metric("posterior_error", posterior_error);
    }
    report_error(host, found);
}

void PartialPolicyCase::prepare(assay::batch&) {
    restart();
    before_ = values_.work();
}

void PartialPolicyCase::run(assay::batch& batch) {
    digest_ = {};
    const ai::CancelCheck cancelled = [word = &batch] { return word->cancelled(); };
    std::uint64_t passes = 0;
    while (passes < batch.iterations() && pass(cancelled)) {
        ++passes;
    }
    batch.done(passes);
}

bool PartialPolicyCase::pass(const ai::CancelCheck& cancelled) {
    for (std::size_t position = 0; position < inputs_.positions(); ++position) {
        inputs_.move_to(position, values_);
        if (!values_.evaluate(inputs_.beliefs(), cancelled)) {
            return false;
        }
        digest_.add(values_.values().front());
        digest_.add(values_.values().back());
    }
    return true;
}

void PartialPolicyCase::finish(assay::batch& batch, assay::context& host) {
    batch.checksum(digest_.value());
    // An evaluation that was cut short has done less than its share.
    if (batch.is_warmup() || batch.done() < batch.iterations() || batch.done() == 0) {
        return;
    }
    const BatchReport report(host, batch.done());
    report.work(values_.work() - before_);
    report.count("updates", static_cast<std::int64_t>(batch.done() * inputs_.positions()));
}

} // namespace assay::selective_updates
