#include "worker/conformance/host_table.hpp"

#include "measure/host_services.hpp"

#include <atomic>
#include <cmath>

namespace assay::worker::conformance {
namespace {

// Written by the plugin's calls from any thread.
struct Ear {
    std::atomic<std::uint32_t> expected{UINT32_MAX};
    std::atomic<std::uint64_t> metrics{0}, out_of_range{0}, not_finite{0}, unknown_services{0};
    std::atomic<std::uint32_t> last_index{0};
    std::atomic<bool> no_services{false};
};

Ear ear;

void hear_metric(assay_scope* scope, std::uint32_t index, double value) noexcept {
    ear.metrics.fetch_add(1, std::memory_order_relaxed);
    if (index >= ear.expected.load()) {
        ear.out_of_range.fetch_add(1, std::memory_order_relaxed);
        ear.last_index.store(index, std::memory_order_relaxed);
    }
    if (!std::isfinite(value)) {
        ear.not_finite.fetch_add(1, std::memory_order_relaxed);
    }
    measure::host_services().metric(scope, index, value);
}

const void* hear_service(assay_str id) noexcept {
    const void* const service =
        ear.no_services.load() ? nullptr : measure::host_services().service(id);
    if (service == nullptr) {
        ear.unknown_services.fetch_add(1, std::memory_order_relaxed);
    }
    return service;
}

} // namespace

const assay_host& checking_host() noexcept {
    static const assay_host host = [] {
        assay_host made = measure::host_services();
        made.metric = hear_metric;
        made.service = hear_service;
        return made;
    }();
    return host;
}

HeardCalls heard_calls() noexcept {
    return {ear.metrics.load(),
            ear.out_of_range.load(),
            ear.not_finite.load(),
            ear.last_index.load(),
            ear.unknown_services.load()};
}

void expect_metrics(std::uint32_t count) noexcept {
    ear.expected.store(count);
}

void forget_services() noexcept {
    ear.no_services.store(true);
}

AgedHost::AgedHost(HostAge age) {
    if (age == HostAge::old) {
        old_.emplace(checking_host());
        (*old_)->abi_minor = 0;
    } else if (age == HostAge::future) {
        future_.emplace();
        Wide<assay_host>& wide = **future_;
        wide.value = checking_host();
        wide.value.struct_size = sizeof wide;
        wide.value.abi_minor = kFutureMinor;
        wide.behind.fill(Wide<assay_host>::kByteBehind);
    }
}

const assay_host* AgedHost::table() const noexcept {
    if (old_) {
        return old_->get();
    }
    return future_ ? &future_->get()->value : &checking_host();
}

} // namespace assay::worker::conformance
