#include "history/possible_figures.hpp"

#include "history/record_document.hpp"
#include "history/units.hpp"

#include <algorithm>
#include <array>

namespace assay::history {
namespace {

// "time", "size" or "rate"; "" of what may be below zero.
std::string_view never_negative(std::string_view base) {
    if (base == "s") {
        return "time";
    }
    if (base == "By" || base == "bit") {
        return "size";
    }
    return base == "Hz" || base.ends_with("/s") ? "rate" : "";
}

bool is_share(std::string_view metric) {
    const auto legacy = legacy_metric(metric);
    return (legacy && legacy->unit == "1") || metric.ends_with("hit_rate") ||
           metric.ends_with("hit_ratio");
}

} // namespace

std::string why_impossible(std::string_view metric, std::string_view unit, double value) {
    const std::string base = base_unit(unit).unit;
    if (const std::string_view kind = never_negative(base); value < 0 && !kind.empty()) {
        return "a " + std::string(kind) + " is never below zero";
    }
    const double whole = base == "1" ? 1 : base == "%" ? 100 : 0;
    if (whole > 0 && is_share(metric) && !(value >= 0 && value <= whole)) {
        return whole > 1 ? "a share in % lies within [0, 100]" : "a share lies within [0, 1]";
    }
    return {};
}

} // namespace assay::history
