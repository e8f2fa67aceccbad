#include "app/history/run_listing.hpp"

#include "app/history/figure_words.hpp"
#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "history/timestamp.hpp"
#include "tracking/document_values.hpp"

namespace assay::app {
namespace {

std::string remarks_of(const history::RunRow& row) {
    std::string remarks;
    if (row.excluded) {
        remarks += "excluded ";
    }
    if (row.dirty.value_or(false)) {
        remarks += "dirty ";
    }
    if (history::is_in_future(row.started, now_nanoseconds())) {
        remarks += "future ";
    }
    return remarks.empty() ? remarks : remarks.substr(0, remarks.size() - 1);
}

json::object run_row_value(const history::RunRow& row) {
    return {{"uuid", row.uuid},
            {"project", tracking::optional_text(row.project)},
            {"started", tracking::instant_value(row.started)},
            {"finished", tracking::instant_value(row.finished)},
            {"kind", row.kind},
            {"mode", tracking::optional_text(row.mode)},
            {"status", row.status},
            {"platform", tracking::platform_value(row.platform_label, row.platform_fingerprint)},
            {"branch", tracking::optional_text(row.branch)},
            {"commit", tracking::optional_text(row.sha)},
            {"dirty", tracking::optional_bool(row.dirty)},
            {"host_score", tracking::optional_number(row.host_score)},
            {"points", row.points},
            {"failures", row.failures},
            {"not_run", row.not_run},
            {"excluded", row.excluded}};
}

} // namespace

TextTable runs_table(const std::vector<history::RunRow>& rows,
                     const std::vector<std::string>& names) {
    TextTable table({"run",
                     "started",
                     "kind",
                     "mode",
                     "status",
                     "platform",
                     "branch",
                     "commit",
                     "points",
                     "failed",
                     "not run",
                     "remarks"});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const history::RunRow& row = rows[i];
        table.add({names.at(i),
                   date_text(row.started),
                   row.kind,
                   or_not_known(row.mode),
                   row.status,
                   row.platform_label,
                   or_not_known(row.branch),
                   short_commit(row.sha),
                   std::to_string(row.points),
                   std::to_string(row.failures - row.not_run),
                   std::to_string(row.not_run),
                   remarks_of(row)});
    }
    return table;
}

TextTable runs_rows(const std::vector<history::RunRow>& rows) {
    TextTable table({"run",
                     "started",
                     "kind",
                     "mode",
                     "status",
                     "platform",
                     "branch",
                     "commit",
                     "points",
                     "failed",
                     "not run",
                     "remarks",
                     "project"});
    for (const history::RunRow& row : rows) {
        table.add({row.uuid,
                   history::timestamp_text(row.started),
                   row.kind,
                   row.mode,
                   row.status,
                   row.platform_label,
                   row.branch,
                   row.sha,
                   std::to_string(row.points),
                   std::to_string(row.failures - row.not_run),
                   std::to_string(row.not_run),
                   remarks_of(row),
                   row.project});
    }
    return table;
}

json::object runs_document(const std::vector<history::RunRow>& rows, const std::string& where) {
    json::array runs;
    for (const history::RunRow& row : rows) {
        runs.push_back(run_row_value(row));
    }
    json::object document = tracking::history_head("runs", where);
    document["runs"] = std::move(runs);
    return document;
}

} // namespace assay::app
