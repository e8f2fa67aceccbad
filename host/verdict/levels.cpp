#include "verdict/levels.hpp"

#include "statistics/change_points/step_test.hpp"
#include "statistics/change_points/window_frame.hpp"
#include "statistics/summary.hpp"
#include "verdict/stored_series.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace assay::verdict {
namespace {

using measure::Direction;
using statistics::ChangePoint;

constexpr std::size_t kLevelValuesMin = 3; // fewer have no spread to speak of

constexpr std::array<std::string_view, 6> kStandings{
    "reference", "better", "back", "expected", "worse", "candidate"};

std::vector<double> sorted(std::span<const double> values) {
    std::vector<double> copy(values.begin(), values.end());
    std::ranges::sort(copy);
    return copy;
}

// Whether the detector's own test tells two levels apart.
bool differ(std::span<const double> reference, std::span<const double> level, bool exact) {
    const std::vector<double> before = sorted(reference);
    const std::vector<double> after = sorted(level);
    if (exact) {
        return statistics::median(before) != statistics::median(after);
    }
    const statistics::DetectOptions options;
    const statistics::StepComparison said = statistics::RobustStepTest({}).compare(before, after);
    return said.p < options.p_max &&
           statistics::relative_magnitude(statistics::median(before), statistics::median(after)) >
               kFloor;
}

bool is_worse(double reference, double level, Direction direction) {
    return direction == Direction::higher ? level < reference : level > reference;
}

class Walk {
public:
    Walk(std::span<const double> values, const LevelOptions& options)
        : values_(values)
        , options_(options) {}

    Level first(std::size_t end) {
        reference_.assign(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(end));
        return level(0, end, LevelStanding::reference);
    }

    Level next(const ChangePoint& change, std::size_t end) {
        const auto span = values_.subspan(change.index, end - change.index);
        const Level found = level(change.index, end, standing_of(change, span));
        switch (found.standing) {
        case LevelStanding::better:
        case LevelStanding::expected:
            reference_.assign(span.begin(), span.end());
            away_ = false;
            break;
        case LevelStanding::back:
            reference_.insert(reference_.end(), span.begin(), span.end());
            away_ = false;
            break;
        case LevelStanding::worse:
            away_ = true;
            break;
        case LevelStanding::reference:
        case LevelStanding::candidate:
            break;
        }
        return found;
    }

private:
    [[nodiscard]] Level level(std::size_t first, std::size_t end, LevelStanding standing) const {
        return {first, end, standing, statistics::median(values_.subspan(first, end - first))};
    }

    [[nodiscard]] bool was_expected(std::size_t index) const {
        return std::ranges::any_of(options_.expected, [index](std::size_t one) {
            return one <= index + kSameChangeRuns && index <= one + kSameChangeRuns;
        });
    }

    [[nodiscard]] LevelStanding standing_of(const ChangePoint& change,
                                            std::span<const double> level) const {
        const double center = statistics::median(level);
        const double reference = statistics::median(reference_);
        const bool worse = is_worse(reference, center, options_.direction);
        if (options_.direction != Direction::none && worse && was_expected(change.index)) {
            return LevelStanding::expected;
        }
        if (change.state == statistics::PointState::candidate) {
            return LevelStanding::candidate;
        }
        if (options_.direction == Direction::none) {
            return LevelStanding::better;
        }
        if (away_ && !differ(reference_, level, options_.exact)) {
            return LevelStanding::back;
        }
        return worse ? LevelStanding::worse : LevelStanding::better;
    }

