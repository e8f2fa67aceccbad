// Pairs that go well, and pairs that never begin.
#include "bad_plugin.hpp"
#include "paired.hpp"
#include "processes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <set>
#include <thread>
#include <unistd.h>

namespace assay::workers {

namespace {

using measure::CaseStatus;
using measure::SliceRecord;
using testing::Paired;
using testing::side_of;

PairRequest innocents(std::uint32_t first) {
    return {.sides = {side_of("innocent", false), side_of("innocent", false)}, .first = first};
}

std::vector<SliceRecord> recorded(const LaunchOutcome& side) {
    std::vector<SliceRecord> slices;
    for (const SliceRecord& slice : side.record.slices) {
        if (slice.flags == 0) {
            slices.push_back(slice);
        }
    }
    return slices;
}

// Children of this process that run the worker program.
std::vector<std::string> children() {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos) {
            continue;
        }
        const std::string stat = testing::text_in_proc(name + "/stat");
        const std::size_t end_of_name = stat.rfind(')');
        int parent = 0;
        if (end_of_name != std::string::npos &&
            std::sscanf(stat.c_str() + end_of_name + 1, " %*c %d", &parent) == 1 &&
            parent == ::getpid()) {
            found.push_back(name);
        }
    }
    return found;
}

std::set<std::string> descriptors(const std::string& pid) {
    std::set<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/" + pid + "/fd")) {
        found.insert(entry.path().filename());
    }
    return found;
}

} // namespace

TEST_CASE("a pair takes its slices in turns on one CPU, beginning with the seat that is first") {
    for (const std::uint32_t first : {0u, 1u}) {
        const Paired paired = testing::run(innocents(first), testing::kPatient);
        std::vector<std::pair<SliceRecord, std::uint32_t>> order; // slice, seat
        for (std::uint32_t seat = 0; seat < 2; ++seat) {
            const LaunchOutcome& side = paired.outcome.sides[seat];
            REQUIRE_MESSAGE(side.record.status == CaseStatus::passed, side.record.reason);
            REQUIRE(side.death);
            CHECK(side.death->said_bye);
            CHECK(side.death->peak_rss_bytes > 0);
            for (const SliceRecord& slice : recorded(side)) {
                order.emplace_back(slice, seat);
            }
        }
        REQUIRE(order.size() == 12);
        std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
            return a.first.start_ns < b.first.start_ns;
        });
        std::string seats;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const SliceRecord& slice = order[i].first;
            seats += order[i].second == 0 ? 'A' : 'B';
            CHECK(slice.iterations == 50'000);
            CHECK(slice.cpu_before == testing::some_cpu());
            CHECK(slice.cpu_after == testing::some_cpu());
            CHECK((i == 0 ||
                   order[i - 1].first.start_ns + order[i - 1].first.wall_ns <= slice.start_ns));
        }
        CHECK(seats == (first == 0 ? "ABBAABBAABBA" : "BAABBAABBAAB"));
        CHECK(paired.acquired == 1);
        CHECK(paired.outcome.seconds > 0);
        CHECK(paired.outcome.cpu_is_known);
    }
}

TEST_CASE("both sides of a pair get the same inputs slice by slice") {
    const Paired paired = testing::run(innocents(0), testing::kPatient);
    const auto first = recorded(paired.outcome.sides[0]);
    const auto second = recorded(paired.outcome.sides[1]);
    REQUIRE(first.size() == 6);
    REQUIRE(second.size() == 6);
    for (std::size_t i = 0; i < first.size(); ++i) {
        CHECK(first[i].seed == second[i].seed);
        CHECK(first[i].checksum == second[i].checksum);
    }
}

TEST_CASE("one side warms up before the other one opens") {
    const Paired paired = testing::run(innocents(1), testing::kPatient);
    using enum measure::LaunchPhase;
    std::vector<measure::LaunchPhase> before_turn(paired.phases.begin(),
                                                  paired.phases.begin() + 10);
    CHECK(before_turn ==
          std::vector{
              open, verify, calibrate, warm_up, ready, open, verify, calibrate, warm_up, ready});
}

TEST_CASE("the workers of a pair inherit the page of the pair and nothing else of the host's") {
    int looked = 0;
    const auto look = [&](Supervisor&) {
        for (const std::string& pid : children()) {
            // The page is mapped and its descriptor closed before the plugin is loaded.
            CHECK(descriptors(pid) == std::set<std::string>{"0", "1", "2", "3", "4", "5"});
            const std::string maps = testing::text_in_proc(pid + "/maps");
            std::size_t pages = 0;
            for (std::size_t at = 0; (at = maps.find("assay-worker-page", at)) != std::string::npos;
                 ++at) {
                ++pages;
            }
            CHECK(pages == 2); // its own and the pair's
            ++looked;
        }
    };
    const Paired paired = testing::run(innocents(0), testing::kPatient, look);
    CHECK(looked == 2);
    CHECK(paired.outcome.sides[0].record.status == CaseStatus::passed);
}

