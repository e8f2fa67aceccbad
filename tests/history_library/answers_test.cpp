// What the library answers is what the commands answer.
#include "history/timestamp.hpp"
#include "outside.hpp"
#include "support/file.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

using namespace assay;
using namespace assay::test;

namespace {

// Three runs on one machine, one on another.
void record_both(const ToldProject& project) {
    project.record_all({8.0, 7.5, 7.0});
    project.record(told_elsewhere(4, 99.0, "other_box"));
}

json::object said(const ToldProject& project, std::vector<std::string> words) {
    words.insert(words.end(), {"--format", "json"});
    const auto ended = project.assay(std::move(words));
    REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    return document_of(ended.out, "history.json");
}

std::string text_at(const json::value& value, const char* pointer) {
    const json::value* found = json_at(value, pointer);
    REQUIRE(found != nullptr);
    return found->is_null()     ? "-"
           : found->is_string() ? std::string(found->get_string())
           : found->is_int64()  ? std::to_string(found->get_int64())
                                : shortest(found->to_number<double>());
}

std::string nanoseconds(const std::string& timestamp) {
    const auto instant = history::parse_timestamp(timestamp);
    REQUIRE(instant.has_value());
    return std::to_string(instant->unix_ns);
}

std::vector<std::string> run_cells(const json::value& run) {
    return {text_at(run, "/uuid"),
            text_at(run, "/platform/label"),
            text_at(run, "/branch"),
            text_at(run, "/commit"),
            text_at(run, "/kind"),
            text_at(run, "/status"),
            text_at(run, "/points"),
            nanoseconds(text_at(run, "/started"))};
}

} // namespace

TEST_CASE("recent runs are those of assay history runs, newest first") {
    const ToldProject project;
    record_both(project);
    const json::object document = said(project, {"history", "runs"});
    const Answer answer = ask(project, {"runs"});
    REQUIRE(answer.rows.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(answer.rows[i] == run_cells(document.at("runs").at(i)));
    }
    CHECK(ask(project, {"runs", kLabel}).rows.size() == 3);
    CHECK(ask(project, {"runs", "bbbbbbbb"}).rows.size() == 1);
    CHECK(ask(project, {"runs", "", "nobody"}).rows.empty());
}

TEST_CASE("a trend is that of assay history trend, platforms apart and oldest first") {
    const ToldProject project;
    record_both(project);
    history::Run broken = told(5, 6.0);
    broken.points.front().status = measure::CaseStatus::crashed;
    broken.points.front().figures.reset();
    project.record(broken);
    const json::object document = said(project, {"history", "trend", "sums/add"});
    std::vector<std::vector<std::string>> expected;
    for (const json::value& series : document.at("series").get_array()) {
        for (const json::value& point : series.at("points").get_array()) {
            const bool measured = !point.at("figures").is_null();
            expected.push_back({text_at(series, "/case"),
                                text_at(series, "/metric"),
                                text_at(series, "/unit"),
                                text_at(series, "/platform/label"),
                                text_at(point, "/run"),
                                text_at(point, "/commit"),
                                text_at(point, "/status"),
                                measured ? text_at(point, "/figures/center") : "-",
                                measured ? text_at(point, "/figures/lo") : "-"});
        }
    }
    REQUIRE(expected.size() == 5);
    CHECK(ask(project, {"trend", "sums/add"}).rows == expected);
    CHECK(ask(project, {"trend", kCase, "time", "other_box"}).rows.size() == 1);
    CHECK(ask(project, {"trend"}).rows == expected);
}

