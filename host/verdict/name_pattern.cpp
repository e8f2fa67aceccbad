#include "verdict/name_pattern.hpp"

#include <cstddef>

namespace assay::verdict {

// The last star alone is ever taken back: at most length times length steps, whatever the pattern.
bool matches_pattern(std::string_view pattern, std::string_view name) noexcept {
    std::size_t p = 0;
    std::size_t at = 0;
    std::size_t after_star = std::string_view::npos;
    std::size_t resume = 0;
    while (at < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            after_star = ++p;
            resume = at;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[at])) {
            ++p;
            ++at;
        } else if (after_star != std::string_view::npos) {
            p = after_star;
            at = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

bool is_pattern(std::string_view text) noexcept {
    return text.find_first_of("*?") != std::string_view::npos;
}

} // namespace assay::verdict
