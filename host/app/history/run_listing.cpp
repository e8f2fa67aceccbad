#include "app/history/run_listing.hpp"

#include "app/history/figure_words.hpp"
#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "history/timestamp.hpp"
#include "support/text.hpp"
#include "tracking/document_values.hpp"

#include <algorithm>
#include <utility>

namespace assay::app {
namespace {

std::vector<std::string> names_of(const history::RunRow& row,
                                  const std::vector<history::NamedRun>& named) {
    std::vector<std::string> names;
    for (const history::NamedRun& run : named) {
        if (run.run_uuid == row.uuid) {
            names.push_back(run.name);
        }
    }
    return names;
}

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

json::object run_row_value(const history::RunRow& row,
                           const std::vector<history::NamedRun>& named) {
    json::array names;
    for (const std::string& name : names_of(row, named)) {
        names.emplace_back(name);
    }
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
            {"excluded", row.excluded},
            {"names", std::move(names)}};
}

} // namespace

TextTable runs_table(const std::vector<history::RunRow>& rows, const RunWords& words) {
    const bool people = words.reader == Reader::people;
    const bool projects =
        !people || words.projects || std::ranges::any_of(rows, [&rows](const history::RunRow& row) {
            return row.project != rows.front().project;
        });
    std::vector<std::string> heads{"run",
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
                                   "remarks"};
    if (projects) {
        heads.emplace_back("project");
    }
    const bool names = !people || std::ranges::any_of(rows, [&words](const history::RunRow& row) {
        return !names_of(row, words.named).empty();
    });
    if (names) {
        heads.emplace_back("name");
    }
    const auto known = [people](const std::string& text) {
        return people ? or_not_known(text) : text;
    };
    TextTable table(std::move(heads));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const history::RunRow& row = rows[i];
        std::vector<std::string> cells{people ? words.names.at(i) : row.uuid,
                                       people ? date_text(row.started)
                                              : history::timestamp_text(row.started),
                                       row.kind,
                                       known(row.mode),
                                       row.status,
                                       row.platform_label,
                                       known(row.branch),
                                       people ? short_commit(row.sha) : row.sha,
                                       std::to_string(row.points),
                                       std::to_string(row.failures - row.not_run),
                                       std::to_string(row.not_run),
                                       remarks_of(row)};
        if (projects) {
            cells.push_back(known(row.project));
        }
        if (names) {
            cells.push_back(join(names_of(row, words.named), " "));
        }
        table.add(std::move(cells));
    }
    return table;
}

json::object runs_document(const std::vector<history::RunRow>& rows,
                           const std::vector<history::NamedRun>& named,
                           const std::string& where) {
    json::array runs;
    for (const history::RunRow& row : rows) {
        runs.push_back(run_row_value(row, named));
    }
    json::object document = tracking::history_head("runs", where);
    document["runs"] = std::move(runs);
    return document;
}

} // namespace assay::app
