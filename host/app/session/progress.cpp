#include "app/session/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unistd.h>

namespace assay::app {
namespace {

constexpr std::chrono::milliseconds kRedrawEvery{250};
constexpr std::chrono::seconds kSignOfLifeEvery{30}; // so that CI does not think it hangs

// Nobody's measurement ends because its progress cannot be told: fmt::print would throw when
// stderr is a full disk or a closed pipe, in a thread where that is the end of the program.
void say(const std::string& text) noexcept {
    static_cast<void>(std::fputs(text.c_str(), stderr));
    static_cast<void>(std::fflush(stderr));
}

} // namespace

std::string duration_text(double seconds) {
    if (!std::isfinite(seconds)) {
        return "\u2013";
    }

    struct Unit {
        double from, scale;
        const char* name;
    };

    static constexpr Unit kUnits[] = {
        {1.0, 1.0, "s"}, {1e-3, 1e3, "ms"}, {1e-6, 1e6, "\u00b5s"}, {0.0, 1e9, "ns"}};
    for (const Unit& unit : kUnits) {
        if (std::abs(seconds) >= unit.from) {
            return fmt::format("{:.4g} {}", seconds * unit.scale, unit.name);
        }
    }
    return "0 s";
}

Progress::~Progress() {
    end();
}

void Progress::begin(std::size_t cases, std::uint32_t launches_per_case) {
    const std::scoped_lock lock(mutex_);
    cases_ = cases;
    launches_ = static_cast<std::uint64_t>(cases) * launches_per_case;
    last_said_ = Clock::now();
    if (!style_.quiet && !heart_.joinable()) {
        heart_ = std::thread([this] { heartbeat(); });
    }
}

void Progress::heartbeat() {
    std::unique_lock lock(mutex_);
    while (!over_) {
        const auto due = last_said_ + kSignOfLifeEvery;
        if (ended_.wait_until(lock, due, [this] { return over_; })) {
            return;
        }
        if (!style_.terminal && Clock::now() - last_said_ >= kSignOfLifeEvery) {
            print(fmt::format("[{}/{}] still at {}{}", cases_over_, cases_, current_, left()));
        } else if (style_.terminal) {
            last_said_ = Clock::now();
        }
    }
}

std::string Progress::left() const {
    if (launches_over_ == 0 || measuring_since_ == Clock::time_point{}) {
        return {};
    }
    const double spent = std::chrono::duration<double>(Clock::now() - measuring_since_).count();
    const auto remaining = static_cast<double>(launches_ - std::min(launches_, launches_over_));
    const double eta = spent / static_cast<double>(launches_over_) * remaining;
    return fmt::format("  about {:.0f} s left", std::ceil(eta));
}

void Progress::draw(const std::string& line) {
    if (style_.quiet || !style_.terminal) {
        return;
    }
    std::string cut = line;
    if (style_.columns > 1 && cut.size() >= static_cast<std::size_t>(style_.columns)) {
        cut.resize(static_cast<std::size_t>(style_.columns) - 1);
    }
    drawn_ = cut;
    last_drawn_ = Clock::now();
    say("\r\x1b[K" + cut);
}

void Progress::print(const std::string& line) {
    if (style_.quiet) {
        return;
    }
    say((drawn_.empty() ? "" : "\r\x1b[K") + line + "\n");
    drawn_.clear();
    last_said_ = Clock::now();
}

void Progress::verifying(std::size_t done, std::size_t of) {
    const std::scoped_lock lock(mutex_);
    current_ = "verification";
    if (Clock::now() - last_drawn_ >= kRedrawEvery) {
        draw(fmt::format("[{}/{}] verifying", done, of));
    }
}

void Progress::launch(const std::string& case_id, std::uint32_t launch, std::uint32_t launches) {
    const std::scoped_lock lock(mutex_);
    if (measuring_since_ == Clock::time_point{}) {
        measuring_since_ = Clock::now();
    } else {
        ++launches_over_;
    }
    current_ = case_id;
    if (Clock::now() - last_drawn_ >= kRedrawEvery) {
        draw(fmt::format("[{}/{}] {}  launch {}/{}{}",
                         cases_over_ + 1,
                         cases_,
                         case_id,
                         launch,
                         launches,
                         left()));
    }
}

void Progress::pair(const std::string& case_id, std::uint64_t pairs, double seconds_left) {
    const std::scoped_lock lock(mutex_);
    current_ = case_id;
    if (Clock::now() - last_drawn_ >= kRedrawEvery) {
        draw(fmt::format("{} pairs  {}  at most {:.0f} s left", pairs, case_id, seconds_left));
    }
}

void Progress::case_over(const report::CaseResult& result) {
    const std::scoped_lock lock(mutex_);
    ++cases_over_;
    if (result.status == measure::CaseStatus::cancelled && result.metrics.empty()) {
        ++never_measured_; // hundreds of them, when a long run is cancelled: a line at the end
        return;
    }
    if (style_.terminal) {
        return;
    }
    const bool passed = result.status == measure::CaseStatus::passed && !result.metrics.empty();
    print(fmt::format("[{}/{}] {}  {}",
                      cases_over_,
                      cases_,
                      result.id,
                      passed ? duration_text(result.metrics.front().summary.median)
                             : std::string(name_of(result.status))));
}

void Progress::step(const std::string& what) {
    const std::scoped_lock lock(mutex_);
    current_ = what;
    draw(fmt::format("[{}/{}] {}", cases_over_ + 1, cases_, what));
}

void Progress::step_over() {
    const std::scoped_lock lock(mutex_);
    ++cases_over_;
    if (!drawn_.empty()) {
        say("\r\x1b[K");
        drawn_.clear();
    }
}

void Progress::note(const std::string& text) {
    const std::scoped_lock lock(mutex_);
    const std::string line = drawn_;
    print(text);
    if (!line.empty()) {
        draw(line);
    }
}

void Progress::end() {
    {
        const std::scoped_lock lock(mutex_);
        if (!drawn_.empty()) {
            say("\r\x1b[K");
            drawn_.clear();
        }
        if (never_measured_ > 0 && !over_) {
            print(never_measured_ == 1
                      ? "1 case was not measured: cancelled"
                      : fmt::format("{} cases were not measured: cancelled", never_measured_));
        }
        over_ = true;
    }
    ended_.notify_all();
    if (heart_.joinable()) {
        heart_.join();
    }
}

} // namespace assay::app
