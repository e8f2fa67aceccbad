#include "lanes/processor_supply.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace assay::lanes;
using assay::test::TemporaryFolder;

namespace fs = std::filesystem;

TEST_CASE("this process has a CPU") {
    CHECK_FALSE(processor_supply().cpus.empty());
}

TEST_CASE("every lane of a case has a CPU of its own where there are as many") {
    const std::vector<int> cpus{1, 3, 6};
    CHECK(cpus_of_lanes(cpus, 2) == std::vector{1, 3});
    CHECK(cpus_of_lanes(cpus, 3) == cpus);
    CHECK(cpus_of_lanes(cpus, 2, 5) == std::vector{6, 1});
    CHECK(cpus_of_lanes(cpus, 1).empty());
    CHECK(cpus_of_lanes(cpus, 4).empty());
    CHECK(cpus_of_lanes({}, 2).empty());
}

TEST_CASE("CPUs of one core are found by what /sys says of them") {
    const TemporaryFolder tree;
    for (const char* cpu : {"cpu0", "cpu2"}) {
        tree.write(fs::path(cpu) / "topology/thread_siblings_list", "0,2\n");
    }
    for (const char* cpu : {"cpu1", "cpu3"}) {
        tree.write(fs::path(cpu) / "topology/thread_siblings_list", "1,3\n");
    }
    CHECK(cpus_of_one_core({0, 1, 2, 3}, tree.path()) == std::pair(0, 2));
    CHECK(cpus_of_one_core({0, 1}, tree.path()) == std::nullopt);
    CHECK(cpus_of_one_core({7, 8}, tree.path()) == std::nullopt);
}

TEST_CASE("too few CPUs, too little of their time or too many lanes leave one to measure") {
    const auto why = [](std::vector<int> cpus, std::optional<double> quota, std::uint32_t lanes) {
        return why_one_measures({.cpus = std::move(cpus), .quota = quota}, lanes);
    };
    CHECK(why({0}, {}, 2) == "there is one CPU");
    CHECK(why({0, 1, 2, 3}, 1.5, 2) == "the control group grants 1.5 CPUs of time");
    CHECK(why({0, 1, 2, 3}, {}, 5).has_value());
    CHECK_FALSE(why({0, 1, 2, 3}, 2.0, 4).has_value());
    CHECK_FALSE(why({0, 1}, {}, 2).has_value());
}
