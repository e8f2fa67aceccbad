#include "verdict/environment_shift.hpp"

#include "statistics/summary.hpp"
#include "support/percent.hpp"
#include "verdict/stored_series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace assay::verdict {
namespace {

constexpr std::size_t kCalibrationsMin = 5;
// Not the fence of 6.2, which lies at some five standard deviations of a run: half of all series
// beyond that would take a machine a tenth slower where runs differ by 2 %. Half of eight series
// beyond two standard errors, all to one side, happens by chance less than once in ten thousand
// runs (70 * 0.025^4 * 2).
constexpr double kUsualErrors = 2;

enum class KernelSays { not_recorded, inside, beyond };

KernelSays ask_kernel(const Calibration& calibration, bool worse) {
    if (!calibration.now || *calibration.now <= 0 ||
        calibration.earlier.size() < kCalibrationsMin) {
        return KernelSays::not_recorded;
    }
    const double center = statistics::median(calibration.earlier);
    if (center <= 0) {
        return KernelSays::not_recorded;
    }
    const double n = static_cast<double>(calibration.earlier.size());
    const double error = spread_of_runs(calibration.earlier) / center * std::sqrt(1 + 1 / n);
    const double change = std::log(*calibration.now / center);
    return std::abs(change) > usual_change(error) && (change > 0) == worse ? KernelSays::beyond
                                                                           : KernelSays::inside;
}

// What many series did in one run.
struct Move {
    std::string since = {};
    bool worse = false;
    std::size_t series = 0;
};

bool is_beyond(const MovingSeries& one) {
    return std::abs(one.change) > one.usual;
}

// Of moves that as many series made, one to the worse.
Move commonest_move(std::span<const MovingSeries> series) {
    std::map<std::pair<std::string, bool>, std::size_t> moves;
    for (const MovingSeries& one : series) {
        if (is_beyond(one) && one.since) {
            ++moves[{*one.since, one.change > 0}];
        }
    }
    Move commonest;
    for (const auto& [move, count] : moves) {
        if (count > commonest.series || (count == commonest.series && move.second)) {
            commonest = {.since = move.first, .worse = move.second, .series = count};
        }
    }
    return commonest;
}

bool made(const MovingSeries& one, const Move& move) {
    return is_beyond(one) && one.since && *one.since == move.since &&
           (one.change > 0) == move.worse;
}

// How many of those that made the move made it by as much as the median of them.
std::size_t count_alike(std::span<const MovingSeries> series, const Move& move) {
    std::vector<double> changes;
    for (const MovingSeries& one : series) {
        if (made(one, move)) {
            changes.push_back(std::abs(one.change));
        }
    }
    if (changes.empty()) {
        return 0;
    }
    const double median = statistics::median(changes);
    return static_cast<std::size_t>(std::ranges::count_if(series, [&](const MovingSeries& one) {
        const double change = std::abs(one.change);
        const bool within = change <= median * kAlikeFactor && change * kAlikeFactor >= median;
        return made(one, move) && (within || std::abs(change - median) <= one.usual);
    }));
}

// The median change of what made the move and of what did not move: others tell nothing of it.
double size_of(std::span<const MovingSeries> series, const Move& move) {
    std::vector<double> changes;
    for (const MovingSeries& one : series) {
        if (!is_beyond(one) || (one.since && *one.since == move.since)) {
            changes.push_back(one.change);
        }
    }
    return statistics::median(changes);
}

} // namespace

std::string_view name_of(ShiftCause cause) noexcept {
    constexpr std::array<std::string_view, 3> kNames{"none", "machine", "common cause"};
    return kNames.at(static_cast<std::size_t>(cause));
}

double usual_change(double prediction) noexcept {
    return kUsualErrors * prediction;
}

std::vector<MovingSeries> witnesses_of(std::span<const MovingSeries> series) {
    std::set<std::string> heard;
    std::vector<MovingSeries> witnesses;
    for (const MovingSeries& one : series) {
        if (one.witness.empty() || heard.insert(one.witness).second) {
            witnesses.push_back(one);
        }
    }
    return witnesses;
}

EnvironmentShift find_shift(std::span<const MovingSeries> given, const Calibration& calibration) {
    const std::vector<MovingSeries> series = witnesses_of(given);
    EnvironmentShift shift{.series = series.size()};
    const Move move = commonest_move(series);
    shift.beyond = count_alike(series, move);
    const bool agree =
        static_cast<double>(shift.beyond) >= kAlikeShare * static_cast<double>(move.series);
    std::set<std::string> families;
    for (const MovingSeries& one : series) {
        if (families.size() < kShiftFamiliesMin) { // more is not asked
            families.insert(one.family);
        }
    }
    if (series.size() < kShiftSeriesMin || families.size() < kShiftFamiliesMin ||
        2 * shift.beyond < series.size() || !agree) {
        return shift;
    }
    shift.size = size_of(series, move);
    const std::string moved = fmt::format("{} of {} cases moved by {:+.3g} % together",
                                          shift.beyond,
                                          series.size(),
                                          kPercent * std::expm1(shift.size));
    switch (ask_kernel(calibration, move.worse)) {
    case KernelSays::inside:
        shift.cause = ShiftCause::common;
        shift.reason =
            moved + ", the host's own kernel did not: a common cause in what is measured";
        break;
    case KernelSays::beyond:
        shift.cause = ShiftCause::machine;
        shift.reason = moved + ", and the host's own kernel with them";
        break;
    case KernelSays::not_recorded:
        shift.cause = ShiftCause::machine;
        shift.reason = moved + ", and how fast the machine was is not recorded";
        break;
    }
    return shift;
}

} // namespace assay::verdict
