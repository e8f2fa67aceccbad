#include "wording.hpp"

#include "support/text.hpp"

#include <fmt/format.h>

namespace proof {

std::string_view name_of(View view) {
    switch (view) {
    case View::assay:
        return "assay compare";
    case View::peer_real_time:
        return "Google Benchmark, real time";
    case View::peer_cpu_time:
        return "Google Benchmark, CPU time";
    }
    return {};
}

std::string_view name_of(Reached reached) {
    switch (reached) {
    case Reached::stated:
        return "-";
    case Reached::yes:
        return "reached";
    case Reached::no:
        return "MISSED";
    case Reached::too_few:
        return "n < 100";
    }
    return {};
}

std::string goal_text(const Cell& cell) {
    std::vector<std::string> parts;
    if (cell.goal.alarms_max) {
        parts.push_back(fmt::format("alarms <= {:.0f} %", 100 * *cell.goal.alarms_max));
    }
    if (cell.goal.alarms_high_max) {
        parts.push_back(fmt::format("bound <= {:.0f} %", 100 * *cell.goal.alarms_high_max));
    }
    if (cell.goal.same_min) {
        parts.push_back(fmt::format("same >= {:.0f} %", 100 * *cell.goal.same_min));
    }
    if (cell.goal.found_min) {
        parts.push_back(fmt::format("found >= {:.0f} %", 100 * *cell.goal.found_min));
    }
    return assay::join(parts, ", ");
}

double quantile(std::span<const double> ascending, double p) {
    const auto last = static_cast<double>(ascending.size() - 1);
    return ascending[static_cast<std::size_t>(p * last + 0.5)];
}

std::vector<View> views_of(std::span<const Record> records, const Cell& cell) {
    std::vector<View> views;
    for (const View view : {View::assay, View::peer_real_time, View::peer_cpu_time}) {
        if (count(records, cell, view).comparisons > 0) {
            views.push_back(view);
        }
    }
    return views;
}

} // namespace proof
