#include "app/gate/gate_document.hpp"

#include "app/message.hpp"
#include "app/text_table.hpp"
#include "report/event.hpp"
#include "verdict/amount.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace assay::app {
namespace {

using verdict::GateLine;
using verdict::GateOutcome;
using verdict::GateReport;
using verdict::RuleKind;

constexpr std::array<GateOutcome, 7> kGravestFirst{GateOutcome::failed,
                                                   GateOutcome::broken,
                                                   GateOutcome::nothing,
                                                   GateOutcome::undecided,
                                                   GateOutcome::warned,
                                                   GateOutcome::passed,
                                                   GateOutcome::not_applicable};

std::ptrdiff_t rank_of(const GateLine& line) {
    return std::ranges::find(kGravestFirst, line.outcome) - kGravestFirst.begin();
}

// A figure by itself, not a change.
bool is_absolute(const GateLine& line) {
    return line.kind == RuleKind::limit || verdict::is_about_no_case(line.kind);
}

std::string figure_text(const GateLine& line) {
    if (!line.figure) {
        return "-";
    }
    if (is_absolute(line)) {
        return line.exact ? verdict::exact_figure_text(*line.figure, line.unit)
                          : verdict::figure_text_beside(*line.figure, line.unit, line.limit);
    }
    // The smallest figures are noise of the arithmetic: no "0.00 % better".
    if (std::abs(*line.figure) < 0.005) {
        return fmt::format("0.00 {}", line.unit);
    }
    return fmt::format(
        "{:.2f} {} {}", std::abs(*line.figure), line.unit, *line.figure > 0 ? "worse" : "better");
}

std::string what_of(const GateLine& line) {
    return is_absolute(line) ? line.statistic + " " + line.metric
                             : line.metric + (line.severity.empty() ? "" : ", " + line.severity);
}

std::size_t count(const GateReport& report, GateOutcome outcome) {
    return static_cast<std::size_t>(std::ranges::count(report.lines, outcome, &GateLine::outcome));
}

std::string counts_text(const GateReport& report) {
    std::string text;
    for (const GateOutcome outcome : kGravestFirst) {
        if (const std::size_t n = count(report, outcome); n > 0) {
            text += (text.empty() ? "" : ", ") + fmt::format("{} {}", n, name_of(outcome));
        }
    }
    return text.empty() ? "no line" : text;
}

// "applies to no case: there is no metric 'tme' (did you mean 'time'?)"
std::string unmatched_text(const GateReport& report, const std::string& rule) {
    constexpr std::string_view kPlain = "applies to no case";
    const auto why = report.why_unmatched.find(rule);
    return why == report.why_unmatched.end() || why->second == kPlain
               ? std::string(kPlain)
               : std::string(kPlain) + ": " + why->second;
}

std::string remarks(const GateReport& report, const GateHeading& heading) {
    std::string text;
    bool hint = false;
    // What was not reached has not shown that it applies to nothing.
    for (const std::string& rule :
         heading.cancelled ? std::vector<std::string>() : report.unmatched) {
        const auto other = report.replaced.find(rule);
        text += "NOTHING  rule '" + rule + "' " +
                (other == report.replaced.end()
                     ? unmatched_text(report, rule)
                     : "judges nothing: '" + other->second +
                           "' asks the same of the same cases, and stands later") +
                "\n";
        hint = hint || heading.gates == verdict::default_gates().name;
    }
    if (hint) {
        text += "the built-in rules ask for 'time', else for what can get worse; rules for other "
                "metrics stand in .assay/gates.json: \"metric\": \"*\" means all\n";
    }
    if (heading.cancelled) {
        text += "partial: cancelled before everything was measured\n";
    }
    for (const RunWarning& note : heading.notes) {
        text += note.text + (note.next.empty() ? "" : "; " + note.next) + "\n";
    }
    return text;
}

json::value fired_value(const std::optional<FiredControl>& fired) {
    if (!fired) {
        return nullptr;
    }
    return json::object{{"case", fired->case_id}, {"change", json_number(fired->change)}};
}

json::array note_objects(const std::vector<RunWarning>& notes) {
    json::array out;
    for (const RunWarning& note : notes) {
        out.push_back(json::object{{"text", note.text}, {"next", note.next}});
    }
    return out;
}

json::value number_value(const std::optional<double>& number) {
    return number ? json::value(json_number(*number)) : json::value(nullptr);
}

json::value text_value(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

// What the outcome rests on, beside the figure.
json::object evidence_of(const GateLine& line) {
    return {{"from", text_value(line.evidence)},
            {"verdict", text_value(line.verdict)},
            {"baseline", text_value(line.baseline)},
            {"interval",
             line.interval ? json::value(json::array{json_number(line.interval->low),
                                                     json_number(line.interval->high)})
                           : json::value(nullptr)},
            {"mde", number_value(line.mde)},
            {"fence", number_value(line.fence)}};
}

// How much of all there is the lines are about. Nothing is measured for a recorded run or a file.
std::string extent_text(const GateReport& report, const GateHeading& heading) {
    const std::string all =
        fmt::format("of {} {}", heading.cases, heading.cases == 1 ? "case" : "cases");
    if (heading.measured) {
        return fmt::format(
            "{} measured, {} identical {}", heading.compared, heading.identical, all);
    }
    std::set<std::string> judged;
    for (const GateLine& line : report.lines) {
        if (line.figure && !line.case_id.empty()) {
            judged.insert(line.case_id);
        }
    }
    return fmt::format("{} judged {}", judged.size(), all);
}

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kPlain = "\x1b[0m";

} // namespace

std::string gate_text(const GateReport& report, const GateHeading& heading, bool color) {
    TextTable table({"", "rule", "case", "metric", "figure", "limit", "n", ""});
    std::vector<GateLine> lines = report.lines;
    std::ranges::stable_sort(lines, {}, rank_of); // what needs somebody first
    for (const GateLine& line : lines) {
        table.add({std::string(name_of(line.outcome)),
                   line.rule,
                   line.case_id,
                   what_of(line),
                   figure_text(line),
                   line.limit,
                   line.n > 0 ? std::to_string(line.n) : "-",
                   line.reason});
    }
    std::string text = table.empty() ? "" : table.aligned() + "\n";
    text += printable(remarks(report, heading));
    const ExitCode code = code_of(report, heading);
    const std::string result = heading.cancelled        ? "gate interrupted"
                               : code == ExitCode::pass ? "gate passed"
                                                        : "gate not passed";
    text += (color ? std::string(kBold) + result + std::string(kPlain) : result) +
            fmt::format(": {} by {} against {} ({}), exit {}\n",
                        counts_text(report),
                        heading.gates,
                        heading.baseline,
                        extent_text(report, heading),
                        static_cast<int>(code));
    return text;
}

json::object gate_document(const GateReport& report, const GateHeading& heading) {
    json::array lines;
    for (const GateLine& line : report.lines) {
        const auto place = heading.rule_lines.find(line.rule);
        const bool placed = place != heading.rule_lines.end();
        lines.push_back(json::object{{"rule", line.rule},
                                     {"file", placed ? json::value(heading.gates) : nullptr},
                                     {"line", placed ? json_count(place->second) : nullptr},
                                     {"kind", name_of(line.kind)},
                                     {"case", line.case_id},
                                     {"metric", line.metric},
                                     {"outcome", name_of(line.outcome)},
                                     {"severity", text_value(line.severity)},
                                     {"figure", number_value(line.figure)},
                                     {"unit", line.unit},
                                     {"limit", line.limit},
                                     {"statistic", line.statistic},
                                     {"clock", report::clock_value(line.clock)},
                                     {"n", json_count(line.n)},
                                     {"evidence", evidence_of(line)},
                                     {"reason", line.reason}});
    }
    json::object why;
    for (const auto& [rule, reason] : report.why_unmatched) {
        why[rule] = reason;
    }
    json::object outcomes;
    for (const GateOutcome outcome : kGravestFirst) {
        outcomes[name_of(outcome)] = json_count(count(report, outcome));
    }
    return {{"schema", "assay.gate/1"},
            {"gates", heading.gates},
            {"baseline", heading.baseline},
            {"run", text_value(heading.run)},
            {"results", text_value(heading.results)},
            {"advisory", !heading.results.empty()},
            {"controls",
             json::object{{"null", heading.null_control},
                          {"fired", fired_value(heading.fired)},
                          {"positive", heading.positive_control}}},
            {"resolution", heading.resolution},
            {"lines", std::move(lines)},
            {"unmatched", json::array(report.unmatched.begin(), report.unmatched.end())},
            {"unmatched_reasons", std::move(why)},
            {"notes", note_objects(heading.notes)},
            {"summary",
             json::object{{"cases", json_count(heading.cases)},
                          {"compared", json_count(heading.compared)},
                          {"identical", json_count(heading.identical)},
                          {"judged", json_count(report.judged)},
                          {"partial", heading.cancelled},
                          {"outcomes", std::move(outcomes)},
                          {"exit_code", static_cast<int>(code_of(report, heading))}}}};
}

ExitCode code_of(GateOutcome outcome) {
    switch (outcome) {
    case GateOutcome::failed:
        return ExitCode::regression;
    case GateOutcome::undecided:
        return ExitCode::undecided;
    case GateOutcome::nothing:
        return ExitCode::nothing;
    case GateOutcome::broken:
        return ExitCode::failed;
    case GateOutcome::passed:
    case GateOutcome::warned:
    case GateOutcome::not_applicable:
        break;
    }
    return ExitCode::pass;
}

ExitCode code_of(const GateReport& report, const GateHeading& heading) {
    ExitCode code = heading.cancelled ? ExitCode::interrupted : heading.reports;
    for (const GateOutcome outcome : report.outcomes) {
        code = graver(code, code_of(outcome));
    }
    return code;
}

} // namespace assay::app
