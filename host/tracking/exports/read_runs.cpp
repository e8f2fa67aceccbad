#include "tracking/exports/read_runs.hpp"

#include "history/run_names.hpp"

#include <algorithm>
#include <map>

namespace assay::tracking {
namespace {

using SeriesByNumber = std::map<std::int64_t, history::Series>;

// What the words of gates and comparisons are about.
Result<SeriesByNumber> series_by_number(history::Store& store) {
    Result<std::vector<history::SeriesRow>> rows = store.series({});
    if (!rows) {
        return rows.error();
    }
    SeriesByNumber all;
    for (history::SeriesRow& row : *rows) {
        all.emplace(row.id, std::move(row.series));
    }
    return all;
}

// One without a name where the word is about none.
history::Series numbered(const SeriesByNumber& all, std::optional<std::int64_t> number) {
    const auto found = number ? all.find(*number) : all.end();
    return found == all.end() ? history::Series{} : found->second;
}

Status add_words(history::Store& store, const SeriesByNumber& all, ExportedRun& exported) {
    const auto gates = store.gate_results(exported.run.uuid);
    if (!gates) {
        return gates.error();
    }
    for (const history::GateRow& row : *gates) {
        history::Series series = numbered(all, row.series_id);
        exported.gates.push_back({.rule = row.rule_id,
                                  .outcome = row.verdict,
                                  .case_id = std::move(series.case_id),
                                  .metric = std::move(series.metric),
                                  .unit = std::move(series.unit),
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
        history::Series series = numbered(all, row.series_id);
        exported.verdicts.push_back({.case_id = std::move(series.case_id),
                                     .metric = std::move(series.metric),
                                     .verdict = row.verdict,
                                     .severity = row.severity,
                                     .source = row.source,
                                     .change = row.change,
                                     .change_scale = row.change_scale,
                                     .direction = series.direction});
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
    const Result<SeriesByNumber> series = series_by_number(store);
    if (!series) {
        return series.error();
    }
    for (ExportedRun& exported : *runs) {
        if (Status added = add_words(store, *series, exported); !added) {
            return added.error();
        }
    }
    return runs;
}

} // namespace assay::tracking
