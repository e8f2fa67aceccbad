// What a run says about itself while it runs, on stderr: the header, a line that is redrawn on a
// terminal, a line per finished case elsewhere, and a sign of life every 30 s.
//
//   Progress progress({.terminal = true});
//   progress.begin(12, 7);   progress.launch("router/x", 3, 6);   progress.case_over(result);
//   progress.end();
//
// Callable from any lane.
#pragma once

#include "report/event.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace assay::app {

struct ProgressStyle {
    bool terminal = false; // stderr is one: redraw in place
    bool quiet = false;    // say nothing
    int columns = 80;
};

class Progress {
public:
    explicit Progress(ProgressStyle style)
        : style_(style) {}

    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    void begin(std::size_t cases, std::uint32_t launches_per_case);
    void verifying(std::size_t done, std::size_t of);
    void launch(const std::string& case_id, std::uint32_t launch, std::uint32_t launches);
    // Of a comparison: pairs done, and the seconds that are left of its budget.
    void pair(const std::string& case_id, std::uint64_t pairs, double seconds_left);
    void case_over(const report::CaseResult& result);
    // Of anything else that goes on step by step: what is at work now, and that it is over. Between
    // the two nothing else may be printed on the terminal.
    void step(const std::string& what);
    void step_over();
    // A remark that must not be torn by the redrawn line.
    void note(const std::string& text);
    void end();

private:
    using Clock = std::chrono::steady_clock;

    void heartbeat();
    void draw(const std::string& line);  // with mutex_ held
    void print(const std::string& line); // with mutex_ held
    [[nodiscard]] std::string left() const;

    ProgressStyle style_;
    std::mutex mutex_;
    std::condition_variable ended_;
    std::thread heart_;
    std::string drawn_, current_;
    std::size_t cases_ = 0, cases_over_ = 0, never_measured_ = 0;
    std::uint64_t launches_ = 0, launches_over_ = 0;
    Clock::time_point measuring_since_{}, last_drawn_{}, last_said_{};
    bool over_ = false;
};

// "271.9 µs": four significant digits and a unit that suits; "–" where nothing was measured.
std::string duration_text(double seconds);

} // namespace assay::app
