// `assay import` as a user calls it: what is recorded, what is refused, and with which exit code.
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace assay;
using namespace assay::test;

namespace {

std::string google_run(double first, const std::string& date = "2026-11-21T10:00:00Z") {
    const auto row = [&](double time) {
        return R"({"name": "BM_Sort/64", "run_name": "BM_Sort/64", "run_type": "iteration",
            "iterations": 1000, "real_time": )" +
               std::to_string(time) + R"(, "cpu_time": )" + std::to_string(time) +
               R"(, "time_unit": "ns"})";
    };
    return R"({"context": {"date": ")" + date +
           R"(", "num_cpus": 8, "executable": "./bench", "library_build_type": "release"},
        "benchmarks": [)" +
           row(first) + "," + row(first * 1.01) + "," + row(first * 0.99) + "]}";
}

std::vector<history::RunRow> runs_in(const ToldProject& project) {
    auto rows = project.store()->runs({});
    REQUIRE(rows.ok());
    return std::move(*rows);
}

} // namespace

TEST_CASE("a file is recognised and recorded, and the same file again adds nothing") {
    const ToldProject project;
    project.box().write("run.json", google_run(100));
    const auto first = project.assay({"import", "auto", "run.json", "--commit", "c1c1c1c"});
    CHECK(first.exit_code == 0);
    CHECK(has(first.out, "google_benchmark, 1 run, 1 case: recorded"));
    const auto again = project.assay({"import", "auto", "run.json", "--commit", "c1c1c1c"});
    CHECK(again.exit_code == 0);
    CHECK(has(again.out, "imported before: nothing added"));
    const auto rows = runs_in(project);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].kind == "import");
    CHECK(rows[0].sha == "c1c1c1c");
    CHECK(rows[0].points == 2);
    CHECK(rows[0].platform_label == "8_cpus");
}

TEST_CASE("cases without figures are told by name and reason when a file is imported") {
    const ToldProject project;
    std::string broken = google_run(100);
    const std::string time = "\"real_time\": 100.000000";
    broken.replace(broken.find(time), time.size(), "\"real_time\": NaN");
    project.box().write("nan.json", broken);
    const auto ended = project.assay({"import", "auto", "nan.json"});
    CHECK(has(ended.out, "without figures"));
    CHECK_MESSAGE(has(ended.out, "without figures: bench/BM_Sort/64, failed: non-finite"),
                  ended.out);
}

TEST_CASE("imported runs are a trend like any other") {
    const ToldProject project;
    for (int day = 1; day < 5; ++day) {
        const std::string file = "run" + std::to_string(day) + ".json";
        project.box().write(
            file, google_run(100 + day, "2026-11-0" + std::to_string(day) + "T10:00:00Z"));
        REQUIRE(project.assay({"import", "google-benchmark", file, "--branch", "main"}).exit_code ==
                0);
    }
    const auto trend = project.assay({"history", "trend", "bench/BM_Sort/64", "--format", "csv"});
    CHECK(trend.exit_code == 0);
    CHECK(has(trend.out, "1.04e-07"));
    CHECK(runs_in(project).size() == 4);
}

TEST_CASE("a whole store becomes a history, and what was added to it since is added") {
    const ToldProject project;
    const std::string head =
        R"(window.BENCHMARK_DATA = {"lastUpdate": 1, "repoUrl": "u", "entries": {"Go": [)";
    const auto entry = [](const std::string& commit, const std::string& date) {
        return R"({"commit": {"id": ")" + commit + R"("}, "date": )" + date +
               R"(, "tool": "go", "benches": [{"name": "B", "value": 10, "unit": "ns/op"}]})";
    };
    const std::string two = entry("a1", "1574820000000") + "," + entry("b2", "1574906400000");
    project.box().write("data.js", head + two + "]}}");
    CHECK(has(project.assay({"import", "auto", "data.js"}).out, "2 runs, 2 cases: recorded"));
    project.box().write("data.js", head + two + "," + entry("c3", "1574992800000") + "]}}");
    const auto grown = project.assay({"import", "auto", "data.js", "--format", "json"});
    CHECK(grown.exit_code == 0);
    const auto document = document_of(grown.out, "import.json");
    CHECK(document.at("files").at(0).at("added") == 1);
    CHECK(runs_in(project).size() == 3);
}

