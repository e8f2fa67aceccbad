#include "lanes/lanes.hpp"

#include <assay/plugin.h>

#include <algorithm>

namespace assay::lanes {
namespace {

constexpr std::uint32_t kEveryDomain = ~std::uint32_t{0};

std::uint32_t mask_of(std::uint32_t domains, bool exclusive) noexcept {
    if (exclusive) {
        return kEveryDomain;
    }
    return domains == 0 ? ASSAY_DOMAIN_CORES | ASSAY_DOMAIN_MEMORY : domains;
}

} // namespace

DomainTokens::Held::~Held() {
    if (tokens_ != nullptr) {
        tokens_->release(mask_);
    }
}

DomainTokens::Held DomainTokens::acquire(std::uint32_t domains, bool exclusive) {
    const std::uint32_t mask = mask_of(domains, exclusive);
    std::unique_lock lock(mutex_);
    const std::uint64_t ticket = next_ticket_++;
    waiters_.push_back({ticket, mask});
    changed_.wait(lock, [&] { return may_go(ticket); });
    std::erase_if(waiters_, [&](const Waiter& waiter) { return waiter.ticket == ticket; });
    taken_ |= mask;
    return {*this, mask};
}

std::size_t DomainTokens::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiters_.size();
}

// Earlier waiters reserve their domains too: otherwise small cases could pass a large one for ever.
bool DomainTokens::may_go(std::uint64_t ticket) const {
    std::uint32_t reserved = taken_;
    for (const Waiter& waiter : waiters_) {
        if (waiter.ticket == ticket) {
            return (reserved & waiter.mask) == 0;
        }
        reserved |= waiter.mask;
    }
    return false;
}

void DomainTokens::release(std::uint32_t mask) noexcept {
    {
        const std::lock_guard lock(mutex_);
        taken_ &= ~mask;
    }
    // All, because who may go is known only to the waiters; there are at most as many as lanes.
    changed_.notify_all();
}

} // namespace assay::lanes
