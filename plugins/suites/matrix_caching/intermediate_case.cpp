#include "intermediate_case.hpp"

#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/plain_expected_free_energy.hpp"
#include "active_inference/policies/remembered_free_energy.hpp"
#include "bitwise.hpp"
#include "cache_metrics.hpp"
#include "intermediate_requests.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::size_t kBeliefStatesMax = 128, kActionsMax = 16, kPolicyStepsMax = 6;
constexpr std::size_t kPoliciesMax = std::size_t{1} << 16;
constexpr int kIntermediateEpisode = 64;
constexpr double kEnergyTolerance = 1e-9;         // as the golden files of the kernels
constexpr std::size_t kReferencePoliciesMax = 64; // of a request

ai::PathWork path_work(const ai::PolicyWork& work) noexcept {
    ai::PathWork out;
    out.contractions_done = work.contractions.done;
    out.contractions_skipped = work.contractions.skipped;
    out.ops_done = work.multiply_adds.done;
    out.ops_skipped = work.multiply_adds.skipped;
    out.logarithms_done = work.logarithms.done;
    out.logarithms_skipped = work.logarithms.skipped;
    return out;
}

// full: every policy and step on its own. kept: tables of the model for as long as its version
// lasts, and within a request what policies that begin alike share.
class EvaluatedPath final : public LoopingPath<EvaluatedPath> {
public:
    EvaluatedPath(IntermediateRequests& requests, bool keeps)
        : requests_(requests)
        , keeps_(keeps)
        , efe_(requests.model(), nullptr, requests.options(keeps)) {}

    Results fetch(std::uint32_t key) override {
        static_cast<void>(efe_.evaluate(requests_.belief(key)));
        return {efe_.values()};
    }

    [[nodiscard]] PathCounts counts() const noexcept override {
        return {{}, path_work(efe_.work())};
    }

    void forget() noexcept override {
        if (keeps_) {
            requests_.raise_version();
        }
    }

    [[nodiscard]] std::size_t bytes_outside_cache() const noexcept override {
        return efe_.kept_bytes();
    }

private:
    IntermediateRequests& requests_;
    bool keeps_;
    ai::ExpectedFreeEnergy efe_;
};

class RememberedPath final : public LoopingPath<RememberedPath> {
public:
    RememberedPath(IntermediateRequests& requests, ai::ByteCacheOptions cache)
        : requests_(requests)
        , efe_(requests.model(), requests.options(true), cache) {}

    Results fetch(std::uint32_t key) override {
        efe_.evaluate(requests_.belief(key));
        return {efe_.values()};
    }

    [[nodiscard]] PathCounts counts() const noexcept override {
        return {efe_.counts(), path_work(efe_.work())};
    }

    [[nodiscard]] const ai::ByteCache* cache() const noexcept override { return &efe_.cache(); }

    [[nodiscard]] std::size_t bytes_outside_cache() const noexcept override {
        return efe_.kept_bytes_outside_cache();
    }

    // The cache and the tables, as on the path that keeps nothing else.
    void forget() noexcept override {
        efe_.clear_cache();
        requests_.raise_version();
    }

private:
    IntermediateRequests& requests_;
    ai::RememberedFreeEnergy efe_;
};

class IntermediateWorkload final : public Workload {
public:
    explicit IntermediateWorkload(const IntermediateAxes& axes)
        : requests_(axes)
        , step_cost_(ai::StepTerms(requests_.model(), nullptr, requests_.options(true)).cost()) {}

    [[nodiscard]] std::uint32_t key_count() const noexcept override { return requests_.count(); }

    [[nodiscard]] std::size_t entry_bytes() const noexcept override {
        return requests_.count() * belief_entry_bytes(requests_.axes());
    }

    [[nodiscard]] std::uint32_t keys_in(std::size_t bytes) const noexcept override {
        return beliefs_in(requests_.axes(), bytes);
    }

