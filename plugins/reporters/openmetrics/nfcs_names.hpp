// The names under which dashboards of the replaced NFCS system know our figures. They are a
// contract and kept to the letter.
//
//   for (const KnownName& known : nfcs_names("cgl", "step", "time")) known.name
//
// Pure functions.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace openmetrics {

enum class NfcsType { gauge, histogram };

// A figure of ours that has such a name.
struct KnownName {
    std::string_view suite, family, metric; // family "": every one of the suite
    std::string_view name, help, unit;      // unit: as the name ends, or ""
    NfcsType type = NfcsType::gauge;
    std::string_view label = {}, axis = {}; // the label that the axis of the case becomes
    double scale = 1;                       // their unit in ours: a share of 1 is 100 percent
    std::span<const double> bounds = {};    // of a histogram, in seconds
};

[[nodiscard]] std::vector<KnownName>
nfcs_names(std::string_view suite, std::string_view family, std::string_view metric);

// Bounds of a distribution of times that nobody gave others: those of the common clients, and from
// a microsecond on, since most of what is measured here takes less than the first of theirs.
[[nodiscard]] std::span<const double> usual_bounds() noexcept;

} // namespace openmetrics
