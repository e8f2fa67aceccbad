// One level of a hierarchy within an episode: the belief about its current state, and what the
// whole episode so far says about its first state.
//
//   EpisodeFilter filter(transition, 4);
//   filter.begin(prior);
//   filter.weigh(likelihood);        // of the current step; again replaces what was weighed before
//   filter.infer_first_state();      // lambda(s_0) = p(o_1 ... o_j | s_0), scaled to sum 1:
//   filter.first_state_likelihood()
//   filter.advance(prediction);      // to the next step, B q
//
// Evidence that the belief holds impossible says nothing: the belief stays the prediction.
// Allocates in its constructor only. One thread at a time.
#pragma once

#include "active_inference/contraction.hpp"
#include "active_inference/tensor.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::active_inference {

class EpisodeFilter {
public:
    // `length` steps are kept for the likelihood of the first state: 1 where nobody asks for it and
    // the episode has no end.
    EpisodeFilter(Tensor transition, std::size_t length);

    [[nodiscard]] std::size_t position() const noexcept { return position_; }

    [[nodiscard]] std::span<const double> belief() const noexcept { return belief_; }

    void begin(std::span<const double> prior) noexcept;
    void advance(std::span<const double> prediction) noexcept;

    // p(evidence | what was before), 0 if impossible.
    double weigh(std::span<const double> likelihood) noexcept;

    // By backward recursion, position() matrix-vector products.
    void infer_first_state() noexcept;

    // As inferred last in this episode, uniform before.
    [[nodiscard]] std::span<const double> first_state_likelihood() const noexcept {
        return lambda_;
    }

    // Multiply-adds of each of them.
    [[nodiscard]] std::uint64_t ops() const noexcept { return back_.ops(); }

private:
    [[nodiscard]] std::span<double> row(std::size_t step) noexcept {
        return std::span(likelihoods_).subspan(step % length_ * belief_.size(), belief_.size());
    }

    Tensor transition_;
    Contraction back_; // over s'
    std::size_t length_;
    std::size_t position_ = 0;
    std::vector<double> prediction_, belief_;
    std::vector<double> likelihoods_; // [step][s]
    std::vector<double> lambda_, weighed_;
};

} // namespace assay::active_inference
