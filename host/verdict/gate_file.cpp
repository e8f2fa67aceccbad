#include "verdict/gate_file.hpp"

#include "support/file.hpp"
#include "support/json.hpp"
#include "support/percent.hpp"
#include "support/schema.hpp"
#include "verdict/gates_schema.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace assay::verdict {
namespace {

constexpr std::size_t kGateFileBytesMax = std::size_t{4} << 20;

// The value that is written `name`; the schema knows no others.
template <class Enum>
Enum named(std::string_view name, Enum last, Enum fallback) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        if (name_of(static_cast<Enum>(i)) == name) {
            return static_cast<Enum>(i);
        }
    }
    return fallback;
}

Error at(const std::string& document, const std::string& pointer, Error error) {
    // An error that begins with a member says where within the pointer it is.
    error.message =
        document + ": " + pointer + (error.message.starts_with('/') ? "" : ": ") + error.message;
    return error;
}

Error config_error(std::string message, std::string hint) {
    return {.kind = ErrorKind::config, .message = std::move(message), .hint = std::move(hint)};
}

// The members of `object` that are percentages, into where they belong.
using Shares = std::vector<std::pair<std::string_view, double*>>;

Status read_shares(const json::object& object, const Shares& shares) {
    for (const auto& [key, into] : shares) {
        if (object.contains(key)) {
            const Result<double> share = share_from(json_string(object, key));
            if (!share) {
                return share.error();
            }
            *into = *share;
        }
    }
    return {};
}

std::optional<std::string> text_of(const json::object& object, std::string_view key) {
    return object.contains(key) ? std::optional(json_string(object, key)) : std::nullopt;
}

// As a case id writes it.
std::string value_text(const json::value& value) {
    return value.is_string() ? std::string(std::string_view(value.get_string()))
                             : write_json(value);
}

RuleMatch match_of(const json::object& rule) {
    RuleMatch match;
    const json::value* found = rule.if_contains("match");
    if (found == nullptr) {
        return match;
    }
    const json::object& object = found->get_object();
    match.suite = text_of(object, "suite");
    match.family = text_of(object, "family");
    match.case_id = text_of(object, "case");
    match.tag = text_of(object, "tag");
    if (const json::value* params = object.if_contains("params")) {
        for (const auto& [axis, value] : params->get_object()) {
            match.params.emplace_back(axis, value_text(value));
        }
    }
    return match;
}

Result<Amount> amount_of(const json::value& value) {
    if (value.is_string()) {
        return amount_from(std::string_view(value.get_string()));
    }
    return Amount{.value = value.to_number<double>(), .unit = {}};
}

Status read_limit(const json::object& object, GateRule& rule) {
    if (!object.contains("op") || !object.contains("value")) {
        return config_error("a rule of this kind needs \"op\" and \"value\"",
                            R"(such as "op": "<", "value": "100 ms")");
    }
    rule.op = named(json_string(object, "op"), Operator::within, Operator::less);
    const json::value& value = object.at("value");
    if ((rule.op == Operator::within) != value.is_array()) {
        return config_error("within takes a pair [low, high], every other op one value",
                            R"(such as "op": "within", "value": [0.9, 1.1])");
    }
    const json::value& low = value.is_array() ? value.get_array()[0] : value;
    const json::value& high = value.is_array() ? value.get_array()[1] : value;
    for (const auto& [from, into] : {std::pair{&low, &rule.value}, std::pair{&high, &rule.high}}) {
        Result<Amount> amount = amount_of(*from);
        if (!amount) {
            Error error = amount.error();
            error.message = "/value: " + error.message;
            return error;
        }
        *into = std::move(*amount);
    }
    if (rule.value.unit == rule.high.unit && rule.value.value > rule.high.value) {
        return config_error("nothing lies within [low, high] where low is more than high",
                            R"(such as "op": "within", "value": [0.9, 1.1])");
    }
    return {};
}

Error crossed(std::string_view key, std::string message, std::string hint) {
    Error error = config_error(std::move(message), std::move(hint));
    error.message = "/" + std::string(key) + ": " + error.message;
    return error;
}

std::string percent_text(double share) {
    return rounded_text(kPercent * share) + " %";
}

