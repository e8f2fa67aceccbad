// The document of a report: fits its schema, and says what the dashboard of the history says.
#include "report_history.hpp"
#include "support/file.hpp"
#include "support/schema.hpp"
#include "tracking/report/trend_rows.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

namespace report_document_test {

using namespace assay;
using namespace assay::test;
using tracking::ReportOutcome;

namespace {

void check_report_schema(const json::object& document) {
    const auto read = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/report.json");
    REQUIRE(read.ok());
    const auto schema = Schema::compile(*read, SchemaLevel::host);
    REQUIRE_MESSAGE(schema.ok(), schema.error().message);
    const auto parsed = parse_json(write_json(document));
    REQUIRE(parsed.ok());
    for (const SchemaProblem& problem : schema->validate(*parsed)) {
        FAIL_CHECK(to_text(problem));
    }
}

const json::array& rows_of(const json::object& document, std::string_view list) {
    return document.at(list).at("rows").as_array();
}

std::int64_t count_at(const json::object& document, std::string_view outcome) {
    return document.at("summary").at("counts").at(outcome).to_number<std::int64_t>();
}

} // namespace

TEST_CASE("a report of two platforms fits its schema and counts every series once") {
    const ReportHistory history({.series = 10, .runs = 40, .platforms = 2, .hostile = true});
    const json::object document = history.document();
    check_report_schema(document);
    const json::object& summary = document.at("summary").as_object();
    CHECK(summary.at("benchmarks") == json::value(10));
    CHECK(summary.at("series") == json::value(20));
    CHECK(summary.at("runs") == json::value(80));
    CHECK(summary.at("platforms").as_array().size() == 2);
    std::int64_t sum = 0;
    for (const auto& [outcome, count] : summary.at("counts").as_object()) {
        sum += count.to_number<std::int64_t>();
    }
    CHECK(sum == 20);
}

TEST_CASE("the words of a report are those of the dashboard it is made of") {
    const ShownShape shape{.series = 10, .runs = 40};
    const ReportHistory history(shape);
    const tracking::Dashboard shown = history.shown();
    const auto series = tracking::report_series(shown);
    REQUIRE(series.size() == 10);
    CHECK(std::ranges::is_sorted(series, {}, &tracking::ReportSeries::outcome));
    for (const tracking::ReportSeries& one : series) {
        const std::string& id = one.series->row.series.case_id;
        if (id == shown_case(0, shape)) {
            CHECK(one.outcome == ReportOutcome::regressed);
            CHECK(one.change().value_or(0) == one.series->judged->verdict.finding->change);
        }
        if (id == shown_case(5, shape)) {
            CHECK(one.outcome == ReportOutcome::failed);
        }
        if (one.series->judged &&
            one.series->judged->verdict.word == verdict::StoredWord::unchanged) {
            CHECK(one.outcome == ReportOutcome::same);
        }
    }
    const json::object document = history.document();
    CHECK(count_at(document, "regressed") >= 1);
    CHECK(count_at(document, "failed") == 1);
}

TEST_CASE("a confirmed step to the better is an achievement with the runs it lies between") {
    const ShownShape shape{.series = 10, .runs = 40};
    const ReportHistory history(shape);
    const json::object document = history.document();
    const json::array& rows = rows_of(document, "achievements");
    const auto faster = std::ranges::find_if(rows, [&shape](const json::value& row) {
        return row.at("case") == json::value(shown_case(1, shape));
    });
    REQUIRE(faster != rows.end());
    CHECK(faster->at("kind") == json::value("step"));
    CHECK(faster->at("gain").to_number<double>() == doctest::Approx(0.15).epsilon(0.1));
    CHECK(faster->at("last_before").at("run") == json::value(shown_run(19, 0, shape).uuid));
    CHECK(faster->at("first_after").at("run") == json::value(shown_run(20, 0, shape).uuid));
    for (const json::value& row : rows) {
        CHECK(row.at("gain").to_number<double>() > 0);
        CHECK(row.at("case") != json::value(shown_case(0, shape)));
    }
}

TEST_CASE("an alert has its severity, its state and the runs it lies between") {
    const ShownShape shape{.series = 10, .runs = 40};
    const ReportHistory history(shape);
    const json::object document = history.document();
    const json::array& rows = rows_of(document, "alerts");
    REQUIRE_FALSE(rows.empty());
    const json::object& alert = rows.front().as_object();
    CHECK(alert.at("live") == json::value(true));
    CHECK(alert.at("severity").is_string());
    CHECK(alert.at("last_good").at("run") == json::value(shown_run(27, 0, shape).uuid));
    CHECK(alert.at("first_bad").at("run") == json::value(shown_run(28, 0, shape).uuid));
}

TEST_CASE("a trend has its first and last figure, its change and a line of bounded length") {
    const ShownShape shape{.series = 10, .runs = 90};
    const ReportHistory history(shape);
    const json::object document = history.document();
    const json::array& rows = rows_of(document, "trends");
    REQUIRE(rows.size() == 10);
    std::size_t with_points = 0;
    for (const json::value& row : rows) {
        CHECK(row.at("line").as_array().size() == tracking::kTrendPoints);
        with_points += row.at("points").is_object() ? 1 : 0;
        if (row.at("case") == json::value(shown_case(0, shape))) {
            const double first = row.at("first").at("value").to_number<double>();
            const double last = row.at("last").at("value").to_number<double>();
            CHECK(row.at("change").to_number<double>() == doctest::Approx(last / first - 1));
            CHECK(row.at("points").at("center").as_array().size() == 90);
            CHECK_FALSE(row.at("steps").as_array().empty());
        }
    }
    CHECK(with_points > 0);
    CHECK(with_points <= tracking::kTrendsCharted);
}

TEST_CASE("a recommendation names its rule, figure, limit, series and a run that is recorded") {
    const ReportHistory history({.series = 10, .runs = 40});
    const json::object document = history.document();
    const json::array& rows = rows_of(document, "recommendations");
    REQUIRE_FALSE(rows.empty());
    for (const json::value& row : rows) {
        CAPTURE(row.at("text").as_string().c_str());
        CHECK_FALSE(row.at("rule").as_string().empty());
        CHECK(row.at("figure").is_number());
        CHECK_FALSE(row.at("unit").as_string().empty());
        CHECK(row.at("limit").is_number());
        CHECK_FALSE(row.at("limit_why").as_string().empty());
        CHECK(history.store().run(std::string(row.at("run").as_string())).ok());
    }
}

TEST_CASE("a benchmark that the newest run lost is told as lost, and what to do about it") {
    const ShownShape shape{.series = 6, .runs = 12};
    const ReportHistory history;
    for (std::size_t number = 0; number < shape.runs; ++number) {
        history::Run run = shown_run(number, 0, shape);
        if (number + 1 == shape.runs) {
            const std::string lost = shown_case(4, shape);
            std::erase_if(run.points, [&lost](const history::Point& point) {
                return point.series.case_id == lost;
            });
        }
        REQUIRE(history.store().record(run).ok());
    }
    const json::object document = history.document();
    CHECK(count_at(document, "lost") == 1);
    const json::array& advice = rows_of(document, "recommendations");
    const auto lost = std::ranges::find_if(
        advice, [](const json::value& row) { return row.at("rule") == json::value("lost"); });
    REQUIRE(lost != advice.end());
    CHECK(lost->at("case") == json::value(shown_case(4, shape)));
    CHECK(lost->at("run") == json::value(shown_run(11, 0, shape).uuid));
}

TEST_CASE("the methodology names the real settings") {
    const ReportHistory history({.series = 3, .runs = 12});
    const json::object document = history.document({.threshold = 0.17});
    std::string all;
    for (const json::value& note : document.at("methodology").as_array()) {
        all += std::string(note.at("topic").as_string()) + ": " +
               std::string(note.at("text").as_string()) + "\n";
    }
    CHECK(all.find("limit of this report is 17 % worse") != std::string::npos);
    CHECK(all.find("detector 'assay'") != std::string::npos);
    CHECK(all.find("10, 20, 25 %") != std::string::npos);
    CHECK(all.find("error rate 0.001") != std::string::npos);
    CHECK(all.find(fmt::format("newest {} runs", verdict::kSegmentRuns)) != std::string::npos);
}

TEST_CASE("ten thousand series stay a small document that says how many it leaves out") {
    const ReportHistory history({.series = 10'000, .runs = 2});
    const json::object document = history.document();
    check_report_schema(document);
    CHECK(document.at("summary").at("series") == json::value(10'000));
    CHECK(rows_of(document, "trends").size() == tracking::kTrendsTold);
    CHECK(document.at("trends").at("left_out") ==
          json::value(10'000 - static_cast<std::int64_t>(tracking::kTrendsTold)));
    CHECK(write_json(document).size() < 300'000);
}

TEST_CASE("an empty history gives a report without series, one run one without a verdict") {
    const ReportHistory empty;
    const json::object nothing = empty.document();
    check_report_schema(nothing);
    CHECK(nothing.at("summary").at("series") == json::value(0));
    CHECK(nothing.at("ci").at("exit_code").is_null());
    const ReportHistory one({.series = 3, .runs = 1});
    const json::object single = one.document();
    check_report_schema(single);
    CHECK(count_at(single, "undecided") == 3);
    CHECK(rows_of(single, "alerts").empty());
    const json::array& advice = rows_of(single, "recommendations");
    const auto young = std::ranges::find_if(advice, [](const json::value& row) {
        return row.at("rule") == json::value("too-few-runs");
    });
    REQUIRE(young != advice.end());
    CHECK(young->at("figure") == json::value(0.0));
}

} // namespace report_document_test
