// Modules on threads of their own, each behind a queue of a few questions.
//
//   std::vector<std::unique_ptr<Module>> modules = ...;
//   ThreadCrew crew(std::move(modules));                  // threads start, and sleep
//   run_loop(settings, clock, crew, is_stopped);
//   crew.counts(0).late;
//
// An answer to a question that is no longer the last one is late: counted, and never used. Time is
// that of MonotonicClock. What a thread inherits (timer slack, priority) is that of who makes the
// crew. One thread asks; restart() and the end only while nobody is asked anything.
#pragma once

#include "coordination/bounded_queue.hpp"
#include "coordination/crew.hpp"

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace assay::coordination {

struct MemberCounts {
    std::uint64_t refused = 0; // questions that its full queue did not take
    std::uint64_t late = 0;    // answers after the next question was asked
};

class ThreadCrew final : public Crew {
public:
    static constexpr std::size_t kQueueRoom = 2;

    explicit ThreadCrew(std::vector<std::unique_ptr<Module>> modules);
    ~ThreadCrew() override;

    [[nodiscard]] std::size_t size() const override { return seats_.size(); }

    [[nodiscard]] std::string_view name(std::size_t member) const override;
    [[nodiscard]] Stage stage(std::size_t member) const override;
    void ask(Stage stage, const Question& question) override;
    void wait(Stage stage, Time deadline) override;
    [[nodiscard]] std::optional<Answer> answer(std::size_t member) override;
    [[nodiscard]] std::string failure() override;

    [[nodiscard]] MemberCounts counts(std::size_t member) const;

    // Every module back to where it began, on a new thread, and counts to 0. Tells those that are
    // still busy with an old question to stop, and drops what waits in their queues.
    void restart();

private:
    struct Asked {
        Question question;
        Time when{};
        std::uint64_t number = 0; // of questions to this member
    };

    struct Seat {
        explicit Seat(std::unique_ptr<Module> made)
            : module(std::move(made)) {}

        std::unique_ptr<Module> module;
        BoundedQueue<Asked> questions{kQueueRoom};
        // Under the mutex of answers:
        std::uint64_t last_asked = 0; // number of a question
        std::optional<Answer> answer;
        MemberCounts counts;
        std::jthread thread; // last: it uses all of the above
    };

    void begin(Seat& seat);
    static void end(Seat& seat);
    void serve(Seat& seat, const std::stop_token& stop);
    [[nodiscard]] bool is_answered(Stage stage) const;

    MonotonicClock clock_;
    mutable std::mutex answers_;
    std::condition_variable answered_;
    std::string failure_;
    std::vector<std::unique_ptr<Seat>> seats_;
};

} // namespace assay::coordination
