#include "measure/pair_page.hpp"

#include "measure/clock.hpp"

#include <climits>
#include <ctime>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace assay::measure {
namespace {

// No slot of a slice: a side that is about to sleep for another value wakes at once.
constexpr std::uint32_t kNoSlot = UINT32_MAX;
// The cancel word has no futex of its own; a side that waits looks at it this often.
constexpr timespec kLookAround{0, 50'000'000};

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));

// Not the private kind: the page is shared between processes.
void sleep_while(std::atomic<std::uint32_t>& word, std::uint32_t value) noexcept {
    ::syscall(SYS_futex, &word, FUTEX_WAIT, value, &kLookAround, nullptr, 0);
}

void wake_all(std::atomic<std::uint32_t>& word) noexcept {
    ::syscall(SYS_futex, &word, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

} // namespace

bool PairTurns::wait(std::uint32_t slice, const std::atomic<std::uint32_t>& cancel) noexcept {
    return wait_for_slot(slot_of(seat_, slice), cancel);
}

bool PairTurns::wait_for_end(std::uint32_t slices,
                             const std::atomic<std::uint32_t>& cancel) noexcept {
    return wait_for_slot(2 * slices, cancel);
}

bool PairTurns::wait_for_slot(std::uint32_t slot,
                              const std::atomic<std::uint32_t>& cancel) noexcept {
    PairWaits& waits = page_.waits[seat_.seat % 2];
    std::uint64_t since = 0;
    bool mine = false;
    for (;;) {
        const std::uint32_t now = page_.slot.load(std::memory_order_acquire);
        if (page_.abandoned.load() != 0 || cancel.load() != 0) {
            break;
        }
        if (now == slot) {
            mine = true;
            break;
        }
        if (since == 0) {
            since = monotonic_ns();
            waits.since_ns.store(since);
        }
        sleep_while(page_.slot, now);
    }
    if (since != 0) {
        waits.since_ns.store(0);
        waits.waited_ns.fetch_add(monotonic_ns() - since);
    }
    return mine;
}

void PairTurns::pass(std::uint32_t slice) noexcept {
    std::uint32_t own = slot_of(seat_, slice);
    // Fails when the pair was abandoned meanwhile, and then nobody waits for a slot.
    if (page_.slot.compare_exchange_strong(own, own + 1, std::memory_order_acq_rel)) {
        wake_all(page_.slot);
    }
}

void abandon(PairPage& page) noexcept {
    page.abandoned.store(1);
    page.slot.store(kNoSlot);
    wake_all(page.slot);
}

std::uint64_t waited_ns(const PairPage& page, std::uint32_t seat) noexcept {
    const PairWaits& waits = page.waits[seat % 2];
    const std::uint64_t since = waits.since_ns.load();
    const std::uint64_t now = monotonic_ns();
    return waits.waited_ns.load() + (since != 0 && since < now ? now - since : 0);
}

} // namespace assay::measure
