#include "comparison_case.hpp"

#include "active_inference/policies/plain_expected_free_energy.hpp"
#include "bitwise.hpp"
#include "random_source/random_source.hpp"

#include <set>
#include <string>
#include <utility>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kStreamSeed = 4, kLifeSeed = 5;
constexpr std::uint32_t kStreamSteps = 1000;
// Every so many of these are also verified in plain loops.
constexpr std::size_t kReferenceEvery = 250;
constexpr double kStepTolerance = 1e-9;
constexpr std::size_t kLikelihoodBytes = std::size_t{1} << 20;

ComparisonShape shape_of(const assay::params& params) {
    const std::string workload = params.str("workload");
    const auto shape = comparison_shape(workload);
    if (!shape) {
        throw assay::config_error("workload=" + workload +
                                  ": expected transition-heavy, observation-heavy or mixed");
    }
    return *shape;
}

ai::AgentOptions options_of(const ComparisonWorkload& workload,
                            const ai::AgentCaches& caches) noexcept {
    return {.horizon = workload.depth(), .caches = caches};
}

// No result of two agents that lived through the same may differ by a bit.
void require_same(std::size_t step,
                  const char* what,
                  const Results& expected,
                  const Results& found) {
    if (const auto difference = bitwise_difference(expected, found)) {
        throw assay::wrong_result("step " + std::to_string(step) + ", " + what +
                                  ", caches on and off: " + *difference);
    }
}

void require_defined(const ai::FactoredModel& model,
                     std::size_t step,
                     const ai::Beliefs& q,
                     const ai::AgentLoop& loop) {
    std::vector<double> expected(loop.values().size());
    for (std::size_t policy = 0; policy < expected.size(); ++policy) {
        expected[policy] = ai::plain_expected_free_energy(model, loop.policies(), policy, q);
    }
    if (const auto difference = distance("G", expected, loop.values(), kStepTolerance)) {
        throw assay::wrong_result("step " + std::to_string(step) + ": " + *difference);
    }
}

} // namespace

ai::AgentCaches agent_caches(const assay::params& params) {
    const std::string name = params.str("caches");
    const bool all = name == "all";
    const ai::AgentCaches caches{.likelihoods = all || name == "likelihoods",
                                 .transitions = all || name == "transitions",
                                 .intermediates = all || name == "intermediates",
                                 .likelihood_cache = {.limit_bytes = kLikelihoodBytes}};
    if (name != "none" && !caches.likelihoods && !caches.transitions && !caches.intermediates) {
        throw assay::config_error(
            "caches=" + name + ": expected none, likelihoods, transitions, intermediates or all");
    }
    return caches;
}

ComparisonCase::ComparisonCase(const assay::params& params)
    : workload_(shape_of(params), params.seed())
    , options_(options_of(workload_, agent_caches(params)))
    , seed_(params.seed())
    , loop_(workload_.model(), options_)
    , agent_(workload_.model())
    , observed_(workload_.modalities()) {
    ai::KeptLikelihoods computed(workload_.model(), std::nullopt);
    static_cast<void>(computed.observe(observed_));
    observation_logarithms_ = computed.logarithms();
    outcomes_.resize(kStreamSteps * workload_.modalities());
    workload_.draw(derived_seed(seed_, kStreamSeed), outcomes_);
    fill();
}

// So that a batch finds the cache of likelihoods as full as a long life makes it.
void ComparisonCase::fill() {
    if (!options_.caches.likelihoods) {
        return;
    }
    for (std::size_t step = 0; step < kStreamSteps; ++step) {
        static_cast<void>(loop_.infer_states(agent_, observe(step)));
    }
}

// After the last step of the stream comes its first.
ai::Observation ComparisonCase::observe(std::size_t step) noexcept {
    const std::size_t at = step % kStreamSteps * observed_.size();
    for (std::size_t m = 0; m < observed_.size(); ++m) {
        observed_[m].index = outcomes_[at + m];
    }
    return observed_;
}

