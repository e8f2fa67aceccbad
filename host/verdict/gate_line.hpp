// A line of a gate: how it begins, what settles it before any figure is asked, and what all lines
// of a report amount to.
//
//   GateLine line = line_of(rule, one);
//   if (is_lost(one.standing)) settle_by_standing(one, gates.policy, false, line);
//
// Pure; any thread.
#pragma once

#include "verdict/gate.hpp"

#include <string>

namespace assay::verdict {

// With its rule, case and, of a change, the limit as people read it.
[[nodiscard]] GateLine line_of(const GateRule& rule, const GateCase& one);

// "at most 20 % worse", "at least 5 points better"; of a share, "0.5 points" or "20 %".
[[nodiscard]] std::string limit_text(const GateRule& rule, bool points);
[[nodiscard]] std::string share_text(double share, bool points);

// Nothing: the case's family has no such metric.
[[nodiscard]] const GateFigure* figure_of(const GateCase& one, const std::string& metric);

// A pattern means the metrics that can get worse, not all whose name fits.
[[nodiscard]] bool is_beside_the_pattern(const GateRule& rule, const GateFigure& figure) noexcept;

// The case has no figures, whatever is asked: broken, or gone.
[[nodiscard]] bool is_lost(CaseStanding standing) noexcept;

// What is left undecided, unless the policy allows that.
void leave_undecided(GateLine& line, const GatePolicy& policy, std::string reason);

// What pairs say of the series, as the lattice has it, once the line's outcome is final:
// "regressed(moderate)" of what failed or warns, "unchanged" of what passed, for nobody asked
// whether it got better; of a rule that asks for that, "improved".
[[nodiscard]] std::string word_of_pairs(const GateLine& line);

// Why the case cannot be compared at all, with the word for it.
void settle_by_standing(const GateCase& one,
                        const GatePolicy& policy,
                        bool cancelled,
                        GateLine& line);

// The rules about the noise of the host, each one line of no case.
void judge_host(const GateFile& gates, const std::optional<double>& noise, GateReport& report);

// Counts the lines; `unmatched` and `outcomes` follow from them.
void sum_up(const GateFile& gates, const GateContext& context, GateReport& report);

} // namespace assay::verdict
