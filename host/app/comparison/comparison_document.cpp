#include "app/comparison/comparison_document.hpp"

#include "app/comparison/compared_metrics.hpp"
#include "app/comparison/comparison_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace assay::app {
namespace {

using verdict::Verdict;

json::object side_object(const Side& side) {
    json::array plugins;
    for (const LoadedPlugin& plugin : side.loaded.plugins) {
        if (plugin.stored) {
            plugins.push_back(json::object{{"id", plugin.entry.manifest.id},
                                           {"version", plugin.entry.manifest.version},
                                           {"sha256", plugin.stored->sha256}});
        }
    }
    return {{"name", side.name}, {"plugins", std::move(plugins)}};
}

// A side that is not bounded yet makes the whole interval null: half of one invites misreading.
json::value interval_value(const std::optional<statistics::ValidInterval>& interval) {
    if (!interval || !std::isfinite(interval->low) || !std::isfinite(interval->high)) {
        return nullptr;
    }
    return json::array{json_number(interval->low), json_number(interval->high)};
}

json::object evidence_object(const ComparedCase& compared, const ComparisonOptions& options) {
    const verdict::Finding& finding = compared.finding;
    return {{"method", statistics::name_of(options.method)},
            {"alpha", json_number(options.alpha)},
            {"margin", json_number(options.margin)},
            {"clock", measure::name_of(compared.clock)},
            {"iterations", json_count(compared.iterations)},
            {"slices_per_pair", compared.slices},
            {"log_e_slower", json_number(finding.evidence.log_e_slower)},
            {"log_e_faster", json_number(finding.evidence.log_e_faster)},
            {"log_e_same", json_number(finding.evidence.log_e_same())},
            {"threshold", json_number(finding.threshold)},
            {"pair_sd", number_or_null(finding.pair_sd)},
            {"position_bias", number_or_null(finding.position_bias)},
            {"labels", json::array(finding.labels.begin(), finding.labels.end())},
            {"counts", counts_value(compared)},
            {"failed_pairs", json_count(finding.failed_pairs)},
            {"decided_after",
             finding.decided_after ? json_count(*finding.decided_after) : json::value(nullptr)},
            {"results_differ", compared.results_differ},
            {"seconds_needed", number_or_null(finding.seconds_needed)}};
}

json::array numbers(const std::vector<double>& values) {
    json::array out;
    std::ranges::transform(values, std::back_inserter(out), json_number);
    return out;
}

// Everything that the figures were made of.
json::array pair_objects(const std::vector<PairRecord>& pairs) {
    json::array out;
    for (const PairRecord& pair : pairs) {
        out.push_back(json::object{{"number", json_count(pair.number)},
                                   {"x", json_number(pair.figures.x)},
                                   {"quiet", json_number(pair.figures.quiet)},
                                   {"new_is_worker_1", pair.new_is_worker_1},
                                   {"new_goes_first", pair.new_goes_first},
                                   {"seconds", json_number(pair.seconds)},
                                   {"steal_ticks", json_count(pair.steal_ticks)},
                                   {"old", numbers(pair.old_times)},
                                   {"new", numbers(pair.new_times)},
                                   {"old_slices", pair.old_slices.document()},
                                   {"new_slices", pair.new_slices.document()}});
    }
    return out;
}

json::value median_time(const std::vector<report::MetricResult>& metrics) {
    return metrics.empty() || metrics.front().summary.n == 0
               ? json::value(nullptr)
               : json_number(metrics.front().summary.median);
}

// Why more was not said. A label says more where there is one.
std::string undecided_reason(const ComparedCase& compared, double margin) {
    const verdict::Finding& finding = compared.finding;
    if (finding.verdict != Verdict::undecided || !finding.labels.empty() ||
        !compared.reason.empty()) {
        return compared.reason;
    }
    if (finding.pairs == 0) {
        return "no pair was taken";
    }
    const bool bounded = finding.interval && std::isfinite(finding.interval->low) &&
                         std::isfinite(finding.interval->high);
    const std::string pairs =
        finding.pairs == 1 ? "1 pair" : fmt::format("{} pairs", finding.pairs);
    return bounded ? fmt::format("{} do not tell it from {:.3g} %", pairs, 100 * margin)
                   : pairs + (finding.pairs == 1 ? " is too few" : " are too few");
}

json::object comparison_case(const ComparedCase& compared, const ComparisonOptions& options) {
    json::object out{{"id", compared.matched.id},
                     {"status", name_of(compared.matched.fate)},
                     {"reason", compared.reason},
                     {"verdict", nullptr},
                     {"ratio", nullptr},
                     {"interval", nullptr},
                     {"pairs", 0},
                     {"verified", compared.verified},
                     {"evidence", nullptr}};
    if (compared.matched.fate != CaseFate::compared) {
        return out;
    }
    out["reason"] = undecided_reason(compared, options.margin);
    out["verdict"] = verdict::name_of(compared.finding.verdict);
    out["ratio"] = number_or_null(compared.finding.ratio);
    out["interval"] = interval_value(compared.finding.interval);
    out["pairs"] = json_count(compared.finding.pairs);
    out["old_time"] = median_time(compared.old_metrics);
    out["new_time"] = median_time(compared.new_metrics);
    out["evidence"] = evidence_object(compared, options);
    out["metrics"] = metric_objects(compared);
    if (std::optional<std::string> statement = fused_verdict(compared)) {
        out["statement"] = *std::move(statement);
    }
    out["samples"] = pair_objects(compared.pairs);
    return out;
}

measure::CaseStatus status_of(const ComparedCase& compared) {
    switch (compared.matched.fate) {
    case CaseFate::compared:
        return measure::CaseStatus::passed;
    case CaseFate::only_in_old: // nothing of it failed: it is gone
        return measure::CaseStatus::unavailable;
    case CaseFate::only_in_new:
    case CaseFate::incomparable:
        return measure::CaseStatus::skipped;
    case CaseFate::failed:
        break;
    }
    return compared.status;
}

std::size_t count(const ComparisonOutcome& outcome, CaseFate fate) {
    return static_cast<std::size_t>(std::ranges::count_if(
        outcome.cases, [fate](const ComparedCase& one) { return one.matched.fate == fate; }));
}

std::size_t count(const ComparisonOutcome& outcome, Verdict verdict) {
    return static_cast<std::size_t>(
        std::ranges::count_if(outcome.cases, [verdict](const ComparedCase& one) {
            return one.matched.fate == CaseFate::compared && one.finding.verdict == verdict;
        }));
}

bool has_equal_files(const MatchedCase& matched) {
    return matched.old_suite != nullptr && matched.new_suite != nullptr &&
           matched.old_suite->content == matched.new_suite->content;
}

// What is the same to the byte hides no change, however little the run would have seen.
bool could_have_overlooked(const ComparisonOutcome& outcome) {
    return outcome.positive_control == verdict::PositiveControl::missed &&
           !std::ranges::all_of(
               outcome.cases, [](const ComparedCase& one) { return has_equal_files(one.matched); });
}

} // namespace

