#include "app/comparison/recorded_runs.hpp"

#include "measure/description.hpp"

#include <algorithm>
#include <array>
#include <system_error>

namespace assay::app {
namespace {

using measure::CaseStatus;

Error not_results(const std::string& path,
                  const std::string& pointer,
                  const std::string& expected) {
    return {.kind = ErrorKind::config,
            .message = path + ": " + (pointer.empty() ? "the document" : pointer) + ": expected " +
                       expected,
            .hint = "give what `assay run --reporter json=FILE` wrote"};
}

const json::object* object_at(const json::value& value, std::string_view pointer) {
    const json::value* found = json_at(value, pointer);
    return found != nullptr && found->is_object() ? &found->get_object() : nullptr;
}

measure::Shape shape_named(std::string_view name) {
    using measure::Shape;
    for (const Shape shape :
         {Shape::chain, Shape::independent, Shape::single, Shape::latency, Shape::manual}) {
        if (measure::name_of(shape) == name) {
            return shape;
        }
    }
    return Shape::independent;
}

// `time` is the first metric of every case.
void read_time(const json::object& object, RecordedCase& into) {
    const json::value* metrics = object.if_contains("metrics");
    if (metrics == nullptr || !metrics->is_array()) {
        return;
    }
    for (const json::value& metric : metrics->get_array()) {
        if (metric.is_object() && json_string(metric.get_object(), "key") == "time") {
            into.unit = json_string(metric.get_object(), "unit");
            into.clock = json_string(metric.get_object(), "clock", "wall");
            const json::value* median = metric.get_object().if_contains("median");
            if (median != nullptr && median->is_number()) {
                into.time = median->to_number<double>();
            }
        }
    }
}

// What keeps any case of two runs from being the same measurement, or nothing.
std::string difference_of_runs(const json::value& before, const json::value& after) {
    struct Matter {
        std::string_view pointer, what;
    };

    constexpr std::array<Matter, 4> kMatters{{{"/platform/id", "machine"},
                                              {"/isolation", "isolation"},
                                              {"/seed", "seed"},
                                              {"/mode", "mode"}}};
    for (const Matter& matter : kMatters) {
        const json::value* left = json_at(before, matter.pointer);
        const json::value* right = json_at(after, matter.pointer);
        const bool equal = left != nullptr && right != nullptr && *left == *right;
        if (!equal && (left != nullptr || right != nullptr)) {
            return "the runs differ in " + std::string(matter.what) + ": " +
                   (left != nullptr ? write_json(*left) : "unknown") + " and " +
                   (right != nullptr ? write_json(*right) : "unknown");
        }
    }
    return {};
}

// Nothing where the run does not list the suite: a history does not keep configurations.
std::optional<json::value> configuration_of(const json::object& run, const std::string& suite) {
    const json::value* suites = run.if_contains("suites");
    if (suites != nullptr && suites->is_array()) {
        for (const json::value& one : suites->get_array()) {
            if (one.is_object() && json_string(one.get_object(), "suite") == suite) {
                const json::value* config = one.get_object().if_contains("config");
                return config != nullptr ? *config : json::value(nullptr);
            }
        }
    }
    return std::nullopt;
}

std::string difference_of_cases(const RecordedRun& old_run,
                                const RecordedRun& new_run,
                                const RecordedCase& before,
                                const RecordedCase& after) {
    if (before.params != after.params) {
        return "the parameters differ";
    }
    if (before.result.shape != after.result.shape) {
        return "the shape differs";
    }
    if (before.unit != after.unit || before.clock != after.clock) {
        return "the time is in another unit or clock";
    }
    const auto old_configuration = configuration_of(old_run.run, before.result.suite);
    const auto new_configuration = configuration_of(new_run.run, after.result.suite);
    const bool both_said = old_configuration && new_configuration;
    return both_said && *old_configuration != *new_configuration
               ? "the suite's configuration differs"
               : "";
}

void judge(const RecordedRun& old_run,
           const RecordedRun& new_run,
           const std::string& runs_differ,
           RecordedPair& pair) {
    const RecordedCase& before = *pair.old_case;
    const RecordedCase& after = *pair.new_case;
    const auto passed_without_time = [](const RecordedCase& one) {
        return one.result.status == CaseStatus::passed && one.unit.empty();
    };
    if (passed_without_time(before) && passed_without_time(after)) {
        pair.fate = CaseFate::incomparable;
        pair.reason = "it has no time, which alone is compared here";
        return;
    }
    for (const auto& [one, side] : {std::pair{&after, "new run: "}, {&before, "old run: "}}) {
        if (one->result.status != CaseStatus::passed || !one->time) {
            pair.fate = CaseFate::failed;
            pair.reason = side + (one->result.reason.empty()
                                      ? std::string(measure::name_of(one->result.status))
                                      : one->result.reason);
            return;
        }
    }
    pair.reason =
        !runs_differ.empty() ? runs_differ : difference_of_cases(old_run, new_run, before, after);
    pair.fate = pair.reason.empty() ? CaseFate::compared : CaseFate::incomparable;
}

const RecordedCase* case_named(const RecordedRun& run, const std::string& id) {
    const auto found = std::ranges::find(
        run.cases, id, [](const RecordedCase& one) -> const std::string& { return one.result.id; });
    return found == run.cases.end() ? nullptr : &*found;
}

std::size_t count(const std::vector<RecordedPair>& pairs, CaseFate fate) {
    return static_cast<std::size_t>(std::ranges::count(pairs, fate, &RecordedPair::fate));
}

} // namespace

bool is_recorded_run(const std::filesystem::path& path) {
    return path.extension() == ".json";
}

Result<RecordedCase>
recorded_case(const std::string& path, const json::value& value, const std::string& pointer) {
    if (!value.is_object() || json_string(value.get_object(), "id").empty()) {
        return not_results(path, pointer, "a case with an id");
    }
    const json::object& object = value.get_object();
    RecordedCase recorded;
    recorded.result.id = json_string(object, "id");
    recorded.result.suite = json_string(object, "suite");
    recorded.result.family = json_string(object, "family");
    recorded.result.shape = shape_named(json_string(object, "shape"));
    recorded.result.reason = json_string(object, "reason");
    recorded.result.verified = json_bool(object, "verified", false);
    const auto status = measure::case_status_from(json_string(object, "status"));
    if (!status) {
        return not_results(path, pointer + "/status", "the status of a case");
    }
    recorded.result.status = *status;
    if (const json::value* params = object.if_contains("params");
        params != nullptr && params->is_object()) {
        recorded.params = params->get_object();
    }
    read_time(object, recorded);
    return recorded;
}

Result<RecordedRun> read_recorded_run(const std::string& path) {
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) {
        return Error{.kind = ErrorKind::usage,
                     .message = path + ": there is no such file",
                     .hint = "give what `assay run --reporter json=FILE` wrote"};
    }
    const Result<json::value> document = read_json_file(path);
    if (!document) {
        return Error{.kind = ErrorKind::config, .message = document.error().message, .hint = {}};
    }
    if (!document->is_object() ||
        json_string(document->get_object(), "schema") != "assay.results/1") {
        return not_results(path, "/schema", "\"assay.results/1\"");
    }
    const json::object* run = object_at(*document, "/run");
    if (run == nullptr) {
        return not_results(path, "/run", "an object");
    }
    const json::value* cases = document->get_object().if_contains("cases");
    if (cases == nullptr || !cases->is_array()) {
        return not_results(path, "/cases", "a list");
    }
    RecordedRun recorded{.name = path, .run = *run, .cases = {}};
    for (std::size_t i = 0; i < cases->get_array().size(); ++i) {
        auto one = recorded_case(path, cases->get_array()[i], "/cases/" + std::to_string(i));
        if (!one) {
            return one.error();
        }
        recorded.cases.push_back(std::move(*one));
    }
    return recorded;
}

