// The reporters whose output other programs read: json and csv.
#include "golden.hpp"
#include "support/file.hpp"
#include "support/schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <doctest/doctest.h>

#include <algorithm>

namespace document_golden_test {

using namespace assay;
using namespace canned;

namespace {

json::value valid_document(const std::string& text, const std::string& schema_file) {
    const auto schema_text = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/" + schema_file);
    REQUIRE(schema_text.ok());
    const auto schema = Schema::compile(*schema_text, SchemaLevel::host);
    REQUIRE(schema.ok());
    auto document = parse_json(text);
    REQUIRE(document.ok());
    for (const SchemaProblem& problem : schema->validate(*document)) {
        FAIL_CHECK(to_text(problem));
    }
    return *document;
}

json::value valid_results(const std::string& text) {
    return valid_document(text, "results.json");
}

// RFC 4180, strictly: records of fields; anything else fails the test.
std::vector<std::vector<std::string>> csv_records(const std::string& text) {
    std::vector<std::vector<std::string>> records(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string& field = records.back().back();
        if (quoted && text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            field += text[i++];
        } else if (text[i] == '"') {
            REQUIRE((quoted || field.empty()));
            quoted = !quoted;
        } else if (!quoted && text[i] == ',') {
            records.back().emplace_back();
        } else if (!quoted && text[i] == '\r') {
            REQUIRE(text[++i] == '\n');
            records.push_back({""});
        } else {
            REQUIRE((quoted || text[i] != '\n'));
            field += text[i];
        }
    }
    REQUIRE_FALSE(quoted);
    REQUIRE(records.back() == std::vector<std::string>{""});
    records.pop_back();
    return records;
}

} // namespace

TEST_CASE("the json reporter keeps what became of every figure beside time") {
    const std::string text = written_by("json", comparison_with_metrics());
    const json::value document = valid_document(text, "comparison.json");
    CHECK(text.find("\"latency_p99\"") != std::string::npos);
    CHECK(document.at("cases").as_array().size() == 8);
}

TEST_CASE("the json reporter writes the comparison document where two builds were compared") {
    const std::string text = written_by("json", comparison_run());
    check_golden("json/comparison.json", text);
    const json::value document = valid_document(text, "comparison.json");
    CHECK(document.at("cases").as_array().size() == 8);
    CHECK(document.at("controls").at("null").as_string() == "quiet");
    CHECK(valid_document(written_by("json", comparison_run(), "indent=2"), "comparison.json") ==
          document);
}

TEST_CASE("the csv reporter puts the verdict beside the first figure of each case") {
    const auto records = csv_records(written_by("csv", comparison_run()));
    check_golden("csv/comparison.csv", written_by("csv", comparison_run()));
    const auto& header = records.front();
    const auto column = static_cast<std::size_t>(
        std::find(header.begin(), header.end(), "verdict") - header.begin());
    REQUIRE(column < header.size());
    CHECK(records[1][column] == "same");
    CHECK(records[2][column] == "slower");
}

TEST_CASE("the json reporter writes the results document one line per case") {
    const std::string text = written_by("json", ordinary_run());
    check_golden("json/ordinary.txt", text);
    const json::value document = valid_results(text);
    CHECK(json_at(document, "/cases")->get_array().size() == 4);
    CHECK(write_json(*json_at(document, "/run/finished")) == "\"2026-11-18T11:07:21.000Z\"");
}

TEST_CASE("the json reporter indents when asked and says the same") {
    const std::string text = written_by("json", every_status_run(), "indent=2");
    check_golden("json/every_status_indented.txt", text);
    CHECK(write_json(valid_results(text)) ==
          write_json(valid_results(written_by("json", every_status_run()))));
    CHECK(text == write_json(valid_results(text), JsonLayout::indented) + "\n");
}

TEST_CASE("every canned run is a valid results document") {
    for (const Events& events : {empty_run(),
                                 ordinary_run(),
                                 every_status_run(),
                                 hostile_text_run(),
                                 unknown_figures_run(),
                                 magnitudes_run(),
                                 variants_run(),
                                 interrupted_run(),
                                 aborted_run()}) {
        for (const char* indent : {"indent=0", "indent=3"}) {
            valid_results(written_by("json", events, indent));
        }
    }
}

TEST_CASE("the json reporter copies cases without changing them") {
    const Events events = hostile_text_run();
    const json::value document = valid_results(written_by("json", events, "indent=2"));
    CHECK(write_json(*json_at(document, "/cases/0")) ==
          write_json(report::to_json(*events[1].result)));
}

TEST_CASE("a run without cases and a stream without an end are whole documents") {
    check_golden("json/empty.txt", written_by("json", empty_run()));
    check_golden("json/empty_indented.txt", written_by("json", empty_run(), "indent=2"));
    const json::value document = valid_results(written_by("json", aborted_run()));
    CHECK(write_json(*json_at(document, "/summary/partial")) == "true");
    CHECK(write_json(*json_at(document, "/summary/cases")) == "2");
    valid_results(written_by("json", {}));
}

TEST_CASE("the csv reporter writes one row per case and metric") {
    const std::string text = written_by("csv", ordinary_run());
    check_golden("csv/ordinary.txt", text);
    const auto records = csv_records(text);
    CHECK(records.size() == 1 + 3 + 6);
    CHECK(records[0][0] == "id");
    CHECK(records[1][0] == "router/round_robin[n=16]");
    CHECK(records[1][3] == "n=16");
}

TEST_CASE("the csv reporter keeps cases without figures") {
    check_golden("csv/every_status.txt", written_by("csv", every_status_run()));
}

TEST_CASE("the csv reporter quotes what would break a row") {
    const std::string text = written_by("csv", hostile_text_run());
    check_golden("csv/hostile.txt", text);
    for (const auto& record : csv_records(text)) {
        CHECK(record.size() == csv_records(text)[0].size());
    }
}

TEST_CASE("the csv reporter leaves unknown figures empty") {
    const auto records = csv_records(written_by("csv", unknown_figures_run()));
    const auto column = [&](const std::string& name) {
        const auto& header = records[0];
        return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) -
                                        header.begin());
    };
    CHECK(records[1][column("n")] == "0");
    CHECK(records[1][column("median")] == "");
    CHECK(records[3][column("ci_lo")] == "");
    CHECK(records[3][column("median")] == "0.002");
    CHECK(records[6][column("median")] == "0");
    check_golden("csv/empty.txt", written_by("csv", empty_run()));
}

} // namespace document_golden_test
