#include "transition_case.hpp"

#include "cache_metrics.hpp"
#include "transition_reference.hpp"
#include "transition_requests.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::size_t kMatricesBytesMax = std::size_t{256}
                                          << 20; // per launch, beside everything else
constexpr int kTransitionEpisode = 256;          // the sequences of one factor

struct SizeChoices {
    std::vector<assay::axis_value> states, depth;
};

template <class Transitions>
Results fetched(Transitions& transitions, const TransitionRequests& requests, std::uint32_t key) {
    const ai::StepTransition found = transitions.fetch(requests.factor(key), requests.actions(key));
    return {found.product, found.smoothing};
}

class FullTransitionPath final : public LoopingPath<FullTransitionPath> {
public:
    explicit FullTransitionPath(const TransitionRequests& requests)
        : requests_(requests)
        , full_(requests.matrices()) {}

    Results fetch(std::uint32_t key) override { return fetched(full_, requests_, key); }

    [[nodiscard]] PathCounts counts() const noexcept override { return {{}, {full_.work()}}; }

private:
    const TransitionRequests& requests_;
    ai::FullTransitions full_;
};

class CachedTransitionPath final : public LoopingPath<CachedTransitionPath> {
public:
    CachedTransitionPath(const TransitionRequests& requests, ai::ByteCacheOptions cache)
        : requests_(requests)
        , cached_(requests.matrices(), cache) {}

    Results fetch(std::uint32_t key) override { return fetched(cached_, requests_, key); }

    [[nodiscard]] PathCounts counts() const noexcept override {
        return {cached_.counts(), {cached_.work()}};
    }

    [[nodiscard]] const ai::ByteCache* cache() const noexcept override { return &cached_.cache(); }

    void forget() noexcept override { cached_.clear_cache(); }

private:
    const TransitionRequests& requests_;
    ai::CachedTransitions cached_;
};

class TransitionWorkload final : public Workload {
public:
    explicit TransitionWorkload(const TransitionAxes& axes)
        : requests_(axes) {}

    [[nodiscard]] std::uint32_t key_count() const noexcept override { return requests_.count(); }

    [[nodiscard]] std::size_t entry_bytes() const noexcept override {
        return requests_.entry_bytes();
    }

    [[nodiscard]] std::size_t result_bytes() const noexcept override {
        const TransitionAxes& axes = requests_.axes();
        return requests_.count() * ai::CachedTransitions::entry_bytes(axes.states, axes.depth);
    }

    [[nodiscard]] std::uint32_t keys_in(std::size_t bytes) const noexcept override {
        return requests_in(bytes, requests_.axes().states, requests_.axes().depth);
    }

    [[nodiscard]] std::unique_ptr<RequestPath>
    make_path(std::string_view name, ai::ByteCacheOptions cache) const override {
        if (name == "full") {
            return std::make_unique<FullTransitionPath>(requests_);
        }
        return name == "cached" ? std::make_unique<CachedTransitionPath>(requests_, cache)
                                : nullptr;
    }

    [[nodiscard]] ai::PathWork request_work() const noexcept override {
        return {ai::request_work(requests_.axes().states, requests_.axes().depth)};
    }

    [[nodiscard]] std::optional<std::string>
    reference_difference(std::uint32_t key, const Results& found) const override {
        return transition_difference(requests_.matrices(),
                                     requests_.factor(key),
                                     requests_.actions(key),
                                     {found.first, found.second});
    }

    [[nodiscard]] std::string describe(std::uint32_t key) const override {
        std::string text = "factor " + std::to_string(requests_.factor(key)) + ", actions";
        for (const std::uint8_t action : requests_.actions(key)) {
            text += " " + std::to_string(action);
        }
        return text;
    }

    void raise_version() noexcept override { requests_.raise_version(); }

    [[nodiscard]] std::size_t kept_bytes() const noexcept override {
        return ai::CachedTransitions::entry_bytes(requests_.axes().states, requests_.axes().depth);
    }

