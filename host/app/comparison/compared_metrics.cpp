#include "app/comparison/compared_metrics.hpp"

#include <assay/abi/suite.h>

#include <algorithm>

namespace assay::app {
namespace {

using measure::Direction;
using measure::MetricDescription;
using report::MetricResult;

// Whether somebody who compares wants to know about it: the author gates it, or every difference
// in it is real.
bool is_asked_about(const MetricDescription& metric) {
    return metric.direction != Direction::none &&
           (metric.flags & (ASSAY_METRIC_GATE | ASSAY_METRIC_EXACT)) != 0;
}

bool is_companion(const MetricDescription& metric, const std::vector<MetricDescription>& all) {
    return metric.direction != Direction::none &&
           std::ranges::any_of(all, [&](const MetricDescription& other) {
               return is_asked_about(other) && other.companion == metric.key;
           });
}

const MetricResult* metric_named(const std::vector<MetricResult>& metrics, const std::string& key) {
    const auto found = std::ranges::find(metrics, key, &MetricResult::key);
    return found == metrics.end() ? nullptr : &*found;
}

// Both sides of each metric to ask about. What neither build observed says nothing about either.
std::vector<ComparedMetric> metrics_of(const ComparedCase& compared) {
    std::vector<ComparedMetric> metrics;
    for (const MetricDescription* judged : judged_metrics(compared.matched)) {
        const MetricResult* before = metric_named(compared.old_metrics, judged->key);
        const MetricResult* after = metric_named(compared.new_metrics, judged->key);
        if (before == nullptr || after == nullptr ||
            (before->summary.n == 0 && after->summary.n == 0)) {
            continue;
        }
        ComparedMetric& metric = metrics.emplace_back();
        metric.pairs = metric_pairs(*before, *after);
        metric.old_median =
            before->summary.n > 0 ? std::optional(before->summary.median) : std::nullopt;
        metric.new_median =
            after->summary.n > 0 ? std::optional(after->summary.median) : std::nullopt;
    }
    return metrics;
}

json::array numbers(const verdict::LaunchFigures& values) {
    json::array out;
    std::ranges::transform(values, std::back_inserter(out), number_or_null);
    return out;
}

} // namespace

json::value number_or_null(const std::optional<double>& value) {
    return value ? json_number(*value) : json::value(nullptr);
}

std::vector<const MetricDescription*> judged_metrics(const MatchedCase& matched) {
    std::vector<const MetricDescription*> judged;
    if (matched.old_case == nullptr || matched.new_case == nullptr) {
        return judged;
    }
    const auto& before = matched.old_suite->description.families[matched.old_case->family].metrics;
    const auto& after = matched.new_suite->description.families[matched.new_case->family].metrics;
    for (const MetricDescription& metric : after) {
        if (std::ranges::count(before, metric.key, &MetricDescription::key) > 0 &&
            (is_asked_about(metric) || is_companion(metric, after))) {
            judged.push_back(&metric);
        }
    }
    return judged;
}

verdict::MetricPairs metric_pairs(const MetricResult& before, const MetricResult& after) {
    return {.key = after.key,
            .unit = after.unit,
            .companion = after.companion,
            .higher_is_better = after.direction == Direction::higher,
            .exact = (after.flags & ASSAY_METRIC_EXACT) != 0,
            .only_verified = before.only_verified && after.only_verified,
            .old_figures = before.launch_figures,
            .new_figures = after.launch_figures,
            .reason = after.summary.n == 0    ? "not observed in the new build"
                      : before.summary.n == 0 ? "not observed in the old build"
                                              : ""};
}

void judge_metrics(ComparisonOutcome& outcome, const ComparisonOptions& options) {
    std::vector<std::vector<verdict::MetricPairs>> asked;
    std::size_t questions = 0;
    for (ComparedCase& compared : outcome.cases) {
        const CaseFate fate = compared.matched.fate;
        if (fate == CaseFate::compared || fate == CaseFate::failed) { // entered
            questions += judged_metrics(compared.matched).size();
        }
        if (compared.matched.fate == CaseFate::compared) {
            compared.metrics = metrics_of(compared);
        }
        std::vector<verdict::MetricPairs>& pairs = asked.emplace_back();
        std::ranges::transform(compared.metrics, std::back_inserter(pairs), &ComparedMetric::pairs);
    }
    const auto findings = verdict::judge_metrics(
        asked,
        {.margin = options.margin,
         .alpha = options.alpha,
         .method = options.method,
         .null_control_fired = outcome.null_control == verdict::NullControl::fired,
         .questions = questions});
    for (std::size_t i = 0; i < findings.size(); ++i) {
        for (std::size_t k = 0; k < findings[i].size(); ++k) {
            outcome.cases[i].metrics[k].finding = findings[i][k];
        }
    }
}

json::array metric_objects(const ComparedCase& compared) {
    json::array out;
    for (const ComparedMetric& metric : compared.metrics) {
        out.push_back(json::object{{"key", metric.pairs.key},
                                   {"unit", metric.pairs.unit},
                                   {"verdict", verdict::name_of(metric.finding.verdict)},
                                   {"change", number_or_null(metric.finding.change)},
                                   {"scale", metric.finding.points ? "points" : "relative"},
                                   {"old", number_or_null(metric.old_median)},
                                   {"new", number_or_null(metric.new_median)},
                                   {"pairs", json_count(metric.finding.pairs)},
                                   {"pairs_asked", json_count(metric.finding.pairs_asked)},
                                   {"exact", metric.pairs.exact},
                                   {"old_figures", numbers(metric.pairs.old_figures)},
                                   {"new_figures", numbers(metric.pairs.new_figures)},
                                   {"reason", metric.finding.reason}});
    }
    return out;
}

std::size_t worse_metrics(const ComparisonOutcome& outcome) {
    std::size_t n = 0;
    for (const ComparedCase& compared : outcome.cases) {
        n += static_cast<std::size_t>(
            std::ranges::count_if(compared.metrics, [](const ComparedMetric& metric) {
                return metric.finding.verdict == verdict::MetricVerdict::worse;
            }));
    }
    return n;
}

} // namespace assay::app
