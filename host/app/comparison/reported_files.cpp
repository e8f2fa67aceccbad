#include "app/comparison/reported_files.hpp"

#include "app/comparison/file_cases.hpp"
#include "app/session/announced_run.hpp"
#include "app/version.hpp"
#include "history/events_from_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
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

json::object side_object(const std::string& name, const history::Run& run) {
    return {{"name", name},
            {"plugins", json::array{}},
            {"format", json_string(run.metadata, "format")},
            {"commit", json_text(run.git.sha)},
            {"platform", run.platform.label}};
}

bool differ_in_hardware(const std::vector<FileCase>& cases) {
    return std::ranges::any_of(cases, [](const FileCase& one) {
        return std::ranges::any_of(one.series, [](const tracking::ComparedSeries& series) {
            return series.verdict.word == verdict::StoredWord::incomparable &&
                   (series.verdict.reason == "hardware" ||
                    series.verdict.reason == "platform label");
        });
    });
}

json::array notes_of(const FilePair& pair, const std::vector<FileCase>& cases) {
    const auto note = [](const std::string& text, const std::string& next) {
        return json::object{{"text", text}, {"next", next}};
    };
    json::array notes{
        note(advisory_text(pair),
             "builds compared side by side decide: assay compare OLD.assay.so NEW.assay.so")};
    if (wants_runs(cases)) {
        notes.push_back(
            note("how much runs differ is not known from one run: only exact figures are "
                 "decided",
                 "assay import records runs of other days, assay analyze judges them"));
    }
    if (differ_in_hardware(cases)) {
        notes.push_back(
            note("the files tell of different machines: " + pair.old_run->platform.label + " and " +
                     pair.new_run.platform.label,
                 "--platform LABEL says that it was one"));
    }
    return notes;
}

} // namespace

std::string advisory_text(const FilePair& pair) {
    const auto count = [](std::size_t runs) {
        return runs == 1 ? std::string("one run") : fmt::format("{} runs", runs);
    };
    return "advisory: two files measured at different times, not interleaved; " +
           (pair.old_runs == 1 && pair.new_runs == 1
                ? "one run each"
                : count(pair.old_runs) + " and " + count(pair.new_runs));
}

Result<ExitCode>
report_files(const Messages& say, const FilePair& pair, const FileNames& names, report::Bus& bus) {
    auto compared = tracking::compare_runs(*pair.store, pair.new_run, *pair.old_run);
    const auto run = run_as_told(pair.new_run);
    if (!compared || !run) {
        return compared ? run.error() : compared.error();
    }
    const auto cases = file_cases(*pair.old_run, pair.new_run, std::move(*compared));
    const json::object comparison{{"advisory", true},
                                  {"margin", json_number(verdict::SeriesTest{}.floor)},
                                  {"alpha", json_number(verdict::SeriesTest{}.alpha)},
                                  {"method", "stored"},
                                  {"budget_s", nullptr},
                                  {"resolution", nullptr},
                                  {"old", side_object(names.old_file, *pair.old_run)},
                                  {"new", side_object(names.new_file, pair.new_run)},
                                  {"controls", json::object{{"null", "off"}, {"positive", "off"}}},
                                  {"seconds", nullptr},
                                  {"pairs", 0}};
    say.note_line(fmt::format("assay {}  compare {} {}  files of other tools, advisory",
                              kVersion,
                              names.old_file,
                              names.new_file));
    bus.publish(
        run_event(report::EventKind::run_begin, {{"run", *run}, {"comparison", comparison}}));
    for (const FileCase& one : cases) {
        report::Event event;
        event.kind = report::EventKind::case_end;
        event.case_id = one.id;
        event.suite = one.suite;
        event.text = one.reason;
        event.result = std::make_shared<const report::CaseResult>(case_result(one));
        bus.publish(std::move(event));
    }
    bus.publish(run_event(report::EventKind::run_end,
                          {{"run", *run},
                           {"comparison", comparison},
                           {"summary", summary_object(cases)},
                           {"notes", notes_of(pair, cases)},
                           {"next", json::array{}}}));
    return code_of(cases);
}

} // namespace assay::app
