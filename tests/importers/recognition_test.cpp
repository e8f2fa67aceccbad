// Which file belongs to which importer: all bundled importers against all samples.
#include "tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace assay;
using namespace assay::test;

namespace {

// By the beginning of its path; the longest counts. "": nobody may know it.
const std::vector<std::pair<std::string, std::string>> kOwners{
    {"google-benchmark/", "google_benchmark"},
    {"bencher/cpp/google/", "google_benchmark"},
    {"pytest-benchmark/", "pytest_benchmark"},
    {"bencher/python/pytest/", "pytest_benchmark"},
    {"bencher/shell/hyperfine/", "hyperfine"},
    {"go-benchfmt/", "go_benchfmt"},
    {"bencher/go/", "go_benchfmt"},
    {"asv/cheetah/0", "asv"},
    {"asv/cheetah/1", "asv"},
    {"asv/cheetah/2", "asv"},
    {"asv/benchmarks.json",
     ""}, // alone it has no results, nor have the parts of a criterion folder
    {"asv/cheetah/machine.json", ""},
    {"criterion/", ""},
    {"bencher/c_sharp/", "benchmarkdotnet"},
    {"bencher/cpp/catch2/", "catch2"},
    {"bencher/dart/", "dart_harness"},
    {"bencher/java/", "jmh"},
    {"bencher/js/benchmark/", "benchmark_js"},
    {"bencher/js/time/", "console_time"},
    {"bencher/js/vitest/", "vitest"},
    {"bencher/json/", "bencher_bmf"},
    {"bencher/python/asv/", "asv"},
    {"bencher/ruby/", "ruby_benchmark"},
    {"bencher/rust/bench/", "libtest"},
    {"bencher/rust/criterion/", "criterion"},
    {"bencher/rust/gungraun/", "gungraun"},
    {"bencher/rust/iai/", "gungraun"},
    {"openmetrics/", "openmetrics"},
    {"benchmarkdotnet/", ""}, // the outputs of all its exporters, one behind the other
};

bool is_unknown(const std::string& name) {
    return name.ends_with("LICENSE") || name.ends_with(".stdout") || name.ends_with(".stderr") ||
           name.ends_with("tukey.json");
}

// Nothing: no row above says so.
std::optional<std::string> owner_of(const std::string& name) {
    if (is_unknown(name)) {
        return "";
    }
    const bool difference = name.find("/change/") != std::string::npos;
    if (name.starts_with("criterion/") && name.ends_with("/estimates.json") && !difference) {
        return "criterion"; // known, so that it can be told which name it lacks
    }
    for (const auto& [prefix, owner] : kOwners) {
        if (name.starts_with(prefix)) {
            return owner;
        }
    }
    return std::nullopt;
}

struct Answer {
    std::string importer;
    std::int32_t sure = 0;
};

std::vector<Answer> answers_to(const std::string& name, const std::string& bytes) {
    std::vector<Answer> answers;
    for (const std::string& importer : importer_names()) {
        answers.push_back({importer, probe_with(importer, name, bytes)});
    }
    std::ranges::stable_sort(answers, std::ranges::greater(), &Answer::sure);
    return answers;
}

} // namespace

TEST_CASE("every sample is known to its own importer, and clearly better than to any other") {
    for (const std::string& name : all_samples()) {
        const std::optional<std::string> owner = owner_of(name);
        CAPTURE(name);
        REQUIRE(owner);
        const std::string file = name.substr(name.rfind('/') + 1);
        const std::vector<Answer> answers = answers_to(file, *sample(name));
        REQUIRE(answers.size() >= 2);
        CAPTURE(answers[0].importer);
        CAPTURE(answers[0].sure);
        CAPTURE(answers[1].importer);
        CAPTURE(answers[1].sure);
        if (owner->empty()) {
            CHECK(answers[0].sure < 60);
            continue;
        }
        CHECK(answers[0].importer == *owner);
        CHECK(answers[0].sure >= 60);
        CHECK(answers[0].sure - answers[1].sure >= 20);
    }
}

TEST_CASE("tables of series and folders are known to theirs alone") {
    std::vector<std::pair<std::string, std::string>> known;
    for (const char* const name : {"histostat.csv",
                                   "sample.csv",
                                   "sample-semicolons.csv",
                                   "sample-unix-time.csv",
                                   "sample_multi_branch.csv",
                                   "sample_single_branch.csv"}) {
        if (const auto bytes = sample("../series/otava/" + std::string(name))) {
            known.emplace_back("csv_series", *bytes);
        }
    }
    for (const auto& [importer, answers] : known) {
        const std::vector<Answer> given = answers_to("series.csv", answers);
        CHECK(given[0].importer == importer);
        CHECK(given[0].sure >= 60);
        CHECK(given[1].sure <= 20);
    }
    for (const std::string folder : {"asv", "criterion"}) {
        if (const auto image = sample_tree(folder)) {
            const std::vector<Answer> given = answers_to(folder + "/", *image);
            CHECK(given[0].importer == folder);
            CHECK(given[0].sure >= 60);
            CHECK(given[1].sure <= 20);
        }
    }
}

TEST_CASE("what github-action-benchmark reads and keeps is known") {
    const std::string store = R"({"lastUpdate": 1, "repoUrl": "u", "entries": {"a": []}})";
    for (const std::string& bytes : {std::string(R"([{"name": "a", "unit": "ms", "value": 1}])"),
                                     store,
                                     "window.BENCHMARK_DATA = " + store}) {
        const std::vector<Answer> answers = answers_to("data", bytes);
        CHECK(answers[0].importer == "github_action_benchmark");
        CHECK(answers[0].sure >= 60);
        CHECK(answers[0].sure - answers[1].sure >= 20);
    }
}

TEST_CASE("nobody knows an empty file, a licence or a list of numbers") {
    for (const std::string bytes : {"", "{}", "[]", "[1, 2]", "null", "Copyright (c) 2009\n"}) {
        CAPTURE(bytes);
        CHECK(answers_to("x.json", bytes)[0].sure < 60);
    }
}

TEST_CASE("a folder is handed to importers of folders alone") {
    const std::string go = "BenchmarkSum-8 100 12 ns/op\n";
    const std::string image = tar_of({{"a.txt", go}, {"b.json", R"([{"command": "x"}])"}});
    for (const std::string& name : importer_names()) {
        CAPTURE(name);
        CHECK(probe_with(name, "results/", image) == 0);
        const bool reads_folders = name == "asv" || name == "criterion";
        const Reading read = read_with(name, "results/", image);
        CHECK((read.status == ASSAY_OK) == reads_folders);
        CHECK(read.cases().empty());
        CHECK((read.text.find("it is a folder") == std::string::npos) == reads_folders);
    }
}
