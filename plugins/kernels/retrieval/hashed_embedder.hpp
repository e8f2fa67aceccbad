// Words and parts of words hashed into a vector: texts with the same words are near each other,
// however they are ordered. It needs no model and no corpus, and knows no synonyms.
//
//   const HashedEmbedder plain({.dimension = 384});
//   const HashedEmbedder weighted({.dimension = 384, .frequencies = frequencies});
//
// Each distinct word has the weight 1 + ln(times it stands there), times its idf where frequencies
// are given; each run of 3, 4 and 5 characters of ^word$ has 0.3 of its word's. A hash gives each
// its place (h mod dimension) and sign (the top bit); equal places add up. Then unit length.
#pragma once

#include "document_frequencies.hpp"
#include "embedder.hpp"

#include <memory>

namespace assay::retrieval {

inline constexpr std::size_t kDimensionMax = 65536;

struct HashedOptions {
    std::size_t dimension = 384;
    double gram_weight = 0.3;
    // Shared, because embedders of several dimensions are made from one corpus.
    std::shared_ptr<const DocumentFrequencies> frequencies = nullptr;
};

class HashedEmbedder final : public Embedder {
public:
    // Throws std::invalid_argument for dimension 0 or above kDimensionMax, and for a weight that is
    // negative or not finite.
    explicit HashedEmbedder(const HashedOptions& options);

    // "hash-384-c35-w1", "hash-384-c35-w1-idf-5f0c12ab93d4e6f7": gram weights other than 0.3 and
    // the digest of the frequencies stand in it.
    [[nodiscard]] const std::string& name() const noexcept override { return name_; }

    [[nodiscard]] std::size_t dimension() const noexcept override { return options_.dimension; }

    TextNotes embed_into(std::string_view text, std::span<float> out) const override;

private:
    void add(std::string_view part, double weight, std::span<double> sums) const noexcept;
    void add_grams(const std::string& word, double weight, std::span<double> sums) const;

    HashedOptions options_;
    std::string name_;
};

} // namespace assay::retrieval
