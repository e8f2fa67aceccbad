#include "verdict/unmatched_rule.hpp"

#include "support/text.hpp"
#include "verdict/name_pattern.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace assay::verdict {
namespace {

constexpr std::string_view kPlain = "applies to no case";
constexpr std::size_t kNamed = 5; // of what there is

using Names = std::set<std::string>;

// "; there are time, peak_rss and 3 more"
std::string there_are(const Names& names) {
    if (names.empty()) {
        return "";
    }
    std::vector<std::string> some(names.begin(), names.end());
    const std::size_t more = some.size() - std::min(some.size(), kNamed);
    some.resize(some.size() - more);
    return (names.size() == 1 ? "; there is " : "; there are ") + join(some, ", ") +
           (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

std::string none_of(const std::string& what, const std::string& wanted, const Names& names) {
    const std::vector<std::string> all(names.begin(), names.end());
    const std::string meant = did_you_mean(wanted, all);
    return "there is no " + what + " '" + wanted + "'" + meant +
           (meant.empty() ? there_are(names) : "");
}

using NamesOf = std::function<void(const GateCase&, Names&)>;

// What a rule asks for by name, and where a case has such names.
struct Wanted {
    std::string what;
    std::optional<std::string> name;
    NamesOf names_of;
};

std::vector<Wanted> wanted_by(const RuleMatch& match) {
    return {{"suite",
             match.suite,
             [](const GateCase& one, Names& into) { into.insert(one.subject.suite); }},
            {"family",
             match.family,
             [](const GateCase& one, Names& into) { into.insert(one.subject.family); }},
            {"case",
             match.case_id,
             [](const GateCase& one, Names& into) { into.insert(one.subject.id); }},
            {"tag", match.tag, [](const GateCase& one, Names& into) {
                 into.insert(one.subject.tags.begin(), one.subject.tags.end());
             }}};
}

Names names_in(const std::vector<GateCase>& cases, const NamesOf& names_of) {
    Names names;
    for (const GateCase& one : cases) {
        names_of(one, names);
    }
    return names;
}

std::optional<std::string> missing_parameter(const RuleMatch& match,
                                             const std::vector<GateCase>& cases) {
    for (const auto& [axis, value] : match.params) {
        Names axes, values;
        for (const GateCase& one : cases) {
            for (const auto& [known, has] : one.subject.params) {
                axes.insert(known);
                if (known == axis) {
                    values.insert(has);
                }
            }
        }
        if (!axes.contains(axis)) {
            return none_of("parameter", axis, axes);
        }
        if (!values.contains(value)) {
            return none_of("value of '" + axis + "'", value, values);
        }
    }
    return std::nullopt;
}

std::string why_unmatched(const GateRule& rule, const std::vector<GateCase>& cases) {
    if (is_about_no_case(rule.kind) || cases.empty()) {
        return std::string(kPlain);
    }
    for (const Wanted& wanted : wanted_by(rule.match)) {
        const Names names = names_in(cases, wanted.names_of);
        if (wanted.name && !names.contains(*wanted.name)) {
            return none_of(wanted.what, *wanted.name, names);
        }
    }
    if (const auto parameter = missing_parameter(rule.match, cases)) {
        return *parameter;
    }
    Names metrics;
    for (const GateCase& one : cases) {
        if (matches(rule.match, one.subject)) {
            for (const GateFigure& figure : one.figures) {
                metrics.insert(figure.key);
            }
        }
    }
    const bool known = std::ranges::any_of(metrics, [&rule](const std::string& key) {
        return key == rule.metric || matches_pattern(rule.metric, key);
    });
    return known || metrics.empty() ? std::string(kPlain) : none_of("metric", rule.metric, metrics);
}

} // namespace

void explain_unmatched(const GateFile& gates,
                       const std::vector<GateCase>& cases,
                       GateReport& report) {
    for (const std::string& id : report.unmatched) {
        const auto rule = std::ranges::find(gates.rules, id, &GateRule::id);
        if (rule != gates.rules.end()) {
            report.why_unmatched.emplace(id, why_unmatched(*rule, cases));
        }
    }
}

} // namespace assay::verdict
