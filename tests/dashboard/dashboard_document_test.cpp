// The document of a dashboard: fits its schema, and says what the store says.
#include "shown_project.hpp"
#include "support/file.hpp"
#include "support/schema.hpp"
#include "temporary_folder.hpp"
#include "tracking/dashboard/dashboard_document.hpp"
#include "tracking/dashboard/run_samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace dashboard_document_test {

using namespace assay;
using namespace assay::test;

namespace {

constexpr std::int64_t kLater = 1'900'000'000LL * 1'000'000'000;

class TestedStore {
public:
    explicit TestedStore(const ShownShape& shape)
        : store_(open()) {
        fill(*store_, shape);
    }

    TestedStore()
        : store_(open()) {}

    [[nodiscard]] history::Store& get() const { return *store_; }

    [[nodiscard]] Result<tracking::Dashboard> read(tracking::DashboardChoice choice = {}) const {
        choice.now = kLater;
        return tracking::read_dashboard(*store_, choice, {}, tracking::each_in_turn);
    }

    [[nodiscard]] tracking::Dashboard shown(tracking::DashboardChoice choice = {}) const {
        auto read_all = read(std::move(choice));
        REQUIRE_MESSAGE(read_all.ok(), read_all.error().message);
        return std::move(*read_all);
    }

private:
    [[nodiscard]] std::unique_ptr<history::Store> open() const {
        auto store = history::open_store(folder_.file("history.db"), {.create = true});
        REQUIRE_MESSAGE(store.ok(), store.error().message);
        return std::move(*store);
    }

    TemporaryFolder folder_;
    std::unique_ptr<history::Store> store_;
};

void check_schema(const json::object& document) {
    const auto read = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/dashboard.json");
    REQUIRE(read.ok());
    const auto schema = Schema::compile(*read, SchemaLevel::host);
    REQUIRE_MESSAGE(schema.ok(), schema.error().message);
    const auto parsed = parse_json(write_json(document));
    REQUIRE(parsed.ok());
    for (const SchemaProblem& problem : schema->validate(*parsed)) {
        FAIL_CHECK(to_text(problem));
    }
}

const tracking::DashboardSeries& series_named(const tracking::DashboardBranch& branch,
                                              const std::string& name) {
    const auto found = std::ranges::find_if(
        branch.series, [&name](const auto& one) { return one.row.series.case_id == name; });
    REQUIRE(found != branch.series.end());
    return *found;
}

} // namespace

TEST_CASE("a dashboard of two platforms fits its schema") {
    const TestedStore store({.series = 10, .runs = 40, .platforms = 2, .hostile = true});
    const json::object document = tracking::dashboard_document(store.shown());
    check_schema(document);
    CHECK(document.at("branches").as_array().size() == 2);
}

TEST_CASE("a dashboard has every point that the store has, with its interval and its run") {
    const ShownShape shape{.series = 10, .runs = 30};
    const TestedStore store(shape);
    const tracking::Dashboard shown = store.shown();
    REQUIRE(shown.branches.size() == 1);
    const tracking::DashboardBranch& branch = shown.branches.front();
    REQUIRE(branch.runs.size() == 30);
    REQUIRE(branch.series.size() == 10);
    for (const tracking::DashboardSeries& series : branch.series) {
        const auto points = store.get().points(series.row.id, {.failures_too = true});
        REQUIRE(points.ok());
        REQUIRE(points->size() == series.points.size());
        for (std::size_t i = 0; i < points->size(); ++i) {
            const tracking::DashboardPoint& point = series.points[i];
            CHECK(branch.runs[point.run].row.uuid == (*points)[i].run_uuid);
            REQUIRE(point.figures.has_value() == (*points)[i].figures.has_value());
            if (point.figures) {
                CHECK(point.figures->center == (*points)[i].figures->center);
                CHECK(point.figures->lo == (*points)[i].figures->lo);
                CHECK(point.figures->hi == (*points)[i].figures->hi);
            }
        }
    }
}

