#include "told_export.hpp"

#include <doctest/doctest.h>

namespace assay::test {
namespace {

constexpr std::int64_t kStarted = 1'760'000'060LL * 1'000'000'000 + 250'000'000;

history::Series
told_series(const std::string& metric, const std::string& unit, measure::Direction direction) {
    history::Series series;
    series.case_id = kAdd;
    series.suite = "sums";
    series.family = "add";
    series.params = {{"n", 64}};
    series.metric = metric;
    series.unit = series.source_unit = unit;
    series.direction = direction;
    return series;
}

} // namespace

history::Point told_figure(const std::string& metric,
                           const std::string& unit,
                           measure::Direction direction,
                           double center) {
    history::Point point{.series = told_series(metric, unit, direction)};
    point.figures = history::Figures{.center = center, .n = 1};
    return point;
}

tracking::ExportedRun told_run() {
    history::Run run;
    run.uuid = "01920001-0000-7000-8000-000000000001";
    run.started = kStarted;
    run.finished = kStarted + 1'000'000'000;
    run.mode = "quick";
    run.seed = 1;
    run.platform = {.fingerprint = std::string(64, 'a'),
                    .label = "lab_8c",
                    .identity = {{"arch", "x86_64"}, {"cores", 8}}};
    run.git.sha = "4f2c1d0";
    run.git.branch = "main";
    run.host_version = "0.1.0";
    run.status = "failed";
    history::Point time = told_figure("time", "s", measure::Direction::lower, 2e-6);
    time.figures = history::Figures{.center = 2e-6,
                                    .lo = 1e-6,
                                    .hi = 3e-6,
                                    .spread = 5e-7,
                                    .min = 1e-6,
                                    .max = 3e-6,
                                    .n = 3,
                                    .n_launches = 2};
    time.samples.launch_medians = {1.5e-6, 3e-6};
    time.samples.launches = {{1e-6, 2e-6}, {3e-6}};
    run.points = {time,
                  told_figure("items_rate", "1/s", measure::Direction::higher, 5e5),
                  told_figure("hit_rate", "1", measure::Direction::higher, 0.75)};
    run.failures = {{"sums/broken", measure::CaseStatus::crashed, "signal 11 <&> \"bad\""}};
    return {.run = std::move(run)};
}

tracking::ExportedRun imported_run(const std::string& importer, const std::string& family) {
    tracking::ExportedRun exported = told_run();
    exported.run.kind = "import";
    exported.run.failures.clear();
    exported.run.points.resize(1);
    history::Series& series = exported.run.points.front().series;
    series.suite = importer;
    series.family = family;
    series.case_id = importer + "/" + family;
    series.params = {};
    return exported;
}

json::value parsed(const std::string& text) {
    const Result<json::value> value = parse_json(text);
    REQUIRE_MESSAGE(value.ok(), value.error().message);
    return *value;
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace assay::test
