// What holds for every family of the suite, through the plugin's C ABI. How well a loop keeps its
// rate is measured by the suite, and asserted nowhere.
#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace plugin_test {

using namespace suite_test;

namespace {

constexpr const char* kModules[] = {
    "module_net", "semantic_tokens", "cache_lookup", "policy_decision", "alert_ladder"};

// Loops of 0.2 s.
PluginSession& session() {
    static PluginSession made(R"({"duration":0.2,"mode":"quick","scheduler":"other"})");
    return made;
}

Parameters fast_loop() {
    return {{"rate", std::int64_t{100}}};
}

double last(const Metrics& metrics, const std::string& key) {
    return metrics.at(key).back();
}

} // namespace

TEST_CASE("the suite has its two families, which nothing may be measured beside") {
    REQUIRE(session().status() == ASSAY_OK);
    CHECK(session().family_names() == std::vector<std::string>{"loop", "response"});
    for (const char* name : {"loop", "response"}) {
        const assay_case_def& family = session().family(name);
        CHECK(family.shape == ASSAY_SHAPE_SINGLE);
        CHECK((family.flags & ASSAY_CASE_EXCLUSIVE) != 0);
        CHECK(family.clock == ASSAY_CLOCK_WALL);
        CHECK(cases_of(family, &assay_axis::quick_mask) == 1);
    }
    const assay_case_def& loop = session().family("loop");
    CHECK(loop.axes[0]->n_values == 5);
    CHECK(loop.axes[0]->values[4].u.i64 == 1000);
}

TEST_CASE("both families pass their verification") {
    for (const char* family : {"loop", "response"}) {
        auto opened = session().open(family, fast_loop());
        REQUIRE(opened->status() == ASSAY_OK);
        const assay_status verified = opened->verify();
        CAPTURE(opened->text());
        CHECK(verified == ASSAY_OK);
        CHECK(last(opened->metrics(), "answers_verified") == 500);
    }
}

TEST_CASE("a loop reports every cycle and every question") {
    for (const char* pacing : {"absolute", "relative"}) {
        CAPTURE(pacing);
        Parameters parameters = fast_loop();
        parameters["pacing"] = std::string(pacing);
        auto opened = session().open("loop", parameters);
        for (int i = 0; i < 2; ++i) { // modules begin anew
            const BatchResult result = opened->batch({.iterations = 1});
            REQUIRE(result.status == ASSAY_OK);
            const Metrics& metrics = result.metrics;
            CHECK(result.done == 1);
            CHECK(result.items == 20);
            CHECK(last(metrics, "cycles") == 20);
            CHECK(last(metrics, "questions") == 100);
            CHECK(metrics.at("lateness").size() == 20);
            CHECK(metrics.at("busy").size() == 20);
            CHECK(metrics.at("jitter").size() == 19);
            CHECK(last(metrics, "frequency") > 0);
            CHECK(last(metrics, "frequency") < 120);
            CHECK(last(metrics, "lateness_p50") <= last(metrics, "lateness_p95"));
            CHECK(last(metrics, "lateness_p95") <= last(metrics, "lateness_max"));
            std::size_t answers = 0;
            for (const char* module : kModules) {
                const auto found = metrics.find("response." + std::string(module));
                answers += found == metrics.end() ? 0 : found->second.size();
            }
            CHECK(static_cast<double>(answers) + last(metrics, "unanswered") == 100);
        }
    }
}

TEST_CASE("the family response reports the answers of one module") {
    for (const char* module : kModules) {
        CAPTURE(module);
        Parameters parameters = fast_loop();
        parameters["module"] = std::string(module);
        auto opened = session().open("response", parameters);
        const Metrics metrics = opened->batch({.iterations = 1}).metrics;
        if (!metrics.contains("response")) { // on a machine that let nobody answer in time
            CHECK(last(metrics, "unanswered") >= 20);
            continue;
        }
        CHECK(metrics.at("response").size() <= 20);
        CHECK(last(metrics, "response_p50") <= last(metrics, "response_max"));
        CHECK_FALSE(metrics.contains("lateness"));
    }
}

TEST_CASE("warm-up batches are short and report nothing, a cancelled batch does nothing") {
    auto opened = session().open("loop", {{"rate", std::int64_t{20}}});
    CHECK(opened->batch({.iterations = 1, .warmup = true}).metrics.empty());
    const BatchResult result = opened->batch({.iterations = 1, .cancelled = true});
    CHECK(result.status == ASSAY_OK);
    CHECK(result.done == 0);
    CHECK(result.metrics.empty());
    CHECK(opened->batch({.iterations = 0}).status == ASSAY_OK);
}

TEST_CASE("settings that make no sense are refused and a mode alone gives the duration") {
    for (const auto& [config, text] :
         {std::pair{R"({"duration":0})", "duration=0: expected 0.1 to 3600 s"},
          {R"({"duration":-1})", "duration=-1: expected 0.1 to 3600 s"},
          {R"({"duration":1e9})", "duration=1e+09: expected 0.1 to 3600 s"},
          {R"({"scheduler":"rr"})", "scheduler=rr: expected other or fifo"}}) {
        const PluginSession refused(config);
        CHECK(refused.status() == ASSAY_E_CONFIG);
        CHECK(refused.text() == text);
    }
    for (const char* mode : {"quick", "standard", "comprehensive"}) {
        PluginSession made(R"({"mode":")" + std::string(mode) + "\"}");
        REQUIRE(made.status() == ASSAY_OK);
        CHECK(made.open("loop", fast_loop())->status() == ASSAY_OK);
    }
}

TEST_CASE("parameters that make no sense are refused with name and value and what was expected") {
    struct Refusal {
        std::string family, axis;
        Parameter value;
        std::string text;
    };

    const Refusal refusals[] = {
        {"loop", "rate", std::int64_t{0}, "rate=0: expected a whole number from 1 to 10000"},
        {"loop", "rate", std::int64_t{-10}, "rate=-10: expected a whole number from 1 to 10000"},
        {"response",
         "rate",
         std::int64_t{10'001},
         "rate=10001: expected a whole number from 1 to 10000"},
        {"loop", "rate", std::int64_t{5}, "duration=0.2 at rate=5: 1 cycles, expected 3 at least"},
        {"loop", "pacing", std::string("some"), "pacing=some: expected absolute or relative"},
        {"response",
         "module",
         std::string("cgl"),
         "module=cgl: expected one of module_net, semantic_tokens, cache_lookup, "
         "policy_decision, alert_ladder"},
    };
    for (const Refusal& refusal : refusals) {
        Parameters parameters = fast_loop();
        parameters[refusal.axis] = refusal.value;
        auto opened = session().open(refusal.family, parameters);
        CHECK(opened->status() == ASSAY_E_CONFIG);
        CHECK(opened->text() == refusal.text);
    }
}

} // namespace plugin_test