TEST_CASE("a dry run shows the figures and records nothing") {
    const ToldProject project;
    project.box().write("run.json", google_run(100));
    const auto ended = project.assay({"import", "auto", "run.json", "--dry-run"});
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.out, "bench/BM_Sort/64"));
    CHECK(has(ended.out, "100 ns"));
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
}

TEST_CASE("an unknown file is exit 2 and names no guess") {
    const ToldProject project;
    project.box().write("notes.txt", "nothing to see\n");
    const auto ended = project.assay({"import", "auto", "notes.txt"});
    CHECK(ended.exit_code == 2);
    CHECK(has(ended.err, "the format is unknown"));
    const auto missing = project.assay({"import", "auto", "no-such-file"});
    CHECK(missing.exit_code == 2);
    const auto misspelt = project.assay({"import", "hyprfine", "notes.txt"});
    CHECK(misspelt.exit_code == 2);
    CHECK(has(misspelt.err, "did you mean 'hyperfine'"));
}

TEST_CASE("a damaged file is exit 3, and recorded only when that is asked for") {
    const ToldProject project;
    const std::string whole = google_run(100);
    project.box().write("cut.json", whole.substr(0, whole.size() - 40));
    const auto refused = project.assay({"import", "auto", "cut.json"});
    CHECK(refused.exit_code == 3);
    CHECK(has(refused.err, "--allow-partial"));
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
    const auto taken = project.assay({"import", "auto", "cut.json", "--allow-partial"});
    CHECK(taken.exit_code == 0);
    const auto run = project.store()->run("latest");
    REQUIRE(run.ok());
    CHECK(run->points.front().figures->n == 2);
    CHECK(run->status == "cancelled"); // what it lacks was not measured away
    CHECK_FALSE(run->metadata.at("partial").get_string().empty());
    CHECK(has(project.assay({"history", "show"}).out, "partial"));
}

TEST_CASE("an empty file is exit 4 and called empty, whatever the format") {
    const ToldProject project;
    project.box().write("empty.json", "");
    for (const char* const format : {"auto", "google-benchmark"}) {
        const auto ended = project.assay({"import", format, "empty.json"});
        CHECK(ended.exit_code == 4);
        CHECK(has(ended.err, "empty.json is empty"));
    }
}

TEST_CASE("a file without a result is exit 4") {
    const ToldProject project;
    project.box().write("none.json", R"({"context": {"num_cpus": 1}, "benchmarks": []})");
    const auto ended = project.assay({"import", "google-benchmark", "none.json"});
    CHECK(ended.exit_code == 4);
    CHECK(has(ended.err, "holds no result"));
}

TEST_CASE("a file over the limit is refused without being read") {
    const ToldProject project;
    const std::string path = project.file("huge.json").string();
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(fd >= 0);
    REQUIRE(::ftruncate(fd, off_t{1} << 30) == 0); // a hole: it takes no space
    ::close(fd);
    const auto ended = project.assay({"import", "auto", "huge.json"});
    CHECK(ended.exit_code == 3);
    CHECK(has(ended.err, "nothing of it was read"));
}

TEST_CASE("the importers are listed") {
    const ToldProject project;
    const auto ended = project.assay({"list", "--importers"});
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.out, "google_benchmark"));
    CHECK(has(ended.out, "go_benchfmt"));
}

TEST_CASE("imported runs belong to the project that they are imported in") {
    const ToldProject project;
    project.box().write(".assay/assay.json", R"({"project": "router"})");
    project.box().write("run.json", google_run(100));
    const auto ended = project.assay({"import", "google-benchmark", "run.json"});
    REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    CHECK(project.store()->run("latest")->project == "router");
}

TEST_CASE("a run from the future is kept and told, whoever says its date") {
    const ToldProject project;
    project.box().write("figures.json", google_run(100, "2199-01-01T00:00:00Z"));
    const auto by_file = project.assay({"import", "google-benchmark", "figures.json"});
    CHECK(by_file.exit_code == 0);
    CHECK(has(by_file.err, "figures.json: its run of 2199-01-01 00:00:00 UTC lies in the future"));
    project.box().write("line.txt", "BenchmarkSum 100 12 ns/op\n");
    const auto by_option =
        project.assay({"import", "go_benchfmt", "line.txt", "--date", "2199-02-01"});
    CHECK(by_option.exit_code == 0);
    CHECK(has(by_option.err, "lies in the future"));
    CHECK(project.store()->runs({})->size() == 2);
    const auto absurd =
        project.assay({"import", "go_benchfmt", "line.txt", "--date", "12999-02-01"});
    CHECK(absurd.exit_code == 2);
    CHECK(has(absurd.err, "from 1970 to 2261"));
    const auto past = project.assay({"import", "go_benchfmt", "line.txt", "--date", "2020-02-01"});
    CHECK_FALSE(has(past.err, "future"));
}

