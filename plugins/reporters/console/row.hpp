// What the table keeps of a finished case: a few figures and words, so that ten thousand cases cost
// little. Texts are safe for a terminal.
//
//   rows.push_back(row_from(event, look));
//   std::sort(rows.begin(), rows.end(), comes_before);
//
// Plain values; pure functions.
#pragma once

#include "look.hpp"

#include <assay/reporter.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace console {

struct Figure {
    static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

    std::string key, unit;
    double value = kUnknown, low = kUnknown, high = kUnknown, level = kUnknown;
};

struct Row {
    std::string id, suite;
    std::string family; // the whole id where it is not "suite/family[...]"
    std::string params; // "[n=64,dtype=f32]" or empty
    assay::case_status status = assay::case_status::passed;
    std::string reason;
    std::uint64_t launches = 0;
    std::optional<Figure> headline; // the first metric: time per iteration
    std::optional<Figure> speedup;
    std::vector<Figure> further;     // the case's own metrics and rates
    std::vector<std::string> labels; // "unverified", "unsteady", ...
};

// `look.verbose` keeps the host's own figures (wall_time, peak_rss...) too.
[[nodiscard]] Row row_from(const assay::event_view& event, const Look& look);

// Suites and families by name, cases by the values of their parameters: n=64 before n=4096.
[[nodiscard]] bool comes_before(const Row& a, const Row& b);

// Neither measured nor deliberately left out: these need somebody's attention.
[[nodiscard]] bool is_failure(assay::case_status status);

// Cancelled before there was a figure: nothing to show but how many there are.
[[nodiscard]] bool never_measured(const Row& row);

// "wrong result", "timed out", ...
[[nodiscard]] std::string status_words(assay::case_status status);

} // namespace console
