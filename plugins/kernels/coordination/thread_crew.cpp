#include "coordination/thread_crew.hpp"

#include <algorithm>
#include <exception>

namespace assay::coordination {

ThreadCrew::ThreadCrew(std::vector<std::unique_ptr<Module>> modules) {
    for (std::unique_ptr<Module>& module : modules) {
        seats_.push_back(std::make_unique<Seat>(std::move(module)));
    }
    for (const auto& seat : seats_) {
        begin(*seat);
    }
}

void ThreadCrew::begin(Seat& seat) {
    seat.thread = std::jthread([this, &seat](const std::stop_token& stop) { serve(seat, stop); });
}

void ThreadCrew::end(Seat& seat) {
    seat.thread.request_stop();
    if (seat.thread.joinable()) {
        seat.thread.join();
    }
}

// All are told before one is waited for.
ThreadCrew::~ThreadCrew() {
    for (const auto& seat : seats_) {
        seat->thread.request_stop();
    }
    for (const auto& seat : seats_) {
        end(*seat);
    }
}

std::string_view ThreadCrew::name(std::size_t member) const {
    return seats_[member]->module->name();
}

Stage ThreadCrew::stage(std::size_t member) const {
    return seats_[member]->module->stage();
}

void ThreadCrew::serve(Seat& seat, const std::stop_token& stop) {
    while (const auto asked = seat.questions.take(stop)) {
        double value = 0;
        std::string failure;
        try {
            value = seat.module->answer(asked->question, stop);
        } catch (const std::exception& error) {
            failure = std::string(seat.module->name()) + ": " + error.what();
        }
        const Time now = clock_.now();
        {
            const std::lock_guard lock(answers_);
            if (!failure.empty()) {
                failure_ = failure_.empty() ? failure : failure_;
            } else if (asked->number != seat.last_asked) {
                ++seat.counts.late;
            } else {
                seat.answer = Answer{.value = value, .response = now - asked->when};
            }
        }
        answered_.notify_one();
    }
}

void ThreadCrew::ask(Stage stage, const Question& question) {
    for (const auto& seat : seats_) {
        if (seat->module->stage() != stage) {
            continue;
        }
        Asked asked{.question = question};
        {
            const std::lock_guard lock(answers_);
            asked.number = ++seat->last_asked;
            seat->answer.reset();
        }
        asked.when = clock_.now();
        if (!seat->questions.try_put(asked)) {
            const std::lock_guard lock(answers_);
            ++seat->counts.refused;
        }
    }
}

bool ThreadCrew::is_answered(Stage stage) const {
    return std::ranges::all_of(seats_, [stage](const auto& seat) {
        return seat->module->stage() != stage || seat->answer;
    });
}

void ThreadCrew::wait(Stage stage, Time deadline) {
    std::unique_lock lock(answers_);
    answered_.wait_until(lock, std::chrono::steady_clock::time_point(deadline), [&] {
        return is_answered(stage) || !failure_.empty();
    });
}

std::optional<Answer> ThreadCrew::answer(std::size_t member) {
    const std::lock_guard lock(answers_);
    return seats_[member]->answer;
}

std::string ThreadCrew::failure() {
    const std::lock_guard lock(answers_);
    return failure_;
}

MemberCounts ThreadCrew::counts(std::size_t member) const {
    const std::lock_guard lock(answers_);
    return seats_[member]->counts;
}

void ThreadCrew::restart() {
    for (const auto& seat : seats_) {
        end(*seat);
        while (seat->questions.size() > 0) {
            (void)seat->questions.take({});
        }
        seat->answer.reset();
        seat->counts = {};
        seat->module->restart();
    }
    failure_.clear(); // no thread is there that could see it
    for (const auto& seat : seats_) {
        begin(*seat);
    }
}

} // namespace assay::coordination
