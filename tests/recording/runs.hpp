// Runs, events and schemas that several of these tests need.
#pragma once

#include "history/records.hpp"
#include "history/run_uuid.hpp"
#include "support/file.hpp"
#include "support/json.hpp"
#include "support/schema.hpp"
#include "support/sha256.hpp"

#include <doctest/doctest.h>

#include <string>

namespace assay::history::testing {

constexpr std::int64_t kNoon = 1'795'262'400'000'000'000; // 2026-11-21T12:00:00Z

// The same for the same number.
inline std::string uuid_of(int number) {
    return run_uuid(kNoon + number * 1'000'000'000LL, sha256_of(std::to_string(number)));
}

inline Platform small_machine() {
    return {.fingerprint = std::string(64, 'a'),
            .label = "epyc_2c_8GiB_kvm",
            .identity = {{"architecture", "x86_64"}, {"cores", 2}}};
}

inline Point time_point(const std::string& family, double center, const Platform& platform) {
    Point point;
    point.series.case_id = "sample/" + family + "[n=64]";
    point.series.suite = "sample";
    point.series.family = family;
    point.series.params = {{"n", 64}};
    point.series.metric = "time";
    point.series.unit = "s";
    point.series.source_unit = "s";
    point.series.direction = measure::Direction::lower;
    point.series.aggregate = "samples";
    point.series.clock = "thread_cpu";
    point.series.shape = "independent";
    point.series.isolation = "launch";
    point.series.platform = platform;
    point.series.flags = ASSAY_METRIC_GATE;
    point.figures = Figures{.center = center,
                            .lo = center * 0.99,
                            .hi = center * 1.01,
                            .spread = center * 0.005,
                            .min = center * 0.97,
                            .max = center * 1.2,
                            .p95 = center * 1.1,
                            .p99 = center * 1.15,
                            .n = 4,
                            .n_launches = 2};
    point.samples.launch_medians = {center, center};
    point.samples.launches = {{center, center}, {center, center * 1.2}};
    point.build_sha256 = std::string(64, 'b');
    return point;
}

// Everything that a run can say, in the form that a store keeps.
inline Run full_run(int number) {
    Run run;
    run.uuid = uuid_of(number);
    run.project = "assay";
    run.repo_url = "https://example.org/people/assay.git";
    run.started = kNoon + number * 1'000'000'000LL;
    run.finished = run.started + 7'250'000'000;
    run.kind = "ci";
    run.trigger = "push";
    run.mode = "quick";
    run.seed = 7;
    run.argv = {"assay", "run", "--mode", "quick"};
    run.git = {.sha = std::string(40, '1'),
               .parent_sha = std::string(40, '2'),
               .merge_base = std::string(40, '3'),
               .branch = "main",
               .dirty = false,
               .author_time = 1'795'000'000'000'000'000,
               .commit_time = 1'795'000'100'000'000'000};
    run.platform = small_machine();
    run.environment = {{"kernel", "6.1.0"}, {"aslr", 2}};
    run.host_version = "0.1.0";
    run.host_score = 0.004;
    run.calibration = 0.0123;
    run.isolation = "launch";
    run.builds.push_back({.sha256 = std::string(64, 'b'),
                          .plugin_id = "org.example.sample",
                          .version = "1.2",
                          .toolchain = {{"compiler", "g++ 12"}}});
    run.points.push_back(time_point("sum", 1e-6 * (number + 1), run.platform));
    Point unobserved = time_point("sum", 1, run.platform);
    unobserved.series.metric = "instructions";
    unobserved.series.unit = unobserved.series.source_unit = "1";
    unobserved.series.clock = "";
    unobserved.status = measure::CaseStatus::unavailable;
    unobserved.figures.reset();
    unobserved.samples = {};
    run.points.push_back(unobserved);
    run.failures.push_back(
        {"sample/broken", measure::CaseStatus::wrong_result, "expected 4, found 5"});
    run.status = "failed";
    run.metadata = {{"order_seed", 11}};
    return run;
}

inline void check_against(const std::string& schema_file, const json::value& document) {
    const auto text = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/" + schema_file);
    REQUIRE(text.ok());
    const auto schema = Schema::compile(*text, SchemaLevel::host);
    REQUIRE_MESSAGE(schema.ok(), (schema.ok() ? std::string{} : schema.error().message));
    for (const SchemaProblem& problem : schema->validate(document)) {
        FAIL_CHECK(schema_file << ": " << to_text(problem) << " in "
                               << write_json(document).substr(0, 300));
    }
}

} // namespace assay::history::testing
