#include "charts/ticks.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>

namespace ticks_test {

using namespace assay::charts;

namespace {

std::vector<std::string> labels_of(const Ticks& ticks) {
    std::vector<std::string> labels;
    for (const Tick& tick : ticks.marks) {
        labels.push_back(tick.label);
    }
    return labels;
}

using Labels = std::vector<std::string>;

constexpr double kMoment = 1'785'060'000; // 2026-07-26 10:00:00 UTC

} // namespace

TEST_CASE("ticks of a linear axis stand at round numbers in one unit") {
    const Ticks ticks = linear_ticks({0, 0.00032}, 5, "s");
    CHECK(ticks.unit == "\u00B5s");
    CHECK(labels_of(ticks) == Labels{"0", "100", "200", "300"});
    CHECK(ticks.marks[3].at == doctest::Approx(0.0003));
    CHECK(labels_of(linear_ticks({-0.3, 1.2}, 4, "1")) == Labels{"0", "0.5", "1.0"});
}

TEST_CASE("changes have signs and shares have percent at every tick") {
    CHECK(labels_of(linear_ticks({-12, 16}, 4, "%", true)) == Labels{"-10 %", "0 %", "+10 %"});
    CHECK(linear_ticks({-12, 16}, 4, "%").unit.empty());
}

TEST_CASE("sizes are stepped in the unit of their title and counts bear a prefix") {
    const Ticks bytes = linear_ticks({0, 3.2 * 1048576}, 4, "By");
    CHECK(bytes.unit == "MiB");
    CHECK(labels_of(bytes) == Labels{"0", "1", "2", "3"});
    CHECK(bytes.marks[1].at == 1048576);
    const Ticks counts = linear_ticks({0, 42'000}, 5, "{lookups}");
    CHECK(counts.unit == "lookups");
    CHECK(labels_of(counts) == Labels{"0", "10k", "20k", "30k", "40k"});
}

TEST_CASE("ticks of a linear axis differ from each other in every size of numbers") {
    for (const double low : {0.0, 1e-9, -3e-5, 1.0, 271.9, 1e6, 999'999.0, 1e12, -1e300}) {
        for (const double share : {1e-6, 0.01, 1.0, 1e3}) {
            const double span = (low == 0 ? 1 : std::abs(low)) * share;
            for (const char* unit : {"s", "By", "1", "%", "{hits}", "1/s"}) {
                CAPTURE(low);
                CAPTURE(share);
                CAPTURE(unit);
                const Ticks ticks = linear_ticks({low, low + span}, 6, unit);
                const auto labels = labels_of(ticks);
                CHECK(labels.size() >= 2);
                CHECK(labels.size() <= 8);
                CHECK(std::set<std::string>(labels.begin(), labels.end()).size() == labels.size());
                for (const Tick& tick : ticks.marks) {
                    CHECK(tick.at >= low - span * 1e-6);
                    CHECK(tick.at <= low + span * (1 + 1e-6));
                }
            }
        }
    }
}

TEST_CASE("an axis without length or of no numbers has no ticks") {
    const double none = std::numeric_limits<double>::quiet_NaN();
    CHECK(linear_ticks({1, 1}, 5, "s").marks.empty());
    CHECK(linear_ticks({2, 1}, 5, "s").marks.empty());
    CHECK(linear_ticks({none, 1}, 5, "s").marks.empty());
    CHECK(linear_ticks({-1e308, 1e308}, 5, "%").marks.empty()); // their difference is infinite
    CHECK(log_ticks({0, 1}, 5, "s").marks.empty());
    CHECK(log_ticks({-1, 1}, 5, "s").marks.empty());
    CHECK(time_ticks({none, kMoment}, 5).marks.empty());
    CHECK(time_ticks({kMoment, 1e300}, 5).marks.empty());
}

TEST_CASE("ticks of a logarithmic axis bear their own unit") {
    CHECK(labels_of(log_ticks({0.9e-9, 1.1e-3}, 3, "s")) == Labels{"1 ns", "1 \u00B5s", "1 ms"});
    CHECK(labels_of(log_ticks({1, 100}, 3, "1")) == Labels{"1", "10", "100"});
    CHECK(labels_of(log_ticks({1, 100}, 8, "1")) == Labels{"1", "2", "5", "10", "20", "50", "100"});
    CHECK(labels_of(log_ticks({65536, 67108864}, 6, "By")) ==
          Labels{"64 KiB", "256 KiB", "1 MiB", "4 MiB", "16 MiB", "64 MiB"});
}

TEST_CASE("a logarithmic axis that is too short for powers has linear ticks") {
    const Ticks ticks = log_ticks({3.1, 3.4}, 4, "1");
    CHECK(labels_of(ticks) == Labels{"3.1", "3.2", "3.3", "3.4"});
}

TEST_CASE("a logarithmic axis over all numbers there are has few ticks") {
    for (const double high : {1e12, 1e300}) {
        for (const char* unit : {"s", "By", "1"}) {
            const Ticks ticks = log_ticks({1e-9, high}, 6, unit);
            CHECK(ticks.marks.size() >= 2);
            CHECK(ticks.marks.size() <= 7);
        }
    }
}

TEST_CASE("moments are told at the steps of calendars and clocks") {
    const double day = 86'400;
    CHECK(labels_of(time_ticks({kMoment, kMoment + 20}, 5)) ==
          Labels{"10:00:00", "10:00:05", "10:00:10", "10:00:15", "10:00:20"});
    CHECK(labels_of(time_ticks({kMoment, kMoment + 4 * 3600}, 4)) ==
          Labels{"10:00", "11:00", "12:00", "13:00", "14:00"});
    CHECK(labels_of(time_ticks({kMoment, kMoment + 3.5 * day}, 4)) ==
          Labels{"27 Jul", "28 Jul", "29 Jul"});
    // Weeks begin on Mondays.
    CHECK(labels_of(time_ticks({kMoment, kMoment + 25 * day}, 4)) ==
          Labels{"27 Jul", "3 Aug", "10 Aug", "17 Aug"});
    CHECK(labels_of(time_ticks({kMoment, kMoment + 100 * day}, 4)) ==
          Labels{"Aug", "Sep", "Oct", "Nov"});
    CHECK(labels_of(time_ticks({kMoment, kMoment + 1500 * day}, 5)) ==
          Labels{"2027", "2028", "2029", "2030"});
}

TEST_CASE("a tick of a moment knows its day or its year") {
    CHECK(time_ticks({kMoment, kMoment + 7200}, 4).marks[0].second == "26 Jul 2026");
    CHECK(time_ticks({kMoment, kMoment + 86'400 * 5.0}, 4).marks[0].second == "2026");
    CHECK(time_ticks({kMoment, kMoment + 86'400 * 1500.0}, 5).marks[0].second.empty());
}

TEST_CASE("ticks of moments are few at every length and before 1970") {
    for (const double from : {kMoment, -2.2e9, 0.0, -6e10, 2.5e11}) {
        for (double length = 1; length < 3e9; length *= 3) {
            CAPTURE(from);
            CAPTURE(length);
            const Ticks ticks = time_ticks({from, from + length}, 6);
            CHECK(ticks.marks.size() <= 7);
            for (const Tick& tick : ticks.marks) {
                CHECK(tick.at >= from);
                CHECK(tick.at <= from + length);
            }
        }
    }
}

TEST_CASE("moments are written as dates in UTC") {
    CHECK(moment_text(kMoment) == "2026-07-26 10:00");
    CHECK(date_text(kMoment) == "2026-07-26");
    CHECK(date_text(-1) == "1969-12-31");
    CHECK(date_text(-62'135'596'800) == "0001-01-01");
    CHECK(date_text(1e18) == "\u2013");
    CHECK(moment_text(std::numeric_limits<double>::quiet_NaN()) == "\u2013");
}

} // namespace ticks_test
