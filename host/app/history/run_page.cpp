#include "app/history/run_page.hpp"

#include "app/history/exclusion.hpp"
#include "app/history/figure_words.hpp"
#include "app/history/instant.hpp"
#include "app/history/points_table.hpp"
#include "app/history/run_listing.hpp"
#include "app/message.hpp"
#include "history/run_names.hpp"
#include "support/percent.hpp"
#include "support/text.hpp"
#include "tracking/series_choice.hpp"
#include "tracking/told_words.hpp"
#include "verdict/amount.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace assay::app {
namespace {

using history::Run;

std::string duration_text(const Run& run) {
    if (!run.finished) {
        return "not finished";
    }
    if (*run.finished == run.started) {
        return "how long it took is not known"; // of a file that tells one time
    }
    const auto seconds = static_cast<double>(*run.finished - run.started) /
                         static_cast<double>(kNanosecondsPerSecond);
    return "took " + verdict::figure_text(seconds, "s");
}

std::string git_text(const history::GitState& git) {
    if (git.sha.empty()) {
        return "not known";
    }
    std::string text = short_commit(git.sha) + " on " +
                       (git.branch.empty() ? "no branch that is known" : git.branch);
    if (git.dirty) {
        text += *git.dirty ? ", dirty" : ", clean";
    }
    return git.merge_base.empty() ? text : text + ", from " + short_commit(git.merge_base);
}

std::string host_text(const Run& run) {
    std::string text = "assay " + or_not_known(run.host_version);
    if (run.host_score) {
        text += fmt::format(", noise {:.2f} %", kPercent * *run.host_score);
    }
    if (run.calibration) {
        text += ", calibration " + verdict::figure_text(*run.calibration, "s");
    }
    return text;
}

std::string line(std::string_view word, const std::string& text) {
    return fmt::format("{:<10}{}\n", word, printable(text));
}

std::string head_text(const Run& run) {
    std::string text = line("run", run.uuid + "  " + run.kind + ", " + run.status);
    text += line("when", date_text(run.started) + " UTC, " + duration_text(run));
    if (!run.project.empty()) {
        text += line("project", run.project);
    }
    text +=
        line("platform", run.platform.label + " (" + run.platform.fingerprint.substr(0, 12) + ")");
    text += line("commit", git_text(run.git));
    text += line("host", host_text(run));
    if (!run.mode.empty()) {
        text += line("mode", run.mode + (run.seed ? ", seed " + std::to_string(*run.seed) : ""));
    }
    if (!run.argv.empty()) {
        text += line("command", join(run.argv, " "));
    }
    for (const history::SuiteBuild& build : run.builds) {
        text +=
            line("build",
                 build.plugin_id + " " + build.version + "  sha256:" + build.sha256.substr(0, 12));
    }
    if (!run.metadata.empty()) {
        text += line("metadata", canonical_json(run.metadata));
    }
    return text;
}

std::string failures_text(const Run& run) {
    TextTable table({"not passed", "status", "reason"});
    for (const history::Failure& failure : run.failures) {
        table.add({failure.case_id,
                   std::string(measure::name_of(failure.status)),
                   or_not_known(failure.reason)});
    }
    return table.empty() ? "" : "\n" + table.aligned();
}

std::string name_of_series(const RunPage& page, std::optional<std::int64_t> id) {
    if (!id) {
        return "the run";
    }
    const auto found = page.series.find(*id);
    return found == page.series.end() ? "series " + std::to_string(*id)
                                      : tracking::series_name(found->second);
}

std::string unit_of_series(const RunPage& page, std::optional<std::int64_t> id) {
    const auto found = id ? page.series.find(*id) : page.series.end();
    return found == page.series.end() ? "1" : found->second.unit;
}

measure::Direction direction_of_series(const RunPage& page, std::int64_t id) {
    const auto found = page.series.find(id);
    return found == page.series.end() ? measure::Direction::none : found->second.direction;
}

std::string names_text(const std::vector<history::VerdictRow>& rows) {
    const std::vector<std::string> names = history::run_names(rows);
    return names.empty() ? "" : "named: " + printable(join(names, ", ")) + "\n";
}

std::string verdicts_text(const RunPage& page) {
    TextTable table({"verdict", "series", "change", "source"});
    for (const history::VerdictRow& row : page.verdicts) {
        if (row.source == kExclusionSource || !history::naming_of(row).name.empty()) {
            continue; // exclusions_text() and names_text() tell of it
        }
        table.add({row.verdict,
                   name_of_series(page, row.series_id),
                   row.change ? tracking::change_text(*row.change,
                                                      row.change_scale,
                                                      direction_of_series(page, row.series_id))
                              : std::string(kNotKnown),
                   row.source});
    }
    return table.empty() ? "" : "\n" + table.aligned();
}

// All of it stands in what the rule asks, "< 20 ms", unless the number is kept by itself.
std::string limit_text(const history::GateRow& row, const std::string& unit) {
    return row.limit ? row.op + " " + verdict::figure_text(*row.limit, unit) : or_not_known(row.op);
}

std::string gates_text(const RunPage& page) {
    TextTable table({"gate", "rule", "series", "figure", "limit", "source"});
    for (const history::GateRow& row : page.gates) {
        const std::string unit = unit_of_series(page, row.series_id);
        table.add({row.verdict,
                   row.rule_id,
                   name_of_series(page, row.series_id),
                   row.figure ? tracking::gate_figure_text(*row.figure, unit, row.op)
                              : std::string(kNotKnown),
                   limit_text(row, unit),
                   row.source});
    }
    return table.empty() ? "" : "\n" + table.aligned();
}

// Only what is spoken of: a history may have thousands.
Result<std::map<std::int64_t, history::Series>> spoken_of(history::Store& store,
                                                          const RunPage& page) {
    std::map<std::int64_t, history::Series> named;
    if (page.verdicts.empty() && page.gates.empty()) {
        return named;
    }
    Result<std::vector<history::SeriesRow>> rows =
        store.series({.platform = page.run.platform.label});
    if (!rows) {
        return rows.error();
    }
    for (history::SeriesRow& row : *rows) {
        named.emplace(row.id, std::move(row.series));
    }
    return named;
}

bool holds_nothing(history::Store& store) {
    const auto any = store.runs({.limit = 1});
    return any && any->empty();
}

Error nothing_recorded(const history::Store& store) {
    return {.kind = ErrorKind::missing,
            .message = "the history " + store.where() + " holds no run yet",
            .hint = "'assay run --record' and 'assay history record FILE' record one"};
}

// Of the run's platform, by key: the series of its points that ended since.
Result<std::map<std::string, tracking::SeriesEnd>> ended_of(history::Store& store, const Run& run) {
    auto rows = store.series({.platform = run.platform.label});
    if (!rows) {
        return rows.error();
    }
    const auto ended = tracking::ended_series(store, *rows);
    if (!ended) {
        return ended.error();
    }
    std::map<std::string, tracking::SeriesEnd> by_key;
    for (const history::SeriesRow& row : *rows) {
        if (const auto found = ended->find(row.id); found != ended->end()) {
            by_key.emplace(history::series_key(row.series), found->second);
        }
    }
    return by_key;
}

} // namespace

