#include "app/gate/left_out_notes.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

namespace assay::app {
namespace {

using verdict::CaseStanding;
using verdict::GateCase;
using verdict::GateFigure;
using verdict::GateLine;

constexpr std::size_t kNamed = 5; // the others are counted

bool has_line(const verdict::GateReport& report, const GateCase& one, const std::string& metric) {
    return std::ranges::any_of(report.lines, [&](const GateLine& line) {
        return line.case_id == one.subject.id && (metric.empty() || line.metric == metric);
    });
}

// "sums/add (not measured here: the run before it has it)"
std::string told(const std::string& name, const std::string& reason) {
    return name + (reason.empty() ? "" : " (" + reason + ")");
}

std::vector<std::string> unasked(const std::vector<GateCase>& cases,
                                 const verdict::GateReport& report) {
    std::vector<std::string> names;
    for (const GateCase& one : cases) {
        if (one.standing == CaseStanding::missing) {
            if (!has_line(report, one, "")) {
                names.push_back(told(one.subject.id, one.reason));
            }
            continue;
        }
        for (const GateFigure& figure : one.figures) {
            if (figure.lost && !has_line(report, one, figure.key)) {
                names.push_back(told(one.subject.id + " " + figure.key, figure.reason));
            }
        }
    }
    return names;
}

// Measured, and not judged in any way.
std::vector<std::string> without_lines(const std::vector<GateCase>& cases,
                                       const verdict::GateReport& report) {
    std::vector<std::string> names;
    for (const GateCase& one : cases) {
        if (one.standing == CaseStanding::measured_only && !has_line(report, one, "")) {
            names.push_back(one.subject.id);
        }
    }
    return names;
}

// "a, b and 7 more"
std::string some_of(std::vector<std::string> names) {
    const std::size_t more = names.size() - std::min(names.size(), kNamed);
    names.resize(names.size() - more);
    return join(names, ", ") + (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

bool is_lost_line(const std::vector<GateCase>& cases, const GateLine& line) {
    return std::ranges::any_of(cases, [&line](const GateCase& one) {
        return one.subject.id == line.case_id &&
               (one.standing == CaseStanding::missing ||
                std::ranges::any_of(one.figures, [&line](const GateFigure& figure) {
                    return figure.lost && figure.key == line.metric;
                }));
    });
}

std::size_t without_baseline(const verdict::GateReport& report) {
    return static_cast<std::size_t>(std::ranges::count_if(report.lines, [](const GateLine& line) {
        return line.outcome == verdict::GateOutcome::nothing && line.verdict == "no_baseline";
    }));
}

} // namespace

std::vector<RunWarning> left_out_notes(const verdict::GateFile& gates,
                                       const std::vector<GateCase>& cases,
                                       const verdict::GateReport& report) {
    std::vector<RunWarning> notes;
    if (const auto names = unasked(cases, report); !names.empty()) {
        notes.push_back({"lost, and no rule asks about it: " + some_of(names), ""});
    }
    if (std::ranges::any_of(report.lines, [&cases](const GateLine& line) {
            return line.outcome == verdict::GateOutcome::broken && is_lost_line(cases, line);
        })) {
        notes.push_back({"what is missing fails a gate",
                         "if it was meant to go, \"policy\": {\"missing_case\": \"allow\"} in the "
                         "gate file makes it a warning"});
    }
    if (gates.has_own_rules) {
        return notes;
    }
    if (const auto names = without_lines(cases, report); !names.empty()) {
        notes.push_back(
            {"judged by no rule, for no figure of it has a better and a worse: " + some_of(names),
             "a limit in .assay/gates.json can hold it"});
    }
    return notes;
}

std::vector<RunWarning> first_runs_notes(const verdict::GateReport& report) {
    const std::size_t young = without_baseline(report);
    if (young == 0) {
        return {};
    }
    return {{"figures that have no baseline yet: " + std::to_string(young),
             "runs that follow make one; until then \"policy\": {\"missing_baseline\": \"allow\"} "
             "in the gate file lets them pass, and 'assay gate --baseline' holds two builds "
             "against each other"}};
}

std::vector<RunWarning> recorded_notes(const verdict::GateFile& gates,
                                       const std::vector<GateCase>& cases,
                                       const verdict::GateReport& report) {
    std::vector<RunWarning> notes = left_out_notes(gates, cases, report);
    std::ranges::move(first_runs_notes(report), std::back_inserter(notes));
    return notes;
}

} // namespace assay::app
