#include "told_apart.hpp"

#include <algorithm>

namespace report_text {

std::pair<std::string, std::string>
told_apart(std::string_view one, std::string_view other, std::size_t digits) {
    const auto common =
        static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
    if (one != other && common >= digits) {
        digits = common + 1;
    }
    return {std::string(one.substr(0, digits)), std::string(other.substr(0, digits))};
}

} // namespace report_text
