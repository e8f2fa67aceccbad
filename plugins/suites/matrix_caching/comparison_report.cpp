#include "cache_metrics.hpp"
#include "comparison_case.hpp"

#include <string>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

struct Sum {
    std::uint64_t done, skipped, total;
};

Sum since(const ai::Tally& now, const ai::Tally& before) noexcept {
    return {now.done - before.done, now.skipped - before.skipped, now.total - before.total};
}

// State inference has no cache but that of likelihoods: what it does is what it takes.
Sum with_states(Sum policies, std::uint64_t states) noexcept {
    return {policies.done + states, policies.skipped, policies.total + states};
}

DoneSkipped checked(const std::string& what, const Sum& sum) {
    if (sum.done + sum.skipped != sum.total) {
        throw assay::failure(ASSAY_E_FAIL,
                             what + " do not add up: " + std::to_string(sum.done) + " done + " +
                                 std::to_string(sum.skipped) + " skipped, expected " +
                                 std::to_string(sum.total));
    }
    return {sum.done, sum.skipped};
}

} // namespace

ComparisonCase::Work ComparisonCase::work() const noexcept {
    const ai::ByteCache* const cache = loop_.likelihoods().cache();
    return {.states = loop_.state_work(),
            .policies = loop_.policy_work(),
            .likelihood_logarithms = loop_.likelihoods().logarithms(),
            .cache = cache == nullptr ? ai::ByteCacheCounts{} : cache->counts()};
}

void ComparisonCase::report_work(const Work& now, std::uint64_t steps, assay::context& host) const {
    const std::uint64_t state_ops = now.states.multiply_adds - before_.states.multiply_adds;
    const std::uint64_t likelihoods = now.likelihood_logarithms - before_.likelihood_logarithms;
    const std::uint64_t priors =
        now.states.logarithms - before_.states.logarithms - likelihoods; // those of ln D too
    const std::uint64_t observations = steps * observation_logarithms_;
    Sum logarithms =
        with_states(since(now.policies.logarithms, before_.policies.logarithms), priors);
    logarithms.done += likelihoods;
    logarithms.skipped += (now.cache.hits - before_.cache.hits) * observation_logarithms_;
    logarithms.total += observations;
    const Sum contractions =
        with_states(since(now.policies.contractions, before_.policies.contractions),
                    now.states.contractions - before_.states.contractions);
    const Sum ops =
        with_states(since(now.policies.multiply_adds, before_.policies.multiply_adds), state_ops);
    report_work_metrics(host,
                        {.contractions = checked("contractions", contractions),
                         .ops = checked("multiply-adds", ops),
                         .logarithms = checked("logarithms", logarithms)},
                        steps);
    const auto of_a_step = [steps](std::uint64_t count) {
        return static_cast<double>(count) / static_cast<double>(steps);
    };
    host.metric("state_ops", of_a_step(state_ops));
    host.metric("state_logarithms", of_a_step(likelihoods + priors));
}

void ComparisonCase::report_cache(const Work& now,
                                  std::uint64_t steps,
                                  assay::context& host) const {
    const auto hits = static_cast<double>(now.cache.hits - before_.cache.hits);
    const auto misses = static_cast<double>(now.cache.misses - before_.cache.misses);
    host.metric("lookups", hits + misses);
    host.metric("hits", hits);
    host.metric("misses", misses);
    host.metric("evictions",
                static_cast<double>(now.cache.evictions - before_.cache.evictions) /
                    static_cast<double>(steps));
    host.metric("bytes_used", static_cast<double>(loop_.likelihoods().cache()->bytes()));
}

// What is relied on from one use to the next.
std::size_t ComparisonCase::memory_overhead() const noexcept {
    std::size_t bytes = loop_.policy_bytes_kept();
    if (const ai::ByteCache* const cache = loop_.likelihoods().cache()) {
        bytes += cache->counts().bytes_max + sizeof(*cache);
    }
    return bytes;
}

void add_comparison(assay::suite& suite) {
    assay::family_builder family =
        suite.custom<ComparisonCase>("comparison", assay::shape::independent);
    family.help("a step of an agent with its caches off, each alone, and all")
        .tags("active-inference", "cache", "agent")
        .bytes_per_iteration(8 * sizeof(std::uint32_t)) // outcomes of the widest workload
        .stateful();
    family.axis("workload", {"mixed", "transition-heavy", "observation-heavy"})
        .help("transition-heavy: 64 policies of 3 steps, one factor of 50 states, 2 outcomes; "
              "observation-heavy: 2 policies of 1 step, 25^2 joint states, 8 modalities; mixed: 16 "
              "policies of 2 steps, 8^2 joint states, 3 modalities")
        .quick(1);
    family.axis("caches", {"none", "likelihoods", "transitions", "intermediates", "all"})
        .help("ln p(o|s) by what was observed; beginnings that policies share; sum_o A ln A of "
              "every state")
        .variant("none");
    const std::string per = "{step}";
    add_lookup_metrics(family, per);
    add_work_metrics(family, per);
    add_logarithm_metrics(family, per);
    family.metric("state_ops", "{op}/" + per, assay::no_direction, assay::mean)
        .help("multiply-adds of state inference, part of ops_done");
    family.metric("state_logarithms", "{logarithm}/" + per, assay::no_direction, assay::mean)
        .help("logarithms of state inference, part of logarithms_done");
}

} // namespace assay::matrix_caching
