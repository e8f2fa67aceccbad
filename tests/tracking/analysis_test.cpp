// What an analysis finds in series of which the truth is known.
#include "told_histories.hpp"

#include <assay/abi/suite.h>

#include <algorithm>
#include <thread>

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::on_every_store;
using history::test::run;
using history::test::uuid;

TEST_CASE("a step is found where it is, with the runs on either side of it") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(12, 10, 2), 21);
        const BranchAnalysis found = looked_at(store);
        REQUIRE(found.findings.size() == 1);
        REQUIRE(found.findings.front().changes.size() == 1);
        const LineChange& change = found.findings.front().changes.front();
        CHECK(change.index == 20);
        CHECK(change.worse);
        CHECK(*change.size == doctest::Approx(0.25).epsilon(0.05));
        CHECK(change.n_before == 20);
        CHECK(change.n_after == 12);
        CHECK(change.state == statistics::PointState::confirmed);
        CHECK(change.standing == verdict::LevelStanding::worse);
        CHECK_FALSE(change.over);
        CHECK(change.counted);
    });
}

TEST_CASE("a step with fewer than five values since is a candidate") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(4, 10, 2), 21);
        const BranchAnalysis found = looked_at(store);
        REQUIRE(found.findings.front().changes.size() == 1);
        CHECK(found.findings.front().changes.front().state == statistics::PointState::candidate);
    });
}

TEST_CASE("an exact metric changes with its first other figure") {
    on_every_store([](history::Store& store) {
        for (int number = 1; number <= 4; ++number) {
            history::Run one = run(number, {{"add", number < 4 ? 1000 : 1001}});
            one.points.front().series.metric = "allocations";
            one.points.front().series.unit = "1";
            one.points.front().series.flags = ASSAY_METRIC_EXACT;
            REQUIRE(store.record(one).ok());
        }
        const BranchAnalysis found = looked_at(store);
        REQUIRE(found.findings.front().changes.size() == 1);
        CHECK(found.findings.front().changes.front().index == 3);
        CHECK(found.findings.front().changes.front().p == 0);
    });
}

TEST_CASE("a single spike is an outlier, marked in the history and taken back when it is none") {
    on_every_store([](history::Store& store) {
        std::vector<double> values = steady(30, 8);
        values[14] = 16;
        tell(store, "add", values);
        const Shown shown = analysed(store);
        CHECK(shown.analysis.findings.front().changes.empty());
        REQUIRE(shown.analysis.findings.front().outliers == std::vector<std::size_t>{14});
        const std::int64_t series = history::test::series_id(store, history::test::kAdd);
        const auto flagged = [&](std::size_t place) {
            return (*store.points(series, {}))[place].flags & history::point_flag::outlier;
        };
        CHECK(flagged(14) != 0);
        CHECK(flagged(13) == 0);
        // Many more runs of that commit at the usual level: their median is no outlier.
        for (int number = 101; number <= 104; ++number) {
            history::Run again = run(number, {{"add", 8.0}});
            again.git.sha = run(15).git.sha;
            REQUIRE(store.record(again).ok());
        }
        analysed(store);
        CHECK(flagged(14) == 0);
    });
}

TEST_CASE("a climb is a drift and no staircase of steps") {
    on_every_store([](history::Store& store) {
        std::vector<double> values = steady(60, 8);
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] *= 1 + 0.004 * static_cast<double>(i);
        }
        tell(store, "add", values);
        const Shown shown = analysed(store);
        const LineFindings& found = shown.analysis.findings.front();
        REQUIRE_FALSE(found.drifts.empty());
        CHECK(found.drifts.back().end == 60);
        CHECK(found.drifts.back().change > 0.1);
        const LineDrift& drift = found.drifts.back(); // the three say one thing
        CHECK(drift.change == doctest::Approx(drift.to / drift.from - 1));
        CHECK(found.changes.size() <= 1);
        const std::int64_t series = history::test::series_id(store, history::test::kAdd);
        CHECK((store.points(series, {})->back().flags & history::point_flag::drift) != 0);
    });
}

