#include "verdict/gate_alerts.hpp"

#include "verdict/gate_line.hpp"
#include "verdict/name_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::verdict {
namespace {

bool is_about(const AlertNews& news, const GateRule& rule) {
    return std::ranges::any_of(news.about, [&rule](const auto& one) {
        return matches(rule.match, one.first) && matches_pattern(rule.metric, one.second);
    });
}

void leave_to_policy(Leniency leniency, GateLine& line, const GatePolicy& policy) {
    switch (leniency) {
    case Leniency::fail:
        return;
    case Leniency::undecided:
        leave_undecided(line, policy, line.reason);
        return;
    case Leniency::warn:
        line.outcome = GateOutcome::warned;
        return;
    case Leniency::allow:
        line.outcome = GateOutcome::passed;
        return;
    }
}

// What nobody could look for.
void settle_unknown(const AlertsAsked& asked, const GatePolicy& policy, GateLine& line) {
    const bool is_young = asked.too_young && policy.allow_missing_baseline;
    line.outcome = is_young ? GateOutcome::passed : GateOutcome::nothing;
    line.reason = (is_young ? "new: " : "") +
                  (asked.reason.empty() ? "no recorded runs were asked" : asked.reason);
}

void settle_known(const GateRule& rule,
                  const std::vector<AlertNews>& news,
                  bool decides,
                  const GatePolicy& policy,
                  GateLine& line) {
    std::size_t count = 0;
    bool machine_alone = true;
    for (const AlertNews& one : news) {
        if (is_about(one, rule)) {
            line.reason += (count == 0 ? "" : "; ") + one.title;
            line.severity = count == 0 ? one.severity : line.severity;
            machine_alone = machine_alone && one.machine;
            ++count;
        }
    }
    line.figure = static_cast<double>(count);
    line.unit = "1";
    line.outcome = count == 0 ? GateOutcome::passed : GateOutcome::failed;
    if (count == 0) {
        return;
    }
    if (machine_alone) {
        line.reason += "; the machine moved, and these with it";
        leave_to_policy(policy.environment_shift, line, policy);
    } else if (!decides) {
        leave_undecided(
            line, policy, line.reason + "; a noisy shared runner fails no rule by itself");
    }
}

} // namespace

void judge_alerts(const GateFile& gates,
                  const AlertsAsked& asked,
                  bool decides,
                  GateReport& report) {
    for (const GateRule& rule : gates.rules) {
        if (rule.kind != RuleKind::no_new_alerts) {
            continue;
        }
        GateLine& line = report.lines.emplace_back();
        line.rule = rule.id;
        line.metric = rule.metric;
        line.kind = rule.kind;
        line.statistic = "new alerts";
        line.limit = "none";
        line.evidence = name_of(Evidence::history);
        if (asked.news) {
            settle_known(rule, *asked.news, decides, gates.policy, line);
        } else {
            settle_unknown(asked, gates.policy, line);
        }
    }
}

} // namespace assay::verdict
