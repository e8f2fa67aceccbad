#include "app/comparison/margin.hpp"

#include <charconv>
#include <optional>
#include <string>

namespace assay::app {
namespace {

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

} // namespace

Result<double> margin_from(std::string_view text) {
    const bool percent = text.ends_with('%');
    const std::optional<double> value =
        percent ? number(text.substr(0, text.size() - 1)) : std::nullopt;
    if (!value || !(*value > 0) || *value > 100) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--margin: '" + std::string(text) +
                                "' will not do, expected a percentage above 0% and up to 100%",
                     .hint = "such as --margin 2%"};
    }
    return *value / 100;
}

Result<double> alpha_from(std::string_view text) {
    const std::optional<double> value = number(text);
    if (!value || !(*value > 0) || *value > 0.5) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--alpha: '" + std::string(text) +
                                "' will not do, expected a level above 0 and up to 0.5",
                     .hint = "such as --alpha 0.01"};
    }
    return *value;
}

} // namespace assay::app
