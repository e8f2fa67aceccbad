// --counts as a user sees it: the metric of a run, what it adds to a verdict, and what is said
// where nothing can be counted.
#include "results.hpp"

#include <cmath>
#include <filesystem>
#include <unistd.h>

namespace counts_test {

using namespace integration;

namespace {

std::string work_plugin(const std::string& name = "work") {
    return build_folder() / "tests" / "fixtures" / (name + ".assay.so");
}

// False, and said so, where this machine or this build cannot count.
bool can_count() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    MESSAGE("skipped: a sanitizer's program does not run under valgrind");
    return false;
#else
    const bool there = ::access("/usr/bin/valgrind", X_OK) == 0;
    if (!there) {
        MESSAGE("skipped: valgrind is not installed");
    }
    return there;
#endif
}

assay::json::value counted_run(const Sandbox& box, std::vector<std::string> words) {
    std::vector<std::string> all{
        "run", "--mode", "quick", "--counts", "--plugin", work_plugin(), "--reporter", "json=o"};
    all.insert(all.end(), words.begin(), words.end());
    const Ended ended = box.assay(all);
    INFO(ended.err);
    INFO(ended.out);
    CHECK(ended.exit_code == 0);
    auto document = parsed(box.read("o"));
    check_schema(document, "results.json");
    return document;
}

const assay::json::object& instructions_of(const assay::json::value& document,
                                           std::string_view id) {
    const auto* metric = metric_of(case_of(document, id), "instructions");
    REQUIRE(metric != nullptr);
    return *metric;
}

bool has_note(const assay::json::object& one, std::string_view part) {
    for (const assay::json::value& note : one.at("notes").as_array()) {
        if (std::string_view(note.as_string()).find(part) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

} // namespace

TEST_CASE("a chain of twice as many multiplications takes twice the instructions") {
    if (!can_count()) {
        return;
    }
    const Sandbox box;
    const auto document = counted_run(box, {"work/chain"});
    const auto& one = instructions_of(document, "work/chain[k=10000]");
    const auto& two = instructions_of(document, "work/chain[k=20000]");
    CHECK(one.at("unit").as_string() == "{instruction}");
    CHECK(one.at("direction").as_string() == "lower");
    CHECK(one.at("launches").as_array().size() == 2);
    CHECK(one.at("stddev").to_number<double>() == 0);
    const std::string provenance(one.at("provenance").as_string());
    CHECK((provenance == "callgrind" || provenance == "perf_event"));
    const double ratio =
        two.at("median").to_number<double>() / one.at("median").to_number<double>();
    CHECK(ratio == doctest::Approx(2).epsilon(0.0025));
    // The launches that count are not among those that are timed.
    CHECK(metric_of(case_of(document, "work/chain[k=10000]"), "time")
              ->at("launches")
              .as_array()
              .size() == 6);
}

TEST_CASE("work that differs between two launches is labelled nondeterministic") {
    if (!can_count()) {
        return;
    }
    const Sandbox box;
    const auto document = counted_run(box, {"work/drawn"});
    CHECK(has_note(case_of(document, "work/drawn"), "nondeterministic: "));
    CHECK_FALSE(instructions_of(document, "work/drawn").at("exact").as_bool());
}

TEST_CASE("what cannot be counted is unavailable with its reason and never 0") {
    if (!can_count()) {
        return;
    }
    const Sandbox box;
    const auto document = counted_run(box, {"work/(crowd|wide)"});
    const auto& crowd = instructions_of(document, "work/crowd[k=10000]");
    CHECK(crowd.at("n").to_number<int>() == 0);
    CHECK(crowd.at("median").is_null());
    CHECK(std::string_view(crowd.at("reason").as_string()).find("2 lanes") != std::string::npos);
    if (status_of(document, "work/wide") == "skipped") {
        MESSAGE("skipped: the processor has no AVX-512");
        return;
    }
    const auto& wide = instructions_of(document, "work/wide");
    if (wide.at("provenance").as_string() == "callgrind") {
        CHECK(wide.at("median").is_null());
        CHECK(std::string_view(wide.at("reason").as_string()).find("SIGILL") != std::string::npos);
    }
}

TEST_CASE("without valgrind and without a counter the metric is unavailable and the run says so") {
    const Sandbox box;
    const Ended ended = box.assay({"run",
                                   "--mode",
                                   "quick",
                                   "--counts",
                                   "--plugin",
                                   work_plugin(),
                                   "--reporter",
                                   "json=o",
                                   "work/undeclared"},
                                  {.environment = {{"PATH", "/nowhere"}}});
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    const auto document = parsed(box.read("o"));
    const auto& metric = instructions_of(document, "work/undeclared[k=10000]");
    if (metric.at("provenance").as_string() == "perf_event") {
        MESSAGE("skipped: this machine has a counter");
        return;
    }
    CHECK(metric.at("median").is_null());
    CHECK(std::string_view(metric.at("reason").as_string()).find("valgrind is not installed") !=
          std::string::npos);
    CHECK(ended.out.find("instructions are not counted") != std::string::npos);
    CHECK(ended.out.find("apt install valgrind") != std::string::npos);
}

TEST_CASE("a planted 2 % of work reads 2 % in the counts and stands beside the verdict") {
    if (!can_count()) {
        return;
    }
    const Sandbox box;
    const Ended ended = box.assay({"compare",
                                   "--counts",
                                   "--no-controls",
                                   "--budget",
                                   "15s",
                                   "--reporter",
                                   "json=o",
                                   "--reporter",
                                   "csv=c",
                                   work_plugin(),
                                   work_plugin("work_more"),
                                   "work/chain[k=10000]",
                                   "work/undeclared"});
    INFO(ended.err);
    INFO(ended.out);
    const auto document = parsed(box.read("o"));
    check_schema(document, "comparison.json");
    const auto& one = case_of(document, "work/chain[k=10000]");
    const auto& counts = one.at("evidence").at("counts").as_object();
    CHECK(counts.at("deterministic").as_bool());
    CHECK(counts.at("change").to_number<double>() == doctest::Approx(0.02).epsilon(0.15));
    const std::string verdict(one.at("verdict").as_string());
    const std::string statement(one.at("statement").as_string());
    CHECK(statement == (verdict == "slower"      ? "slower, confirmed by counts (+2 % instructions)"
                        : verdict == "undecided" ? "undecided, likely slower: work +2 %"
                                                 : verdict));
    CHECK(ended.out.find(statement) != std::string::npos);
    CHECK(box.read("c").find(statement) != std::string::npos);
    // Not declared to be the same every time: counted, but it says nothing.
    const auto& undeclared = case_of(document, "work/undeclared[k=10000]");
    CHECK_FALSE(undeclared.at("evidence").at("counts").at("deterministic").as_bool());
    CHECK(undeclared.at("statement") == undeclared.at("verdict"));
}

TEST_CASE("a gate that names instructions fails 2 % more of them, without being asked to count") {
    if (!can_count()) {
        return;
    }
    const Sandbox box;
    const Ended saved = box.assay({"baseline", "save", "main", "--plugin", work_plugin()});
    REQUIRE(saved.exit_code == 0);
    box.write("gates.json", R"({"schema":"assay.gates/1","rules":[{"id":"work","kind":"regression",
        "metric":"instructions","match":{"family":"chain"},"warn":"0.5%","fail":"1%"}]})");
    const Ended ended = box.assay({"gate",
                                   "--gates",
                                   "gates.json",
                                   "--plugin",
                                   work_plugin("work_more"),
                                   "--budget",
                                   "2s",
                                   "--no-controls",
                                   "--format",
                                   "json",
                                   "work/chain[k=10000]"});
    INFO(ended.err);
    INFO(ended.out);
    CHECK(ended.exit_code == 1);
    const auto document = parsed(ended.out);
    bool found = false;
    for (const assay::json::value& line : document.at("lines").as_array()) {
        if (line.at("rule").as_string() == "work") {
            found = true;
            CHECK(line.at("outcome").as_string() == "FAIL");
            CHECK(line.at("figure").to_number<double>() == doctest::Approx(2).epsilon(0.15));
        }
    }
    CHECK(found);
}

