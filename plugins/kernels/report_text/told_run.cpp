#include "report_text/told_run.hpp"

#include "import_formats/json_tree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace report_text {
namespace {

using assay::import_formats::JsonKind;
using assay::import_formats::JsonNode;
using assay::import_formats::JsonTree;

std::string text_in(JsonNode object, std::string_view key) {
    return std::string(object[key].text());
}

double number_in(JsonNode object, std::string_view key) {
    return object[key].number().value_or(kUnknown);
}

std::int64_t count_in(JsonNode object, std::string_view key) {
    return object[key].integer().value_or(0);
}

bool truth_in(JsonNode object, std::string_view key, bool otherwise = false) {
    return object[key].boolean().value_or(otherwise);
}

std::vector<std::string> texts_in(JsonNode array) {
    std::vector<std::string> texts;
    for (const JsonNode one : array) {
        texts.emplace_back(one.text());
    }
    return texts;
}

// Both bounds of [low, high], where it is one.
void read_bounds(JsonNode interval, double& low, double& high) {
    std::vector<double> bounds;
    if (interval.is(JsonKind::array) && assay::import_formats::read_numbers(interval, bounds) &&
        bounds.size() == 2) {
        low = bounds[0];
        high = bounds[1];
    }
}

std::vector<ToldNote> notes_in(JsonNode array) {
    std::vector<ToldNote> notes;
    for (const JsonNode one : array) {
        notes.push_back({text_in(one, "text"), text_in(one, "next")});
    }
    return notes;
}

ToldFigure figure_in(JsonNode metric) {
    ToldFigure figure{
        .key = text_in(metric, "key"),
        .unit = text_in(metric, "unit"),
        .reason = text_in(metric, "reason"),
        .direction = text_in(metric, "direction"),
        .n = static_cast<std::uint64_t>(std::max<std::int64_t>(0, count_in(metric, "n"))),
        .launches = metric["launches"].size(),
        .exact = truth_in(metric, "exact"),
        .value = number_in(metric, "median"),
        .level = number_in(metric, "ci_level")};
    read_bounds(metric["ci"], figure.low, figure.high);
    return figure;
}

ToldMetric metric_in(JsonNode told) {
    ToldMetric metric{.key = text_in(told, "key"),
                      .unit = text_in(told, "unit"),
                      .reason = text_in(told, "reason"),
                      .verdict = text_in(told, "verdict"),
                      .scale = text_in(told, "scale"),
                      .change = number_in(told, "change"),
                      .before = number_in(told, "old"),
                      .after = number_in(told, "new"),
                      .exact = truth_in(told, "exact"),
                      .pairs = count_in(told, "pairs")};
    metric.pairs_asked = told["pairs_asked"].integer().value_or(metric.pairs);
    return metric;
}

// Where a case has no time its metrics say the verdict: the gravest of them.
std::string gravest_of(const std::vector<ToldMetric>& metrics) {
    for (const char* const verdict : {"worse", "undecided", "better"}) {
        if (std::ranges::count(metrics, verdict, &ToldMetric::verdict) > 0) {
            return verdict;
        }
    }
    return "same";
}

double strength_in(JsonNode evidence, const std::string& verdict) {
    return evidence && !verdict.empty() ? number_in(evidence, "log_e_" + verdict) : kUnknown;
}

ToldComparison comparison_in(JsonNode told) {
    const JsonNode evidence = told["evidence"];
    ToldComparison compared{.status = text_in(told, "status"),
                            .verdict = text_in(told, "verdict"),
                            .statement = text_in(told, "statement"),
                            .reason = text_in(told, "reason"),
                            .metric = text_in(told, "metric"),
                            .verified = truth_in(told, "verified"),
                            .before = number_in(told, "old_time"),
                            .after = number_in(told, "new_time"),
                            .ratio = number_in(told, "ratio"),
                            .level = 1 - number_in(evidence, "alpha"),
                            .pairs = count_in(told, "pairs"),
                            .labels = texts_in(evidence["labels"])};
    read_bounds(told["interval"], compared.low, compared.high);
    compared.strength = strength_in(evidence, compared.verdict);
    for (const JsonNode metric : told["metrics"]) {
        compared.metrics.push_back(metric_in(metric));
    }
    if (!compared.metric.empty()) {
        compared.unit = text_in(told, "unit");
        compared.before = number_in(told, "old");
        compared.after = number_in(told, "new");
        // Metrics that can get neither worse nor better do not count, which the host knows.
        const std::string said = text_in(told, "metric_verdict");
        compared.verdict = said.empty() ? gravest_of(compared.metrics) : said;
        const auto own = std::ranges::find(compared.metrics, compared.metric, &ToldMetric::key);
        compared.exact = own != compared.metrics.end() && own->exact;
    }
    return compared;
}

ToldCase case_from(const assay::event_view& event, JsonNode told) {
    ToldCase one{.id = std::string(event.case_id()),
                 .suite = std::string(event.suite()),
                 .family = text_in(told, "family"),
                 .reason = std::string(event.text()),
                 .status = event.status(),
                 .verified = truth_in(told, "verified", true),
                 .notes = texts_in(told["notes"])};
    for (const JsonNode metric : told["metrics"]) {
        one.figures.push_back(figure_in(metric));
    }
    if (const JsonNode compared = told["comparison"]; compared.is(JsonKind::object)) {
        one.compared = comparison_in(compared);
    }
    return one;
}

GateRow gate_row_in(JsonNode line) {
    const JsonNode evidence = line["evidence"];
    GateRow row{.rule = text_in(line, "rule"),
                .kind = text_in(line, "kind"),
                .case_id = text_in(line, "case"),
                .metric = text_in(line, "metric"),
                .outcome = text_in(line, "outcome"),
                .severity = text_in(line, "severity"),
                .unit = text_in(line, "unit"),
                .limit = text_in(line, "limit"),
                .statistic = text_in(line, "statistic"),
                .reason = text_in(line, "reason"),
                .evidence = text_in(evidence, "from"),
                .verdict = text_in(evidence, "verdict"),
                .baseline = text_in(evidence, "baseline"),
                .file = text_in(line, "file"),
                .line = count_in(line, "line"),
                .figure = number_in(line, "figure"),
                .mde = number_in(evidence, "mde"),
                .n = count_in(line, "n")};
    read_bounds(evidence["interval"], row.low, row.high);
    return row;
}

ToldGate gate_in(JsonNode told) {
    ToldGate gate{.gates = text_in(told, "gates"),
                  .baseline = text_in(told, "baseline"),
                  .exit_code = count_in(told["summary"], "exit_code"),
                  .unmatched = texts_in(told["unmatched"]),
                  .notes = notes_in(told["notes"])};
    for (const JsonNode line : told["lines"]) {
        gate.rows.push_back(gate_row_in(line));
    }
    return gate;
}

void read_head(JsonNode told, ToldRun& run) {
    if (!told.is(JsonKind::object)) {
        return;
    }
    run.id = text_in(told, "id");
    run.started = text_in(told, "started");
    run.mode = text_in(told, "mode");
    run.argv = texts_in(told["argv"]);
    run.platform = text_in(told["platform"], "label");
    run.host_version = text_in(told["host"], "version");
    run.commit = text_in(told["git"], "sha");
    run.branch = text_in(told["git"], "branch");
    run.dirty = truth_in(told["git"], "dirty");
    run.noise = number_in(told, "host_score");
    run.lanes = count_in(told["lanes"], "count");
}

void read_sides(JsonNode told, ToldRun& run) {
    if (!told.is(JsonKind::object)) {
        return;
    }
    run.is_comparison = true;
    run.before = text_in(told["old"], "name");
    run.after = text_in(told["new"], "name");
    run.basis = text_in(told, "basis");
    run.method = text_in(told, "method");
    run.margin = number_in(told, "margin");
    run.alpha = number_in(told, "alpha");
    run.null_control = text_in(told["controls"], "null");
    run.positive_control = text_in(told["controls"], "positive");
}

} // namespace

void RunReader::take(const assay::event_view& event) {
    const assay::event_kind kind = event.kind();
    if (kind != assay::event_kind::run_begin && kind != assay::event_kind::case_end &&
        kind != assay::event_kind::gate && kind != assay::event_kind::run_end) {
        return;
    }
    const JsonTree document = JsonTree::read(event.json());
    const JsonNode root = document.root();
    if (kind == assay::event_kind::case_end) {
        run_.cases.push_back(case_from(event, root["case"]));
        return;
    }
    if (kind == assay::event_kind::gate) {
        run_.gate = gate_in(root["gate"]);
        return;
    }
    read_head(root["run"], run_);
    read_sides(root["comparison"], run_);
    if (kind == assay::event_kind::run_end) {
        run_.partial = truth_in(root["summary"], "partial");
        run_.seconds = number_in(root["summary"], "seconds");
        run_.notes = notes_in(root["notes"]);
        run_.next = texts_in(root["next"]);
    }
}

} // namespace report_text
