#include "history/units.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

namespace assay::history {
namespace {

struct Unit {
    std::string_view name, base;
    double factor;
};

constexpr double kKibi = 1024.0;

// UCUM writes By and us; people and the replaced systems write B, bytes and µs too.
constexpr std::array kUnits{
    Unit{"s", "s", 1},
    Unit{"sec", "s", 1},
    Unit{"seconds", "s", 1},
    Unit{"ms", "s", 1e-3},
    Unit{"us", "s", 1e-6},
    Unit{"\u00B5s", "s", 1e-6}, // micro sign
    Unit{"\u03BCs", "s", 1e-6}, // Greek mu
    Unit{"ns", "s", 1e-9},
    Unit{"ps", "s", 1e-12},
    Unit{"min", "s", 60},
    Unit{"h", "s", 3600},
    Unit{"d", "s", 86400},
    Unit{"By", "By", 1},
    Unit{"B", "By", 1},
    Unit{"bytes", "By", 1},
    Unit{"kBy", "By", 1e3},
    Unit{"kB", "By", 1e3},
    Unit{"KB", "By", 1e3},
    Unit{"MBy", "By", 1e6},
    Unit{"MB", "By", 1e6},
    Unit{"GBy", "By", 1e9},
    Unit{"GB", "By", 1e9},
    Unit{"TBy", "By", 1e12},
    Unit{"TB", "By", 1e12},
    Unit{"KiBy", "By", kKibi},
    Unit{"KiB", "By", kKibi},
    Unit{"MiBy", "By", kKibi* kKibi},
    Unit{"MiB", "By", kKibi* kKibi},
    Unit{"GiBy", "By", kKibi* kKibi* kKibi},
    Unit{"GiB", "By", kKibi* kKibi* kKibi},
    Unit{"TiBy", "By", kKibi* kKibi* kKibi* kKibi},
    Unit{"TiB", "By", kKibi* kKibi* kKibi* kKibi},
    Unit{"bit", "bit", 1},
    Unit{"kbit", "bit", 1e3},
    Unit{"Mbit", "bit", 1e6},
    Unit{"Gbit", "bit", 1e9},
    Unit{"Hz", "Hz", 1},
    Unit{"kHz", "Hz", 1e3},
    Unit{"MHz", "Hz", 1e6},
    Unit{"GHz", "Hz", 1e9},
    Unit{"J", "J", 1},
    Unit{"kJ", "J", 1e3},
    Unit{"mJ", "J", 1e-3},
    Unit{"uJ", "J", 1e-6},
    Unit{"W", "W", 1},
    Unit{"kW", "W", 1e3},
    Unit{"mW", "W", 1e-3},
    Unit{"V", "V", 1},
    Unit{"K", "K", 1},
    Unit{"Cel", "Cel", 1}, // with an offset to K: left alone
    Unit{"1", "1", 1},
    Unit{"%", "%", 1}, // a bounded figure is compared in points: left alone
};

// "{token}": what is counted, of dimension 1.
bool is_annotation(std::string_view name) {
    return name.size() > 2 && name.front() == '{' && name.back() == '}' &&
           name.find_first_of("{}", 1) == name.size() - 1;
}

BaseUnit base_of_one(std::string_view name) {
    if (is_annotation(name)) {
        return {.unit = std::string(name), .factor = 1, .known = true};
    }
    const auto* const found = std::ranges::find(kUnits, name, &Unit::name);
    if (found == kUnits.end()) {
        return {.unit = std::string(name), .factor = 1, .known = false};
    }
    return {.unit = std::string(found->base), .factor = found->factor, .known = true};
}

// Spellings that are further from what they mean than from something else.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kSpellings{
    {{"msec", "ms"},
     {"millis", "ms"},
     {"milliseconds", "ms"},
     {"usec", "us"},
     {"micros", "us"},
     {"microseconds", "us"},
     {"nsec", "ns"},
     {"nanos", "ns"},
     {"nanoseconds", "ns"},
     {"secs", "s"},
     {"minutes", "min"},
     {"hours", "h"},
     {"mb", "MB"},
     {"gb", "GB"},
     {"percent", "%"},
     {"ratio", "1"}}};

// A word for what is counted: "request".
bool is_word(std::string_view name) {
    return name.size() > 2 && std::ranges::all_of(name, [](char letter) {
               return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      letter == '_';
           });
}

bool is_same_but_case(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) ==
               std::tolower(static_cast<unsigned char>(b));
    });
}

std::string likely_one(std::string_view name) {
    const auto* const spelt =
        std::ranges::find(kSpellings, name, &std::pair<std::string_view, std::string_view>::first);
    if (spelt != kSpellings.end()) {
        return std::string(spelt->second);
    }
    constexpr std::size_t kLongEnough = 3; // a letter or two come near too much
    std::vector<std::string> known;
    for (const Unit& unit : kUnits) {
        if (is_same_but_case(unit.name, name)) {
            return std::string(unit.name);
        }
        known.emplace_back(unit.name);
    }
    if (const auto near = nearest(name, known); near && name.size() >= kLongEnough) {
        return *near;
    }
    return is_word(name) ? "{" + std::string(name) + "}" : "";
}

} // namespace

std::string likely_unit(std::string_view source) {
    const std::size_t slash = source.find('/');
    const std::string_view over = source.substr(0, slash);
    const std::string first = base_of_one(over).known ? std::string(over) : likely_one(over);
    if (slash == std::string_view::npos || first.empty()) {
        return first;
    }
    const std::string_view under = source.substr(slash + 1);
    const std::string second = base_of_one(under).known ? std::string(under) : likely_one(under);
    return second.empty() ? "" : first + "/" + second;
}

BaseUnit base_unit(std::string_view source) {
    const std::size_t slash = source.find('/');
    const BaseUnit over = base_of_one(source.substr(0, slash));
    if (slash == std::string_view::npos) {
        return over;
    }
    const BaseUnit under = base_of_one(source.substr(slash + 1)); // a second '/' makes it unknown
    if (!over.known || !under.known) {
        return {.unit = std::string(source), .factor = 1, .known = false};
    }
    return {
        .unit = over.unit + "/" + under.unit, .factor = over.factor / under.factor, .known = true};
}

} // namespace assay::history
