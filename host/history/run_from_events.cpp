#include "history/run_from_events.hpp"

#include "history/case_points.hpp"
#include "history/project_name.hpp"
#include "history/repositories.hpp"
#include "history/run_uuid.hpp"
#include "history/timestamp.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace assay::history {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

Error wrong_event(const std::string& what) {
    return {.kind = ErrorKind::plugin, .message = what, .hint = {}};
}

const json::object* object_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_object() ? &value->get_object() : nullptr;
}

std::optional<double> number_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_number() ? std::optional(value->to_number<double>())
                                                  : std::nullopt;
}

std::optional<std::int64_t> whole_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

std::optional<std::int64_t> seconds_in(const json::object& object, std::string_view key) {
    constexpr std::int64_t kSecondsMax = std::numeric_limits<std::int64_t>::max() / kSecond;
    const auto seconds = whole_in(object, key);
    const bool sane = seconds && *seconds > -kSecondsMax && *seconds < kSecondsMax;
    return sane ? std::optional(*seconds * kSecond) : std::nullopt;
}

std::optional<std::int64_t> time_in(const json::object& object, std::string_view key) {
    const auto time = parse_timestamp(json_string(object, key));
    return time ? std::optional(time->unix_ns) : std::nullopt;
}

GitState git_from(const json::object& git) {
    GitState state{.sha = json_string(git, "sha"),
                   .parent_sha = json_string(git, "parent"),
                   .merge_base = json_string(git, "merge_base"),
                   .branch = json_string(git, "branch"),
                   .author_time = seconds_in(git, "author_time"),
                   .commit_time = seconds_in(git, "commit_time")};
    if (const json::value* dirty = git.if_contains("dirty"); dirty != nullptr && dirty->is_bool()) {
        state.dirty = dirty->get_bool();
    }
    return state;
}

Platform platform_from(const json::object& said) {
    Platform platform{.fingerprint = json_string(said, "fingerprint", json_string(said, "id")),
                      .label = json_string(said, "label"),
                      .identity = {}};
    if (const json::object* identity = object_in(said, "identity")) {
        platform.identity = *identity;
    }
    return platform;
}

std::vector<std::string> texts_in(const json::object& object, std::string_view key) {
    std::vector<std::string> texts;
    const json::value* list = object.if_contains(key);
    if (list != nullptr && list->is_array()) {
        for (const json::value& item : list->get_array()) {
            if (item.is_string()) {
                texts.emplace_back(item.get_string());
            }
        }
    }
    return texts;
}

// Several suites may come from one plugin file.
void add_build(std::vector<SuiteBuild>& builds, SuiteBuild build) {
    if (std::ranges::find(builds, build.sha256, &SuiteBuild::sha256) == builds.end()) {
        builds.push_back(std::move(build));
    }
}

SuiteBuild build_from(const json::object& suite) {
    SuiteBuild build{.sha256 = json_string(suite, "sha256"),
                     .plugin_id = json_string(suite, "plugin"),
                     .version = json_string(suite, "version"),
                     .toolchain = {}};
    if (const json::object* toolchain = object_in(suite, "toolchain")) {
        build.toolchain = *toolchain;
    }
    return build;
}

} // namespace

// What the run says of itself; at its end it may know more than at its beginning.
Status RunFromEvents::take_run(const json::object& run) {
    const std::string uuid = json_string(run, "id");
    const auto started = time_in(run, "started");
    if (!is_uuid(uuid) || !started) {
        return wrong_event("the run '" + uuid.substr(0, 64) + "' has no uuid or no start");
    }
    if (begun_ && uuid != run_.uuid) {
        return wrong_event("two runs in one: " + run_.uuid + " and " + uuid);
    }
    begun_ = true;
    run_.uuid = uuid;
    run_.started = *started;
    run_.finished = time_in(run, "finished");
    run_.parent_run = json_string(run, "parent_run");
    run_.kind = json_string(run, "kind", "manual");
    run_.trigger = json_string(run, "trigger");
    run_.mode = json_string(run, "mode");
    run_.isolation = json_string(run, "isolation");
    run_.seed = whole_in(run, "seed");
    run_.argv = texts_in(run, "argv");
    run_.calibration = number_in(run, "calibration");
    run_.host_score = number_in(run, "host_score");
    if (const json::object* git = object_in(run, "git")) {
        run_.git = git_from(*git);
        run_.repo_url = json_string(*git, "repo_url");
    }
    run_.project = json_string(run, "project", project_name(run_.repo_url));
    if (const json::object* platform = object_in(run, "platform")) {
        run_.platform = platform_from(*platform);
    }
    if (const json::object* environment = object_in(run, "environment")) {
        run_.environment = *environment;
    }
    if (const json::object* host = object_in(run, "host")) {
        run_.host_version = json_string(*host, "version");
    }
    if (const json::object* metadata = object_in(run, "metadata")) {
        run_.metadata = *metadata;
    }
    if (const json::object* git = object_in(run, "git")) {
        keep_root_commit(json_string(*git, "root_commit"), run_);
    }
    if (const auto order_seed = whole_in(run, "order_seed")) {
        run_.metadata["order_seed"] = *order_seed;
    }
    take_builds(run);
    return {};
}

