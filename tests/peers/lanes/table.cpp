#include "table.hpp"

#include "statistics/evidence.hpp"
#include "statistics/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace lanes_peer {
namespace {

namespace statistics = assay::statistics;

constexpr double kMadPerSd = 1.4826;
constexpr double kShiftMax = 0.02; // beyond the run-to-run spread
constexpr double kRatioMax = 0.7;

double percent(double log_ratio) {
    return 100 * std::expm1(log_ratio);
}

std::string interval_text(const std::vector<double>& x) {
    const auto interval =
        statistics::always_valid_interval(x, 0.05, statistics::EvidenceMethod::mixture);
    if (!std::isfinite(interval.low) || !std::isfinite(interval.high)) {
        return "-";
    }
    return fmt::format("[{:+.2f}, {:+.2f}]", percent(interval.low), percent(interval.high));
}

struct Shift {
    std::string id;
    std::vector<double> x;     // ln(lanes / one lane) by round
    std::vector<double> alone; // ln of the medians of one lane
};

std::vector<Shift> shifts_of(const std::vector<Round>& rounds) {
    std::vector<Shift> shifts;
    for (const auto& [id, ignored] : rounds.front().one_lane.medians) {
        Shift shift{.id = id, .x = {}, .alone = {}};
        for (const Round& round : rounds) {
            const auto one = round.one_lane.medians.find(id);
            const auto lanes = round.lanes.medians.find(id);
            if (one != round.one_lane.medians.end() && lanes != round.lanes.medians.end()) {
                shift.x.push_back(std::log(lanes->second / one->second));
                shift.alone.push_back(std::log(one->second));
            }
        }
        shifts.push_back(std::move(shift));
    }
    return shifts;
}

} // namespace

std::string table(const std::vector<Round>& rounds) {
    std::vector<double> ratios;
    std::vector<double> one;
    std::vector<double> lanes;
    for (const Round& round : rounds) {
        one.push_back(round.one_lane.seconds);
        lanes.push_back(round.lanes.seconds);
        ratios.push_back(round.lanes.seconds / round.one_lane.seconds);
    }
    const double ratio = statistics::median(ratios);
    std::string text =
        fmt::format("lanes: {}, {}\n", rounds.back().lanes.decision, rounds.back().lanes.reason);
    text += fmt::format("wall time of a run, median of {}: --lanes 1 {:.2f} s, default lanes "
                        "{:.2f} s; ratio {:.3f} ({:.3f} to {:.3f}), goal <= {:.1f}: {}\n\n",
                        rounds.size(),
                        statistics::median(one),
                        statistics::median(lanes),
                        ratio,
                        *std::ranges::min_element(ratios),
                        *std::ranges::max_element(ratios),
                        kRatioMax,
                        ratio <= kRatioMax ? "reached" : "missed");
    text += fmt::format("{:<64} {:>9} {:>18} {:>9}\n",
                        "case, its median with lanes against one",
                        "shift %",
                        "interval %",
                        "spread %");
    std::size_t far = 0;
    const std::vector<Shift> shifts = shifts_of(rounds);
    for (const Shift& shift : shifts) {
        const double centre = statistics::median(shift.x);
        const double spread = kMadPerSd * statistics::median_absolute_deviation(shift.alone);
        const bool moved = std::abs(centre) > kShiftMax + spread;
        far += moved ? 1 : 0;
        text += fmt::format("{:<64} {:>+9.2f} {:>18} {:>9.2f}{}\n",
                            shift.id,
                            percent(centre),
                            interval_text(shift.x),
                            100 * spread,
                            moved ? "  beyond" : "");
    }
    text += fmt::format("\n{} of {} cases are moved by more than {:.0f} % beyond their run-to-run "
                        "spread (1.4826 MAD of --lanes 1)\n",
                        far,
                        shifts.size(),
                        100 * kShiftMax);
    return text;
}

} // namespace lanes_peer
