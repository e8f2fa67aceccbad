#include "tracking/report/report_document.hpp"

#include "tracking/document_values.hpp"
#include "tracking/report/trend_rows.hpp"

#include <algorithm>
#include <utility>

namespace assay::tracking {
namespace {

json::object counts_of_outcomes(const std::array<std::size_t, kReportOutcomes>& counts) {
    json::object value;
    for (std::size_t i = 0; i < kReportOutcomes; ++i) {
        value[name_of(static_cast<ReportOutcome>(i))] = json_count(counts[i]);
    }
    return value;
}

json::object platform_row(const ReportPlatform& platform) {
    const DashboardBranch& branch = *platform.branch;
    json::value newest = nullptr;
    if (platform.newest != nullptr) {
        const DashboardRun& run = *platform.newest;
        newest = report_run(run.row.uuid, run.row.sha, run.when);
    }
    return {{"label", branch.platform.label},
            {"fingerprint", branch.platform.fingerprint},
            {"branch", optional_text(branch.branch)},
            {"project", optional_text(branch.project)},
            {"runs", json_count(branch.runs.size())},
            {"runs_left_out", json_count(branch.runs_left_out)},
            {"series", json_count(branch.series.size())},
            {"newest", std::move(newest)},
            {"noise_newest", optional_number(platform.noise_newest)},
            {"noise_median", optional_number(platform.noise_median)},
            {"counts", counts_of_outcomes(platform.counts)}};
}

json::object summary_value(const ReportSummary& summary) {
    json::array platforms;
    for (const ReportPlatform& platform : summary.platforms) {
        platforms.push_back(platform_row(platform));
    }
    return {{"text", sentence_of(summary)},
            {"benchmarks", json_count(summary.benchmarks)},
            {"metrics", json_count(summary.metrics)},
            {"series", json_count(summary.series)},
            {"runs", json_count(summary.runs)},
            {"never_measured", json_count(summary.never_measured)},
            {"first", instant_value(summary.first)},
            {"last", instant_value(summary.last)},
            {"counts", counts_of_outcomes(summary.counts)},
            {"platforms", std::move(platforms)}};
}

// {"total", "left_out", "rows"}: the first so many of them.
template <class Values, class Row>
json::object bounded_rows(const Values& values, std::size_t most, Row row) {
    const std::size_t told = std::min(values.size(), most);
    json::array rows;
    for (std::size_t i = 0; i < told; ++i) {
        rows.push_back(row(values[i]));
    }
    return {{"total", json_count(values.size())},
            {"left_out", json_count(values.size() - told)},
            {"rows", std::move(rows)}};
}

json::value end_of_step(const BranchRun* run) {
    return run == nullptr ? json::value(nullptr) : report_run(run->uuid, run->sha, run->when);
}

json::object achievement_row(const Achievement& one) {
    json::object row = report_series_name(*one.of);
    row["kind"] = one.first_after != nullptr ? "step" : "run";
    row["run"] = one.first_after != nullptr ? one.first_after->uuid : one.of->newest().row.uuid;
    row["before"] = json_number(one.before);
    row["after"] = json_number(one.after);
    row["gain"] = json_number(one.gain);
    row["scale"] = std::string(verdict::name_of(one.scale));
    row["interval"] = one.interval ? json::value(json::array{json_number(one.interval->low),
                                                             json_number(one.interval->high)})
                                   : json::value(nullptr);
    row["last_before"] = end_of_step(one.last_before);
    row["first_after"] = end_of_step(one.first_after);
    row["baseline"] = optional_text(one.baseline);
    return row;
}

json::object alert_row(const ReportAlert& one, std::int64_t now) {
    json::object row = alert_value(one.branch->analysis->analysis, *one.alert, now);
    json::array& changes = row["changes"].as_array();
    row["series"] = json_count(changes.size());
    if (changes.size() > kAlertMembersTold) {
        changes.resize(kAlertMembersTold);
    }
    row["live"] = verdict::is_live(one.alert->state);
    row["platform"] = one.branch->platform.label;
    row["project"] = optional_text(one.branch->project);
    return row;
}

json::object recommendation_row(const Recommendation& one) {
    return {{"rule", one.rule},
            {"text", one.text},
            {"figure", json_number(one.figure)},
            {"unit", one.unit},
            {"case", optional_text(one.of.case_id)},
            {"metric", optional_text(one.of.metric)},
            {"platform", one.of.platform},
            {"run", one.of.run},
            {"limit", json_number(one.limit)},
            {"limit_unit", one.limit_unit},
            {"limit_why", one.limit_why}};
}

json::object recommendations_value(const Recommendations& recommendations) {
    json::array rows;
    for (const Recommendation& one : recommendations.rows) {
        rows.push_back(recommendation_row(one));
    }
    return {{"total", json_count(recommendations.rows.size() + recommendations.left_out)},
            {"left_out", json_count(recommendations.left_out)},
            {"rows", std::move(rows)}};
}

json::object ci_value(const Report& report) {
    json::array judgements;
    for (const GateJudgement& one : report.gate.judgements) {
        json::object outcomes;
        for (const auto& [word, count] : one.outcomes) {
            outcomes[word] = json_count(count);
        }
        judgements.push_back(json::object{{"platform", one.platform},
                                          {"run", one.run},
                                          {"recorded", one.recorded},
                                          {"gates", optional_text(one.gates)},
                                          {"outcomes", std::move(outcomes)},
                                          {"exit_code", one.exit_code}});
    }
    return {{"text", ci_line(report)},
            {"exit_code",
             report.gate.exit_code ? json::value(*report.gate.exit_code) : json::value(nullptr)},
            {"judgements", std::move(judgements)}};
}

json::array method_rows(const std::vector<MethodNote>& notes) {
    json::array rows;
    for (const MethodNote& note : notes) {
        rows.push_back(json::object{{"topic", note.topic}, {"text", note.text}});
    }
    return rows;
}

json::array words_of_choice(const std::vector<std::string>& words) {
    return json::array(words.begin(), words.end());
}

} // namespace

json::object report_document(const Report& report) {
    const Dashboard& shown = *report.shown;
    const DashboardChoice& choice = shown.choice;
    return {
        {"schema", "assay.report/1"},
        {"history", shown.where},
        {"project", choice.project ? optional_text(*choice.project) : json::value(nullptr)},
        {"made", instant_value(choice.now)},
        {"since", instant_value(choice.since)},
        {"runs_max", json_count(choice.runs_max)},
        {"threshold", json_number(choice.threshold)},
        {"threshold_points", json_number(choice.threshold_points)},
        {"filters", words_of_choice(choice.filters)},
        {"platforms", words_of_choice(choice.platforms)},
        {"summary", summary_value(report.summary)},
        {"achievements", bounded_rows(report.achievements, kAchievementsTold, achievement_row)},
        {"alerts",
         bounded_rows(report.alerts,
                      kAlertsTold,
                      [&choice](const ReportAlert& one) { return alert_row(one, choice.now); })},
        {"trends", trend_rows(report)},
        {"recommendations", recommendations_value(report.recommendations)},
        {"methodology", method_rows(report.methodology)},
        {"ci", ci_value(report)}};
}

} // namespace assay::tracking
