// operator new and delete of this plugin, so that what it asks for is counted. The version script
// of plugins keeps them inside; what the C++ library itself allocates goes by its own, and both end
// in malloc and free. Compiled into the plugin alone, by itself. A sanitizer holds new against
// delete, and must see both.
#include "new_counter.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

void* counted_block(std::size_t bytes) noexcept {
    assay::allocator_suite::count_new(bytes);
    return std::malloc(std::max<std::size_t>(bytes, 1));
}

void* counted_block(std::size_t bytes, std::align_val_t alignment) noexcept {
    assay::allocator_suite::count_new(bytes);
    const auto step = static_cast<std::size_t>(alignment);
    return std::aligned_alloc(step, (std::max<std::size_t>(bytes, 1) + step - 1) / step * step);
}

void* or_throw(void* block) {
    if (block == nullptr) {
        throw std::bad_alloc();
    }
    return block;
}

} // namespace

void* operator new(std::size_t bytes) {
    return or_throw(counted_block(bytes));
}

void* operator new[](std::size_t bytes) {
    return or_throw(counted_block(bytes));
}

void* operator new(std::size_t bytes, std::align_val_t alignment) {
    return or_throw(counted_block(bytes, alignment));
}

void* operator new[](std::size_t bytes, std::align_val_t alignment) {
    return or_throw(counted_block(bytes, alignment));
}

void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
    return counted_block(bytes);
}

void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept {
    return counted_block(bytes);
}

void* operator new(std::size_t bytes, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return counted_block(bytes, alignment);
}

void* operator new[](std::size_t bytes,
                     std::align_val_t alignment,
                     const std::nothrow_t&) noexcept {
    return counted_block(bytes, alignment);
}

void operator delete(void* block) noexcept {
    std::free(block);
}

void operator delete[](void* block) noexcept {
    std::free(block);
}

void operator delete(void* block, std::size_t) noexcept {
    std::free(block);
}

void operator delete[](void* block, std::size_t) noexcept {
    std::free(block);
}

void operator delete(void* block, std::align_val_t) noexcept {
    std::free(block);
}

void operator delete[](void* block, std::align_val_t) noexcept {
    std::free(block);
}

void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
    std::free(block);
}

void operator delete[](void* block, std::size_t, std::align_val_t) noexcept {
    std::free(block);
}

#endif
