// `assay compare` of two files of other tools: judged by the rules about recorded runs, labelled
// advisory, and recorded nowhere.
#include "support/file.hpp"
#include "told_files.hpp"
#include "told_project.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace assay;
using namespace assay::test;

namespace {

bool nothing_recorded(const ToldProject& project) {
    return !std::filesystem::exists(project.file(".assay/history.db")) &&
           !std::filesystem::exists(project.file(".assay/runs"));
}

// A level of about 100 with noise of a percent, and then one more value.
std::vector<double> steady_then(double last) {
    std::vector<double> values;
    for (int i = 0; i < 15; ++i) {
        values.push_back(100 + (i * 7) % 5 * 0.4);
    }
    values.push_back(last);
    return values;
}

json::object compared(const ToldProject& project, std::vector<std::string> words, int code) {
    words.insert(words.begin(), "compare");
    words.insert(words.end(), {"--format", "json"});
    const auto ended = project.assay(words);
    INFO(ended.err);
    CHECK(ended.exit_code == code);
    return document_of(ended.out, "comparison.json");
}

} // namespace

TEST_CASE("two files are compared by their series, said to be advisory, and recorded nowhere") {
    const ToldProject project;
    project.box().write("before.json", google_file(100));
    project.box().write("after.json", google_file(120, "2026-11-22T10:00:00Z"));
    const auto ended = project.assay({"compare", "before.json", "after.json"});
    INFO(ended.err);
    CHECK(ended.exit_code == 5); // one run each: nobody knows how much runs differ
    CHECK(has(ended.out, "bench/BM_Sort/64"));
    CHECK(has(ended.out, "+20.0 %"));
    CHECK(has(ended.out, "undecided"));
    CHECK(has(ended.out,
              "note  advisory: two files measured at different times, not interleaved; "
              "one run each"));
    CHECK(nothing_recorded(project));
}

TEST_CASE("the document of two files says advisory, and has every metric with its word") {
    const ToldProject project;
    project.box().write("before.json", google_file(100));
    project.box().write("after.json", google_file(120));
    const json::object document = compared(project, {"before.json", "after.json"}, 5);
    CHECK(document.at("advisory") == true);
    CHECK(document.at("old").at("format") == "google_benchmark");
    const json::value& one = document.at("cases").at(0);
    CHECK(one.at("verdict") == "undecided");
    CHECK(one.at("word") == "noisy");
    CHECK(one.at("ratio").to_number<double>() == doctest::Approx(1.2));
    CHECK(one.at("old_time").to_number<double>() == doctest::Approx(100e-9));
    CHECK(one.at("metrics").at(0).at("key") == "cpu_time");
    CHECK(document.at("summary").at("undecided") == 1);
}

TEST_CASE("exact figures of two files are decided, and a time beside them is not") {
    const ToldProject project;
    project.box().write("before.txt", sized_file(4096));
    project.box().write("after.txt", sized_file(4100));
    project.box().write("smaller.txt", sized_file(4000));
    const json::object worse = compared(project, {"before.txt", "after.txt"}, 1);
    const json::value& one = worse.at("cases").at(0);
    CHECK(one.at("verdict") == "undecided");
    CHECK(one.at("metrics").at(0).at("key") == "text_bytes");
    CHECK(one.at("metrics").at(0).at("verdict") == "worse");
    CHECK(one.at("metrics").at(0).at("exact") == true);
    CHECK(worse.at("summary").at("worse_metrics") == 1);
    const json::object better = compared(project, {"before.txt", "smaller.txt"}, 5);
    CHECK(better.at("cases").at(0).at("metrics").at(0).at("verdict") == "better");
    const auto text = project.assay({"compare", "before.txt", "after.txt"});
    CHECK(has(text.out, "worse (time: undecided)"));
}

TEST_CASE("a case without a time is told by another figure") {
    const ToldProject project;
    const auto file = [](int bytes) {
        return R"({"sums": {"file-size": {"value": )" + std::to_string(bytes) + "}}}";
    };
    project.box().write("before.json", file(4096));
    project.box().write("after.json", file(8192));
    const json::object document = compared(project, {"before.json", "after.json"}, 5);
    const json::value& one = document.at("cases").at(0);
    CHECK(one.at("verdict").is_null());
    CHECK(one.at("metric") == "file_size");
    CHECK(one.at("new") == 8192);
    const auto text = project.assay({"compare", "before.json", "after.json"});
    CHECK(has(text.out, "file_size"));
    CHECK(has(text.out, "KiB"));
    CHECK_FALSE(has(text.out, "time:"));
}

