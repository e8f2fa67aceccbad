#include "tracking/run_document.hpp"

#include "tracking/document_values.hpp"

namespace assay::tracking {
namespace {

json::object git_value(const history::GitState& git) {
    return {{"commit", optional_text(git.sha)},
            {"parent", optional_text(git.parent_sha)},
            {"merge_base", optional_text(git.merge_base)},
            {"branch", optional_text(git.branch)},
            {"dirty", optional_bool(git.dirty)},
            {"author_time", instant_value(git.author_time)},
            {"commit_time", instant_value(git.commit_time)}};
}

json::object point_value(const history::Point& point) {
    return {{"case", point.series.case_id},
            {"metric", point.series.metric},
            {"unit", point.series.unit},
            {"direction", std::string(measure::name_of(point.series.direction))},
            {"status", std::string(measure::name_of(point.status))},
            {"figures", figures_value(point.figures)},
            {"flags", flags_value(point.flags)},
            {"build", optional_text(point.build_sha256)}};
}

json::array build_values(const std::vector<history::SuiteBuild>& builds) {
    json::array values;
    for (const history::SuiteBuild& build : builds) {
        values.push_back(json::object{{"plugin", build.plugin_id},
                                      {"version", optional_text(build.version)},
                                      {"sha256", build.sha256},
                                      {"toolchain", build.toolchain}});
    }
    return values;
}

} // namespace

json::object run_value(const history::Run& run) {
    json::array points, failures;
    for (const history::Point& point : run.points) {
        points.push_back(point_value(point));
    }
    for (const history::Failure& failure : run.failures) {
        failures.push_back(json::object{{"case", failure.case_id},
                                        {"status", std::string(measure::name_of(failure.status))},
                                        {"reason", optional_text(failure.reason)}});
    }
    json::object platform = platform_value(run.platform.label, run.platform.fingerprint);
    platform["identity"] = run.platform.identity;
    return {{"uuid", run.uuid},
            {"project", optional_text(run.project)},
            {"started", instant_value(run.started)},
            {"finished", instant_value(run.finished)},
            {"kind", run.kind},
            {"mode", optional_text(run.mode)},
            {"seed", optional_count(run.seed)},
            {"argv", json::array(run.argv.begin(), run.argv.end())},
            {"status", run.status},
            {"platform", std::move(platform)},
            {"environment", run.environment},
            {"git", git_value(run.git)},
            {"host_version", optional_text(run.host_version)},
            {"host_score", optional_number(run.host_score)},
            {"calibration", optional_number(run.calibration)},
            {"isolation", optional_text(run.isolation)},
            {"builds", build_values(run.builds)},
            {"points", std::move(points)},
            {"failures", std::move(failures)},
            {"metadata", run.metadata}};
}

} // namespace assay::tracking