json::object
comparison_object(const ComparisonOptions& options, const Side& old_side, const Side& new_side) {
    return {{"margin", json_number(options.margin)},
            {"margin_auto", options.margin_auto},
            {"alpha", json_number(options.alpha)},
            {"method", statistics::name_of(options.method)},
            {"old", side_object(old_side)},
            {"new", side_object(new_side)}};
}

void add_controls(json::object& comparison, const ComparisonOutcome& outcome) {
    const auto findings = [](const std::vector<verdict::Finding>& all,
                             const std::vector<ControlRecord>& records) {
        json::array out;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const verdict::Finding& finding = all[i];
            out.push_back(json::object{
                {"case",
                 i < records.size() ? json::value(records[i].case_id) : json::value(nullptr)},
                {"samples", i < records.size() ? pair_objects(records[i].pairs) : json::array()},
                {"pairs", json_count(finding.pairs)},
                {"failed_pairs", json_count(finding.failed_pairs)},
                {"ratio", number_or_null(finding.ratio)},
                {"log_e_slower", json_number(finding.evidence.log_e_slower)},
                {"log_e_faster", json_number(finding.evidence.log_e_faster)}});
        }
        return out;
    };
    comparison["budget_s"] = json_number(outcome.budget_s);
    comparison["seconds"] = json_number(outcome.seconds);
    comparison["pairs"] = json_count(outcome.pairs);
    comparison["controls"] = json::object{
        {"null", verdict::name_of(outcome.null_control)},
        {"positive", verdict::name_of(outcome.positive_control)},
        {"null_findings", findings(outcome.null_findings, outcome.null_records)},
        {"positive_findings", findings(outcome.positive_findings, outcome.positive_records)}};
}