TEST_CASE("a dashboard's words are those that compare_with_baselines says of the newest run") {
    const ShownShape shape{.series = 10, .runs = 40};
    const TestedStore store(shape);
    const tracking::Dashboard shown = store.shown();
    const auto run = store.get().run("latest");
    REQUIRE(run.ok());
    const auto words = tracking::compare_with_baselines(store.get(), *run, {});
    REQUIRE(words.ok());
    for (const tracking::ComparedSeries& word : *words) {
        const auto& series = series_named(shown.branches.front(), word.series.case_id);
        REQUIRE(series.judged);
        CHECK(series.judged->verdict.word == word.verdict.word);
        CHECK(series.judged->center == word.center);
    }
    const auto& slower = series_named(shown.branches.front(), shown_case(0, shape));
    CHECK(slower.judged->verdict.word == verdict::StoredWord::regressed);
    REQUIRE(slower.limit);
    CHECK(slower.limit->figure == doctest::Approx(*slower.judged->center * 1.1));
    CHECK(slower.limit->change == 0.1);
}

TEST_CASE("the limit of a share lies five points away, whatever others have in per cent") {
    const ShownShape shape{.series = 10, .runs = 40};
    const TestedStore store(shape);
    const tracking::Dashboard shown = store.shown();
    const auto& hits = series_named(shown.branches.front(), shown_case(7, shape));
    REQUIRE(hits.judged);
    CHECK(hits.judged->verdict.finding->scale == verdict::ChangeScale::points);
    REQUIRE(hits.limit);
    CHECK(hits.limit->figure == doctest::Approx(*hits.judged->center - 0.05));
    CHECK(hits.limit->change == 0.05);
    // No share can fall below nothing: there is no such limit.
    const tracking::Dashboard wide = store.shown({.threshold_points = 0.9});
    CHECK_FALSE(series_named(wide.branches.front(), shown_case(7, shape)).limit);
}

TEST_CASE("a series whose case broke in its newest run has no verdict, and its point a status") {
    const ShownShape shape{.series = 10, .runs = 40};
    const TestedStore store(shape);
    const tracking::Dashboard shown = store.shown();
    const auto& broken = series_named(shown.branches.front(), shown_case(5, shape));
    CHECK_FALSE(broken.points.back().figures);
    CHECK(broken.points.back().status == measure::CaseStatus::crashed);
    CHECK_FALSE(broken.unjudged.empty());
}

TEST_CASE("samples are those of the newest run and of the run before the newest step") {
    const ShownShape shape{.series = 4, .runs = 40};
    const TestedStore store(shape);
    const tracking::Dashboard shown = store.shown();
    const auto& slower = series_named(shown.branches.front(), shown_case(0, shape));
    REQUIRE(slower.samples.size() == 2);
    CHECK(slower.samples[0].run == 39);
    CHECK(slower.samples[1].run == 27);
    const auto stored = store.get().run(shown.branches.front().runs[39].row.uuid);
    REQUIRE(stored.ok());
    const auto point = std::ranges::find_if(stored->points, [&](const history::Point& one) {
        return one.series.case_id == shown_case(0, shape);
    });
    REQUIRE(point != stored->points.end());
    CHECK(slower.samples[0].samples.launches == point->samples.launches);
}

TEST_CASE("samples of other runs are told behind those, the newest first") {
    const ShownShape shape{.series = 4, .runs = 40, .sampled = 4};
    const TestedStore store(shape);
    const tracking::Dashboard shown = store.shown();
    std::vector<std::size_t> runs;
    for (const auto& one : series_named(shown.branches.front(), shown_case(0, shape)).samples) {
        runs.push_back(one.run);
    }
    CHECK(runs == std::vector<std::size_t>{39, 27, 38, 37, 36});
}

TEST_CASE("where points fill a page, no samples of other runs are read") {
    const ShownShape shape{.series = 4, .runs = 40, .sampled = 4};
    const TestedStore store(shape);
    std::vector<tracking::DashboardBranch> branches = store.shown().branches;
    for (tracking::DashboardSeries& series : branches.front().series) {
        series.samples.resize(1);
    }
    tracking::DashboardSeries many{.row = {}};
    many.points.assign(tracking::kPointsBesideSamples, {.run = 0});
    auto& all = branches.front().series;
    all.push_back(std::move(many));
    REQUIRE(tracking::read_samples_of_others(store.get(), branches).ok());
    CHECK(all.front().samples.size() == 1);
    all.pop_back();
    REQUIRE(tracking::read_samples_of_others(store.get(), branches).ok());
    CHECK(all.front().samples.size() == 5);
}