TEST_CASE("runs that differ twice as much as before are noted") {
    on_every_store([](history::Store& store) {
        std::vector<double> values = steady(40, 8);
        const std::vector<double> wide = steady(10, 8, 3);
        for (const double value : wide) {
            values.push_back(8 + 12 * (value - 8));
        }
        tell(store, "add", values);
        const BranchAnalysis found = looked_at(store);
        REQUIRE(found.findings.front().spread);
        CHECK(found.findings.front().spread->ratio > 2);
    });
}

// 100 series of pure noise and one weak step at about p = 0.0008 that alone would count.
TEST_CASE("what chance gives over many series is not counted") {
    on_every_store([](history::Store& store) {
        constexpr int kRuns = 40;
        std::vector<std::vector<double>> all;
        for (std::uint64_t series = 0; series < 100; ++series) {
            all.push_back(noisy(kRuns, 8, 100 + series));
        }
        for (int i = 0; i < kRuns; ++i) {
            Figures figures;
            for (std::size_t k = 0; k < all.size(); ++k) {
                figures.emplace_back("f" + std::to_string(k), all[k][static_cast<std::size_t>(i)]);
            }
            tell(store, i + 1, figures);
        }
        const BranchAnalysis found = looked_at(store);
        std::size_t counted = 0;
        for (const LineFindings& one : found.findings) {
            counted += static_cast<std::size_t>(
                std::ranges::count_if(one.changes, [](const LineChange& change) {
                    return change.counted && change.p && *change.p > 0.05 / 100 * 5;
                }));
        }
        CHECK(counted == 0);
        CHECK(open_alert_book(store, found, 0)->alerts.size() <= 1);
    });
}

TEST_CASE("any number of threads finds the same") {
    on_every_store([](history::Store& store) {
        for (int number = 1; number <= 40; ++number) {
            Figures figures;
            for (int k = 0; k < 12; ++k) {
                const double level = number > 10 + 2 * k ? 9 : 8;
                figures.emplace_back(
                    "f" + std::to_string(k),
                    steady(1, level, static_cast<std::uint64_t>(1000 * number + k))[0]);
            }
            tell(store, number, figures);
        }
        const auto on_threads = [](std::size_t count,
                                   const std::function<void(std::size_t)>& body) {
            std::vector<std::thread> threads;
            for (std::size_t i = 0; i < count; ++i) {
                threads.emplace_back([&body, i] { body(i); });
            }
            for (std::thread& thread : threads) {
                thread.join();
            }
        };
        const auto one = analyse(store, {}, {}, each_in_turn);
        const auto many = analyse(store, {}, {}, on_threads);
        REQUIRE(one.ok());
        REQUIRE(many.ok());
        for (std::size_t i = 0; i < one->front().findings.size(); ++i) {
            const auto& a = one->front().findings[i].changes;
            const auto& b = many->front().findings[i].changes;
            REQUIRE(a.size() == b.size());
            CHECK(a.size() >= 1);
            for (std::size_t k = 0; k < a.size(); ++k) {
                CHECK(a[k].index == b[k].index);
                CHECK(a[k].p == b[k].p);
            }
        }
    });
}

TEST_CASE("a history of one run, and one that is empty, say that nothing can have changed") {
    on_every_store([](history::Store& store) {
        const auto empty = analyse(store, {}, {}, each_in_turn);
        REQUIRE_FALSE(empty.ok());
        CHECK(empty.error().kind == ErrorKind::missing);
        tell(store, 1, {{"add", 1}});
        const auto one = analyse(store, {}, {}, each_in_turn);
        REQUIRE_FALSE(one.ok());
        CHECK(one.error().kind == ErrorKind::missing);
        CHECK(one.error().message.find("1 series of at most 1 run") != std::string::npos);
    });
}

TEST_CASE("the other detectors answer as they are known to") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(40, 8));
        tell(store, "add", steady(20, 10, 2), 41);
        for (const statistics::Detector detector : statistics::kDetectors) {
            CAPTURE(statistics::name_of(detector));
            const auto all = analyse(store, {}, {.detector = detector}, each_in_turn);
            REQUIRE(all.ok());
            const auto& changes = all->front().findings.front().changes;
            const bool newest_alone = detector == statistics::Detector::iqr_fence ||
                                      detector == statistics::Detector::zscore;
            const bool found = std::ranges::any_of(changes, [](const LineChange& change) {
                return change.index >= 38 && change.index <= 42;
            });
            CHECK(found == (!newest_alone && detector != statistics::Detector::threshold));
        }
    });
}
