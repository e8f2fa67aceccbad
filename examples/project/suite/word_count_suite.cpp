// The suite "word_count": measures this project's own library. The number of words comes from
// .assay/assay.json, or from this schema's default.
#include "word_count.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <string>

namespace {

struct count_words {
    std::string text;
    std::size_t words;

    explicit count_words(const assay::params& p)
        : words(static_cast<std::size_t>(p.config().i64("/words"))) {
        const auto vocabulary = p.size("vocabulary");
        auto random = p.random();
        for (std::size_t i = 0; i < words; ++i) {
            auto number = random() % vocabulary;
            do {
                text += static_cast<char>('a' + number % 26);
                number /= 26;
            } while (number != 0);
            text += ' ';
        }
    }

    std::size_t operator()() const { return word_count::count(text).size(); }

    double bytes() const { return static_cast<double>(text.size()); }

    void verify() const {
        std::size_t sum = 0;
        for (const auto& [word, times] : word_count::count(text)) {
            sum += times;
        }
        if (sum != words) {
            throw assay::wrong_result{"counted " + std::to_string(sum) + " of " +
                                      std::to_string(words) + " words"};
        }
    }
};

} // namespace

ASSAY_SUITE("org.example.word_count", "word_count", "1.0.0", R"("license":"Apache-2.0")") {
    s.config_schema(R"({
        "type": "object",
        "properties": {
            "words": {"type": "integer", "minimum": 1, "maximum": 1000000, "default": 100000,
                      "description": "words of the text"}
        },
        "additionalProperties": false})");
    s.independent<count_words>("count").axis("vocabulary", {100, 10'000}).unit("{word}");
}
