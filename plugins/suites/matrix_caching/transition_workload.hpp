// The inputs of one case of the family `transition`: a random model, the action sequences, and the
// stream of requests. Made from the case's seed and its axes; nothing in it depends on a cache.
//
//   TransitionWorkload work({.states = 20, .depth = 4, .stream = *stream, .seed = 1});
//   work.draw(batch_seed, requests);
//   path.fetch(requests[i].factor, work.actions(requests[i]));
//
// A request asks for one of the 4^depth action sequences of one factor. The working set is the
// first `request_count()` of all sequences in the order of a policy tree (first step slowest), with
// as many factors as it takes.
// Immutable after construction.
#pragma once

#include "active_inference/transition_matrices.hpp"
#include "active_inference/transition_path.hpp"
#include "stream_configuration.hpp"

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
    StreamConfiguration stream;
    std::uint64_t seed = 0;
};

struct TransitionRequest {
    std::uint32_t factor = 0, sequence = 0;
};

// How many requests' entries, and those of their prefixes, a cache holds in that many bytes; at
// least 1.
[[nodiscard]] std::uint32_t
requests_in(std::size_t bytes, std::size_t states, std::size_t depth) noexcept;

// Bytes of the model that such a stream needs.
[[nodiscard]] std::size_t model_bytes(const TransitionAxes& axes) noexcept;

class TransitionWorkload {
public:
    explicit TransitionWorkload(const TransitionAxes& axes);

    [[nodiscard]] const active_inference::TransitionMatrices& matrices() const noexcept {
        return matrices_;
    }

    [[nodiscard]] const TransitionAxes& axes() const noexcept { return axes_; }

    // Different requests in the stream.
    [[nodiscard]] std::uint32_t request_count() const noexcept { return stream_.key_count(); }

    // All entries that a cache without limit would end up with: requests and their prefixes.
    [[nodiscard]] std::size_t entry_bytes() const noexcept;

    [[nodiscard]] TransitionRequest request(std::uint32_t key) const noexcept {
        return {key / sequences_per_factor_, key % sequences_per_factor_};
    }

    [[nodiscard]] std::uint32_t key_of(TransitionRequest request) const noexcept {
        return request.factor * sequences_per_factor_ + request.sequence;
    }

    [[nodiscard]] active_inference::ActionSequence
    actions(TransitionRequest request) const noexcept {
        return active_inference::ActionSequence(sequences_)
            .subspan(request.sequence * axes_.depth, axes_.depth);
    }

    // A function of the seed and the number of requests alone.
    void draw(std::uint64_t seed, std::vector<TransitionRequest>& requests) const;
    // What a running scan has asked for before draw(seed, ...); false for other patterns.
    [[nodiscard]] bool draw_before(std::uint64_t seed,
                                   std::vector<TransitionRequest>& requests) const;

private:
    TransitionAxes axes_;
    std::uint32_t sequences_per_factor_;
    active_inference::AccessStream stream_;
    active_inference::TransitionMatrices matrices_;
    std::vector<std::uint8_t> sequences_; // [sequence][step]
};

} // namespace assay::matrix_caching
