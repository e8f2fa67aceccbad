#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <numeric>
#include <string>

namespace agent_step_test {

using namespace suite_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

std::unique_ptr<OpenCase>
open(const std::string& family, const std::string& learning, const std::string& caches) {
    return session().open(family, {{"model", "6x4"}, {"learning", learning}, {"caches", caches}});
}

const char* const kCaches[] = {"off", "all", "likelihoods", "transitions", "intermediates"};

} // namespace

TEST_CASE("agents pass their verification with every cache, learning or not") {
    for (const char* learning : {"off", "on"}) {
        for (const char* caches : kCaches) {
            CAPTURE(learning);
            CAPTURE(caches);
            const auto opened = open("agent_step", learning, caches);
            REQUIRE(opened->status() == ASSAY_OK);
            const assay_status verified = opened->verify();
            CAPTURE(opened->text());
            CHECK(verified == ASSAY_OK);
            // 10 beliefs, 16 policies and 2 actions of 64 steps, against all caches off and on, and
            // with the posterior of the policies of 4 steps against the formulas.
            CHECK(opened->metrics().at("values_verified").back() ==
                  2 * 64 * (10 + 16 + 2) + 4 * (10 + 16 + 16 + 2));
        }
    }
}

TEST_CASE("all settings of the caches and both families give the same bits") {
    for (const char* learning : {"off", "on"}) {
        const std::uint64_t expected =
            open("agent_step", learning, "off")->batch({.iterations = 300}).checksum;
        CHECK(expected != 0);
        for (const char* caches : kCaches) {
            for (const char* family : {"agent_step", "policy_latency"}) {
                CHECK(open(family, learning, caches)->batch({.iterations = 300}).checksum ==
                      expected);
            }
        }
    }
    CHECK(open("agent_step", "on", "off")->batch({.iterations = 9}).checksum !=
          open("agent_step", "off", "off")->batch({.iterations = 9}).checksum);
}

TEST_CASE("a step allocates nothing and a batch repeats bit for bit") {
    for (const char* family : {"agent_step", "policy_latency"}) {
        for (const char* learning : {"off", "on"}) {
            for (const char* caches : kCaches) {
                CAPTURE(learning);
                CAPTURE(caches);
                const auto opened = open(family, learning, caches);
                const std::uint64_t first = opened->batch({.iterations = 100}).checksum;
                const BatchResult second = opened->batch({.iterations = 100});
                CHECK(second.allocations == 0);
                CHECK(second.checksum == first);
            }
        }
    }
}

TEST_CASE("the stages of a step add up to no more than the step") {
    const auto opened = open("agent_step", "on", "off");
    const auto begin = std::chrono::steady_clock::now();
    const BatchResult result = opened->batch({.iterations = 200});
    const std::chrono::duration<double, std::nano> whole = std::chrono::steady_clock::now() - begin;
    double sum = 0;
    for (const char* stage : {"state_time", "policy_time", "action_time", "learning_time"}) {
        CAPTURE(stage);
        CHECK(result.metrics.at(stage).back() > 0);
        sum += result.metrics.at(stage).back();
    }
    CHECK(sum * 200 <= whole.count());
}

TEST_CASE("caches spare logarithms and contractions that are counted") {
    const auto off = open("agent_step", "off", "off")->batch({.iterations = 50}).metrics;
    const auto all = open("agent_step", "off", "all")->batch({.iterations = 50}).metrics;
    CHECK(all.at("logarithms").back() < off.at("logarithms").back());
    CHECK(all.at("contractions").back() <= off.at("contractions").back());
}

TEST_CASE("every evaluation of the policies has its duration") {
    const BatchResult result = open("policy_latency", "off", "all")->batch({.iterations = 40});
    CHECK(result.latency_ns.size() == 40);
    CHECK(std::accumulate(result.latency_ns.begin(), result.latency_ns.end(), std::uint64_t{0}) >
          0);
    const BatchResult cancelled =
        open("policy_latency", "off", "all")->batch({.iterations = 40, .cancelled = true});
    CHECK(cancelled.done == 0);
    CHECK(cancelled.latency_ns.empty());
}

TEST_CASE("wrong words are refused with what was expected") {
    const auto learning = open("agent_step", "perhaps", "off");
    CHECK(learning->status() == ASSAY_E_CONFIG);
    CHECK(learning->text().find("learning=perhaps: expected on or off") != std::string::npos);
    const auto caches = open("agent_step", "on", "some");
    CHECK(caches->status() == ASSAY_E_CONFIG);
    CHECK(caches->text().find("caches=some") != std::string::npos);
    const auto model = session().open("agent_step", {{"model", "tall"}});
    CHECK(model->status() == ASSAY_E_CONFIG);
    CHECK(model->text().find("model=tall") != std::string::npos);
}

} // namespace agent_step_test