Result<RunPage> read_run_page(history::Store& store, const std::string& name) {
    Result<Run> run = store.run(name);
    if (!run) {
        return holds_nothing(store) ? nothing_recorded(store) : run.error();
    }
    RunPage page{.run = std::move(*run), .verdicts = {}, .gates = {}, .series = {}, .ended = {}};
    auto ended = ended_of(store, page.run);
    if (!ended) {
        return ended.error();
    }
    page.ended = std::move(*ended);
    auto verdicts = store.verdicts(page.run.uuid);
    if (!verdicts) {
        return verdicts.error();
    }
    page.verdicts = std::move(*verdicts);
    auto gates = store.gate_results(page.run.uuid);
    if (!gates) {
        return gates.error();
    }
    page.gates = std::move(*gates);
    auto series = spoken_of(store, page);
    if (!series) {
        return series.error();
    }
    page.series = std::move(*series);
    return page;
}

Status keep_cases(RunPage& page, const std::vector<std::string>& words) {
    std::set<std::string> cases;
    for (const history::Point& point : page.run.points) {
        cases.insert(point.series.case_id);
    }
    for (const history::Failure& failure : page.run.failures) {
        cases.insert(failure.case_id);
    }
    const auto kept = tracking::matching_cases({cases.begin(), cases.end()}, words);
    if (!kept) {
        return kept.error();
    }
    if (kept->empty()) {
        const std::vector<std::string> all(cases.begin(), cases.end());
        return Error{.kind = ErrorKind::usage,
                     .message = "run " + page.run.uuid + " has no case '" + join(words, "' or '") +
                                "'" + did_you_mean(words.front(), all),
                     .hint = "'assay history show " + page.run.uuid + "' lists its cases"};
    }
    const auto is_other = [&kept](const std::string& id) { return !kept->contains(id); };
    const auto is_of_other = [&](std::optional<std::int64_t> series) {
        const auto found = series ? page.series.find(*series) : page.series.end();
        return found == page.series.end() || is_other(found->second.case_id);
    };
    std::erase_if(page.run.points, [&](const auto& one) { return is_other(one.series.case_id); });
    std::erase_if(page.run.failures, [&](const auto& one) { return is_other(one.case_id); });
    std::erase_if(page.verdicts, [&](const auto& one) { return is_of_other(one.series_id); });
    std::erase_if(page.gates, [&](const auto& one) { return is_of_other(one.series_id); });
    return {};
}

std::string run_page_text(const RunPage& page, std::size_t columns) {
    const std::string points =
        page.run.points.empty() ? "" : "\n" + fitted_points(page.run, columns, page.ended);
    return head_text(page.run) + names_text(page.verdicts) + exclusions_text(page.verdicts) +
           points + failures_text(page.run) + verdicts_text(page) + gates_text(page);
}

} // namespace assay::app
