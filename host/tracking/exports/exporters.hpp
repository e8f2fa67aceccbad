// The formats of `assay export`, by name: which writer makes them, and what they are able to hold.
//
//   const Exporter* exporter = find_exporter("bmf");
//   Result<ExportText> made = exporter->write(runs, {});
//
// Constant; callable from any thread.
#pragma once

#include "measure/description.hpp"
#include "support/result.hpp"
#include "tracking/exports/export_text.hpp"
#include "tracking/exports/exported_run.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace assay::tracking {

struct ExportWishes {
    std::optional<measure::Direction> direction = {}; // only figures of this one
};

struct Exporter {
    std::string_view name, what; // "bmf", "Bencher Metric Format"
    bool several_runs = false;   // else it holds one
    bool flags = false;          // it says which figures somebody has excluded
    bool direction = false;      // it heeds ExportWishes::direction
    Result<ExportText> (*write)(std::span<const ExportedRun> runs, const ExportWishes& wishes);
};

std::span<const Exporter> exporters() noexcept;
const Exporter* find_exporter(std::string_view name) noexcept;

} // namespace assay::tracking
