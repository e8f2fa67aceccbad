// In how many texts of a corpus a word stands, and what that says about its weight.
//
//   const auto frequencies = DocumentFrequencies::of(texts);
//   frequencies.idf("the");   // ln(1 + N / df); a word that no text has counts as in one
//
// Immutable once made; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace assay::retrieval {

class DocumentFrequencies {
public:
    [[nodiscard]] static DocumentFrequencies of(std::span<const std::string> texts);

    [[nodiscard]] std::size_t texts() const noexcept { return texts_; }

    [[nodiscard]] double idf(const std::string& word) const;

    // Equal corpora have equal digests, whatever the order of their texts.
    [[nodiscard]] std::uint64_t digest() const noexcept { return digest_; }

private:
    std::size_t texts_ = 0;
    std::unordered_map<std::string, std::uint32_t> counts_;
    std::uint64_t digest_ = 0;
};

} // namespace assay::retrieval
