// Lanes: the seats in one oneTBB arena that drive workers, and the domain tokens that keep measured
// cases from disturbing each other.
//
//   Lanes lanes(2);
//   DomainTokens tokens;
//   lanes.run(jobs.size(), [&](std::size_t job, std::uint32_t lane) {
//       ...prepare...; { auto held = tokens.acquire(domains); ...timed slices... }
//   });
//
// A lane waits for its worker in poll(), without burning a core.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

namespace assay::lanes {

// One token per domain (ASSAY_DOMAIN_*). A case takes all of its tokens at once or waits: no order
// of locks to get wrong, and first come first served, so that a case with many domains is not
// starved.
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

    // Blocks. `exclusive` takes every domain (ASSAY_CASE_EXCLUSIVE).
    [[nodiscard]] Held acquire(std::uint32_t domains, bool exclusive = false);

private:
    void release(std::uint32_t mask) noexcept;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint32_t taken_ = 0;
    std::uint64_t next_ticket_ = 0, now_serving_ = 0;
};

class Lanes {
public:
    // 0 = as many as the affinity mask has CPUs.
    explicit Lanes(std::uint32_t count = 0);

    [[nodiscard]] std::uint32_t count() const noexcept { return count_; }

    // Calls job(i, lane) once for every i in [0, jobs), in order of i as lanes become free; returns
    // when all are done. A job must not throw. Jobs not yet started are skipped once `stop` returns
    // true.
    void run(std::size_t jobs,
             const std::function<void(std::size_t job, std::uint32_t lane)>& body,
             const std::function<bool()>& stop = {}) const;

private:
    std::uint32_t count_;
};

} // namespace assay::lanes