    [[nodiscard]] std::unique_ptr<RequestPath>
    make_path(std::string_view name, ai::ByteCacheOptions cache) const override {
        if (name == "full" || name == "kept") {
            return std::make_unique<EvaluatedPath>(requests_, name == "kept");
        }
        return name == "cached" ? std::make_unique<RememberedPath>(requests_, cache) : nullptr;
    }

    [[nodiscard]] ai::PathWork request_work() const noexcept override {
        ai::PathWork work;
        const std::uint64_t steps = requests_.axes().policies() * requests_.axes().depth;
        work.contractions_done = steps * step_cost_.contractions;
        work.ops_done = steps * step_cost_.multiply_adds;
        work.logarithms_done = steps * step_cost_.logarithms;
        return work;
    }

    [[nodiscard]] std::optional<std::string>
    reference_difference(std::uint32_t key, const Results& found) const override;

    [[nodiscard]] std::string describe(std::uint32_t key) const override {
        return "G from belief " + std::to_string(key);
    }

    void raise_version() noexcept override { requests_.raise_version(); }

    [[nodiscard]] double measure_part_ns(std::span<const std::uint32_t> keys,
                                         std::size_t keys_per_reading,
                                         const NanosecondClock& now_ns) const override;

    [[nodiscard]] std::size_t kept_bytes() const noexcept override {
        return belief_entry_bytes(requests_.axes()) / requests_.axes().prefixes();
    }

    [[nodiscard]] double speedup_bound(const RecordedWork& recorded,
                                       const AccessCost& cost) const override;

private:
    mutable IntermediateRequests requests_; // a path that forgets raises the version
    ai::WorkCost step_cost_;
};

std::optional<std::string> IntermediateWorkload::reference_difference(std::uint32_t key,
                                                                      const Results& found) const {
    const std::size_t policies = requests_.axes().policies();
    const std::size_t stride = (policies + kReferencePoliciesMax - 1) / kReferencePoliciesMax;
    const ai::PolicySpace space(requests_.model().action_counts, requests_.axes().depth);
    std::vector<double> expected, values;
    for (std::size_t policy = 0; policy < policies; policy += stride) {
        expected.push_back(ai::plain_expected_free_energy(
            requests_.model(), space, policy, requests_.belief(key)));
        values.push_back(found.first[policy]);
    }
    return distance("G", expected, values, kEnergyTolerance);
}

// One step of one policy with the tables of the model at hand: the arithmetic that is left.
double IntermediateWorkload::measure_part_ns(std::span<const std::uint32_t> keys,
                                             std::size_t keys_per_reading,
                                             const NanosecondClock& now_ns) const {
    const ai::FactoredModel& model = requests_.model();
    const ai::PolicySpace policies(model.action_counts, requests_.axes().depth);
    ai::StepTerms terms(model, nullptr, requests_.options(true));
    ai::Beliefs next(model.state_counts), outcomes(model.outcome_counts);
    ai::PolicyWork uncounted;
    static_cast<void>(terms.evaluate(requests_.belief(0), 0, outcomes, uncounted));
    return least_ns(keys, keys_per_reading, now_ns, [&](std::uint32_t key) {
        terms.roll_out(policies, key % policies.size(), 0, requests_.belief(key), next, uncounted);
        assay::keep(terms.evaluate(next, 0, outcomes, uncounted).utility);
    });
}

// A prefix that was found costs its share of a request of hits; one that was not, a step with the
// tables at hand; and every time the model is new, its tables, which are what a step costs more on
// the full path.
double IntermediateWorkload::speedup_bound(const RecordedWork& recorded,
                                           const AccessCost& cost) const {
    const IntermediateAxes& axes = requests_.axes();
    const auto requests = static_cast<double>(recorded.requests);
    const auto prefixes = static_cast<double>(axes.prefixes());
    const auto hits = static_cast<double>(recorded.counts.fetch.hits);
    const double computed = requests * prefixes - hits;
    const double table_logarithms = static_cast<double>(2 * axes.states * axes.states2) *
                                    static_cast<double>(axes.states + axes.states2) / 2;
    const double step_logarithms = static_cast<double>(step_cost_.logarithms) - table_logarithms;
    const double tables = std::max(static_cast<double>(recorded.counts.work.logarithms_done) -
                                       computed * step_logarithms,
                                   0.0) /
                          table_logarithms;
    const double steps = static_cast<double>(axes.policies() * axes.depth);
    const double table_ns = std::max(cost.build_ns / steps - cost.part_ns, 0.0);
    const double spent = hits * cost.hit_ns / prefixes + computed * cost.part_ns +
                         tables * table_ns + static_cast<double>(recorded.kept) * cost.keep_ns;
    return requests * cost.build_ns / spent;
}

} // namespace

