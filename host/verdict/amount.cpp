#include "verdict/amount.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::verdict {
namespace {

struct Prefix {
    std::string_view written;
    std::string_view unit;
    double factor;
};

constexpr double kKi = 1024;

constexpr std::array<Prefix, 16> kPrefixes{{
    {"ns", "s", 1e-9},
    {"us", "s", 1e-6},
    {"ms", "s", 1e-3},
    {"s", "s", 1},
    {"min", "s", 60},
    {"h", "s", 3600},
    {"B", "By", 1},
    {"By", "By", 1},
    {"kB", "By", 1e3},
    {"MB", "By", 1e6},
    {"GB", "By", 1e9},
    {"TB", "By", 1e12},
    {"KiB", "By", kKi},
    {"MiB", "By", kKi* kKi},
    {"GiB", "By", kKi* kKi* kKi},
    {"TiB", "By", kKi* kKi* kKi* kKi},
}};

Error bad(std::string message) {
    return {.kind = ErrorKind::config,
            .message = std::move(message),
            .hint = "write a number and a unit, such as \"100 ms\", \"64 MiB\" or \"20%\""};
}

} // namespace

Result<Amount> amount_from(std::string_view text) {
    const std::string_view all = trim(text);
    const std::size_t end = std::min(all.find_first_not_of("+-.0123456789eE"), all.size());
    // "30 each": the e belongs to the word.
    std::size_t length = end;
    while (length > 0 && !to_double(all.substr(0, length))) {
        --length;
    }
    const auto value = to_double(all.substr(0, length));
    if (!value || !std::isfinite(*value)) {
        return bad("'" + std::string(text) + "' does not begin with a number");
    }
    const std::string_view unit = trim(all.substr(length));
    const auto known = std::ranges::find(kPrefixes, unit, &Prefix::written);
    if (known != kPrefixes.end()) {
        return Amount{.value = *value * known->factor, .unit = std::string(known->unit)};
    }
    return Amount{.value = *value, .unit = std::string(unit)};
}

Result<double> in_unit(const Amount& amount, std::string_view unit) {
    if (amount.unit.empty() || amount.unit == unit) {
        return amount.value;
    }
    if (amount.unit == "%" && unit == "1") {
        return amount.value / 100;
    }
    return bad("'" + shortest(amount.value) + " " + amount.unit +
               "' is no figure of a metric in '" + std::string(unit) + "'");
}

Result<double> share_from(std::string_view text) {
    const Result<Amount> amount = amount_from(text);
    if (!amount || amount->unit != "%" || amount->value < 0) {
        return Error{.kind = ErrorKind::config,
                     .message = "'" + std::string(text) + "' is no percentage",
                     .hint = "write it with its sign, such as \"10%\""};
    }
    return amount->value / 100;
}

} // namespace assay::verdict
