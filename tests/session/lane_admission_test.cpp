#include "app/session/lane_admission.hpp"
#include "support/file.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <string>

using namespace assay;
using namespace assay::app;
using assay::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kHour = 3'600'000'000'000;
constexpr std::uint64_t kMidnight = 1'700'006'400'000'000'000; // 2023-11-15 00:00 UTC
static_assert(kMidnight / kHour % 24 == 0);

// A canary whose memory kernel is slowed by so much, and how often it was asked.
struct FakeCanary {
    double slowdown = 0;
    int asked = 0;
    lanes::CanaryOptions options{};

    lanes::CanaryFindings operator()(const lanes::CanaryOptions& given) {
        ++asked;
        options = given;
        lanes::CanaryFindings found;
        for (int pair = 0; pair < 20; ++pair) {
            const double noise = 0.001 * (pair % 3 - 1);
            found.test.add(measure::KernelKind::alu, {.cpu = noise, .wall = noise});
            found.test.add(measure::KernelKind::memory,
                           {.cpu = std::log1p(slowdown) + noise, .wall = noise});
        }
        return found;
    }
};

LaneWish two_of_four() {
    return {.lanes = 2, .cases = 3, .supply = {.cpus = {0, 1, 2, 3}}};
}

} // namespace

TEST_CASE("a canary that is slowed leaves one lane to measure, with its evidence") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "lanes.json";
    FakeCanary canary{.slowdown = 0.12};
    const LaneAdmission admission =
        lane_admission(file, kMidnight, two_of_four(), std::ref(canary));
    CHECK(admission.decision == LaneDecision::refused);
    CHECK(admission.measured_lanes() == 1);
    const std::string text = lanes_text(admission);
    CHECK_MESSAGE(
        text.starts_with("2 lanes, one measures at a time: a second slows the canary by 12 % ["),
        text);
    CHECK_MESSAGE(text.ends_with("] (memory, CPU time)"), text);
    const json::object object = lanes_object(admission);
    CHECK(object.at("count").to_number<int>() == 2);
    CHECK(object.at("measured_lanes").to_number<int>() == 1);
    CHECK(object.at("decision").as_string() == "refused");
    CHECK(object.at("measured_at").as_string() == "2023-11-15T00:00:00.000Z");
    const json::object& memory = object.at("slowdown").at("memory").as_object();
    CHECK(memory.at("estimate").to_number<double>() == doctest::Approx(0.12));
    CHECK(memory.at("interval").as_array().size() == 2);
    CHECK(memory.at("pairs").to_number<int>() == 20);
    CHECK(object.at("slowdown").at("alu").at("estimate").to_number<double>() ==
          doctest::Approx(0).epsilon(0.01));
}

TEST_CASE("a canary that feels nothing lets a second lane measure") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "lanes.json";
    FakeCanary canary;
    const LaneAdmission admission =
        lane_admission(file, kMidnight, two_of_four(), std::ref(canary));
    CHECK(admission.measured_lanes() == 2);
    CHECK(lanes_object(admission).at("decision").as_string() == "admitted");
    CHECK(lanes_text(admission).starts_with("2 lanes, two measure at once: "));
}

TEST_CASE("the answer is kept for the day, and asked anew the next") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "lanes.json";
    FakeCanary canary{.slowdown = 0.12};
    const auto ask = [&](std::uint64_t now, const LaneWish& wish = two_of_four()) {
        return lane_admission(file, now, wish, std::ref(canary));
    };
    const LaneAdmission first = ask(kMidnight);
    const LaneAdmission again = ask(kMidnight + 23 * kHour);
    CHECK(canary.asked == 1);
    CHECK(again.measured_ns == kMidnight);
    CHECK(again.reason == first.reason);
    CHECK(again.decision == LaneDecision::refused);
    CHECK(write_json(lanes_object(again).at("slowdown").at("alu").at("pairs")) == "20");
    ask(kMidnight + 24 * kHour);
    CHECK(canary.asked == 2);
    // From the future: somebody set the clock back.
    ask(kMidnight + 23 * kHour);
    CHECK(canary.asked == 3);
    LaneWish free = two_of_four();
    free.pin = false;
    ask(kMidnight + 23 * kHour, free);
    CHECK(canary.asked == 4);
    CHECK(canary.options.cpus.empty());
}

TEST_CASE("what lies in the file is believed only if it is whole and of this machine") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "lanes.json";
    for (const char* text : {"",
                             "{",
                             "[]",
                             R"({"schema":"assay.lanes/1","machine":"another","measured_ns":1})",
                             R"({"schema":"assay.lanes/1"})"}) {
        REQUIRE(write_file_atomically(file.string(), text));
        FakeCanary canary;
        lane_admission(file, kMidnight, two_of_four(), std::ref(canary));
        CHECK(canary.asked == 1);
    }
    const auto document = read_file(file.string());
    REQUIRE(document);
    for (const auto& [from, to] : {std::pair{"admitted", "whatever"},
                                   std::pair{"\"machine\":\"", "\"machine\":\"x"},
                                   std::pair{"\"alu\"", "\"ale\""},
                                   std::pair{"\"interval\":[", "\"interval\":[null,"}}) {
        std::string broken = *document;
        broken.replace(broken.find(from), std::string_view(from).size(), to);
        REQUIRE(write_file_atomically(file.string(), broken));
        FakeCanary canary;
        lane_admission(file, kMidnight, two_of_four(), std::ref(canary));
        CHECK_MESSAGE(canary.asked == 1, to);
    }
}

TEST_CASE("nothing is asked where nobody would measure beside another") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "lanes.json";
    FakeCanary canary;
    LaneWish wish = two_of_four();
    SUBCASE("one lane") {
        wish.lanes = 1;
    }
    SUBCASE("one case") {
        wish.cases = 1;
    }
    const LaneAdmission admission = lane_admission(file, kMidnight, wish, std::ref(canary));
    CHECK(canary.asked == 0);
    CHECK(admission.decision == LaneDecision::off);
    const json::object object = lanes_object(admission);
    CHECK(object.at("slowdown").is_null());
    CHECK(object.at("measured_at").is_null());
    CHECK_FALSE(fs::exists(file));
}

TEST_CASE("where a second lane can never measure the canary is not asked") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "lanes.json";
    FakeCanary canary;
    LaneWish wish = two_of_four();
    SUBCASE("one CPU") {
        wish.supply.cpus = {3};
    }
    SUBCASE("a quota") {
        wish.supply.quota = 1.5;
    }
    SUBCASE("more lanes than CPUs") {
        wish.lanes = 5;
    }
    const LaneAdmission admission = lane_admission(file, kMidnight, wish, std::ref(canary));
    CHECK(canary.asked == 0);
    CHECK(admission.decision == LaneDecision::refused);
    CHECK(admission.lanes == wish.lanes);
    CHECK_FALSE(admission.reason.empty());
}

TEST_CASE("a canary that was interrupted admits nobody and is not kept") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "lanes.json";
    FakeCanary canary;
    LaneWish wish = two_of_four();
    wish.stop = [] { return true; };
    const LaneAdmission admission = lane_admission(file, kMidnight, wish, std::ref(canary));
    CHECK(admission.measured_lanes() == 1);
    CHECK_FALSE(fs::exists(file));
}

TEST_CASE("an answer that cannot be kept is no error") {
    FakeCanary canary;
    const LaneAdmission admission =
        lane_admission("/proc/no/such/lanes.json", kMidnight, two_of_four(), std::ref(canary));
    CHECK(admission.measured_lanes() == 2);
}
