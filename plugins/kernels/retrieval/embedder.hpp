// Text to a vector of unit length, so that the dot product of two is the cosine of their angle.
//
//   const HashedEmbedder embedder({.dimension = 384});
//   const Embedding one = embedder.embed("How do I reset my password?");
//
// A figure of a search or a cache means nothing without the name of the embedder behind it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::retrieval {

struct TextNotes {
    bool is_zero = false;              // nothing in the text to go by: all components are 0
    std::size_t invalid_sequences = 0; // of bytes that are no UTF-8, replaced
};

struct Embedding {
    std::vector<float> vector;
    TextNotes notes;
};

// An implementation is deterministic, and safe to call from several threads.
class Embedder {
public:
    Embedder() = default;
    Embedder(const Embedder&) = delete;
    Embedder& operator=(const Embedder&) = delete;
    virtual ~Embedder() = default;

    // With everything that its vectors depend on: those of two embedders of one name and one
    // dimension can be compared.
    [[nodiscard]] virtual const std::string& name() const noexcept = 0;
    [[nodiscard]] virtual std::size_t dimension() const noexcept = 0;

    // `out` has dimension() places. Unit length but for text without a word: that is all zero.
    virtual TextNotes embed_into(std::string_view text, std::span<float> out) const = 0;

    [[nodiscard]] Embedding embed(std::string_view text) const;
};

} // namespace assay::retrieval
