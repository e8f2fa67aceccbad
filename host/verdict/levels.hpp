// The levels of a series, and which of them may be a reference: what a baseline rests on and
// whether a regression is over.
//
//   auto changes = statistics::detect(values, Detector::assay, options).points;
//   auto levels = walk_levels(values, changes, {.direction = Direction::lower});
//   levels.back().standing      // worse: nobody has accepted it, the level before it still counts
//
// A step to the better is accepted when five runs confirm it, one to the worse only when a person
// says that it was expected: waiting makes no regression a baseline. Section 5 of the
// specification of tracking. Pure; any thread.
#pragma once

#include "measure/description.hpp"
#include "statistics/change_points/detection.hpp"
#include "verdict/stored_point.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

enum class LevelStanding {
    reference, // the first one
    better,    // a confirmed step to the better than any reference before: the reference from now
    back,      // no longer to be told from the reference that it had left
    expected,  // worse, and accepted by a person: the reference from now
    worse,     // than the reference, and nobody has accepted it
    candidate, // fewer runs than confirm a step
};

std::string_view name_of(LevelStanding standing) noexcept;

struct Level {
    std::size_t first = 0, end = 0; // of the values: [first, end)
    LevelStanding standing = LevelStanding::reference;
    double center = 0; // median
};

struct LevelOptions {
    measure::Direction direction = measure::Direction::none; // none: every confirmed step counts
    bool exact = false;
    // Values that begin a level which a person has accepted; a few places off is the same.
    std::vector<std::size_t> expected = {};
};

// One level more than there are changes.
[[nodiscard]] std::vector<Level> walk_levels(std::span<const double> values,
                                             std::span<const statistics::ChangePoint> changes,
                                             const LevelOptions& options);

// Whether a level that is worse than its reference came to an end after `place` of `levels`.
[[nodiscard]] bool is_over(std::span<const Level> levels, std::size_t place) noexcept;

// A change found again may have moved by so many runs and still be the same (section 9.1).
inline constexpr std::size_t kSameChangeRuns = 5;

// How many of a level's newest values, of fewer than confirm a step, all stand apart from those
// before them and to the same side: too few yet for the detector, which wants three, or for its
// test. They may be the first of another level, and until more of them tell, nothing is learnt of
// them. 0: the newest belongs to the level, or the level is too short to say.
[[nodiscard]] std::size_t unsettled_values(std::span<const double> level, const SeriesKind& kind);

// How series of the history are searched: exactly where their figures are exact, and never for
// less than the floor.
[[nodiscard]] statistics::DetectOptions detect_options(const SeriesKind& kind) noexcept;

// Marks where the newest accepted level begins (`opens_segment`) and what belongs to none
// (`set_aside`): points of a worse level, of one that is not confirmed yet, and newest ones that
// may begin one; and the newest of a trend to the worse that goes on (`drifts_worse`, section 8.6).
// Points are of one series and branch, oldest first. `expected`: runs that begin an
// accepted level.
void mark_levels(std::span<StoredPoint> points,
                 const SeriesKind& kind,
                 std::span<const std::string> expected);

} // namespace assay::verdict