    std::span<const double> values_;
    const LevelOptions& options_;
    std::vector<double> reference_; // values of the level that counts
    bool away_ = false;             // the series has left it for a worse one
};

// Which way a newest value lies off the values before it, further than they differ among each
// other: the history's test of one new run (section 6.2). 0: it may be one of them.
int side_of(double value, std::span<const double> before, const SeriesKind& kind) {
    const NewFigures news{.figures = {value},
                          .kind = {.unit = kind.unit},
                          .baseline = {.center = statistics::median(before),
                                       .n = before.size(),
                                       .figures = {before.begin(), before.end()}}};
    const StoredFinding found = examine(news, {});
    const bool apart = found.zero_baseline || (found.is_significant && found.reaches_floor);
    return !apart ? 0 : value < news.baseline.center ? -1 : 1;
}

bool is_aside(const Level& level) noexcept {
    return level.standing == LevelStanding::worse || level.standing == LevelStanding::candidate;
}

bool stand_apart(std::span<const double> newest,
                 std::span<const double> before,
                 const SeriesKind& kind) {
    const int side = side_of(newest.front(), before, kind);
    return side != 0 && std::ranges::all_of(newest.subspan(1), [&](double value) {
               return side_of(value, before, kind) == side;
           });
}

} // namespace

std::size_t unsettled_values(std::span<const double> level, const SeriesKind& kind) {
    const std::size_t confirm_min = statistics::DetectOptions{}.confirm_min;
    const auto recent = level.last(std::min(level.size(), kSegmentRuns));
    for (std::size_t newest = confirm_min - 1; newest > 0; --newest) {
        if (recent.size() >= newest + kLevelValuesMin &&
            stand_apart(recent.last(newest), recent.first(recent.size() - newest), kind)) {
            return newest;
        }
    }
    return 0;
}

std::string_view name_of(LevelStanding standing) noexcept {
    return kStandings.at(static_cast<std::size_t>(standing));
}

std::vector<Level> walk_levels(std::span<const double> values,
                               std::span<const ChangePoint> changes,
                               const LevelOptions& options) {
    std::vector<Level> levels;
    if (values.empty()) {
        return levels;
    }
    Walk walk(values, options);
    levels.push_back(walk.first(changes.empty() ? values.size() : changes.front().index));
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const std::size_t end = i + 1 < changes.size() ? changes[i + 1].index : values.size();
        levels.push_back(walk.next(changes[i], end));
    }
    return levels;
}

bool is_over(std::span<const Level> levels, std::size_t place) noexcept {
    return std::ranges::any_of(levels.subspan(std::min(place + 1, levels.size())),
                               [](const Level& level) {
                                   return level.standing == LevelStanding::back ||
                                          level.standing == LevelStanding::better ||
                                          level.standing == LevelStanding::expected;
                               });
}

statistics::DetectOptions detect_options(const SeriesKind& kind) noexcept {
    statistics::DetectOptions options;
    options.exact = kind.exact;
    options.min_magnitude = kFloor;
    return options;
}

void mark_levels(std::span<StoredPoint> points,
                 const SeriesKind& kind,
                 std::span<const std::string> expected) {
    std::vector<double> values;
    std::vector<StoredPoint*> places;
    LevelOptions options{.direction = kind.direction, .exact = kind.exact};
    for (StoredPoint& point : points) {
        if (std::ranges::find(expected, point.run) != expected.end()) {
            options.expected.push_back(values.size());
        }
        if (counts(point)) {
            values.push_back(*point.figure);
            places.push_back(&point);
        }
    }
    const auto found =
        statistics::detect(values, statistics::Detector::assay, detect_options(kind));
    const std::vector<Level> levels = walk_levels(values, found.points, options);
    for (const Level& level : levels) {
        places.at(level.first)->opens_segment =
            level.standing == LevelStanding::better || level.standing == LevelStanding::expected;
        for (std::size_t i = level.first; i < level.end; ++i) {
            places[i]->set_aside = is_aside(level);
        }
    }
    if (!found.drifts.empty() && found.drifts.back().end == values.size()) {
        const double slope = found.drifts.back().slope;
        places.back()->drifts_worse = kind.direction == Direction::lower    ? slope > 0
                                      : kind.direction == Direction::higher ? slope < 0
                                                                            : false;
    }
    if (!levels.empty() && !is_aside(levels.back()) && !kind.exact) {
        const auto newest = std::span<const double>(values).subspan(levels.back().first);
        for (StoredPoint* point : std::span(places).last(unsettled_values(newest, kind))) {
            point->set_aside = true;
        }
    }
}

} // namespace assay::verdict
