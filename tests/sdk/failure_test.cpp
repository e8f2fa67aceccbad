#include "fake_host.hpp"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using namespace sdk_test;

TEST_CASE("what a constructor throws becomes a status with its text") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "failing"), "failing");
    const std::vector<std::pair<std::string, std::pair<assay_status, std::string>>> expected{
        {"skip", {ASSAY_SKIP, "makes no sense here"}},
        {"unavailable", {ASSAY_UNAVAILABLE, "no server"}},
        {"config", {ASSAY_E_CONFIG, "wrong model"}},
        {"nomem", {ASSAY_E_NOMEM, "out of memory"}},
        {"exception", {ASSAY_E_EXCEPTION, "broken"}},
        {"int", {ASSAY_E_EXCEPTION, "an exception that is not a std::exception"}},
        {"axis", {ASSAY_E_STATE, "this family has no axis 'no_such_axis'"}},
        {"type", {ASSAY_E_STATE, "axis 'how' is of another type"}},
    };
    for (const auto& [how, outcome] : expected) {
        const auto c = suite.open("open", {str(how)});
        CHECK(c->status == outcome.first);
        REQUIRE(c->said.failures.size() == 1);
        CHECK(c->said.failures[0] == outcome);
    }
    CHECK(suite.open("open", {str("none")})->status == ASSAY_OK);
}

TEST_CASE("a wrong result is told with its text, or as false") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "failing"), "failing");
    const auto loud = suite.open("verify", {boolean(false)});
    CHECK(loud->verify() == ASSAY_E_VERIFY);
    CHECK(loud->said.last_failure() == "3 of 7 values differ");
    const auto quiet = suite.open("verify", {boolean(true)});
    CHECK(quiet->verify() == ASSAY_E_VERIFY);
    CHECK(quiet->said.last_failure() == "verify() returned false");
}

TEST_CASE("an exception in a batch ends that call only") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "failing"), "failing");
    for (const std::string where : {"prepare", "run", "finish"}) {
        const auto c = suite.open("batch", {str(where)});
        assay_batch b = c->make_batch(3);
        CHECK(c->batch(b) == ASSAY_E_EXCEPTION);
        CHECK(c->said.last_failure() == "broke in " + where);
    }
}

TEST_CASE("a failed run is finished without a checksum of its unfinished results") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "failing"), "failing");
    const auto c = suite.open("batch", {str("run")});
    assay_batch b = c->make_batch(3);
    CHECK(c->batch(b) < 0);
    CHECK(b.checksum == 0);
    const auto good = suite.open("batch", {str("none")});
    assay_batch whole = good->make_batch(3);
    CHECK(good->batch(whole) == ASSAY_OK);
    CHECK(whole.checksum == 5);
}

TEST_CASE("a metric that was not declared is a failure that names it") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "failing"), "failing");
    const auto c = suite.open("batch", {str("metric")});
    assay_batch b = c->make_batch(1);
    CHECK(c->batch(b) == ASSAY_E_STATE);
    CHECK(c->said.last_failure() == "metric 'undeclared' is not declared by this family");
}

TEST_CASE("a loop stops when the host cancels, and says how far it came") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "failing"), "failing");
    const auto c = suite.open("cancel");
    c->cancel = 1;
    assay_batch b = c->make_batch(1'000'000);
    CHECK(c->batch(b) == ASSAY_OK);
    CHECK(b.done > 0);
    CHECK(b.done < b.iterations);
}

TEST_CASE("a wrong declaration refuses the library with a text that names the place") {
    const FakeHost host;
    const std::vector<std::pair<std::string, std::string>> expected{
        {"ratio", "the ratio 'rate' names 'hits', which is not a metric with the aggregate sum"},
        {"axis", "axis 'mixed' mixes values of different types"},
        {"family", "two families are named 'a'"},
        {"manifest",
         "the manifest does not list {\"kind\":\"assay.suite/1\",\"name\":\"refused\"}"},
        {"variant", "axis 'path': a value that the axis does not have was named"},
    };
    for (const auto& [mistake, text] : expected) {
        const assay_entry_fn enter = entry_of("refused_" + mistake);
        for (int again = 0; again < 2; ++again) { // the host may ask twice
            CHECK(enter(&host.services) == nullptr);
            CHECK(FakeHost::library().last_failure().find(text) != std::string::npos);
        }
    }
}