TEST_CASE("stats and platforms are those of the commands") {
    const ToldProject project;
    record_both(project);
    const json::value counted = said(project, {"history", "stats"});
    CHECK(ask(project, {"stats"}).rows.front() ==
          std::vector<std::string>{text_at(counted, "/history"),
                                   text_at(counted, "/stats/schema"),
                                   text_at(counted, "/stats/runs"),
                                   text_at(counted, "/stats/points"),
                                   text_at(counted, "/stats/series"),
                                   text_at(counted, "/stats/platforms"),
                                   nanoseconds(text_at(counted, "/stats/first_run")),
                                   nanoseconds(text_at(counted, "/stats/last_run"))});
    const json::object listed = said(project, {"history", "platforms"});
    const Answer answer = ask(project, {"platforms"});
    REQUIRE(answer.rows.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const json::value& one = listed.at("platforms").at(i);
        CHECK(answer.rows[i] == std::vector<std::string>{text_at(one, "/label"),
                                                         text_at(one, "/fingerprint"),
                                                         text_at(one, "/runs"),
                                                         canonical_json(one.at("identity"))});
    }
}

TEST_CASE("an export is byte for byte that of assay history export") {
    const ToldProject project;
    record_both(project);
    for (const std::string format : {"json", "csv"}) {
        CAPTURE(format);
        CHECK(ask(project, {format}).text ==
              project.assay({"history", "export", "--format", format}).out);
    }
    const Answer ended = ask(project, {"ended-export"});
    CHECK(ended.exit_code == 2);
    CHECK(has(ended.text, "the export was ended by"));
}

TEST_CASE("exported bundles are taken by assay history pull, and once only") {
    const ToldProject project;
    record_both(project);
    const std::string folder = project.file("bundles").string();
    CHECK(ask(project, {"bundles", folder}).rows.front() == std::vector<std::string>{"4", "0"});
    CHECK(ask(project, {"bundles", folder}).rows.front() == std::vector<std::string>{"0", "4"});
    const ToldProject other;
    const auto pulled = other.assay({"history", "pull", folder});
    CHECK(pulled.exit_code == 0);
    CHECK(ask(other, {"csv"}).text == ask(project, {"csv"}).text);
}

TEST_CASE("a figure that was recorded from a document is found with its unit") {
    const ToldProject project;
    project.box().write("figures.json",
                        R"({"schema":"assay.record/1","metrics":{"hit_rate":{"value":25,)"
                        R"("unit":"%","direction":"higher"}},"metadata":{}})");
    const auto recorded = project.assay({"history", "record", "figures.json"});
    REQUIRE_MESSAGE(recorded.exit_code == 0, recorded.err);
    const json::object document = said(project, {"history", "trend"});
    const json::value& series = document.at("series").at(0);
    const Answer answer = ask(project, {"trend"});
    REQUIRE(answer.rows.size() == 1);
    CHECK(answer.rows[0][0] == text_at(series, "/case"));
    CHECK(answer.rows[0][2] == text_at(series, "/unit"));
    CHECK(answer.rows[0][7] == text_at(series, "/points/0/figures/center"));
}

TEST_CASE("no question changes the history or leaves anything beside it") {
    const ToldProject project;
    record_both(project);
    const auto folder = project.file(".assay");
    const auto contents = [&folder] {
        std::vector<std::string> all;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.file_size() > 0 && entry.path().extension() != ".db-shm") {
                const auto bytes = read_file(entry.path().string());
                REQUIRE(bytes.ok());
                all.push_back(entry.path().filename().string() + " " + sha256_of(*bytes));
            }
        }
        std::ranges::sort(all);
        return all;
    };
    const auto before = contents();
    for (const std::vector<std::string>& question : std::vector<std::vector<std::string>>{
             {"runs"}, {"trend"}, {"baselines"}, {"compare", "latest"}, {"stats"}, {"json"}}) {
        CHECK(ask(project, question).exit_code == 0);
    }
    CHECK(contents() == before);
}

TEST_CASE("what a writer has just recorded and not yet moved out of its log is answered") {
    const ToldProject project;
    const auto writer = project.store(); // keeps the log
    for (int number = 1; number <= 3; ++number) {
        REQUIRE(writer->record(told(number, 8.0)).ok());
        CHECK(ask(project, {"runs"}).rows.size() == static_cast<std::size_t>(number));
    }
}

TEST_CASE("several threads ask one file, each with a history of its own") {
    const ToldProject project;
    record_both(project);
    const Answer answer = ask(project, {"threads"});
    CHECK(answer.rows == std::vector<std::vector<std::string>>(8, {"80"}));
}
