// The allocators that are measured, each as what a loop needs: take and give.
//
//   Heap heap = make_heap("glibc");                 // throws assay::unavailable, config_error
//   std::visit([&](auto& one) { one.give(one.take(100), 100); }, heap);
//   if (auto books = books_of(heap)) { books->in_use; }
//
// A loop visits once and calls the allocator itself. An arena is of one thread; the others of any.
#pragma once

#include "arena.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace assay::allocator_suite {

struct FreeBlocks {
    std::uint64_t total = 0, largest = 0; // bytes
};

// What an allocator says of itself.
struct HeapBooks {
    std::uint64_t in_use = 0;                // bytes that are handed out, with what surrounds them
    std::uint64_t held = 0;                  // bytes it has from the system
    std::optional<FreeBlocks> free_blocks{}; // where it tells
};

// This project's.
class ArenaHeap {
public:
    [[nodiscard]] void* take(std::size_t bytes) { return arena_->take(bytes); }

    void give(void* block, std::size_t) noexcept { arena_->give(block); }

    void release() noexcept { arena_->release(); }

    [[nodiscard]] std::optional<HeapBooks> books() const noexcept;

    // What a taken block needs of the heap: the books are the sum of these.
    [[nodiscard]] static std::size_t size_of(void* block) noexcept { return Arena::size_of(block); }

    [[nodiscard]] const Arena& arena() const noexcept { return *arena_; }

private:
    std::unique_ptr<Arena> arena_ = std::make_unique<Arena>();
};

// operator new, as C++ programs reach malloc. Books are those of the whole process.
class GlibcHeap {
public:
    [[nodiscard]] void* take(std::size_t bytes) { return ::operator new(bytes); }

    void give(void* block, std::size_t) noexcept { ::operator delete(block); }

    void release() noexcept;

    // Nothing where malloc is not the one that these books are about.
    [[nodiscard]] std::optional<HeapBooks> books() const noexcept;

    [[nodiscard]] static std::size_t size_of(void* block) noexcept;
};

// oneTBB's, looked for when it is asked for: without it the plugin loads all the same.
class TbbHeap {
public:
    // Throws assay::unavailable where libtbbmalloc is not installed.
    TbbHeap();

    [[nodiscard]] void* take(std::size_t bytes) {
        if (void* const block = malloc_(bytes)) {
            return block;
        }
        throw std::bad_alloc();
    }

    void give(void* block, std::size_t) noexcept { free_(block); }

    void release() noexcept;

    // It keeps none that it shows.
    [[nodiscard]] std::optional<HeapBooks> books() const noexcept { return std::nullopt; }

    [[nodiscard]] std::size_t size_of(void* block) const noexcept { return msize_(block); }

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

private:
    void* (*malloc_)(std::size_t) = nullptr;
    void (*free_)(void*) = nullptr;
    std::size_t (*msize_)(void*) = nullptr;
    int (*command_)(int, void*) = nullptr;
    std::string path_;
};

using Heap = std::variant<ArenaHeap, GlibcHeap, TbbHeap>;

// "assay", "glibc" or "tbbmalloc".
[[nodiscard]] Heap make_heap(std::string_view impl);

[[nodiscard]] std::optional<HeapBooks> books_of(const Heap& heap) noexcept;
void release(Heap& heap) noexcept;

// What it is and of which version, for people: "glibc 2.36".
[[nodiscard]] std::string description_of(const Heap& heap);

} // namespace assay::allocator_suite
