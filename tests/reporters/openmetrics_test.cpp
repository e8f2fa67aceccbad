// The reporter "openmetrics": an exposition that readers of the format take, with the names of the
// replaced NFCS system to the letter.
#include "../importers/reading.hpp"
#include "canned_gates.hpp"
#include "golden.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <unistd.h>

namespace openmetrics_test {

using namespace canned;
using assay::test::read_with;
using assay::test::Reading;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::string line;
    for (const char c : text) {
        if (c == '\n') {
            lines.push_back(std::exchange(line, {}));
        } else {
            line += c;
        }
    }
    REQUIRE(line.empty()); // every line ends
    return lines;
}

std::string name_of(const std::string& line) {
    return line.substr(0, line.find_first_of("{ "));
}

// The family that a line of a histogram belongs to.
std::string family_of(const std::string& line, const std::map<std::string, std::string>& types) {
    const std::string name = name_of(line);
    for (const char* ending : {"_bucket", "_sum", "_count"}) {
        const std::string front = name.substr(0, name.rfind(ending));
        if (name.ends_with(ending) && types.contains(front) && types.at(front) == "histogram") {
            return front;
        }
    }
    return name;
}

// What scrapers insist on: one TYPE for each family in front of its lines, all of them together,
// and no line twice.
void check_exposition(const std::string& text) {
    std::map<std::string, std::string> types;
    std::set<std::string> closed, seen;
    std::string current;
    for (const std::string& line : lines_of(text)) {
        CAPTURE(line);
        if (line.starts_with("# TYPE ")) {
            const std::string rest = line.substr(7);
            closed.insert(std::exchange(current, rest.substr(0, rest.find(' '))));
            CHECK_FALSE(closed.contains(current));
            types[current] = rest.substr(rest.find(' ') + 1);
        } else if (!line.starts_with("#")) {
            CHECK(family_of(line, types) == current);
            const std::string identity = line.substr(0, line.rfind(' '));
            CHECK(seen.insert(identity).second);
            CHECK(line.find("NaN") == std::string::npos);
        }
    }
}

assay::report::CaseResult case_named(const std::string& suite,
                                     const std::string& family,
                                     const std::string& params,
                                     std::vector<assay::report::MetricResult> metrics) {
    auto result = case_of(suite, family, std::move(metrics));
    result.id = suite + "/" + family + params;
    return result;
}

