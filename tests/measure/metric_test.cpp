#include "fake_suite.hpp"
#include "measure/metric_collector.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace metric_test {

using namespace assay::measure;
using namespace assay::measure::test;

namespace {

MetricDescription metric(std::string key, Aggregate aggregate) {
    MetricDescription description;
    description.key = std::move(key);
    description.aggregate = aggregate;
    return description;
}

double value_of(const std::vector<MetricRecord>& records, std::size_t index) {
    REQUIRE(records.at(index).value.has_value());
    return *records[index].value;
}

} // namespace

TEST_CASE("each aggregate makes one figure of a launch") {
    std::vector<MetricDescription> metrics;
    for (const Aggregate aggregate : {Aggregate::samples,
                                      Aggregate::sum,
                                      Aggregate::max,
                                      Aggregate::last,
                                      Aggregate::rate,
                                      Aggregate::min,
                                      Aggregate::mean}) {
        metrics.push_back(metric(std::string(name_of(aggregate)), aggregate));
    }
    MetricCollector collector(metrics);
    collector.accept(true);
    for (std::uint32_t index = 0; index < metrics.size(); ++index) {
        for (const double value : {4.0, -1.0, 9.0, 2.0}) {
            CHECK_FALSE(collector.observe(index, value).has_value());
        }
    }
    const auto records = collector.aggregate(7.0);
    CHECK(value_of(records, 0) == doctest::Approx(3.0)); // median
    CHECK(value_of(records, 1) == doctest::Approx(14.0));
    CHECK(value_of(records, 2) == doctest::Approx(9.0));
    CHECK(value_of(records, 3) == doctest::Approx(2.0));
    CHECK(value_of(records, 4) == doctest::Approx(2.0)); // 14 in 7 s
    CHECK(value_of(records, 5) == doctest::Approx(-1.0));
    CHECK(value_of(records, 6) == doctest::Approx(3.5));
    CHECK(records[0].samples == std::vector<double>{4, -1, 9, 2});
    CHECK(records[1].samples.empty());
}

TEST_CASE("a ratio is a ratio of sums, never a mean of ratios") {
    MetricDescription rate = metric("hit_rate", Aggregate::ratio);
    rate.numerator = 1;
    rate.denominator = 2;
    MetricCollector collector(
        {rate, metric("hits", Aggregate::sum), metric("lookups", Aggregate::sum)});
    collector.accept(true);
    for (const auto& [hits, lookups] : {std::pair{1.0, 1.0}, std::pair{0.0, 99.0}}) {
        static_cast<void>(collector.observe(1, hits));
        static_cast<void>(collector.observe(2, lookups));
    }
    CHECK(value_of(collector.aggregate(1), 0) == doctest::Approx(0.01));
}

TEST_CASE("what was never observed is absent, not zero") {
    MetricDescription rate = metric("hit_rate", Aggregate::ratio);
    rate.numerator = 1;
    rate.denominator = 2;
    MetricCollector collector(
        {rate, metric("hits", Aggregate::sum), metric("lookups", Aggregate::sum)});
    collector.accept(true);
    CHECK_FALSE(collector.aggregate(1)[1].value.has_value());
    static_cast<void>(collector.observe(1, 0.0));
    static_cast<void>(collector.observe(2, 0.0));
    const auto records = collector.aggregate(1);
    CHECK_FALSE(records[0].value.has_value()); // 0 of 0
    CHECK(value_of(records, 1) == 0.0);
}

TEST_CASE("a rate without seconds and a sum beyond all numbers are no figures") {
    MetricCollector collector({metric("rate", Aggregate::rate), metric("sum", Aggregate::sum)});
    collector.accept(true);
    static_cast<void>(collector.observe(0, 1.0));
    static_cast<void>(collector.observe(1, 1.7e308));
    static_cast<void>(collector.observe(1, 1.7e308));
    CHECK_FALSE(collector.aggregate(0)[0].value.has_value());
    CHECK_FALSE(collector.aggregate(0)[1].value.has_value());
}

TEST_CASE("NaN, infinities and an index out of range are refused once, by name") {
    MetricCollector collector({metric("recall", Aggregate::last)});
    collector.accept(true);
    const auto refusal = collector.observe(0, std::nan(""));
    REQUIRE(refusal.has_value());
    CHECK(refusal->find("metric 'recall' was given NaN") == 0);
    CHECK_FALSE(collector.observe(0, INFINITY).has_value());
    CHECK(collector.observe(1000, 1.0) ==
          "metric number 1000 was reported, but the family has 1: ignored");
    CHECK_FALSE(collector.observe(1001, 1.0).has_value());
    CHECK_FALSE(collector.aggregate(1)[0].value.has_value());
}

TEST_CASE("more samples than are kept are counted in a note") {
    MetricCollector collector({metric("depth", Aggregate::samples)});
    collector.accept(true);
    for (std::size_t i = 0; i <= MetricCollector::kSamplesMax; ++i) {
        static_cast<void>(collector.observe(0, 1.0));
    }
    CHECK(collector.aggregate(1)[0].samples.size() == MetricCollector::kSamplesMax);
    REQUIRE(collector.notes().size() == 1);
    CHECK(collector.notes()[0] == "metric 'depth': kept the first 100000 of 100001 samples");
}

TEST_CASE("a launch counts what verify, recorded finishes and close report, and nothing else") {
    FakeSuite fake;
    fake.add_metric("seen", ASSAY_AGG_SUM);
    fake.add_metric("hits", ASSAY_AGG_SUM);
    fake.add_metric("hit_rate", ASSAY_AGG_RATIO);
    fake.metrics[2].numerator = 1;
    fake.metrics[2].denominator = 0;
    fake.add_metric("absent", ASSAY_AGG_SUM);
    fake.request.verify = true;
    fake.on_verify = [&] {
        fake.host->metric(fake.scope, 0, 100);
        return ASSAY_OK;
    };
    fake.on_finish = [&](assay_batch*) {
        fake.host->metric(fake.scope, 0, 1);
        fake.host->metric(fake.scope, 1, 1);
        fake.host->metric(fake.scope, 3, std::nan(""));
        fake.host->metric(fake.scope, 1000, 1);
        return ASSAY_OK;
    };
    fake.on_close = [&] { fake.host->metric(fake.scope, 0, 1000); };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    REQUIRE(record.metrics.size() == 4);
    CHECK(value_of(record.metrics, 0) == doctest::Approx(1103)); // three recorded slices
    CHECK(value_of(record.metrics, 1) == doctest::Approx(3));
    CHECK(value_of(record.metrics, 2) == doctest::Approx(3.0 / 1103.0));
    CHECK_FALSE(record.metrics[3].value.has_value());
    REQUIRE(fake.observer.logs.size() == 2);
    CHECK(fake.observer.logs[0].find("'absent'") != std::string::npos);
    CHECK(fake.observer.logs[1].find("metric number 1000") != std::string::npos);
}

TEST_CASE("a rate is over the recorded slices' own seconds") {
    FakeSuite fake;
    fake.add_metric("ops", ASSAY_AGG_RATE);
    fake.on_finish = [&](assay_batch* batch) {
        fake.host->metric(fake.scope, 0, static_cast<double>(batch->iterations));
        return ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    double iterations = 0;
    double seconds = 0;
    for (const SliceRecord& slice : fake.recorded(record)) {
        iterations += static_cast<double>(slice.iterations);
        seconds += static_cast<double>(slice.thread_cpu_ns) * 1e-9;
    }
    CHECK(value_of(record.metrics, 0) == doctest::Approx(iterations / seconds));
}

} // namespace metric_test
