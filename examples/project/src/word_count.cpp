#include "word_count.hpp"

namespace word_count {
namespace {

char lower_letter(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

} // namespace

std::unordered_map<std::string, std::size_t> count(std::string_view text) {
    std::unordered_map<std::string, std::size_t> counts;
    std::string word;
    for (const char raw : text) {
        const char c = lower_letter(raw);
        if (is_letter(c)) {
            word += c;
        } else if (!word.empty()) {
            ++counts[word];
            word.clear();
        }
    }
    if (!word.empty()) {
        ++counts[word];
    }
    return counts;
}

} // namespace word_count
