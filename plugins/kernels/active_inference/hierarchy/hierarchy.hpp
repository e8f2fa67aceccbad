// Exact filtering of a hierarchical hidden Markov model, level by level, in full or only where
// something changed.
//
//   Hierarchy all(model, {.path = HierarchyPath::full});
//   Hierarchy few(model, {.path = HierarchyPath::selective, .threshold = 1e-3});
//   few.observe(3);                  // of the current step; again replaces it
//   few.belief(2)                    // about the current state of level 2, given all so far
//   few.advance();                   // to the next step
//   belief_error(few, all, 2)        // max |q - q_full|
//
// At every observation level 0 sends up lambda, what its episode so far says about the episode's
// first state; each level above weighs its current state with that and does the same with its own
// episode. When an episode ends the level above advances and sends down where the next begins.
// `full` computes every level at every observation and is exact. `selective` sends lambda up only
// if its divergence from the one sent last exceeds the threshold, and down only what changed: with
// threshold 0 it equals `full` to rounding.
//
// Allocates in its constructor only. One thread at a time. Same inputs, same bits.
#pragma once

#include "active_inference/hierarchy/episode_filter.hpp"
#include "active_inference/hierarchy/hierarchical_model.hpp"
#include "active_inference/hierarchy/hierarchy_work.hpp"
#include "active_inference/hierarchy/remembered_product.hpp"

namespace assay::active_inference {

enum class HierarchyPath { full, selective };

struct HierarchyOptions {
    HierarchyPath path = HierarchyPath::full;
    double threshold = 0; // theta in nats; of `selective`
};

class Hierarchy {
public:
    // The model is copied. Throws std::invalid_argument with the fault's message
    // (hierarchical_model.hpp), or for a threshold that is negative or no number.
    explicit Hierarchy(const HierarchicalModel& model, HierarchyOptions options = {});

    // To the first step, with nothing observed and no work counted.
    void restart() noexcept;

    // How many levels were computed. The outcome must exist (outcome_fault).
    std::size_t observe(std::size_t outcome) noexcept;
    void advance() noexcept;

    // With the path of the entry, for observation number `step` of a stream.
    [[nodiscard]] std::optional<ModelFault> outcome_fault(std::size_t step,
                                                          std::size_t outcome) const;

    [[nodiscard]] std::size_t size() const noexcept { return levels_.size(); }

    [[nodiscard]] std::span<const double> belief(std::size_t level) const noexcept {
        return levels_[level].filter.belief();
    }

    // ln p(all observations so far).
    [[nodiscard]] double log_evidence() const noexcept { return past_evidence_ + evidence_; }

    // The divergence of what the level would send up from what it sent last; nothing of the top. Of
    // either path: never above the threshold.
    [[nodiscard]] double withheld(std::size_t level) const noexcept;

    // Since construction or restart.
    [[nodiscard]] const HierarchyWork& work() const noexcept { return work_; }

private:
    struct Level {
        EpisodeFilter filter;
        RememberedProduct next;  // B q
        RememberedProduct below; // A q: where the episode below begins; unused in level 0
        Tensor likelihood;
        Contraction up;             // A^T lambda
        std::vector<double> weight; // its result
        std::vector<double> sent;   // lambda as it went up last
    };

    [[nodiscard]] bool is_top(std::size_t level) const noexcept {
        return level + 1 == levels_.size();
    }

    [[nodiscard]] UpdateCost cost(std::size_t level) const noexcept;
    void compute(std::size_t level, std::size_t outcome) noexcept;
    [[nodiscard]] bool sends(std::size_t level) noexcept;
    void product(RememberedProduct& product, std::span<const double> vector) noexcept;
    void begin_below(std::size_t level) noexcept;

    HierarchyOptions options_;
    std::size_t episode_length_;
    std::vector<double> prior_;
    std::vector<Level> levels_;
    std::size_t outcome_ = 0;
    bool observed_ = false; // the current step
    double past_evidence_ = 0;
    double evidence_ = 0;
    HierarchyWork work_;
};

// Largest difference of the beliefs of one level.
[[nodiscard]] double
belief_error(const Hierarchy& one, const Hierarchy& other, std::size_t level) noexcept;

} // namespace assay::active_inference
