#include "report_text/outcome.hpp"

#include "report_text/figure_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace report_text {
namespace {

struct OutcomeRank {
    std::string_view outcome;
    Gravity gravity;
    std::string_view mark; // of the command line; empty: the word alone
};

// In the order in which they matter to whoever reads a report.
constexpr std::array<OutcomeRank, 18> kOutcomes{{{"slower", Gravity::worse, "▲"},
                                                 {"worse", Gravity::worse, "▲"},
                                                 {"crashed", Gravity::broken, "✗"},
                                                 {"timed_out", Gravity::broken, "✗"},
                                                 {"wrong_result", Gravity::broken, "✗"},
                                                 {"failed", Gravity::broken, "✗"},
                                                 {"only_in_old", Gravity::broken, "✗"},
                                                 {"incomparable", Gravity::open, "?"},
                                                 {"undecided", Gravity::open, "?"},
                                                 {"cancelled", Gravity::open, "–"},
                                                 {"unavailable", Gravity::open, "–"},
                                                 {"skipped", Gravity::open, "–"},
                                                 {"unknown", Gravity::open, "?"},
                                                 {"faster", Gravity::better, "▼"},
                                                 {"better", Gravity::better, "▼"},
                                                 {"same", Gravity::plain, "="},
                                                 {"passed", Gravity::plain, "✓"},
                                                 {"only_in_new", Gravity::plain, "+"}}};

constexpr std::array<std::pair<std::string_view, Gravity>, 7> kGateOutcomes{
    {{"FAIL", Gravity::worse},
     {"BROKEN", Gravity::broken},
     {"NOTHING", Gravity::open},
     {"UNDECIDED", Gravity::open},
     {"WARN", Gravity::open},
     {"PASS", Gravity::plain},
     {"N/A", Gravity::plain}}};

std::size_t place_of(std::string_view outcome) {
    return static_cast<std::size_t>(std::ranges::find(kOutcomes, outcome, &OutcomeRank::outcome) -
                                    kOutcomes.begin());
}

std::size_t gate_place_of(std::string_view outcome) {
    const auto* const found =
        std::ranges::find(kGateOutcomes, outcome, [](const auto& known) { return known.first; });
    return static_cast<std::size_t>(found - kGateOutcomes.begin());
}

double or_zero(double value) {
    return std::isfinite(value) ? value : 0;
}

double distance_of(double ratio) {
    return std::isfinite(ratio) && ratio > 0 ? std::abs(std::log(ratio)) : 0;
}

std::string percent_text(double share) {
    const double percent = 100 * share;
    const int decimals = std::abs(percent) >= 100 ? 0 : std::abs(percent) >= 10 ? 1 : 2;
    const std::string text = fixed(percent, decimals);
    return text.starts_with('-') ? text : "+" + text;
}

const ToldMetric* worst_metric(const ToldComparison& compared) {
    const auto worst = std::ranges::find(compared.metrics, "worse", &ToldMetric::verdict);
    return worst == compared.metrics.end() ? nullptr : &*worst;
}

bool is_about_a_change(const GateRow& row) {
    return row.kind == "regression" || row.kind == "improvement";
}

std::string counted(std::size_t n, const char* one, const char* many) {
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

} // namespace

std::string_view outcome_of(const ToldCase& one) {
    if (!one.compared) {
        return name_of(one.status);
    }
    const ToldComparison& compared = *one.compared;
    if (compared.status != "compared") {
        return compared.status.empty() ? std::string_view("failed") : compared.status;
    }
    // A case as fast as before is worse all the same when another of its gated figures is.
    if (compared.verdict != "slower" && worst_metric(compared) != nullptr) {
        return "worse";
    }
    return compared.verdict.empty() ? std::string_view("undecided") : compared.verdict;
}

Gravity gravity_of(const ToldCase& one) {
    const std::size_t place = place_of(outcome_of(one));
    return place < kOutcomes.size() ? kOutcomes.at(place).gravity : Gravity::open;
}

Gravity gravity_of(const GateRow& row) {
    const std::size_t place = gate_place_of(row.outcome);
    return place < kGateOutcomes.size() ? kGateOutcomes.at(place).second : Gravity::open;
}

std::string words_of(std::string_view outcome) {
    std::string words(outcome);
    std::ranges::replace(words, '_', ' ');
    return words;
}

std::string marked(std::string_view outcome) {
    const std::size_t place = place_of(outcome);
    return place < kOutcomes.size()
               ? std::string(kOutcomes.at(place).mark) + " " + words_of(outcome)
               : words_of(outcome);
}

bool matters_more(const ToldCase& a, const ToldCase& b) {
    const std::size_t left = place_of(outcome_of(a)), right = place_of(outcome_of(b));
    if (left != right) {
        return left < right;
    }
    if (a.compared && b.compared) {
        const double strong = or_zero(a.compared->strength), other = or_zero(b.compared->strength);
        if (strong != other) {
            return strong > other;
        }
        const double far = distance_of(a.compared->ratio), near = distance_of(b.compared->ratio);
        if (far != near) {
            return far > near;
        }
    }
    return a.id < b.id;
}

bool row_matters_more(const GateRow& a, const GateRow& b) {
    const std::size_t left = gate_place_of(a.outcome), right = gate_place_of(b.outcome);
    if (left != right) {
        return left < right;
    }
    const bool changes = is_about_a_change(a) && is_about_a_change(b);
    return changes && or_zero(a.figure) > or_zero(b.figure);
}

std::string change_text(double ratio) {
    return std::isfinite(ratio) ? percent_text(ratio - 1) + " %"
                                : std::string(not_measured({.unicode = true}));
}

std::string change_interval(double low, double high) {
    if (!std::isfinite(low) || !std::isfinite(high)) {
        return std::string(not_measured({.unicode = true}));
    }
    return "[" + percent_text(low - 1) + ", " + percent_text(high - 1) + "] %";
}

std::string metric_text(const ToldMetric& metric) {
    std::string text = metric.key;
    const std::string size = fixed(100 * std::abs(metric.change), 2);
    // One count of a million is no percent, and all the same a change.
    if (metric.exact && (size == "0.00" || !std::isfinite(metric.change)) &&
        std::isfinite(metric.before) && std::isfinite(metric.after)) {
        text += " " + joined(exact_text(metric.before, metric.unit, {})) + " to " +
                joined(exact_text(metric.after, metric.unit, {}));
    } else if (std::isfinite(metric.change)) {
        text += " " + size + (metric.scale == "points" ? " points" : " %");
    }
    text += " " + metric.verdict;
    std::string why = metric.reason;
    if (metric.pairs < metric.pairs_asked) {
        why += (why.empty() ? "" : ", ") + std::to_string(metric.pairs) + " of " +
               std::to_string(metric.pairs_asked) + " pairs";
    }
    return why.empty() ? text : text + " (" + why + ")";
}

std::string deciding_figure(const ToldCase& one) {
    if (!one.compared || one.compared->status != "compared") {
        return one.compared && !one.compared->reason.empty() ? one.compared->reason : one.reason;
    }
    if (outcome_of(one) == "worse") {
        if (const ToldMetric* const worst = worst_metric(*one.compared)) {
            return metric_text(*worst);
        }
    }
    const ToldComparison& compared = *one.compared;
    if (!std::isfinite(compared.ratio)) {
        return {};
    }
    const bool bounded = std::isfinite(compared.low) && std::isfinite(compared.high);
    return change_text(compared.ratio) + (bounded ? " [" + percent_text(compared.low - 1) + ", " +
                                                        percent_text(compared.high - 1) + "]"
                                                  : "");
}

std::string gate_figure(const GateRow& row) {
    if (!std::isfinite(row.figure)) {
        return std::string(not_measured({.unicode = true}));
    }
    if (!is_about_a_change(row)) {
        return joined(figure_text_beside(row.figure, row.unit, row.limit, {}));
    }
    // The smallest figures are noise of the arithmetic: no "0.00 % better".
    const std::string size = fixed(std::abs(row.figure), 2) + " " + row.unit;
    return std::abs(row.figure) < 0.005 ? size : size + (row.figure > 0 ? " worse" : " better");
}

std::string gate_resolution(const GateRow& row) {
    return std::isfinite(row.mde) ? fixed(row.mde, 2) + " " + row.unit
                                  : std::string(not_measured({.unicode = true}));
}

std::string gate_sentence(const GateRow& row) {
    const bool known = std::isfinite(row.figure);
    std::string text = known ? gate_figure(row) : row.reason.empty() ? "no figure" : row.reason;
    text += known && !row.limit.empty() ? ", limit " + row.limit : "";
    text += std::isfinite(row.mde) ? ", smallest change found " + gate_resolution(row) : "";
    text += " (rule '" + row.rule + "'" + (row.metric.empty() ? "" : ", " + row.metric) + ")";
    return known && !row.reason.empty() ? text + ": " + row.reason : text;
}

std::string counts_text(const std::vector<ToldCase>& cases) {
    std::array<std::size_t, kOutcomes.size() + 1> counts{};
    for (const ToldCase& one : cases) {
        ++counts.at(place_of(outcome_of(one)));
    }
    std::string text;
    for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
        if (counts.at(i) != 0) {
            text += (text.empty() ? "" : ", ") + std::to_string(counts.at(i)) + " " +
                    words_of(kOutcomes.at(i).outcome);
        }
    }
    return counted(cases.size(), "case", "cases") + (text.empty() ? "" : ": " + text);
}

std::string counts_text(const std::vector<GateRow>& rows) {
    std::string text;
    for (const auto& [outcome, gravity] : kGateOutcomes) {
        const auto n = std::ranges::count(rows, outcome, &GateRow::outcome);
        if (n != 0) {
            text += (text.empty() ? "" : ", ") + std::to_string(n) + " " + std::string(outcome);
        }
    }
    return counted(rows.size(), "line", "lines") + (text.empty() ? "" : ": " + text);
}

} // namespace report_text
