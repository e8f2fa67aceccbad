// A clock that only moves when it is slept with, and a crew whose answers take as long as is
// written down: what a loop does with deadlines and time-outs, exactly and at once.
//
//   SimulatedClock clock;
//   SimulatedCrew crew(clock, {{.name = "net", .service = [](std::uint64_t) { return 0.002; }}});
//   LoopLog log = run_loop(settings, clock, crew, [] { return false; });
//
// One thread.
#pragma once

#include "coordination/crew.hpp"
#include "coordination/loop_clock.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace assay::coordination {

class SimulatedClock final : public LoopClock {
public:
    [[nodiscard]] Time now() noexcept override { return now_; }

    void sleep_until(Time due) noexcept override;

    void advance(Time by) noexcept { now_ += by; }

    // How late every sleep wakes up, by its number from 0.
    void set_lateness(std::function<double(std::uint64_t sleep)> seconds) {
        lateness_ = std::move(seconds);
    }

private:
    Time now_{};
    std::uint64_t sleeps_ = 0;
    std::function<double(std::uint64_t)> lateness_;
};

inline constexpr double kNeverAnswers = std::numeric_limits<double>::infinity();

struct SimulatedMember {
    std::string name;
    Stage stage = Stage::collect;
    // Seconds until it answers, by the cycle; all work at once.
    std::function<double(std::uint64_t cycle)> service = [](std::uint64_t) { return 0.0; };
    std::function<double(const Question&)> value = [](const Question&) { return 0.0; };
};

class SimulatedCrew final : public Crew {
public:
    SimulatedCrew(SimulatedClock& clock, std::vector<SimulatedMember> members);

    [[nodiscard]] std::size_t size() const override { return members_.size(); }

    [[nodiscard]] std::string_view name(std::size_t member) const override {
        return members_[member].name;
    }

    [[nodiscard]] Stage stage(std::size_t member) const override { return members_[member].stage; }

    void ask(Stage stage, const Question& question) override;
    void wait(Stage stage, Time deadline) override;
    [[nodiscard]] std::optional<Answer> answer(std::size_t member) override;

    [[nodiscard]] std::string failure() override { return {}; }

private:
    SimulatedClock& clock_;
    std::vector<SimulatedMember> members_;
    std::vector<double> service_; // of the last question, s
    std::vector<double> value_;
    std::vector<Time> asked_;
};

} // namespace assay::coordination
