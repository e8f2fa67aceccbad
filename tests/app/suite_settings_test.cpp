#include "app/suite_settings.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;

namespace {

constexpr const char* kSchema = R"({
    "type": "object",
    "additionalProperties": false,
    "properties": {
        "level": {"type": "integer", "minimum": 0, "default": 3},
        "name": {"type": "string"}
    }
})";

json::object object(const std::string& text) {
    return parse_json(text)->get_object();
}

Result<std::string> config(const std::string& settings, const std::string& schema = kSchema) {
    return suite_config("sample", schema, object(settings), plan::Mode::quick);
}

} // namespace

TEST_CASE("a suite gets its defaults, its settings and the mode as canonical JSON") {
    CHECK(*config("{}") == R"({"level":3,"mode":"quick"})");
    CHECK(*config(R"({"name":"x","level":1})") == R"({"level":1,"mode":"quick","name":"x"})");
    CHECK(*config("{}", "") == R"({"mode":"quick"})");
}

TEST_CASE("the mode belongs to the host, whoever sets it") {
    CHECK(*config(R"({"mode":"comprehensive"})") == R"({"level":3,"mode":"quick"})");
    CHECK(*config(R"({"mode":"comprehensive"})", "") == R"({"mode":"quick"})");
}

TEST_CASE("wrong settings are named from the top of the configuration") {
    const auto wrong = config(R"({"level":"high"})");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == ErrorKind::config);
    CHECK(wrong.error().message.find("/suites/sample/level") != std::string::npos);
    CHECK(wrong.error().message.find("integer") != std::string::npos);
    CHECK_FALSE(config(R"({"levle":1})"));
}

TEST_CASE("settings of a suite that takes none are an error, not silence") {
    const auto wrong = config(R"({"level":1})", "");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == ErrorKind::config);
    CHECK(wrong.error().message.find("/suites/sample") != std::string::npos);
}

TEST_CASE("a schema that is none is the plugin's fault") {
    const auto wrong = config("{}", R"({"type":"object","minimun":1})");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == ErrorKind::plugin);
    CHECK(wrong.error().message.find("sample") != std::string::npos);
}
