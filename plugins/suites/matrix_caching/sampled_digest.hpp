// Follows a stream of results without reading all of them: two values of every result, from another
// place each time. It costs next to nothing beside a hit, and the places do not depend on the
// values, so that neighbouring requests overlap in the processor as they would without it.
//
//   SampledDigest digest;
//   for (...) digest.add(path.fetch(key));
//   batch.checksum(digest.value());
//
// A plain value. verify() compares all values of many results; this guards the timed ones.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::matrix_caching {

// What a request is answered with: views of one or two arrays, the second empty or as long as the
// first, which is not empty.
struct Results {
    std::span<const double> first, second = {};
};

class SampledDigest {
public:
    void add(const Results& result) noexcept {
        place_ += 0x9E3779B97F4A7C15ull; // golden ratio: places spread evenly
        const std::size_t size = result.first.size();
        const auto at = static_cast<std::size_t>((place_ >> 32) * size >> 32);
        const std::span<const double> other = result.second.empty() ? result.first : result.second;
        sum_ = (sum_ ^ std::bit_cast<std::uint64_t>(result.first[at])) * 0xBF58476D1CE4E5B9ull;
        sum_ ^= sum_ >> 29;
        sum_ += std::bit_cast<std::uint64_t>(other[size - 1 - at]);
    }

    // A result that is no double: which action was chosen.
    void add_number(std::uint64_t number) noexcept {
        sum_ = (sum_ ^ number) * 0xBF58476D1CE4E5B9ull;
        sum_ ^= sum_ >> 29;
    }

    // Never 0, which would mean: no digest.
    [[nodiscard]] std::uint64_t value() const noexcept { return sum_ == 0 ? 1 : sum_; }

private:
    std::uint64_t place_ = 0, sum_ = 0;
};

} // namespace assay::matrix_caching