TEST_CASE("a file that is a whole history tells how much runs differ, and decides") {
    const ToldProject project;
    project.box().write("old.js", branch_store(steady_then(100.8)));
    project.box().write("new.js", branch_store(steady_then(140)));
    const auto which = project.assay({"compare", "old.js", "new.js"});
    CHECK(which.exit_code == 2);
    CHECK(has(which.err, "old.js holds 16 runs, and --old-run names none"));
    CHECK(has(which.err, "c16"));
    const json::object worse =
        compared(project, {"old.js", "new.js", "--old-run", "c15", "--new-run", "newest"}, 1);
    CHECK(worse.at("cases").at(0).at("verdict") == "slower");
    CHECK(has(worse.at("cases").at(0).at("word").as_string(), "regressed"));
    const json::object same =
        compared(project, {"old.js", "old.js", "--old-run", "c15", "--new-run", "c16"}, 0);
    CHECK(same.at("cases").at(0).at("verdict") == "same");
    CHECK(project.assay({"compare", "old.js", "old.js", "--old-run", "c1", "--new-run", "c16"})
              .exit_code == 2);
}

TEST_CASE("files of different machines are incomparable unless somebody says that it was one") {
    const ToldProject project;
    project.box().write("before.txt", sized_file(4096));
    project.box().write("after.txt", "goarch: arm64\n" + sized_file(4096).substr(26));
    const json::object apart = compared(project, {"before.txt", "after.txt"}, 4);
    CHECK(apart.at("cases").at(0).at("status") == "incomparable");
    const json::object one = compared(project, {"before.txt", "after.txt", "--platform", "lab"}, 5);
    CHECK(one.at("cases").at(0).at("status") == "compared");
}

TEST_CASE("a case that broke in the new file is a failure, and one that is lost too") {
    const ToldProject project;
    const std::string head = "pkg: p\nBenchmarkA 10 5 ns/op\n";
    project.box().write("before.txt", head + "BenchmarkB 10 5 ns/op\n");
    project.box().write("broken.txt", head + "--- FAIL: BenchmarkB\n");
    project.box().write("lost.txt", head);
    const json::object broken = compared(project, {"before.txt", "broken.txt"}, 3);
    CHECK(broken.at("cases").at(1).at("status") == "failed");
    const json::object lost = compared(project, {"before.txt", "lost.txt"}, 3);
    CHECK(lost.at("cases").at(1).at("status") == "only_in_old");
    const json::object grown = compared(project, {"lost.txt", "before.txt"}, 5);
    CHECK(grown.at("cases").at(1).at("status") == "only_in_new");
}

TEST_CASE("a case that only the old file has is lost on every side of the answer") {
    const ToldProject project;
    const std::string head = "pkg: p\nBenchmarkA 10 5 ns/op\n";
    project.box().write("before.txt", head + "BenchmarkB 10 5 ns/op\n");
    project.box().write("after.txt", head);
    const auto text = project.assay({"compare", "before.txt", "after.txt"});
    CHECK(text.exit_code == 3);
    CHECK(has(text.out, "LOST  p/BenchmarkB: only the old file has it"));
    CHECK_FALSE(has(text.out, "FAIL"));
    CHECK_FALSE(has(text.out, "failed"));
    const json::object document = compared(project, {"before.txt", "after.txt"}, 3);
    CHECK(document.at("cases").at(1).at("reason") == "only the old file has it");
    CHECK(document.at("summary").at("failed") == 0);
}