std::unique_ptr<Workload> make_intermediate_workload(const assay::params& params,
                                                     const CacheAxes& axes) {
    IntermediateAxes own{bounded_size(params, "states", kBeliefStatesMax),
                         bounded_size(params, "states2", kBeliefStatesMax),
                         bounded_size(params, "actions2", kActionsMax),
                         bounded_size(params, "depth", kPolicyStepsMax),
                         axes.working_set_bytes(),
                         params.seed()};
    if (own.policies() > kPoliciesMax) {
        throw assay::config_error("depth=" + std::to_string(own.depth) +
                                  ",actions2=" + std::to_string(own.actions2) + ": " +
                                  std::to_string(own.policies()) + " policies, expected at most " +
                                  std::to_string(kPoliciesMax));
    }
    own.working_set_bytes =
        rounded_up(own.working_set_bytes,
                   beliefs_in(own, own.working_set_bytes),
                   [&](std::uint32_t beliefs) { return beliefs * belief_entry_bytes(own); });
    return std::make_unique<IntermediateWorkload>(own);
}

namespace {

// states and states2, actions2 and depth advance together.
struct ModelChoices {
    std::vector<assay::axis_value> states, states2, actions2, depth;
};

void declare_intermediate(assay::suite& suite,
                          const char* name,
                          const char* help,
                          const ModelChoices& sizes,
                          CacheAxisChoices choices) {
    assay::family_builder family = suite.custom<IntermediateCase>(name, assay::shape::independent);
    family.help(help)
        .tags("active-inference", "cache")
        .bytes_per_iteration(sizeof(std::uint32_t))
        .stateful();
    family.axis("states", sizes.states)
        .unit("{state}")
        .help("states of the first factor, which has 4 actions")
        .quick(1);
    family.axis("states2", sizes.states2).unit("{state}").help("states of the second factor").zip();
    family.axis("actions2", sizes.actions2)
        .unit("{action}")
        .help("actions of the second factor: (4 * actions2)^depth policies")
        .quick(1)
        .standard(std::min<std::size_t>(sizes.actions2.size(), 2));
    family.axis("depth", sizes.depth).unit("{step}").help("steps of a policy").zip();
    choices.quick_paths = 3;
    add_cache_axes(family, choices);
    add_cache_metrics(family);
    add_work_metrics(family, "{request}");
    add_logarithm_metrics(family, "{request}");
}

} // namespace

void add_intermediate(assay::suite& suite) {
    const std::vector<assay::axis_value> paths{"full", "cached", "kept"};
    declare_intermediate(suite,
                         "intermediate",
                         "expected free energy of all policies from a belief, one request each",
                         {{10, 20, 25}, {10, 20, 12}, {1, 4, 2}, {3, 1, 2}},
                         all_cache_axes(paths, kIntermediateEpisode));
    // Of a single step: a belief of three takes most of the smallest limit by itself.
    declare_intermediate(suite,
                         "intermediate_memory",
                         "intermediate: the limit of the cache against the working set",
                         {{10}, {10}, {4}, {1}},
                         memory_axes(paths, kIntermediateEpisode, 1));
    declare_intermediate(suite,
                         "intermediate_phase",
                         "intermediate: from an empty cache, and with all that is asked for in it",
                         {{10}, {10}, {1}, {3}},
                         phase_axes(paths, kIntermediateEpisode));
}

} // namespace assay::matrix_caching
