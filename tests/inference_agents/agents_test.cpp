#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <string>

namespace agents_test {

using namespace suite_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

std::unique_ptr<OpenCase> open(std::int64_t agents, const std::string& tensors) {
    return session().open("agents_1", {{"agents", agents}, {"model", "5x4"}, {"tensors", tensors}});
}

const char* const kTensors[] = {"shared", "private", "learnt"};

} // namespace

TEST_CASE("crowds pass their verification, whoever's the tensors are") {
    for (const char* tensors : kTensors) {
        const auto opened = open(5, tensors);
        REQUIRE(opened->status() == ASSAY_OK);
        const assay_status verified = opened->verify();
        CAPTURE(opened->text());
        CHECK(verified == ASSAY_OK);
        // A digest of each of the 5 agents, on as many lanes and on one more.
        CHECK(opened->metrics().at("values_verified").back() == 2 * 5);
    }
}

TEST_CASE("a batch counts steps, memory and agents, repeats bit for bit, and allocates nothing") {
    for (const char* tensors : kTensors) {
        CAPTURE(tensors);
        const auto opened = open(6, tensors);
        const BatchResult first = opened->batch({.iterations = 4});
        const BatchResult second = opened->batch({.iterations = 4});
        CHECK(first.checksum != 0);
        CHECK(second.checksum == first.checksum);
        CHECK(second.allocations == 0);
        CHECK(second.items == 24);
        CHECK(second.metrics.at("steps_rate").back() == 24);
        CHECK(second.metrics.at("agents_counted").back() == 6);
        const double tensor_bytes = second.metrics.at("tensor_bytes").back();
        CHECK(second.metrics.at("agent_bytes").back() > tensor_bytes);
        CHECK((tensor_bytes == 0) == (std::string(tensors) == "shared"));
        CHECK(second.metrics.count("efficiency") == 0);
    }
}

TEST_CASE("a step takes as many logarithms with one agent, with two and with 64") {
    for (const char* tensors : kTensors) {
        CAPTURE(tensors);
        const auto logarithms = [&](std::int64_t agents) {
            return open(agents, tensors)->batch({.iterations = 64}).metrics.at("logarithms").back();
        };
        const double one = logarithms(1);
        CHECK(one > 0);
        CHECK(logarithms(2) == one);
        CHECK(logarithms(64) == one);
    }
}

TEST_CASE("contractions of a step are reported and hardly depend on who takes it") {
    const auto contractions = [&](const char* tensors) {
        return open(64, tensors)->batch({.iterations = 8}).metrics.at("contractions").back();
    };
    CHECK(contractions("shared") > 0);
    CHECK(contractions("private") == contractions("shared"));
}

TEST_CASE("there is a family for one lane, and each has the lanes of its name") {
    std::size_t families = 0;
    for (const assay_case_def* family : session().families()) {
        const std::string name = text_of(family->name);
        if (name.starts_with("agents_")) {
            CHECK(std::to_string(std::max(1u, family->max_lanes)) == name.substr(7));
            ++families;
        }
    }
    CHECK(families >= 1);
    CHECK(text_of(session().family("agents_1").name) == "agents_1");
}

TEST_CASE("no agents, wrong words and crowds that do not fit are refused") {
    const auto none = open(0, "shared");
    CHECK(none->status() == ASSAY_E_CONFIG);
    CHECK(none->text().find("agents=0: expected 1 to") != std::string::npos);
    const auto words = open(4, "borrowed");
    CHECK(words->status() == ASSAY_E_CONFIG);
    CHECK(words->text().find("shared, private or learnt") != std::string::npos);
    const auto large = session().open(
        "agents_1",
        {{"agents", std::int64_t{100'000}}, {"model", "25x12"}, {"tensors", "private"}});
    CHECK(large->status() == ASSAY_SKIP);
    CHECK(large->text().find("bytes each") != std::string::npos);
}

} // namespace agents_test
