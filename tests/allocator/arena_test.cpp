#include "arena.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

namespace arena_test {

using namespace assay::allocator_suite;

namespace {

constexpr std::size_t kHeaderBytes = 8, kRegionOwnBytes = 32;

struct Piece {
    unsigned char* begin;
    std::size_t bytes;
    unsigned char filling;
};

bool is_whole(const Piece& piece) {
    return std::all_of(piece.begin, piece.begin + piece.bytes, [&](unsigned char byte) {
        return byte == piece.filling;
    });
}

Piece taken(Arena& arena, std::mt19937_64& random) {
    const std::size_t bytes = std::size_t{1} << random() % 17;
    Piece piece{.begin = nullptr,
                .bytes = bytes + random() % bytes,
                .filling = static_cast<unsigned char>(random())};
    piece.begin = static_cast<unsigned char*>(arena.take(piece.bytes));
    std::memset(piece.begin, piece.filling, piece.bytes);
    return piece;
}

std::string fault_of(const Arena& arena) {
    return arena.first_fault().value_or("");
}

} // namespace

TEST_CASE("an arena that was asked for nothing holds nothing") {
    const Arena arena;
    CHECK(arena.books() == ArenaBooks{});
    CHECK(fault_of(arena) == "");
}

TEST_CASE("every second of 2000 blocks of 24 bytes leaves 32000 bytes in use") {
    Arena arena;
    std::vector<void*> blocks(2000);
    for (void*& block : blocks) {
        block = arena.take(24);
    }
    CHECK(arena.books().in_use == 2000 * 32);
    for (std::size_t i = 0; i < blocks.size(); i += 2) {
        arena.give(blocks[i]);
    }
    const ArenaBooks books = arena.books();
    CHECK(books.in_use == 1000 * 32);
    CHECK(books.held == Arena::kRegionBytes);
    CHECK(books.free == Arena::kRegionBytes - kRegionOwnBytes - 1000 * 32);
    // Between any two of them lie 32 bytes, behind the last one all the rest.
    CHECK(books.largest_free == Arena::kRegionBytes - kRegionOwnBytes - 2000 * 32);
    CHECK(fault_of(arena) == "");
}

TEST_CASE("free neighbours are joined in whatever order they come back") {
    for (const auto& order : {std::vector{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 1, 0}}) {
        Arena arena;
        std::vector<void*> blocks(3);
        for (void*& block : blocks) {
            block = arena.take(5000);
        }
        for (const int i : order) {
            arena.give(blocks[static_cast<std::size_t>(i)]);
            CHECK(fault_of(arena) == "");
        }
        CHECK(arena.books().in_use == 0);
        CHECK(arena.books().largest_free == Arena::kRegionBytes - kRegionOwnBytes);
    }
}

TEST_CASE("a block that came back is handed out again before anything new is mapped") {
    Arena arena;
    void* const first = arena.take(100);
    void* const second = arena.take(100);
    arena.give(first);
    CHECK(arena.take(100) == first);
    CHECK(arena.take(100) != second);
    CHECK(arena.books().regions == 1);
}

TEST_CASE("blocks are at multiples of 16 and as large as was asked for") {
    Arena arena;
    for (std::size_t bytes = 0; bytes < 600; ++bytes) {
        auto* const block = static_cast<unsigned char*>(arena.take(bytes));
        CHECK(reinterpret_cast<std::uintptr_t>(block) % 16 == 0);
        std::memset(block, 255, bytes);
        CHECK(fault_of(arena) == "");
    }
    CHECK(arena.take(0) != arena.take(0));
}

TEST_CASE("twenty thousand random takes and gives keep contents, books and lists") {
    Arena arena;
    std::mt19937_64 random(7);
    std::vector<Piece> pieces;
    std::size_t damaged = 0;
    for (int i = 0; i < 20'000; ++i) {
        if (pieces.size() < 100 || (random() % 2 == 0 && pieces.size() < 400)) {
            pieces.push_back(taken(arena, random));
            continue;
        }
        std::swap(pieces[random() % pieces.size()], pieces.back());
        damaged += is_whole(pieces.back()) ? 0 : 1;
        arena.give(pieces.back().begin);
        pieces.pop_back();
        if (i % 500 == 0) {
            REQUIRE(fault_of(arena) == "");
        }
        if (i % 3000 == 0) {
            arena.release();
        }
    }
    for (const Piece& piece : pieces) {
        damaged += is_whole(piece) ? 0 : 1;
        arena.give(piece.begin);
    }
    CHECK(damaged == 0);
    CHECK(arena.books().in_use == 0);
    CHECK(fault_of(arena) == "");
    arena.release();
    CHECK(arena.books() == ArenaBooks{});
}

TEST_CASE("a block larger than a region gets one of its own, and a release unmaps it") {
    Arena arena;
    void* const small = arena.take(10);
    const std::size_t bytes = 5 * Arena::kRegionBytes;
    auto* const large = static_cast<unsigned char*>(arena.take(bytes));
    large[0] = large[bytes - 1] = 1;
    CHECK(arena.books().regions == 2);
    CHECK(arena.books().in_use == 32 + bytes + 2 * kHeaderBytes);
    arena.give(large);
    CHECK(arena.books().held > bytes);
    arena.release();
    CHECK(arena.books().held == Arena::kRegionBytes);
    arena.give(small);
    CHECK(fault_of(arena) == "");
}

TEST_CASE("a block as large as its region is taken from it again and again") {
    Arena arena;
    for (int i = 0; i < 100; ++i) {
        void* const large = arena.take(16 * Arena::kRegionBytes);
        void* const odd = arena.take(3 * Arena::kRegionBytes / 2 + 7);
        arena.give(large);
        arena.give(odd);
    }
    CHECK(arena.books().regions <= 3);
    CHECK(arena.books().held < 40 * Arena::kRegionBytes);
    CHECK(fault_of(arena) == "");
}

TEST_CASE("a release leaves alone what is written into blocks that stay") {
    Arena arena;
    std::mt19937_64 random(3);
    std::vector<Piece> pieces;
    for (int i = 0; i < 2000; ++i) {
        pieces.push_back(taken(arena, random));
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i % 10 != 0) {
            arena.give(pieces[i].begin);
        }
    }
    arena.release();
    CHECK(fault_of(arena) == "");
    for (std::size_t i = 0; i < pieces.size(); i += 10) {
        CHECK(is_whole(pieces[i]));
    }
    const Piece again = taken(arena, random);
    CHECK(is_whole(again));
}

TEST_CASE("what no machine has is refused and leaves the arena as it was") {
    Arena arena;
    void* const block = arena.take(64);
    const ArenaBooks before = arena.books();
    CHECK_THROWS_AS((void)arena.take(std::size_t{1} << 62), std::bad_alloc);
    CHECK(arena.books() == before);
    arena.give(block);
    CHECK(fault_of(arena) == "");
}

} // namespace arena_test
