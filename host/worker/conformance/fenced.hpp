// A value, or a text, that ends exactly where an inaccessible page begins: whoever reads or writes
// behind it dies of SIGSEGV at that very instruction.
//
//   Fenced<assay_batch> batch;       // zeroed
//   run(handle, batch.get());
//   FencedText config("{}");         // no NUL behind it
//
// Throws std::bad_alloc when there is no memory. One owner.
#pragma once

#include <cstddef>
#include <cstring>
#include <new>
#include <string_view>
#include <sys/mman.h>
#include <type_traits>
#include <unistd.h>

namespace assay::worker::conformance {

class FencedBytes {
public:
    explicit FencedBytes(std::size_t size) {
        const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        const std::size_t usable = (size + page - 1) / page * page;
        mapped_ = usable + page;
        memory_ =
            ::mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory_ == MAP_FAILED) {
            throw std::bad_alloc();
        }
        auto* const fence = static_cast<char*>(memory_) + usable;
        if (::mprotect(fence, page, PROT_NONE) != 0) {
            ::munmap(memory_, mapped_);
            throw std::bad_alloc();
        }
        begin_ = fence - size;
    }

    FencedBytes(const FencedBytes&) = delete;
    FencedBytes& operator=(const FencedBytes&) = delete;

    ~FencedBytes() { ::munmap(memory_, mapped_); }

    [[nodiscard]] char* begin() const noexcept { return begin_; }

private:
    void* memory_ = nullptr;
    std::size_t mapped_ = 0;
    char* begin_ = nullptr;
};

template <class T>
class Fenced {
public:
    Fenced()
        : bytes_(sizeof(T))
        , value_(new (bytes_.begin()) T{}) {}

    explicit Fenced(const T& value)
        : bytes_(sizeof(T))
        , value_(new (bytes_.begin()) T(value)) {}

    [[nodiscard]] T* get() const noexcept { return value_; }

    T* operator->() const noexcept { return value_; }

    T& operator*() const noexcept { return *value_; }

private:
    static_assert(std::is_trivially_destructible_v<T> && sizeof(T) % alignof(T) == 0);

    FencedBytes bytes_;
    T* value_;
};

class FencedText {
public:
    explicit FencedText(std::string_view text)
        : bytes_(text.empty() ? 1 : text.size())
        , size_(text.size()) {
        std::memcpy(bytes_.begin(), text.data(), text.size());
    }

    [[nodiscard]] std::string_view view() const noexcept { return {bytes_.begin(), size_}; }

private:
    FencedBytes bytes_;
    std::size_t size_;
};

} // namespace assay::worker::conformance
