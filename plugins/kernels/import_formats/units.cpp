#include "import_formats/units.hpp"

#include <algorithm>
#include <array>

namespace assay::import_formats {
namespace {

// What stands on one side of a '/'.
struct Part {
    std::string_view text;
    Dimension dimension;
    double numerator = 1, denominator = 1;
};

constexpr double kKibi = 1024.0;

constexpr std::array kParts{
    Part{"ps", Dimension::time, 1, 1e12},
    Part{"ns", Dimension::time, 1, 1e9},
    Part{"nsec", Dimension::time, 1, 1e9},
    Part{"nanoseconds", Dimension::time, 1, 1e9},
    Part{"us", Dimension::time, 1, 1e6},
    Part{"usec", Dimension::time, 1, 1e6},
    Part{"\u00B5s", Dimension::time, 1, 1e6}, // micro sign
    Part{"\u03BCs", Dimension::time, 1, 1e6}, // Greek mu
    Part{"microseconds", Dimension::time, 1, 1e6},
    Part{"ms", Dimension::time, 1, 1e3},
    Part{"msec", Dimension::time, 1, 1e3},
    Part{"milliseconds", Dimension::time, 1, 1e3},
    Part{"s", Dimension::time},
    Part{"sec", Dimension::time},
    Part{"secs", Dimension::time},
    Part{"second", Dimension::time},
    Part{"seconds", Dimension::time},
    Part{"min", Dimension::time, 60},
    Part{"minutes", Dimension::time, 60},
    Part{"h", Dimension::time, 3600},
    Part{"hours", Dimension::time, 3600},
    Part{"B", Dimension::bytes},
    Part{"By", Dimension::bytes},
    Part{"byte", Dimension::bytes},
    Part{"bytes", Dimension::bytes},
    Part{"Bytes", Dimension::bytes},
    Part{"kB", Dimension::bytes, 1e3},
    Part{"KB", Dimension::bytes, 1e3},
    Part{"MB", Dimension::bytes, 1e6},
    Part{"GB", Dimension::bytes, 1e9},
    Part{"TB", Dimension::bytes, 1e12},
    Part{"KiB", Dimension::bytes, kKibi},
    Part{"MiB", Dimension::bytes, kKibi* kKibi},
    Part{"GiB", Dimension::bytes, kKibi* kKibi* kKibi},
    Part{"TiB", Dimension::bytes, kKibi* kKibi* kKibi* kKibi},
    Part{"op", Dimension::operations},
    Part{"ops", Dimension::operations},
    Part{"iter", Dimension::operations},
    Part{"iters", Dimension::operations},
    Part{"iteration", Dimension::operations},
    Part{"iterations", Dimension::operations},
    Part{"call", Dimension::operations},
    Part{"calls", Dimension::operations},
    Part{"exec", Dimension::operations},
    Part{"run", Dimension::operations},
    Part{"runs", Dimension::operations},
    Part{"item", Dimension::operations},
    Part{"items", Dimension::operations},
    Part{"req", Dimension::operations},
    Part{"request", Dimension::operations},
    Part{"requests", Dimension::operations},
};

// Counted things of which fewer are better, whoever counts them.
constexpr std::array<std::string_view, 10> kCosts{"allocs",
                                                  "alloc",
                                                  "allocations",
                                                  "instructions",
                                                  "instrs",
                                                  "cycles",
                                                  "misses",
                                                  "faults",
                                                  "branches",
                                                  "estimated cycles"};

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    return text;
}

const Part* part_of(std::string_view text) noexcept {
    const auto* const found = std::ranges::find(kParts, trimmed(text), &Part::text);
    return found == kParts.end() ? nullptr : found;
}

// "{frobs}": an annotation of UCUM, which may hold anything but braces.
std::string annotation(std::string_view text) {
    std::string plain;
    for (const char c : trimmed(text)) {
        if (c != '{' && c != '}' && static_cast<unsigned char>(c) >= 0x20) {
            plain += c;
        }
    }
    return plain.empty() ? "1" : "{" + plain + "}";
}

ToolUnit made(const Part& part, std::string unit, assay::direction better, Dimension dimension) {
    return {std::move(unit), part.numerator, part.denominator, better, dimension, true};
}

ToolUnit single(std::string_view text) {
    if (text.empty() || text == "1") {
        return {.dimension = Dimension::fraction, .known = true};
    }
    if (text == "%") {
        return {.unit = "%", .dimension = Dimension::fraction, .known = true};
    }
    if (const Part* part = part_of(text)) {
        if (part->dimension == Dimension::time) {
            return made(*part, "s", assay::lower, Dimension::time);
        }
        if (part->dimension == Dimension::bytes) {
            return made(*part, "By", assay::lower, Dimension::bytes);
        }
    }
    const bool cost = std::ranges::find(kCosts, text) != kCosts.end();
    return {.unit = annotation(text),
            .better = cost ? assay::lower : assay::no_direction,
            .known = cost};
}

// "over/under", both sides known or one of them a counted thing.
ToolUnit quotient(std::string_view text, std::size_t slash) {
    const std::string_view over = trimmed(text.substr(0, slash));
    const Part* const above = part_of(over);
    const Part* const below = part_of(text.substr(slash + 1));
    if (below != nullptr && below->dimension == Dimension::operations) {
        return single(over); // of one operation, as every figure is
    }
    if (below == nullptr || below->dimension != Dimension::time) {
        const bool scaled =
            above != nullptr && below == nullptr &&
            (above->dimension == Dimension::time || above->dimension == Dimension::bytes);
        if (!scaled) {
            return {.unit = annotation(text)};
        }
        ToolUnit per = single(over); // "ns/GC": of the numerator alone we know what it is
        per.unit += "/" + annotation(text.substr(slash + 1));
        per.dimension = Dimension::counted;
        return per;
    }
    ToolUnit rate{.unit = "1/s",
                  .numerator = below->denominator,
                  .denominator = below->numerator,
                  .better = assay::higher,
                  .dimension = Dimension::operation_rate,
                  .known = true};
    if (above != nullptr && above->dimension == Dimension::bytes) {
        rate.unit = "By/s";
        rate.numerator *= above->numerator;
        rate.dimension = Dimension::byte_rate;
    } else if (above == nullptr && !over.empty() && over != "1") {
        rate.unit = annotation(over) + "/s";
    } else if (above != nullptr && above->dimension == Dimension::time) {
        return {.unit = annotation(text)}; // seconds per second: whatever that is
    }
    return rate;
}

} // namespace

ToolUnit unit_of(std::string_view text) {
    text = trimmed(text);
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos) {
        return text.find('/', slash + 1) == std::string_view::npos
                   ? quotient(text, slash)
                   : ToolUnit{.unit = annotation(text)};
    }
    constexpr std::string_view kPer = " per ";
    if (const std::size_t per = text.find(kPer); per != std::string_view::npos) {
        std::string written(text);
        written.replace(per, kPer.size(), "/");
        return quotient(written, per);
    }
    if (text == "MBps" || text == "GBps") {
        std::string written(text);
        written.replace(2, 2, "/s");
        return quotient(written, 2);
    }
    return single(text);
}

std::string key_of(std::string_view name) {
    std::string key;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
        if (upper || kept) {
            key += static_cast<char>(upper ? c + ('a' - 'A') : c);
        } else if (!key.empty() && key.back() != '_') {
            key += '_';
        }
    }
    while (!key.empty() && key.back() == '_') {
        key.pop_back();
    }
    return key.empty() ? "value" : key;
}

} // namespace assay::import_formats
