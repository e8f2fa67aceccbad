#include "history/units.hpp"

#include <algorithm>
#include <array>

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

} // namespace

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
