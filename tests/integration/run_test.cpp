#include "results.hpp"

#include <algorithm>
#include <set>
#include <thread>

namespace run_test {

using namespace integration;

namespace {

std::vector<std::string> quick(std::vector<std::string> more) {
    std::vector<std::string> words{"run", "--mode", "quick", "--plugin", sample_plugin()};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

} // namespace

TEST_CASE("a quick run measures every selected case in six launches and writes every figure") {
    const Sandbox box;
    const Ended run = box.assay(quick({"tag:fast", "--reporter", "json=out.json"}));
    INFO(run.err);
    CHECK(run.exit_code == 0);
    CHECK(run.err.find("wrote out.json\n") != std::string::npos);
    const auto results = parsed(box.read("out.json"));
    CHECK(results.at("schema").as_string() == "assay.results/1");
    CHECK(results.at("cases").as_array().size() == 3);
    const auto& sum = case_of(results, "sample/sum[n=4096]");
    CHECK(sum.at("status").as_string() == "passed");
    CHECK(sum.at("verified").as_bool());
    CHECK(sum.at("shape").as_string() == "independent");
    CHECK(sum.at("params").at("n").to_number<int>() == 4096);
    const auto* time = metric_of(sum, "time");
    REQUIRE(time != nullptr);
    CHECK(time->at("unit").as_string() == "s");
    CHECK(time->at("direction").as_string() == "lower");
    CHECK(time->at("launches").as_array().size() == 6);
    CHECK(time->at("median").to_number<double>() > 1e-9);
    CHECK(time->at("median").to_number<double>() < 1e-2);
    CHECK(time->at("ci").as_array().size() == 2);
    for (const char* key :
         {"wall_time", "cpu_time", "setup_time", "first_iteration", "peak_rss", "items_rate"}) {
        CHECK_MESSAGE(metric_of(sum, key) != nullptr, key);
    }
    CHECK_FALSE(case_of(results, "sample/multiply").at("verified").as_bool());
    CHECK(results.at("run").at("mode").as_string() == "quick");
    CHECK(results.at("run").at("finished").is_string());
    CHECK(results.at("summary").at("passed").to_number<int>() == 3);
}

TEST_CASE("the larger input takes longer in the results too") {
    const Sandbox box;
    const Ended run = box.assay(quick({"sample/sum", "--reporter", "json=out.json"}));
    REQUIRE(run.exit_code == 0);
    const auto results = parsed(box.read("out.json"));
    const auto time = [&](const char* id) {
        return metric_of(case_of(results, id), "time")->at("median").to_number<double>();
    };
    CHECK(time("sample/sum[n=4096]") > 8 * time("sample/sum[n=64]"));
}

TEST_CASE("variants of one work get a speed-up against their reference") {
    const Sandbox box;
    const Ended run = box.assay(quick({"sample/largest", "--reporter", "json=out.json"}));
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    const auto results = parsed(box.read("out.json"));
    const auto* speedup = metric_of(case_of(results, "sample/largest[impl=scan]"), "speedup");
    REQUIRE(speedup != nullptr);
    CHECK(speedup->at("median").to_number<double>() >
          1.5); // sorting 512 numbers against scanning them
    CHECK(speedup->at("provenance").as_string() == "derived");
    CHECK(metric_of(case_of(results, "sample/largest[impl=sort]"), "speedup") == nullptr);
}

TEST_CASE(
    "a suite's own metrics are aggregated by their rule, and one never observed has no figure") {
    const Sandbox box;
    const Ended run = box.assay(quick({"sample/counted", "--reporter", "json=out.json"}));
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    const auto results = parsed(box.read("out.json"));
    const auto& counted = case_of(results, "sample/counted");
    const double rate = metric_of(counted, "hit_rate")->at("median").to_number<double>();
    CHECK(rate > 0.4);
    CHECK(rate < 0.6);
    CHECK(metric_of(counted, "never")->at("median").is_null());
    CHECK(metric_of(counted, "never")->at("n").to_number<int>() == 0);
}

TEST_CASE("a single-shot case has at least one sample per launch") {
    const Sandbox box;
    const Ended run = box.assay(quick({"sample/single", "--reporter", "json=out.json"}));
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    const auto results = parsed(box.read("out.json"));
    CHECK(metric_of(case_of(results, "sample/single"), "time")->at("n").to_number<int>() >= 6);
}

TEST_CASE("a latency case counts every operation and writes percentiles with their intervals") {
    const Sandbox box;
    const Ended run = box.assay(quick({"sample/lookup", "--reporter", "json=out.json"}));
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    const auto results = parsed(box.read("out.json"));
    check_schema(results, "results.json");
    const auto* time = metric_of(case_of(results, "sample/lookup"), "time");
    REQUIRE(time != nullptr);
    CHECK(time->at("percentile_ci").at("p99").as_array().size() == 2);
    CHECK(time->at("p999").to_number<double>() >= time->at("p50").to_number<double>());
    CHECK(time->at("max").to_number<double>() >= time->at("p999").to_number<double>());
    std::int64_t counted = 0;
    REQUIRE(time->at("launches").as_array().size() == 6);
    for (const auto& launch : time->at("launches").as_array()) {
        CHECK(launch.at("samples").as_array().empty());
        for (const auto& bucket : launch.at("histogram").as_array()) {
            counted += bucket.as_array().at(1).to_number<std::int64_t>();
        }
    }
    CHECK(counted == time->at("n").to_number<std::int64_t>());
    CHECK(counted >= 36 * time->at("iterations").to_number<std::int64_t>() / 2);
}

TEST_CASE("a case of two lanes writes the samples of each and how long both ran together") {
    const Sandbox box;
    const Ended run = box.assay(quick({"sample/crowd", "--reporter", "json=out.json"}));
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    const auto results = parsed(box.read("out.json"));
    check_schema(results, "results.json");
    const auto* time = metric_of(case_of(results, "sample/crowd"), "time");
    REQUIRE(time != nullptr);
    CHECK(time->at("overlap").to_number<double>() <= 1);
    for (const auto& launch : time->at("launches").as_array()) {
        REQUIRE(launch.at("lanes").as_array().size() == 2);
        CHECK(launch.at("lanes").as_array().at(0).as_array().size() == 6);
        CHECK(launch.as_object().contains("steady"));
        CHECK(launch.at("warmup_slices").to_number<int>() > 0);
    }
}

TEST_CASE("skipped and unavailable cases are shown as such, and alone they are no success") {
    const Sandbox box;
    const Ended run = box.assay(quick({"tag:absent", "--reporter", "json=out.json"}));
    CHECK(run.exit_code == 4);
    const auto results = parsed(box.read("out.json"));
    CHECK(status_of(results, "sample/skipped") == "skipped");
    CHECK(status_of(results, "sample/missing") == "unavailable");
    CHECK(case_of(results, "sample/missing").at("reason").as_string().find("no such server") !=
          std::string::npos);
    const Ended beside = box.assay(quick({"tag:absent", "sample/multiply"}));
    CHECK(beside.exit_code == 0);
}

TEST_CASE("several reporters write at once, and stdout belongs to one of them") {
    const Sandbox box;
    const Ended run =
        box.assay(quick({"sample/multiply", "--reporter", "json", "--reporter", "csv=r.csv"}));
    INFO(run.err);
    CHECK(run.exit_code == 0);
    CHECK(parsed(box.read("assay-report/results.json")).at("cases").as_array().size() == 1);
    CHECK(box.read("r.csv").find("sample/multiply") != std::string::npos);
    CHECK(run.out.find("multiply") != std::string::npos);
    const Ended piped = box.assay(quick({"sample/multiply", "--format", "json"}));
    CHECK(piped.exit_code == 0);
    CHECK(parsed(piped.out).at("cases").as_array().size() == 1);
}

TEST_CASE("a dry run names the cases and measures nothing") {
    const Sandbox box;
    const Ended run = box.assay(quick({"--dry-run", "sample/sum", "--reporter", "json=out.json"}));
    INFO(run.err);
    CHECK(run.exit_code == 0);
    CHECK(run.out.find("sample/sum[n=64]") != std::string::npos);
    CHECK(run.out.find("sample/sum[n=65536]") == std::string::npos); // not in mode quick
    CHECK_FALSE(std::filesystem::exists(box.folder() / "out.json"));
}

TEST_CASE("parameters replace the values of an axis") {
    const Sandbox box;
    const Ended run = box.assay(quick({"sample/sum", "--param", "n=32,128", "--dry-run"}));
    CHECK(run.out.find("sample/sum[n=32]") != std::string::npos);
    CHECK(run.out.find("sample/sum[n=128]") != std::string::npos);
    CHECK(run.out.find("sample/sum[n=64]") == std::string::npos);
    const Ended wrong = box.assay(quick({"sample/sum", "--param", "m=32"}));
    CHECK(wrong.exit_code == 2);
    CHECK(wrong.err.find("--param m") != std::string::npos);
    CHECK(box.assay(quick({"sample/sum", "--param", "n=many"})).exit_code == 2);
}

TEST_CASE("the shards of a run are disjoint and together the whole") {
    const Sandbox box;
    std::multiset<std::string> ids;
    for (const char* shard : {"1/3", "2/3", "3/3"}) {
        const Ended run = box.assay(quick({"--dry-run", "--shard", shard}));
        CHECK(run.exit_code == 0);
        for (std::size_t at = run.out.find("sample/"); at != std::string::npos;
             at = run.out.find("sample/", at + 1)) {
            ids.insert(run.out.substr(at, run.out.find_first_of(" \n", at) - at));
        }
    }
    CHECK(ids.size() == 13);
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == 13);
}

TEST_CASE("the same loop runs in process, and the result says so") {
    const Sandbox box;
    const Ended run =
        box.assay(quick({"--in-process", "sample/sum", "--reporter", "json=out.json"}));
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    const auto results = parsed(box.read("out.json"));
    CHECK(results.at("run").at("isolation").as_string() == "in-process");
    CHECK(status_of(results, "sample/sum[n=64]") == "passed");
}

TEST_CASE("every isolation measures the same cases") {
    for (const char* isolation : {"suite", "case", "launch"}) {
        const Sandbox box;
        const Ended run =
            box.assay(quick({"--isolate", isolation, "tag:fast", "--reporter", "json=out.json"}));
        INFO(isolation << ": " << run.err);
        CHECK(run.exit_code == 0);
        CHECK(parsed(box.read("out.json")).at("summary").at("passed").to_number<int>() == 3);
    }
}

TEST_CASE("a case of one lane stays on one CPU, the lanes of one case may use all") {
    const Sandbox box;
    const Ended run = box.assay(quick({"tag:crowd", "--reporter", "json=out.json"}));
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    const auto results = parsed(box.read("out.json"));
    const auto cpus = [&](const char* id) {
        return metric_of(case_of(results, id), "cpus")->at("median").to_number<double>();
    };
    CHECK(cpus("sample/alone") == 1);
    CHECK(cpus("sample/crowd") == std::thread::hardware_concurrency());
    CHECK(metric_of(case_of(results, "sample/crowd"), "time")->at("n").to_number<int>() ==
          6 * 6 * 2);
}

TEST_CASE("what a real run writes fits the published schemas") {
    const Sandbox box;
    const Ended run = box.assay(
        quick({"tag:fast", "tag:absent", "sample/largest", "--reporter", "json=out.json"}));
    REQUIRE(run.exit_code == 0);
    check_schema(parsed(box.read("out.json")), "results.json");
    const Ended list = box.assay({"list", "--plugin", sample_plugin(), "--format", "json"});
    REQUIRE(list.exit_code == 0);
    check_schema(parsed(list.out), "list.json");
}

TEST_CASE("a deadline ends a case as timed out and the others go on") {
    const Sandbox box;
    const Ended run = box.assay(quick(
        {"sample/slow", "sample/multiply", "--timeout", "1s", "--reporter", "json=out.json"}));
    CHECK(run.exit_code == 3);
    const auto results = parsed(box.read("out.json"));
    CHECK(status_of(results, "sample/slow") == "timed_out");
    CHECK(status_of(results, "sample/multiply") == "passed");
}

} // namespace run_test
