#include "app/comparison/stored_report.hpp"

#include "app/comparison/run_differences.hpp"
#include "app/history/chosen_cases.hpp"
#include "app/session/announced_run.hpp"
#include "app/version.hpp"
#include "history/events_from_run.hpp"
#include "history/timestamp.hpp"
#include "support/text.hpp"
#include "verdict/severity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace assay::app {
namespace {

// As a bundle of the run would have it.
Result<json::value> run_as_told(const history::Run& run) {
    json::value object = nullptr;
    const Status told = history::each_event(run, [&object](const json::value& event) -> Status {
        if (const json::value* found = json_at(event, "/run")) {
            object = *found;
        }
        return {};
    });
    return told ? Result<json::value>(std::move(object)) : Result<json::value>(told.error());
}

json::object stored_side_object(const StoredSide& side, StoredKind kind) {
    const history::Run& run = side.run;
    json::object object{{"name", side.name},
                        {"plugins", json::array{}},
                        {"commit", json_text(run.git.sha)},
                        {"platform", run.platform.label}};
    if (kind == StoredKind::files) {
        object["format"] = json_string(run.metadata, "format");
    } else {
        object["run"] = run.uuid;
        object["started"] = history::timestamp_text(run.started);
        object["branch"] = json_text(run.git.branch);
        object["fingerprint"] = run.platform.fingerprint;
    }
    return object;
}

json::object stored_comparison_object(const StoredPair& pair) {
    return {{"advisory", true},
            {"basis", basis_text(pair.kind)},
            {"margin", json_number(kStoredMargin)},
            {"alpha", json_number(verdict::SeriesTest{}.alpha)},
            {"method", "stored"},
            {"budget_s", nullptr},
            {"resolution", nullptr},
            {"old", stored_side_object(pair.old_side, pair.kind)},
            {"new", stored_side_object(pair.new_side, pair.kind)},
            {"controls", json::object{{"null", "off"}, {"positive", "off"}}},
            {"seconds", nullptr},
            {"pairs", 0}};
}

json::object note_object(const std::string& text, const std::string& next) {
    return {{"text", text}, {"next", next}};
}

json::array stored_notes(const StoredPair& pair, const std::vector<StoredCase>& cases) {
    const bool files = pair.kind == StoredKind::files;
    json::array notes{note_object(
        pair.advice,
        "builds compared side by side decide: assay compare OLD.assay.so NEW.assay.so")};
    if (const std::size_t wanting = wanting_runs(cases); wanting > 0) {
        const std::string which =
            wanting == cases.size()
                ? "too few runs are recorded"
                : fmt::format("{} of {} cases have too few runs", wanting, cases.size());
        notes.push_back(
            files ? note_object(
                        "how much runs differ is not known from one run: only exact figures are "
                        "decided",
                        "assay import records runs of other days, assay analyze judges them")
                  : note_object(
                        which + " to know how much those differ: only exact figures are decided "
                                "of them",
                        "assay run --record on this machine; five runs and more tell"));
    }
    if (const auto lost = incomparable_figures(cases); !lost.empty()) {
        constexpr std::size_t kNamed = 3;
        const std::vector<std::string> named(
            lost.begin(),
            lost.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, lost.size())));
        const std::size_t more = lost.size() - named.size();
        notes.push_back(note_object(
            fmt::format("{} of compared cases cannot be compared, which alone is exit 4: {}{}",
                        lost.size() == 1 ? "1 figure" : fmt::format("{} figures", lost.size()),
                        join(named, ", "),
                        more > 0 ? fmt::format(" and {} more", more) : std::string()),
            ""));
    }
    if (const auto machines = machines_text(pair.old_side.run, pair.new_side.run)) {
        notes.push_back(
            note_object(*machines, files ? "--platform LABEL says that it was one" : ""));
    }
    if (const auto environments = environments_text(pair.old_side.run, pair.new_side.run)) {
        notes.push_back(note_object(*environments, ""));
    }
    return notes;
}

