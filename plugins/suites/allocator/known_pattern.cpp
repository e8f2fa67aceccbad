#include "known_pattern.hpp"

#include "churn_ring.hpp"
#include "churn_schedule.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace assay::allocator_suite {
namespace {

constexpr std::uint64_t kNeededLeast = kPatternBlocks / 2 * kPatternBlockBytes,
                        kNeededMost = kPatternBlocks / 2 * (kPatternBlockBytes + 16);
// More than a thread's cache of one size keeps: it is full before and after.
constexpr std::size_t kCacheFiller = 64;
constexpr int kTries = 3;
constexpr std::size_t kFilledBlocks = 400, kFilledLargest = 20'000;
constexpr std::size_t kAlignment = 16;
constexpr std::size_t kShortLive = 200, kShortTurns = 3;

template <class One>
void fill_thread_cache(One& heap) {
    std::vector<void*> blocks(kCacheFiller);
    for (void*& block : blocks) {
        block = heap.take(kPatternBytes);
        mark(block, kPatternBytes, 1);
    }
    for (void* const block : blocks) {
        heap.give(block, kPatternBytes);
    }
}

template <class One>
std::optional<HalfFreed> half_freed_by(One& heap) {
    HalfFreed found{.live = kPatternBlocks / 2 * kPatternBytes};
    std::vector<void*> blocks(kPatternBlocks);
    fill_thread_cache(heap);
    const auto before = heap.books();
    for (void*& block : blocks) {
        block = heap.take(kPatternBytes);
        mark(block, kPatternBytes, 1);
    }
    for (std::size_t i = 0; i < blocks.size(); i += 2) {
        heap.give(blocks[i], kPatternBytes);
    }
    const auto after = heap.books();
    for (std::size_t i = 1; i < blocks.size(); i += 2) {
        found.needed += heap.size_of(blocks[i]);
        heap.give(blocks[i], kPatternBytes);
    }
    if (!before || !after) {
        return std::nullopt;
    }
    found.in_use = after->in_use - before->in_use;
    return found;
}

unsigned char filling_of(std::size_t number) noexcept {
    return static_cast<unsigned char>(number * 37 + 11);
}

struct FilledBlock {
    unsigned char* begin = nullptr;
    std::size_t bytes = 0;
};

template <class One>
FilledBlock filled(One& heap, std::size_t bytes, std::size_t number) {
    auto* const begin = static_cast<unsigned char*>(heap.take(bytes));
    std::fill_n(begin, bytes, filling_of(number));
    return {begin, bytes};
}

void check_filling(const FilledBlock& block, std::size_t number) {
    const unsigned char* const end = block.begin + block.bytes;
    const unsigned char* const wrong =
        std::find_if(static_cast<const unsigned char*>(block.begin),
                     end,
                     [number](unsigned char byte) { return byte != filling_of(number); });
    if (wrong != end) {
        throw assay::wrong_result("byte " + std::to_string(wrong - block.begin) + " of block " +
                                  std::to_string(number) + " (" + std::to_string(block.bytes) +
                                  " bytes) changed while others came and went");
    }
    if (reinterpret_cast<std::uintptr_t>(block.begin) % kAlignment != 0) {
        throw assay::wrong_result("a block of " + std::to_string(block.bytes) +
                                  " bytes is not at a multiple of 16");
    }
}

// Every second one is replaced by one of another size before all are read.
template <class One>
std::uint64_t check_filled_blocks(One& heap, std::uint64_t seed) {
    const auto sizes = drawn_sizes(2 * kFilledBlocks, kFilledLargest, seed);
    std::vector<FilledBlock> blocks;
    for (std::size_t i = 0; i < kFilledBlocks; ++i) {
        blocks.push_back(filled(heap, sizes[i], i));
    }
    for (std::size_t i = 0; i < kFilledBlocks; i += 2) {
        check_filling(blocks[i], i);
        heap.give(blocks[i].begin, blocks[i].bytes);
        blocks[i] = filled(heap, sizes[kFilledBlocks + i], i);
    }
    heap.release();
    for (std::size_t i = 0; i < kFilledBlocks; ++i) {
        check_filling(blocks[i], i);
        heap.give(blocks[i].begin, blocks[i].bytes);
    }
    return kFilledBlocks + kFilledBlocks / 2;
}

template <class One>
std::uint64_t check_short_churn(One& heap, Lifetimes lifetimes, std::uint64_t seed) {
    const ChurnSchedule schedule(
        {.live = kShortLive, .largest = std::size_t{1} << 16, .lifetimes = lifetimes}, seed);
    ChurnRing ring(schedule, seed);
    const std::uint64_t steps = kShortTurns * schedule.steps();
    ring.steps(heap, steps);
    ring.give_all(heap);
    if (ring.damaged() != 0) {
        throw assay::wrong_result(std::to_string(ring.damaged()) + " of " + std::to_string(steps) +
                                  " blocks lost what was written into them");
    }
    return steps;
}

} // namespace

std::optional<HalfFreed> half_freed(Heap& heap) {
    return std::visit([](auto& one) { return half_freed_by(one); }, heap);
}

void check_half_freed(Heap& heap) {
    std::optional<HalfFreed> found;
    for (int i = 0; i < kTries; ++i) {
        found = half_freed(heap);
        if (!found || (found->in_use == found->needed && found->needed >= kNeededLeast &&
                       found->needed <= kNeededMost)) {
            return;
        }
    }
    throw assay::wrong_result("1000 blocks of 24 bytes stayed of 2000 and need " +
                              std::to_string(found->needed) + " bytes, the books say " +
                              std::to_string(found->in_use) + ", expected " +
                              std::to_string(kNeededLeast) + ": 32 each");
}

std::uint64_t check_contents(Heap& heap, std::uint64_t seed) {
    const std::uint64_t blocks = std::visit(
        [seed](auto& one) {
            return check_filled_blocks(one, seed) +
                   check_short_churn(one, Lifetimes::exponential, seed) +
                   check_short_churn(one, Lifetimes::phased, seed);
        },
        heap);
    if (const auto* arena = std::get_if<ArenaHeap>(&heap)) {
        if (const auto fault = arena->arena().first_fault()) {
            throw assay::wrong_result("the arena: " + *fault);
        }
    }
    return blocks;
}

} // namespace assay::allocator_suite
