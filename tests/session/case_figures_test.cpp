#include "scripted_run.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace scripted;
using app::CaseFigures;
using measure::Aggregate;
using measure::Clock;

namespace {

const report::MetricResult& metric(const CaseFigures& figures, const std::string& key) {
    static std::vector<report::MetricResult> metrics;
    metrics = figures.metrics();
    const auto found = std::ranges::find(metrics, key, &report::MetricResult::key);
    REQUIRE_MESSAGE(found != metrics.end(), key);
    return *found;
}

bool has(const CaseFigures& figures, const std::string& key) {
    const auto metrics = figures.metrics();
    return std::ranges::find(metrics, key, &report::MetricResult::key) != metrics.end();
}

measure::FamilyDescription family() {
    return suite().description.families.front();
}

measure::MetricDescription
own_metric(std::string key, Aggregate aggregate = Aggregate::samples, std::uint32_t flags = 0) {
    measure::MetricDescription described;
    described.key = std::move(key);
    described.unit = "1";
    described.aggregate = aggregate;
    described.flags = flags;
    return described;
}

measure::MetricRecord observed(std::uint32_t index, std::optional<double> value) {
    measure::MetricRecord record;
    record.index = index;
    record.value = value;
    return record;
}

workers::LaunchOutcome timed_by(Clock clock, const std::vector<measure::SliceRecord>& slices) {
    workers::LaunchOutcome outcome = passing(slices);
    outcome.record.calibration->clock = clock;
    return outcome;
}

} // namespace

