#include "verdict/gate_limit.hpp"

#include "verdict/tolerance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

namespace assay::verdict {
namespace {

double statistic_of(const statistics::Summary& summary, Statistic statistic) {
    const std::array<double, 15> values{summary.median,
                                        summary.mean,
                                        summary.min,
                                        summary.max,
                                        summary.p05,
                                        summary.p25,
                                        summary.p75,
                                        summary.p90,
                                        summary.p95,
                                        summary.p99,
                                        summary.p999,
                                        summary.stddev,
                                        summary.mad,
                                        summary.cv,
                                        static_cast<double>(summary.n)};
    return values.at(static_cast<std::size_t>(statistic));
}

// As for changes, what differs in the last digits lies on the limit.
bool holds(Operator op, double figure, double low, double high) {
    const double slack = kTolerance * std::max(std::abs(low), std::abs(high));
    switch (op) {
    case Operator::less:
        return figure < low;
    case Operator::at_most:
        return figure <= low + slack;
    case Operator::greater:
        return figure > low;
    case Operator::at_least:
        return figure >= low - slack;
    case Operator::equal:
        return std::abs(figure - low) <= slack;
    case Operator::within:
        break;
    }
    return figure >= low - slack && figure <= high + slack;
}

// The limit on the scale of the figure; nothing, and the line is settled, where it has none.
struct Bounds {
    double low = 0, high = 0;
};

// A bare number is in the unit in which the source told its figures.
Amount as_told(const Amount& amount, const std::string& unit, const ToldUnit& told_in) {
    if (!amount.unit.empty() || told_in.name.empty()) {
        return amount;
    }
    return {.value = amount.value * told_in.factor,
            .unit = unit,
            .written = number_text(amount.value) + " " + told_in.name};
}

std::optional<Bounds>
bounds_of(const GateRule& rule, const std::string& unit, const ToldUnit& told_in, GateLine& line) {
    line.unit = unit;
    const Amount from = as_told(rule.value, unit, told_in);
    const Amount to = as_told(rule.high, unit, told_in);
    const Result<double> low = in_unit(from, unit);
    const Result<double> high = in_unit(to, unit);
    if (!low || !high) {
        line.outcome = GateOutcome::nothing;
        line.reason = (low ? high.error() : low.error()).message;
        return std::nullopt;
    }
    const std::string bound = text_of(from, unit);
    line.limit = rule.op == Operator::within ? "within [" + bound + ", " + text_of(to, unit) + "]"
                                             : std::string(name_of(rule.op)) + " " + bound;
    return Bounds{.low = *low, .high = *high};
}

// How many of today's attempts failed, or what share of them.
void judge_attempts(const GateRule& rule, const GateCase& one, bool cancelled, GateLine& line) {
    const auto bounds = bounds_of(rule, "1", {}, line);
    if (!bounds) {
        return;
    }
    if (!one.attempts || one.attempts->made == 0) {
        return settle_absent(line, cancelled, "nobody counted what this case attempted");
    }
    const auto failed = static_cast<double>(one.attempts->failed);
    const auto made = static_cast<double>(one.attempts->made);
    line.n = one.attempts->made;
    line.figure = rule.statistic == Statistic::rate ? failed / made : failed;
    line.outcome = holds(rule.op, *line.figure, bounds->low, bounds->high) ? GateOutcome::passed
                                                                           : GateOutcome::failed;
}

} // namespace

void settle_absent(GateLine& line, bool cancelled, const std::string& reason) {
    line.outcome = cancelled ? GateOutcome::undecided : GateOutcome::not_applicable;
    line.reason = cancelled ? "cancelled before it was measured" : reason;
}

void hold_against(const GateRule& rule,
                  double figure,
                  const std::string& unit,
                  GateLine& line,
                  const ToldUnit& told_in) {
    if (const auto bounds = bounds_of(rule, unit, told_in, line)) {
        line.figure = figure;
        line.outcome = holds(rule.op, figure, bounds->low, bounds->high) ? GateOutcome::passed
                                                                         : GateOutcome::failed;
    }
}

void judge_limit(const GateRule& rule,
                 const GateCase& one,
                 const GateFigure& figure,
                 bool cancelled,
                 GateLine& line) {
    if (rule.statistic == Statistic::failures || rule.statistic == Statistic::rate) {
        return judge_attempts(rule, one, cancelled, line);
    }
    const bool unitless = rule.statistic == Statistic::n || rule.statistic == Statistic::cv;
    const std::string unit = unitless ? "1" : figure.unit;
    const ToldUnit told_in = unitless ? ToldUnit{} : figure.told_in;
    if (!bounds_of(rule, unit, told_in, line)) {
        return;
    }
    if (figure.today.n == 0) {
        const bool unknown = figure.reason.empty();
        settle_absent(line, cancelled && unknown, unknown ? "unavailable" : figure.reason);
        return;
    }
    line.n = figure.today.n;
    line.exact = figure.exact && !unitless;
    const double found = statistic_of(figure.today, rule.statistic);
    if (!std::isfinite(found)) {
        line.outcome = GateOutcome::nothing;
        line.reason = "too few samples for this statistic, or its source did not tell it";
        return;
    }
    hold_against(rule, found, unit, line, told_in);
}

} // namespace assay::verdict
