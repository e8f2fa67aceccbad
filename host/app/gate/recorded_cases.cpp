#include "app/gate/recorded_cases.hpp"

#include "history/units.hpp"
#include "support/text.hpp"

#include <assay/abi/suite.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <tuple>
#include <unordered_map>
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

// Cases by id, each once, in the order in which they came: a run may have ten thousand.
class CasesById {
public:
    explicit CasesById(std::vector<GateCase>& cases)
        : cases_(cases) {
        for (std::size_t i = 0; i < cases_.size(); ++i) {
            places_.emplace(cases_[i].subject.id, i);
        }
    }

    GateCase& of(verdict::RuleSubject subject) {
        const auto [place, added] = places_.try_emplace(subject.id, cases_.size());
        if (added) {
            cases_.emplace_back().subject = std::move(subject);
        }
        return cases_[place->second];
    }

    [[nodiscard]] bool has(const std::string& id) const { return places_.contains(id); }

private:
    std::vector<GateCase>& cases_;
    std::unordered_map<std::string, std::size_t> places_;
};

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
    CasesById by_id(cases);
    for (const history::Point& point : run.points) {
        GateCase& one = by_id.of(subject_of(point.series));
        one.figures.push_back(measured(run, point));
    }
    for (const history::Failure& failure : run.failures) {
        if (is_broken(failure.status)) {
            GateCase& one = by_id.of(subject_named(failure.case_id));
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
    CasesById by_id(cases);
    for (const tracking::ExpectedSeries& expected : lost) {
        const bool is_new = !by_id.has(expected.series.case_id);
        GateCase& one = by_id.of(subject_of(expected.series));
        if (is_new && !cancelled) {
            one.standing = CaseStanding::missing;
            one.reason = expected.reason;
        }
        GateFigure& figure = one.figures.emplace_back(figure_of(expected.series));
        figure.lost = !cancelled;
        figure.reason = cancelled ? "" : expected.reason;
    }
}

namespace {

bool is_time(const history::Series& series) {
    return series.metric == "time";
}

// Of each case that has no time its first figure that can get worse: a throughput, a rate.
std::vector<const history::Series*>
figures_for_time(const std::vector<const history::Series*>& all) {
    std::set<std::string> settled;
    for (const history::Series* series : all) {
        if (is_time(*series)) {
            settled.insert(series->case_id);
        }
    }
    std::vector<const history::Series*> figures;
    for (const history::Series* series : all) {
        if (series->direction != measure::Direction::none &&
            settled.insert(series->case_id).second) {
            figures.push_back(series);
        }
    }
    return figures;
}

std::vector<const history::Series*> series_of(const history::Run& run,
                                              const std::vector<tracking::ExpectedSeries>& lost) {
    std::vector<const history::Series*> all;
    for (const history::Point& point : run.points) {
        all.push_back(&point.series);
    }
    for (const tracking::ExpectedSeries& one : lost) {
        all.push_back(&one.series);
    }
    return all;
}

} // namespace

void add_gated_metrics(verdict::GateFile& gates,
                       const history::Run& run,
                       const std::vector<tracking::ExpectedSeries>& lost) {
    if (gates.has_own_rules) {
        return;
    }
    const verdict::GateRule of_time = gates.rules.front();
    std::set<std::tuple<std::string, std::string, std::string>> known;
    const auto add = [&](const history::Series& series) {
        if (known.emplace(series.suite, series.family, series.metric).second) {
            verdict::GateRule& rule = gates.rules.emplace_back(of_time);
            rule.id = series.metric;
            rule.metric = series.metric;
            rule.match = {.suite = series.suite, .family = series.family};
            rule.optional = true;
        }
    };
    const std::vector<const history::Series*> all = series_of(run, lost);
    for (const history::Series* series : all) {
        if ((series->flags & ASSAY_METRIC_GATE) != 0 &&
            series->direction != measure::Direction::none) {
            add(*series);
        }
    }
    const std::vector<const history::Series*> instead = figures_for_time(all);
    for (const history::Series* series : instead) {
        add(*series);
    }
    // Where those are all that there is, the rule about times has nothing to be about.
    gates.rules.front().optional =
        !instead.empty() &&
        std::ranges::none_of(all, [](const history::Series* series) { return is_time(*series); });
}

} // namespace assay::app
