#include "tracking/machine_shifts.hpp"

#include "statistics/robust_scale.hpp"
#include "statistics/sorted_window.hpp"
#include "verdict/lattice.hpp"
#include "verdict/level_onset.hpp"
#include "verdict/stored_series.hpp"

#include <algorithm>
#include <cmath>
#include <map>
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

// A value of a line.
struct Place {
    std::size_t line = 0, value = 0;
};

// How far it lies from those before it.
struct Movement {
    Place place;
    double center = 0;
    double change = 0, usual = 0; // as of verdict::MovingSeries

    [[nodiscard]] bool is_beyond() const noexcept { return std::abs(change) > usual; }
};

class ShiftSearch {
public:
    explicit ShiftSearch(const BranchLines& lines)
        : lines_(lines)
        , shifted_(lines.runs.size(), false) {
        by_run_.resize(lines.runs.size());
        std::map<std::string, std::size_t> numbers; // of cases
        for (std::size_t k = 0; k < lines.lines.size(); ++k) {
            const SeriesLine& line = lines.lines[k];
            families_.push_back(line.row.series.suite + "/" + line.row.series.family);
            cases_.push_back(
                numbers.emplace(line.row.series.case_id, numbers.size()).first->second);
            const std::size_t end = can_move(line) ? line.values.size() : 0;
            for (std::size_t i = 0; i < end; ++i) {
                by_run_[line.runs[i]].push_back({k, i});
            }
        }
        windows_.assign(lines.lines.size(), statistics::SortedWindow(kWindow));
    }

    std::vector<MachineShift> run() {
        for (std::size_t run = 0; run < lines_.runs.size(); ++run) {
            const EnvironmentShift said = said_of(run);
            if (said.cause == ShiftCause::none) {
                pass(run);
            } else {
                take(run, said);
            }
        }
        return std::move(found_);
    }

private:
    // One place of each case that has values enough before it: of its time where it has one.
    [[nodiscard]] std::vector<Place> witnesses(std::size_t run) const {
        std::vector<Place> places;
        std::vector<std::size_t> of_case(cases_.size(), 0); // 1 + index of the places
        for (const Place& place : by_run_[run]) {
            if (windows_[place.line].sorted().size() < kWindowMin) {
                continue;
            }
            std::size_t& known = of_case[cases_[place.line]];
            if (known == 0) {
                places.push_back(place);
                known = places.size();
            } else if (lines_.lines[place.line].row.series.metric == "time") {
                places[known - 1] = place;
            }
        }
        return places;
    }

    [[nodiscard]] EnvironmentShift said_of(std::size_t run) const {
        std::vector<Movement> movements;
        std::size_t worse = 0;
        std::size_t better = 0;
        for (const Place& place : witnesses(run)) {
            const Movement& one = movements.emplace_back(movement_of(place));
            if (one.is_beyond()) {
                ++(one.change > 0 ? worse : better);
            }
        }
        // Of nearly all runs that is all there is to know: no half of their series moved.
        if (2 * std::max(worse, better) < movements.size()) {
            return {};
        }
        std::vector<MovingSeries> moving;
        for (const Movement& one : movements) {
            moving.push_back(
                {.family = families_[one.place.line], .change = one.change, .usual = one.usual});
            if (one.is_beyond()) {
                moving.back().since =
                    verdict::level_onset(before(one.place),
                                         lines_.lines[one.place.line].values[one.place.value],
                                         one.center);
            }
        }
        return verdict::find_shift(moving, calibration(run));
    }

    [[nodiscard]] Movement movement_of(const Place& place) const {
        const SeriesLine& line = lines_.lines[place.line];
        const std::span<const double> window = windows_[place.line].sorted();
        const double center = statistics::median_sorted(window);
        const double n = static_cast<double>(window.size());
        const double error = verdict::spread_of_sorted_runs(window) / center * std::sqrt(1 + 1 / n);
        const double more = std::log(line.values[place.value] / center);
        const bool turned = line.kind.direction == measure::Direction::higher;
        return {.place = place,
                .center = center,
                .change = turned ? -more : more,
                .usual = verdict::usual_change(error)};
    }

    // What the window holds, oldest first.
    [[nodiscard]] std::vector<verdict::RunFigure> before(const Place& place) const {
        const SeriesLine& line = lines_.lines[place.line];
        std::vector<verdict::RunFigure> figures;
        for (std::size_t i = place.value; i-- > 0 && figures.size() < kWindow;) {
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

    // From now on later runs are held against this one too.
    void pass(std::size_t run) {
        for (const Place& place : by_run_[run]) {
            windows_[place.line].push(lines_.lines[place.line].values[place.value]);
        }
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
        for (statistics::SortedWindow& window : windows_) {
            window.clear();
        }
        for (std::size_t i = shift.first; i < shift.end; ++i) {
            pass(i);
        }
    }

    const BranchLines& lines_;
    std::vector<std::vector<Place>> by_run_;        // of each run, of series that can move
    std::vector<statistics::SortedWindow> windows_; // of each line: what came before
    std::vector<std::string> families_;             // of each line
    std::vector<std::size_t> cases_;                // of each line the number of its case
    std::vector<bool> shifted_;
    std::size_t level_begin_ = 0; // run that begins the machine's level of now
    std::vector<MachineShift> found_;
};

} // namespace

std::vector<MachineShift> find_machine_shifts(const BranchLines& lines) {
    return ShiftSearch(lines).run();
}

} // namespace assay::tracking
