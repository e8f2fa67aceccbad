#include "hierarchical_case.hpp"

#include "active_inference/hierarchy/hierarchy_sampler.hpp"
#include "active_inference/number_text.hpp"
#include "random_source/random_source.hpp"
#include "update_metrics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <string>

namespace assay::selective_updates {

namespace ai = active_inference;

namespace {

constexpr std::array<std::size_t, 5> kHierarchyStates{16, 12, 8, 6, 4}; // from the fastest level up
constexpr std::size_t kHierarchyOutcomes = 10;
constexpr int kSharpness = 4;
constexpr std::uint64_t kHierarchyModelSeed = 1, kHierarchyVerifySeed = 2, kHierarchyBatchSeed = 3;
constexpr std::size_t kVerifySteps = 4096; // 16 steps of the top of five levels
constexpr double kHierarchyExact = 1e-12;  // with a threshold of 0
constexpr double kNormalised = 1e-12;
// What the errors at larger thresholds are held against, each at least so far below.
constexpr std::array<double, 3> kSmaller{1e-6, 1e-3, 1e-1};
constexpr double kApart = 10;
constexpr double kMonotone = 0.9;

ai::HierarchicalModel hierarchy_of(const assay::params& params) {
    const std::size_t levels =
        size_between(params, "levels", {.least = 1, .most = kHierarchyStates.size()});
    const auto end = kHierarchyStates.begin() + static_cast<std::ptrdiff_t>(levels);
    return ai::random_hierarchy({.states = {kHierarchyStates.begin(), end},
                                 .outcomes = kHierarchyOutcomes,
                                 .sharpness = kSharpness},
                                derived_seed(params.seed(), kHierarchyModelSeed));
}

ai::HierarchyOptions options_of(UpdatePath path, double threshold) {
    return path == UpdatePath::full ? ai::HierarchyOptions{}
                                    : ai::HierarchyOptions{ai::HierarchyPath::selective, threshold};
}

std::string error_key(std::size_t level) {
    return "max_abs_error_level_" + std::to_string(level);
}

void require_sound(const ai::Hierarchy& hierarchy, std::size_t level, double threshold) {
    const std::span<const double> q = hierarchy.belief(level);
    const double sum = std::accumulate(q.begin(), q.end(), 0.0);
    if (!(std::abs(sum - 1) <= kNormalised) || !(std::ranges::min(q) >= 0)) {
        throw assay::wrong_result("beliefs of level " + std::to_string(level) + " sum to " +
                                  ai::number_text(sum) + " with " +
                                  ai::number_text(std::ranges::min(q)) +
                                  " the smallest, expected 1 within 1e-12 and none below 0");
    }
    if (!(hierarchy.withheld(level) <= threshold)) {
        throw assay::wrong_result("level " + std::to_string(level) + " withholds a divergence of " +
                                  ai::number_text(hierarchy.withheld(level)) +
                                  ", expected at most theta, " + ai::number_text(threshold));
    }
}

void require_exact(std::span<const double> errors) {
    for (std::size_t level = 0; level < errors.size(); ++level) {
        if (!(errors[level] <= kHierarchyExact)) {
            throw assay::wrong_result("beliefs of level " + std::to_string(level) +
                                      " with theta 0 differ from the full path's by " +
                                      ai::number_text(errors[level]) + ", expected at most 1e-12");
        }
    }
}

void require_monotone(double smaller, double at_smaller, double larger, double at_larger) {
    if (!(larger >= kMonotone * smaller)) {
        throw assay::wrong_result("beliefs are off by " + ai::number_text(larger) + " with theta " +
                                  ai::number_text(at_larger) + " and by " +
                                  ai::number_text(smaller) + " with theta " +
                                  ai::number_text(at_smaller) +
                                  ", expected an error that grows with theta, within a tenth");
    }
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
    for (std::size_t level = 0; level < kHierarchyStates.size(); ++level) {
        family.metric(error_key(level), "1", lower, assay::max)
            .help("largest difference of a belief of this level, 0 the fastest");
    }
    family.metric("max_abs_error_top", "1", lower, assay::max)
        .help("largest difference of a belief of the top level, the slowest");
    add_count(family, "levels_computed", "{level}")
        .help("levels inferred anew, level 0 among them");
    add_count(family, "levels_total", "{level}").help("all levels");
    family.metric("levels_share", "1", lower, assay::mean).help("levels_computed / levels_total");
}

HierarchicalCase::HierarchicalCase(const assay::params& params)
    : seed_(params.seed())
    , threshold_(number_between(params, "theta", {.least = 0, .most = 1e6}))
    , path_(path_of(params))
    , model_(hierarchy_of(params))
    , hierarchy_(model_, options_of(path_, threshold_)) {}

void HierarchicalCase::draw(std::uint64_t seed, std::vector<std::uint32_t>& outcomes) const {
    ai::HierarchySampler sampler(model_, seed);
    for (std::uint32_t& outcome : outcomes) {
        outcome = static_cast<std::uint32_t>(sampler.next());
    }
}

// Restarts both. Throws where a belief is no distribution, or a level withholds more than the
// threshold.
HierarchicalCase::Difference
HierarchicalCase::difference(ai::Hierarchy& one, ai::Hierarchy& full, double threshold) const {
    std::vector<std::uint32_t> outcomes(kVerifySteps);
    draw(derived_seed(seed_, kHierarchyVerifySeed), outcomes);
    Difference found{.levels = std::vector<double>(one.size()), .values = 0};
    one.restart();
    full.restart();
    for (const std::uint32_t outcome : outcomes) {
        one.observe(outcome);
        full.observe(outcome);
        for (std::size_t level = 0; level < one.size(); ++level) {
            require_sound(one, level, threshold);
            found.levels[level] = std::max(found.levels[level], ai::belief_error(one, full, level));
            found.values += one.belief(level).size();
        }
        one.advance();
        full.advance();
    }
    return found;
}

// The full path is held to the selective one with threshold 0, which goes another way to the same
// numbers, and so is the selective one whatever its threshold. Above 0 no error is promised, but it
// is no smaller than that of smaller thresholds on the same stream.
void HierarchicalCase::verify(assay::context& host) {
    ai::Hierarchy full(model_);
    ai::Hierarchy exact(model_, options_of(UpdatePath::selective, 0));
    const bool is_full = path_ == UpdatePath::full;
    const bool is_exact = !is_full && threshold_ == 0;
    Difference found = difference(is_exact ? hierarchy_ : exact, is_full ? hierarchy_ : full, 0);
    require_exact(found.levels);
    if (is_full) {
        report_error(host, {.values = found.values});
        return;
    }
    UpdateError error{.largest = {}, .bound = kHierarchyExact, .values = found.values};
    if (!is_exact) {
        found = difference(hierarchy_, full, threshold_);
        error.values += found.values;
        error.bound.reset();
        for (const double smaller : kSmaller) {
            if (smaller * kApart <= threshold_) {
                ai::Hierarchy other(model_, options_of(UpdatePath::selective, smaller));
                const Difference less = difference(other, full, smaller);
                require_monotone(less.largest(), smaller, found.largest(), threshold_);
                error.values += less.values;
            }
        }
    }
    error.largest = found.largest();
    report_error(host, error);
    for (std::size_t level = 0; level < found.levels.size(); ++level) {
        host.metric(error_key(level), found.levels[level]);
    }
    host.metric("max_abs_error_top", found.levels.back());
}

void HierarchicalCase::prepare(assay::batch& batch) {
    outcomes_.resize(static_cast<std::size_t>(batch.iterations()));
    draw(derived_seed(derived_seed(batch.seed(), kHierarchyBatchSeed), batch.lane().index),
         outcomes_);
    hierarchy_.restart();
}

void HierarchicalCase::run(assay::batch& batch) {
    ai::ResultDigest digest;
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
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    const ai::HierarchyWork& work = hierarchy_.work();
    const BatchReport report(host, batch.done());
    const auto computed = static_cast<std::int64_t>(work.levels_computed);
    const auto levels = static_cast<std::int64_t>(work.levels_total);
    report.work(work);
    report.count("levels_computed", computed);
    report.count("levels_total", levels);
    report.share("levels_share", computed, levels);
}

} // namespace assay::selective_updates
