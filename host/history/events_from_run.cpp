#include "history/events_from_run.hpp"

#include "history/timestamp.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace assay::history {
namespace {

using measure::CaseStatus;

constexpr std::int64_t kSecond = 1'000'000'000;

json::value number_or_null(const std::optional<double>& number) {
    return number ? json_number(*number) : json::value(nullptr);
}

json::value seconds_or_null(const std::optional<std::int64_t>& unix_ns) {
    return unix_ns ? json::value(*unix_ns / kSecond) : json::value(nullptr);
}

json::object git_object(const Run& run) {
    const GitState& git = run.git;
    return {{"sha", json_text(git.sha)},
            {"parent", json_text(git.parent_sha)},
            {"merge_base", json_text(git.merge_base)},
            {"branch", json_text(git.branch)},
            {"dirty", git.dirty ? json::value(*git.dirty) : json::value(nullptr)},
            {"author_time", seconds_or_null(git.author_time)},
            {"commit_time", seconds_or_null(git.commit_time)},
            {"repo_url", json_text(run.repo_url)}};
}

json::array build_list(const Run& run) {
    json::array builds;
    for (const SuiteBuild& build : run.builds) {
        builds.push_back(json::object{{"suite", nullptr}, // its cases name it
                                      {"plugin", build.plugin_id},
                                      {"version", build.version},
                                      {"sha256", build.sha256},
                                      {"toolchain", build.toolchain}});
    }
    return builds;
}

json::object run_object(const Run& run) {
    json::array argv(run.argv.begin(), run.argv.end());
    return {{"id", run.uuid},
            {"started", timestamp_text(run.started)},
            {"finished",
             run.finished ? json::value(timestamp_text(*run.finished)) : json::value(nullptr)},
            {"parent_run", json_text(run.parent_run)},
            {"project", json_text(run.project)},
            {"kind", run.kind},
            {"trigger", json_text(run.trigger)},
            {"mode", run.mode},
            {"seed", run.seed ? json::value(*run.seed) : json::value(nullptr)},
            {"argv", std::move(argv)},
            {"platform",
             json::object{{"id", run.platform.fingerprint},
                          {"fingerprint", run.platform.fingerprint},
                          {"label", run.platform.label},
                          {"identity", run.platform.identity}}},
            {"environment", run.environment},
            {"git", git_object(run)},
            {"host", json::object{{"version", run.host_version}}},
            {"isolation", run.isolation},
            {"suites", build_list(run)},
            {"resolution", nullptr},
            {"calibration", number_or_null(run.calibration)},
            {"host_score", number_or_null(run.host_score)},
            {"status", run.status},
            {"metadata", run.metadata}};
}

json::array launch_list(const Samples& samples) {
    json::array launches;
    const std::size_t count = std::max(samples.launch_medians.size(), samples.launches.size());
    for (std::size_t i = 0; i < count; ++i) {
        json::array values;
        if (i < samples.launches.size()) {
            for (const double value : samples.launches[i]) {
                values.push_back(json_number(value));
            }
        }
        launches.push_back(
            json::object{{"median",
                          i < samples.launch_medians.size() ? json_number(samples.launch_medians[i])
                                                            : json::value(nullptr)},
                         {"samples", std::move(values)}});
    }
    return launches;
}

// What a store does not keep stays out, and so does every figure of a metric that has none.
json::object metric_object(const Point& point) {
    const Series& series = point.series;
    json::object metric{{"key", series.metric},
                        {"unit", series.unit},
                        {"source_unit", series.source_unit},
                        {"direction", std::string(measure::name_of(series.direction))},
                        {"aggregate", json_text(series.aggregate)},
                        {"clock", json_text(series.clock)},
                        {"flags", series.flags},
                        {"point_flags", point.flags},
                        {"status", std::string(measure::name_of(point.status))},
                        {"n", 0},
                        {"median", nullptr}};
    if (!point.figures) {
        return metric;
    }
    const Figures& figures = *point.figures;
    metric["n"] = json_count(figures.n);
    metric["n_launches"] = json_count(figures.n_launches);
    metric["median"] = json_number(figures.center);
    metric["spread"] = number_or_null(figures.spread);
    metric["min"] = number_or_null(figures.min);
    metric["max"] = number_or_null(figures.max);
    metric["p95"] = number_or_null(figures.p95);
    metric["p99"] = number_or_null(figures.p99);
    metric["ci"] =
        figures.lo || figures.hi
            ? json::value(json::array{number_or_null(figures.lo), number_or_null(figures.hi)})
            : json::value(nullptr);
    metric["launches"] = launch_list(point.samples);
    return metric;
}

// The points of one case and why it failed, if it did.
struct OneCase {
    std::vector<const Point*> points;
    const Failure* failure = nullptr;
};

json::object case_object(const std::string& id, const OneCase& one) {
    json::object document{
        {"id", id}, {"status", "passed"}, {"reason", nullptr}, {"verified", nullptr}};
    if (one.failure != nullptr) {
        document["status"] = std::string(measure::name_of(one.failure->status));
        document["reason"] = json_text(one.failure->reason);
    }
    json::array metrics;
    for (const Point* point : one.points) {
        const Series& series = point->series;
        document["suite"] = series.suite;
        document["family"] = series.family;
        document["params"] = series.params;
        document["shape"] = json_text(series.shape);
        document["isolation"] = series.isolation;
        document["build"] = point->build_sha256;
        metrics.push_back(metric_object(*point));
    }
    document["metrics"] = std::move(metrics);
    return document;
}

// In the order in which their first points were taken; then those that have none.
std::vector<std::pair<std::string, OneCase>> cases_of(const Run& run) {
    std::vector<std::pair<std::string, OneCase>> cases;
    std::map<std::string, std::size_t> places;
    const auto place_of = [&](const std::string& id) -> OneCase& {
        const auto [place, is_new] = places.try_emplace(id, cases.size());
        if (is_new) {
            cases.emplace_back(id, OneCase{});
        }
        return cases[place->second].second;
    };
    for (const Point& point : run.points) {
        place_of(point.series.case_id).points.push_back(&point);
    }
    for (const Failure& failure : run.failures) {
        place_of(failure.case_id).failure = &failure;
    }
    return cases;
}

// Numbers the events and stamps them with what is known of their time: the run's.
class Stream {
public:
    Stream(const Run& run, const std::function<Status(const json::value&)>& each)
        : run_(run)
        , each_(each) {}

