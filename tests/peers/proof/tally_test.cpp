#include "tally.hpp"

#include <doctest/doctest.h>

namespace tally_test {

using namespace proof;

namespace {

const Cell& cell(std::string_view name) {
    const Cell* found = cell_named(name);
    REQUIRE(found != nullptr);
    return *found;
}

void add(std::vector<Record>& records, const char* name, const char* verdict, int times) {
    for (int i = 0; i < times; ++i) {
        Record record;
        record.cell = name;
        record.method = kAssay;
        record.verdict = verdict;
        record.seconds = 1.0 + i;
        records.push_back(record);
    }
}

Record peer(double p_real, double ratio_real, double p_cpu, double ratio_cpu) {
    Record record;
    record.cell = "same_alu";
    record.method = kGoogleBenchmark;
    record.real_time = PeerFinding{p_real, ratio_real};
    record.cpu_time = PeerFinding{p_cpu, ratio_cpu};
    return record;
}

Reached reached_with(std::string_view name, const std::vector<Record>& records) {
    return reached(cell(name), count(records, cell(name), View::assay));
}

} // namespace

TEST_CASE("every verdict of identical builds but same and undecided is an alarm") {
    std::vector<Record> records;
    add(records, "same_alu", "same", 95);
    add(records, "same_alu", "undecided", 2);
    add(records, "same_alu", "slower", 2);
    add(records, "same_alu", "faster", 1);
    const Tally tally = count(records, cell("same_alu"), View::assay);
    CHECK(tally.comparisons == 100);
    const Share share = alarms(cell("same_alu"), tally);
    CHECK(share.k == 3);
    CHECK(share.n == 100);
    CHECK(reached_with("same_alu", records) == Reached::no);
}

TEST_CASE("one alarm in a hundred is a missed goal until the bound is below five percent") {
    std::vector<Record> records;
    add(records, "same_alu", "same", 99);
    add(records, "same_alu", "slower", 1);
    CHECK(reached_with("same_alu", records) == Reached::no); // its upper bound is 5.4 %
    add(records, "same_alu", "same", 20);
    CHECK(reached_with("same_alu", records) == Reached::yes);
}

TEST_CASE("a comparison that failed raised no alarm and found nothing") {
    std::vector<Record> records;
    add(records, "slower_allocating_2", "slower", 90);
    add(records, "slower_allocating_2", "", 10);
    for (std::size_t i = 90; i < 100; ++i) {
        records[i].failure = "exit status 3";
    }
    const Cell& slower = cell("slower_allocating_2");
    const Tally tally = count(records, slower, View::assay);
    CHECK(tally.failed == 10);
    CHECK(found(tally).n == 100);
    CHECK(alarms(slower, tally).n == 90);
    CHECK(tally.seconds.size() == 90);
    CHECK(reached(slower, tally) == Reached::yes);
    add(records, "slower_allocating_2", "undecided", 1);
    CHECK(reached_with("slower_allocating_2", records) == Reached::no);
}

TEST_CASE("one verdict of the wrong sign is a missed goal") {
    std::vector<Record> records;
    add(records, "slower_alu_2", "slower", 199);
    CHECK(reached_with("slower_alu_2", records) == Reached::yes);
    add(records, "slower_alu_2", "faster", 1);
    CHECK(reached_with("slower_alu_2", records) == Reached::no);
}

TEST_CASE("fewer than a hundred comparisons reach nothing and a cell without a goal states") {
    std::vector<Record> records;
    add(records, "slower_alu_2", "slower", 99);
    add(records, "slower_alu_1", "slower", 5);
    CHECK(reached_with("slower_alu_2", records) == Reached::too_few);
    CHECK(reached_with("slower_alu_1", records) == Reached::stated);
}

TEST_CASE("the peer is counted in both of its clocks with the sign of its medians") {
    const std::vector<Record> records{
        peer(0.049, 1.01, 0.05, 1.01), peer(0.001, 0.99, 0.2, 0.99), peer(1, 1, 0.01, 1.3)};
    const Tally real = count(records, cell("same_alu"), View::peer_real_time);
    CHECK(real.slower == 1);
    CHECK(real.faster == 1);
    CHECK(real.undecided == 1);
    const Tally cpu = count(records, cell("same_alu"), View::peer_cpu_time);
    CHECK(cpu.slower == 1);
    CHECK(cpu.undecided == 2);
    CHECK(count(records, cell("same_alu"), View::assay).comparisons == 0);
    CHECK(count(records, cell("same_allocating"), View::peer_cpu_time).comparisons == 0);
}

TEST_CASE("of fifty cases the alarms are runs in which another case was accused") {
    std::vector<Record> records;
    add(records, "fifty_alu_3", "slower", 3);
    records[1].others = {.slower = 1, .faster = 2, .same = 46, .undecided = 0};
    const Cell& fifty = cell("fifty_alu_3");
    const Tally tally = count(records, fifty, View::assay);
    CHECK(alarms(fifty, tally).k == 1);
    CHECK(found(tally).k == 3);
}

} // namespace tally_test
