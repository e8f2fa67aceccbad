#include "coordination/loop_figures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay::coordination {
namespace {

// Of sorted values: the smallest that is not below that share of them.
double nearest_rank(const std::vector<double>& sorted, double share) {
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size()) - 1e-9));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

} // namespace

Distribution distribution_of(std::vector<double> values) {
    if (values.empty()) {
        return {};
    }
    std::ranges::sort(values);
    return {.n = values.size(),
            .min = values.front(),
            .mean = std::accumulate(values.begin(), values.end(), 0.0) /
                    static_cast<double>(values.size()),
            .p50 = nearest_rank(values, 0.5),
            .p95 = nearest_rank(values, 0.95),
            .p99 = nearest_rank(values, 0.99),
            .max = values.back()};
}

LoopFigures figures_of(const LoopLog& log) {
    LoopFigures figures;
    for (std::size_t i = 0; i < log.cycles.size(); ++i) {
        const CycleRecord& cycle = log.cycles[i];
        figures.lateness.push_back(seconds_of(cycle.wake - cycle.due));
        figures.busy.push_back(seconds_of(cycle.done - cycle.wake));
        if (i > 0) {
            const CycleRecord& before = log.cycles[i - 1];
            const Time promised = static_cast<Time::rep>(cycle.index - before.index) * log.period;
            figures.jitter.push_back(std::abs(seconds_of(cycle.wake - before.wake - promised)));
        }
    }
    if (log.cycles.size() > 1) {
        const CycleRecord &first = log.cycles.front(), &last = log.cycles.back();
        figures.frequency =
            static_cast<double>(log.cycles.size() - 1) / seconds_of(last.wake - first.wake);
        figures.drift = seconds_of(last.wake - first.wake -
                                   static_cast<Time::rep>(last.index - first.index) * log.period);
    }
    return figures;
}

std::vector<double> seconds_of_all(std::span<const Time> times) {
    std::vector<double> seconds;
    seconds.reserve(times.size());
    for (const Time time : times) {
        seconds.push_back(seconds_of(time));
    }
    return seconds;
}

} // namespace assay::coordination
