#include "app/importing/import_report.hpp"

#include "app/history/instant.hpp"
#include "app/message.hpp"
#include "app/text_table.hpp"
#include "history/timestamp.hpp"
#include "verdict/amount.hpp"

#include <set>

namespace assay::app {
namespace {

std::string count_text(std::size_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

std::size_t cases_of(const history::Run& run) {
    std::set<std::string_view> ids;
    for (const history::Point& point : run.points) {
        ids.insert(point.series.case_id);
    }
    for (const history::Failure& failure : run.failures) {
        ids.insert(failure.case_id);
    }
    return ids.size();
}

std::string sum_of(const FileImport& file) {
    std::size_t cases = 0, failures = 0;
    for (const history::Run& run : file.runs) {
        cases += cases_of(run);
        failures += run.failures.size();
    }
    std::string text = count_text(file.runs.size(), "run") + ", " + count_text(cases, "case");
    return failures == 0 ? text : text + " (" + std::to_string(failures) + " without figures)";
}

std::string outcome_text(const FileImport& file) {
    switch (file.state) {
    case ImportState::recorded:
        return file.added == file.runs.size()
                   ? "recorded"
                   : count_text(file.added, "new run") + " recorded, the others were there before";
    case ImportState::known:
        return "imported before: nothing added";
    case ImportState::shown:
        return "dry run, nothing recorded";
    case ImportState::partial:
        return "damaged, nothing recorded";
    case ImportState::empty:
        return "no result in it";
    case ImportState::failed:
        return "failed";
    }
    return "failed";
}

void add_figures(const FileImport& file, TextTable& table) {
    for (const history::Run& run : file.runs) {
        const std::string of =
            run.git.sha.empty() ? date_text(run.started) : run.git.sha.substr(0, 8);
        for (const history::Point& point : run.points) {
            table.add({of,
                       point.series.case_id,
                       point.series.metric,
                       verdict::figure_text(point.figures->center, point.series.unit),
                       std::string(measure::name_of(point.series.direction)),
                       std::to_string(point.figures->n)});
        }
        for (const history::Failure& failure : run.failures) {
            table.add({of,
                       failure.case_id,
                       "-",
                       std::string(measure::name_of(failure.status)),
                       "-",
                       failure.reason});
        }
    }
}

constexpr std::size_t kToldFailures = 5; // of one file; all of them stand in the history

// Which cases have no figures, and why: they are in the history, and nobody looks there for what he
// does not know of.
std::string failures_text(const FileImport& file) {
    std::string text;
    std::size_t count = 0;
    for (const history::Run& run : file.runs) {
        for (const history::Failure& failure : run.failures) {
            if (++count <= kToldFailures) {
                text += "  without figures: " + printable(failure.case_id) + ", " +
                        std::string(measure::name_of(failure.status)) +
                        (failure.reason.empty() ? "" : ": " + printable(failure.reason)) + "\n";
            }
        }
    }
    return count <= kToldFailures ? text
                                  : text + "  and " + std::to_string(count - kToldFailures) +
                                        " more: 'assay history show' lists them\n";
}

json::object run_object(const history::Run& run) {
    return {
        {"id", run.uuid},
        {"started", history::timestamp_text(run.started)},
        {"date_told", !run.metadata.contains("date")},
        {"commit", json_text(run.git.sha)},
        {"branch", json_text(run.git.branch)},
        {"platform",
         json::object{{"label", run.platform.label}, {"fingerprint", run.platform.fingerprint}}},
        {"cases", json_count(cases_of(run))},
        {"figures", json_count(run.points.size())},
        {"without_figures", json_count(run.failures.size())}};
}

} // namespace

std::string_view name_of(ImportState state) noexcept {
    switch (state) {
    case ImportState::recorded:
        return "recorded";
    case ImportState::known:
        return "known";
    case ImportState::shown:
        return "dry_run";
    case ImportState::partial:
        return "partial";
    case ImportState::empty:
        return "empty";
    case ImportState::failed:
        return "failed";
    }
    return "failed";
}

ExitCode exit_code_of(ImportState state) noexcept {
    switch (state) {
    case ImportState::recorded:
    case ImportState::known:
    case ImportState::shown:
        return ExitCode::pass;
    case ImportState::empty:
        return ExitCode::nothing;
    case ImportState::partial:
    case ImportState::failed:
        return ExitCode::failed;
    }
    return ExitCode::failed;
}

std::string import_text(const std::vector<FileImport>& files) {
    std::string text;
    TextTable figures({"run", "case", "metric", "figure", "better", "n"});
    for (const FileImport& file : files) {
        if (file.state == ImportState::failed) {
            continue; // told as an error
        }
        text +=
            file.file + ": " + file.format + ", " + sum_of(file) + ": " + outcome_text(file) + "\n";
        text += failures_text(file);
        if (file.state == ImportState::shown || file.state == ImportState::partial) {
            add_figures(file, figures);
        }
    }
    return text + (figures.empty() ? "" : "\n" + figures.aligned());
}

json::object import_document(const std::vector<FileImport>& files, const std::string& history) {
    json::array list;
    for (const FileImport& file : files) {
        json::array runs;
        for (const history::Run& run : file.runs) {
            runs.push_back(run_object(run));
        }
        json::array notes(file.notes.begin(), file.notes.end());
        list.push_back(
            json::object{{"file", file.file},
                         {"format", json_text(file.format)},
                         {"state", name_of(file.state)},
                         {"added", json_count(file.added)},
                         {"partial", json_text(file.partial)},
                         {"error", file.error ? json::value(file.error->message) : json::value()},
                         {"notes", std::move(notes)},
                         {"runs", std::move(runs)}});
    }
    return {
        {"schema", "assay.import/1"}, {"history", json_text(history)}, {"files", std::move(list)}};
}

} // namespace assay::app
