// One case, opened the way a launch opens it, for a check that wants to see every step: what was
// handed over, what came back, what was said. Closing and destroying happen in the legal order,
// whatever was done before.
//
//   CaseSession session(context, suite, point);
//   if (session.is_open() && session.verify() == ASSAY_OK) {
//       const Taken taken = session.take({.iterations = 100, .seed = 7});
//   }
//
// A batch that does not end within a second is cancelled, so that long cases cost a check a second
// and no more. One thread.
#pragma once

#include "measure/host_services.hpp"
#include "measure/metric_collector.hpp"
#include "measure/ticks.hpp"
#include "worker/conformance/host_table.hpp"
#include "worker/conformance/plugin_under_check.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace assay::worker::conformance {

// Hears nothing and grants every wish: checks look elsewhere.
class QuietObserver final : public measure::LaunchObserver {
public:
    void on_phase(measure::LaunchPhase /*phase*/, std::uint32_t /*slice*/) override {}

    bool wait_for_turn() override { return true; }

    void turn_is_over() override {}

    void on_log(std::int32_t /*level*/, std::string_view /*text*/) override {}

    void on_progress(double /*done*/, std::string_view /*what*/) override {}
};

// Sets the cancel word when what it watches takes too long.
class Watchdog {
public:
    explicit Watchdog(measure::CancelWord& cancel)
        : cancel_(cancel)
        , thread_([this] { watch(); }) {}

    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;
    ~Watchdog();

    void arm(std::chrono::milliseconds patience);
    void disarm();

private:
    void watch();

    measure::CancelWord& cancel_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<std::chrono::steady_clock::time_point> due_;
    bool leaving_ = false;
    std::thread thread_;
};

struct SessionOptions {
    HostAge age = HostAge::present;
    const assay_host* host = nullptr; // NULL: checking_host()
    std::uint64_t seed = 1;
    std::uint32_t lanes = 1;
};

struct BatchWish {
    std::uint64_t iterations = 1;
    std::uint64_t seed = 1;
    std::uint32_t lane = 0;
    std::chrono::milliseconds patience{1'000};
};

// A batch as it went in and came out.
struct Taken {
    assay_status prepared = ASSAY_OK, ran = ASSAY_OK, finished = ASSAY_OK;
    assay_batch given{}, after{};
    std::uint64_t wall_ns = 0;
    bool untouched_behind = true; // the bytes behind the batch, and behind the latencies
    bool cancelled = false;       // it took longer than its patience
    std::string text;             // what the plugin said about a failure

    [[nodiscard]] bool ok() const noexcept {
        return prepared >= 0 && ran >= 0 && finished >= 0 && !cancelled;
    }

    // "run returned ASSAY_E_FAIL: no such table"; empty if nothing failed.
    [[nodiscard]] std::string failure() const;
};

class CaseSession {
public:
    CaseSession(CheckContext& context,
                const SuiteUnderCheck& suite,
                const CasePoint& point,
                SessionOptions options = {});
    CaseSession(const CaseSession&) = delete;
    CaseSession& operator=(const CaseSession&) = delete;
    ~CaseSession(); // leaves the lanes entered by enter(), closes, destroys

    [[nodiscard]] bool is_open() const noexcept { return case_ != nullptr; }

    // What create or open returned, and what was said about it.
    [[nodiscard]] assay_status status() const noexcept { return status_; }

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    // Why it is not open, as a sentence.
    [[nodiscard]] std::string why_not_open() const;

    [[nodiscard]] const std::string& id() const noexcept { return point_.id; }

    [[nodiscard]] const measure::FamilyDescription& family() const noexcept { return family_; }

    [[nodiscard]] measure::ServiceDesk& desk() noexcept { return desk_; }

    [[nodiscard]] measure::CancelWord& cancel() noexcept { return cancel_; }

    [[nodiscard]] assay_case* handle() const noexcept { return case_; }

    [[nodiscard]] const SuiteUnderCheck& suite() const noexcept { return suite_; }

    [[nodiscard]] const CasePoint& point() const noexcept { return point_; }

    // The most iterations that a batch of this case may have.
    [[nodiscard]] std::uint64_t iterations_max() const noexcept;

    assay_status verify();
    assay_status enter(std::uint32_t lane);

    // prepare, run, finish of one lane, on the calling thread. Enters lane 0 by itself. `between`:
    // called after prepare and before run.
    Taken take(const BatchWish& wish, const std::function<void()>& between = {});

    void close();

private:
    struct Room;

    void open(SessionOptions options);
    void set_phase(measure::LaunchPhase phase) noexcept;
    void call_steps(Room& room, Taken& taken, const std::function<void()>& between);

    CheckContext& context_;
    const SuiteUnderCheck& suite_;
    const CasePoint& point_;
    const measure::FamilyDescription& family_;
    SessionOptions options_;
    measure::CancelWord cancel_{0};
    QuietObserver observer_;
    measure::ServiceDesk desk_;
    measure::MetricCollector collector_;
    measure::Ticks ticks_;
    std::unique_ptr<Watchdog> watchdog_;
    assay_suite* handle_ = nullptr;
    assay_case* case_ = nullptr;
    assay_status status_ = ASSAY_OK;
    std::string text_;
    std::vector<std::uint32_t> entered_;
};

// Calls `look` on every sample case that can be opened, each in a session of its own. Skips the
// check where there is none.
void for_each_case(CheckContext& context,
                   SessionOptions options,
                   const std::function<void(CaseSession& session)>& look);

} // namespace assay::worker::conformance
