// `assay history backup, compact, exclude`.
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace history_upkeep_test {

using namespace assay;
using namespace assay::test;

namespace {

std::size_t points_of_trend(const ToldProject& project, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"history", "trend", kCase, "--format", "json"};
    words.insert(words.end(), more.begin(), more.end());
    const auto ended = project.assay(words);
    if (ended.exit_code == 4) {
        return 0;
    }
    const auto document = document_of(ended.out, "history.json");
    return document.at("series").at(0).at("points").get_array().size();
}

} // namespace

TEST_CASE("a backup is a whole history of its own") {
    const ToldProject project;
    project.record_all({8.0, 8.1, 8.2});
    const auto ended = project.assay({"history", "backup", "copy.db"});
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.out, "copy.db"));
    project.record_all({8.3}, 4);
    const auto stats = document_of(
        project.assay({"history", "stats", "--format", "json", "--history", "copy.db"}).out,
        "history.json");
    CHECK(stats.at("stats").at("runs") == 3);
    CHECK(project.assay({"history", "backup", "no/such/folder/copy.db"}).exit_code == 3);
}

TEST_CASE("compact says what would go and changes nothing in a dry run") {
    const ToldProject project;
    project.record_all({8.0, 8.1});
    const auto dry = project.assay(
        {"history", "compact", "--dry-run", "--samples-days", "1", "--format", "json"});
    CHECK(dry.exit_code == 0);
    const auto would = document_of(dry.out, "history.json");
    CHECK(would.at("dry_run") == true);
    CHECK(would.at("compacted").at("bytes_after").is_null());
    const auto done = document_of(
        project.assay({"history", "compact", "--samples-days", "1", "--format", "json"}).out,
        "history.json");
    CHECK(done.at("dry_run") == false);
    CHECK(done.at("compacted").at("samples_before") == would.at("compacted").at("samples_before"));
    CHECK(points_of_trend(project) == 2);
    CHECK(has(project.assay({"history", "compact", "--dry-run"}).out, "would be"));
}

TEST_CASE("an excluded run counts for no trend until that is taken back") {
    const ToldProject project;
    project.record_all({8.0, 80.0});
    const auto excluded = project.assay({"history", "exclude", "latest", "--why", "a slip"});
    CHECK(excluded.exit_code == 0);
    CHECK(has(excluded.out, "excluded: 1 point of run "));
    CHECK(points_of_trend(project) == 1);
    CHECK(points_of_trend(project, {"--excluded-too"}) == 2);
    CHECK(has(project.assay({"history", "runs"}).out, "excluded"));
    CHECK(project.assay({"history", "exclude", "latest", "--undo"}).exit_code == 0);
    CHECK(points_of_trend(project) == 2);
}

TEST_CASE("an exclusion without a reason is refused, and nothing is excluded") {
    const ToldProject project;
    project.record_all({8.0});
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{}, {"--why", "  "}, {"--case", kCase}}) {
        std::vector<std::string> words{"history", "exclude", "latest"};
        words.insert(words.end(), more.begin(), more.end());
        const auto ended = project.assay(words);
        CHECK(ended.exit_code == 2);
        CHECK(has(ended.err, "an exclusion needs its reason"));
        CHECK(has(ended.err, "--why"));
    }
    CHECK(points_of_trend(project) == 1);
}

TEST_CASE("one case of a run can be excluded and a misspelt one is told the nearest") {
    const ToldProject project;
    project.record_all({8.0});
    const auto wrong = project.assay(
        {"history", "exclude", "latest", "--case", "sums/ad[n=64]", "--why", "a slip"});
    CHECK(wrong.exit_code == 2);
    CHECK(has(wrong.err, "did you mean '" + std::string(kCase) + "'"));
    CHECK(project.assay({"history", "exclude", "latest", "--case", kCase, "--why", "a slip"})
              .exit_code == 0);
    CHECK(points_of_trend(project) == 0);
}

TEST_CASE("why a run was excluded is told wherever the run is shown, and why it counts again") {
    const ToldProject project;
    project.record_all({8.0, 9.0});
    REQUIRE(project.assay({"history", "exclude", told_uuid(1), "--why", "the backup ran meanwhile"})
                .exit_code == 0);
    const auto shown = project.assay({"history", "show", told_uuid(1)});
    CHECK(has(shown.out, "excluded: 1 figure, "));
    CHECK(has(shown.out, ": the backup ran meanwhile\n"));
    CHECK_FALSE(has(project.assay({"history", "show", told_uuid(2)}).out, "excluded"));
    REQUIRE(project.assay({"history", "exclude", told_uuid(1), "--undo", "--why", "it did not"})
                .exit_code == 0);
    const auto again = project.assay({"history", "show", told_uuid(1)});
    CHECK(has(again.out, "counts again: 1 figure, "));
    CHECK(has(again.out, ": it did not\n"));
    const auto document = document_of(
        project.assay({"history", "show", told_uuid(1), "--format", "json"}).out, "history.json");
    CHECK(document.at("verdicts").at(0).at("detail").at("why") == "it did not");
}

TEST_CASE("who excludes a run twice hears when and why it was excluded, and nothing changes") {
    const ToldProject project;
    project.record_all({8.0, 9.0});
    REQUIRE(project.assay({"history", "exclude", told_uuid(1), "--why", "the first reason"})
                .exit_code == 0);
    const auto again =
        project.assay({"history", "exclude", told_uuid(1), "--why", "another reason"});
    CHECK(again.exit_code == 0);
    CHECK(has(again.out, "nothing changed"));
    CHECK(has(again.out, "is excluded already"));
    CHECK(has(again.out, "excluded: 1 figure, "));
    CHECK(has(again.out, ": the first reason"));
    CHECK_FALSE(has(project.assay({"history", "show", told_uuid(1)}).out, "another reason"));
    const auto undone = project.assay({"history", "exclude", told_uuid(2), "--undo"});
    CHECK(has(undone.out, "counts already"));
}

} // namespace history_upkeep_test
