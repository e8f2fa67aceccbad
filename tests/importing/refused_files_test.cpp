// What `assay compare` does not take for two files of other tools, and what it says then.
#include "told_files.hpp"
#include "told_project.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;

namespace {

struct Refusal {
    std::vector<std::string> words;
    int code;
    std::string says;
};

void check(const ToldProject& project, const Refusal& expected) {
    std::vector<std::string> words = expected.words;
    words.insert(words.begin(), "compare");
    const auto ended = project.assay(words);
    INFO(ended.err);
    CHECK(ended.exit_code == expected.code);
    CHECK(has(ended.err, expected.says));
    CHECK(ended.out.empty());
}

} // namespace

TEST_CASE("words that name things of two kinds are refused") {
    const ToldProject project;
    project.box().write("a.json", google_file(100));
    project.box().write("ours.json", R"({"schema": "assay.results/1", "run": {}, "cases": []})");
    project.box().write("sorted.json", R"({"cases": [], "run": {}, "schema" : "assay.results/1"})");
    project.box().write("x.assay.so", "no library");
    check(project, {{"a.json", "x.assay.so"}, 2, "x.assay.so, a build"});
    check(project, {{"a.json", "@main"}, 2, "@main, a build"});
    check(project, {{"run:latest", "a.json"}, 2, "run:latest, a recorded run"});
    check(project, {{"ours.json", "a.json"}, 2, "ours.json, a recorded run"});
    check(project, {{"sorted.json", "a.json"}, 2, "sorted.json, a recorded run"});
    check(project, {{"a.json", "none.json"}, 2, "there is no file or folder 'none.json'"});
}

TEST_CASE("files that no importer reads to their end are refused") {
    const ToldProject project;
    const std::string whole = google_file(100);
    project.box().write("a.json", whole);
    project.box().write("cut.json", whole.substr(0, whole.size() - 40));
    project.box().write("notes.txt", "nothing to see\n");
    project.box().write("empty.json", R"({"context": {"num_cpus": 1}, "benchmarks": []})");
    check(project, {{"a.json", "cut.json"}, 3, "cut.json is damaged"});
    check(project, {{"notes.txt", "a.json"}, 2, "notes.txt: the format is unknown"});
    check(project,
          {{"empty.json", "a.json", "--importer", "google-benchmark"}, 4, "holds no result"});
}

TEST_CASE("a file is not held against itself, and not against one without a common series") {
    const ToldProject project;
    project.box().write("a.json", google_file(100));
    project.box().write("same.json", google_file(100));
    project.box().write("b.txt", sized_file(1));
    check(project, {{"a.json", "a.json"}, 2, "held against itself"});
    check(project, {{"a.json", "./a.json"}, 2, "held against itself"});
    check(project, {{"-", "-"}, 2, "standard input can be read once"});
    check(project, {{"a.json", "b.txt"}, 4, "no series in common"});
    CHECK(project.assay({"compare", "a.json", "same.json"}).exit_code == 5);
}

TEST_CASE("options that would not be heeded are refused") {
    const ToldProject project;
    project.box().write("a.json", google_file(100));
    project.box().write("b.json", google_file(110));
    check(project, {{"a.json", "b.json", "--budget", "10s"}, 2, "--budget says how to measure"});
    check(project, {{"a.json", "b.json", "--margin", "2%"}, 2, "--margin says how to measure"});
    check(project, {{"a.json", "b.json", "BM_Srot"}, 2, "no case of a.json and b.json"});
    check(project, {{"a.json", "b.json", "--history", "h.db"}, 2, "--history is about"});
    check(project,
          {{"@old", "@new", "--old-run", "c1"}, 2, "--old-run is about files of other tools"});
    check(project, {{"a.json", "b.json", "--new-run", "c1"}, 2, "b.json holds no run 'c1'"});
}
