#include "semantic_tokens/keyword_automaton.hpp"

#include <deque>
#include <stdexcept>
#include <string>

namespace assay::semantic_tokens {
namespace {

constexpr std::size_t kMostStates = 0x10000 / KeywordAutomaton::kSymbols;

std::array<std::uint8_t, 256> symbols_of_bytes() {
    std::array<std::uint8_t, 256> symbols{};
    for (std::size_t byte = 0; byte < symbols.size(); ++byte) {
        const auto value = static_cast<unsigned char>(byte);
        const unsigned char lower = value >= 'A' && value <= 'Z' ? value + 32U : value;
        if (lower >= 'a' && lower <= 'z') {
            symbols[byte] =
                static_cast<std::uint8_t>(KeywordAutomaton::kFirstLetter + (lower - 'a'));
        } else {
            symbols[byte] =
                is_word_byte(value) ? KeywordAutomaton::kOther : KeywordAutomaton::kBoundary;
        }
    }
    return symbols;
}

} // namespace

KeywordAutomaton::KeywordAutomaton(std::span<const Keyword> keywords)
    : symbols_(symbols_of_bytes())
    , next_(kSymbols, 0) {
    require_sound(keywords);
    std::vector<std::vector<std::uint32_t>> ends(1);
    add_words(keywords, ends);
    complete(ends);
    mark_final();
    start_ = next_[kBoundary];
}

// While words are added, 0 is "no child": nothing leads back to the root.
std::uint16_t KeywordAutomaton::child(std::size_t state, std::uint8_t symbol) {
    const std::uint16_t known = next_[state * kSymbols + symbol];
    if (known != 0) {
        return known;
    }
    const std::size_t made = next_.size() / kSymbols;
    if (made >= kMostStates) {
        throw std::invalid_argument("the keywords need more than " + std::to_string(kMostStates) +
                                    " states: expected fewer or shorter ones");
    }
    const auto offset = static_cast<std::uint16_t>(made * kSymbols);
    next_[state * kSymbols + symbol] = offset;
    next_.resize(next_.size() + kSymbols, 0);
    return offset;
}

void KeywordAutomaton::add_words(std::span<const Keyword> keywords,
                                 std::vector<std::vector<std::uint32_t>>& ends) {
    (void)child(0, kBoundary);
    for (std::size_t number = 0; number < keywords.size(); ++number) {
        std::size_t state = child(0, kBoundary) / kSymbols;
        for (const char c : keywords[number].word) {
            state = child(state, symbols_[static_cast<unsigned char>(c)]) / kSymbols;
        }
        state = child(state, kBoundary) / kSymbols;
        ends.resize(next_.size() / kSymbols);
        ends[state].push_back(static_cast<std::uint32_t>(number));
    }
    ends.resize(next_.size() / kSymbols);
}

// Breadth first: a state knows what its longest proper suffix knows.
void KeywordAutomaton::complete(std::vector<std::vector<std::uint32_t>>& ends) {
    std::vector<std::size_t> suffix(ends.size(), 0);
    std::deque<std::size_t> waiting{0};
    while (!waiting.empty()) {
        const std::size_t state = waiting.front();
        waiting.pop_front();
        if (state != 0) {
            const std::vector<std::uint32_t> of_suffix = ends[suffix[state]];
            ends[state].insert(ends[state].end(), of_suffix.begin(), of_suffix.end());
        }
        for (std::size_t symbol = 0; symbol < kSymbols; ++symbol) {
            std::uint16_t& to = next_[state * kSymbols + symbol];
            const std::uint16_t by_suffix =
                state == 0 ? 0 : next_[suffix[state] * kSymbols + symbol];
            if (to == 0) {
                to = by_suffix;
            } else {
                suffix[to / kSymbols] = by_suffix / kSymbols;
                waiting.push_back(to / kSymbols);
            }
        }
    }
    for (const auto& numbers : ends) {
        found_.push_back({static_cast<std::uint32_t>(numbers_.size()),
                          static_cast<std::uint32_t>(numbers.size())});
        numbers_.insert(numbers_.end(), numbers.begin(), numbers.end());
    }
}

// Moves the transitions of states that find something one number on.
void KeywordAutomaton::mark_final() {
    constexpr std::size_t used = kFirstLetter + 26;
    static_assert(used < kSymbols);
    const std::vector<std::uint16_t> plain = next_;
    for (std::size_t state = 0; state < found_.size(); ++state) {
        const std::size_t shift = found_[state].count > 0 ? 1 : 0;
        for (std::size_t symbol = 0; symbol < used; ++symbol) {
            const std::uint16_t to = plain[state * kSymbols + symbol];
            const bool is_final = found_[to / kSymbols].count > 0;
            next_[state * kSymbols + symbol + shift] =
                static_cast<std::uint16_t>(is_final ? to + 1 : to);
        }
    }
}

} // namespace assay::semantic_tokens
