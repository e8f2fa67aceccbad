#include "app/gate/recorded_cases.hpp"

#include "history/units.hpp"
#include "support/text.hpp"

#include <assay/abi/suite.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

namespace assay::app {
namespace {

using measure::CaseStatus;
using verdict::CaseStanding;
using verdict::GateCase;
using verdict::GateFigure;

constexpr double kNotKnownFigure = std::numeric_limits<double>::quiet_NaN();

// As the id has them, which is how rules name them: "n=64,dtype=f32".
std::vector<std::pair<std::string, std::string>> params_in(const std::string& case_id) {
    std::vector<std::pair<std::string, std::string>> params;
    const std::size_t open = case_id.find('[');
    if (open == std::string::npos || !case_id.ends_with(']')) {
        return params;
    }
    for (const std::string& axis :
         split(case_id.substr(open + 1, case_id.size() - open - 2), ',')) {
        const std::size_t equals = axis.find('=');
        if (equals != std::string::npos) {
            params.emplace_back(axis.substr(0, equals), axis.substr(equals + 1));
        }
    }
    return params;
}

// Of a case that never came to a figure: "suite/family[...]".
verdict::RuleSubject subject_named(const std::string& case_id) {
    const std::string name = case_id.substr(0, case_id.find('['));
    const std::size_t slash = name.find('/');
    return {.id = case_id,
            .suite = name.substr(0, slash),
            .family = slash == std::string::npos ? "" : name.substr(slash + 1),
            .params = params_in(case_id)};
}

measure::Clock clock_named(const std::string& word) {
    constexpr std::array kClocks{measure::Clock::wall,
                                 measure::Clock::thread_cpu,
                                 measure::Clock::process_cpu,
                                 measure::Clock::manual};
    const auto* const found =
        std::ranges::find_if(kClocks, [&word](auto clock) { return name_of(clock) == word; });
    return found == kClocks.end() ? measure::Clock::automatic : *found;
}

GateFigure figure_of(const history::Series& series) {
    GateFigure figure{.key = series.metric, .unit = series.unit};
    const history::BaseUnit told = history::base_unit(series.source_unit);
    if (told.known && told.unit == series.unit && told.factor != 1) {
        figure.told_in = {.name = series.source_unit, .factor = told.factor};
    }
    if (series.direction != measure::Direction::none) {
        figure.higher_is_better = series.direction == measure::Direction::higher;
    }
    figure.exact = (series.flags & ASSAY_METRIC_EXACT) != 0;
    figure.clock = clock_named(series.clock);
    return figure;
}

const history::Failure* failure_of(const history::Run& run, const std::string& case_id) {
    const auto found = std::ranges::find(run.failures, case_id, &history::Failure::case_id);
    return found == run.failures.end() ? nullptr : &*found;
}

// What was left out on purpose, or does not exist here, did not break.
bool is_broken(CaseStatus status) {
    return status != CaseStatus::passed && status != CaseStatus::skipped &&
           status != CaseStatus::unavailable && status != CaseStatus::cancelled;
}

GateFigure measured(const history::Run& run, const history::Point& point) {
    GateFigure figure = figure_of(point.series);
    if ((point.flags & history::point_flag::excluded) != 0) {
        figure.reason = "excluded by a person";
        return figure;
    }
    if (point.figures) {
        figure.today = summary_of(point);
        return figure;
    }
    const history::Failure* const failure = failure_of(run, point.series.case_id);
    const bool is_told = failure != nullptr && !failure->reason.empty();
    // Without a reason it was not reached.
    if (point.status != CaseStatus::cancelled) {
        figure.reason = is_told ? failure->reason : std::string(measure::name_of(point.status));
    }
    return figure;
}

GateCase& case_for(std::vector<GateCase>& cases, verdict::RuleSubject subject) {
    const auto found =
        std::ranges::find(cases, subject.id, [](const GateCase& one) { return one.subject.id; });
    if (found != cases.end()) {
        return *found;
    }
    GateCase& added = cases.emplace_back();
    added.subject = std::move(subject);
    return added;
}

statistics::Summary without_figures() {
    statistics::Summary summary;
    for (double statistics::Summary::*const figure : {&statistics::Summary::median,
                                                      &statistics::Summary::mean,
                                                      &statistics::Summary::stddev,
                                                      &statistics::Summary::mad,
                                                      &statistics::Summary::cv,
                                                      &statistics::Summary::min,
                                                      &statistics::Summary::max,
                                                      &statistics::Summary::p05,
                                                      &statistics::Summary::p25,
                                                      &statistics::Summary::p75,
                                                      &statistics::Summary::p90,
                                                      &statistics::Summary::p95,
                                                      &statistics::Summary::p99,
                                                      &statistics::Summary::p999}) {
        summary.*figure = kNotKnownFigure;
    }
    return summary;
}

} // namespace

verdict::RuleSubject subject_of(const history::Series& series) {
    return {.id = series.case_id,
            .suite = series.suite,
            .family = series.family,
            .params = params_in(series.case_id)};
}

statistics::Summary summary_of(const history::Point& point) {
    const history::Figures& figures = *point.figures;
    statistics::Summary summary = without_figures();
    if (!point.samples.launches.empty()) {
        summary = statistics::summarise(point.samples.launches);
    } else if (figures.n <= 1 && !figures.min && !figures.max && !figures.p95 && !figures.p99) {
        // the figure is the one sample; a source that tells more counted somewhere else
        summary = statistics::summarise(
            std::vector<std::vector<double>>{std::vector<double>{figures.center}});
    } else {
        summary.n = figures.n;
        summary.min = figures.min.value_or(kNotKnownFigure);
        summary.max = figures.max.value_or(kNotKnownFigure);
        summary.p95 = figures.p95.value_or(kNotKnownFigure);
        summary.p99 = figures.p99.value_or(kNotKnownFigure);
        summary.launch_medians = point.samples.launch_medians;
    }
    summary.median = figures.center; // what a document says beside its samples wins
    return summary;
}

std::vector<GateCase> recorded_cases(const history::Run& run) {
    std::vector<GateCase> cases;
    for (const history::Point& point : run.points) {
        GateCase& one = case_for(cases, subject_of(point.series));
        one.figures.push_back(measured(run, point));
    }
    for (const history::Failure& failure : run.failures) {
        if (is_broken(failure.status)) {
            GateCase& one = case_for(cases, subject_named(failure.case_id));
            one.standing = CaseStanding::broken;
            one.reason = failure.reason.empty() ? std::string(measure::name_of(failure.status))
                                                : failure.reason;
        }
    }
    return cases;
}

void add_lost(const std::vector<tracking::ExpectedSeries>& lost,
              const history::Run& run,
              std::vector<GateCase>& cases) {
    const bool cancelled = run.status == "cancelled";
    for (const tracking::ExpectedSeries& expected : lost) {
        const std::string& id = expected.series.case_id;
        const bool is_new = std::ranges::none_of(
            cases, [&id](const GateCase& one) { return one.subject.id == id; });
        GateCase& one = case_for(cases, subject_of(expected.series));
        if (is_new && !cancelled) {
            one.standing = CaseStanding::missing;
            one.reason = expected.reason;
        }
        GateFigure& figure = one.figures.emplace_back(figure_of(expected.series));
        figure.lost = !cancelled;
        figure.reason = cancelled ? "" : expected.reason;
    }
}

void add_gated_metrics(verdict::GateFile& gates, const history::Run& run) {
    if (gates.has_own_rules) {
        return;
    }
    const verdict::GateRule of_time = gates.rules.front();
    std::set<std::tuple<std::string, std::string, std::string>> known;
    for (const history::Point& point : run.points) {
        const history::Series& series = point.series;
        const bool gated =
            (series.flags & ASSAY_METRIC_GATE) != 0 && series.direction != measure::Direction::none;
        if (gated && known.emplace(series.suite, series.family, series.metric).second) {
            verdict::GateRule& rule = gates.rules.emplace_back(of_time);
            rule.id = series.metric;
            rule.metric = series.metric;
            rule.match = {.suite = series.suite, .family = series.family};
            rule.optional = true;
        }
    }
}

} // namespace assay::app
