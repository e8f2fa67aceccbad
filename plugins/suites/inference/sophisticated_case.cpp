#include "sophisticated_case.hpp"

#include "active_inference/number_text.hpp"
#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/policy_space.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "count_axis.hpp"
#include "model_reversal.hpp"
#include "sophisticated_verification.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::size_t kSearchHorizonMax =
    8;                                      // of a tree that grows as (policies x outcomes)^horizon
constexpr std::size_t kHorizonVerified = 2; // of the plain recursion: deeper trees take too long

ai::SophisticatedOptions search_options(const assay::params& params) {
    const std::string cache = params.str("cache");
    if (cache != "off" && cache != "on") {
        throw assay::config_error("cache=" + cache + ": expected off or on");
    }
    return {.horizon = count_of(params, "horizon", 1, kSearchHorizonMax), .cache = cache == "on"};
}

// A model of the settings was refused before (model_settings.hpp).
ai::FactoredModel searchable(const assay::params& params) {
    ai::FactoredModel model = model_of(params);
    if (const auto fault = ai::policy_space_fault(model.action_counts, 1)) {
        throw assay::config_error("model=" + params.str("model") + ": " + *fault);
    }
    return model;
}

} // namespace

SophisticatedCase::SophisticatedCase(const assay::params& params)
    : model_(searchable(params))
    , q_(ai::prior_beliefs(model_))
    , options_(search_options(params))
    , search_(model_, options_) {}

void SophisticatedCase::verify(assay::context& host) {
    (void)search_.evaluate(q_);
    double sum = 0;
    for (const double share : search_.posterior()) {
        sum += share;
    }
    if (!(std::abs(sum - 1) <= 1e-9)) {
        throw assay::wrong_result("the policies' posterior sums to " + ai::number_text(sum) +
                                  ", expected 1");
    }
    std::uint64_t compared = 1;
    const ai::FactoredModel other = reversed(model_);
    ai::SophisticatedSearch of_other(other, options_);
    (void)of_other.evaluate(reversed(q_));
    compared += compare_values(
        "with the states in the opposite order", search_.values(), of_other.values());
    ai::SophisticatedOptions switched = options_;
    switched.cache = !options_.cache;
    ai::SophisticatedSearch twin(model_, switched);
    (void)twin.evaluate(q_);
    compared += compare_values("with the cache switched", search_.values(), twin.values());
    // A search of one step is the expected free energy of its policies.
    ai::SophisticatedOptions shallow = options_;
    shallow.horizon = 1;
    ai::SophisticatedSearch step(model_, shallow);
    ai::ExpectedFreeEnergy energy(model_, nullptr, {.horizon = 1});
    (void)step.evaluate(q_);
    (void)energy.evaluate(q_);
    compared +=
        compare_values("as expected free energy of one step", step.values(), energy.values());
    ai::SophisticatedOptions verifiable = options_;
    verifiable.horizon = std::min(options_.horizon, kHorizonVerified);
    ai::SophisticatedSearch as_deep(model_, verifiable);
    (void)as_deep.evaluate(q_);
    compared += check_search(model_, q_, verifiable, as_deep.values());
    host.metric("values_verified", static_cast<double>(compared));
    host.metric("nodes", static_cast<double>(search_.nodes()));
}

void SophisticatedCase::run(assay::batch& batch) {
    const ai::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
    ai::ResultDigest digest;
    std::uint64_t done = 0;
    for (; done < batch.iterations(); ++done) {
        if (!search_.evaluate(q_, cancelled)) {
            break;
        }
        digest.add(search_.values());
    }
    digest_ = digest;
    batch.done(done);
    ran_ = true;
}

void SophisticatedCase::finish(assay::batch& batch, assay::context& host) {
    if (!std::exchange(ran_, false)) {
        return;
    }
    batch.checksum(digest_.value());
    if (batch.is_warmup() || batch.done() < batch.iterations() || batch.done() == 0) {
        return;
    }
    host.metric("policies", static_cast<double>(search_.policies().size()));
    batch.items(search_.nodes() * batch.done());
}

void add_sophisticated(assay::suite& suite, const ModelAxis& models) {
    auto family = suite.custom<SophisticatedCase>("sophisticated", assay::shape::independent);
    family.help("the value of every action by a search over actions, outcomes and actions again")
        .tags("active-inference", "planning");
    models.add(
        family,
        {.names = {"4x3", "3x2"},
         .quick = 1,
         .standard = 1,
         .help = "states of each factor, moved by 4 actions; as many modalities that see all"});
    family.axis("horizon", {2, 1, 3}).unit("{step}").help("steps that are looked ahead").quick(1);
    family.axis("cache", {"off", "on"})
        .help("whether what depends on the model alone is kept")
        .variant("off");
    family.metric("nodes", "{node}", assay::no_direction, assay::mean)
        .help("nodes of the search tree")
        .exact();
    family.metric("policies", "{policy}", assay::no_direction, assay::mean)
        .help("one-step policies that each node values");
    family.metric("values_verified", "{value}", assay::no_direction, assay::sum)
        .help("values of policies that verification compared")
        .exact();
}

} // namespace assay::inference
