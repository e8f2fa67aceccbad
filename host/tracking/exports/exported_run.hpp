// A recorded run on its way into another tool's format, and the view of it that the writers share:
// case by case, with its axes, figures and samples.
//
//   for (const ExportedCase& one : exported_cases(exported.run)) {
//       if (const history::Point* time = figure_of(one, "time")) write(one.family, *time);
//   }
//
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::tracking {

// What a rule of a gate has said about a series of the run, or about none (the host, a lost case).
struct GateWord {
    std::string rule = {}, outcome = {};              // "PASS", "FAIL", ...
    std::string case_id = {}, metric = {}, unit = {}; // of the series
    std::string limit = {}, source = {};              // "at most 20 % worse", "history"
    std::optional<double> figure = {};
};

// A verdict about a series of the run.
struct SeriesWord {
    std::string case_id = {}, metric = {}, verdict = {}, severity = {}, source = {};
    std::optional<double> change = {}; // 0.2: 20 % worse
    std::string change_scale = {};     // relative, points, logit
    measure::Direction direction = measure::Direction::none;
};

struct ExportedRun {
    history::Run run;
    std::vector<GateWord> gates = {};
    std::vector<SeriesWord> verdicts = {};
    std::string gates_file = {}; // the project's, relative to its folder; empty: there is none
};

// What the rows of a run say of one case. Points into the run that it was made of.
struct ExportedCase {
    std::string id, suite, family;
    // In the order of the id: {"n", "64"}.
    std::vector<std::pair<std::string, std::string>> axes;
    bool imported = false;                     // its family is a foreign name, percent-encoded
    std::vector<const history::Point*> points; // that have figures
    std::size_t without_figure = 0;            // metrics that were not observed
    const history::Failure* failure = nullptr; // it did not pass
};

// By id.
std::vector<ExportedCase> exported_cases(const history::Run& run);

// Nothing: the case has no figure of that metric.
const history::Point* figure_of(const ExportedCase& one, std::string_view metric);

// The samples in the order taken, of all launches; where only their medians are kept, these. Empty:
// none are known, or only a sketch is left of them.
std::vector<double> observations(const history::Point& point);

// "crashed: it was killed", or the reason alone where the case simply failed.
std::string failure_text(const history::Failure& failure);

// Whether the case was not even tried, or stopped: skipped, cancelled, unavailable.
bool is_skipped(const history::Failure& failure) noexcept;

} // namespace assay::tracking