std::size_t ComparisonCase::distinct_observations() const {
    std::set<std::vector<std::uint32_t>> seen;
    for (auto at = outcomes_.begin(); at != outcomes_.end();) {
        const auto end = at + static_cast<std::ptrdiff_t>(workload_.modalities());
        seen.emplace(at, end);
        at = end;
    }
    return seen.size();
}

// False: cancelled.
bool ComparisonCase::live(ai::AgentLoop& loop,
                          ai::AgentState& agent,
                          std::size_t step,
                          const ai::CancelCheck& cancelled) {
    static_cast<void>(loop.infer_states(agent, observe(step)));
    if (!loop.evaluate_policies(agent, cancelled)) {
        return false;
    }
    loop.choose_action(agent);
    return true;
}

// The agent without caches is compared with the one that has them all.
void ComparisonCase::verify(assay::context& host) {
    ai::AgentCaches other = {.likelihood_cache = options_.caches.likelihood_cache};
    const ai::AgentCaches& own = options_.caches;
    if (!own.likelihoods && !own.transitions && !own.intermediates) {
        other.likelihoods = other.transitions = other.intermediates = true;
    }
    ai::AgentLoop loop(workload_.model(), options_of(workload_, other));
    ai::AgentState expected(workload_.model()), found(workload_.model());
    std::size_t values = 0;
    for (std::size_t step = 0; step < kStreamSteps; ++step) {
        static_cast<void>(live(loop, expected, step, {}));
        static_cast<void>(live(loop_, found, step, {}));
        const std::span<const double> q = std::as_const(found.q).values();
        require_same(step, "beliefs", {std::as_const(expected.q).values()}, {q});
        require_same(step, "G", {loop.values()}, {loop_.values()});
        require_same(step, "policies", {loop.posterior()}, {loop_.posterior()});
        if (expected.chosen != found.chosen) {
            throw assay::wrong_result("step " + std::to_string(step) +
                                      ": caches on and off choose another action");
        }
        if (step % kReferenceEvery == 0) {
            require_defined(workload_.model(), step, found.q, loop_);
        }
        values += q.size() + 2 * loop_.values().size() + found.chosen.size();
    }
    host.metric("values_verified", static_cast<double>(values));
    host.metric("distinct_keys", static_cast<double>(distinct_observations()));
}

void ComparisonCase::prepare(assay::batch& batch) {
    ran_ = false;
    agent_ = ai::AgentState(workload_.model());
    const std::uint64_t seed = derived_seed(batch.seed(), kLifeSeed);
    begin_ = RandomSource(derived_seed(seed, batch.lane().index)).below(kStreamSteps);
    before_ = work();
}

void ComparisonCase::run(assay::batch& batch) {
    SampledDigest digest;
    const ai::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
    std::uint64_t done = 0;
    for (; done < batch.iterations(); ++done) {
        if (!live(loop_, agent_, begin_ + static_cast<std::size_t>(done), cancelled)) {
            break;
        }
        digest.add({std::as_const(agent_.q).values()});
        digest.add({loop_.values(), loop_.posterior()});
        for (const std::size_t action : agent_.chosen) {
            digest.add_number(action);
        }
    }
    digest_ = digest;
    batch.done(done);
    ran_ = true;
}

void ComparisonCase::finish(assay::batch& batch, assay::context& host) {
    if (!std::exchange(ran_, false)) {
        return;
    }
    batch.checksum(digest_.value());
    // What a cancelled step did before it stopped has no place in the figures of whole steps.
    if (batch.is_warmup() || batch.done() < batch.iterations() || batch.done() == 0) {
        return;
    }
    const Work now = work();
    report_work(now, batch.done(), host);
    if (options_.caches.likelihoods) {
        report_cache(now, batch.done(), host);
    }
    if (const std::size_t bytes = memory_overhead(); bytes > 0) {
        host.metric("memory_overhead", static_cast<double>(bytes));
    }
}

} // namespace assay::matrix_caching
