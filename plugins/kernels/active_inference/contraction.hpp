// A tensor contracted with one vector per axis, except the axes that are kept:
//   out[k...] = sum over the other axes of T[i...] * prod v_axis[i_axis]
// as a row of matrix-vector products on reshaped views, the longest axis first (of equals the later
// one): an order that depends on the shape alone, so that equal inputs give equal bits.
//
//   const Contraction predict(likelihood.shape, {0});        // keeps the outcomes
//   std::vector<double> work(predict.workspace());
//   const double* states[] = {nullptr, q0, q1};              // a kept axis' entry is not read
//   predict(likelihood.data.data(), states, outcomes, work.data());
//
// A plan: made once per shape, used often, by any thread with a workspace of its own. Allocates in
// its constructor only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace assay::active_inference {

class Contraction {
public:
    Contraction() = default;
    // `kept` in ascending order.
    Contraction(std::span<const std::size_t> shape, std::span<const std::size_t> kept);

    Contraction(std::span<const std::size_t> shape, std::initializer_list<std::size_t> kept)
        : Contraction(shape, std::span<const std::size_t>(kept.begin(), kept.size())) {}

    // `vectors` has an entry per axis; `out` has outputs() entries and overlaps nothing else.
    void operator()(const double* tensor,
                    const double* const* vectors,
                    double* out,
                    double* work) const noexcept;

    [[nodiscard]] std::size_t outputs() const noexcept { return outputs_; }

    // Doubles that `work` must have room for.
    [[nodiscard]] std::size_t workspace() const noexcept { return workspace_; }

    // Multiply-adds of one call.
    [[nodiscard]] std::uint64_t ops() const noexcept { return ops_; }

private:
    // The tensor seen as [outer, extent, inner], summed over the middle.
    struct Step {
        std::size_t axis = 0, outer = 0, extent = 0, inner = 0;
    };

    std::vector<Step> steps_;
    std::size_t outputs_ = 0;
    std::size_t workspace_ = 0;
    std::uint64_t ops_ = 0;
};

} // namespace assay::active_inference
