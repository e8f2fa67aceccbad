// Lanes: the seats in one oneTBB arena that drive workers, and the domain tokens that keep measured
// cases from disturbing each other.
//
//   Lanes lanes(2);
//   DomainTokens tokens;
//   lanes.run(jobs.size(), [&](std::size_t job, std::uint32_t lane) {
//       ...prepare...; { auto held = tokens.acquire(domains); ...timed slices... }
//   });
//
// A lane waits for its worker in poll(), without burning a core. Both classes may be called from
// any thread; a Lanes object runs one batch of jobs at a time.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>

namespace assay::lanes {

// One token per domain (ASSAY_DOMAIN_*). A case takes all of its tokens at once or waits: no order
// of locks to get wrong. First come first served among cases that want the same domain, so that a
// case with many domains is not starved, while one that shares no domain with anybody before it
// need not wait for them.
class DomainTokens {
public:
    class Held {
    public:
        Held(DomainTokens& tokens, std::uint32_t mask) noexcept
            : tokens_(&tokens)
            , mask_(mask) {}

        Held(Held&& other) noexcept
            : tokens_(other.tokens_)
            , mask_(other.mask_) {
            other.tokens_ = nullptr;
        }

        Held& operator=(Held&&) = delete;
        Held(const Held&) = delete;
        Held& operator=(const Held&) = delete;
        ~Held();

    private:
        DomainTokens* tokens_;
        std::uint32_t mask_;
    };

    // Blocks until every domain of the mask is free. No domain means ASSAY_DOMAIN_CORES|MEMORY, as
    // in the ABI; `exclusive` takes every domain (ASSAY_CASE_EXCLUSIVE).
    [[nodiscard]] Held acquire(std::uint32_t domains, bool exclusive = false);

    // How many callers are blocked in acquire() now.
    [[nodiscard]] std::size_t waiting() const;

private:
    struct Waiter {
        std::uint64_t ticket = 0;
        std::uint32_t mask = 0;
    };

    [[nodiscard]] bool may_go(std::uint64_t ticket) const;
    void release(std::uint32_t mask) noexcept;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::uint32_t taken_ = 0;
    std::uint64_t next_ticket_ = 0;
    std::deque<Waiter> waiters_; // in order of arrival
};

// More lanes than this only add waiting threads: each drives one worker process.
inline constexpr std::uint32_t kLanesMax = 256;

class Lanes {
public:
    // 0 = as many as the affinity mask has CPUs; more than kLanesMax are cut to it. More lanes than
    // CPUs are honoured.
    explicit Lanes(std::uint32_t count = 0);

    [[nodiscard]] std::uint32_t count() const noexcept { return count_; }

    // Calls job(i, lane) once for every i in [0, jobs), in order of i as lanes become free; returns
    // when all are done. `lane` is in [0, count()), and no two jobs run on one lane at once. A job
    // must not throw. Jobs not yet started are skipped once `stop`, which any lane may call,
    // returns true. The calling thread is one of the lanes.
    void run(std::size_t jobs,
             const std::function<void(std::size_t job, std::uint32_t lane)>& body,
             const std::function<bool()>& stop = {}) const;

private:
    std::uint32_t count_;
};

} // namespace assay::lanes
