// Figures that series are held against, by platform, in a file that is kept in git
// (.assay/baselines.json, assay.baselines/1): keys sorted, a figure a line, so that changes can be
// read and merged.
//
//   Result<BaselinesFile> file = read_baselines(".assay/baselines.json");
//   file->platforms["M1_Mac_16GB"].figures[figure_key(series)] = {.value = 8.0, .unit = "s"};
//   Status written = write_file_atomically(path, baselines_text(*file));
//
// The layout of older systems is read too: {LABEL: {METRIC: number, ..., "metadata": {}}}, in which
// eleven names are known without unit and direction. Pure but for reading; any thread.
#pragma once

#include "history/records.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::history {

struct BaselineFigure {
    double value = 0; // in SI base units
    std::string unit;
    measure::Direction direction = measure::Direction::none;
    std::optional<double> spread = {};
    std::int64_t runs = 0; // behind it; 0: a number that somebody gave
    std::string policy = {};
    std::string commit = {}, date = {};     // of the newest run; empty: not known
    std::string branch = {};                // of those runs; empty: not known
    std::string why = {};                   // a person's reason; empty: none was given
    std::vector<std::string> evidence = {}; // uuids of its first and last run; the history has all

    friend bool operator==(const BaselineFigure&, const BaselineFigure&) = default;
};

struct PlatformBaselines {
    std::string fingerprint;                       // empty: any machine that has the label
    std::map<std::string, BaselineFigure> figures; // by figure_key()
    json::object metadata; // last_updated, git_commit, branch, ...; what else stood there is kept
};

struct BaselinesFile {
    std::map<std::string, PlatformBaselines> platforms; // by label
    std::vector<std::string> notes = {};                // what was understood how, when reading
};

struct BaselinesReading {
    // Names ending in _gb and _mb of the older layout count in 2^30 and 2^20 bytes, as the scripts
    // that wrote them do; true: in 10^9 and 10^6.
    bool decimal = false;
};

// "CASE METRIC"
std::string figure_key(const Series& series);

// Errors (config) name the document, the place in it and what was expected there.
Result<BaselinesFile> parse_baselines(std::string_view text,
                                      const std::string& document,
                                      const BaselinesReading& reading = {});
Result<BaselinesFile> read_baselines(const std::string& path, const BaselinesReading& reading = {});

json::object baselines_document(const BaselinesFile& file);
std::string baselines_text(const BaselinesFile& file);

// Figures and metadata of `more` win, and what it does not name stays.
void merge_baselines(BaselinesFile& into, const BaselinesFile& more);

} // namespace assay::history
