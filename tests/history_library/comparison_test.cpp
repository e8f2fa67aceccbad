// Runs and figures held against baselines and against other runs.
#include "outside.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;

namespace {

// Runs that differ by a percent or so, as runs do.
const std::vector<double> kSteady{8.00, 8.05, 7.97, 8.02, 7.99, 8.04, 7.96, 8.01, 8.03, 7.98};

std::string word_of(const Answer& answer, std::size_t series = 0) {
    REQUIRE(answer.rows.size() > series + 1);
    return answer.rows[series + 1].at(2);
}

} // namespace

TEST_CASE("without a baseline that somebody set a run is held against the runs before it") {
    const ToldProject project;
    project.record_all(kSteady);
    project.record(told(11, 12.0));
    const Answer worse = ask(project, {"compare", "latest"});
    CHECK(worse.rows.front() == std::vector<std::string>{"run", told_uuid(11), "-"});
    CHECK(word_of(worse) == "regressed");
    CHECK(worse.rows[1].at(3) == "severe");
    CHECK(worse.rows[1].at(4) == "12");
    CHECK(std::stod(worse.rows[1].at(5)) == doctest::Approx(8.005));
    CHECK(std::stod(worse.rows[1].at(6)) == doctest::Approx(12.0 / 8.005 - 1));
    project.record(told(12, 8.0));
    CHECK(word_of(ask(project, {"compare", "latest"})) == "unchanged");
    project.record(told(13, 4.0));
    CHECK(word_of(ask(project, {"compare", "latest"})) == "improved");
}

TEST_CASE("a run is never held against itself nor against what came after it") {
    const ToldProject project;
    project.record_all({8.0, 8.1, 7.9, 8.0});
    project.record_all({4.0, 4.0, 4.0, 4.0, 4.0}, 5);
    const Answer early = ask(project, {"compare", told_uuid(4)});
    CHECK(word_of(early) == "no_baseline");
    CHECK(has(early.rows[1].at(7), "3 of 3 runs count, a baseline needs 5"));
}

TEST_CASE("a pinned baseline is shown as assay baseline show has it and is held against") {
    const ToldProject project;
    project.record_all(kSteady);
    const auto pinned =
        project.assay({"baseline", "pin", kCase, "time", "6 s", "--why", "the old release"});
    REQUIRE_MESSAGE(pinned.exit_code == 0, pinned.err);
    const auto shown = project.assay({"baseline", "show", "--format", "json"});
    const json::object document = document_of(shown.out, "baselines.json");
    const json::value& figure =
        document.at("platforms").at(kLabel).at("figures").at(std::string(kCase) + " time");
    const Answer answer = ask(project, {"baselines", kCase});
    REQUIRE(answer.rows.size() == 1);
    CHECK(answer.rows[0] ==
          std::vector<std::string>{
              kCase, "time", "history", "6", "0", "pinned", "the old release", "-"});
    CHECK(figure.at("value").to_number<double>() == 6);
    const Answer compared = ask(project, {"compare", "latest"});
    CHECK(word_of(compared) == "regressed");
    CHECK(compared.rows[1].at(5) == "6");
}

TEST_CASE("two runs of a young branch do not stand for the noise of a baseline that main has set") {
    const ToldProject project;
    project.record_all(kSteady);
    REQUIRE(project.assay({"baseline", "pin", kCase, "time", "8 s", "--why", "agreed"}).exit_code ==
            0);
    const std::string left = told(10, 0).git.sha;
    REQUIRE_FALSE(left.empty());
    int number = 11;
    for (const double seconds : {8.0, 8.2, 12.0}) {
        history::Run run = told(number++, seconds);
        run.git.branch = "feature";
        run.git.merge_base = left;
        project.record(run);
    }
    CHECK(word_of(ask(project, {"compare", "latest"})) == "regressed");
}

TEST_CASE("a baseline comes from the file where the history has none, else from the runs") {
    const ToldProject project;
    project.record_all(kSteady);
    const Answer of_runs = ask(project, {"baselines"});
    CHECK(of_runs.rows.at(0).at(2) == "runs");
    CHECK(std::stod(of_runs.rows[0].at(3)) == doctest::Approx(8.005));
    CHECK(of_runs.rows[0].at(4) == "10");
    CHECK(of_runs.rows[0].at(5) == "segment");
    project.box().write(".assay/baselines.json",
                        std::string(R"({"schema":"assay.baselines/1","platforms":{")") + kLabel +
                            R"(":{"figures":{")" + kCase +
                            R"( time":{"value":2,"unit":"s","direction":"lower"}}}}})");
    const Answer of_file = ask(project, {"baselines"});
    CHECK(of_file.rows.at(0).at(2) == "file");
    CHECK(of_file.rows[0].at(3) == "2");
    CHECK(word_of(ask(project, {"compare", "latest"})) == "regressed");
}