// The classes are told apart on simulated data; a busy machine bends a real line.
TEST_CASE("the times of a sum over n elements are fitted, written and printed") {
    const Sandbox box;
    const Ended ended = box.assay({"run",
                                   "--mode",
                                   "quick",
                                   "--plugin",
                                   work_plugin(),
                                   "--reporter",
                                   "json=o",
                                   "work/(sum|chain)"});
    INFO(ended.err);
    INFO(ended.out);
    const auto document = parsed(box.read("o"));
    check_schema(document, "results.json");
    const auto& fits = document.at("complexity").as_array();
    REQUIRE(fits.size() == 1); // `chain` has two values only
    CHECK(fits[0].at("family").as_string() == "sum");
    CHECK(fits[0].at("axis").as_string() == "n");
    const std::string fitted(fits[0].at("class").as_string());
    CHECK((fitted == "O(n)" || fitted == "O(n log n)"));
    CHECK(fits[0].at("points").to_number<int>() == 4);
    CHECK(fits[0].at("ci").as_array().size() == 2);
    const std::string line = "work/sum over n: ";
    const bool is_told = ended.out.find(line + fitted + ", ") != std::string::npos &&
                         ended.out.find("next best ") != std::string::npos;
    // A machine that others use bends the line until nothing fits it, which is then said.
    const bool is_bent =
        ended.out.find(line + "no class fits (best " + fitted + ", error ") != std::string::npos;
    CHECK((is_told || is_bent));
}

} // namespace counts_test