std::vector<RecordedPair> match(const RecordedRun& old_run, const RecordedRun& new_run) {
    const std::string runs_differ = difference_of_runs(old_run.run, new_run.run);
    std::vector<RecordedPair> pairs;
    for (const RecordedCase& after : new_run.cases) {
        RecordedPair& pair = pairs.emplace_back();
        pair.new_case = &after;
        pair.old_case = case_named(old_run, after.result.id);
        if (pair.old_case == nullptr) {
            pair.fate = CaseFate::only_in_new;
        } else {
            judge(old_run, new_run, runs_differ, pair);
        }
    }
    for (const RecordedCase& before : old_run.cases) {
        if (case_named(new_run, before.result.id) == nullptr) {
            pairs.push_back({.fate = CaseFate::only_in_old,
                             .reason = {},
                             .old_case = &before,
                             .new_case = nullptr});
        }
    }
    return pairs;
}

json::object stored_evidence(const std::string& clock, double margin, double alpha) {
    return {{"method", "stored"},
            {"alpha", json_number(alpha)},
            {"margin", json_number(margin)},
            {"clock", clock},
            {"iterations", nullptr},
            {"slices_per_pair", 0},
            {"log_e_slower", nullptr},
            {"log_e_faster", nullptr},
            {"log_e_same", nullptr},
            {"threshold", nullptr},
            {"pair_sd", nullptr},
            {"position_bias", nullptr},
            {"labels", json::array{"stored numbers"}},
            {"counts", nullptr},
            {"failed_pairs", 0},
            {"decided_after", nullptr},
            {"results_differ", false},
            {"seconds_needed", nullptr}};
}

