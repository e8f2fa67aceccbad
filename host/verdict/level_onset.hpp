// Since which run a figure stands where it does.
//
//   auto since = level_onset(before, figure, center); // the uuid of that run, "": of no earlier
//   one
//
//   std::size_t runs = runs_at_level(before, figure, center);   // newest ones that stand there too
//
// What many series of a run have in common shows in it: one cause moves them in one run. Pure; any
// thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace assay::verdict {

struct RunFigure {
    std::string run; // its uuid
    double figure = 0;
};

// The first of the newest runs in a row that lie nearer to `figure` than to `center`, by ratio:
// empty where the newest run does not, nothing where all do, and so when it began is not known.
// `before`: oldest first. Figures and centre > 0.
[[nodiscard]] std::optional<std::string>
level_onset(std::span<const RunFigure> before, double figure, double center);

// How many runs those are. Figures and centre > 0.
[[nodiscard]] std::size_t
runs_at_level(std::span<const RunFigure> before, double figure, double center);

} // namespace assay::verdict
