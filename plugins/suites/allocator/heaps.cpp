#include "heaps.hpp"

#include "process_memory.hpp"

#include <array>
#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <malloc.h>

namespace assay::allocator_suite {
namespace {

constexpr const char* kTbbLibrary = "libtbbmalloc.so.2";
constexpr int kTbbCleanAllBuffers = 0; // TBBMALLOC_CLEAN_ALL_BUFFERS

// Mapped blocks are in use, and mallinfo2 keeps them apart.
HeapBooks glibc_books() noexcept {
    const struct mallinfo2 info = ::mallinfo2();
    return {.in_use = info.uordblks + info.hblkhd, .held = info.arena + info.hblkhd};
}

// Another malloc may stand in front of the C library's, and its books then stand still.
bool is_malloc_in_its_books() {
    constexpr std::size_t kBlocks = 16, kBytes = 4000;
    std::array<void*, kBlocks> blocks{};
    const std::uint64_t before = glibc_books().in_use;
    for (void*& block : blocks) {
        block = ::operator new(kBytes);
    }
    const std::uint64_t after = glibc_books().in_use;
    for (void* const block : blocks) {
        ::operator delete(block);
    }
    return after >= before + kBlocks * kBytes / 2; // some may have lain in a thread's cache
}

template <class Function>
Function* function_in(void* library, const char* name) {
    if (auto* const found = reinterpret_cast<Function*>(::dlsym(library, name))) {
        return found;
    }
    throw assay::unavailable(std::string(kTbbLibrary) + " has no " + name +
                             ": expected that of oneTBB 2021 (install libtbbmalloc2)");
}

} // namespace

std::optional<HeapBooks> ArenaHeap::books() const noexcept {
    const ArenaBooks books = arena_->books();
    return HeapBooks{.in_use = books.in_use,
                     .held = books.held,
                     .free_blocks = FreeBlocks{books.free, books.largest_free}};
}

void GlibcHeap::release() noexcept {
    ::malloc_trim(0);
}

std::optional<HeapBooks> GlibcHeap::books() const noexcept {
    static const bool is_told = sanitizer_here().empty() && is_malloc_in_its_books();
    return is_told ? std::optional(glibc_books()) : std::nullopt;
}

std::size_t GlibcHeap::size_of(void* block) noexcept {
    return ::malloc_usable_size(block) + sizeof(std::size_t); // and the word in front of it
}

TbbHeap::TbbHeap() {
    void* const library = ::dlopen(kTbbLibrary, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        throw assay::unavailable(std::string(kTbbLibrary) +
                                 " is not there: install libtbbmalloc2 (" + ::dlerror() + ")");
    }
    malloc_ = function_in<void*(std::size_t)>(library, "scalable_malloc");
    free_ = function_in<void(void*)>(library, "scalable_free");
    msize_ = function_in<std::size_t(void*)>(library, "scalable_msize");
    command_ = function_in<int(int, void*)>(library, "scalable_allocation_command");
    Dl_info where{};
    if (::dladdr(reinterpret_cast<void*>(malloc_), &where) != 0) {
        path_ = where.dli_fname;
    }
}

void TbbHeap::release() noexcept {
    command_(kTbbCleanAllBuffers, nullptr);
}

Heap make_heap(std::string_view impl) {
    if (impl == "assay") {
        return ArenaHeap();
    }
    if (impl == "glibc") {
        return GlibcHeap();
    }
    if (impl == "tbbmalloc") {
        return TbbHeap();
    }
    throw assay::config_error("impl=" + std::string(impl) + ": expected assay, glibc or tbbmalloc");
}

std::optional<HeapBooks> books_of(const Heap& heap) noexcept {
    return std::visit([](const auto& one) { return one.books(); }, heap);
}

void release(Heap& heap) noexcept {
    std::visit([](auto& one) { one.release(); }, heap);
}

std::string description_of(const Heap& heap) {
    if (const auto* tbb = std::get_if<TbbHeap>(&heap)) {
        return "oneTBB's scalable allocator, " + tbb->path();
    }
    if (std::holds_alternative<GlibcHeap>(heap)) {
        return std::string("glibc ") + ::gnu_get_libc_version();
    }
    return "two-level segregated fit, regions of " + std::to_string(Arena::kRegionBytes) + " By";
}

} // namespace assay::allocator_suite