TEST_CASE("time is the median of launch medians, per iteration, in the case's own clock") {
    const auto described = family();
    CaseFigures figures(described);
    // Launch medians 1, 2 and 9 us of wall time, half of that on the processor.
    figures.add(passing({slice(10'000, 10), slice(10'000, 10), slice(90'000, 10)}));
    figures.add(passing({slice(20'000, 10), slice(20'000, 10), slice(10'000, 10)}));
    figures.add(passing({slice(90'000, 10)}));
    CHECK(figures.launches() == 3);
    CHECK(figures.samples() == 7);
    CHECK(metric(figures, "time").summary.median == doctest::Approx(1e-6));
    CHECK(metric(figures, "time").clock == Clock::thread_cpu);
    CHECK(metric(figures, "time").iterations == 10);
    CHECK(metric(figures, "wall_time").summary.median == doctest::Approx(2e-6));
    CHECK(metric(figures, "cpu_time").summary.median == doctest::Approx(1e-6));
    CHECK(metric(figures, "setup_time").summary.n == 3);
    CHECK(metric(figures, "peak_rss").summary.median == 4096);
}

TEST_CASE("each clock gives the time that was read from it") {
    measure::SliceRecord one = slice(8000, 2);
    one.process_cpu_ns = 6000;
    one.manual_ns = 2000;
    const auto described = family();
    const auto time_by = [&](Clock clock) {
        CaseFigures figures(described);
        figures.add(timed_by(clock, {one}));
        return metric(figures, "time").summary.median;
    };
    CHECK(time_by(Clock::wall) == doctest::Approx(4e-6));
    CHECK(time_by(Clock::thread_cpu) == doctest::Approx(2e-6));
    CHECK(time_by(Clock::process_cpu) == doctest::Approx(3e-6));
    CHECK(time_by(Clock::manual) == doctest::Approx(1e-6));
}

TEST_CASE("warm-up and scaling slices count for no figure") {
    measure::SliceRecord warmup = slice(1'000'000);
    warmup.flags = measure::kSliceWarmup;
    measure::SliceRecord scaling = slice(1'000'000);
    scaling.flags = measure::kSliceWarmup | measure::kSliceScaling;
    const auto described = family();
    CaseFigures figures(described);
    figures.add(passing({warmup, scaling, slice(1000)}));
    CHECK(figures.samples() == 1);
    CHECK(metric(figures, "wall_time").summary.max == doctest::Approx(1e-6));
}

TEST_CASE("a launch without recorded slices has no time") {
    const auto described = family();
    CaseFigures figures(described);
    CHECK_FALSE(figures.last_has_time());
    figures.add(passing({slice(1000)}));
    CHECK(figures.last_has_time());
    figures.add(passing({}));
    CHECK_FALSE(figures.last_has_time());
}

TEST_CASE("rates of a crew are its whole work over the wall time from first start to last end") {
    measure::SliceRecord first = slice(4000);
    measure::SliceRecord second = slice(4000);
    first.items = second.items = 30;
    first.bytes = second.bytes = 300;
    second.lane = 1;
    second.start_ns = first.start_ns + 2000; // the crew takes 6 us
    const auto described = family();
    CaseFigures figures(described);
    workers::LaunchOutcome crew = timed_by(Clock::wall, {first, second});
    crew.record.slices[1].index = 0; // the same batch
    figures.add(crew);
    CHECK(metric(figures, "items_rate").summary.n == 1);
    CHECK(metric(figures, "items_rate").summary.median == doctest::Approx(60 / 6e-6));
    CHECK(metric(figures, "bytes_rate").summary.median == doctest::Approx(600 / 6e-6));
    CHECK(metric(figures, "time").summary.n == 2); // each lane's own
}

TEST_CASE("rates of one lane are over the case's own clock, and absent where nothing was counted") {
    measure::SliceRecord one = slice(4000);
    one.items = 10;
    const auto described = family();
    CaseFigures figures(described);
    figures.add(passing({one}));
    CHECK(metric(figures, "items_rate").summary.median == doctest::Approx(10 / 2e-6));
    CHECK_FALSE(has(figures, "bytes_rate"));
}

TEST_CASE("a latency case's samples are its operations") {
    auto described = family();
    described.shape = measure::Shape::latency;
    CaseFigures figures(described);
    workers::LaunchOutcome launch = passing({slice(100'000, 4)});
    for (const std::uint64_t ns : {100, 200, 300, 400}) {
        launch.record.latency.record(ns);
    }
    figures.add(launch);
    CHECK(metric(figures, "time").summary.n == 4);
    CHECK(metric(figures, "time").summary.median == doctest::Approx(250e-9));
    CHECK(metric(figures, "time").summary.max == doctest::Approx(400e-9));
    CHECK(metric(figures, "wall_time").summary.n == 1);
    // The ticks behind an operation go on while others have the processor.
    launch.record.calibration = measure::Calibration{.iterations = 4};
    figures.add(launch);
    CHECK(metric(figures, "time").clock == measure::Clock::wall);
}

TEST_CASE("a latency case has percentiles, their intervals from six launches on, and histograms") {
    auto described = family();
    described.shape = measure::Shape::latency;
    CaseFigures figures(described);
    for (std::uint64_t i = 0; i < 6; ++i) {
        workers::LaunchOutcome launch = passing({slice(100'000)});
        launch.record.latency.record(100 + i, 5000);
        figures.add(launch);
        CHECK(metric(figures, "time").percentiles.front().interval.has_value() == (i == 5));
    }
    const report::MetricResult& time = metric(figures, "time");
    CHECK(figures.samples() == 30'000);
    CHECK(time.summary.n == 30'000);
    CHECK(time.percentiles.size() == 5);
    CHECK(time.percentiles.front().value == doctest::Approx(102.5e-9));
    CHECK(time.percentiles.back().value == doctest::Approx(105e-9));
    REQUIRE(time.launches.size() == 6);
    CHECK(time.launches[0].empty());
    REQUIRE(time.facts.size() == 6);
    CHECK(time.facts[5].histogram.count() == 5000);
    CHECK(time.reason.empty());
}

TEST_CASE("a latency launch without operations has no time and is told as no launch") {
    auto described = family();
    described.shape = measure::Shape::latency;
    CaseFigures figures(described);
    figures.add(passing({slice(100'000)}));
    CHECK_FALSE(figures.last_has_time());
    CHECK(metric(figures, "time").facts.empty());
    CHECK(metric(figures, "time").reason == "no observation");
    CHECK(metric(figures, "wall_time").summary.n == 1);
}

TEST_CASE("more samples than a document can hold are summarised and not listed") {
    auto described = family();
    described.metrics = {own_metric("sizes")};
    CaseFigures figures(described);
    workers::LaunchOutcome launch = passing({slice(100'000)});
    for (const std::size_t samples : {5000, 10}) {
        launch.record.metrics = {observed(0, 1)};
        launch.record.metrics.front().samples.assign(samples, 1.0);
        figures.add(launch);
    }
    const report::MetricResult& sizes = metric(figures, "sizes");
    CHECK(sizes.summary.n == 5010);
    REQUIRE(sizes.launches.size() == 2);
    CHECK(sizes.launches[0].empty());
    CHECK(sizes.launches[1].size() == 10);
    CHECK(sizes.summary.launch_medians.size() == 2);
}

TEST_CASE("listed launches stand beside their own medians when one has no samples") {
    measure::SliceRecord working = slice(1000);
    working.items = 5;
    const auto described = family();
    CaseFigures figures(described);
    figures.add(passing({slice(1000)})); // counted no items
    figures.add(passing({working}));
    const report::MetricResult& rate = metric(figures, "items_rate");
    CHECK(rate.summary.launch_medians.size() == 1);
    REQUIRE(rate.launches.size() == 1);
    CHECK(rate.launches[0].size() == 1);
}

TEST_CASE("every launch has its own place among a metric's figures, with one or without") {
    auto described = family();
    described.metrics = {own_metric("hits"), own_metric("never"), own_metric("verified")};
    CaseFigures figures(described);
    workers::LaunchOutcome verifying = passing({});
    verifying.record.metrics = {observed(0, 99), observed(2, 5)};
    figures.add_verifying(verifying);
    for (const std::optional<double>& hits : {std::optional(7.0),
                                              std::optional<double>(),
                                              std::optional(8.0),
                                              std::optional<double>()}) {
        measure::SliceRecord working = slice(1000);
        working.items = hits ? 5 : 0;
        workers::LaunchOutcome launch = passing({working});
        launch.record.metrics = {observed(0, hits)};
        launch.death.emplace();
        launch.death->peak_rss_bytes = hits ? 4096 : 0;
        figures.add(launch);
    }
    using Figures = std::vector<std::optional<double>>;
    CHECK(metric(figures, "hits").launch_figures == Figures{7, {}, 8, {}});
    CHECK(metric(figures, "hits").summary.launch_medians == std::vector<double>{7, 8});
    CHECK(metric(figures, "peak_rss").launch_figures == Figures{4096, {}, 4096, {}});
    CHECK(metric(figures, "setup_time").launch_figures.size() == 4);
    CHECK(metric(figures, "never").launch_figures == Figures(4));
    CHECK(metric(figures, "verified").launch_figures == Figures{5}); // of no pair
    const Figures rates = metric(figures, "items_rate").launch_figures;
    REQUIRE(rates.size() == 4);
    CHECK(rates[0].has_value());
    CHECK_FALSE(rates[1].has_value());
    CHECK(figures.metric("hits")->launch_figures.size() == 4); // asked alone it is the same
}

TEST_CASE("slices with a known cause of being odd are counted once each") {
    measure::SliceRecord odd = slice(1000);
    odd.involuntary_switches = 3;
    odd.major_faults = 1;
    odd.cpu_after = 1;
    const auto described = family();
    CaseFigures figures(described);
    figures.add(passing({odd, slice(1000)}));
    CHECK(metric(figures, "time").preempted == 1);
    CHECK(metric(figures, "time").faulted == 1);
    CHECK(metric(figures, "time").migrated == 1);
}

TEST_CASE("slices of launches from which processor time was withheld are labelled together") {
    const auto described = family();
    CaseFigures figures(described);
    workers::LaunchOutcome quiet = passing({slice(1000), slice(1000)});
    figures.add(quiet);
    CHECK_FALSE(metric(figures, "time").stolen); // nobody counts it: not known, not 0
    CHECK_FALSE(metric(figures, "time").throttled);
    quiet.withheld = {0, 0, 0};
    figures.add(quiet);
    CHECK(metric(figures, "time").stolen == 0);
    workers::LaunchOutcome robbed = passing({slice(1000), slice(1000), slice(1000)});
    robbed.withheld = {2, 1, 30'000};
    figures.add(robbed);
    const report::MetricResult& time = metric(figures, "time");
    CHECK(time.stolen == 3);
    CHECK(time.throttled == 3);
    CHECK_FALSE(time.facts[0].stolen_s);
    CHECK(*time.facts[2].stolen_s == doctest::Approx(0.02));
    CHECK(*time.facts[2].throttled_s == doctest::Approx(0.03));
    CHECK(figures.notes() ==
          std::vector<std::string>{"throttled: a CPU quota (cgroup) held back 1 of 3 launches"});
}

TEST_CASE("an interrupted slice is counted and stays among the samples") {
    const auto described = family();
    CaseFigures figures(described);
    figures.add(passing({slice(1000), slice(1000), slice(200'000)}));
    CHECK(metric(figures, "time").interrupted == 1);
    CHECK(metric(figures, "time").summary.n == 3);
}

TEST_CASE("every launch says whether it became steady, where its slices could tell") {
    const auto described = family();
    CaseFigures figures(described);
    workers::LaunchOutcome launch = passing({slice(1000)});
    const auto add = [&](std::uint32_t warmup_slices, bool steady) {
        launch.record.calibration->warmup_slices = warmup_slices;
        launch.record.calibration->steady = steady;
        figures.add(launch);
    };
    add(10, true);
    add(20, false);
    add(1, false); // an iteration longer than a slice
    const auto& facts = metric(figures, "time").facts;
    REQUIRE(facts.size() == 3);
    CHECK(facts[0].steady == true);
    CHECK(facts[1].steady == false);
    CHECK_FALSE(facts[2].steady.has_value());
    CHECK(facts[1].warmup_slices == 20);
}

TEST_CASE("several lanes have their own samples and the share of the time in which all ran") {
    measure::SliceRecord first = slice(8000, 2);
    measure::SliceRecord late = slice(8000, 4);
    late.lane = 1;
    late.start_ns = first.start_ns + 2000; // together for 6 of 10 us
    const auto described = family();
    CaseFigures figures(described);
    workers::LaunchOutcome crew = timed_by(Clock::wall, {first, late});
    crew.record.slices[1].index = 0; // the same batch
    figures.add(crew);
    const report::MetricResult& time = metric(figures, "time");
    REQUIRE(time.overlap);
    CHECK(*time.overlap == doctest::Approx(0.6));
    REQUIRE(time.facts.at(0).lanes.size() == 2);
    CHECK(time.facts[0].lanes[0].at(0) == doctest::Approx(4e-6));
    CHECK(time.facts[0].lanes[1].at(0) == doctest::Approx(2e-6));
    REQUIRE(figures.notes().size() == 1);
    CHECK(figures.notes()[0].starts_with("overlap: all lanes ran together in 60 %"));
    CaseFigures alone(described);
    alone.add(passing({slice(1000)}));
    CHECK_FALSE(metric(alone, "time").overlap);
    CHECK(metric(alone, "time").facts.at(0).lanes.empty());
    CHECK(alone.notes().empty());
}

TEST_CASE("two modes are told with their times, and one is not") {
    const auto described = family();
    CaseFigures one(described);
    CaseFigures two(described);
    for (std::uint64_t launch = 0; launch < 10; ++launch) {
        std::vector<measure::SliceRecord> even;
        std::vector<measure::SliceRecord> alternating;
        for (std::uint64_t i = 0; i < 12; ++i) {
            const std::uint64_t noise = 20 * ((7 * i + launch) % 12);
            even.push_back(slice(20'000 + noise));
            alternating.push_back(slice((i % 2 == 0 ? 20'000 : 30'000) + noise));
        }
        one.add(passing(even));
        two.add(passing(alternating));
    }
    CHECK(metric(one, "time").bimodal.empty());
    CHECK(one.notes().empty());
    const auto& bimodal = metric(two, "time").bimodal;
    REQUIRE(bimodal.size() == 1);
    CHECK(bimodal[0].of == "slices");
    CHECK(bimodal[0].modes.low.value == doctest::Approx(10e-6).epsilon(0.05));
    CHECK(bimodal[0].modes.high.value == doctest::Approx(15e-6).epsilon(0.05));
    REQUIRE(two.notes().size() == 1);
    CHECK(two.notes()[0].starts_with("bimodal: slices near 10."));
    CHECK(two.notes()[0].find(" \u00b5s (50 %) and near 15.") != std::string::npos);
}

TEST_CASE("launches of a latency case that fall into two groups are told") {
    auto described = family();
    described.shape = measure::Shape::latency;
    CaseFigures figures(described);
    for (std::uint64_t i = 0; i < 12; ++i) {
        workers::LaunchOutcome launch = passing({slice(100'000)});
        launch.record.latency.record((i % 2 == 0 ? 100 : 200) + i % 3, 50);
        figures.add(launch);
    }
    const auto& bimodal = metric(figures, "time").bimodal;
    REQUIRE(bimodal.size() == 1);
    CHECK(bimodal[0].of == "launches");
    CHECK(bimodal[0].modes.high.value == doctest::Approx(201e-9).epsilon(0.01));
    CHECK(figures.notes().at(0).starts_with("bimodal: launches near 101 ns (50 %)"));
}

TEST_CASE("a case's own metrics keep their description, and the unobserved have no figure") {
    auto described = family();
    described.metrics = {own_metric("hits", Aggregate::sum),
                         own_metric("never"),
                         own_metric("error", Aggregate::last)};
    CaseFigures figures(described);
    workers::LaunchOutcome verifying = passing({});
    verifying.record.metrics = {observed(0, 99), observed(2, 0.5)};
    figures.add_verifying(verifying);
    workers::LaunchOutcome launch = passing({slice(1000)});
    launch.record.metrics = {observed(0, 7), observed(1, std::nullopt)};
    figures.add(launch);
    CHECK(metric(figures, "hits").summary.median == 7); // not what verification saw
    CHECK(metric(figures, "hits").aggregate == Aggregate::sum);
    CHECK(metric(figures, "never").summary.n == 0);
    CHECK(metric(figures, "never").reason == "no observation");
    CHECK(metric(figures, "error").summary.median == 0.5); // only verification saw it
    CHECK(figures.metrics().back().key == "error");
}

TEST_CASE("equal seed, lane and iterations must give one checksum in every launch") {
    measure::SliceRecord one = slice(1000, 4);
    one.seed = 7;
    one.checksum = 1;
    measure::SliceRecord other_seed = one;
    other_seed.seed = 8;
    other_seed.checksum = 2;
    measure::SliceRecord other_lane = one;
    other_lane.lane = 1;
    other_lane.checksum = 3;
    measure::SliceRecord other_length = slice(1000, 5);
    other_length.seed = 7;
    other_length.checksum = 4;
    measure::SliceRecord silent = one;
    silent.checksum = 0;
    const auto described = family();
    CaseFigures figures(described);
    figures.add(passing({one, other_seed, other_lane, other_length, silent}));
    figures.add(passing({one}));
    CHECK(figures.checksum_conflict().empty());
    measure::SliceRecord changed = one;
    changed.checksum = 5;
    figures.add(passing({changed}));
    CHECK(figures.checksum_conflict() ==
          "checksum differs between batches with equal seed (7), lane (0) and iterations (4)");
}

TEST_CASE("notes are counted over measuring launches, and those of verification told apart") {
    const auto described = family();
    CaseFigures figures(described);
    workers::LaunchOutcome verifying = passing({});
    verifying.record.notes = {"host call in run: log", "mostly waiting: 4 %"};
    figures.add_verifying(verifying);
    workers::LaunchOutcome launch = passing({slice(1000)});
    launch.record.notes = {"unsteady", "mostly waiting: 3 %"};
    figures.add(launch);
    launch.record.notes = {"mostly waiting: 2 %"};
    figures.add(launch);
    CHECK(figures.notes() ==
          std::vector<std::string>{"host call in run: log (while it was verified)",
                                   "mostly waiting: 4 % (2 of 2 launches)",
                                   "unsteady (1 of 2 launches)"});
}

TEST_CASE("an exact metric that differs between launches, or is missing in one, is noted") {
    auto described = family();
    described.metrics = {own_metric("hits", Aggregate::samples, ASSAY_METRIC_EXACT)};
    const auto notes_of = [&](std::vector<std::optional<double>> values) {
        CaseFigures figures(described);
        for (const std::optional<double>& value : values) {
            workers::LaunchOutcome launch = passing({slice(1000)});
            launch.record.metrics = {observed(0, value)};
            figures.add(launch);
        }
        return figures.notes();
    };
    CHECK(notes_of({7, 7}).empty());
    CHECK(notes_of({std::nullopt, std::nullopt}).empty());
    CHECK(notes_of({7, 8}).size() == 1);
    CHECK(notes_of({7, std::nullopt}).size() == 1);
}

TEST_CASE("a clock that is half a percent of a slice or more is told with its share") {
    const auto described = family();
    for (const auto& [bound, is_told] : {std::pair{0.0049, false}, {0.02, true}}) {
        CaseFigures figures(described);
        workers::LaunchOutcome launch = passing({slice(10'000, 10)});
        launch.record.calibration->overhead_bound = bound;
        figures.add(launch);
        const auto notes = figures.notes();
        CHECK(std::ranges::any_of(notes, [](const std::string& note) {
                  return note.find("up to 2 % of a slice") != std::string::npos;
              }) == is_told);
    }
}

TEST_CASE("the first launch's calibration and every attachment stand in the document") {
    const auto described = family();
    CaseFigures figures(described);
    workers::LaunchOutcome verifying = passing({});
    verifying.record.attachments = {{"plot.svg", "image/svg+xml", "<svg/>"}};
    figures.add_verifying(verifying);
    figures.add(passing({slice(1000, 10)}));
    figures.add(passing({slice(1000, 20)}));
    const json::object extra = figures.extra();
    CHECK(extra.at("calibration").as_object().at("iterations").to_number<int>() == 10);
    CHECK(extra.at("calibration").as_object().at("clock").as_string() == "thread_cpu");
    CHECK(extra.at("attachments").as_array().size() == 1);
}
