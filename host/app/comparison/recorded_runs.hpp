// Two runs that were recorded (assay.results/1, or in the history), side by side. Their figures
// were taken at different times, so nothing is proven: a run spreads more from the next one than
// within itself. The verdict is `undecided`, labelled `stored numbers`, whatever the figures say.
//
//   Result<RecordedRun> old_run = read_recorded_run("main.json");
//   std::vector<RecordedPair> cases = match(*old_run, *new_run);
//
// Pure but for reading; any thread.
#pragma once

#include "app/comparison/matched_case.hpp"
#include "app/exit_code.hpp"
#include "report/event.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

struct RecordedCase {
    report::CaseResult result; // without samples: id, suite, family, shape, status, reason
    json::object params;
    std::string unit, clock;    // of `time`
    std::optional<double> time; // its median
};

struct RecordedRun {
    std::string name; // the file as named, or "run:" and an id
    json::object run; // its "run"
    std::vector<RecordedCase> cases;
};

// A results document, told from a plugin by its name: PATH.json.
[[nodiscard]] bool is_recorded_run(const std::filesystem::path& path);

// Errors: usage (no such file), config (no results document; with the JSON pointer).
Result<RecordedRun> read_recorded_run(const std::string& path);

// One object of "cases"; `name` and `pointer` say where, in errors (config).
Result<RecordedCase>
recorded_case(const std::string& name, const json::value& value, const std::string& pointer);

// `fate` as for builds: `incomparable` where machine, isolation, seed, configuration, parameters,
// shape or unit differ, or where neither has a time.
struct RecordedPair {
    CaseFate fate = CaseFate::compared;
    std::string reason;
    const RecordedCase* old_case = nullptr;
    const RecordedCase* new_case = nullptr;

    [[nodiscard]] const RecordedCase& either() const {
        return new_case != nullptr ? *new_case : *old_case;
    }
};

// In the order of the new run, then what only the old one has. The runs must outlive it.
std::vector<RecordedPair> match(const RecordedRun& old_run, const RecordedRun& new_run);

// "evidence" of a case whose figures were not taken side by side.
json::object stored_evidence(const std::string& clock, double margin, double alpha);

// As reporters see it; "comparison" is the object of the document's "cases".
report::CaseResult case_result(const RecordedPair& pair, double margin, double alpha);

// Counts per verdict and per fate.
json::object summary_object(const std::vector<RecordedPair>& pairs);

// Never 0 and never 1: what was compared is undecided (5), nothing compared or incomparable is 4,
// lost or failed 3.
ExitCode code_of(const std::vector<RecordedPair>& pairs);

} // namespace assay::app