report::CaseResult case_result(const ComparedCase& compared, const ComparisonOptions& options) {
    const MatchedCase& matched = compared.matched;
    const SessionSuite& suite =
        matched.new_suite != nullptr ? *matched.new_suite : *matched.old_suite;
    const plan::PlannedCase& planned =
        matched.new_case != nullptr ? *matched.new_case : *matched.old_case;
    report::CaseResult result;
    result.id = matched.id;
    result.suite = suite.description.name;
    result.family = matched.family().name;
    for (std::size_t i = 0; i < planned.params.size(); ++i) {
        result.params.emplace_back(matched.family().axes[i].name, planned.params[i]);
    }
    result.shape = matched.family().shape;
    result.status = status_of(compared);
    result.reason = compared.reason;
    result.verified = compared.verified;
    result.metrics = compared.new_metrics;
    result.notes = compared.notes;
    for (std::string& note : count_notes(compared)) {
        result.notes.push_back(std::move(note));
    }
    if (compared.results_differ) {
        result.notes.emplace_back("results differ");
    }
    if (has_equal_files(matched)) {
        result.notes.emplace_back("identical files");
    }
    result.extra["comparison"] = comparison_case(compared, options);
    return result;
}

json::object summary_object(const ComparisonOutcome& outcome) {
    json::object summary{{"cases", json_count(outcome.cases.size())}};
    for (const Verdict verdict :
         {Verdict::slower, Verdict::faster, Verdict::same, Verdict::undecided}) {
        summary[verdict::name_of(verdict)] = json_count(count(outcome, verdict));
    }
    for (const CaseFate fate : {CaseFate::compared,
                                CaseFate::only_in_old,
                                CaseFate::only_in_new,
                                CaseFate::incomparable,
                                CaseFate::failed}) {
        summary[name_of(fate)] = json_count(count(outcome, fate));
    }
    summary["worse_metrics"] = json_count(worse_metrics(outcome));
    summary["partial"] = outcome.cancelled;
    summary["seconds"] = json_number(outcome.seconds);
    return summary;
}

ExitCode code_of(const ComparisonOutcome& outcome) {
    ExitCode code = outcome.cancelled ? ExitCode::interrupted : ExitCode::pass;
    if (count(outcome, CaseFate::failed) + count(outcome, CaseFate::only_in_old) > 0) {
        code = graver(code, ExitCode::failed);
    }
    if (count(outcome, CaseFate::compared) == 0 || count(outcome, CaseFate::incomparable) > 0) {
        code = graver(code, ExitCode::nothing);
    }
    const bool proven = count(outcome, Verdict::slower) + worse_metrics(outcome) > 0;
    if (proven) {
        code = graver(code, ExitCode::regression);
    }
    if (count(outcome, Verdict::undecided) > 0 ||
        outcome.null_control == verdict::NullControl::fired ||
        (could_have_overlooked(outcome) && !proven)) {
        code = graver(code, ExitCode::undecided);
    }
    return code;
}

std::optional<double> budget_that_would_do(const ComparisonOutcome& outcome) {
    constexpr double kTypicalPairs = 12; // of a case that has none to judge by
    double pairs = 0;
    double more = 0;
    std::size_t unmeasured = 0;
    for (const ComparedCase& compared : outcome.cases) {
        pairs += static_cast<double>(compared.finding.pairs);
        if (!wants_more_pairs(compared)) {
            continue;
        }
        more += compared.finding.seconds_needed.value_or(0);
        unmeasured += compared.finding.seconds_needed ? 0 : 1;
    }
    if (unmeasured > 0 && pairs == 0) {
        return std::nullopt;
    }
    more +=
        static_cast<double>(unmeasured) * kTypicalPairs * outcome.seconds / std::max(pairs, 1.0);
    return more > 0 ? std::optional(std::ceil(1.5 * (outcome.seconds + more))) : std::nullopt;
}

bool wants_more_pairs(const ComparedCase& compared) {
    return compared.matched.fate == CaseFate::compared &&
           (compared.finding.wants_pairs ||
            (compared.finding.verdict == Verdict::undecided && compared.finding.labels.empty()));
}

} // namespace assay::app
