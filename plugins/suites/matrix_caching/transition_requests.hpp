// The inputs of one case of the family `transition`: a random model and the action sequences that
// are asked for. Made from the case's seed and its axes; nothing in it depends on a path.
//
//   TransitionRequests requests({.states = 20, .depth = 4, .working_set_bytes = 4 << 20, .seed =
//   1}); path.fetch(requests.factor(key), requests.actions(key));
//
// A request asks for one of the 4^depth action sequences of one factor. The working set is the
// first `count()` of all sequences in the order of a policy tree (first step slowest), with
// as many factors as it takes.
// Immutable after construction, but for the version of the model.
#pragma once

#include "active_inference/transition_matrices.hpp"
#include "active_inference/transition_path.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::matrix_caching {

inline constexpr std::size_t kActions = 4;
inline constexpr std::size_t kStatesMax = 512;
inline constexpr std::size_t kDepthMax = 8;

struct TransitionAxes {
    std::size_t states = 0, depth = 0;
    std::size_t working_set_bytes = 0; // of the entries of all requests
    std::uint64_t seed = 0;
};

// Entries of the first `requests` sequences in tree order and of their prefixes of two and more
// steps (of one step there is nothing to keep).
[[nodiscard]] std::size_t
request_bytes(std::uint64_t requests, std::size_t states, std::size_t depth) noexcept;

// How many requests' entries, and those of their prefixes, a cache holds in that many bytes; at
// least 1.
[[nodiscard]] std::uint32_t
requests_in(std::size_t bytes, std::size_t states, std::size_t depth) noexcept;

// Bytes of the model that such a stream needs.
[[nodiscard]] std::size_t model_bytes(const TransitionAxes& axes) noexcept;

class TransitionRequests {
public:
    explicit TransitionRequests(const TransitionAxes& axes);

    [[nodiscard]] const active_inference::TransitionMatrices& matrices() const noexcept {
        return matrices_;
    }

    [[nodiscard]] const TransitionAxes& axes() const noexcept { return axes_; }

    // Different requests.
    [[nodiscard]] std::uint32_t count() const noexcept { return count_; }

    // All entries that a cache without limit would end up with: requests and their prefixes.
    [[nodiscard]] std::size_t entry_bytes() const noexcept;

    [[nodiscard]] std::size_t factor(std::uint32_t key) const noexcept {
        return key >> sequence_bits_;
    }

    [[nodiscard]] active_inference::ActionSequence actions(std::uint32_t key) const noexcept {
        const std::uint32_t sequence = key & ((std::uint32_t{1} << sequence_bits_) - 1);
        return active_inference::ActionSequence(sequences_)
            .subspan(sequence * axes_.depth, axes_.depth);
    }

    void raise_version() noexcept { matrices_.raise_version(); }

private:
    TransitionAxes axes_;
    std::uint32_t count_;
    std::uint32_t sequence_bits_; // a factor has 2^bits sequences
    active_inference::TransitionMatrices matrices_;
    std::vector<std::uint8_t> sequences_; // [sequence][step]
};

} // namespace assay::matrix_caching
