#include "coordination/loop.hpp"

#include <algorithm>
#include <stdexcept>

namespace assay::coordination {
namespace {

class Loop {
public:
    Loop(const LoopSettings& settings, LoopClock& clock, Crew& crew);

    LoopLog run(const StopQuestion& is_stopped);

private:
    void cycle();
    void phase(Stage stage, Time timeout);
    void put_on_board(Stage stage) noexcept;
    [[nodiscard]] bool is_emergency() const noexcept;
    void write_down(Time wake);
    void to_next_deadline(Time wake, Time done) noexcept;

    const LoopSettings& settings_;
    LoopClock& clock_;
    Crew& crew_;
    Time period_;
    Time begin_{}; // of the grid
    std::uint64_t index_ = 0;
    Time due_{};
    Question question_;
    Board said_{}; // this cycle's answers, not yet on the board where somebody did not answer
    LoopLog log_;
};

Loop::Loop(const LoopSettings& settings, LoopClock& clock, Crew& crew)
    : settings_(settings)
    , clock_(clock)
    , crew_(crew)
    , period_(time_of(settings.period)) {
    question_.period = settings.period;
    log_.period = period_;
    log_.cycles.reserve(settings.cycles);
    for (std::size_t i = 0; i < crew.size(); ++i) {
        log_.members.push_back({.name = std::string(crew.name(i)), .stage = crew.stage(i)});
        log_.members.back().responses.reserve(settings.cycles);
    }
}

LoopLog Loop::run(const StopQuestion& is_stopped) {
    begin_ = clock_.now();
    index_ = 1;
    due_ = begin_ + period_;
    while (log_.cycles.size() < settings_.cycles && !is_stopped()) {
        clock_.sleep_until(due_);
        const Time wake = clock_.now();
        cycle();
        write_down(wake);
    }
    return std::move(log_);
}

void Loop::cycle() {
    question_.cycle = index_;
    phase(Stage::collect, time_of(settings_.module_timeout));
    put_on_board(Stage::collect);
    phase(Stage::decide, time_of(settings_.decision_timeout));
    put_on_board(Stage::decide);
    phase(Stage::emergency, time_of(settings_.emergency_timeout));
    put_on_board(Stage::emergency);
    log_.emergencies += is_emergency() ? 1 : 0;
}

void Loop::phase(Stage stage, Time timeout) {
    const bool has_members = std::ranges::any_of(
        log_.members, [stage](const MemberLog& member) { return member.stage == stage; });
    if (!has_members) {
        return;
    }
    crew_.ask(stage, question_);
    crew_.wait(stage, clock_.now() + timeout);
    for (std::size_t i = 0; i < log_.members.size(); ++i) {
        MemberLog& member = log_.members[i];
        if (member.stage != stage) {
            continue;
        }
        ++member.asked;
        if (const auto answer = crew_.answer(i)) {
            member.responses.push_back(answer->response);
            said_[i] = answer->value;
        } else {
            ++member.unanswered;
        }
    }
}

// Who did not answer keeps what it said before.
void Loop::put_on_board(Stage stage) noexcept {
    for (std::size_t i = 0; i < log_.members.size(); ++i) {
        if (log_.members[i].stage == stage) {
            question_.board[i] = said_[i];
        }
    }
}

bool Loop::is_emergency() const noexcept {
    for (std::size_t i = 0; i < log_.members.size(); ++i) {
        if (log_.members[i].stage == Stage::emergency && !(said_[i] < kEmergencyFrom)) {
            return true;
        }
    }
    return false;
}

void Loop::write_down(Time wake) {
    const Time done = clock_.now();
    CycleRecord record{.index = index_, .due = due_, .wake = wake, .done = done};
    record.missed = done - wake > period_ || done > due_ + period_;
    const std::uint64_t before = index_;
    to_next_deadline(wake, done);
    record.skipped = index_ - before - 1;
    log_.missed += record.missed ? 1 : 0;
    log_.skipped += record.skipped;
    log_.cycles.push_back(record);
}

void Loop::to_next_deadline(Time wake, Time done) noexcept {
    if (settings_.pacing == Pacing::relative) {
        ++index_;
        due_ = std::max(wake + period_, done);
        return;
    }
    const auto passed = static_cast<std::uint64_t>((done - begin_ + period_ - Time(1)) / period_);
    index_ = std::max(index_ + 1, passed); // the first that is not over
    due_ = begin_ + static_cast<Time::rep>(index_) * period_;
}

} // namespace

std::optional<std::string> first_fault(const LoopSettings& settings, const Crew& crew) {
    if (auto fault = first_fault(settings)) {
        return fault;
    }
    if (crew.size() == 0 || crew.size() > kModulesMost) {
        return std::to_string(crew.size()) + " modules: expected 1 to " +
               std::to_string(kModulesMost);
    }
    return std::nullopt;
}

LoopLog run_loop(const LoopSettings& settings,
                 LoopClock& clock,
                 Crew& crew,
                 const StopQuestion& is_stopped) {
    if (const auto fault = first_fault(settings, crew)) {
        throw std::invalid_argument(*fault);
    }
    return Loop(settings, clock, crew).run(is_stopped);
}

} // namespace assay::coordination
