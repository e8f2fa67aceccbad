// What holds for every format alike.
#include "told_export.hpp"
#include "tracking/exports/exporters.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <set>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

TEST_CASE("every format is found by its name, and no two have one") {
    std::set<std::string_view> names;
    for (const Exporter& exporter : exporters()) {
        CHECK(find_exporter(exporter.name) == &exporter);
        CHECK_FALSE(exporter.what.empty());
        names.insert(exporter.name);
    }
    CHECK(names.size() == exporters().size());
    CHECK(find_exporter("yaml") == nullptr);
}

TEST_CASE("every format writes the figure to its last digit, and the same text again") {
    ExportedRun told = told_run();
    const double figure = 0.1 + 0.2; // 0.30000000000000004
    told.run.points = {told_figure("time", "s", measure::Direction::lower, figure)};
    told.gates = {
        {.rule = "time", .outcome = "FAIL", .case_id = kAdd, .metric = "time", .figure = figure}};
    for (const Exporter& exporter : exporters()) {
        CAPTURE(exporter.name);
        const auto made = exporter.write({&told, 1}, {});
        REQUIRE_MESSAGE(made.ok(), made.error().message);
        const bool nanoseconds = exporter.name == "bmf";
        CHECK(holds(made->text, nanoseconds ? "300000000.00000006" : "0.30000000000000004"));
        CHECK(exporter.write({&told, 1}, {})->text == made->text);
    }
}

TEST_CASE("a run of nothing but failures can be written in every format that knows failures") {
    ExportedRun told = told_run();
    told.run.points.clear();
    for (const char* const name :
         {"json", "csv", "google-benchmark", "benchfmt", "openmetrics", "junit", "sarif"}) {
        CAPTURE(name);
        const auto made = find_exporter(name)->write({&told, 1}, {});
        REQUIRE(made.ok());
        const bool capital = std::string_view(name) == "benchfmt";
        CHECK(holds(made->text, capital ? "BenchmarkBroken" : "broken"));
    }
    for (const char* const name : {"bmf", "github-action-benchmark"}) {
        CAPTURE(name);
        const auto nothing = find_exporter(name)->write({&told, 1}, {});
        REQUIRE_FALSE(nothing.ok());
        CHECK(nothing.error().kind == ErrorKind::missing);
    }
}

TEST_CASE("a run without any time has no place in google-benchmark, and the reason is told") {
    ExportedRun told = told_run();
    told.run.failures.clear();
    told.run.points.erase(told.run.points.begin());
    const auto nothing = find_exporter("google-benchmark")->write({&told, 1}, {});
    REQUIRE_FALSE(nothing.ok());
    CHECK(nothing.error().kind == ErrorKind::missing);
    CHECK(holds(nothing.error().message, "figures of cases without a time (2)"));
}
