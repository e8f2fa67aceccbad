#include "likelihood_case.hpp"

#include "active_inference/logarithm.hpp"
#include "bitwise.hpp"
#include "cache_metrics.hpp"
#include "likelihood_requests.hpp"

#include <algorithm>
#include <string>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::size_t kModalityStatesMax = 256, kFactorsMax = 8;
constexpr std::size_t kLikelihoodBytesMax = std::size_t{256}
                                            << 20; // per launch, beside everything else
constexpr int kLikelihoodEpisode = 256;
constexpr double kLikelihoodTolerance = 1e-12; // sums of a few terms of one sign

class FullLikelihoodPath final : public LoopingPath<FullLikelihoodPath> {
public:
    explicit FullLikelihoodPath(const LikelihoodRequests& requests)
        : requests_(requests)
        , full_(requests.model()) {}

    Results fetch(std::uint32_t key) override { return {full_.fetch(requests_.outcomes(key))}; }

    [[nodiscard]] PathCounts counts() const noexcept override { return {{}, full_.work()}; }

private:
    const LikelihoodRequests& requests_;
    ai::FullLikelihoods full_;
};

class CachedLikelihoodPath final : public LoopingPath<CachedLikelihoodPath> {
public:
    CachedLikelihoodPath(const LikelihoodRequests& requests, ai::LikelihoodCacheOptions options)
        : requests_(requests)
        , cached_(requests.model(), options) {}

    Results fetch(std::uint32_t key) override { return {cached_.fetch(requests_.outcomes(key))}; }

    [[nodiscard]] PathCounts counts() const noexcept override {
        return {cached_.counts(), cached_.work()};
    }

    [[nodiscard]] const ai::ByteCache* cache() const noexcept override { return &cached_.cache(); }

    void forget() noexcept override { cached_.clear_cache(); }

private:
    const LikelihoodRequests& requests_;
    ai::CachedLikelihoods cached_;
};

class LikelihoodWorkload final : public Workload {
public:
    explicit LikelihoodWorkload(const LikelihoodAxes& axes)
        : requests_(axes) {}

    [[nodiscard]] std::uint32_t key_count() const noexcept override { return requests_.count(); }

    [[nodiscard]] std::size_t entry_bytes() const noexcept override {
        return observation_bytes(requests_.axes(), requests_.count());
    }

    [[nodiscard]] std::size_t result_bytes() const noexcept override {
        const LikelihoodAxes& axes = requests_.axes();
        return requests_.count() *
               ai::CachedLikelihoods::sum_bytes(joint_states(axes), axes.factors);
    }

    [[nodiscard]] std::uint32_t keys_in(std::size_t bytes) const noexcept override {
        return observations_in(requests_.axes(), bytes);
    }

    [[nodiscard]] std::unique_ptr<RequestPath>
    make_path(std::string_view name, ai::ByteCacheOptions cache) const override {
        if (name == "full") {
            return std::make_unique<FullLikelihoodPath>(requests_);
        }
        if (name == "slices" || name == "cached") {
            return std::make_unique<CachedLikelihoodPath>(
                requests_, ai::LikelihoodCacheOptions{cache, name == "cached"});
        }
        return nullptr;
    }

    [[nodiscard]] ai::PathWork request_work() const noexcept override {
        return ai::likelihood_work(joint_states(requests_.axes()), requests_.axes().factors);
    }

    [[nodiscard]] std::optional<std::string>
    reference_difference(std::uint32_t key, const Results& found) const override;

    [[nodiscard]] std::string describe(std::uint32_t key) const override {
        std::string text = "outcomes";
        for (const std::uint32_t outcome : requests_.outcomes(key)) {
            text += " " + std::to_string(outcome);
        }
        return text;
    }

    void raise_version() noexcept override { requests_.raise_version(); }

    // Adding up slices that are there: as a path does that keeps nothing else.
    [[nodiscard]] double measure_part_ns(std::span<const std::uint32_t> keys,
                                         std::size_t keys_per_reading,
                                         const NanosecondClock& now_ns) const override;

    [[nodiscard]] std::size_t kept_bytes() const noexcept override {
        return ai::CachedLikelihoods::slice_bytes(joint_states(requests_.axes()));
    }

    [[nodiscard]] double speedup_bound(const RecordedWork& recorded,
                                       const AccessCost& cost) const override;

private:
    LikelihoodRequests requests_;
};

