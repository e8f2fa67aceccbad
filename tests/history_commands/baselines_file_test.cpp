#include "history/baselines_file.hpp"
#include "history/record_document.hpp"
#include "support/text.hpp"
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace baselines_file_test {

using namespace assay;
using namespace assay::history;
using assay::test::document_of;
using assay::test::has;

namespace {

// In the form that older systems kept in tests/performance_baselines.json.
const std::string kOlder = R"({
  "M1_Mac_16GB": {
    "embedding_throughput": 67.0, "vector_search_latency": 0.011, "query_latency_no_vllm": 8.0,
    "db_insertion_throughput": 1250.0, "peak_memory_gb": 12.5, "cache_hit_rate": 0.42,
    "tokens_per_second": 15.0, "avg_mrr": 0.85,
    "metadata": {"last_updated": "2025-01-07T10:00:00Z", "git_commit": "abc123",
                 "python_version": "3.11.9"}
  },
  "GitHub_Actions_macOS": {
    "embedding_throughput": 50.0, "vector_search_latency": 0.015,
    "metadata": {"last_updated": "2025-01-07T10:00:00Z", "notes": "CI ~25% slower than local"}
  }
})";

BaselineFigure
figure_in(const BaselinesFile& file, const std::string& label, const std::string& metric) {
    const auto platform = file.platforms.find(label);
    REQUIRE(platform != file.platforms.end());
    const Series series = record_series(metric, "s", measure::Direction::lower, {});
    const auto figure = platform->second.figures.find(figure_key(series));
    REQUIRE_MESSAGE(figure != platform->second.figures.end(), metric);
    return figure->second;
}

Error refusal_of(const std::string& text) {
    const auto file = parse_baselines(text, "b.json");
    REQUIRE_FALSE(file.ok());
    CHECK(file.error().kind == ErrorKind::config);
    CHECK(has(file.error().message, "b.json"));
    return file.error();
}

} // namespace

TEST_CASE("the baselines file of older systems is read with the units its names are known for") {
    const auto file = parse_baselines(kOlder, "b.json");
    REQUIRE_MESSAGE(file.ok(), file.error().message);
    CHECK(file->platforms.size() == 2);
    CHECK(file->platforms.at("M1_Mac_16GB").figures.size() == 8);
    CHECK(file->platforms.at("M1_Mac_16GB").fingerprint.empty());
    const BaselineFigure latency = figure_in(*file, "M1_Mac_16GB", "vector_search_latency");
    CHECK(latency.value == 0.011);
    CHECK(latency.unit == "s");
    CHECK(latency.direction == measure::Direction::lower);
    const BaselineFigure throughput =
        figure_in(*file, "GitHub_Actions_macOS", "embedding_throughput");
    CHECK(throughput.value == 50.0);
    CHECK(throughput.direction == measure::Direction::higher);
    CHECK(json_string(file->platforms.at("M1_Mac_16GB").metadata, "python_version") == "3.11.9");
    CHECK(json_string(file->platforms.at("GitHub_Actions_macOS").metadata, "notes") ==
          "CI ~25% slower than local");
}

TEST_CASE("gigabytes and megabytes of older names are binary unless somebody says decimal") {
    const std::string text =
        R"({"A": {"peak_memory_gb": 2}, "B": {"peak_memory_mb": 3, "avg_memory_gb": 1}})";
    const auto binary = parse_baselines(text, "b.json");
    REQUIRE(binary.ok());
    CHECK(figure_in(*binary, "A", "peak_memory_gb").value == 2147483648.0);
    CHECK(figure_in(*binary, "A", "peak_memory_gb").unit == "By");
    CHECK(figure_in(*binary, "B", "peak_memory_mb").value == 3145728.0);
    CHECK(binary->notes.size() == 3);
    CHECK(has(binary->notes.front(), "--decimal"));
    const auto decimal = parse_baselines(text, "b.json", {.decimal = true});
    REQUIRE(decimal.ok());
    CHECK(figure_in(*decimal, "A", "peak_memory_gb").value == 2e9);
    CHECK(figure_in(*decimal, "B", "peak_memory_mb").value == 3e6);
}

TEST_CASE("what was read from an older file is the same after writing and reading it again") {
    const auto file = parse_baselines(kOlder, "b.json");
    REQUIRE(file.ok());
    const std::string text = baselines_text(*file);
    static_cast<void>(document_of(text, "baselines.json"));
    const auto again = parse_baselines(text, "b.json");
    REQUIRE_MESSAGE(again.ok(), again.error().message);
    REQUIRE(again->platforms.size() == file->platforms.size());
    for (const auto& [label, platform] : file->platforms) {
        CHECK(again->platforms.at(label).figures == platform.figures);
        CHECK(again->platforms.at(label).metadata == platform.metadata);
    }
    CHECK(baselines_text(*again) == text);
}