// The figures that NFCS had names for.
Events nfcs_run() {
    const auto seconds = [](double at) { return metric("time", "s", {at, at, at}); };
    const auto figure = [](const char* key, const char* unit, double at) {
        return metric(key, unit, {at, at, at});
    };
    auto lateness = metric("lateness", "s", {2e-4, 2e-4, 2e-4});
    auto response = metric("response", "s", {3e-3, 3e-3, 3e-3});
    return run_of(
        {case_named("cgl", "step", "[n=64]", {seconds(2e-6), figure("steps", "{step}/s", 5e5)}),
         case_named("cgl", "step", "[n=64,impl=bound]", {seconds(1e-6)}),
         case_named("kuramoto", "sync_time", "", {seconds(0.02)}),
         case_named("kuramoto",
                    "step",
                    "[n=50]",
                    {seconds(1e-6), figure("osc_steps", "{osc.step}/s", 5e7)}),
         case_named("coordination",
                    "cycle",
                    "[module=esc]",
                    {seconds(0.1), figure("frequency", "Hz", 9.99), lateness, response}),
         case_named(
             "allocator",
             "churn",
             "",
             {seconds(1e-6), figure("efficiency", "1", 0.9), figure("fragmentation", "1", 0.25)}),
         case_named("allocator", "trim", "", {seconds(1e-3)})});
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("what openmetrics writes of any run is an exposition") {
    for (const Events& events : {ordinary_run(),
                                 empty_run(),
                                 every_status_run(),
                                 broken_text_run(),
                                 gated_comparison(),
                                 nfcs_run()}) {
        for (const char* options : {"", "histograms=true", "format=prometheus"}) {
            check_exposition(written_by("openmetrics", events, options));
        }
    }
}

TEST_CASE("openmetrics ends with EOF, the older format does not") {
    const std::string newer = written_by("openmetrics", ordinary_run());
    const std::string older = written_by("openmetrics", ordinary_run(), "format=prometheus");
    CHECK(newer.ends_with("# EOF\n"));
    CHECK_FALSE(has(older, "# EOF"));
    CHECK(has(newer, "# UNIT assay_time_seconds seconds\n"));
    CHECK_FALSE(has(older, "# UNIT"));
}

TEST_CASE("the importer of the format reads every figure back") {
    const std::string text = written_by("openmetrics", ordinary_run());
    const Reading read = read_with("openmetrics", "metrics.prom", text);
    REQUIRE_MESSAGE(read.status == ASSAY_OK, read.text);
    std::size_t lines = 0;
    for (const std::string& line : lines_of(text)) {
        lines += line.starts_with("#") ? 0 : 1;
    }
    CHECK(read.cases().size() == lines);
    check_golden("openmetrics/ordinary.prom", text);
}

TEST_CASE("dashboards of NFCS find their figures under the names they know") {
    const std::string text = written_by("openmetrics", nfcs_run());
    CHECK(has(text, "# TYPE nfcs_cgl_computation_time_seconds histogram\n"));
    for (const char* bound : {"1e-06",
                              "2.5e-06",
                              "5e-06",
                              "5e-04",
                              "0.001",
                              "0.005",
                              "0.01",
                              "0.05",
                              "0.1",
                              "0.5",
                              "+Inf"}) {
        CAPTURE(bound);
        CHECK(has(text,
                  "nfcs_cgl_computation_time_seconds_bucket{case=\"cgl/step[n=64]\",le=\"" +
                      std::string(bound) + "\"} "));
    }
    CHECK(has(text, "nfcs_cgl_performance_fps{case=\"cgl/step[n=64]\",grid_size=\"64\"} 5e+05\n"));
    CHECK(has(text, "# TYPE nfcs_kuramoto_sync_time_seconds histogram\n"));
    CHECK(has(text, "oscillator_count=\"50\"} 5e+07\n"));
    CHECK(
        has(text, "nfcs_coordination_frequency_hz{case=\"coordination/cycle[module=esc]\"} 9.99"));
    CHECK(has(text, "nfcs_coordination_latency_seconds_count"));
    CHECK(has(text, "module_name=\"esc\",le=\"0.005\"} "));
    CHECK(has(text, "nfcs_memory_efficiency_ratio{case=\"allocator/churn\"} 0.9\n"));
    CHECK(has(text, "nfcs_memory_fragmentation_percent{case=\"allocator/churn\"} 25\n"));
    CHECK(has(text, "nfcs_gc_collection_time_seconds_sum"));
}

TEST_CASE("buckets of a histogram never fall, and the last one counts every sample") {
    const std::string text = written_by("openmetrics", nfcs_run(), "histograms=true");
    std::map<std::string, double> last;
    for (const std::string& line : lines_of(text)) {
        const std::size_t le = line.find(",le=\"");
        if (line.starts_with("#") || le == std::string::npos) {
            continue;
        }
        const std::string series = line.substr(0, le);
        const double count = std::strtod(line.c_str() + line.rfind(' '), nullptr);
        CHECK(count >= last[series]);
        last[series] = count;
        if (has(line, "le=\"+Inf\"")) {
            const std::string front = series.substr(0, series.find("_bucket"));
            const std::string total = front + "_count" + series.substr(series.find('{')) + "} ";
            const std::size_t at = text.find(total);
            REQUIRE(at != std::string::npos);
            CHECK(std::strtod(text.c_str() + at + total.size(), nullptr) == count);
        }
    }
    CHECK(last.size() > 5);
}

TEST_CASE("a figure of a case that failed is not told, that it failed is") {
    const std::string text = written_by("openmetrics", every_status_run());
    for (const std::string& line : lines_of(text)) {
        if (line.starts_with("assay_case_passed{") && line.ends_with(" 0")) {
            const std::string labels =
                line.substr(line.find('{'), line.rfind(' ') - line.find('{'));
            CHECK_FALSE(has(text, "assay_time_seconds" + labels));
        }
    }
    CHECK(has(text, "} 0\n"));
}

TEST_CASE("promtool takes it, where it is installed") {
    if (std::system("promtool --version >/dev/null 2>&1") != 0) {
        MESSAGE("skipped: promtool is not installed");
        return;
    }
    const std::string file = "promtool_" + std::to_string(::getpid());
    {
        std::ofstream out(file);
        out << written_by("openmetrics", nfcs_run(), "format=prometheus");
    }
    CHECK(std::system(("promtool check metrics < " + file).c_str()) == 0);
    ::unlink(file.c_str());
}

} // namespace openmetrics_test