TEST_CASE("a date that is no time is told as it is written, and now stands for it") {
    const ToldProject project;
    project.box().write("figures.json", google_run(100, "3026-01-01T00:00:00Z"));
    const auto told = project.assay({"import", "google-benchmark", "figures.json"});
    CHECK(told.exit_code == 0);
    CHECK(has(told.err,
              "figures.json says \"3026-01-01T00:00:00Z\" for when it was measured, which is no "
              "time from 1970 to 2261, and now stands for it"));
    CHECK(has(project.assay({"history", "show"}).out, "how long it took is not known"));
}

TEST_CASE("what is said of a file has to say something, and a commit has hexadecimal digits") {
    const ToldProject project;
    project.box().write("run.json", google_run(100));
    for (const char* const option : {"--platform", "--commit", "--branch", "--date", "--history"}) {
        const auto empty = project.assay({"import", "auto", "run.json", option, ""});
        CHECK_MESSAGE(empty.exit_code == 2, option);
        CHECK_MESSAGE(has(empty.err, option), empty.err);
    }
    for (const char* const commit : {"/xyz", "main", "4f2c1d", "4f2c1d0 "}) {
        const auto wrong = project.assay({"import", "auto", "run.json", "--commit", commit});
        CHECK_MESSAGE(wrong.exit_code == 2, commit);
        CHECK_MESSAGE(has(wrong.err, "hexadecimal digits"), wrong.err);
    }
    for (const char* const branch : {"a b", "-x", "a..b", "a~1", "x/"}) {
        const auto wrong = project.assay({"import", "auto", "run.json", "--branch", branch});
        CHECK_MESSAGE(wrong.exit_code == 2, branch);
        CHECK_MESSAGE(has(wrong.err, "can be no branch of git"), wrong.err);
    }
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
    REQUIRE(project.assay({"import", "auto", "run.json", "--commit", "4F2C1D0ABCDEF"}).exit_code ==
            0);
    CHECK(project.store()->run("4f2c1d0")->git.sha == "4f2c1d0abcdef");
}

TEST_CASE("a folder of files is no store, and its listing no results") {
    const ToldProject project;
    project.box().write("results/a.json", google_run(100));
    project.box().write("results/b.txt", "BenchmarkSum 100 12 ns/op\n");
    const auto guessed = project.assay({"import", "auto", "results"});
    CHECK(guessed.exit_code == 2);
    CHECK(has(guessed.err, "assay import auto results/*"));
    for (const char* const format : {"go_benchfmt", "google-benchmark", "csv_series", "junit"}) {
        const auto named = project.assay({"import", format, "results"});
        CHECK_MESSAGE(named.exit_code == 3, format);
        CHECK_MESSAGE(has(named.err, "it is a folder"), named.err);
    }
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
    CHECK(project.assay({"import", "auto", "results/a.json", "results/b.txt"}).exit_code == 0);
}

TEST_CASE("files of a folder that are none of its tool's are named") {
    const ToldProject project;
    project.box().write("asv/benchmarks.json", "{}");
    project.box().write("asv/m/4f2c1d0a-env.json",
                        R"({"commit_hash": "4f2c1d0a", "date": 1574820000000, "version": 1,
                            "params": {"machine": "m"}, "results": {"mod.time": 0.5}})");
    project.box().write("asv/b.txt", "BenchmarkSum 100 12 ns/op\n");
    const auto ended = project.assay({"import", "auto", "asv"});
    CHECK_MESSAGE(ended.exit_code == 0, ended.err);
    CHECK(has(ended.err, "a file of the folder is none of asv's, and not read: b.txt"));
}

TEST_CASE("a third project begins its history in a database of two others") {
    const ToldProject project;
    project.box().write("run.json", google_run(100));
    for (const std::string name : {"router", "rag", "vision"}) {
        project.box().write(".assay/assay.json", R"({"project": ")" + name + R"("})");
        const auto ended = project.assay({"import", "auto", "run.json", "--branch", name});
        CHECK_MESSAGE(ended.exit_code == 0, name, ": ", ended.err);
    }
    CHECK(project.store()->projects()->size() == 3);
}
