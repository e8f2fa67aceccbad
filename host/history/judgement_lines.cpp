#include "history/judgement_lines.hpp"

#include "history/run_uuid.hpp"
#include "support/json.hpp"

#include <optional>

namespace assay::history {
namespace {

json::value figure_value(const std::optional<double>& figure) {
    return figure ? json_number(*figure) : json::value(nullptr);
}

std::optional<double> figure_at(const json::object& line, std::string_view key) {
    const json::value* value = line.if_contains(key);
    return value != nullptr && value->is_number() ? std::optional(value->to_number<double>())
                                                  : std::nullopt;
}

Error no_judgement(const std::string& what) {
    return {.kind = ErrorKind::plugin,
            .message = "expected a judgement (schemas/judgements.json): " + what,
            .hint = {}};
}

bool is_key(std::string_view text) {
    return text.size() == 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<bool> take_exclusion(const json::object& line, Judgements& into) {
    Exclusion exclusion{.run_uuid = json_string(line, "run"), .case_id = json_string(line, "case")};
    if (!is_uuid(exclusion.run_uuid) || exclusion.case_id.empty()) {
        return no_judgement("an exclusion has a run and a case");
    }
    into.exclusions.push_back(std::move(exclusion));
    return true;
}

Result<bool> take_baseline(const json::object& line, Judgements& into) {
    const auto center = figure_at(line, "center");
    ToldBaseline baseline{.series = json_string(line, "series")};
    if (!is_key(baseline.series) || !center) {
        return no_judgement("a baseline has a series and a centre");
    }
    baseline.row = {.policy = json_string(line, "policy"),
                    .center = *center,
                    .spread = figure_at(line, "spread"),
                    .n = json_int(line, "n", 0),
                    .from_run = json_string(line, "from_run"),
                    .to_run = json_string(line, "to_run"),
                    .who = json_string(line, "who"),
                    .why = json_string(line, "why"),
                    .created = json_int(line, "created", 0)};
    const json::value* evidence = line.if_contains("evidence");
    if (evidence != nullptr && evidence->is_array()) {
        for (const json::value& run : evidence->get_array()) {
            if (run.is_string()) {
                baseline.row.evidence.emplace_back(run.get_string());
            }
        }
    }
    into.baselines.push_back(std::move(baseline));
    return true;
}

Result<bool> take_verdict(const json::object& line, Judgements& into) {
    ToldVerdict verdict{.series = json_string(line, "series")};
    verdict.row = {.run_uuid = json_string(line, "run"),
                   .source = json_string(line, "source"),
                   .verdict = json_string(line, "verdict"),
                   .severity = json_string(line, "severity"),
                   .change = figure_at(line, "change"),
                   .p = figure_at(line, "p"),
                   .mde = figure_at(line, "mde"),
                   .fence = figure_at(line, "fence"),
                   .change_scale = json_string(line, "change_scale")};
    if (!is_key(verdict.series) || !is_uuid(verdict.row.run_uuid) || verdict.row.verdict.empty()) {
        return no_judgement("a verdict has a run, a series and a word");
    }
    const json::value* detail = line.if_contains("detail");
    if (detail != nullptr && detail->is_object()) {
        verdict.row.detail = detail->get_object();
    }
    into.verdicts.push_back(std::move(verdict));
    return true;
}

Result<bool> take_gate(const json::object& line, Judgements& into) {
    ToldGate gate{.series = json_string(line, "series")};
    gate.row = {.run_uuid = json_string(line, "run"),
                .rule_id = json_string(line, "rule"),
                .verdict = json_string(line, "verdict"),
                .op = json_string(line, "op"),
                .source = json_string(line, "source"),
                .figure = figure_at(line, "figure"),
                .limit = figure_at(line, "limit")};
    if (!is_uuid(gate.row.run_uuid) || gate.row.rule_id.empty() ||
        (!gate.series.empty() && !is_key(gate.series))) {
        return no_judgement("a result of a gate has a run and a rule");
    }
    into.gates.push_back(std::move(gate));
    return true;
}

} // namespace

std::string line_of(const Exclusion& exclusion) {
    return canonical_json(json::object{
        {"kind", "exclusion"}, {"run", exclusion.run_uuid}, {"case", exclusion.case_id}});
}

std::string line_of(const ToldBaseline& baseline) {
    const BaselineRow& row = baseline.row;
    json::array evidence(row.evidence.begin(), row.evidence.end());
    return canonical_json(json::object{{"kind", "baseline"},
                                       {"series", baseline.series},
                                       {"policy", row.policy},
                                       {"center", json_number(row.center)},
                                       {"spread", figure_value(row.spread)},
                                       {"n", row.n},
                                       {"from_run", json_text(row.from_run)},
                                       {"to_run", json_text(row.to_run)},
                                       {"who", row.who},
                                       {"why", row.why},
                                       {"evidence", std::move(evidence)},
                                       {"created", row.created}});
}

std::string line_of(const ToldVerdict& verdict) {
    const VerdictRow& row = verdict.row;
    return canonical_json(json::object{{"kind", "verdict"},
                                       {"run", row.run_uuid},
                                       {"series", verdict.series},
                                       {"source", row.source},
                                       {"verdict", row.verdict},
                                       {"severity", json_text(row.severity)},
                                       {"change", figure_value(row.change)},
                                       {"change_scale", json_text(row.change_scale)},
                                       {"p", figure_value(row.p)},
                                       {"mde", figure_value(row.mde)},
                                       {"fence", figure_value(row.fence)},
                                       {"detail", row.detail}});
}

std::string line_of(const ToldGate& gate) {
    const GateRow& row = gate.row;
    return canonical_json(json::object{{"kind", "gate"},
                                       {"run", row.run_uuid},
                                       {"series", json_text(gate.series)},
                                       {"rule", row.rule_id},
                                       {"verdict", row.verdict},
                                       {"figure", figure_value(row.figure)},
                                       {"op", row.op},
                                       {"limit", figure_value(row.limit)},
                                       {"source", row.source}});
}

std::vector<std::string> lines_of(const Judgements& judgements) {
    std::vector<std::string> lines;
    const auto append = [&lines](const auto& all) {
        for (const auto& one : all) {
            lines.push_back(line_of(one));
        }
    };
    append(judgements.exclusions);
    append(judgements.baselines);
    append(judgements.verdicts);
    append(judgements.gates);
    return lines;
}

Result<bool> take_line(std::string_view line, Judgements& into) {
    const Result<json::value> value = parse_json(line);
    if (!value || !value->is_object()) {
        return no_judgement(value ? "no object" : value.error().message);
    }
    const json::object& object = value->get_object();
    const std::string kind = json_string(object, "kind");
    if (kind == "exclusion") {
        return take_exclusion(object, into);
    }
    if (kind == "baseline") {
        return take_baseline(object, into);
    }
    if (kind == "verdict") {
        return take_verdict(object, into);
    }
    if (kind == "gate") {
        return take_gate(object, into);
    }
    return kind.empty() ? Result<bool>(no_judgement("no kind")) : Result<bool>(false);
}

} // namespace assay::history
