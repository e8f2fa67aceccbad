#include "app/session/run_document.hpp"
#include "support/json.hpp"
#include "support/schema.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace assay;
using namespace assay::app;

TEST_CASE("a run's id is a UUID of version 7 that no other run has and that sorts by time") {
    std::set<std::string> ids;
    std::string last;
    for (int i = 0; i < 100; ++i) {
        const std::string id = make_run_id();
        REQUIRE(id.size() == 36);
        for (std::size_t at = 0; at < id.size(); ++at) {
            const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
            REQUIRE((id[at] == '-') == dash);
            REQUIRE((dash || std::string("0123456789abcdef").find(id[at]) != std::string::npos));
        }
        CHECK(id[14] == '7');
        CHECK(std::string("89ab").find(id[19]) != std::string::npos);
        CHECK(id.substr(0, 13) >= last.substr(0, 13)); // the milliseconds
        last = id;
        ids.insert(id);
    }
    CHECK(ids.size() == 100);
}

TEST_CASE("a run's id begins with the milliseconds at which it was made") {
    const std::uint64_t before_ms = unix_now_ns() / 1'000'000;
    const std::string id = make_run_id();
    const std::uint64_t after_ms = unix_now_ns() / 1'000'000;
    const std::uint64_t made_ms = std::stoull(id.substr(0, 8) + id.substr(9, 4), nullptr, 16);
    CHECK(made_ms >= before_ms);
    CHECK(made_ms <= after_ms);
}

TEST_CASE("times are written in UTC with milliseconds") {
    CHECK(utc_text(0) == "1970-01-01T00:00:00.000Z");
    CHECK(utc_text(1'795'000'000'007'999'999) == "2026-11-18T11:06:40.007Z");
    CHECK(utc_text(951'782'400'120'000'000) == "2000-02-29T00:00:00.120Z");
}

TEST_CASE("the run object names seeds, isolation, lanes and the suites with their configuration") {
    SessionSuite suite;
    suite.plugin_id = "org.example.x";
    suite.plugin_version = "1.2.3";
    suite.sha256 = "abc";
    suite.description.name = "x";
    suite.config_json = R"({"level":3})";
    SessionOptions options;
    options.mode = plan::Mode::quick;
    options.seed = 7;
    options.order_seed = 11;
    options.project = "router";
    const json::object run = run_document("id", 0, options, {suite}, {"assay", "run"}, 2);
    CHECK(run.at("id").as_string() == "id");
    CHECK(run.at("project").as_string() == "router");
    CHECK(run.at("started").as_string() == "1970-01-01T00:00:00.000Z");
    CHECK(run.at("finished").is_null());
    CHECK(run.at("mode").as_string() == "quick");
    CHECK(run.at("seed").to_number<int>() == 7);
    CHECK(run.at("order_seed").to_number<int>() == 11);
    CHECK(run.at("isolation").as_string() == "launch");
    CHECK(run.at("lanes").at("count").to_number<int>() == 2);
    CHECK(run.at("lanes").at("decision").as_string() == "off");
    CHECK(run.at("argv").as_array().size() == 2);
    const json::object& used = run.at("suites").as_array().at(0).as_object();
    CHECK(used.at("plugin").as_string() == "org.example.x");
    CHECK(used.at("config").at("level").to_number<int>() == 3);
    CHECK(run.at("platform").as_object().contains("label"));
    CHECK(used.at("toolchain").is_null());
    CHECK(run.at("kind").as_string() == "manual");
    CHECK(run.at("trigger").is_null());
    CHECK(run.at("calibration").is_null());
    CHECK(run.at("host_score").is_null());
}

TEST_CASE("the run object fits its schema, by hand and as a job") {
    // Its part alone: "one of two" of the whole would not tell what is wrong.
    auto whole = read_json_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/results.json");
    REQUIRE(whole.ok());
    const json::object part{
        {"type", "object"},
        {"properties", json::object{{"run", json::object{{"$ref", "#/definitions/run"}}}}},
        {"definitions", whole->at("definitions")}};
    const auto schema = Schema::compile(write_json(part), SchemaLevel::host);
    REQUIRE(schema.ok());
    SessionOptions options;
    for (const char* const kind : {"ci", "nightly", "manual"}) {
        const json::object run =
            run_document(make_run_id(), unix_now_ns(), options, {}, {"assay", "run"}, 1);
        const auto read = parse_json(write_json(json::object{{"run", run}})); // as others will
        REQUIRE(read.ok());
        for (const SchemaProblem& problem : schema->validate(*read)) {
            FAIL_CHECK(to_text(problem));
        }
        options.occasion = {.kind = kind, .trigger = "push"};
    }
}