    // The smoothing transpose, which every request takes that is not found whole.
    [[nodiscard]] double measure_part_ns(std::span<const std::uint32_t> keys,
                                         std::size_t keys_per_reading,
                                         const NanosecondClock& now_ns) const override {
        ai::FullTransitions one_step(requests_.matrices());
        return least_ns(keys, keys_per_reading, now_ns, [&](std::uint32_t key) {
            const ai::ActionSequence first = requests_.actions(key).first(1);
            assay::keep(one_step.fetch(requests_.factor(key), first).smoothing.data());
        });
    }

    [[nodiscard]] double speedup_bound(const RecordedWork& recorded,
                                       const AccessCost& cost) const override {
        return transition_bound(recorded, cost, requests_.axes().depth);
    }

private:
    TransitionRequests requests_;
};

} // namespace

double
transition_bound(const RecordedWork& recorded, const AccessCost& cost, std::size_t depth) noexcept {
    const auto misses = static_cast<double>(recorded.counts.fetch.misses);
    const double products = static_cast<double>(recorded.counts.work.contractions_done) - misses;
    const double product_ns =
        depth == 1 ? 0
                   : std::max(cost.build_ns - cost.part_ns, 0.0) / static_cast<double>(depth - 1);
    const double spent = static_cast<double>(recorded.counts.fetch.hits) * cost.hit_ns +
                         misses * cost.part_ns + products * product_ns +
                         static_cast<double>(recorded.kept) * cost.keep_ns;
    return static_cast<double>(recorded.requests) * cost.build_ns / spent;
}

std::unique_ptr<Workload> make_transition_workload(const assay::params& params,
                                                   const CacheAxes& axes) {
    TransitionAxes own{bounded_size(params, "states", kStatesMax),
                       bounded_size(params, "depth", kDepthMax),
                       axes.working_set_bytes(),
                       params.seed()};
    own.working_set_bytes = rounded_up(
        own.working_set_bytes,
        requests_in(own.working_set_bytes, own.states, own.depth),
        [&](std::uint32_t requests) { return request_bytes(requests, own.states, own.depth); });
    if (const std::size_t bytes = model_bytes(own); bytes > kMatricesBytesMax) {
        throw assay::skip("a working set of " + std::to_string(own.working_set_bytes) +
                          " bytes needs a model of " + std::to_string(bytes) +
                          " bytes, more than " + std::to_string(kMatricesBytesMax));
    }
    return std::make_unique<TransitionWorkload>(own);
}

namespace {

void declare_transition(assay::suite& suite,
                        const char* name,
                        const char* help,
                        const SizeChoices& sizes,
                        const CacheAxisChoices& choices) {
    assay::family_builder family = suite.custom<TransitionCase>(name, assay::shape::independent);
    family.help(help)
        .tags("active-inference", "cache")
        .bytes_per_iteration(sizeof(std::uint32_t))
        .stateful();
    family.axis("states", sizes.states)
        .unit("{state}")
        .help("states of each factor; matrices are states x states")
        .quick(1);
    family.axis("depth", sizes.depth)
        .unit("{step}")
        .help("steps of an action sequence; 4 actions, so 4^depth sequences a factor")
        .quick(1);
    add_cache_axes(family, choices);
    add_cache_metrics(family);
    add_work_metrics(family, "{request}");
}

} // namespace

void add_transition(assay::suite& suite) {
    const std::vector<assay::axis_value> paths{"full", "cached"};
    declare_transition(suite,
                       "transition",
                       "k-step transition products and their smoothing transpose, one request each",
                       {{20, 40}, {4, 2, 1, 3}},
                       all_cache_axes(paths, kTransitionEpisode));
    declare_transition(suite,
                       "transition_order",
                       "transition: the order of the requests against the way of eviction",
                       {{20}, {4}},
                       order_axes(paths, kTransitionEpisode));
    declare_transition(suite,
                       "transition_memory",
                       "transition: the limit of the cache against the working set",
                       {{20}, {4}},
                       memory_axes(paths, kTransitionEpisode, 2));
    declare_transition(suite,
                       "transition_phase",
                       "transition: from an empty cache, and with all that is asked for in it",
                       {{20}, {4}},
                       phase_axes(paths, kTransitionEpisode));
}

} // namespace assay::matrix_caching
