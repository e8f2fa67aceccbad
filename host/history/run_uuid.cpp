#include "history/run_uuid.hpp"

namespace assay::history {

std::string run_uuid(std::int64_t unix_ns, std::string_view digest) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string digits;
    const std::int64_t millis = unix_ns / 1'000'000;
    for (int shift = 44; shift >= 0; shift -= 4) {
        digits += kDigits[static_cast<std::size_t>(millis >> shift & 0xF)];
    }
    digits += digest.substr(0, 20);
    digits.resize(32, '0');
    digits[12] = '7';                                       // version
    digits[16] = kDigits[8 + kDigits.find(digits[16]) % 4]; // variant 10
    return digits.substr(0, 8) + "-" + digits.substr(8, 4) + "-" + digits.substr(12, 4) + "-" +
           digits.substr(16, 4) + "-" + digits.substr(20);
}

bool is_uuid(std::string_view text) noexcept {
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !digit) {
            return false;
        }
    }
    return true;
}

} // namespace assay::history
