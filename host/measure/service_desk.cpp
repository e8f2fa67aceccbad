#include "measure/abi_field.hpp"
#include "measure/clock.hpp"
#include "measure/host_services.hpp"
#include "measure/metric_collector.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay::measure {
namespace {

// A plugin that logs in a loop costs its own lines, not the host's memory.
constexpr std::size_t kWaitingLinesMax = 1'000;
constexpr std::size_t kLogBytesMax = std::size_t{16} << 10;
constexpr std::size_t kAttachmentsMax = 64;
constexpr std::size_t kAttachedBytesMax = std::size_t{16} << 20;
// Progress is drawn at most four times a second; more would only wake the host.
constexpr std::uint64_t kProgressEveryNs = 250'000'000;

// For calls that carry no scope.
thread_local ServiceDesk* desk_of_this_run = nullptr;

} // namespace

std::string_view name_of(HostCall call) noexcept {
    switch (call) {
    case HostCall::log:
        return "log";
    case HostCall::progress:
        return "progress";
    case HostCall::cancelled:
        return "cancelled";
    case HostCall::metric:
        return "metric";
    case HostCall::attach:
        return "attach";
    case HostCall::service:
        return "service";
    }
    return "unknown";
}

ServiceDesk::ServiceDesk(LaunchObserver* observer, const CancelWord* cancel)
    : observer_(observer)
    , cancel_(cancel) {}

std::string ServiceDesk::take_failure() {
    const std::lock_guard lock(mutex_);
    return std::exchange(failure_, {});
}

void ServiceDesk::deliver() {
    std::vector<LogLine> lines;
    std::uint64_t dropped = 0;
    bool progress = false;
    double done = 0;
    std::string what;
    {
        const std::lock_guard lock(mutex_);
        lines.swap(waiting_);
        dropped = std::exchange(dropped_lines_, 0);
        const std::uint64_t now = monotonic_ns();
        if (progress_waiting_ && now - progress_told_ns_ >= kProgressEveryNs) {
            progress = true;
            progress_waiting_ = false;
            progress_told_ns_ = now;
            done = progress_;
            what = progress_what_;
        }
    }
    if (observer_ == nullptr) {
        return;
    }
    for (const LogLine& line : lines) {
        observer_->on_log(line.level, line.text);
    }
    if (dropped > 0) {
        observer_->on_log(ASSAY_LOG_WARN,
                          std::to_string(dropped) + " further log lines were not kept");
    }
    if (progress) {
        observer_->on_progress(done, what);
    }
}

void ServiceDesk::enter_run() noexcept {
    desk_of_this_run = this;
    running_lanes_.fetch_add(1, std::memory_order_relaxed);
}

void ServiceDesk::leave_run() noexcept {
    running_lanes_.fetch_sub(1, std::memory_order_relaxed);
    desk_of_this_run = nullptr;
}

ServiceDesk* ServiceDesk::running_here() noexcept {
    return desk_of_this_run;
}

std::vector<std::string> ServiceDesk::calls_in_run() const {
    std::vector<std::string> remarks;
    for (std::size_t i = 0; i < kHostCalls; ++i) {
        const std::uint64_t calls = calls_in_run_[i].load();
        if (calls > 0) {
            remarks.push_back(
                "host call in run: " + std::string(name_of(static_cast<HostCall>(i))) + " (" +
                std::to_string(calls) + (calls == 1 ? " time)" : " times)"));
        }
    }
    return remarks;
}

std::vector<Attachment> ServiceDesk::take_attachments() {
    const std::lock_guard lock(mutex_);
    attached_bytes_ = 0;
    return std::exchange(attachments_, {});
}

void ServiceDesk::receive_failure(assay_status code, assay_str text) {
    std::string copy = copy_text(text);
    if (copy.empty()) {
        copy = status_name(code);
    }
    const std::lock_guard lock(mutex_);
    failure_ = std::move(copy);
}

void ServiceDesk::receive_log(std::int32_t level, assay_str text) {
    count(HostCall::log);
    log(std::clamp(level, std::int32_t{ASSAY_LOG_DEBUG}, std::int32_t{ASSAY_LOG_ERROR}),
        copy_text(text, kLogBytesMax));
}

void ServiceDesk::receive_progress(double done, assay_str what) {
    count(HostCall::progress);
    if (!std::isfinite(done)) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        progress_waiting_ = true;
        progress_ = std::clamp(done, 0.0, 1.0);
        progress_what_ = copy_text(what, kLogBytesMax);
    }
    if (on_own_thread_outside_run()) {
        deliver();
    }
}

void ServiceDesk::receive_metric(std::uint32_t index, double value) {
    count(HostCall::metric);
    MetricCollector* const collector = collector_.load();
    if (collector == nullptr) {
        return;
    }
    if (auto refusal = collector->observe(index, value)) {
        log(ASSAY_LOG_WARN, *std::move(refusal));
    }
}

assay_status
ServiceDesk::receive_attachment(assay_str name, assay_str media_type, assay_str bytes) {
    count(HostCall::attach);
    const std::lock_guard lock(mutex_);
    if (bytes.data == nullptr && bytes.len > 0) {
        return ASSAY_E_FAIL;
    }
    if (attachments_.size() >= kAttachmentsMax || bytes.len > kAttachedBytesMax - attached_bytes_) {
        return ASSAY_E_NOMEM;
    }
    Attachment attachment{copy_text(name, 256), copy_text(media_type, 256), {}};
    if (bytes.len > 0) {
        attachment.bytes.assign(bytes.data, bytes.len);
    }
    attached_bytes_ += attachment.bytes.size();
    attachments_.push_back(std::move(attachment));
    return ASSAY_OK;
}

std::uint32_t ServiceDesk::cancelled() {
    count(HostCall::cancelled);
    return cancel_ != nullptr && cancel_->load(std::memory_order_relaxed) != 0 ? 1u : 0u;
}

void ServiceDesk::count(HostCall call) noexcept {
    if (running_lanes_.load(std::memory_order_relaxed) > 0) {
        calls_in_run_[static_cast<std::size_t>(call)].fetch_add(1, std::memory_order_relaxed);
    }
}

void ServiceDesk::log(std::int32_t level, std::string text) {
    if (observer_ == nullptr) {
        std::fprintf(stderr, "%s\n", text.c_str());
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() >= kWaitingLinesMax) {
            ++dropped_lines_;
        } else {
            waiting_.push_back({level, std::move(text)});
        }
    }
    if (on_own_thread_outside_run()) {
        deliver();
    }
}

bool ServiceDesk::on_own_thread_outside_run() const noexcept {
    return std::this_thread::get_id() == own_thread_ &&
           running_lanes_.load(std::memory_order_relaxed) == 0;
}

} // namespace assay::measure
