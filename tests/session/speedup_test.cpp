#include "app/session/speedup.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace assay;
using namespace assay::app;
using measure::CaseStatus;

namespace {

constexpr const char* kReference = "s/f[impl=plain]";

report::CaseResult measured(std::string id, double seconds) {
    report::CaseResult result;
    result.id = std::move(id);
    report::MetricResult& time = result.metrics.emplace_back();
    time.key = "time";
    time.launches.assign(6, {seconds});
    time.summary = statistics::summarise(time.launches);
    return result;
}

const report::MetricResult* metric(const report::CaseResult& result, const std::string& key) {
    const auto found = std::ranges::find(result.metrics, key, &report::MetricResult::key);
    return found == result.metrics.end() ? nullptr : &*found;
}

std::vector<std::string> ids(const std::vector<report::CaseResult>& results) {
    std::vector<std::string> ids;
    for (const report::CaseResult& result : results) {
        ids.push_back(result.id);
    }
    return ids;
}

} // namespace

TEST_CASE("a speed-up is the reference's median time over the variant's") {
    Speedups speedups({kReference, "fast"}, 1);
    CHECK(ids(speedups.settle(measured(kReference, 4.0), std::nullopt)) ==
          std::vector<std::string>{kReference});
    const auto ready = speedups.settle(measured("fast", 1.0), kReference);
    REQUIRE(ready.size() == 1);
    const report::MetricResult* speedup = metric(ready[0], "speedup");
    REQUIRE(speedup != nullptr);
    CHECK(speedup->summary.median == doctest::Approx(4.0));
    REQUIRE(speedup->summary.interval);
    CHECK(speedup->summary.interval->low == doctest::Approx(4.0));
    CHECK(speedup->unit == "1");
    CHECK(speedup->direction == measure::Direction::higher);
    CHECK(speedup->provenance == measure::Provenance::derived);
    CHECK(metric(ready[0], "time_saved")->summary.median == doctest::Approx(3.0));
    CHECK(ready[0].extra.at("reference").as_string() == kReference);
}

TEST_CASE("a variant that is finished before its reference waits for it") {
    Speedups speedups({kReference, "fast", "slow"}, 1);
    CHECK(speedups.settle(measured("fast", 1.0), kReference).empty());
    CHECK(speedups.settle(measured("slow", 8.0), kReference).empty());
    const auto ready = speedups.settle(measured(kReference, 4.0), std::nullopt);
    CHECK(ids(ready) == std::vector<std::string>{kReference, "fast", "slow"});
    CHECK(metric(ready[2], "speedup")->summary.median == doctest::Approx(0.5));
    CHECK(speedups.remaining().empty());
}

TEST_CASE("a reference that is not part of the run gives a speed-up without a figure, and why") {
    Speedups speedups({"fast"}, 1);
    const auto ready = speedups.settle(measured("fast", 1.0), kReference);
    REQUIRE(ready.size() == 1);
    const report::MetricResult* speedup = metric(ready[0], "speedup");
    REQUIRE(speedup != nullptr);
    CHECK(speedup->summary.n == 0);
    CHECK(speedup->reason == std::string("the reference ") + kReference + " was not measured");
    CHECK(metric(ready[0], "time_saved") == nullptr);
}

TEST_CASE("a reference that did not pass is none, however fast its wrong result was") {
    for (const CaseStatus status :
         {CaseStatus::wrong_result, CaseStatus::cancelled, CaseStatus::failed}) {
        Speedups speedups({kReference, "fast"}, 1);
        report::CaseResult wrong = measured(kReference, 4.0);
        wrong.status = status;
        static_cast<void>(speedups.settle(std::move(wrong), std::nullopt));
        const auto ready = speedups.settle(measured("fast", 1.0), kReference);
        REQUIRE(ready.size() == 1);
        CHECK(metric(ready[0], "speedup")->summary.n == 0);
    }
}

TEST_CASE("a variant that did not pass gets no speed-up") {
    Speedups speedups({kReference, "fast"}, 1);
    static_cast<void>(speedups.settle(measured(kReference, 4.0), std::nullopt));
    report::CaseResult wrong = measured("fast", 1.0);
    wrong.status = CaseStatus::wrong_result;
    const auto ready = speedups.settle(std::move(wrong), kReference);
    REQUIRE(ready.size() == 1);
    CHECK(metric(ready[0], "speedup") == nullptr);
}

TEST_CASE("variants still waiting at the end are given back, each once") {
    Speedups speedups({kReference, "fast"}, 1);
    CHECK(speedups.settle(measured("fast", 1.0), kReference).empty());
    const auto rest = speedups.remaining();
    REQUIRE(rest.size() == 1);
    CHECK(metric(rest[0], "speedup")->summary.n == 0);
    CHECK(speedups.remaining().empty());
}