// What was typed is never moved in silence: a warning above the failure would never be given, a
// failure above the severe one never be less. A limit that was not typed makes room.
Status check_order(const json::object& object, const GateRule& limits) {
    if (object.contains("warn") && limits.warn > limits.fail) {
        return crossed("warn",
                       "warns beyond " + percent_text(limits.warn) + ", and fails beyond " +
                           percent_text(limits.fail) +
                           (object.contains("fail") ? "" : " by default") + " before that",
                       "give a 'warn' of at most 'fail', or a larger 'fail'");
    }
    if (object.contains("severe") && limits.severe < limits.fail) {
        return crossed("severe",
                       "calls severe what is beyond " + percent_text(limits.severe) +
                           ", and fails beyond " + percent_text(limits.fail) +
                           (object.contains("fail") ? "" : " by default") + " alone",
                       "give a 'severe' of at least 'fail', or a smaller 'fail'");
    }
    return {};
}

// The history keeps no tags: a rule that goes by one would never meet an alert. Changes are judged
// by medians: a rule that says otherwise must not be judged by them in silence.
Status check_answerable(const json::object& object, const RuleMatch& match) {
    if (json_string(object, "kind") == "no_new_alerts" && match.tag) {
        return config_error("alerts are about recorded series, which have no tags",
                            "match by suite, family, case or params");
    }
    const std::string kind = json_string(object, "kind");
    const std::string statistic = json_string(object, "statistic", "median");
    if ((kind == "regression" || kind == "improvement") && statistic != "median") {
        return config_error("a rule of kind " + kind + " goes by medians, and not by " + statistic,
                            "hold " + statistic +
                                " to a figure by \"kind\": \"limit\"; 'assay analyze "
                                "--statistic' shows how p95, p99, min, max and spread move");
    }
    return {};
}

// The metric of a rule about the machine, which belongs to no case.
constexpr std::string_view kHostNoise = "host_noise";

// Absent: of a case its time, of alerts all.
std::string metric_of(const json::object& object, RuleKind kind) {
    return kind == RuleKind::host
               ? std::string(kHostNoise)
               : json_string(object, "metric", kind == RuleKind::no_new_alerts ? "*" : "time");
}

// What a rule says itself, of points; what it does not say makes room.
SeverityLimits points_of(const json::object& object, const GateRule& rule) {
    SeverityLimits points = rule.points;
    points.warn = object.contains("warn") ? rule.warn : points.warn;
    points.fail = object.contains("fail") ? rule.fail : points.fail;
    points.severe = object.contains("severe") ? rule.severe : points.severe;
    if (object.contains("fail")) {
        points.warn = std::min(points.warn, points.fail);
        points.severe = std::max(points.severe, points.fail);
        return points;
    }
    points.fail = std::max(points.fail, points.warn);
    points.severe = std::max(points.severe, points.fail);
    return points;
}

// The rule's own words over the defaults.
Result<GateRule> rule_of(const json::object& object, const GateRule& defaults) {
    GateRule rule = defaults;
    rule.id = json_string(object, "id");
    rule.kind = named(json_string(object, "kind"), RuleKind::host, RuleKind::regression);
    rule.match = match_of(object);
    if (const Status answerable = check_answerable(object, rule.match); !answerable) {
        return answerable.error();
    }
    rule.metric = metric_of(object, rule.kind);
    rule.statistic = named(json_string(object, "statistic"), Statistic::rate, Statistic::median);
    rule.evidence =
        json_string(object, "evidence") == "history" ? Evidence::history : Evidence::compare;
    rule.locked = json_bool(object, "locked", false);
    rule.optional = json_bool(object, "optional", false);
    const std::string scale = json_string(object, "scale");
    rule.scale = scale == "relative" ? Scale::relative
                 : scale == "points" ? Scale::points
                                     : Scale::automatic;
    const Status shares = read_shares(object,
                                      {{"warn", &rule.warn},
                                       {"fail", &rule.fail},
                                       {"severe", &rule.severe},
                                       {"improve", &rule.improve}});
    if (!shares) {
        return shares.error();
    }
    if (Status ordered = check_order(object, rule); !ordered) {
        return ordered.error();
    }
    // A rule that says one of them must not be crossed by the default of another.
    rule.warn = std::min(rule.warn, rule.fail);
    rule.severe = std::max(rule.severe, rule.fail);
    rule.points = points_of(object, rule);
    if (rule.kind == RuleKind::limit || rule.kind == RuleKind::host) {
        if (const Status limit = read_limit(object, rule); !limit) {
            return limit.error();
        }
    }
    return rule;
}

