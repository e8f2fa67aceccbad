#include "tracking/history_export.hpp"

#include "support/csv.hpp"
#include "support/text.hpp"
#include "tracking/document_values.hpp"
#include "tracking/run_document.hpp"

namespace assay::tracking {
namespace {

const std::vector<std::string> kColumns{
    "run",    "started", "kind", "platform",  "fingerprint", "branch", "commit",   "dirty",
    "case",   "metric",  "unit", "direction", "status",      "center", "lo",       "hi",
    "spread", "min",     "max",  "p95",       "p99",         "n",      "launches", "flags"};

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
            join(flag_names(point.flags), " ")};
}

std::string csv_rows(const history::Run& run) {
    std::string text;
    for (const history::Point& point : run.points) {
        text += csv_line(cells_of(run, point));
    }
    return text;
}

// Everything of the document but its runs, and the place where they go.
std::string json_begin(const std::string& where) {
    std::string head = write_json(history_head("export", where));
    head.pop_back(); // the brace
    return head + ",\"runs\":[";
}

} // namespace

Result<std::size_t> export_history(history::Store& store,
                                   const history::RunQuery& query,
                                   ExportFormat format,
                                   const TextSink& sink) {
    const bool is_json = format == ExportFormat::json;
    if (Status begun = sink(is_json ? json_begin(store.where()) : csv_line(kColumns)); !begun) {
        return begun.error();
    }
    std::size_t runs = 0;
    const Status all = store.each_run(query, [&](history::Run&& run) -> Status {
        const std::string text =
            is_json ? (runs == 0 ? "\n" : ",\n") + write_json(run_value(run)) : csv_rows(run);
        ++runs;
        return sink(text);
    });
    if (!all) {
        return all.error();
    }
    if (Status ended = is_json ? sink("\n]}\n") : Status{}; !ended) {
        return ended.error();
    }
    return runs;
}

} // namespace assay::tracking
