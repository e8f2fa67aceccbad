#include "lanes/lanes.hpp"

#include <assay/plugin.h>

#include <algorithm>

namespace assay::lanes {
namespace {

constexpr std::uint32_t kEveryDomain = ~std::uint32_t{0};
constexpr std::uint32_t kSharable = ASSAY_DOMAIN_CORES | ASSAY_DOMAIN_MEMORY;

constexpr std::uint32_t mask_of(std::uint32_t domains) noexcept {
    return domains == 0 ? kSharable : domains;
}

} // namespace

DomainTokens::Held::~Held() {
    if (tokens_ != nullptr) {
        tokens_->release(counts_);
    }
}

DomainTokens::DomainTokens(std::uint32_t measured_lanes) noexcept {
    for (std::size_t bit = 0; bit < capacity_.size(); ++bit) {
        capacity_[bit] = (kSharable >> bit & 1u) != 0 ? std::max(1u, measured_lanes) : 1;
    }
}

DomainTokens::Counts DomainTokens::counts_of(std::uint32_t mask, bool all) const noexcept {
    Counts counts{};
    for (std::size_t bit = 0; bit < counts.size(); ++bit) {
        if ((mask >> bit & 1u) != 0) {
            counts[bit] = all ? capacity_[bit] : 1;
        }
    }
    return counts;
}

DomainTokens::Held DomainTokens::acquire(std::uint32_t domains, bool exclusive) {
    return take(exclusive ? counts_of(kEveryDomain, true) : counts_of(mask_of(domains), false));
}

DomainTokens::Held DomainTokens::acquire_all(std::uint32_t domains) {
    return take(counts_of(mask_of(domains), true));
}

DomainTokens::Held DomainTokens::take(const Counts& counts) {
    std::unique_lock lock(mutex_);
    const std::uint64_t ticket = next_ticket_++;
    waiters_.push_back({ticket, counts});
    changed_.wait(lock, [&] { return may_go(ticket); });
    std::erase_if(waiters_, [&](const Waiter& waiter) { return waiter.ticket == ticket; });
    for (std::size_t bit = 0; bit < counts.size(); ++bit) {
        taken_[bit] += counts[bit];
    }
    return {*this, counts};
}

std::size_t DomainTokens::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiters_.size();
}

// Earlier waiters reserve their tokens too: otherwise small cases could pass a large one for ever.
bool DomainTokens::may_go(std::uint64_t ticket) const {
    Counts reserved = taken_;
    for (const Waiter& waiter : waiters_) {
        for (std::size_t bit = 0; bit < reserved.size(); ++bit) {
            const std::uint32_t wanted = waiter.counts[bit];
            if (waiter.ticket == ticket && wanted > 0 && reserved[bit] + wanted > capacity_[bit]) {
                return false;
            }
            reserved[bit] += wanted;
        }
        if (waiter.ticket == ticket) {
            return true;
        }
    }
    return false;
}

void DomainTokens::release(const Counts& counts) noexcept {
    {
        const std::lock_guard lock(mutex_);
        for (std::size_t bit = 0; bit < counts.size(); ++bit) {
            taken_[bit] -= counts[bit];
        }
    }
    // All, because who may go is known only to the waiters; there are at most as many as lanes.
    changed_.notify_all();
}

} // namespace assay::lanes
