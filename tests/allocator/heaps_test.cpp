#include "heaps.hpp"
#include "known_pattern.hpp"
#include "process_memory.hpp"

#include <doctest/doctest.h>

#include <cstring>

namespace heaps_test {

using namespace assay::allocator_suite;

TEST_CASE("half of 2000 blocks of 24 bytes need 32 each, and the books say so") {
    Heap arena = make_heap("assay");
    const auto fresh = half_freed(arena);
    REQUIRE(fresh);
    CHECK(fresh->live == 24'000);
    CHECK(fresh->needed == 32'000);
    CHECK(fresh->in_use == 32'000); // an efficiency of 0.75
    Heap glibc = make_heap("glibc");
    if (!books_of(glibc)) { // malloc is a sanitizer's here
        CHECK(!sanitizer_here().empty());
        return;
    }
    const auto used = half_freed(glibc); // some blocks may lie in holes of 48
    REQUIRE(used);
    CHECK(used->needed >= 32'000);
    CHECK(used->needed < 32'400);
    CHECK(used->in_use == doctest::Approx(static_cast<double>(used->needed)).epsilon(0.01));
}

TEST_CASE("the books are held to the blocks whatever went before") {
    for (const char* impl : {"assay", "glibc", "tbbmalloc"}) {
        CAPTURE(impl);
        Heap heap = make_heap(impl);
        for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
            CHECK_NOTHROW(check_half_freed(heap));
            CHECK(check_contents(heap, seed) > 5000);
        }
    }
}

TEST_CASE("oneTBB's allocator keeps no books that it shows") {
    Heap heap = make_heap("tbbmalloc");
    CHECK_FALSE(books_of(heap));
    CHECK_FALSE(half_freed(heap));
}

TEST_CASE("the books of an arena say what is free and how large the largest is") {
    ArenaHeap heap;
    void* const block = heap.take(100);
    const auto books = heap.books();
    REQUIRE(books);
    REQUIRE(books->free_blocks);
    CHECK(books->in_use == 112);
    CHECK(books->free_blocks->total == books->free_blocks->largest);
    heap.give(block, 100);
    heap.release();
    CHECK(heap.books()->held == 0);
}

TEST_CASE("a mapped block counts among what glibc has handed out") {
    GlibcHeap heap;
    if (!heap.books()) {
        CHECK(!sanitizer_here().empty());
        return;
    }
    constexpr std::size_t kMapped = std::size_t{64} << 20; // above any threshold for mapping
    const HeapBooks before = *heap.books();
    void* const block = heap.take(kMapped);
    std::memset(block, 1, 100);
    const HeapBooks after = *heap.books();
    CHECK(after.in_use >= before.in_use + kMapped);
    CHECK(after.held >= before.held + kMapped);
    heap.give(block, kMapped);
    CHECK(heap.books()->in_use < before.in_use + kMapped);
}

TEST_CASE("an allocator that there is not is refused with those that there are") {
    CHECK_THROWS_WITH((void)make_heap("jemalloc"),
                      "impl=jemalloc: expected assay, glibc or tbbmalloc");
}

TEST_CASE("what an allocator is can be told") {
    CHECK(description_of(make_heap("glibc")).starts_with("glibc 2."));
    CHECK(description_of(make_heap("tbbmalloc")).find("libtbbmalloc.so.2") != std::string::npos);
    CHECK(description_of(make_heap("assay")).find("1048576 By") != std::string::npos);
}

} // namespace heaps_test
