#include "verdict/gate_limit.hpp"

#include <array>
#include <cmath>

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

bool holds(Operator op, double figure, double value, double high) {
    switch (op) {
    case Operator::less:
        return figure < value;
    case Operator::at_most:
        return figure <= value;
    case Operator::greater:
        return figure > value;
    case Operator::at_least:
        return figure >= value;
    case Operator::equal:
        return figure == value;
    case Operator::within:
        break;
    }
    return figure >= value && figure <= high;
}

} // namespace

void settle_absent(GateLine& line, bool cancelled, const std::string& reason) {
    line.outcome = cancelled ? GateOutcome::undecided : GateOutcome::not_applicable;
    line.reason = cancelled ? "cancelled before it was measured" : reason;
}

void judge_limit(const GateRule& rule, const GateFigure& figure, bool cancelled, GateLine& line) {
    const bool unitless = rule.statistic == Statistic::n || rule.statistic == Statistic::cv;
    const std::string unit = unitless ? "1" : figure.unit;
    line.unit = unit;
    const Result<double> value = in_unit(rule.value, unit);
    const Result<double> high = in_unit(rule.high, unit);
    if (!value || !high) {
        line.outcome = GateOutcome::nothing;
        line.reason = (value ? high.error() : value.error()).message;
        return;
    }
    const std::string bound = text_of(rule.value, unit);
    line.limit = rule.op == Operator::within
                     ? "within [" + bound + ", " + text_of(rule.high, unit) + "]"
                     : std::string(name_of(rule.op)) + " " + bound;
    if (figure.today.n == 0) {
        const bool unknown = figure.reason.empty();
        settle_absent(line, cancelled && unknown, unknown ? "unavailable" : figure.reason);
        return;
    }
    line.n = figure.today.n;
    const double found = statistic_of(figure.today, rule.statistic);
    if (!std::isfinite(found)) {
        line.outcome = GateOutcome::nothing;
        line.reason = "too few samples for this statistic";
        return;
    }
    line.figure = found;
    line.outcome = holds(rule.op, found, *value, *high) ? GateOutcome::passed : GateOutcome::failed;
}

} // namespace assay::verdict
