// Who a loop asks: modules, wherever they run.
//
//   crew.ask(Stage::collect, question);
//   crew.wait(Stage::collect, clock.now() + timeout);
//   for (std::size_t i = 0; i < crew.size(); ++i) { crew.answer(i).cycle == question.cycle; }
//
// One thread asks and waits.
#pragma once

#include "coordination/loop_clock.hpp"
#include "coordination/module.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::coordination {

struct Answer {
    double value = 0;
    Time response{}; // since it was asked
};

class Crew {
public:
    Crew() = default;
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    virtual ~Crew() = default;

    [[nodiscard]] virtual std::size_t size() const = 0;
    [[nodiscard]] virtual std::string_view name(std::size_t member) const = 0;
    [[nodiscard]] virtual Stage stage(std::size_t member) const = 0;

    // All members of the stage.
    virtual void ask(Stage stage, const Question& question) = 0;

    // Until all of them answered that question, or the deadline has come.
    virtual void wait(Stage stage, Time deadline) = 0;

    // To the last question; nothing where there is none yet.
    [[nodiscard]] virtual std::optional<Answer> answer(std::size_t member) = 0;

    // What a member threw, by its name; empty where all is well.
    [[nodiscard]] virtual std::string failure() = 0;
};

} // namespace assay::coordination
