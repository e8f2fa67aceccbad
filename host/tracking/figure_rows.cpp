#include "tracking/figure_rows.hpp"

#include "support/csv.hpp"
#include "support/text.hpp"
#include "tracking/document_values.hpp"

#include <cstddef>
#include <vector>

namespace assay::tracking {
namespace {

const std::vector<std::string> kColumns{
    "run",   "started",  "kind",   "platform", "fingerprint", "branch", "commit",
    "dirty", "case",     "metric", "unit",     "direction",   "status", "center",
    "lo",    "hi",       "spread", "min",      "max",         "p95",    "p99",
    "n",     "launches", "flags",  "reason"};

constexpr std::ptrdiff_t kRunColumns = 8;
constexpr std::size_t kCaseColumn = 8, kStatusColumn = 12;

std::string number(const std::optional<double>& value) {
    return value ? shortest(*value) : std::string();
}

std::string yes_or_no(const std::optional<bool>& value) {
    return !value ? "" : *value ? "yes" : "no";
}

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : std::string();
}

std::vector<std::string> cells_of(const history::Run& run, const history::Point& point) {
    const auto& figures = point.figures;
    const auto figure = [&figures](auto member) {
        return figures ? number((*figures).*member) : std::string();
    };
    return {run.uuid,
            text_of(instant_value(run.started)),
            run.kind,
            run.platform.label,
            run.platform.fingerprint,
            run.git.branch,
            run.git.sha,
            yes_or_no(run.git.dirty),
            point.series.case_id,
            point.series.metric,
            point.series.unit,
            std::string(measure::name_of(point.series.direction)),
            std::string(measure::name_of(point.status)),
            figures ? shortest(figures->center) : "",
            figure(&history::Figures::lo),
            figure(&history::Figures::hi),
            figure(&history::Figures::spread),
            figure(&history::Figures::min),
            figure(&history::Figures::max),
            figure(&history::Figures::p95),
            figure(&history::Figures::p99),
            figures ? std::to_string(figures->n) : "",
            figures ? std::to_string(figures->n_launches) : "",
            join(flag_names(point.flags), " "),
            ""};
}

// Of a case that did not pass: what its columns have no value for stays empty.
std::vector<std::string> cells_of(const history::Run& run, const history::Failure& failure) {
    std::vector<std::string> cells = cells_of(run, history::Point{.series = {}});
    for (auto cell = cells.begin() + kRunColumns; cell != cells.end(); ++cell) {
        cell->clear();
    }
    cells[kCaseColumn] = failure.case_id;
    cells[kStatusColumn] = std::string(measure::name_of(failure.status));
    cells.back() = failure.reason;
    return cells;
}

} // namespace

std::string figure_row_heads() {
    return csv_line(kColumns);
}

std::string figure_rows(const history::Run& run) {
    std::string text;
    for (const history::Point& point : run.points) {
        text += csv_line(cells_of(run, point));
    }
    for (const history::Failure& failure : run.failures) {
        text += csv_line(cells_of(run, failure));
    }
    return text;
}

} // namespace assay::tracking
