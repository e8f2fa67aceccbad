#include "hashed_embedder.hpp"

#include "text_hash.hpp"
#include "vector_fault.hpp"
#include "words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace assay::retrieval {

namespace {

constexpr std::size_t kShortestGram = 3, kLongestGram = 5;

std::string hexadecimal(std::uint64_t value) {
    std::array<char, 16> digits{};
    digits.fill('0');
    std::array<char, 16> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, 16).ptr;
    std::copy(text.data(), end, digits.end() - (end - text.data()));
    return {digits.begin(), digits.end()};
}

std::string shortest(double value) {
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

std::string name_for(const HashedOptions& options) {
    std::string name = "hash-" + std::to_string(options.dimension) + "-c35-";
    name += kWordsVersion;
    if (options.gram_weight != HashedOptions().gram_weight) {
        name += "-g" + shortest(options.gram_weight);
    }
    if (options.frequencies != nullptr) {
        name += "-idf-" + hexadecimal(options.frequencies->digest());
    }
    return name;
}

} // namespace

HashedEmbedder::HashedEmbedder(const HashedOptions& options)
    : options_(options) {
    require_dimension(options.dimension);
    if (!(options.gram_weight >= 0) || !std::isfinite(options.gram_weight)) {
        throw std::invalid_argument("gram_weight is " + shortest(options.gram_weight) +
                                    ": expected 0 or more");
    }
    name_ = name_for(options);
}

void HashedEmbedder::add(std::string_view part,
                         double weight,
                         std::span<double> sums) const noexcept {
    const std::uint64_t hash = hash_of(part);
    sums[hash % sums.size()] += (hash >> 63) != 0 ? weight : -weight;
}

void HashedEmbedder::add_grams(const std::string& word,
                               double weight,
                               std::span<double> sums) const {
    const std::string text = "^" + word + "$";
    std::vector<std::size_t> begins; // of each character, and the end
    for (std::size_t at = 0; at < text.size();) {
        begins.push_back(at);
        (void)next_code_point(text, at);
    }
    const std::size_t characters = begins.size();
    begins.push_back(text.size());
    for (std::size_t length = kShortestGram; length <= kLongestGram; ++length) {
        for (std::size_t i = 0; i + length <= characters; ++i) {
            const std::size_t begin = begins[i];
            add(std::string_view(text).substr(begin, begins[i + length] - begin), weight, sums);
        }
    }
}

TextNotes HashedEmbedder::embed_into(std::string_view text, std::span<float> out) const {
    require_size(out.size(), dimension());
    Words found = words_of(text);
    std::ranges::sort(found.words); // sums are then the same for any order of the words
    std::vector<double> sums(dimension(), 0.0);
    for (std::size_t begin = 0; begin < found.words.size();) {
        const std::string& word = found.words[begin];
        std::size_t end = begin + 1;
        while (end < found.words.size() && found.words[end] == word) {
            ++end;
        }
        double weight = 1 + std::log(static_cast<double>(end - begin));
        if (options_.frequencies != nullptr) {
            weight *= options_.frequencies->idf(word);
        }
        add(word, weight, sums);
        add_grams(word, options_.gram_weight * weight, sums);
        begin = end;
    }
    double square = 0;
    for (const double sum : sums) {
        square += sum * sum;
    }
    const double scale = square > 0 ? 1 / std::sqrt(square) : 0;
    std::ranges::transform(
        sums, out.begin(), [scale](double sum) { return static_cast<float>(sum * scale); });
    return {.is_zero = scale == 0, .invalid_sequences = found.invalid_sequences};
}

} // namespace assay::retrieval
