#include "told_dashboard.hpp"

#include "import_formats/instants.hpp"
#include "import_formats/json_tree.hpp"
#include "told_findings.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <cmath>

namespace dashboard_reporter {
namespace {

using assay::import_formats::JsonKind;
using assay::import_formats::JsonNode;
using assay::import_formats::JsonTree;

constexpr double kNanoseconds = 1e9;

std::string text(JsonNode node) {
    return std::string(node.text());
}

double number(JsonNode node) {
    return node.number().value_or(kNothing);
}

std::size_t index(JsonNode node) {
    const auto value = node.integer().value_or(0);
    return value < 0 ? 0 : static_cast<std::size_t>(value);
}

bool flag(JsonNode node) {
    return node.boolean().value_or(false);
}

std::vector<double> column(JsonNode node) {
    std::vector<double> values;
    values.reserve(node.size());
    for (const JsonNode one : node) {
        values.push_back(number(one));
    }
    return values;
}

ToldRun read_run(JsonNode node) {
    const auto when = assay::import_formats::read_instant(node["time"].text());
    return {.uuid = text(node["run"]),
            .commit = text(node["commit"]),
            .kind = text(node["kind"]),
            .status = text(node["status"]),
            .when = when ? static_cast<double>(*when) / kNanoseconds : 0,
            .host_score = number(node["host_score"]),
            .calibration = number(node["calibration"]),
            .failures = node["failures"].integer().value_or(0),
            .dirty = flag(node["dirty"])};
}

std::optional<ToldVerdict> read_verdict(JsonNode node) {
    if (!node.is(JsonKind::object)) {
        return std::nullopt;
    }
    ToldVerdict verdict{.word = text(node["word"]),
                        .reason = text(node["reason"]),
                        .severity = text(node["severity"]),
                        .scale = text(node["scale"]),
                        .baseline = text(node["baseline"]),
                        .weak = flag(node["weak"]),
                        .confirmed = flag(node["confirmed"]),
                        .exact = flag(node["exact"]),
                        .figure = number(node["figure"]),
                        .center = number(node["center"]),
                        .change = number(node["change"]),
                        .mde = number(node["mde"]),
                        .fence = number(node["fence"])};
    const std::vector<double> interval = column(node["interval"]);
    if (interval.size() == 2) {
        verdict.low = interval[0];
        verdict.high = interval[1];
    }
    return verdict;
}

ToldSamples read_samples(JsonNode node) {
    ToldSamples samples{
        .run = index(node["run"]), .sorted = {}, .launch_medians = column(node["launch_medians"])};
    for (const JsonNode launch : node["launches"]) {
        for (const JsonNode one : launch) {
            if (const auto value = one.number()) {
                samples.sorted.push_back(*value);
            }
        }
    }
    samples.count = samples.sorted.size();
    if (samples.sorted.empty()) {
        samples.sorted = column(node["sketch"]["quantiles"]);
        samples.count = index(node["sketch"]["count"]);
    }
    std::erase_if(samples.sorted, [](double value) { return !std::isfinite(value); });
    std::sort(samples.sorted.begin(), samples.sorted.end());
    return samples;
}

void read_points(JsonNode node, std::size_t runs, ToldSeries& series) {
    for (const JsonNode run : node["run"]) {
        if (index(run) >= runs) {
            throw assay::failure(ASSAY_E_CONFIG,
                                 "a point names a run that the document does not have");
        }
        series.runs.push_back(index(run));
    }
    series.center = column(node["center"]);
    series.low = column(node["low"]);
    series.high = column(node["high"]);
    series.center.resize(series.runs.size(), kNothing);
    series.low.resize(series.runs.size(), kNothing);
    series.high.resize(series.runs.size(), kNothing);
    for (const JsonNode one : node["flagged"]) {
        ToldFlag found{.at = index(one["at"])};
        for (const JsonNode word : one["flags"]) {
            found.outlier |= word.text() == "outlier";
            found.excluded |= word.text() == "excluded";
            found.shifted |= word.text() == "environment_shift";
        }
        if (found.outlier || found.excluded || found.shifted) {
            series.flags.push_back(found);
        }
    }
    for (const JsonNode one : node["broken"]) {
        series.breaks.push_back({.at = index(one["at"]), .status = text(one["status"])});
    }
}

ToldSeries read_series(JsonNode node, std::size_t runs) {
    ToldSeries series;
    series.name = text(node["case"]);
    series.suite = text(node["suite"]);
    series.family = text(node["family"]);
    series.metric = text(node["metric"]);
    series.unit = text(node["unit"]);
    series.direction = text(node["direction"]);
    series.unjudged = text(node["unjudged"]);
    series.verdict = read_verdict(node["verdict"]);
    for (const JsonNode limit : node["limits"]) {
        series.limit = number(limit["value"]);
    }
    read_points(node["points"], runs, series);
    for (const JsonNode one : node["samples"]) {
        series.samples.push_back(read_samples(one));
    }
    return series;
}

ToldBranch read_branch(JsonNode node) {
    ToldBranch branch;
    branch.label = text(node["platform"]["label"]);
    if (const std::string project = text(node["project"]); !project.empty()) {
        branch.label += " of " + project;
    }
    branch.fingerprint = text(node["platform"]["fingerprint"]);
    branch.branch = text(node["branch"]);
    for (const JsonNode run : node["runs"]) {
        branch.runs.push_back(read_run(run));
    }
    branch.runs_left_out = node["runs_left_out"].integer().value_or(0);
    for (const JsonNode one : node["series"]) {
        branch.series.push_back(read_series(one, branch.runs.size()));
    }
    branch.analysed = node["analysis"].is(JsonKind::object);
    if (branch.analysed) {
        read_findings(node["analysis"], branch);
    }
    return branch;
}

} // namespace

std::optional<ToldDashboard> read_told(std::string_view event_json) {
    const JsonTree tree = JsonTree::read(event_json);
    tree.check(event_json);
    const JsonNode document = tree.root()["document"];
    if (document["schema"].text() != "assay.dashboard/1") {
        return std::nullopt;
    }
    ToldDashboard told{.history = text(document["history"]),
                       .project = text(document["project"]),
                       .made = text(document["made"]),
                       .since = text(document["since"]),
                       .threshold = number(document["threshold"]),
                       .threshold_points = number(document["threshold_points"]),
                       .branches = {}};
    for (const JsonNode branch : document["branches"]) {
        told.branches.push_back(read_branch(branch));
    }
    return told;
}

} // namespace dashboard_reporter
