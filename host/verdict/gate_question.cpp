#include "verdict/gate_question.hpp"

#include "verdict/gate_limit.hpp"
#include "verdict/gate_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace assay::verdict {
namespace {

// Why pairs cannot be asked about it. Where the baseline has figures, nothing was shown about them:
// that is no pass.
void settle_without_change(const GateCase& one,
                           const GateFigure& figure,
                           const MetricChange& change,
                           bool cancelled,
                           GateLine& line) {
    if (figure.old_launches.has_any()) {
        line.outcome = GateOutcome::nothing;
        line.reason = figure.new_launches.has_any()
                          ? change.reason
                          : "today's build does not report this figure, the baseline does";
        return;
    }
    settle_absent(line,
                  cancelled && one.pairs.empty(),
                  !figure.reason.empty()  ? figure.reason
                  : change.reason.empty() ? "no pair has a figure"
                                          : change.reason);
}

// Exact figures differ in no launch of a build, so any of them stands for all. Without a ratio:
// what comes from nothing, or becomes nothing, is beyond any.
MetricChange
exact_change(const GateFigure& figure, bool higher_is_better, Scale scale, std::size_t launches) {
    const double before = figure.old_launches.reported().front();
    const double after = figure.new_launches.reported().front();
    MetricChange change = change_of(LaunchFigures(std::vector<double>{before}),
                                    LaunchFigures(std::vector<double>{after}),
                                    figure.unit,
                                    higher_is_better,
                                    scale);
    if (change.x.empty() && before == after) {
        change.x = {0};
    } else if (change.x.empty() && std::min(before, after) == 0) {
        constexpr double kBeyond = std::numeric_limits<double>::infinity();
        const bool worse = (after > before) != higher_is_better;
        change.x = {worse ? kBeyond : -kBeyond};
    }
    if (!change.x.empty()) {
        change.x.assign(launches, change.x.front());
    }
    return change;
}

// As many launches as pairs are those of the pairs. One of each build needs no matching, whatever
// it is of.
bool are_matched(const GateFigure& figure, std::size_t pairs) {
    const std::size_t n = figure.old_launches.size();
    return n == figure.new_launches.size() && (n == pairs || n == 1);
}

// Launches of each build that have a figure: in one and the same pair, where the pairs are known.
std::size_t launches_told(const GateFigure& figure, std::size_t pairs) {
    return are_matched(figure, pairs) ? pairs_told(figure.old_launches, figure.new_launches)
                                      : std::min(figure.old_launches.reported().size(),
                                                 figure.new_launches.reported().size());
}

} // namespace

std::optional<GateQuestion> question_about(const GateRule& rule,
                                           const GateCase& one,
                                           const GateFigure& figure,
                                           const GatePolicy& policy,
                                           bool cancelled,
                                           GateLine& line) {
    if (!figure.higher_is_better) {
        line.outcome = GateOutcome::not_applicable;
        line.reason = "this metric has no better and no worse";
        return std::nullopt;
    }
    const bool steady = figure.old_launches.agree() && figure.new_launches.agree();
    const bool reported = figure.old_launches.has_any() && figure.new_launches.has_any();
    const std::size_t told = launches_told(figure, one.pairs.size());
    GateQuestion question{.rule = &rule,
                          .higher_is_better = *figure.higher_is_better,
                          .exact = figure.exact && steady && reported && told > 0,
                          .nondeterministic = figure.exact && !steady,
                          .pairs = one.pairs.size()};
    if (rule.metric == "time") {
        question.change.x = one.pairs; // slice by slice, which the launches' medians are not
        question.drifting = one.drifting;
    } else if (question.exact) {
        question.change = exact_change(figure, question.higher_is_better, rule.scale, told);
        const std::size_t needed = figure.only_verified ? 0 : exact_launches_min(rule.metric);
        question.launches_missing = needed - std::min(needed, told);
    } else if (reported && !are_matched(figure, one.pairs.size())) {
        leave_undecided(line,
                        policy,
                        fmt::format("{} launches of the old build and {} of the new have it, {} "
                                    "pairs were taken, and which belong together is not known",
                                    figure.old_launches.reported().size(),
                                    figure.new_launches.reported().size(),
                                    one.pairs.size()));
        line.n = told;
        return std::nullopt;
    } else {
        question.change = change_of(figure.old_launches,
                                    figure.new_launches,
                                    figure.unit,
                                    question.higher_is_better,
                                    rule.scale);
    }
    if (question.change.x.empty()) {
        settle_without_change(one, figure, question.change, cancelled, line);
        return std::nullopt;
    }
    if (rule.metric != "time" && are_matched(figure, one.pairs.size())) {
        question.asked = figure.old_launches.size();
    }
    question.told = told;
    return question;
}

} // namespace assay::verdict
