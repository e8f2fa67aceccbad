// Files that other tools have written, held against each other; skipped where they are not there.
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <array>
#include <optional>

using namespace assay;
using namespace assay::test;

namespace {

const std::string kImports = std::string(ASSAY_SOURCE_DIR) + "/../shared/data/imports/";

bool are_there() {
    const bool there = std::filesystem::exists(kImports);
    if (!there) {
        MESSAGE("skipped: there are no samples in ", kImports);
    }
    return there;
}

json::object compared_samples(const std::vector<std::string>& words, int code) {
    const ToldProject project;
    std::vector<std::string> all{"compare", "--format", "json"};
    all.insert(all.end(), words.begin(), words.end());
    all[3] = kImports + all[3];
    all[4] = kImports + all[4];
    const auto ended = project.assay(all);
    INFO(ended.err);
    CHECK(ended.exit_code == code);
    json::object document = document_of(ended.out, "comparison.json");
    CHECK(document.at("advisory") == true);
    return document;
}

const json::object* case_of(const json::object& document, const std::string& id) {
    for (const json::value& one : document.at("cases").get_array()) {
        if (one.at("id").as_string() == id) {
            return &one.get_object();
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("two documents of google-benchmark's own tests have the ratios of its compare.py") {
    if (!are_there()) {
        return;
    }
    const json::object document = compared_samples(
        {"google-benchmark/test1_run1.json", "google-benchmark/test1_run2.json"}, 5);
    const std::array<std::pair<const char*, double>, 4> expected{
        {{"BM_2xSlower", 2}, {"BM_2xFaster", 0.5}, {"BM_100xSlower", 100}, {"BM_SameTimes", 1}}};
    for (const auto& [name, ratio] : expected) {
        CAPTURE(name);
        const json::object* one = case_of(document, std::string("google_benchmark/") + name);
        REQUIRE(one != nullptr);
        CHECK(one->at("ratio").to_number<double>() == doctest::Approx(ratio));
        CHECK(one->at("verdict") == "undecided");
    }
    CHECK(document.at("summary").at("compared") == document.at("summary").at("cases"));
}

TEST_CASE("two files of benchstat's tests have its difference, and one run each decides nothing") {
    if (!are_there()) {
        return;
    }
    const json::object document =
        compared_samples({"go-benchfmt/benchstat/old.txt", "go-benchfmt/benchstat/new.txt"}, 5);
    const json::object* json_case = case_of(document,
                                            "golang.org/x/perf/cmd/benchstat/testdata/"
                                            "BenchmarkEncode[format=json,gomaxprocs=48]");
    REQUIRE(json_case != nullptr);
    CHECK(json_case->at("ratio").to_number<double>() == doctest::Approx(0.828).epsilon(0.001));
}

TEST_CASE("of a file of benchstat's with two runs two can be named, and its exact unit decides") {
    if (!are_there()) {
        return;
    }
    const std::string file = "go-benchfmt/benchstat/units.txt";
    const json::object document = compared_samples(
        {file, file, "--old-run", "1", "--new-run", "2", "--direction", "lower"}, 1);
    std::size_t exact = 0;
    for (const json::value& one : document.at("cases").get_array()) {
        for (const json::value& metric : one.at("metrics").get_array()) {
            exact += metric.at("exact") == true && metric.at("verdict") != "undecided" ? 1 : 0;
        }
    }
    CHECK(exact > 0);
}