report::CaseResult case_result(const RecordedPair& pair, double margin, double alpha) {
    report::CaseResult result = pair.either().result;
    result.reason = pair.reason;
    json::object comparison{{"id", result.id},
                            {"status", name_of(pair.fate)},
                            {"reason", pair.reason},
                            {"verdict", nullptr},
                            {"ratio", nullptr},
                            {"interval", nullptr},
                            {"pairs", 0},
                            {"verified", result.verified},
                            {"evidence", nullptr}};
    if (pair.fate == CaseFate::compared) {
        comparison["verdict"] = "undecided";
        comparison["old_time"] = json_number(*pair.old_case->time);
        comparison["new_time"] = json_number(*pair.new_case->time);
        if (*pair.old_case->time > 0) {
            comparison["ratio"] = json_number(*pair.new_case->time / *pair.old_case->time);
        }
        comparison["evidence"] = stored_evidence(pair.new_case->clock, margin, alpha);
    }
    result.extra["comparison"] = std::move(comparison);
    return result;
}

json::object summary_object(const std::vector<RecordedPair>& pairs) {
    json::object summary{{"cases", json_count(pairs.size())},
                         {"slower", 0},
                         {"faster", 0},
                         {"same", 0},
                         {"undecided", json_count(count(pairs, CaseFate::compared))}};
    for (const CaseFate fate : {CaseFate::compared,
                                CaseFate::only_in_old,
                                CaseFate::only_in_new,
                                CaseFate::incomparable,
                                CaseFate::failed}) {
        summary[name_of(fate)] = json_count(count(pairs, fate));
    }
    summary["partial"] = false;
    summary["seconds"] = 0;
    return summary;
}

ExitCode code_of(const std::vector<RecordedPair>& pairs) {
    ExitCode code = ExitCode::pass;
    if (count(pairs, CaseFate::failed) + count(pairs, CaseFate::only_in_old) > 0) {
        code = graver(code, ExitCode::failed);
    }
    if (count(pairs, CaseFate::compared) == 0 || count(pairs, CaseFate::incomparable) > 0) {
        code = graver(code, ExitCode::nothing);
    }
    return graver(code, count(pairs, CaseFate::compared) > 0 ? ExitCode::undecided : code);
}

} // namespace assay::app
