#include "coordination/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace assay::coordination {

void SimulatedClock::sleep_until(Time due) noexcept {
    const double late = lateness_ ? lateness_(sleeps_) : 0;
    ++sleeps_;
    now_ = std::max(now_, due + time_of(late));
}

SimulatedCrew::SimulatedCrew(SimulatedClock& clock, std::vector<SimulatedMember> members)
    : clock_(clock)
    , members_(std::move(members))
    , service_(members_.size())
    , value_(members_.size())
    , asked_(members_.size()) {}

void SimulatedCrew::ask(Stage stage, const Question& question) {
    for (std::size_t i = 0; i < members_.size(); ++i) {
        if (members_[i].stage == stage) {
            service_[i] = members_[i].service(question.cycle);
            value_[i] = members_[i].value(question);
            asked_[i] = clock_.now();
        }
    }
}

void SimulatedCrew::wait(Stage stage, Time deadline) {
    Time end = clock_.now();
    for (std::size_t i = 0; i < members_.size(); ++i) {
        if (members_[i].stage == stage) {
            end = std::max(
                end, std::isfinite(service_[i]) ? asked_[i] + time_of(service_[i]) : deadline);
        }
    }
    clock_.advance(std::min(end, deadline) - clock_.now());
}

std::optional<Answer> SimulatedCrew::answer(std::size_t member) {
    const double service = service_[member];
    if (!std::isfinite(service) || asked_[member] + time_of(service) > clock_.now()) {
        return std::nullopt;
    }
    return Answer{.value = value_[member], .response = time_of(service)};
}

} // namespace assay::coordination