TEST_CASE("too few runs are no baseline, and say how many there are") {
    const ToldProject project;
    project.record_all({8.0, 8.1});
    const Answer answer = ask(project, {"baselines"});
    CHECK(answer.rows.at(0).at(2) == "none");
    CHECK(answer.rows[0].at(3) == "-");
    CHECK(has(answer.rows[0].at(7), "2 of 2 runs count, a baseline needs 5"));
}

TEST_CASE("a series that somebody set a baseline for and that a run lacks is missing or failed") {
    const ToldProject project;
    project.record_all(kSteady);
    REQUIRE(project.assay({"baseline", "pin", kCase, "time", "8 s", "--why", "x"}).exit_code == 0);
    history::Run empty = told(11, 8.0);
    empty.points.front().series.case_id = "sums/other";
    project.record(empty);
    const Answer missing = ask(project, {"compare", "latest"});
    CHECK(missing.rows.at(1).at(0) == kCase);
    CHECK(word_of(missing) == "missing");
    CHECK(word_of(missing, 1) == "no_baseline");
    history::Run broken = told(12, 8.0);
    broken.points.clear();
    broken.failures.push_back(
        {.case_id = kCase, .status = measure::CaseStatus::crashed, .reason = "signal 11"});
    project.record(broken);
    const Answer failed = ask(project, {"compare", "latest"});
    CHECK(word_of(failed) == "failed");
    CHECK(has(failed.rows[1].at(7), "signal 11"));
}

TEST_CASE("two runs are compared by the noise of the runs around them") {
    const ToldProject project;
    project.record_all(kSteady);
    project.record(told(11, 12.0));
    const Answer worse = ask(project, {"compare", told_uuid(11), told_uuid(1)});
    CHECK(worse.rows.front() == std::vector<std::string>{"run", told_uuid(11), told_uuid(1)});
    CHECK(word_of(worse) == "regressed");
    CHECK(worse.rows[1].at(5) == "8");
    CHECK(std::stod(worse.rows[1].at(6)) == doctest::Approx(0.5));
    CHECK(word_of(ask(project, {"compare", told_uuid(10), told_uuid(1)})) == "unchanged");
}

TEST_CASE("two runs of a history that has no others are too noisy to tell") {
    const ToldProject project;
    project.record_all({8.0, 12.0});
    CHECK(word_of(ask(project, {"compare", told_uuid(2), told_uuid(1)})) == "noisy");
}

TEST_CASE("runs of two machines are incomparable, and what one run lacks is missing") {
    const ToldProject project;
    project.record_all(kSteady);
    project.record(told_elsewhere(11, 8.0, "other_box"));
    const Answer apart = ask(project, {"compare", told_uuid(11), told_uuid(1)});
    CHECK(word_of(apart) == "incomparable");
    CHECK(apart.rows[1].at(7) == "hardware");
    history::Run other = told(12, 8.0);
    other.points.front().series.metric = "peak_rss";
    other.points.front().series.unit = "By";
    project.record(other);
    const Answer lacking = ask(project, {"compare", told_uuid(12), told_uuid(1)});
    REQUIRE(lacking.rows.size() == 3);
    CHECK(word_of(lacking, 0) == "no_baseline");
    CHECK(word_of(lacking, 1) == "missing");
}

TEST_CASE("figures that were never recorded are held against the baselines of a platform") {
    const ToldProject project;
    project.record_all(kSteady);
    project.record(told_elsewhere(11, 1.0, "other_box"));
    // The told runs are of last year: a baseline that nobody set is too old for figures of now.
    CHECK(word_of(ask(project, {"measured", kLabel, kCase, "time", "12"})) == "stale_baseline");
    REQUIRE(
        project.assay({"baseline", "pin", kCase, "time", "8 s", "--why", "x", "--platform", kLabel})
            .exit_code == 0);
    const Answer worse = ask(project, {"measured", kLabel, kCase, "time", "12"});
    CHECK(worse.rows.front() == std::vector<std::string>{"run", "-", "-"});
    CHECK(word_of(worse) == "regressed");
    CHECK(word_of(ask(project, {"measured", "aaaaaaaa", kCase, "time", "8"})) == "unchanged");
    const Answer unknown = ask(project, {"measured", kLabel, "sums/ad", "time", "8"});
    CHECK(unknown.exit_code == 2);
    CHECK(unknown.rows.at(0).at(0) == "missing");
    CHECK(has(unknown.text, "there is no series 'sums/ad time'"));
}
