#include "churn_ring.hpp"
#include "churn_schedule.hpp"
#include "heaps.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <vector>

namespace churn_test {

using namespace assay::allocator_suite;

namespace {

constexpr ChurnShape kExponential{.live = 500, .largest = 65'536};
constexpr ChurnShape kPhased{.live = 500, .largest = 65'536, .lifetimes = Lifetimes::phased};

// Hands out one block for ever: whoever takes two has one.
struct OneBlockHeap {
    std::vector<unsigned char> room = std::vector<unsigned char>(65'536);

    void* take(std::size_t) { return room.data(); }

    void give(void*, std::size_t) {}
};

} // namespace

TEST_CASE("every block of a schedule dies once in each turn") {
    for (const ChurnShape& shape : {kExponential, kPhased, ChurnShape{.live = 1, .largest = 16}}) {
        const ChurnSchedule schedule(shape, 3);
        REQUIRE(schedule.steps() == shape.live * ChurnSchedule::kRounds);
        std::multiset<std::uint32_t> dead;
        for (std::size_t step = 0; step < schedule.steps(); ++step) {
            for (const std::uint32_t dying : schedule.dying_at(step)) {
                CHECK(dying != step); // it lives at least a step and less than a turn
                dead.insert(dying);
            }
        }
        CHECK(dead.size() == schedule.steps());
        CHECK(std::set<std::uint32_t>(dead.begin(), dead.end()).size() == schedule.steps());
    }
}

TEST_CASE("sizes go from the smallest to the largest, as many in each power of two") {
    const auto sizes = drawn_sizes(120'000, 65'536, 5);
    std::vector<std::size_t> in_power(13);
    for (const std::uint32_t size : sizes) {
        REQUIRE(size >= 16);
        REQUIRE(size <= 65'536);
        ++in_power[std::min<std::size_t>(
            static_cast<std::size_t>(std::log2(static_cast<double>(size) / 16)), 12)];
    }
    for (std::size_t power = 0; power < 12; ++power) {
        CHECK(in_power[power] > 9000);
        CHECK(in_power[power] < 11'000);
    }
    CHECK(drawn_sizes(3, 16, 1) == std::vector<std::uint32_t>{16, 16, 16});
    CHECK(drawn_sizes(100, 4096, 1) == drawn_sizes(100, 4096, 1));
    CHECK(drawn_sizes(100, 4096, 1) != drawn_sizes(100, 4096, 2));
}

TEST_CASE("as many blocks live as were asked for, and after a phase only its survivors") {
    ArenaHeap heap;
    const ChurnSchedule steady(kExponential, 9);
    ChurnRing ring(steady, 9);
    ring.steps(heap, 2 * steady.steps());
    CHECK(ring.live_blocks() > 400);
    CHECK(ring.live_blocks() < 600);
    const ChurnSchedule phases(kPhased, 9);
    ChurnRing waves(phases, 9);
    waves.steps(heap, 2 * phases.steps());
    CHECK(waves.live_blocks() < 250); // one of 16 of four phases and more
    CHECK(waves.live_blocks() > 50);
    waves.steps(heap, 400);
    CHECK(waves.live_blocks() > 400);
    ring.give_all(heap);
    waves.give_all(heap);
    CHECK(heap.books()->in_use == 0);
}

TEST_CASE("what rings read is the same with every allocator and follows the seed") {
    const ChurnSchedule schedule(kExponential, 2);
    const auto sum_with = [&](const char* impl, std::uint64_t seed) {
        Heap heap = make_heap(impl);
        return std::visit(
            [&](auto& one) {
                ChurnRing ring(schedule, seed);
                ring.steps(one, 3 * schedule.steps() + 100);
                ring.give_all(one);
                CHECK(ring.damaged() == 0);
                return ring.sum();
            },
            heap);
    };
    CHECK(sum_with("assay", 1) == sum_with("glibc", 1));
    CHECK(sum_with("assay", 1) == sum_with("tbbmalloc", 1));
    CHECK(sum_with("assay", 1) != sum_with("assay", 2));
}

TEST_CASE("live bytes are those of the blocks that are taken") {
    const ChurnSchedule schedule(kPhased, 4);
    ArenaHeap heap;
    ChurnRing ring(schedule, 4);
    ring.steps(heap, 3);
    CHECK(ring.live_blocks() == 3);
    CHECK(ring.live_bytes() == schedule.bytes_of(0) + schedule.bytes_of(1) + schedule.bytes_of(2));
    ring.give_all(heap);
    CHECK(ring.live_bytes() == 0);
}

TEST_CASE("an allocator that hands one block out twice is found out") {
    const ChurnSchedule schedule(kExponential, 2);
    OneBlockHeap heap;
    ChurnRing ring(schedule, 1);
    ring.steps(heap, schedule.steps());
    CHECK(ring.damaged() > schedule.steps() / 4);
}

TEST_CASE("a mark is gone when either end of a block was written to") {
    std::vector<unsigned char> block(10'000);
    for (const std::size_t bytes : {std::size_t{16}, std::size_t{37}, block.size()}) {
        mark(block.data(), bytes, 77);
        CHECK(is_marked(block.data(), bytes, 77));
        CHECK_FALSE(is_marked(block.data(), bytes, 78));
        for (const std::size_t at : {std::size_t{0}, bytes - 1}) {
            mark(block.data(), bytes, 77);
            block[at] ^= 1;
            CHECK_FALSE(is_marked(block.data(), bytes, 77));
        }
    }
}

} // namespace churn_test