    Status give(const char* kind, json::object members) {
        json::object event{{"schema", "assay.event/1"},
                           {"kind", kind},
                           {"sequence", ++sequence_},
                           {"unix_ns", run_.finished.value_or(run_.started)},
                           {"suite", nullptr},
                           {"case_id", nullptr},
                           {"text", nullptr}};
        for (auto& [key, value] : members) {
            event.insert_or_assign(key, std::move(value));
        }
        return each_(json::value(std::move(event)));
    }

private:
    const Run& run_;
    const std::function<Status(const json::value&)>& each_;
    std::int64_t sequence_ = 0;
};

} // namespace

Status each_event(const Run& run, const std::function<Status(const json::value& event)>& each) {
    Stream events(run, each);
    const json::object description = run_object(run);
    if (Status given = events.give("run_begin", {{"run", description}}); !given) {
        return given;
    }
    for (const auto& [id, one] : cases_of(run)) {
        json::object document = case_object(id, one);
        const std::string suite = json_string(document, "suite");
        if (Status given = events.give(
                "case_end",
                {{"suite", json_text(suite)}, {"case_id", id}, {"case", std::move(document)}});
            !given) {
            return given;
        }
    }
    return events.give("run_end", {{"run", description}});
}

Result<SealedBundle> write_bundle(const Run& run, const std::filesystem::path& folder) {
    Result<BundleWriter> bundle = BundleWriter::create(folder,
                                                       {.run = run.uuid,
                                                        .host_version = run.host_version,
                                                        .source = "history",
                                                        .delivery = run.delivery});
    if (!bundle) {
        return bundle.error();
    }
    if (Status written =
            each_event(run, [&](const json::value& event) { return bundle->add(event); });
        !written) {
        return written.error();
    }
    return bundle->seal();
}

} // namespace assay::history
