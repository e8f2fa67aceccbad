#include "results.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace compare_test {

using namespace integration;

namespace {

std::string slower_plugin() {
    return build_folder() / "tests" / "fixtures" / "sample_slower.assay.so";
}

std::vector<std::string> compare(std::vector<std::string> more) {
    std::vector<std::string> words{"compare", "--reporter", "json=out.json", "--budget", "30s"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

assay::json::value document_of(const Sandbox& box) {
    auto document = parsed(box.read("out.json"));
    check_schema(document, "comparison.json");
    return document;
}

// Of one slice; a column in which all agree is one number.
double reading(const assay::json::value& slices, const std::string& column, std::size_t row) {
    const auto& values = slices.at(column);
    return (values.is_array() ? values.at(row) : values).to_number<double>();
}

} // namespace

TEST_CASE("a build that takes half as long again is slower, exit 1, with its evidence") {
    const Sandbox box;
    const Ended ended = box.assay(compare({sample_plugin(), slower_plugin(), "sample/single"}));
    INFO(ended.err);
    INFO(ended.out);
    const auto document = document_of(box);
    const auto& single = case_of(document, "sample/single");
    // By design it may, seldom: then nothing is claimed.
    if (document.at("controls").at("null").as_string() == "fired") {
        CHECK(ended.exit_code == 5);
        CHECK(single.at("verdict").as_string() == "undecided");
        return;
    }
    CHECK(ended.exit_code == 1);
    CHECK(single.at("verdict").as_string() == "slower");
    CHECK(single.at("ratio").to_number<double>() > 1.2);
    CHECK(single.at("pairs").to_number<int>() >= 6);
    CHECK(single.at("samples").as_array().size() == single.at("pairs").to_number<std::size_t>());
    CHECK(single.at("evidence").at("log_e_slower").to_number<double>() >=
          single.at("evidence").at("threshold").to_number<double>() - 1e-9);
    CHECK(document.at("old").at("plugins").as_array().size() == 1);
    CHECK(document.at("old").at("plugins").at(0).at("sha256") !=
          document.at("new").at("plugins").at(0).at("sha256"));
    CHECK(ended.out.find("slower") != std::string::npos);
}

TEST_CASE("the other way round it is faster, exit 0") {
    const Sandbox box;
    const Ended ended =
        box.assay(compare({"--no-controls", slower_plugin(), sample_plugin(), "sample/single"}));
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    CHECK(case_of(document_of(box), "sample/single").at("verdict").as_string() == "faster");
}

TEST_CASE("a gated figure beside time that got worse is a regression, exit 1") {
    const Sandbox box;
    const Ended ended =
        box.assay(compare({"--no-controls", sample_plugin(), slower_plugin(), "sample/counted"}));
    INFO(ended.err);
    INFO(ended.out);
    CHECK(ended.exit_code == 1);
    const auto document = document_of(box);
    const auto& metrics = case_of(document, "sample/counted").at("metrics").as_array();
    REQUIRE(metrics.size() == 1); // hits and lookups are not gated
    const auto& rate = metrics.at(0);
    CHECK(rate.at("key").as_string() == "hit_rate");
    CHECK(rate.at("verdict").as_string() == "worse");
    CHECK(rate.at("scale").as_string() == "points");
    CHECK(rate.at("change").to_number<double>() == doctest::Approx(0.25).epsilon(0.05));
    CHECK(document.at("summary").at("worse_metrics").to_number<int>() == 1);
    CHECK(ended.out.find("hit_rate") != std::string::npos);
    CHECK(ended.out.find("points worse") != std::string::npos);
}

TEST_CASE("a build against itself is never slower or faster") {
    const Sandbox box;
    const Ended ended =
        box.assay(compare({"--margin", "20%", sample_plugin(), sample_plugin(), "sample/single"}));
    INFO(ended.err);
    const auto document = document_of(box);
    const std::string verdict =
        std::string(case_of(document, "sample/single").at("verdict").as_string());
    CHECK((verdict == "same" || verdict == "undecided"));
    // On a busy machine the old build may differ from its own copy; what a busy machine would have
    // overlooked is not there in equal files.
    const bool fired = document.at("controls").at("null").as_string() == "fired";
    CHECK(ended.exit_code == (verdict == "same" && !fired ? 0 : 5));
}

TEST_CASE("a case that the new build lost is a failure, one that it gained is counted") {
    const Sandbox box;
    const Ended ended = box.assay(compare(
        {"--no-controls", sample_plugin(), slower_plugin(), "sample/(multiply|gained|single)"}));
    CHECK(ended.exit_code == 3);
    const auto document = document_of(box);
    CHECK(status_of(document, "sample/multiply") == "only_in_old");
    CHECK(status_of(document, "sample/gained") == "only_in_new");
    CHECK(status_of(document, "sample/single") == "compared");
    CHECK(document.at("controls").at("null").as_string() == "off");
    CHECK(ended.err.find("Traceback") == std::string::npos);
}

TEST_CASE("a comparison that compared nothing exits 4") {
    const Sandbox box;
    const Ended ended = box.assay(compare({sample_plugin(), slower_plugin(), "sample/gained"}));
    CHECK(ended.exit_code == 4);
    CHECK(document_of(box).at("summary").at("compared").to_number<int>() == 0);
}

TEST_CASE("a pair keeps what was read around each of its slices") {
    const Sandbox box;
    const Ended ended = box.assay({"compare",
                                   "--reporter",
                                   "json=out.json",
                                   "--budget",
                                   "1ms",
                                   "--no-controls",
                                   sample_plugin(),
                                   sample_plugin(),
                                   "sample/single"});
    INFO(ended.err);
    CHECK(ended.exit_code == 5); // one pair decides nothing
    const auto document = document_of(box);
    const auto& pair = case_of(document, "sample/single").at("samples").at(0);
    for (const std::string side : {"old", "new"}) {
        CAPTURE(side);
        const auto& slices = pair.at(side + "_slices");
        const std::size_t rows = slices.at("wall_ns").as_array().size();
        std::vector<double> times;
        for (std::size_t row = 0; row < rows; ++row) {
            CHECK(reading(slices, "wall_ns", row) > 0);
            if (reading(slices, "warmup", row) == 0) {
                times.push_back(reading(slices, "thread_cpu_ns", row) * 1e-9 /
                                reading(slices, "done", row));
            }
        }
        REQUIRE(times.size() == pair.at(side).as_array().size());
        CHECK(times.size() < rows);
        for (std::size_t i = 0; i < times.size(); ++i) {
            CHECK(times[i] == pair.at(side).at(i).to_number<double>());
        }
        for (const char* const name :
             {"voluntary_switches", "involuntary_switches", "minor_faults", "major_faults"}) {
            CHECK(reading(slices, name, rows - 1) >= 0);
        }
    }
    if (document.at("resolution").at("decisions").at("pinning").at("kept").as_bool()) {
        // Neither side ever left the CPU that was drawn for the pair.
        const auto& cpu = pair.at("old_slices").at("cpu_before");
        CHECK(cpu.is_number());
        CHECK(pair.at("new_slices").at("cpu_before") == cpu);
        CHECK(pair.at("new_slices").at("cpu_after") == cpu);
    }
}

TEST_CASE("a budget too small to decide anything exits 5 and names one that would do") {
    const Sandbox box;
    const Ended ended = box.assay({"compare",
                                   "--reporter",
                                   "json=out.json",
                                   "--budget",
                                   "1ms",
                                   sample_plugin(),
                                   sample_plugin(),
                                   "sample/single"});
    CHECK(ended.exit_code == 5);
    const auto document = document_of(box);
    CHECK(case_of(document, "sample/single").at("pairs").to_number<int>() == 1);
    CHECK(ended.out.find("--budget") != std::string::npos);
}

TEST_CASE("a build saved by name is compared although its file has changed since") {
    const Sandbox box;
    std::filesystem::copy(sample_plugin(), box.folder() / "build.assay.so");
    const Ended saved = box.assay({"baseline", "save", "main", "--plugin", "build.assay.so"});
    INFO(saved.err);
    CHECK(saved.exit_code == 0);
    CHECK(saved.out.find("@main") != std::string::npos);
    std::filesystem::remove(box.folder() / "build.assay.so");
    std::filesystem::copy(slower_plugin(), box.folder() / "build.assay.so");
    const Ended ended =
        box.assay(compare({"--no-controls", "@main", "build.assay.so", "sample/single"}));
    INFO(ended.err);
    CHECK(ended.exit_code == 1);
    CHECK(document_of(box).at("old").at("name").as_string() == "@main");
    CHECK(box.assay({"baseline", "list"}).out.find("org.assay.test.sample") != std::string::npos);
}

TEST_CASE("a name under which nothing is saved exits 4 and says how to save it") {
    const Sandbox box;
    const Ended ended = box.assay(compare({"@main", sample_plugin()}));
    CHECK(ended.exit_code == 4);
    CHECK(ended.err.find("assay baseline save main") != std::string::npos);
    CHECK(box.assay({"baseline", "save", "main"}).exit_code == 4);
}

TEST_CASE("what cannot be compared at all exits 2 and says why") {
    const Sandbox box;
    const auto refused = [&](std::vector<std::string> words, const std::string& said) {
        const Ended ended = box.assay(compare(std::move(words)));
        CAPTURE(said);
        CHECK(ended.exit_code == 2);
        CHECK(ended.err.find(said) != std::string::npos);
    };
    refused({"nowhere.assay.so", sample_plugin()}, "nowhere.assay.so");
    refused({sample_plugin(), "nowhere/"}, "nowhere/");
    refused({sample_plugin()}, "NEW");
    refused({"--margin", "1", sample_plugin(), sample_plugin()}, "percentage");
    refused({"--alpha", "2", sample_plugin(), sample_plugin()}, "--alpha");
    refused({"--method", "ttest", sample_plugin(), sample_plugin()}, "ttest");
    refused({sample_plugin(), sample_plugin(), "sample/nothing"}, "sample/nothing");
}

TEST_CASE("a new build that crashes is failed, never the same, and the old one is not blamed") {
    const Sandbox box;
    const Ended ended = box.assay(compare({bad_plugin("null_write"), bad_plugin("null_write")}));
    CHECK(ended.exit_code == 3);
    const auto document = document_of(box);
    bool crashed = false;
    for (const auto& one : document.at("cases").as_array()) {
        if (one.at("status").as_string() == "failed") {
            crashed = true;
            CHECK(std::string(one.at("reason").as_string()).starts_with("new build: "));
            CHECK(one.at("verdict").is_null());
        }
    }
    CHECK(crashed);
}

TEST_CASE("two results documents are compared in every metric, and their times stay undecided") {
    const Sandbox box;
    for (const char* file : {"json=old.json", "json=new.json"}) {
        const Ended ended = box.assay({"run",
                                       "--mode",
                                       "quick",
                                       "--plugin",
                                       sample_plugin(),
                                       "--reporter",
                                       file,
                                       "sample/single"});
        INFO(ended.err);
        REQUIRE(ended.exit_code == 0);
    }
    const Ended ended =
        box.assay({"compare", "--reporter", "json=out.json", "old.json", "new.json"});
    INFO(ended.err);
    CHECK(ended.exit_code == 5);
    const auto document = document_of(box);
    const auto& single = case_of(document, "sample/single");
    CHECK(single.at("verdict").as_string() == "undecided");
    CHECK(single.at("evidence").at("basis").as_string() == "recorded runs, not paired");
    CHECK(document.at("advisory").as_bool());
    CHECK(single.at("ratio").to_number<double>() > 0);
    CHECK(single.at("interval").is_null());
    CHECK_FALSE(single.at("metrics").as_array().empty());
    CHECK(ended.out.find("advisory: two recorded runs") != std::string::npos);
    const Ended twice = box.assay({"compare", "old.json", "old.json"});
    CHECK(twice.exit_code == 2);
    CHECK(twice.err.find("against itself") != std::string::npos);
}

TEST_CASE("recorded runs that measured something else are incomparable, lost cases a failure") {
    const Sandbox box;
    const auto run = [&](const std::string& file, std::vector<std::string> more) {
        std::vector<std::string> words{
            "run", "--mode", "quick", "--plugin", sample_plugin(), "--reporter", "json=" + file};
        words.insert(words.end(), more.begin(), more.end());
        REQUIRE(box.assay(words).exit_code == 0);
    };
    run("both.json", {"sample/single", "sample/multiply"});
    run("one.json", {"sample/single"});
    run("seed.json", {"--seed", "7", "sample/single"});
    CHECK(box.assay({"compare", "both.json", "one.json"}).exit_code == 3);
    const Ended seed = box.assay({"compare", "one.json", "seed.json"});
    CHECK(seed.exit_code == 4);
    CHECK(seed.out.find("seed 1 and 7") != std::string::npos);
    CHECK(box.assay({"compare", "both.json", "one.json", "sample/single"}).exit_code == 5);
    CHECK(box.assay({"compare", "both.json", "one.json", "sample/sinlge"}).exit_code == 2);
}

TEST_CASE("what is no recorded run is refused with the place") {
    const Sandbox box;
    box.write("other.json", R"({"schema":"assay.comparison/1"})");
    box.write("broken.json", R"({"schema":"assay.results/1","run":{},"cases":[{"id":"a"}]})");
    const Ended other = box.assay({"compare", "other.json", "other.json"});
    CHECK(other.exit_code == 2);
    CHECK(other.err.find("/schema") != std::string::npos);
    const Ended broken = box.assay({"compare", "broken.json", "broken.json"});
    CHECK(broken.exit_code == 2);
    CHECK(broken.err.find("/cases/0/status") != std::string::npos);
    CHECK(box.assay({"compare", "none.json", "none.json"}).exit_code == 2);
    CHECK(box.assay({"compare", sample_plugin(), "broken.json"}).exit_code == 2);
}

TEST_CASE("--margin auto is at least 1 % and what the machine resolves, and says which it was") {
    const Sandbox box;
    const Ended ended = box.assay({"compare",
                                   "--reporter",
                                   "json=out.json",
                                   "--budget",
                                   "2s",
                                   "--no-controls",
                                   "--margin",
                                   "auto",
                                   sample_plugin(),
                                   slower_plugin(),
                                   "sample/single"});
    INFO(ended.err);
    CHECK((ended.exit_code == 1 || ended.exit_code == 5));
    const auto document = document_of(box);
    CHECK(document.at("margin_auto").as_bool());
    const double margin = document.at("margin").to_number<double>();
    const auto& resolution = document.at("resolution");
    const double pairs = resolution.at("pairs_expected").to_number<double>();
    const double resolvable = 3.5 * resolution.at("pair_sd").to_number<double>() / std::sqrt(pairs);
    CHECK(pairs == 40);
    const bool is_known = !resolution.at("smallest_change").is_null();
    CHECK(margin == doctest::Approx(is_known ? std::max(0.01, resolvable) : 0.01));
    CHECK(resolution.at("margin").to_number<double>() == margin);
    if (!is_known) { // beside other work its sample may be too short
        CHECK(ended.err.find("too short to say what can be found") != std::string::npos);
    } else {
        CHECK(resolution.at("smallest_change").to_number<double>() ==
              doctest::Approx(margin + resolvable));
    }
    CHECK(ended.err.find(" % (auto)") != std::string::npos);
    CHECK(ended.err.find("resolution: ") != std::string::npos);
}

} // namespace compare_test
