#include "tracking/exports/read_runs.hpp"

#include "history/run_names.hpp"

#include <algorithm>
#include <map>

namespace assay::tracking {
namespace {

using SeriesNames = std::map<std::int64_t, std::pair<std::string, std::string>>;

// What the words of gates and comparisons are about: case and metric by the number of the series.
Result<SeriesNames> series_names(history::Store& store) {
    const Result<std::vector<history::SeriesRow>> rows = store.series({});
    if (!rows) {
        return rows.error();
    }
    SeriesNames names;
    for (const history::SeriesRow& row : *rows) {
        names[row.id] = {row.series.case_id, row.series.metric};
    }
    return names;
}

std::pair<std::string, std::string> named(const SeriesNames& names,
                                          std::optional<std::int64_t> series) {
    const auto found = series ? names.find(*series) : names.end();
    return found == names.end() ? std::pair<std::string, std::string>{} : found->second;
}

Status add_words(history::Store& store, const SeriesNames& names, ExportedRun& exported) {
    const auto gates = store.gate_results(exported.run.uuid);
    if (!gates) {
        return gates.error();
    }
    for (const history::GateRow& row : *gates) {
        auto [id, metric] = named(names, row.series_id);
        exported.gates.push_back({.rule = row.rule_id,
                                  .outcome = row.verdict,
                                  .case_id = std::move(id),
                                  .metric = std::move(metric),
                                  .limit = row.op,
                                  .source = row.source,
                                  .figure = row.figure});
    }
    const auto verdicts = store.verdicts(exported.run.uuid);
    if (!verdicts) {
        return verdicts.error();
    }
    for (const history::VerdictRow& row : *verdicts) {
        if (!history::naming_of(row).name.empty()) {
            continue; // a name that somebody gave to the run says nothing of a series
        }
        auto [id, metric] = named(names, row.series_id);
        exported.verdicts.push_back({.case_id = std::move(id),
                                     .metric = std::move(metric),
                                     .verdict = row.verdict,
                                     .severity = row.severity,
                                     .source = row.source,
                                     .change = row.change,
                                     .change_scale = row.change_scale});
    }
    return {};
}

Result<std::vector<ExportedRun>> chosen_runs(history::Store& store, const RunChoice& choice) {
    std::vector<ExportedRun> runs;
    if (choice.name) {
        Result<history::Run> run = store.run(*choice.name == "newest" ? "latest" : *choice.name);
        if (!run) {
            return run.error();
        }
        runs.push_back({.run = std::move(*run)});
        return runs;
    }
    const Status read = store.each_run(choice.query, [&runs](history::Run&& run) -> Status {
        runs.push_back({.run = std::move(run)});
        return {};
    });
    if (!read) {
        return read.error();
    }
    if (runs.empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message = "no run in " + store.where() + " matches",
                     .hint = "'assay history runs' lists those there are"};
    }
    std::ranges::stable_sort(
        runs, {}, [](const ExportedRun& exported) { return exported.run.started; });
    return runs;
}

} // namespace

Result<std::vector<ExportedRun>> read_exported(history::Store& store, const RunChoice& choice) {
    Result<std::vector<ExportedRun>> runs = chosen_runs(store, choice);
    if (!runs) {
        return runs;
    }
    const Result<SeriesNames> names = series_names(store);
    if (!names) {
        return names.error();
    }
    for (ExportedRun& exported : *runs) {
        if (Status added = add_words(store, *names, exported); !added) {
            return added.error();
        }
    }
    return runs;
}

} // namespace assay::tracking
