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

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>

namespace assay::lanes {

// Tokens of the domains (ASSAY_DOMAIN_*): one each, and of cores and memory as many as measured
// lanes were admitted (admission.hpp). A case takes a token of each of its domains at once or
// waits: no order of locks to get wrong. First come first served among cases that want the same
// domain, so that a case with many domains is not starved, while one that shares no domain with
// anybody before it need not wait for them.
class DomainTokens {
    // How many tokens of each domain, by bit.
    using Counts = std::array<std::uint32_t, 32>;

public:
    class Held {
    public:
        Held(DomainTokens& tokens, const Counts& counts) noexcept
            : tokens_(&tokens)
            , counts_(counts) {}

        Held(Held&& other) noexcept
            : tokens_(other.tokens_)
            , counts_(other.counts_) {
            other.tokens_ = nullptr;
        }

        Held& operator=(Held&&) = delete;
        Held(const Held&) = delete;
        Held& operator=(const Held&) = delete;
        ~Held();

    private:
        DomainTokens* tokens_;
        Counts counts_;
    };

    // `measured_lanes`: tokens of ASSAY_DOMAIN_CORES and ASSAY_DOMAIN_MEMORY; at least 1.
    explicit DomainTokens(std::uint32_t measured_lanes = 1) noexcept;

    // Blocks until every domain of the mask has a token. No domain means
    // ASSAY_DOMAIN_CORES|MEMORY, as in the ABI; `exclusive` takes every token of every domain
    // (ASSAY_CASE_EXCLUSIVE).
    [[nodiscard]] Held acquire(std::uint32_t domains, bool exclusive = false);

    // The same with every token of these domains: for a case with threads of its own, which was
    // not what the admission test let a second lane in beside.
    [[nodiscard]] Held acquire_all(std::uint32_t domains);

    // How many callers are blocked in an acquire now.
    [[nodiscard]] std::size_t waiting() const;

private:
    struct Waiter {
        std::uint64_t ticket = 0;
        Counts counts{};
    };

    [[nodiscard]] Counts counts_of(std::uint32_t mask, bool all) const noexcept;
    [[nodiscard]] Held take(const Counts& counts);
    [[nodiscard]] bool may_go(std::uint64_t ticket) const;
    void release(const Counts& counts) noexcept;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Counts capacity_;
    Counts taken_{};
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
