// An allocator of one thread: two-level segregated fit over regions that are mapped from the
// system (Masmano, Ripoll, Crespo & Real 2004). A block is taken and given in constant time, free
// neighbours are joined at once, and every byte is in the books.
//
//   Arena arena;
//   void* block = arena.take(100);             // at 16 bytes; throws std::bad_alloc
//   arena.give(block);
//   arena.books().largest_free;
//   arena.release();                           // what is free goes back to the system
//
// Whatever is still taken when an arena ends is gone with it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace assay::allocator_suite {

struct ArenaBooks {
    std::size_t held = 0;         // bytes of all regions
    std::size_t in_use = 0;       // of taken blocks, their headers included
    std::size_t free = 0;         // of free blocks; the rest is what regions need for themselves
    std::size_t largest_free = 0; // of one block
    std::size_t regions = 0;

    bool operator==(const ArenaBooks&) const = default;
};

class Arena {
public:
    // Of a region, unless one block needs more; a multiple of 4096.
    static constexpr std::size_t kRegionBytes = std::size_t{1} << 20;

    Arena() = default;
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;
    ~Arena();

    [[nodiscard]] void* take(std::size_t bytes);
    void give(void* block) noexcept;

    // Of a taken block, its header included.
    [[nodiscard]] static std::size_t size_of(const void* block) noexcept;

    // Unmaps regions without a taken block, and lets go of the pages within free blocks.
    void release() noexcept;

    [[nodiscard]] ArenaBooks books() const noexcept;

    // Walks all blocks and lists: what contradicts what, or nothing.
    [[nodiscard]] std::optional<std::string> first_fault() const;

private:
    struct Block;
    struct Region;

    // Which list a free block of a size waits in: its power of two, and sixteenths of that.
    struct Place {
        unsigned row = 0, column = 0;
    };

    static constexpr unsigned kRows = 40, kColumns = 16;

    [[nodiscard]] static Place place_of(std::size_t size) noexcept;
    [[nodiscard]] Block* find(std::size_t size) noexcept;
    [[nodiscard]] Block* find_in_own_list(std::size_t size) noexcept;
    [[nodiscard]] Block* grow(std::size_t size);
    void insert(Block* block) noexcept;
    void unlink(Block* block) noexcept;
    [[nodiscard]] std::size_t waiting_in_lists() const noexcept;

    Region* regions_ = nullptr;
    std::uint64_t rows_ = 0; // bit: the row has a list that is not empty
    std::array<std::uint32_t, kRows> columns_{};
    std::array<std::array<Block*, kColumns>, kRows> lists_{};
    std::size_t held_ = 0, in_use_ = 0, region_count_ = 0;
};

} // namespace assay::allocator_suite
