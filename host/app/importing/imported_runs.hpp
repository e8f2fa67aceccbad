// What an importer told of one file, as runs that the history keeps: kind "import", isolation
// "imported", every figure external and in SI base units.
//
//   ImportedRuns runs({.format = "hyperfine", .file = "times.json", .sha256 = digest, .now = now});
//   worker->import_file(request, [&](ImportedEvent&& event) { return runs.take(std::move(event));
//   }, t); std::vector<history::Run> all = std::move(runs).finish();
//
// Equal names in one run are samples of one case, in the order of the file. One thread.
#pragma once

#include "history/records.hpp"
#include "measure/importing.hpp"
#include "support/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

struct ImportContext {
    std::string format, file, sha256;
    std::int64_t now = 0; // for a file that does not say when it was measured
    std::string host_version = {};
    std::string project = {}; // that it is imported in; empty: of the repository that it names
    std::string repo_url = {}, root_commit = {}; // of that project; empty: not known
    // What the user says of it. Commit, branch and date count where the file says none.
    std::string commit = {}, branch = {};
    std::optional<std::int64_t> date = {};
    std::optional<history::Platform> platform = {}; // beats what the file says of its machine
    measure::Direction direction = measure::Direction::none; // of figures that have none
};

class ImportedRuns {
public:
    explicit ImportedRuns(ImportContext context);

    // Errors (plugin): results outside a run.
    Status take(measure::ImportedEvent&& event);

    // Runs without a result are left out.
    std::vector<history::Run> finish() &&;

    // Why the rest of the file could not be read; empty: all of it was.
    [[nodiscard]] const std::string& partial() const noexcept { return partial_; }

    // Remarks about single results, each once.
    [[nodiscard]] const std::vector<std::string>& notes() const noexcept { return notes_; }

private:
    // All repeats of one case.
    struct Gathered {
        history::Series series; // without metric
        measure::CaseStatus status = measure::CaseStatus::passed;
        std::string reason;
        std::vector<std::vector<measure::ImportedMetric>> metrics; // by key, in order of appearance
    };

    void begin(const measure::ImportedRun& told);
    void note_unheeded(const measure::ImportedRun& told);
    void note_unread(const measure::ImportedEnd& end);
    void gather(measure::ImportedCase&& row);
    void close();

    ImportContext context_;
    std::optional<history::Run> open_;
    std::vector<Gathered> cases_;
    std::map<std::string, std::size_t> case_of_; // id: index in cases_
    std::vector<history::Run> runs_;
    std::string partial_;
    std::vector<std::string> notes_;
    bool commit_unheeded_ = false, date_unheeded_ = false; // and noted
};

// As it stands in a case id: control bytes, spaces and what has a meaning there are written %XX.
std::string imported_name(std::string_view name);

} // namespace assay::app
