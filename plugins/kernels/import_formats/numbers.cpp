#include "import_formats/numbers.hpp"

#include <charconv>
#include <limits>
#include <string>

namespace assay::import_formats {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// A number that no double holds is either nearly nothing or far too much.
double beyond_range(std::string_view text) noexcept {
    const bool negative = text.starts_with('-');
    const std::size_t exponent = text.find_first_of("eE");
    const bool tiny = exponent != std::string_view::npos
                          ? text.substr(exponent).find('-') != std::string_view::npos
                          : text.find('.') != std::string_view::npos && text.find('.') < 300;
    if (tiny) {
        return negative ? -0.0 : 0.0;
    }
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    return negative ? -kInfinity : kInfinity;
}

} // namespace

std::optional<double> read_number(std::string_view text) noexcept {
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    const std::size_t sign = digits.starts_with('-') ? 1 : 0;
    if (digits.size() <= sign || !(is_digit(digits[sign]) || digits[sign] == '.')) {
        return std::nullopt;
    }
    double value = 0;
    const char* const last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, value);
    if (end != last) {
        return std::nullopt;
    }
    return error == std::errc::result_out_of_range ? beyond_range(digits)
           : error == std::errc{}                  ? std::optional(value)
                                                   : std::nullopt;
}

std::optional<double> read_grouped(std::string_view text) {
    const std::size_t separator = text.find_first_of(",_");
    if (separator == std::string_view::npos) {
        return read_number(text);
    }
    const char mark = text[separator];
    const std::size_t whole_end = std::min(text.find('.'), text.size());
    std::string plain;
    std::size_t since = 0; // digits since the last mark
    bool grouped = false;
    for (std::size_t i = 0; i < whole_end; ++i) {
        if (text[i] == mark) {
            if (since == 0 || since > 3 || (grouped && since != 3)) {
                return std::nullopt;
            }
            grouped = true;
            since = 0;
            continue;
        }
        since += is_digit(text[i]) ? 1 : 0;
        plain += text[i];
    }
    if (since != 3) {
        return std::nullopt;
    }
    return read_number(plain.append(text.substr(whole_end)));
}

} // namespace assay::import_formats