std::optional<std::string> LikelihoodWorkload::reference_difference(std::uint32_t key,
                                                                    const Results& found) const {
    const std::size_t cells = joint_states(requests_.axes());
    std::vector<double> expected(cells, 0.0);
    const ai::OutcomeVector outcomes = requests_.outcomes(key);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        for (std::size_t m = 0; m < outcomes.size(); ++m) {
            expected[cell] += std::log(
                requests_.model().likelihoods[m].data[outcomes[m] * cells + cell] + ai::kLogFloor);
        }
    }
    return distance("joint log-likelihood", expected, found.first, kLikelihoodTolerance);
}

double LikelihoodWorkload::measure_part_ns(std::span<const std::uint32_t> keys,
                                           std::size_t keys_per_reading,
                                           const NanosecondClock& now_ns) const {
    CachedLikelihoodPath slices(requests_, {{}, false});
    const auto add_up = [&](std::uint32_t key) { assay::keep(slices.fetch(key).first.data()); };
    std::ranges::for_each(keys, add_up); // now they are there
    return least_ns(keys, keys_per_reading, now_ns, add_up);
}

// A hit costs hit_ns; a miss adds up slices, computes those that were not there, and keeps.
double LikelihoodWorkload::speedup_bound(const RecordedWork& recorded,
                                         const AccessCost& cost) const {
    const LikelihoodAxes& axes = requests_.axes();
    const auto lookups = static_cast<double>(recorded.counts.fetch.lookups);
    const auto hits = static_cast<double>(recorded.counts.fetch.hits);
    const double slices = static_cast<double>(recorded.counts.work.logarithms_done) /
                          static_cast<double>(joint_states(axes));
    const double slice_ns =
        std::max(cost.build_ns - cost.part_ns, 0.0) / static_cast<double>(axes.factors);
    const double spent = hits * cost.hit_ns + (lookups - hits) * cost.part_ns + slices * slice_ns +
                         static_cast<double>(recorded.kept) * cost.keep_ns;
    return lookups * cost.build_ns / spent;
}

} // namespace

std::unique_ptr<Workload> make_likelihood_workload(const assay::params& params,
                                                   const CacheAxes& axes) {
    LikelihoodAxes own{bounded_size(params, "states", kModalityStatesMax),
                       bounded_size(params, "factors", kFactorsMax),
                       axes.working_set_bytes(),
                       params.seed()};
    own.working_set_bytes = rounded_up(
        own.working_set_bytes,
        observations_in(own, own.working_set_bytes),
        [&](std::uint32_t observations) { return observation_bytes(own, observations); });
    if (const std::size_t bytes = likelihood_model_bytes(own); bytes > kLikelihoodBytesMax) {
        throw assay::skip(std::to_string(own.factors) + " factors of " +
                          std::to_string(own.states) + " states and a working set of " +
                          std::to_string(own.working_set_bytes) + " bytes need a model of " +
                          std::to_string(bytes) + " bytes or more, the most is " +
                          std::to_string(kLikelihoodBytesMax));
    }
    return std::make_unique<LikelihoodWorkload>(own);
}

namespace {

void declare_likelihood(assay::suite& suite,
                        const char* name,
                        const char* help,
                        const std::vector<assay::axis_value>& factors,
                        const std::vector<assay::axis_value>& states,
                        CacheAxisChoices choices) {
    assay::family_builder family = suite.custom<LikelihoodCase>(name, assay::shape::independent);
    family.help(help)
        .tags("active-inference", "cache")
        .bytes_per_iteration(sizeof(std::uint32_t))
        .stateful();
    family.axis("factors", factors)
        .unit("{factor}")
        .help("hidden factors, and modalities that see all of them")
        .quick(1);
    family.axis("states", states)
        .unit("{state}")
        .help("states of each factor; a slice has states^factors values")
        .quick(1)
        .standard(1);
    choices.quick_paths = 3;
    add_cache_axes(family, choices);
    add_cache_metrics(family);
    add_work_metrics(family, "{request}");
    add_logarithm_metrics(family, "{request}");
}

} // namespace

void add_likelihood(assay::suite& suite) {
    const std::vector<assay::axis_value> paths{"full", "cached", "slices"};
    CacheAxisChoices sizes = all_cache_axes(paths, kLikelihoodEpisode);
    sizes.access.standard = 2;
    declare_likelihood(suite,
                       "likelihood",
                       "joint log-likelihood of an observation over all states, one request each",
                       {2, 3},
                       {25, 35},
                       sizes);
    declare_likelihood(suite,
                       "likelihood_memory",
                       "likelihood: the limit of the cache against the working set",
                       {2},
                       {25},
                       memory_axes(paths, kLikelihoodEpisode, 2));
    declare_likelihood(suite,
                       "likelihood_phase",
                       "likelihood: from an empty cache, and with all that is asked for in it",
                       {2},
                       {25},
                       phase_axes(paths, kLikelihoodEpisode));
}

} // namespace assay::matrix_caching
