// Files that are cut off, changed or joined: no crash, no hang, and no figure that the file does
// not hold.
#include "tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace assay;
using namespace assay::test;

namespace {

struct Owned {
    std::string importer, sample;
    bool is_text = false; // two of them, one behind the other, are a longer one
};

const std::vector<Owned> kSamples{
    {"google_benchmark", "google-benchmark/test1_run1.json"},
    {"google_benchmark", "bencher/cpp/google/two.txt"},
    {"hyperfine", "bencher/shell/hyperfine/two.json"},
    {"pytest_benchmark", "bencher/python/pytest/two.json"},
    {"go_benchfmt", "go-benchfmt/benchstat/new.txt", true},
    {"go_benchfmt", "bencher/go/bench/three.txt", true},
    {"asv", "asv/cheetah/22b920c6-py2.7-Cython-numpy1.8.json"},
    {"asv", "bencher/python/asv/six.txt", true},
    {"bencher_bmf", "bencher/json/report_latency.json"},
    {"benchmark_js", "bencher/js/benchmark/four.txt", true},
    {"benchmarkdotnet", "bencher/c_sharp/dot_net/two_more.json"},
    {"catch2", "bencher/cpp/catch2/issue_351.txt", true},
    {"console_time", "bencher/js/time/four.txt", true},
    {"criterion", "bencher/rust/criterion/many.txt", true},
    {"csv_series", "../series/otava/histostat.csv", true},
    {"csv_series", "../series/otava/sample.csv", true},
    {"dart_harness", "bencher/dart/benchmark_harness/two.txt", true},
    {"gungraun", "bencher/rust/gungraun/callgrind-all.txt", true},
    {"gungraun", "bencher/rust/gungraun/json_pretty_mixed_foreign_ndjson.txt", true},
    {"gungraun", "bencher/rust/iai/change.txt", true},
    {"jmh", "bencher/java/jmh/six.json"},
    {"libtest", "bencher/rust/bench/issue_390.txt", true},
    {"openmetrics",
     "openmetrics/OpenMetricsExporterTests.ParametrizedBenchmarks_LabelExpansion.verified.txt",
     true},
    {"ruby_benchmark", "bencher/ruby/benchmark/two.txt", true},
    {"vitest", "bencher/js/vitest/four.json"},
};

// Every number that a reading gives, with the case and metric it is of.
std::set<std::string> figures_of(const Reading& read) {
    std::set<std::string> figures;
    for (const measure::ImportedCase& row : read.cases()) {
        for (const measure::ImportedMetric& metric : row.metrics) {
            const std::string of = row.name + " " + metric.key + " " + metric.unit + " ";
            for (const double value : metric.samples) {
                figures.insert(of + std::to_string(value * 1e12));
            }
            for (const auto& value : {metric.median, metric.mean, metric.min, metric.max}) {
                figures.insert(of + (value ? std::to_string(*value * 1e12) : "none"));
            }
        }
    }
    return figures;
}

bool is_sound(const Reading& read) {
    return read.broken.empty() && (read.status >= 0 || !read.text.empty());
}

} // namespace

TEST_CASE("a file that is cut off anywhere gives figures of the whole, or none") {
    for (const Owned& owned : kSamples) {
        const auto bytes = sample(owned.sample);
        if (!bytes) {
            return;
        }
        CAPTURE(owned.sample);
        const std::set<std::string> all = figures_of(read_with(owned.importer, "x", *bytes));
        REQUIRE_FALSE(all.empty());
        for (std::size_t length = 0; length < bytes->size(); length += 97) {
            CAPTURE(length);
            const std::string prefix = bytes->substr(0, length);
            static_cast<void>(probe_with(owned.importer, "x", prefix));
            const Reading read = read_with(owned.importer, "x", prefix);
            CHECK(is_sound(read));
            const std::set<std::string> some = figures_of(read);
            CHECK(std::ranges::includes(all, some));
        }
    }
}

