// Memory layout differs from launch to launch on purpose: where stack and heap happen to lie can
// change times by percents, so it is a random effect to average over, not a constant to be lucky
// with. ASLR stays on; this adds what it leaves out.
//
//   HeapPieces pieces(random);          // kept until the process ends
//   with_stack_offset(random, [&] { return serve(); });
#pragma once

#include <alloca.h>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <vector>

namespace assay::worker {

// 0 to 64 KiB of heap in random pieces, allocated before the plugin allocates anything.
class HeapPieces {
public:
    explicit HeapPieces(std::mt19937_64& random) {
        std::size_t left = random() % ((std::size_t{64} << 10) + 1);
        bytes_ = left;
        while (left > 0) {
            const std::size_t size = std::min(left, static_cast<std::size_t>(random() % 4096 + 1));
            pieces_.push_back(std::make_unique<std::byte[]>(size));
            left -= size;
        }
    }

    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    std::vector<std::unique_ptr<std::byte[]>> pieces_;
    std::size_t bytes_ = 0;
};

// 0 to 4080 bytes in steps of 16.
inline std::size_t stack_offset(std::mt19937_64& random) {
    return (random() % 256) * 16;
}

// Calls the body that much further down the stack.
template <class Body>
[[gnu::noinline]] int with_stack_offset(std::size_t offset, Body body) {
    volatile char* const gap = static_cast<volatile char*>(alloca(offset + 16));
    gap[0] = 0; // keeps the gap from being optimised away
    return body();
}

} // namespace assay::worker
