// Figures that somebody else measured (assay.record/1), as a run of kind "record":
//
//   {"schema": "assay.record/1",
//    "metrics": {"query_latency_vllm": 0.84, "recall": {"value": 0.91, "unit": "1", "direction":
//    "higher"}}, "metadata": {"timestamp": "2026-11-21T10:00:00Z", "git_commit": "4f2c..."}}
//
//   Result<Run> run = run_from_record(text, "figures.json", {.now = now, .platform = here});
//
// Every metric is a case of its own, `record/NAME`, so that each can fail, be plotted and be gated
// by itself. Eleven names are known without unit and direction (tracking.md 7.2).
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::history {

struct RecordContext {
    std::int64_t now = 0; // for a document without a timestamp; nanoseconds
    // Where it is recorded: what a document without a platform means, or one with this label.
    Platform platform = {};
    // Where it is recorded: for documents that say nothing of git at all. Of figures from before
    // that commit the branch alone.
    GitState git = {};
    std::string host_version = {};
    // Legacy names `*_gb` count in 2^30 bytes, as the scripts that wrote them do; true: in 10^9.
    bool decimal = false;
};

// The same timestamp and content give the same uuid: recorded twice, there is still one run.
// Errors (config), with document, JSON pointer, what was expected: no JSON, schema, a metric
// without unit and direction (both are named), a time that is none.
Result<Run>
run_from_record(std::string_view text, const std::string& document, const RecordContext& context);

struct LegacyMetric {
    std::string_view name, unit;
    measure::Direction direction;
};

// One of the eleven names that the replaced systems wrote without unit and direction.
std::optional<LegacyMetric> legacy_metric(std::string_view name) noexcept;

// The series that a metric of such a document belongs to; `unit` as the document has it.
Series record_series(const std::string& metric,
                     const std::string& unit,
                     measure::Direction direction,
                     const Platform& platform);

} // namespace assay::history
