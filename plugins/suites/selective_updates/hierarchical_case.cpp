#include "hierarchical_case.hpp"

#include "active_inference/hierarchy/hierarchy_sampler.hpp"
#include "active_inference/random_source.hpp"
#include "update_metrics.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace assay::selective_updates {

namespace ai = active_inference;

namespace {

constexpr std::array<std::size_t, 5> kStates{16, 12, 8, 6, 4}; // from the fastest level up
constexpr std::size_t kOutcomes = 10;
constexpr int kSharpness = 4;
constexpr std::uint64_t kModelSeed = 1, kVerifySeed = 2, kBatchSeed = 3;
constexpr std::size_t kVerifySteps = 4096; // 16 steps of the top of five levels
constexpr double kExact = 1e-12;           // with a threshold of 0

ai::HierarchicalModel model_of(const assay::params& params) {
    const std::size_t levels = size_between(params, "levels", {.least = 1, .most = kStates.size()});
    const auto end = kStates.begin() + static_cast<std::ptrdiff_t>(levels);
    return ai::random_hierarchy(
        {.states = {kStates.begin(), end}, .outcomes = kOutcomes, .sharpness = kSharpness},
        ai::derived_seed(params.seed(), kModelSeed));
}

ai::HierarchyOptions options_of(UpdatePath path, double threshold) {
    return path == UpdatePath::full ? ai::HierarchyOptions{}
                                    : ai::HierarchyOptions{ai::HierarchyPath::selective, threshold};
}

ai::UpdateCost cost_of(const ai::WorkShare& share) {
    return {.contractions = static_cast<std::int64_t>(share.contractions),
            .multiply_adds = static_cast<std::int64_t>(share.ops)};
}

std::string error_key(std::size_t level) {
    return "max_abs_error_level_" + std::to_string(level);
}

} // namespace

void add_hierarchical(assay::suite& suite) {
    assay::family_builder family =
        suite.custom<HierarchicalCase>("hierarchical", assay::shape::chain);
    family.help("filtering a hierarchical hidden Markov model, one outcome each")
        .tags("active-inference", "selective")
        .bytes_per_iteration(sizeof(std::uint32_t))
        .stateful();
    family.axis("levels", {3, 5})
        .unit("{level}")
        .help("of 16, 12, 8, 6, 4 states; a level keeps its state for 4 steps of the one below")
        .quick({5});
    family.axis("theta", {0.0, 1e-6, 1e-3, 1e-1})
        .unit("nat")
        .help("divergence above which a level is told; the full path ignores it")
        .quick({0.0, 1e-3, 1e-1});
    add_path_axis(family);
    add_update_metrics(family);
    for (std::size_t level = 0; level < kStates.size(); ++level) {
        family.metric(error_key(level), "1", lower, assay::max)
            .help("largest difference of a belief of this level, 0 the fastest");
    }
    family.metric("levels_computed", "{level}", no_direction, assay::sum)
        .help("levels inferred anew, level 0 among them");
    family.metric("levels_total", "{level}", no_direction, assay::sum).help("levels times steps");
    family.metric("levels_share", "1", lower, assay::ratio("levels_computed", "levels_total"))
        .help("levels_computed / levels_total");
}

HierarchicalCase::HierarchicalCase(const assay::params& params)
    : seed_(params.seed())
    , threshold_(number_between(params, "theta", {.least = 0, .most = 1e6}))
    , path_(path_of(params))
    , model_(model_of(params))
    , hierarchy_(model_, options_of(path_, threshold_)) {}

void HierarchicalCase::draw(std::uint64_t seed, std::vector<std::uint32_t>& outcomes) const {
    ai::HierarchySampler sampler(model_, seed);
    for (std::uint32_t& outcome : outcomes) {
        outcome = static_cast<std::uint32_t>(sampler.next());
    }
}

// The full path is held to the selective one with threshold 0, which goes another way to the same
// numbers; a selective one is compared with the full path, and held to it where it is exact.
void HierarchicalCase::verify(assay::context& host) {
    const bool full = path_ == UpdatePath::full;
    ai::Hierarchy other(model_,
                        full ? options_of(UpdatePath::selective, 0) : ai::HierarchyOptions{});
    hierarchy_.restart();
    std::vector<std::uint32_t> outcomes(kVerifySteps);
    draw(ai::derived_seed(seed_, kVerifySeed), outcomes);
    std::vector<double> errors(model_.levels.size());
    UpdateError found;
    for (const std::uint32_t outcome : outcomes) {
        hierarchy_.observe(outcome);
        other.observe(outcome);
        for (std::size_t level = 0; level < errors.size(); ++level) {
            errors[level] = std::max(errors[level], ai::belief_error(hierarchy_, other, level));
            found.values += hierarchy_.belief(level).size();
        }
        hierarchy_.advance();
        other.advance();
    }
    const bool exact = full || threshold_ == 0;
    for (std::size_t level = 0; level < errors.size(); ++level) {
        if (!(errors[level] <= (exact ? kExact : 1.0))) {
            throw assay::wrong_result("beliefs of level " + std::to_string(level) + " differ by " +
                                      std::to_string(errors[level]) + ", expected at most " +
                                      (exact ? "1e-12" : "1"));
        }
        if (!full) {
            host.metric(error_key(level), errors[level]);
        }
    }
    if (!full) {
        found.largest = errors.back();
        found.bound = exact ? std::optional(kExact) : std::nullopt;
    }
    report_error(host, found);
}

void HierarchicalCase::prepare(assay::batch& batch) {
    outcomes_.resize(static_cast<std::size_t>(batch.iterations()));
    draw(ai::derived_seed(ai::derived_seed(batch.seed(), kBatchSeed), batch.lane().index),
         outcomes_);
    hierarchy_.restart();
}

void HierarchicalCase::run(assay::batch& batch) {
    ResultDigest digest;
    std::uint64_t done = 0;
    const std::size_t top = hierarchy_.size() - 1;
    for (const std::uint32_t outcome : outcomes_) {
        if (batch.cancelled()) {
            break;
        }
        hierarchy_.observe(outcome);
        digest.add(hierarchy_.belief(0).front());
        digest.add(hierarchy_.belief(top).front());
        hierarchy_.advance();
        ++done;
    }
    digest_ = digest;
    batch.done(done);
}

void HierarchicalCase::finish(assay::batch& batch, assay::context& host) {
    batch.checksum(digest_.value());
    if (batch.is_warmup()) {
        return;
    }
    const ai::HierarchyWork& work = hierarchy_.work();
    report_work(host, {cost_of(work.done), cost_of(work.skipped), cost_of(work.total)});
    host.metric("levels_computed", static_cast<double>(work.levels_computed));
    host.metric("levels_total", static_cast<double>(work.levels_total));
}

} // namespace assay::selective_updates