void RunFromEvents::take_builds(const json::object& run) {
    const json::value* suites = run.if_contains("suites");
    if (suites == nullptr || !suites->is_array()) {
        return;
    }
    for (const json::value& suite : suites->get_array()) {
        if (suite.is_object() && !json_string(suite.get_object(), "sha256").empty()) {
            SuiteBuild build = build_from(suite.get_object());
            build_of_[json_string(suite.get_object(), "suite")] = build.sha256;
            add_build(run_.builds, std::move(build));
        }
    }
}

Status RunFromEvents::take(const json::object& event) {
    const std::string kind = json_string(event, "kind");
    const json::object* run = object_in(event, "run");
    if ((kind == "run_begin" || kind == "run_end") && run != nullptr) {
        if (Status taken = take_run(*run); !taken) {
            return taken;
        }
    }
    if (kind == "run_end") {
        take_end(event);
    }
    if (kind != "case_end") {
        return {};
    }
    const json::object* document = object_in(event, "case");
    if (document == nullptr) {
        return wrong_event("a case that ended without saying what it was");
    }
    if (!begun_) {
        return wrong_event("a case before the run began");
    }
    Result<CasePoints> points =
        case_points(*document,
                    {.platform = run_.platform,
                     .isolation = run_.isolation,
                     .build_sha256 = json_string(build_of_, json_string(*document, "suite"))});
    if (!points) {
        return points.error();
    }
    std::ranges::move(points->points, std::back_inserter(run_.points));
    if (points->failure) {
        run_.failures.push_back(std::move(*points->failure));
    }
    unknown_units_.insert(points->unknown_units.begin(), points->unknown_units.end());
    return {};
}

void RunFromEvents::take_end(const json::object& event) {
    ended_ = true;
    const json::object* run = object_in(event, "run");
    const json::object* summary = object_in(event, "summary");
    if (summary == nullptr) { // of a bundle that was made from a store
        run_.status = run != nullptr ? json_string(*run, "status", "passed") : run_.status;
        return;
    }
    if (!run_.finished) {
        run_.finished = whole_in(event, "unix_ns");
    }
    constexpr std::array<std::string_view, 4> kBad{
        "failed", "wrong_result", "timed_out", "crashed"};
    const bool bad = std::ranges::any_of(
        kBad, [&](std::string_view status) { return json_int(*summary, status, 0) > 0; });
    const bool cancelled =
        json_bool(*summary, "partial", false) || json_int(*summary, "cancelled", 0) > 0;
    run_.status = cancelled ? "cancelled" : bad ? "failed" : "passed";
}

Result<Run> RunFromEvents::finish() && {
    if (!begun_) {
        return wrong_event("there is no run_begin in it");
    }
    if (!ended_) {
        run_.status = "cancelled";
    }
    if (!unknown_units_.empty()) {
        json::array units;
        for (const std::string& unit : unknown_units_) {
            units.emplace_back(unit);
        }
        run_.metadata["unknown_units"] = std::move(units);
    }
    return std::move(run_);
}

Result<Run> read_run(const std::filesystem::path& bundle) {
    RunFromEvents events;
    const Result<SealedBundle> read =
        read_bundle(bundle, [&](const json::object& event) { return events.take(event); });
    Result<Run> run = read ? std::move(events).finish() : Result<Run>(read.error());
    if (!run) {
        Error error = run.error();
        if (error.message.find(bundle.string()) == std::string::npos) {
            error.message = bundle.string() + ": " + error.message;
        }
        return error;
    }
    if (run->uuid != read->header.run) {
        return wrong_event(bundle.string() + ": its header names the run " + read->header.run +
                           ", its events are of " + run->uuid);
    }
    run->delivery = read->header.delivery;
    return run;
}

} // namespace assay::history
