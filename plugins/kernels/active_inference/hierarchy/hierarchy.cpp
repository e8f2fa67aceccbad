#include "active_inference/hierarchy/hierarchy.hpp"

#include "active_inference/hierarchy/belief_change.hpp"
#include "active_inference/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace assay::active_inference {
namespace {

UpdateCost products(std::size_t times, std::uint64_t ops) noexcept {
    const auto count = static_cast<std::int64_t>(times);
    return {.contractions = count, .multiply_adds = count * static_cast<std::int64_t>(ops)};
}

} // namespace

Hierarchy::Hierarchy(const HierarchicalModel& model, HierarchyOptions options)
    : options_(options)
    , episode_length_(model.episode_length)
    , prior_(model.prior) {
    if (const auto fault = hierarchy_fault(model)) {
        throw std::invalid_argument(fault->message);
    }
    if (!(options.threshold >= 0)) {
        throw std::invalid_argument("threshold is " + number_text(options.threshold) +
                                    ", expected a number of nats, 0 or above");
    }
    levels_.reserve(model.levels.size());
    for (const HierarchyLevel& level : model.levels) {
        const bool top = levels_.size() + 1 == model.levels.size();
        levels_.push_back({.filter = EpisodeFilter(level.transition, top ? 1 : episode_length_),
                           .next = RememberedProduct(level.transition),
                           .below = RememberedProduct(level.likelihood),
                           .likelihood = level.likelihood,
                           .up = Contraction(level.likelihood.shape, {1}),
                           .weight = std::vector<double>(level.states()),
                           .sent = std::vector<double>(level.states())});
    }
    restart();
}

void Hierarchy::restart() noexcept {
    observed_ = false;
    past_evidence_ = 0;
    evidence_ = 0;
    for (Level& level : levels_) {
        level.next.forget();
        level.below.forget();
    }
    levels_.back().filter.begin(prior_);
    begin_below(levels_.size() - 1);
    work_ = {};
}

// Every level under this one starts an episode, of which nothing was sent yet: a likelihood that is
// the same for all first states.
void Hierarchy::begin_below(std::size_t level) noexcept {
    for (std::size_t at = level; at > 0; --at) {
        product(levels_[at].below, levels_[at].filter.belief());
        Level& below = levels_[at - 1];
        below.filter.begin(levels_[at].below.result());
        std::ranges::fill(below.sent, 1.0 / static_cast<double>(below.sent.size()));
    }
}

void Hierarchy::product(RememberedProduct& product, std::span<const double> vector) noexcept {
    const bool selective = options_.path == HierarchyPath::selective;
    const bool computed = product.update(vector, selective ? Remember::yes : Remember::no);
    const UpdateCost cost = products(1, product.ops());
    (computed ? work_.done : work_.skipped) += cost;
    work_.total += cost;
}

// Of one level at one observation: A^T lambda, and the backward recursion of its own lambda.
UpdateCost Hierarchy::cost(std::size_t level) const noexcept {
    UpdateCost share;
    if (level > 0) {
        share += products(1, levels_[level].up.ops());
    }
    if (!is_top(level)) {
        share += products(levels_[level].filter.position(), levels_[level].filter.ops());
    }
    return share;
}

std::size_t Hierarchy::observe(std::size_t outcome) noexcept {
    const bool selective = options_.path == HierarchyPath::selective;
    const bool repeated = selective && observed_ && outcome == outcome_;
    outcome_ = outcome;
    observed_ = true;
    std::size_t computed = 0;
    bool going = !repeated;
    for (std::size_t level = 0; level < levels_.size(); ++level) {
        const UpdateCost share = cost(level);
        work_.total += share;
        going = going && (level == 0 || sends(level - 1));
        if (going) {
            compute(level, outcome);
            ++computed;
        } else {
            work_.skipped += share;
        }
    }
    work_.levels_computed += computed;
    work_.levels_total += levels_.size();
    return computed;
}

void Hierarchy::compute(std::size_t level, std::size_t outcome) noexcept {
    Level& here = levels_[level];
    const std::size_t states = here.weight.size();
    if (level == 0) {
        const auto row = std::span(here.likelihood.data).subspan(outcome * states, states);
        evidence_ = std::log(here.filter.weigh(row));
    } else {
        const double* vectors[] = {levels_[level - 1].sent.data(), nullptr};
        here.up(here.likelihood.data.data(), vectors, here.weight.data(), nullptr);
        work_.done += products(1, here.up.ops());
        (void)here.filter.weigh(here.weight);
    }
    if (!is_top(level)) {
        here.filter.infer_first_state();
        work_.done += products(here.filter.position(), here.filter.ops());
    }
}

// Whether the level above hears of it; if so it is what was sent last.
bool Hierarchy::sends(std::size_t level) noexcept {
    Level& here = levels_[level];
    const std::span<const double> lambda = here.filter.first_state_likelihood();
    if (options_.path == HierarchyPath::selective) {
        UpdateCost asking; // of which the full path has nothing
        const bool above = diverges(lambda, here.sent, options_.threshold, asking);
        work_.done += asking;
        work_.skipped += -1 * asking;
        if (!above) {
            return false;
        }
    }
    std::ranges::copy(lambda, here.sent.begin());
    return true;
}

void Hierarchy::advance() noexcept {
    past_evidence_ += evidence_;
    evidence_ = 0;
    observed_ = false;
    std::size_t level = 0;
    while (!is_top(level) && levels_[level].filter.position() + 1 == episode_length_) {
        ++level;
    }
    product(levels_[level].next, levels_[level].filter.belief());
    levels_[level].filter.advance(levels_[level].next.result());
    begin_below(level);
}

double Hierarchy::withheld(std::size_t level) const noexcept {
    const Level& here = levels_[level];
    return is_top(level) ? 0 : divergence(here.filter.first_state_likelihood(), here.sent);
}

std::optional<ModelFault> Hierarchy::outcome_fault(std::size_t step, std::size_t outcome) const {
    const std::size_t outcomes = levels_[0].likelihood.shape[0];
    if (outcome < outcomes) {
        return std::nullopt;
    }
    return ModelFault{"observations",
                      {step},
                      "observations[" + std::to_string(step) + "] is " + std::to_string(outcome) +
                          ", expected a number below " + std::to_string(outcomes)};
}

double belief_error(const Hierarchy& one, const Hierarchy& other, std::size_t level) noexcept {
    return largest_change(one.belief(level), other.belief(level));
}

} // namespace assay::active_inference
