#include "tracking/exports/exporters.hpp"

#include "tracking/exports/writers.hpp"

#include <algorithm>
#include <array>

namespace assay::tracking {
namespace {

using Runs = std::span<const ExportedRun>;

// A document without results would look like one that was measured.
Result<ExportText> or_nothing(ExportText made) {
    if (!made.empty) {
        return made;
    }
    std::string why;
    for (const LeftOut::Kind& kind : made.left_out.kinds()) {
        why += (why.empty() ? ": " : "; ") + kind.what + " (" + std::to_string(kind.count) + ")";
    }
    return Error{.kind = ErrorKind::missing,
                 .message = "nothing of the run has a place in this format" + why,
                 .hint = "'assay export csv' holds everything"};
}

// The writers of one run and of several, in the one form of the table.
template <ExportText (*Write)(const ExportedRun&)>
Result<ExportText> one_run(Runs runs, const ExportWishes& /*wishes*/) {
    return or_nothing(Write(runs.front()));
}

template <ExportText (*Write)(Runs)>
Result<ExportText> all_runs(Runs runs, const ExportWishes& /*wishes*/) {
    return or_nothing(Write(runs));
}

Result<ExportText> action_run(Runs runs, const ExportWishes& wishes) {
    return github_action_benchmark_text(runs.front(), wishes.direction);
}

Result<ExportText> sarif_of_run(Runs runs, const ExportWishes& /*wishes*/) {
    return sarif_text(runs.front());
}

constexpr std::array kExporters{
    Exporter{.name = "json",
             .what = "the results document (schemas/results.json)",
             .flags = true,
             .write = one_run<results_text>},
    Exporter{.name = "csv",
             .what = "a row per figure",
             .several_runs = true,
             .flags = true,
             .write = all_runs<csv_text>},
    Exporter{.name = "google-benchmark",
             .what = "JSON of google-benchmark programs",
             .write = one_run<google_benchmark_text>},
    Exporter{.name = "benchfmt",
             .what = "the Go benchmark format, for benchstat",
             .several_runs = true,
             .write = all_runs<benchfmt_text>},
    Exporter{.name = "bmf", .what = "Bencher Metric Format", .write = one_run<bmf_text>},
    Exporter{.name = "github-action-benchmark",
             .what = "custom results of that action",
             .direction = true,
             .write = action_run},
    Exporter{.name = "openmetrics",
             .what = "text for Prometheus",
             .several_runs = true,
             .write = all_runs<openmetrics_text>},
    Exporter{.name = "junit",
             .what = "XML for CI services, with what a gate said",
             .write = one_run<junit_text>},
    Exporter{.name = "sarif",
             .what = "SARIF 2.1.0: what a gate found, for code scanning",
             .write = sarif_of_run},
};

} // namespace

std::span<const Exporter> exporters() noexcept {
    return kExporters;
}

const Exporter* find_exporter(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(kExporters, name, &Exporter::name);
    return found == kExporters.end() ? nullptr : found;
}

} // namespace assay::tracking
