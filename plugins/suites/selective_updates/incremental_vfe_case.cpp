#include "incremental_vfe_case.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/number_text.hpp"
#include "active_inference/random_model.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "random_source/random_source.hpp"
#include "update_metrics.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace assay::selective_updates {

namespace ai = active_inference;

namespace {

constexpr std::size_t kVfeOutcomes = 10;
constexpr std::uint64_t kVfeModelSeed = 1, kVfeVerifySeed = 2, kVfeBatchSeed = 3, kVfeStartSeed = 4;
constexpr std::size_t kVerifyChanges = 10'000;
constexpr double kWeightMax = 0.5;

// Two factors; one modality for each alone and one for both together.
ai::FactoredModel vfe_model(const assay::params& params) {
    const std::size_t states = size_between(params, "states", {.least = 2, .most = 512});
    return ai::random_model({.state_counts = {states, states},
                             .action_counts = {1, 1},
                             .outcome_counts = {kVfeOutcomes, kVfeOutcomes, kVfeOutcomes},
                             .likelihood_factors = {{0}, {1}, {0, 1}}},
                            derived_seed(params.seed(), kVfeModelSeed));
}

ai::UpdateCost cost_of(const ai::InferenceWork& work) {
    return {.contractions = static_cast<std::int64_t>(work.contractions),
            .multiply_adds = static_cast<std::int64_t>(work.multiply_adds),
            .logarithms = static_cast<std::int64_t>(work.logarithms)};
}

} // namespace

void add_incremental_vfe(assay::suite& suite) {
    assay::family_builder family =
        suite.custom<IncrementalVfeCase>("incremental_vfe", assay::shape::chain);
    family.help("the free energy after a change of one belief, one change each")
        .tags("active-inference", "selective")
        .bytes_per_iteration(sizeof(ai::BeliefMixture))
        .stateful();
    family.axis("states", {20, 30})
        .unit("{state}")
        .help("of each of two factors; three modalities of 10 outcomes see one, the other, both")
        .quick({20});
    add_path_axis(family);
    add_update_metrics(family);
    add_rebase_metric(family);
}

IncrementalVfeCase::IncrementalVfeCase(const assay::params& params)
    : seed_(params.seed())
    , path_(path_of(params))
    , model_(vfe_model(params))
    , tables_(model_)
    , prior_(ai::prior_beliefs(model_))
    , start_(model_.state_counts)
    , q_(model_.state_counts)
    , full_(model_)
    , selective_(model_) {
    RandomSource random(derived_seed(seed_, kVfeStartSeed));
    for (std::size_t m = 0; m < tables_.size(); ++m) {
        (void)tables_.observe(m, {.index = random.below(kVfeOutcomes), .soft = {}});
    }
    for (double& probability : start_.values()) {
        probability = 1 - random.unit();
    }
    for (std::size_t factor = 0; factor < start_.size(); ++factor) {
        ai::normalise(start_[factor]);
    }
    (void)full_(tables_, prior_, start_);
    full_cost_ = cost_of(full_.work());
    restart();
}

void IncrementalVfeCase::restart() noexcept {
    q_ = start_;
    selective_.assign(tables_, prior_, start_);
}

void IncrementalVfeCase::draw(std::uint64_t seed, Changes& changes) const {
    RandomSource random(seed);
    for (ai::BeliefMixture& change : changes) {
        change.factor = random.below(static_cast<std::uint32_t>(model_.state_counts.size()));
        change.state = random.below(static_cast<std::uint32_t>(model_.state_counts[change.factor]));
        change.weight = kWeightMax * random.unit();
    }
}

double IncrementalVfeCase::update(const ai::BeliefMixture& change) noexcept {
    if (path_ == UpdatePath::selective) {
        selective_.mix(change);
        return selective_.value();
    }
    ai::mix(q_, change);
    return full_(tables_, prior_, q_);
}

// Both paths over the same changes, each held to the other.
void IncrementalVfeCase::verify(assay::context& host) {
    Changes changes(kVerifyChanges);
    draw(derived_seed(seed_, kVfeVerifySeed), changes);
    restart();
    ai::Beliefs q = start_;
    UpdateError found{.largest = 0, .bound = ai::kErrorPerStep * ai::kRebaseSteps, .values = 0};
    for (const ai::BeliefMixture& change : changes) {
        selective_.mix(change);
        ai::mix(q, change);
        const double error = std::abs(selective_.value() - full_(tables_, prior_, q));
        const double bound = ai::kErrorPerStep * static_cast<double>(selective_.steps() + 1);
        if (!(error <= bound)) {
            throw assay::wrong_result("free energy after change " + std::to_string(found.values) +
                                      " is " + ai::number_text(selective_.value()) + ", off by " +
                                      ai::number_text(error) + ", expected at most " +
                                      ai::number_text(bound));
        }
        found.largest = std::max(*found.largest, error);
        ++found.values;
    }
    if (path_ == UpdatePath::full) {
        found.largest.reset();
        found.bound.reset();
    }
    report_error(host, found);
}

void IncrementalVfeCase::prepare(assay::batch& batch) {
    changes_.resize(static_cast<std::size_t>(batch.iterations()));
    draw(derived_seed(derived_seed(batch.seed(), kVfeBatchSeed), batch.lane().index), changes_);
    restart();
    before_ = selective_.work();
    full_before_ = full_.work();
    rebases_before_ = selective_.rebases();
}

void IncrementalVfeCase::run(assay::batch& batch) {
    ai::ResultDigest digest;
    std::uint64_t done = 0;
    for (const ai::BeliefMixture& change : changes_) {
        if (batch.cancelled()) {
            break;
        }
        digest.add(update(change));
        ++done;
    }
    digest_ = digest;
    batch.done(done);
}

void IncrementalVfeCase::finish(assay::batch& batch, assay::context& host) {
    batch.checksum(digest_.value());
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    ai::UpdateWork work = selective_.work() - before_;
    if (path_ == UpdatePath::full) {
        work.done = cost_of(full_.work()) - cost_of(full_before_);
    }
    // What was asked for, whichever path counted it.
    work.total = static_cast<std::int64_t>(batch.done()) * full_cost_;
    const BatchReport report(host, batch.done());
    report.work(work);
    report.count("rebases", static_cast<std::int64_t>(selective_.rebases() - rebases_before_));
}

} // namespace assay::selective_updates
