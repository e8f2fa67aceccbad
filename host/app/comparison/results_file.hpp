// A results document of our own (assay.results/1) as a run that can be held against another one:
// what `assay run --reporter json=FILE` wrote, with all of its metrics.
//
//   Result<ResultsFile> before = read_results_file("main.json");
//   before->run.points.size();
//
// Reads the file; any thread.
#pragma once

#include "history/records.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <string>

namespace assay::app {

struct ResultsFile {
    history::Run run;
    json::object configurations; // by suite, which a history does not keep
};

// Told from a plugin by its name: PATH.json.
[[nodiscard]] bool is_results_file(const std::filesystem::path& path);

// Errors: usage (no such file), config (no results document; with the JSON pointer).
Result<ResultsFile> read_results_file(const std::string& path);

} // namespace assay::app
