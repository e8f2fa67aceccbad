// malloc and its like, counted: preloaded into the worker of a memory launch and into nothing else.
// Every call goes on to the C library; while a lane is inside its run() the call is counted too, by
// relaxed atomics and without allocating. operator new ends in malloc or aligned_alloc; who maps
// anonymous memory past malloc has an allocator of its own, and is counted as that.
//
// Any thread, from the first moment of the process on: nothing here needs to be initialised.
#include "measure/allocation_counters.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

// glibc's own, under names that are not interposed: dlsym(RTLD_NEXT) would allocate.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* piece);

[[gnu::visibility(
    "default")]] constinit assay::measure::AllocationCounters assay_allocation_counters;
}

namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

bool watched() noexcept {
    return assay_allocation_counters.watchers.load(kRelaxed) != 0;
}

// What the allocator holds for it: only this is known again when it is given back.
std::int64_t held(void* piece) noexcept {
    return static_cast<std::int64_t>(::malloc_usable_size(piece));
}

void change_live(std::int64_t by) noexcept {
    auto& counters = assay_allocation_counters;
    const std::int64_t now = counters.live.fetch_add(by, kRelaxed) + by;
    std::int64_t peak = counters.peak_live.load(kRelaxed);
    while (now > peak && !counters.peak_live.compare_exchange_weak(peak, now, kRelaxed)) {
    }
}

void count(void* piece, std::size_t asked, std::int64_t given_back) noexcept {
    assay_allocation_counters.allocations.fetch_add(1, kRelaxed);
    assay_allocation_counters.bytes.fetch_add(asked, kRelaxed);
    change_live(held(piece) - given_back);
}

void* counted(void* piece, std::size_t asked) noexcept {
    if (piece != nullptr && watched()) {
        count(piece, asked, 0);
    }
    return piece;
}

std::size_t page_bytes() noexcept {
    return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// malloc's own mappings do not come by here: the C library calls itself by hidden names.
void* mapped(void* at, std::size_t bytes, int access, int flags, int file, off_t offset) noexcept {
    // mmap returns the kernel's answer as it is, errno included.
    void* const begin = reinterpret_cast<void*>( // NOLINT(performance-no-int-to-ptr)
        ::syscall(SYS_mmap, at, bytes, access, flags, file, offset));
    if (begin != MAP_FAILED && (flags & MAP_ANONYMOUS) != 0 && watched()) {
        assay_allocation_counters.mapped.fetch_add(bytes, kRelaxed);
    }
    return begin;
}

constexpr bool is_power_of_two(std::size_t number) noexcept {
    return number != 0 && (number & (number - 1)) == 0;
}

} // namespace

#pragma GCC visibility push(default)
extern "C" {

void* malloc(std::size_t size) noexcept {
    return counted(__libc_malloc(size), size);
}

// The C library refuses a product that overflows.
void* calloc(std::size_t number, std::size_t size) noexcept {
    return counted(__libc_calloc(number, size), number * size);
}

void* realloc(void* old, std::size_t size) noexcept {
    const bool counts = watched();
    const std::int64_t before = counts && old != nullptr ? held(old) : 0;
    void* const piece = __libc_realloc(old, size);
    if (counts && piece != nullptr) {
        count(piece, size, before);
    } else if (counts && size == 0) { // given back and nothing taken
        change_live(-before);
    }
    return piece;
}

void free(void* piece) noexcept {
    if (piece != nullptr && watched()) {
        change_live(-held(piece));
    }
    __libc_free(piece);
}

void* memalign(std::size_t alignment, std::size_t size) noexcept {
    return counted(__libc_memalign(alignment, size), size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    return counted(__libc_memalign(alignment, size), size);
}

int posix_memalign(void** into, std::size_t alignment, std::size_t size) noexcept {
    if (!is_power_of_two(alignment) || alignment % sizeof(void*) != 0) {
        return EINVAL;
    }
    const int before = errno; // says what went wrong by its result alone
    void* const piece = __libc_memalign(alignment, size);
    errno = before;
    if (piece == nullptr) {
        return ENOMEM;
    }
    *into = counted(piece, size);
    return 0;
}

void* valloc(std::size_t size) noexcept {
    return counted(__libc_memalign(page_bytes(), size), size);
}

void* pvalloc(std::size_t size) noexcept {
    const std::size_t page = page_bytes();
    if (size > SIZE_MAX - page) {
        errno = ENOMEM;
        return nullptr;
    }
    const std::size_t whole = (size + page - 1) / page * page;
    return counted(__libc_memalign(page, whole), whole);
}

void* mmap(void* at, std::size_t bytes, int access, int flags, int file, off_t offset) noexcept {
    return mapped(at, bytes, access, flags, file, offset);
}

void* mmap64(void* at, std::size_t bytes, int access, int flags, int file, off_t offset) noexcept {
    return mapped(at, bytes, access, flags, file, offset);
}

} // extern "C"
#pragma GCC visibility pop
