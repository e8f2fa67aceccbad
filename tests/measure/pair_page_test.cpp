// Whose turn it is between two launches, on a page in this process's own memory.
#include "measure/clock.hpp"
#include "measure/pair_page.hpp"

#include <doctest/doctest.h>

#include <mutex>
#include <poll.h>
#include <string>
#include <thread>
#include <vector>

namespace pair_page_test {

using namespace assay::measure;

namespace {

using Word = std::atomic<std::uint32_t>;

// Returns once somebody waits at that seat.
void until_waiting(const PairPage& page, std::uint32_t seat) {
    while (page.waits[seat].since_ns.load() == 0) {
        ::poll(nullptr, 0, 1);
    }
}

// "AB BA AB": who took its slice when, with seat 0 as A.
std::string order_of(std::uint32_t first, std::uint32_t slices) {
    PairPage page;
    const Word cancel{0};
    std::mutex mutex;
    std::string order;
    const auto side = [&](std::uint32_t seat) {
        PairTurns turns(page, {seat, first});
        for (std::uint32_t slice = 0; slice < slices; ++slice) {
            if (!turns.wait(slice, cancel)) {
                return;
            }
            {
                const std::lock_guard lock(mutex);
                order += seat == 0 ? 'A' : 'B';
            }
            turns.pass(slice);
        }
    };
    std::thread other(side, 1);
    side(0);
    other.join();
    return order;
}

} // namespace

TEST_CASE("the slots of a pair are A B, B A, A B, from whichever seat is first") {
    std::string order;
    for (const std::uint32_t first : {0u, 1u}) {
        std::vector<char> slots(8, '?');
        for (std::uint32_t slice = 0; slice < 4; ++slice) {
            slots[slot_of({0, first}, slice)] = 'A';
            slots[slot_of({1, first}, slice)] = 'B';
        }
        order += std::string(slots.begin(), slots.end()) + " ";
    }
    CHECK(order == "ABBAABBA BAABBAAB ");
}

TEST_CASE("two threads take their slices in the order of the slots") {
    CHECK(order_of(0, 5) == "ABBAABBAAB");
    CHECK(order_of(1, 6) == "BAABBAABBAAB");
}

TEST_CASE("a pair that is abandoned wakes who waits, and no pass revives it") {
    PairPage page;
    const Word cancel{0};
    bool had_turn = true;
    std::thread waiting([&] { had_turn = PairTurns(page, {1, 0}).wait(0, cancel); });
    until_waiting(page, 1);
    abandon(page);
    waiting.join();
    CHECK_FALSE(had_turn);
    PairTurns(page, {0, 0}).pass(0);
    CHECK_FALSE(PairTurns(page, {1, 0}).wait(0, cancel));
    CHECK_FALSE(PairTurns(page, {0, 0}).wait(0, cancel));
    CHECK_FALSE(PairTurns(page, {0, 0}).wait_for_end(0, cancel));
}

TEST_CASE("the cancel word ends a wait although nobody wakes it") {
    PairPage page;
    Word cancel{0};
    bool had_turn = true;
    std::thread waiting([&] { had_turn = PairTurns(page, {1, 0}).wait(0, cancel); });
    until_waiting(page, 1);
    cancel.store(1);
    waiting.join();
    CHECK_FALSE(had_turn);
}

TEST_CASE("the end of a pair has come when both have taken their last slice") {
    PairPage page;
    const Word cancel{0};
    PairTurns first(page, {0, 0}), second(page, {1, 0});
    REQUIRE(first.wait(0, cancel));
    first.pass(0);
    bool over = false;
    std::thread waiting([&] { over = first.wait_for_end(1, cancel); });
    until_waiting(page, 0);
    REQUIRE(second.wait(0, cancel));
    second.pass(0);
    waiting.join();
    CHECK(over);
    CHECK(second.wait_for_end(1, cancel));
}

TEST_CASE("the time of waiting is kept by seat, also while a wait goes on") {
    PairPage page;
    const Word cancel{0};
    PairTurns first(page, {0, 0});
    REQUIRE(first.wait(0, cancel)); // at once
    CHECK(waited_ns(page, 0) == 0);
    std::thread waiting([&] { CHECK(PairTurns(page, {1, 0}).wait(0, cancel)); });
    until_waiting(page, 1);
    const std::uint64_t since = monotonic_ns();
    while (monotonic_ns() - since < 2'000'000) {
        ::poll(nullptr, 0, 1);
    }
    CHECK(waited_ns(page, 1) >= 2'000'000);
    first.pass(0);
    waiting.join();
    const std::uint64_t waited = waited_ns(page, 1);
    CHECK(waited >= 2'000'000);
    CHECK(waited_ns(page, 1) == waited);
    CHECK(waited_ns(page, 0) == 0);
}

} // namespace pair_page_test
