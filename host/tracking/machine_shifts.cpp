#include "tracking/machine_shifts.hpp"

#include "statistics/summary.hpp"
#include "verdict/lattice.hpp"
#include "verdict/level_onset.hpp"
#include "verdict/stored_series.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace assay::tracking {
namespace {

using verdict::EnvironmentShift;
using verdict::MovingSeries;
using verdict::ShiftCause;

constexpr std::size_t kWindow = 20;   // values before a run that it is held against
constexpr std::size_t kWindowMin = 5; // fewer tell no spread
constexpr std::size_t kCalibrations = 100;

// Not an exact figure, not a share, with a direction, and never zero or below.
bool can_move(const SeriesLine& line) {
    return !line.kind.exact && line.kind.direction != measure::Direction::none &&
           line.kind.unit != "1" && line.kind.unit != "%" &&
           std::ranges::all_of(line.values, [](double value) { return value > 0; });
}

class ShiftSearch {
public:
    explicit ShiftSearch(const BranchLines& lines)
        : lines_(lines)
        , shifted_(lines.runs.size(), false) {
        by_run_.resize(lines.runs.size());
        for (std::size_t k = 0; k < lines.lines.size(); ++k) {
            const SeriesLine& line = lines.lines[k];
            families_.push_back(line.row.series.suite + "/" + line.row.series.family);
            const std::size_t end = can_move(line) ? line.values.size() : 0;
            for (std::size_t i = kWindowMin; i < end; ++i) {
                by_run_[line.runs[i]].emplace_back(k, i);
            }
        }
    }

    std::vector<MachineShift> run() {
        for (std::size_t run = 0; run < lines_.runs.size(); ++run) {
            const EnvironmentShift said = said_of(run);
            if (said.cause != ShiftCause::none) {
                take(run, said);
            }
        }
        return std::move(found_);
    }

private:
    [[nodiscard]] EnvironmentShift said_of(std::size_t run) const {
        if (by_run_[run].size() < verdict::kShiftSeriesMin) {
            return {};
        }
        std::vector<MovingSeries> moving;
        for (const auto& [line, value] : by_run_[run]) {
            if (auto one = movement(line, value)) {
                moving.push_back(std::move(*one));
            }
        }
        return verdict::find_shift(moving, calibration(run));
    }

    [[nodiscard]] std::optional<MovingSeries> movement(std::size_t place, std::size_t value) const {
        const SeriesLine& line = lines_.lines[place];
        std::vector<double> window;
        window.reserve(kWindow);
        for (std::size_t i = value; i-- > 0 && window.size() < kWindow;) {
            if (line.runs[i] < level_begin_) {
                break;
            }
            if (!shifted_[line.runs[i]]) {
                window.push_back(line.values[i]);
            }
        }
        if (window.size() < kWindowMin) {
            return std::nullopt;
        }
        const double center = statistics::median(window);
        const double n = static_cast<double>(window.size());
        const double error = verdict::spread_of_runs(window) / center * std::sqrt(1 + 1 / n);
        const double more = std::log(line.values[value] / center);
        const bool turned = line.kind.direction == measure::Direction::higher;
        MovingSeries moving{.family = families_[place],
                            .change = turned ? -more : more,
                            .usual = verdict::usual_change(error)};
        if (std::abs(moving.change) > moving.usual) { // of few: nobody asks it of others
            moving.since = verdict::level_onset(before(line, value), line.values[value], center);
        }
        return moving;
    }

    // What `movement` looks at, oldest first.
    [[nodiscard]] std::vector<verdict::RunFigure> before(const SeriesLine& line,
                                                         std::size_t value) const {
        std::vector<verdict::RunFigure> figures;
        for (std::size_t i = value; i-- > 0 && figures.size() < kWindow;) {
            if (line.runs[i] < level_begin_) {
                break;
            }
            if (!shifted_[line.runs[i]]) {
                figures.push_back({lines_.runs[line.runs[i]].uuid, line.values[i]});
            }
        }
        std::ranges::reverse(figures);
        return figures;
    }

    [[nodiscard]] verdict::Calibration calibration(std::size_t run) const {
        verdict::Calibration known{.now = lines_.runs[run].calibration};
        for (std::size_t i = run; i-- > level_begin_ && known.earlier.size() < kCalibrations;) {
            if (!shifted_[i] && lines_.runs[i].calibration) {
                known.earlier.push_back(*lines_.runs[i].calibration);
            }
        }
        return known;
    }

    // Another run of the shift before it, or the first of a new one.
    void take(std::size_t run, const EnvironmentShift& said) {
        const bool goes_on = !found_.empty() && found_.back().end == run && !found_.back().lasts &&
                             found_.back().cause == said.cause &&
                             (found_.back().size > 0) == (said.size > 0);
        if (!goes_on) {
            found_.push_back({.first = run,
                              .cause = said.cause,
                              .size = said.size,
                              .beyond = said.beyond,
                              .series = said.series,
                              .reason = said.reason});
        }
        MachineShift& shift = found_.back();
        shift.end = run + 1;
        shifted_[run] = true;
        if (shift.end - shift.first < verdict::kConfirmingRuns) {
            return;
        }
        shift.lasts = true;
        level_begin_ = shift.first;
        std::fill(shifted_.begin() + static_cast<std::ptrdiff_t>(shift.first),
                  shifted_.begin() + static_cast<std::ptrdiff_t>(shift.end),
                  false);
    }

    const BranchLines& lines_;
    // Of each run the values that can be judged in it.
    std::vector<std::vector<std::pair<std::size_t, std::size_t>>> by_run_; // line, value
    std::vector<std::string> families_;                                    // of each line
    std::vector<bool> shifted_;
    std::size_t level_begin_ = 0; // run that begins the machine's level of now
    std::vector<MachineShift> found_;
};

} // namespace

std::vector<MachineShift> find_machine_shifts(const BranchLines& lines) {
    return ShiftSearch(lines).run();
}

} // namespace assay::tracking