Result<std::set<std::string>> told_cases(const std::vector<StoredCase>& cases,
                                         const StoredPair& pair,
                                         const std::vector<std::string>& filters) {
    std::vector<std::string> ids;
    for (const StoredCase& one : cases) {
        ids.push_back(one.id);
    }
    return chosen_cases(ids, filters, pair.old_side.name + " and " + pair.new_side.name);
}

// The clock on the wall also counts what other programs took: where the time itself did not get
// worse, one run's wall_time or cpu_time that did, by less than fails a gate, is left open until
// the runs after it say so too.
void leave_candidates_open(std::vector<tracking::ComparedSeries>& compared) {
    using verdict::StoredWord;
    std::set<std::string> steady;
    for (const tracking::ComparedSeries& one : compared) {
        if (one.series.metric == "time" && (one.verdict.word == StoredWord::unchanged ||
                                            one.verdict.word == StoredWord::improved)) {
            steady.insert(one.series.case_id);
        }
    }
    for (tracking::ComparedSeries& one : compared) {
        const bool beside_time =
            one.series.metric == "wall_time" || one.series.metric == "cpu_time";
        const auto& found = one.verdict.finding;
        const bool is_small =
            found && found->change && verdict::weight_of(*found->change, found->scale) <= 1;
        if (beside_time && is_small && one.verdict.word == StoredWord::regressed &&
            !one.verdict.confirmed && steady.contains(one.series.case_id)) {
            one.verdict.word = StoredWord::noisy;
        }
    }
}

} // namespace

Result<StoredComparison> compare_stored(const StoredPair& pair,
                                        const std::vector<std::string>& filters) {
    const history::Run& old_run = pair.old_side.run;
    const history::Run& new_run = pair.new_side.run;
    auto held = tracking::hold_against_run(pair.store, new_run, old_run);
    if (!held) {
        return held.error();
    }
    mark_incomparable(pair, *held);
    auto run = run_as_told(new_run);
    if (!run) {
        return run.error();
    }
    auto compared = tracking::judge_held(pair.store, new_run, std::move(*held));
    if (pair.kind == StoredKind::runs) {
        leave_candidates_open(compared);
    }
    StoredComparison comparison{.run = std::move(*run),
                                .cases =
                                    stored_cases(pair.kind, old_run, new_run, std::move(compared))};
    const auto meant = told_cases(comparison.cases, pair, filters);
    if (!meant) {
        return meant.error();
    }
    std::erase_if(comparison.cases,
                  [&meant](const StoredCase& one) { return !meant->contains(one.id); });
    return comparison;
}

ExitCode report_stored(const Messages& say,
                       const StoredPair& pair,
                       const StoredComparison& comparison,
                       report::Bus& bus) {
    const json::object head = stored_comparison_object(pair);
    say.note_line(fmt::format("assay {}  compare {} {}  {}, advisory",
                              kVersion,
                              pair.old_side.name,
                              pair.new_side.name,
                              pair.kind == StoredKind::files ? "files of other tools"
                                                             : "recorded runs, not paired"));
    if (const auto machines = machines_text(pair.old_side.run, pair.new_side.run)) {
        say.warning(*machines);
    }
    bus.publish(
        run_event(report::EventKind::run_begin, {{"run", comparison.run}, {"comparison", head}}));
    for (const StoredCase& one : comparison.cases) {
        report::Event event;
        event.kind = report::EventKind::case_end;
        event.case_id = one.id;
        event.suite = one.suite;
        event.text = one.reason;
        event.result = std::make_shared<const report::CaseResult>(case_result(one));
        bus.publish(std::move(event));
    }
    bus.publish(run_event(report::EventKind::run_end,
                          {{"run", comparison.run},
                           {"comparison", head},
                           {"summary", summary_object(comparison.cases)},
                           {"notes", stored_notes(pair, comparison.cases)},
                           {"next", json::array{}}}));
    return code_of(comparison.cases);
}

} // namespace assay::app
