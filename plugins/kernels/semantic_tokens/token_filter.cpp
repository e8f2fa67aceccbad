#include "semantic_tokens/token_filter.hpp"

#include "semantic_tokens/utf8_text.hpp"

#include <bit>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace assay::semantic_tokens {
namespace {

constexpr bool is_blank(unsigned char byte) {
    return byte <= ' ';
}

// The lowest byte of eight that is a blank has its highest bit set, and none below it has.
constexpr std::uint64_t blanks_of(std::uint64_t bytes) {
    return (bytes - 0x2121'2121'2121'2121ull) & ~bytes & 0x8080'8080'8080'8080ull;
}

struct Steps {
    std::uint32_t state = 0, passed = 0; // all states so far, or-ed
    std::uint64_t hash = kFnvStart;
};

// As many bytes of these eight as belong to the token; what is behind them is read as boundaries.
// All eight hashes are computed, and that of the last byte taken.
inline std::size_t eight_bytes(const KeywordAutomaton& automaton, const char* at, Steps& steps) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    const std::uint64_t blanks = blanks_of(bytes);
    // All bits below the lowest that is set; all, where none is.
    bytes &= ((blanks & (~blanks + 1)) >> 7U) - 1;
    const std::uint16_t* const next = automaton.transitions();
    const std::uint8_t* const symbols = automaton.symbols();
    std::uint64_t hashes[9];
    std::uint64_t hash = hashes[0] = steps.hash;
    std::uint32_t state = steps.state, passed = steps.passed;
#pragma GCC unroll 8
    for (unsigned i = 0; i < 8; ++i) {
        const std::uint64_t byte = bytes & 0xFFU;
        bytes >>= 8U;
        state = next[state + symbols[byte]];
        passed |= state;
        hash = (hash ^ byte) * kFnvPrime;
        hashes[i + 1] = hash;
    }
    const std::size_t length =
        blanks == 0 ? 8 : static_cast<std::size_t>(std::countr_zero(blanks)) / 8;
    steps = {.state = state, .passed = passed, .hash = hashes[length]};
    return length;
}

std::uint32_t checked_vocabulary(std::uint32_t vocabulary) {
    if (vocabulary == 0) {
        throw std::invalid_argument("the vocabulary has 0 words: expected at least 1");
    }
    return vocabulary;
}

} // namespace

TokenFilter::TokenFilter(std::uint32_t vocabulary, std::span<const Keyword> keywords)
    : keywords_(keywords.begin(), keywords.end())
    , automaton_(keywords)
    , vocabulary_(checked_vocabulary(vocabulary))
    , filtered_id_(token_id(kFilteredToken, vocabulary))
    , seen_in_(keywords.size(), 0) {}

// A keyword counts once in a token, however often it stands there.
void TokenFilter::note(KeywordAutomaton::State state, Findings& found) {
    for (const std::uint32_t number : automaton_.found(state)) {
        if (seen_in_[number] != token_) {
            seen_in_[number] = token_;
            found.note(keywords_[number].kind);
        }
    }
}

void TokenFilter::judge(ScannedToken& token, const Findings& found) {
    token.type = type_of(found);
    token.found_score = score_of(found);
    token.filtered = token.found_score < kLeastScore;
    token.id = token.filtered ? filtered_id_ : token.id;
    result_.filtered += token.filtered ? 1 : 0;
}

// To the blank after the token.
std::size_t TokenFilter::scan_any(std::size_t begin) {
    const auto* const bytes = reinterpret_cast<const unsigned char*>(result_.text.data());
    const std::size_t end = result_.text.size();
    const std::uint16_t* const next = automaton_.transitions();
    const std::uint8_t* const symbols = automaton_.symbols();
    std::uint64_t hash = kFnvStart;
    std::uint32_t state = automaton_.start();
    Findings found;
    ++token_;
    std::size_t at = begin;
    for (; at < end; ++at) {
        const unsigned char byte = bytes[at];
        const std::uint8_t symbol = symbols[byte];
        if (symbol == KeywordAutomaton::kBoundary) {
            if (is_blank(byte)) {
                break;
            }
            state = next[state];
            if (KeywordAutomaton::finds(state)) {
                note(state, found);
            }
        } else {
            state = next[state + symbol];
        }
        hash = (hash ^ byte) * kFnvPrime;
    }
    ScannedToken token{.begin = static_cast<std::uint32_t>(begin),
                       .length = static_cast<std::uint32_t>(at - begin),
                       .id = static_cast<std::uint32_t>(hash % vocabulary_)};
    state = next[state];
    if (KeywordAutomaton::finds(state)) {
        note(state, found);
    }
    if (found.kinds != 0) {
        judge(token, found);
    }
    result_.tokens.push_back(token);
    return at;
}

// A token of at most 15 bytes without a keyword, as nearly all are, in always the same eight steps,
// or twice those: there is nothing for the processor to guess but that it is one.
std::size_t TokenFilter::scan_token(std::size_t begin) {
    if (std::endian::native != std::endian::little || begin + 16 > result_.text.size()) {
        return scan_any(begin);
    }
    const char* const at = result_.text.data() + begin;
    Steps steps{.state = automaton_.start()};
    const std::size_t first = eight_bytes(automaton_, at, steps);
    const std::size_t length = first < 8 ? first : 8 + eight_bytes(automaton_, at + 8, steps);
    if (length == 16 || KeywordAutomaton::finds(steps.passed)) {
        return scan_any(begin);
    }
    result_.tokens.push_back({.begin = static_cast<std::uint32_t>(begin),
                              .length = static_cast<std::uint32_t>(length),
                              .id = static_cast<std::uint32_t>(steps.hash % vocabulary_)});
    return begin + length;
}

const FilteredText& TokenFilter::scan(std::string_view text) {
    const Utf8Text clean = well_formed(text, room_);
    result_.text = clean.text;
    result_.replaced = clean.replaced;
    result_.filtered = 0;
    result_.tokens.clear();
    if (clean.text.size() > std::numeric_limits<std::uint32_t>::max()) {
        throw std::invalid_argument("the text has " + std::to_string(clean.text.size()) +
                                    " bytes: expected at most 4 GiB");
    }
    const auto* const bytes = reinterpret_cast<const unsigned char*>(clean.text.data());
    for (std::size_t at = 0; at < clean.text.size();) {
        at = is_blank(bytes[at]) ? at + 1 : scan_token(at);
    }
    return result_;
}

} // namespace assay::semantic_tokens