TEST_CASE("runs of one commit stand behind each other, before the next commit") {
    const ShownShape shape{.series = 2, .runs = 6};
    const TestedStore store;
    std::vector<history::Run> runs;
    for (std::size_t i = 0; i < shape.runs; ++i) {
        runs.push_back(shown_run(i, 0, shape));
    }
    const std::int64_t one = *runs[1].git.commit_time;
    for (const std::size_t again : {2U, 3U}) { // a minute after each other
        runs[again].git = runs[1].git;
        runs[again].started = runs[1].started + static_cast<std::int64_t>(again) * 60'000'000'000;
    }
    REQUIRE(store.get().record_all(runs).ok());
    std::vector<std::int64_t> times;
    for (const auto& run : store.shown().branches.front().runs) {
        times.push_back(run.when);
    }
    CHECK(std::ranges::is_sorted(times, std::less_equal<>()));
    CHECK(times[1] == one);
    CHECK(times[2] == one + 120'000'000'000);
    CHECK(times[3] == one + 180'000'000'000);
}

TEST_CASE("the newest so many runs are shown, and the others counted") {
    const TestedStore store({.series = 3, .runs = 40});
    const tracking::Dashboard shown = store.shown({.runs_max = 15});
    const tracking::DashboardBranch& branch = shown.branches.front();
    CHECK(branch.runs.size() == 15);
    CHECK(branch.series.front().points.size() == 15);
    CHECK(branch.series.front().points.front().run == 0);
    const tracking::Dashboard all = store.shown({.runs_max = 0});
    CHECK(all.branches.front().runs.size() == 40);
    CHECK(all.branches.front().runs_left_out == 0);
    CHECK(all.branches.front().runs.back().row.uuid == branch.runs.back().row.uuid);
}

TEST_CASE("platforms and filters narrow a dashboard, and what means nothing is refused") {
    const TestedStore store({.series = 6, .runs = 10, .platforms = 3});
    CHECK(store.shown({.platforms = {"lab_8c_16GiB", "host_2_4c"}}).branches.size() == 2);
    CHECK(store.shown({.filters = {"suite_1/"}}).branches.front().series.size() == 1);
    const auto unknown = store.read({.platforms = {"lab_9c_16GiB"}});
    REQUIRE_FALSE(unknown.ok());
    CHECK(unknown.error().kind == ErrorKind::usage);
    CHECK(contains(unknown.error().message, "--platforms"));
    const auto nothing = store.read({.filters = {"no_such_case"}});
    REQUIRE_FALSE(nothing.ok());
    CHECK(nothing.error().kind == ErrorKind::usage);
}

TEST_CASE("runs of two projects on one machine are not one line") {
    const TestedStore store;
    for (std::size_t number = 0; number < 12; ++number) {
        for (const char* const project : {"ours", "theirs"}) {
            history::Run run = shown_run(number, 0, {.series = 2, .runs = 12});
            run.project = project;
            run.uuid.replace(9, 4, project == std::string_view("ours") ? "0aaa" : "0bbb");
            REQUIRE(store.get().record(run).ok());
        }
    }
    const tracking::Dashboard both = store.shown();
    REQUIRE(both.branches.size() == 2);
    CHECK(both.branches[0].project == "ours");
    CHECK(both.branches[1].project == "theirs");
    for (const tracking::DashboardBranch& branch : both.branches) {
        CHECK(branch.runs.size() == 12);
        CHECK(branch.series.front().points.size() == 12);
    }
    REQUIRE(store.get().look_at("theirs").ok());
    const tracking::Dashboard one = store.shown({.project = "theirs"});
    REQUIRE(one.branches.size() == 1);
    CHECK(one.branches[0].runs.size() == 12);
}

TEST_CASE("an empty history gives a dashboard without branches, one run one without an analysis") {
    const TestedStore empty;
    const tracking::Dashboard nothing = empty.shown();
    CHECK(nothing.branches.empty());
    check_schema(tracking::dashboard_document(nothing));
    const TestedStore one({.series = 3, .runs = 1});
    const tracking::Dashboard single = one.shown();
    REQUIRE(single.branches.size() == 1);
    CHECK(single.branches.front().series.front().judged->verdict.word ==
          verdict::StoredWord::no_baseline);
    check_schema(tracking::dashboard_document(single));
}

} // namespace dashboard_document_test