TEST_CASE("a folder whose image is cut off is refused, and breaks nothing") {
    for (const std::string folder : {"asv", "criterion"}) {
        const auto image = sample_tree(folder);
        if (!image) {
            return;
        }
        CAPTURE(folder);
        const std::set<std::string> all = figures_of(read_with(folder, "x/", *image));
        REQUIRE_FALSE(all.empty());
        for (std::size_t length = 1; length < image->size(); length += 1021) {
            CAPTURE(length);
            const std::string prefix = image->substr(0, length);
            static_cast<void>(probe_with(folder, "x/", prefix));
            const Reading read = read_with(folder, "x/", prefix);
            CHECK(is_sound(read));
            const std::set<std::string> some = figures_of(read);
            CHECK(std::ranges::includes(all, some));
        }
    }
}

TEST_CASE("JSON that is cut off is told to be, with the place") {
    const auto bytes = sample("google-benchmark/test1_run1.json");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("google_benchmark", "x", bytes->substr(0, bytes->size() / 2));
    CHECK(read.status == ASSAY_OK);
    CHECK_FALSE(read.cases().empty());
    CHECK(read.partial().find("line ") == 0);
}

TEST_CASE("bytes that flip are refused, read in part or read, and never break an importer") {
    std::mt19937_64 random(20261122);
    for (const Owned& owned : kSamples) {
        const auto bytes = sample(owned.sample);
        if (!bytes) {
            return;
        }
        CAPTURE(owned.sample);
        for (int round = 0; round < 300; ++round) {
            std::string changed = *bytes;
            for (int flips = 0; flips < 4; ++flips) {
                changed[random() % changed.size()] = static_cast<char>(random());
            }
            CAPTURE(round);
            static_cast<void>(probe_with(owned.importer, "x", changed));
            CHECK(is_sound(read_with(owned.importer, "x", changed)));
        }
    }
}

TEST_CASE("of two JSON files one behind the other the first counts, and that it is so is told") {
    for (const Owned& owned : kSamples) {
        const auto bytes = sample(owned.sample);
        if (!bytes) {
            return;
        }
        if (owned.is_text) {
            continue;
        }
        CAPTURE(owned.sample);
        const Reading once = read_with(owned.importer, "x", *bytes);
        const Reading twice = read_with(owned.importer, "x", *bytes + *bytes);
        CHECK(figures_of(twice) == figures_of(once));
        CHECK(twice.cases().size() == once.cases().size());
        CHECK(twice.partial() != "");
    }
}

TEST_CASE("every importer refuses another's file with a reason, or finds nothing in it") {
    for (const std::string& name : all_samples()) {
        const auto bytes = sample(name);
        for (const std::string& importer : importer_names()) {
            CAPTURE(importer);
            CAPTURE(name);
            CHECK(is_sound(read_with(importer, "x", *bytes)));
        }
    }
}

TEST_CASE("counters of every tool, cut off anywhere, give counts of the whole") {
    for (const std::string& name : all_samples()) {
        if (!name.starts_with("bencher/rust/gungraun/")) {
            continue;
        }
        CAPTURE(name);
        const auto bytes = sample(name);
        const std::set<std::string> all = figures_of(read_with("gungraun", "x", *bytes));
        for (std::size_t length = 0; length < bytes->size(); length += 97) {
            CAPTURE(length);
            const Reading read = read_with("gungraun", "x", bytes->substr(0, length));
            CHECK(is_sound(read));
            const std::set<std::string> some = figures_of(read);
            CHECK(std::ranges::includes(all, some));
        }
    }
}

TEST_CASE("equal bytes give equal events") {
    for (const Owned& owned : kSamples) {
        const auto bytes = sample(owned.sample);
        if (!bytes) {
            return;
        }
        CHECK(read_with(owned.importer, "x", *bytes).lines() ==
              read_with(owned.importer, "x", *bytes).lines());
    }
}