TEST_CASE("a figure stands on a line of its own and the keys are sorted") {
    BaselinesFile file;
    BaselineFigure figure{.value = 8.25,
                          .unit = "s",
                          .direction = measure::Direction::lower,
                          .spread = 0.5,
                          .runs = 7,
                          .policy = "segment",
                          .commit = "abc",
                          .date = "2025-11-21T10:00:00.000Z",
                          .evidence = {"first", "last"}};
    file.platforms["lab"].fingerprint = "00ff";
    file.platforms["lab"].figures["b/b time"] = figure;
    file.platforms["lab"].figures["a/a time"] = figure;
    file.platforms["bench"].figures = {};
    const std::string text = baselines_text(file);
    CHECK(text.find("\"bench\"") < text.find("\"lab\""));
    CHECK(text.find("a/a time") < text.find("b/b time"));
    std::size_t lines = 0;
    for (const std::string& line : split(text, '\n')) {
        lines += has(line, "\"value\":8.25") ? 1 : 0;
    }
    CHECK(lines == 2);
    const auto again = parse_baselines(text, "b.json");
    REQUIRE_MESSAGE(again.ok(), again.error().message);
    CHECK(again->platforms.at("lab").figures.at("a/a time") == figure);
    CHECK(again->platforms.at("lab").fingerprint == "00ff");
}

TEST_CASE("units other than the base ones are converted when a file is read") {
    const auto file = parse_baselines(
        R"({"schema": "assay.baselines/1", "platforms": {"lab": {"figures": {"a/a time":
            {"value": 8, "unit": "ms", "direction": "lower", "spread": 2}}}}})",
        "b.json");
    REQUIRE_MESSAGE(file.ok(), file.error().message);
    const BaselineFigure& figure = file->platforms.at("lab").figures.at("a/a time");
    CHECK(figure.unit == "s");
    CHECK(figure.value == doctest::Approx(0.008).epsilon(1e-12));
    CHECK(*figure.spread == doctest::Approx(0.002).epsilon(1e-12));
}

TEST_CASE("what is no baselines file is refused with the place and what was expected there") {
    CHECK(has(refusal_of("{").message, "line"));
    CHECK(has(refusal_of("[1]").message, "expected"));
    CHECK(has(refusal_of(R"({"A": 3})").message, "/A"));
    CHECK(has(refusal_of(R"({"A": {"avg_mrr": "0.8"}})").message, "/A/avg_mrr"));
    const Error unknown = refusal_of(R"({"A": {"my_latency": 3}})");
    CHECK(has(unknown.message, "'my_latency'"));
    CHECK(has(unknown.hint, "direction"));
    CHECK(
        has(refusal_of(R"({"schema": "assay.baselines/2", "platforms": {}})").message, "/schema"));
    const std::string head = R"({"schema": "assay.baselines/1", "platforms": {"A": {"figures": )";
    CHECK(has(refusal_of(head + R"({"a t": {"value": 1, "unit": "s"}}}}})").message, "direction"));
    CHECK(has(refusal_of(head + R"({"a t": {"value": 1, "unit": "s", "direction": "lower",
                                            "spraed": 1}}}}})")
                  .message,
              "spraed"));
}

TEST_CASE("merged files keep what only one of them names and the later figure wins") {
    auto one = parse_baselines(kOlder, "b.json");
    const auto other = parse_baselines(
        R"({"M1_Mac_16GB": {"avg_mrr": 0.9, "metadata": {"git_commit": "def456"}},
            "A100_80GB": {"tokens_per_second": 90}})",
        "c.json");
    REQUIRE((one.ok() && other.ok()));
    merge_baselines(*one, *other);
    CHECK(one->platforms.size() == 3);
    CHECK(figure_in(*one, "M1_Mac_16GB", "avg_mrr").value == 0.9);
    CHECK(figure_in(*one, "M1_Mac_16GB", "cache_hit_rate").value == 0.42);
    CHECK(json_string(one->platforms.at("M1_Mac_16GB").metadata, "git_commit") == "def456");
    CHECK(json_string(one->platforms.at("M1_Mac_16GB").metadata, "python_version") == "3.11.9");
}

} // namespace baselines_file_test
