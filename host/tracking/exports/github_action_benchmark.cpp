// [{"name": "sums/add[n=64]", "unit": "s", "value": 1.2e-06, "range": "± 1e-08", "extra": "..."}]
//
// The action reads a file as customSmallerIsBetter or as customBiggerIsBetter: what is better
// stands in the workflow and not in the file.
#include "support/json.hpp"
#include "support/text.hpp"
#include "tracking/exports/foreign_names.hpp"
#include "tracking/exports/writers.hpp"

namespace assay::tracking {
namespace {

using measure::Direction;

constexpr std::string_view kActionImporter = "github_action_benchmark";

// A name is a line through time; the figure that a case is about needs no further word.
std::string action_name(const ExportedCase& one, const history::Series& series) {
    const bool own = one.imported && series.metric == "value";
    return shown_case(one, kActionImporter) +
           (series.metric == "time" || own ? "" : " " + series.metric);
}

// What the action shows beside a point of its chart.
std::string action_extra(const history::Figures& figures) {
    std::string text = "n " + std::to_string(figures.n);
    if (figures.n_launches > 0) {
        text += ", " + std::to_string(figures.n_launches) + " launches";
    }
    if (figures.lo && figures.hi) {
        text += "\ninterval [" + shortest(*figures.lo) + ", " + shortest(*figures.hi) + "]";
    }
    return text;
}

json::object action_bench(const ExportedCase& one, const history::Point& point) {
    const history::Figures& figures = *point.figures;
    json::object bench{{"name", action_name(one, point.series)},
                       {"unit", shown_unit(point.series.unit)},
                       {"value", json_number(figures.center)}};
    if (figures.spread) {
        bench["range"] = "± " + shortest(*figures.spread);
    }
    bench["extra"] = action_extra(figures);
    return bench;
}

struct DirectionCounts {
    std::size_t lower = 0, higher = 0;
};

DirectionCounts directions_of(const std::vector<ExportedCase>& cases) {
    DirectionCounts counts;
    for (const ExportedCase& one : cases) {
        for (const history::Point* point : one.points) {
            counts.lower += point->series.direction == Direction::lower ? 1 : 0;
            counts.higher += point->series.direction == Direction::higher ? 1 : 0;
        }
    }
    return counts;
}

Error mixed_directions(const DirectionCounts& counts) {
    return {.kind = ErrorKind::usage,
            .message = "of " + std::to_string(counts.lower) + " figures lower is better and of " +
                       std::to_string(counts.higher) +
                       " higher, and github-action-benchmark takes a file as one or the other",
            .hint = "write two files: '--direction lower' for the step with tool "
                    "'customSmallerIsBetter', '--direction higher' for 'customBiggerIsBetter'"};
}

} // namespace

Result<ExportText> github_action_benchmark_text(const ExportedRun& exported,
                                                std::optional<Direction> only) {
    const std::vector<ExportedCase> cases = exported_cases(exported.run);
    const DirectionCounts counts = directions_of(cases);
    if (!only && counts.lower > 0 && counts.higher > 0) {
        return mixed_directions(counts);
    }
    const Direction wanted =
        only.value_or(counts.higher > 0 ? Direction::higher : Direction::lower);
    ExportText made;
    json::array benches;
    for (const ExportedCase& one : cases) {
        made.left_out.add("metrics without a figure", one.without_figure);
        made.left_out.add("cases that did not pass", one.failure != nullptr ? 1 : 0);
        if (one.failure != nullptr) {
            continue;
        }
        for (const history::Point* point : one.points) {
            if (point->series.direction != wanted) {
                made.left_out.add(point->series.direction == Direction::none
                                      ? "figures of which neither direction is better"
                                      : "figures of the other direction");
                continue;
            }
            made.left_out.add("samples", observations(*point).size());
            benches.push_back(action_bench(one, *point));
        }
    }
    if (benches.empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message = "no figure of the run has the direction that was asked for",
                     .hint = "'assay export csv' writes every figure with its direction"};
    }
    made.text = write_json(benches, JsonLayout::indented) + "\n";
    return made;
}

} // namespace assay::tracking
