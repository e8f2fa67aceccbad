// What an importer tells of a file: whose run it was, and one result after the other.
//
//   assay::imported_run run;
//   run.commit = "4f2c...";
//   assay::imported_case row{.name = "sort", .parameters = {{"n", std::int64_t{64}}}};
//   row.metrics.push_back({.source_unit = "ns", .samples = {1.2e-6, 1.3e-6}});
//
// Plain values. What is not known stays empty, absent or NaN: nothing is made up, and nothing that
// the file says is left out because nobody asked for it.
#pragma once

#include "event_view.hpp"
#include "words.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace assay {

using imported_value = std::variant<bool, std::int64_t, double, std::string>;
using imported_facts = std::vector<std::pair<std::string, imported_value>>;

// Whose figures they are. A file may hold several runs: a branch's history, for example.
struct imported_run {
    std::string commit, parent_commit, branch;
    std::string repository;                  // URL
    std::string tool;                        // "pytest-benchmark 5.1.0"
    std::optional<bool> dirty;               // whether the commit was changed when it was measured
    std::optional<std::int64_t> date;        // when it was measured; nanoseconds since 1970, UTC
    std::optional<std::int64_t> commit_time; // likewise, of the commit
    std::string machine;                     // a label for people; empty: the file does not say
    imported_facts hardware;    // what makes another machine, and nothing that varies (clock rates)
    imported_facts environment; // whatever may vary without being another machine
};

// One figure of one result. Values are in `unit`, an SI base unit or UCUM ("s", "By", "1/s",
// "{allocs}"); import_formats in Assay's own tree, or your own table, brings a tool's units there.
struct imported_metric {
    static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

    std::string key = "time"; // [a-z0-9_.]+ ; "time" is what the tool would call the result
    std::string unit = "s";
    std::string source_unit = unit; // as the file has it
    direction better = lower;
    assay::clock timer = clock::wall; // of times
    bool exact = false;               // a count that is the same every time: compared for equality
    // Observations in the order taken. Several launches (processes, forks) stand one behind the
    // other, with the number of each in `launches`; empty: they are of one launch.
    std::vector<double> samples = {};
    std::vector<std::uint64_t> launches = {};
    // What the tool computed. Where there are samples they decide.
    double median = unknown, mean = unknown, stddev = unknown, min = unknown, max = unknown;
    double p25 = unknown, p75 = unknown, p95 = unknown, p99 = unknown;
    double ci_lo = unknown, ci_hi = unknown, ci_level = unknown; // interval of the figure
    std::uint64_t n = 0; // observations behind the figure, where samples are not kept; 0: not told
    std::uint64_t iterations = 0; // of the body, per observation
};

// One result. Several with equal suite, name and parameters are repeats of one case.
struct imported_case {
    std::string suite; // a module, a package, a program; empty: the format's name stands here
    std::string name;  // as the tool calls it: the host makes an id of it
    imported_facts parameters = {}; // a name that is there already is told as name_2
    case_status status = case_status::passed;
    std::string reason = {}; // of any status but passed
    std::vector<imported_metric> metrics = {};
    std::string note = {}; // a remark of the importer's: "the bounds do not hold the value"
};

} // namespace assay