TEST_CASE("what cannot be compared for a zero is what the exit code is about") {
    const ToldProject project;
    const auto file = [](double time, double cpu) {
        return fmt::format(R"({{"context": {{"date": "2026-11-21T10:00:00Z", "num_cpus": 8,
            "executable": "./bench"}}, "benchmarks": [{{"name": "A", "run_name": "A",
            "run_type": "iteration", "iterations": 10, "real_time": {}, "cpu_time": {},
            "time_unit": "ns"}}]}})",
                           time,
                           cpu);
    };
    project.box().write("zero.json", file(0, 5));
    project.box().write("zero_cpu.json", file(5, 0));
    project.box().write("five.json", file(5, 5));
    const auto lost = project.assay({"compare", "zero.json", "five.json"});
    CHECK(lost.exit_code == 4);
    CHECK(has(lost.out, "1 case: 1 incomparable"));
    CHECK_FALSE(has(lost.out, "undecided"));
    const auto beside = project.assay({"compare", "zero_cpu.json", "five.json"});
    CHECK(beside.exit_code == 4);
    CHECK(has(beside.out, "1 case: 1 undecided"));
    CHECK(has(beside.out,
              "1 figure of compared cases cannot be compared, which alone is exit 4: "
              "bench/A cpu_time"));
}

TEST_CASE("filters after the files choose cases, and only those count for the exit code") {
    const ToldProject project;
    const std::string head = "pkg: p\nUnit text-bytes assume=exact better=lower\n";
    project.box().write("a.txt", head + "BenchmarkA 1 5 text-bytes\nBenchmarkB 1 5 text-bytes\n");
    project.box().write("b.txt", head + "BenchmarkA 1 5 text-bytes\nBenchmarkB 1 6 text-bytes\n");
    CHECK(compared(project, {"a.txt", "b.txt"}, 1).at("cases").as_array().size() == 2);
    const json::object chosen = compared(project, {"a.txt", "b.txt", "BenchmarkA"}, 0);
    CHECK(chosen.at("cases").as_array().size() == 1);
    CHECK(chosen.at("summary").at("cases") == 1);
    CHECK(compared(project, {"a.txt", "b.txt", "!BenchmarkA"}, 1).at("cases").as_array().size() ==
          1);
}

TEST_CASE("a folder of another tool is found out without naming its importer") {
    const ToldProject project;
    const auto write_run = [&](const std::string& sha, std::int64_t day, double seconds) {
        project.box().write("asv/lab/" + sha + "-py3.json",
                            fmt::format(R"({{"commit_hash": "{}", "env_name": "py3", "date": {},
                "params": {{"machine": "lab", "cpu": "c"}}, "python": "3", "requirements": {{}},
                "env_vars": {{}}, "result_columns": ["result"],
                "results": {{"mod.time_two": [[{}]]}}, "durations": {{}}, "version": 2}})",
                                        sha,
                                        1'600'000'000'000 + day * 86'400'000,
                                        seconds));
    };
    write_run("aaaaaaaa", 0, 0.5);
    write_run("bbbbbbbb", 1, 0.6);
    project.box().write("asv/lab/machine.json", R"({"machine": "lab", "cpu": "c", "version": 1})");
    const auto which = project.assay({"compare", "asv", "asv"});
    INFO(which.err);
    CHECK(which.exit_code == 2);
    CHECK(has(which.err, "--old-run takes the first digits of a commit"));
    const json::object two =
        compared(project, {"asv", "asv", "--old-run", "aaaa", "--new-run", "bbbb"}, 5);
    CHECK(two.at("cases").at(0).at("ratio").to_number<double>() == doctest::Approx(1.2));
    const auto gate = project.assay({"gate", "--results", "asv", "--against", "asv"});
    CHECK(gate.exit_code == 2);
    CHECK(has(gate.err, "--against-run takes"));
    CHECK_FALSE(has(gate.err, "--new-run"));
}

TEST_CASE("an importer can be named, and a folder is a file of one then") {
    const ToldProject project;
    project.box().write("before.txt", sized_file(1));
    project.box().write("after.txt", sized_file(1));
    CHECK(project.assay({"compare", "before.txt", "after.txt", "--importer", "go-benchfmt"})
              .exit_code == 5);
    CHECK(project.assay({"compare", "before.txt", "after.txt", "--importer", "hyperfine"})
              .exit_code != 0);
    const auto none =
        project.assay({"compare", "before.txt", "after.txt", "--importer", "hyperfin"});
    CHECK(none.exit_code == 2);
    CHECK(has(none.err, "did you mean 'hyperfine'"));
    std::filesystem::create_directory(project.file("folder"));
    const auto folder =
        project.assay({"compare", "folder", "before.txt", "--importer", "go-benchfmt"});
    CHECK_FALSE(has(folder.err, "cannot compare"));
    CHECK(folder.exit_code != 0);
}