TEST_CASE("a handicapped side spends more time on the same work") {
    PairRequest request = innocents(0);
    request.sides[1].request.handicap = 4;
    const Paired paired = testing::run(request, testing::kPatient);
    const auto plain = recorded(paired.outcome.sides[0]);
    const auto slowed = recorded(paired.outcome.sides[1]);
    REQUIRE(plain.size() == slowed.size());
    std::uint64_t plain_ns = 0;
    std::uint64_t slowed_ns = 0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        CHECK(plain[i].checksum == slowed[i].checksum);
        plain_ns += plain[i].thread_cpu_ns;
        slowed_ns += slowed[i].thread_cpu_ns;
    }
    CHECK(slowed_ns > 2 * plain_ns);
    const auto& notes = paired.outcome.sides[1].record.notes;
    CHECK(std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
        return note.starts_with("handicap: 400 % of a slice");
    }));
}

TEST_CASE("a pair that is cancelled in its turn ends as cancelled on both sides") {
    const Paired paired = testing::run(
        innocents(0), testing::kPatient, [](Supervisor& supervisor) { supervisor.cancel_all(); });
    for (const LaunchOutcome& side : paired.outcome.sides) {
        CHECK(side.record.status == CaseStatus::cancelled);
        CHECK(side.record.reason.find("partner") == std::string::npos);
    }
}

TEST_CASE("a pair whose workers are killed by the second Ctrl-C is cancelled") {
    const Paired paired = testing::run(
        innocents(1), testing::kPatient, [](Supervisor& supervisor) { supervisor.kill_all(); });
    for (const LaunchOutcome& side : paired.outcome.sides) {
        CHECK(side.record.status == CaseStatus::cancelled);
        REQUIRE(side.death);
        CHECK(side.death->killed_by_host);
    }
}

TEST_CASE("several pairs may run at once with one supervisor") {
    Supervisor supervisor(testing::real_worker());
    std::array<PairOutcome, 3> outcomes;
    {
        std::vector<std::jthread> lanes;
        for (PairOutcome& outcome : outcomes) {
            lanes.emplace_back([&] {
                testing::RecordedTurns turns;
                outcome = run_pair(supervisor, innocents(0), turns, testing::kPatient);
            });
        }
    }
    for (const PairOutcome& outcome : outcomes) {
        for (const LaunchOutcome& side : outcome.sides) {
            CHECK_MESSAGE(side.record.status == CaseStatus::passed, side.record.reason);
        }
    }
}

TEST_CASE("a side that cannot be started ends the pair before it begins") {
    for (const std::size_t bad : {std::size_t{0}, std::size_t{1}}) {
        PairRequest request = innocents(0);
        request.sides[bad].worker.plugin_path = testing::plugin_path("entry_null");
        const Paired paired = testing::run(request, testing::kPatient);
        CHECK(paired.outcome.sides[bad].record.status == CaseStatus::failed);
        const measure::LaunchRecord& other = paired.outcome.sides[1 - bad].record;
        CHECK(other.status == CaseStatus::cancelled);
        CHECK(other.reason.starts_with("its partner in the pair ended: failed: "));
        CHECK(paired.acquired == 0);
    }
}

TEST_CASE("sides that do not fit together are no pair and start nothing") {
    PairRequest iterations = innocents(0);
    iterations.sides[1].request.iterations = 7;
    PairRequest slices = innocents(0);
    slices.sides[0].request.slices = 5;
    PairRequest first = innocents(2);
    for (const auto& [request, said] : {std::pair{&iterations, "differ in iterations: 50000 and 7"},
                                        std::pair{&slices, "differ in slices: 5 and 6"},
                                        std::pair{&first, "is 2, expected 0 or 1"}}) {
        const Paired paired = testing::run(*request, testing::kPatient);
        for (const LaunchOutcome& side : paired.outcome.sides) {
            CHECK(side.record.status == CaseStatus::failed);
            CHECK_MESSAGE(side.record.reason.find(said) != std::string::npos, side.record.reason);
            CHECK_FALSE(side.death);
        }
    }
}

} // namespace assay::workers