GatePolicy policy_of(const json::object& policy) {
    const auto allows = [&](std::string_view key) { return json_string(policy, key) == "allow"; };
    const auto leniency = [&](std::string_view key, Leniency otherwise) {
        const std::string said = json_string(policy, key);
        return said == "fail" ? Leniency::fail : said == "allow" ? Leniency::allow : otherwise;
    };
    GatePolicy into;
    into.allow_missing_baseline = allows("missing_baseline");
    into.allow_missing_case = allows("missing_case");
    into.allow_undecided = allows("undecided");
    into.allow_incomparable = allows("incomparable");
    into.min_compared = static_cast<std::size_t>(json_int(policy, "min_compared", 1));
    into.environment_shift = leniency("environment_shift", Leniency::undecided);
    into.drift = leniency("drift", Leniency::warn);
    into.shared_runner_decides = allows("shared_runner");
    if (const json::value* score = policy.if_contains("min_host_score");
        score != nullptr && !score->is_null()) {
        into.min_host_score = score->to_number<double>();
    }
    return into;
}

Status read_rules(const json::object& root, const GateRule& defaults, GateFile& gates) {
    const json::value* list = root.if_contains("rules");
    if (list == nullptr) {
        gates.rules = {defaults};
        gates.has_own_rules = false;
        return {};
    }
    std::set<std::string> ids;
    for (std::size_t i = 0; i < list->get_array().size(); ++i) {
        const std::string pointer = "/rules/" + std::to_string(i);
        Result<GateRule> rule = rule_of(list->get_array()[i].get_object(), defaults);
        if (!rule) {
            return at(gates.name, pointer, rule.error());
        }
        if (!ids.insert(rule->id).second) {
            return at(gates.name,
                      pointer + "/id",
                      config_error("'" + rule->id + "' is the name of an earlier rule",
                                   "every rule needs a name of its own"));
        }
        gates.rules.push_back(std::move(*rule));
    }
    return {};
}

} // namespace

Result<GateFile> parse_gate_file(std::string_view text, const std::string& document) {
    static const Result<Schema> schema = Schema::compile(kGatesSchema, SchemaLevel::host);
    if (!schema) {
        return schema.error();
    }
    const Result<json::value> read = parse_json(text, {.bytes_max = kGateFileBytesMax});
    if (!read) {
        return at(document, "not JSON", read.error());
    }
    if (const auto problems = schema->validate(*read); !problems.empty()) {
        return schema_error(document, problems);
    }
    const json::object& root = read->get_object();
    GateFile gates;
    gates.name = document;
    GateRule defaults;
    defaults.id = "time";
    if (const json::value* found = root.if_contains("defaults")) {
        const json::object& object = found->get_object();
        const Status shares = read_shares(object,
                                          {{"warn", &defaults.warn},
                                           {"fail", &defaults.fail},
                                           {"severe", &defaults.severe},
                                           {"improve", &defaults.improve},
                                           {"floor", &gates.floor}});
        if (!shares) {
            return at(document, "/defaults", shares.error());
        }
        if (Status ordered = check_order(object, defaults); !ordered) {
            return at(document, "/defaults", ordered.error());
        }
        defaults.warn = std::min(defaults.warn, defaults.fail);
        defaults.severe = std::max(defaults.severe, defaults.fail);
        if (object.contains("alpha")) {
            gates.alpha = json_double(object, "alpha", 0);
        }
    }
    if (const json::value* policy = root.if_contains("policy")) {
        gates.policy = policy_of(policy->get_object());
    }
    if (const Status done = read_rules(root, defaults, gates); !done) {
        return done.error();
    }
    return gates;
}

Result<GateFile> read_gate_file(const std::string& path) {
    const Result<std::string> text = read_file(path, kGateFileBytesMax);
    if (!text) {
        return text.error();
    }
    return parse_gate_file(*text, path);
}

} // namespace assay::verdict
