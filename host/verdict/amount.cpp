#include "verdict/amount.hpp"

#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <span>

namespace assay::verdict {
namespace {

struct Prefix {
    std::string_view written;
    std::string_view unit;
    double factor;
};

constexpr double kKi = 1024;
// However it is written, it is shown like this, as all of Assay shows times.
constexpr std::string_view kMicro = "\u00b5s";

constexpr std::array<Prefix, 18> kPrefixes{{
    {"ns", "s", 1e-9},
    {"us", "s", 1e-6},
    {kMicro, "s", 1e-6},
    {"\u03bcs", "s", 1e-6}, // the Greek letter, which looks the same
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

// What figures are shown with, ascending.
constexpr std::array<Prefix, 4> kSeconds{
    {{"ns", "s", 1e-9}, {kMicro, "s", 1e-6}, {"ms", "s", 1e-3}, {"s", "s", 1}}};
// By 1024, as reporters and charts show them: a document has one base.
constexpr std::array<Prefix, 5> kBytes{{{"B", "By", 1},
                                        {"KiB", "By", kKi},
                                        {"MiB", "By", kKi* kKi},
                                        {"GiB", "By", kKi* kKi* kKi},
                                        {"TiB", "By", kKi* kKi* kKi* kKi}}};

// Beyond it a double does not know every whole number's neighbour by its decimal digits.
constexpr double kWholeMax = 1e15;

bool is_whole(double value) {
    return std::trunc(value) == value && std::abs(value) < kWholeMax;
}

// To the last one: 100200 and 100201 are two counts.
std::string count_text(double value) {
    return is_whole(value) ? fmt::format("{:.0f}", value + 0.0) : rounded_text(value);
}

// What counts events and says no more than that: of dimension 1.
constexpr std::array<Prefix, 21> kCounted{{
    {"op", "1", 1},      {"ops", "1", 1},       {"kops", "1", 1e3},     {"Mops", "1", 1e6},
    {"Gops", "1", 1e9},  {"operation", "1", 1}, {"operations", "1", 1}, {"req", "1", 1},
    {"reqs", "1", 1},    {"request", "1", 1},   {"requests", "1", 1},   {"iter", "1", 1},
    {"iters", "1", 1},   {"iteration", "1", 1}, {"iterations", "1", 1}, {"item", "1", 1},
    {"items", "1", 1},   {"call", "1", 1},      {"calls", "1", 1},      {"query", "1", 1},
    {"queries", "1", 1},
}};

constexpr std::array<Prefix, 4> kFrequencies{
    {{"Hz", "1/s", 1}, {"kHz", "1/s", 1e3}, {"MHz", "1/s", 1e6}, {"GHz", "1/s", 1e9}}};

// "/{token}" without the braces, which mark for programs what is counted.
std::string unbraced(std::string_view unit) {
    std::string text;
    for (std::size_t begin = 0; begin <= unit.size();) {
        const std::size_t end = std::min(unit.find('/', begin), unit.size());
        std::string_view part = unit.substr(begin, end - begin);
        if (part.size() > 2 && part.front() == '{' && part.back() == '}') {
            part = part.substr(1, part.size() - 2);
        }
        text += (begin == 0 ? "" : "/") + std::string(part);
        begin = end + 1;
    }
    return text;
}

template <std::size_t N>
const Prefix* written_as(const std::array<Prefix, N>& known, std::string_view unit) {
    const auto found = std::ranges::find(known, unit, &Prefix::written);
    return found == known.end() ? nullptr : &*found;
}

struct Scaled {
    std::string unit;
    double factor = 1;
};

// "{token}" and "tokens" count the same.
Scaled scaled_part(std::string_view unit) {
    if (const Prefix* const known = written_as(kPrefixes, unit)) {
        return {.unit = std::string(known->unit), .factor = known->factor};
    }
    if (unit.size() > 2 && unit.front() == '{' && unit.back() == '}') {
        unit = unit.substr(1, unit.size() - 2);
    }
    if (const Prefix* const known = written_as(kCounted, unit)) {
        return {.unit = std::string(known->unit), .factor = known->factor};
    }
    constexpr std::size_t kWord = 3; // shorter ones are no plural
    if (unit.size() > kWord && unit.ends_with('s') && !unit.ends_with("ss")) {
        unit.remove_suffix(1);
    }
    return {.unit = std::string(unit), .factor = 1};
}

// "MB/s" is a million of "By/s", "kHz" and "kops/s" are a thousand of "1/s".
Scaled scaled_unit(std::string_view unit) {
    if (const Prefix* const known = written_as(kFrequencies, unit)) {
        return {.unit = std::string(known->unit), .factor = known->factor};
    }
    const std::size_t slash = unit.find('/');
    if (slash == std::string_view::npos) {
        return scaled_part(unit);
    }
    const Scaled over = scaled_part(unit.substr(0, slash));
    const Scaled under = scaled_part(unit.substr(slash + 1));
    return {.unit = over.unit + "/" + under.unit, .factor = over.factor / under.factor};
}

Error bad(std::string message) {
    return {.kind = ErrorKind::config,
            .message = std::move(message),
            .hint = "write a number and a unit, such as \"100 ms\", \"64 MiB\" or \"20%\""};
}

} // namespace

std::string number_text(double value) {
    constexpr double kSmallest = 1e-7; // below it there are more zeros than digits
    const double size = std::abs(value);
    if (value != 0 && (size < kSmallest || size >= kWholeMax)) {
        return shortest(value);
    }
    std::array<char, 64> digits{};
    const auto end =
        std::to_chars(digits.begin(), digits.end(), value + 0.0, std::chars_format::fixed);
    return {digits.data(), end.ptr};
}

std::string rounded_text(double value, int digits) {
    const auto rounded = to_double(fmt::format("{:.{}g}", value, digits));
    return number_text(rounded.value_or(value));
}

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
    // Digits go on: a number that no figure can be, such as 1e400.
    if (length < end && all[length] >= '0' && all[length] <= '9') {
        return bad("'" + std::string(text) + "' is not finite, or too small to be told from 0");
    }
    const std::string_view unit = trim(all.substr(length));
    const auto known = std::ranges::find(kPrefixes, unit, &Prefix::written);
    if (known != kPrefixes.end() && !std::isfinite(*value * known->factor)) {
        return bad("'" + std::string(text) + "' is not finite");
    }
    if (known != kPrefixes.end()) {
        return Amount{.value = *value * known->factor,
                      .unit = std::string(known->unit),
                      .written = known->factor == 1e-6
                                     ? std::string(all.substr(0, all.size() - unit.size())) +
                                           std::string(kMicro)
                                     : std::string(all)};
    }
    return Amount{.value = *value,
                  .unit = std::string(unit),
                  .written = std::string(unit.empty() ? "" : all)};
}

Result<double> in_unit(const Amount& amount, std::string_view unit) {
    if (amount.unit.empty() || amount.unit == unit) {
        return amount.value;
    }
    if (amount.unit == "%" && unit == "1") {
        return amount.value / 100;
    }
    const Scaled from = scaled_unit(amount.unit), to = scaled_unit(unit);
    if (from.unit == to.unit) {
        return amount.value * (from.factor / to.factor);
    }
    const std::string told =
        amount.written.empty() ? number_text(amount.value) + " " + amount.unit : amount.written;
    return bad("'" + told + "' is no figure of a metric in '" + std::string(unit) +
               "': write it in that unit, or a number alone");
}

std::string figure_text(double value, std::string_view unit) {
    if (unit == "1") {
        return count_text(value);
    }
    const std::size_t slash = std::min(unit.find('/'), unit.size());
    const std::string per = unbraced(unit.substr(slash));
    const std::string_view what = unit.substr(0, slash);
    const std::span<const Prefix> prefixes = unit == "s"    ? std::span(kSeconds)
                                             : what == "By" ? std::span(kBytes)
                                                            : std::span<const Prefix>();
    if (prefixes.empty()) {
        return count_text(value) + " " + unbraced(what) + per;
    }
    if (value == 0) {
        return fmt::format("0 {}{}", what == "By" ? "B" : what, per);
    }
    const auto larger = std::ranges::find_if(
        prefixes, [value](const Prefix& one) { return one.factor > std::abs(value); });
    const Prefix& suits = larger == prefixes.begin() ? *larger : *std::prev(larger);
    return rounded_text(value / suits.factor) + " " + std::string(suits.written) + per;
}

std::string figure_text_beside(double value, std::string_view unit, std::string_view limit) {
    constexpr double kLeast = 1e-3, kMost = 1e6;
    std::string_view word = limit.substr(limit.rfind(' ') + 1); // all of it where there is none
    if (word.ends_with(']')) {
        word.remove_suffix(1); // "within [1 ms, 2 ms]"
    }
    const Prefix* const told = written_as(kPrefixes, word);
    const double scaled = told == nullptr ? 0 : std::abs(value / told->factor);
    return told != nullptr && told->unit == unit && scaled >= kLeast && scaled < kMost
               ? rounded_text(value / told->factor) + " " + std::string(word)
               : figure_text(value, unit);
}

std::string exact_figure_text(double value, std::string_view unit) {
    return unit == "By" && is_whole(value) ? fmt::format("{:.0f} B", value)
                                           : figure_text(value, unit);
}

std::string text_of(const Amount& amount, std::string_view unit) {
    return amount.written.empty() ? figure_text(amount.value, unit) : amount.written;
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
