// Histories that a dashboard is drawn of: series with a step, a drift, outliers, runs that broke,
// and names that want to be markup.
//
//   fill(store, {.series = 200, .runs = 500});
//
// The same shape gives the same history.
#pragma once

#include "history/store.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace assay::test {

struct ShownShape {
    std::size_t series = 8, runs = 40, platforms = 1;
    bool hostile = false;     // names that want to be markup, in place of the first ones
    std::size_t samples = 24; // of the newest run of each platform, in three launches
    std::size_t sampled = 1;  // that many of the newest runs have samples
    bool unmeasured = false;  // one more series, of which no run has a figure
};

inline constexpr const char* kHostileName =
    "evil/<script>alert(1)</script>[q=\"'&,rtl=\xe2\x80\xaetxt\xe2\x80\xac]";

// The case of that number: "suite_0/case_0[n=16]".
[[nodiscard]] std::string shown_case(std::size_t number, const ShownShape& shape);

// What run `run` says of series `number`, before noise: series 0 gets slower by 20 % after 70 % of
// the runs, 1 faster by 15 %, 2 drifts, all others stay.
[[nodiscard]] double shown_level(std::size_t number, std::size_t run, const ShownShape& shape);

// Run `run` of a platform, with a point of every series but those that broke in it.
[[nodiscard]] history::Run
shown_run(std::size_t run, std::size_t platform, const ShownShape& shape);

// Fails by exception where the store refuses.
void fill(history::Store& store, const ShownShape& shape);

} // namespace assay::test
