// {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "assay", "rules": [...]}},
//  "results": [{"ruleId", "ruleIndex", "level", "message", "locations", ...}]}]}
//
// OASIS, Static Analysis Results Interchange Format 2.1.0; code scanning of GitHub shows a result
// at the file that its location names.
#include "history/timestamp.hpp"
#include "support/json.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"
#include "tracking/exports/writers.hpp"
#include "tracking/told_words.hpp"

#include <algorithm>

namespace assay::tracking {
namespace {

struct SarifFinding {
    std::string rule, rule_text; // "gate/time", what the rule means
    std::string level;           // error, warning, note
    std::string message;
    std::string case_id, metric; // empty: it is about the run
    json::object properties = {};
};

std::string subject_of_word(const std::string& case_id, const std::string& metric) {
    if (case_id.empty()) {
        return "the run";
    }
    return metric.empty() ? case_id : case_id + " " + metric;
}

std::optional<SarifFinding> finding_of(const GateWord& word) {
    if (word.outcome == "PASS" || word.outcome == "N/A") {
        return std::nullopt;
    }
    SarifFinding finding{.rule = "gate/" + word.rule,
                         .rule_text = "Rule '" + word.rule + "' of the gates file",
                         .level = word.outcome == "WARN" || word.outcome == "UNDECIDED" ? "warning"
                                                                                        : "error",
                         .message = subject_of_word(word.case_id, word.metric) + ": " +
                                    word.outcome + " of rule '" + word.rule + "'",
                         .case_id = word.case_id,
                         .metric = word.metric};
    if (word.figure) {
        finding.message += ", " + gate_figure_text(*word.figure, word.unit, word.limit);
        finding.properties["figure"] = json_number(*word.figure);
    }
    if (!word.limit.empty()) {
        finding.message += " (limit: " + word.limit + ")";
        finding.properties["limit"] = word.limit;
    }
    finding.properties["outcome"] = word.outcome;
    return finding;
}

// A verdict that no gate has passed a word on.
std::optional<SarifFinding> finding_of(const SeriesWord& word) {
    const bool worse = word.verdict.starts_with("regressed") || word.verdict == "slower";
    if (!worse && word.verdict != "drift") {
        return std::nullopt;
    }
    const bool grave = worse && word.severity != "minor";
    SarifFinding finding{.rule = worse ? "assay/regressed" : "assay/drift",
                         .rule_text = worse ? "A figure got worse than its baseline"
                                            : "A figure creeps in one direction",
                         .level = grave ? "error" : "warning",
                         .message =
                             subject_of_word(word.case_id, word.metric) + ": " + word.verdict,
                         .case_id = word.case_id,
                         .metric = word.metric};
    if (word.change) {
        finding.message += ", " + change_text(*word.change, word.change_scale, word.direction);
        finding.properties["change"] = json_number(*word.change);
    }
    return finding;
}

std::optional<SarifFinding> finding_of(const history::Failure& failure) {
    if (is_skipped(failure)) {
        return std::nullopt;
    }
    return SarifFinding{.rule = "assay/case-failed",
                        .rule_text = "A case did not pass",
                        .level = "error",
                        .message = failure.case_id + ": " + failure_text(failure),
                        .case_id = failure.case_id,
                        .metric = {}};
}

std::vector<SarifFinding> findings_of(const ExportedRun& exported) {
    std::vector<SarifFinding> findings;
    const auto add = [&findings](std::optional<SarifFinding> finding) {
        if (finding) {
            findings.push_back(std::move(*finding));
        }
    };
    for (const GateWord& word : exported.gates) {
        add(finding_of(word));
    }
    for (const SeriesWord& word : exported.verdicts) {
        const bool gated = std::ranges::any_of(exported.gates, [&word](const GateWord& gate) {
            return gate.case_id == word.case_id && gate.metric == word.metric;
        });
        add(gated ? std::nullopt : finding_of(word));
    }
    for (const history::Failure& failure : exported.run.failures) {
        add(finding_of(failure));
    }
    return findings;
}

json::object sarif_location(const SarifFinding& finding, const std::string& file) {
    json::object location;
    if (!file.empty()) {
        location["physicalLocation"] = json::object{
            {"artifactLocation", json::object{{"uri", file}, {"uriBaseId", "%SRCROOT%"}}}};
    }
    if (!finding.case_id.empty()) {
        location["logicalLocations"] =
            json::array{json::object{{"fullyQualifiedName", finding.case_id},
                                     {"name", subject_of_word(finding.case_id, finding.metric)},
                                     {"kind", "function"}}};
    }
    return location;
}

// The rules that findings name, and the findings as results that point at them.
struct SarifRows {
    json::array rules, results;
};

SarifRows sarif_rows(const std::vector<SarifFinding>& findings, const std::string& file) {
    SarifRows rows;
    std::vector<std::string> ids;
    for (const SarifFinding& finding : findings) {
        auto known = std::ranges::find(ids, finding.rule);
        if (known == ids.end()) {
            ids.push_back(finding.rule);
            known = std::prev(ids.end());
            rows.rules.push_back(
                json::object{{"id", finding.rule},
                             {"shortDescription", json::object{{"text", finding.rule_text}}},
                             {"defaultConfiguration", json::object{{"level", finding.level}}}});
        }
        json::object result{{"ruleId", finding.rule},
                            {"ruleIndex", std::distance(ids.begin(), known)},
                            {"level", finding.level},
                            {"kind", "fail"},
                            {"message", json::object{{"text", finding.message}}}};
        if (json::object location = sarif_location(finding, file); !location.empty()) {
            result["locations"] = json::array{std::move(location)};
        }
        // The same thing found in the next run is the same alert.
        result["partialFingerprints"] = json::object{
            {"assay/v1", sha256_of(finding.rule + "\n" + finding.case_id + "\n" + finding.metric)}};
        result["properties"] = finding.properties;
        rows.results.push_back(std::move(result));
    }
    return rows;
}

json::object sarif_run(const ExportedRun& exported, SarifRows rows) {
    const history::Run& run = exported.run;
    json::object driver{{"name", "assay"}, {"rules", std::move(rows.rules)}};
    if (!run.host_version.empty()) {
        driver["version"] = run.host_version;
    }
    json::object invocation{{"executionSuccessful", run.status != "cancelled"},
                            {"startTimeUtc", history::timestamp_text(run.started)}};
    if (run.finished) {
        invocation["endTimeUtc"] = history::timestamp_text(*run.finished);
    }
    json::object made{
        {"tool", json::object{{"driver", std::move(driver)}}},
        {"results", std::move(rows.results)},
        {"columnKind", "utf16CodeUnits"},
        {"automationDetails", json::object{{"id", "assay/"}, {"guid", run.uuid}}},
        {"invocations", json::array{std::move(invocation)}},
        {"properties", json::object{{"run", run.uuid}, {"platform", run.platform.label}}}};
    // A repository without its address is no provenance.
    if (!run.repo_url.empty()) {
        json::object provenance{{"repositoryUri", run.repo_url}};
        if (!run.git.sha.empty()) {
            provenance["revisionId"] = run.git.sha;
        }
        if (!run.git.branch.empty()) {
            provenance["branch"] = run.git.branch;
        }
        made["versionControlProvenance"] = json::array{std::move(provenance)};
    }
    return made;
}

} // namespace

Result<ExportText> sarif_text(const ExportedRun& exported) {
    const std::vector<SarifFinding> findings = findings_of(exported);
    if (findings.empty() && exported.gates.empty() && exported.verdicts.empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message = "no gate and no comparison has judged run " + exported.run.uuid +
                                ": a document without results would say that all is well",
                     .hint = "'assay gate --skip-run --run NAME' judges a recorded run, 'assay "
                             "run --gate FILE' measures one and judges it"};
    }
    const json::object document{
        {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
        {"version", "2.1.0"},
        {"runs", json::array{sarif_run(exported, sarif_rows(findings, exported.gates_file))}}};
    ExportText made{.text = write_json(document, JsonLayout::indented) + "\n"};
    std::size_t figures = 0;
    for (const history::Point& point : exported.run.points) {
        figures += point.figures ? 1 : 0;
    }
    made.left_out.add("figures, but for those that something is wrong with", figures);
    made.left_out.add("files of the results: the project has no .assay/gates.json to name",
                      exported.gates_file.empty() ? findings.size() : 0);
    return made;
}

} // namespace assay::tracking
