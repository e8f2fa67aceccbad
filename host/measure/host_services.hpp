// The host's functions as a plugin sees them (assay_host), and the desk that receives what one
// suite says during one launch.
//
//   ServiceDesk desk(&observer, &cancel);
//   iface.create(&host_services(), desk.scope(), config, &suite);
//   std::string why = desk.take_failure();
//
// The functions in host_services() may be called from any thread; of ServiceDesk everything but
// receive_*() belongs to the thread that made it.
#pragma once

#include "measure/launch.hpp"

#include <assay/plugin.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace assay::measure {

class MetricCollector;
class ServiceDesk;

} // namespace assay::measure

// The handle a plugin holds; opaque to it.
struct assay_scope {
    assay::measure::ServiceDesk* desk = nullptr;
};

namespace assay::measure {

// Host functions that disturb a measurement when called inside run(). fail() is not among them: a
// run() that is about to return a failure has to say why.
enum class HostCall { log, progress, cancelled, metric, attach, service };
inline constexpr std::size_t kHostCalls = 6;
std::string_view name_of(HostCall call) noexcept;

// The one struct that every plugin is given; lives as long as the process.
const assay_host& host_services() noexcept;

// What libraries said through host->fail(NULL, ...), mostly why an entry function refuses. The
// string stays and grows; read it on the thread that loads, after the entry has returned:
//   load_plugin(path, host_services(), library_failure());
const std::string& library_failure() noexcept;

class ServiceDesk {
public:
    // No observer: log lines go to stderr (describing a suite has nobody who listens).
    ServiceDesk(LaunchObserver* observer, const CancelWord* cancel);
    ServiceDesk(const ServiceDesk&) = delete;
    ServiceDesk& operator=(const ServiceDesk&) = delete;
    ~ServiceDesk() = default;

    [[nodiscard]] assay_scope* scope() noexcept { return &scope_; }

    // From the moment the case is known until it is closed.
    void collect_metrics(MetricCollector* collector) noexcept { collector_.store(collector); }

    // The last text given to host->fail() since the previous take, or empty.
    std::string take_failure();

    // Log lines and progress that came on other threads or inside run() go to the observer now.
    void deliver();

    // Around run(), on the thread that calls it: host calls that arrive in between are counted.
    void enter_run() noexcept;
    void leave_run() noexcept;

    // The desk whose run() the calling thread is in, or nullptr.
    static ServiceDesk* running_here() noexcept;

    // "host call in run: metric (12 times)", one per function that was called there.
    [[nodiscard]] std::vector<std::string> calls_in_run() const;

    std::vector<Attachment> take_attachments();

    // What the functions of host_services() do with a scope.
    void receive_failure(assay_status code, assay_str text);
    void receive_log(std::int32_t level, assay_str text);
    void receive_progress(double done, assay_str what);
    void receive_metric(std::uint32_t index, double value);
    assay_status receive_attachment(assay_str name, assay_str media_type, assay_str bytes);
    [[nodiscard]] std::uint32_t cancelled();

    // assay.parallel/1 may be used in run(): not counted, but noted with the threads it uses.
    void receive_parallel(std::uint32_t threads) noexcept { parallel_threads_.store(threads); }

    [[nodiscard]] std::uint32_t parallel_threads() const noexcept {
        return parallel_threads_.load();
    }

    [[nodiscard]] const CancelWord* cancel_word() const noexcept { return cancel_; }

    void count(HostCall call) noexcept;

private:
    struct LogLine {
        std::int32_t level = 0;
        std::string text;
    };

    void log(std::int32_t level, std::string text);
    [[nodiscard]] bool on_own_thread_outside_run() const noexcept;

    LaunchObserver* observer_;
    const CancelWord* cancel_;
    assay_scope scope_{this};
    std::thread::id own_thread_ = std::this_thread::get_id();
    std::atomic<MetricCollector*> collector_{nullptr};
    std::atomic<std::uint32_t> running_lanes_{0};
    std::array<std::atomic<std::uint64_t>, kHostCalls> calls_in_run_{};
    std::atomic<std::uint32_t> parallel_threads_{0};

    std::mutex mutex_;
    std::string failure_;
    std::vector<LogLine> waiting_;
    std::uint64_t dropped_lines_ = 0;
    bool progress_waiting_ = false;
    double progress_ = 0;
    std::string progress_what_;
    std::uint64_t progress_told_ns_ = 0;
    std::vector<Attachment> attachments_;
    std::size_t attached_bytes_ = 0;
};

} // namespace assay::measure
