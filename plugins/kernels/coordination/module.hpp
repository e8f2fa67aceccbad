// What a loop coordinates: something with a name that is asked once a cycle and answers with a
// number. What the others said stands on the board that comes with the question.
//
//   class Echo final : public Module {
//       std::string_view name() const override { return "echo"; }
//       Stage stage() const override { return Stage::collect; }
//       double answer(const Question& question, std::stop_token) override { return 1; }
//       void restart() override {}
//   };
//
// answer() is called by one thread at a time, another one than made it; restart() between runs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string_view>

namespace assay::coordination {

// When in a cycle it is asked: for its state, for a decision about what was collected, or whether
// something is wrong.
enum class Stage { collect, decide, emergency };

inline constexpr std::size_t kModulesMost = 16;

// The last answer of each module, by its place in the crew; 0 before the first.
using Board = std::array<double, kModulesMost>;

struct Question {
    std::uint64_t cycle = 0;
    double period = 0; // s
    Board board{};
};

class Module {
public:
    Module() = default;
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;
    virtual ~Module() = default;

    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual Stage stage() const = 0;

    // Real work. Who takes long looks at `stop`: the crew ends.
    [[nodiscard]] virtual double answer(const Question& question, std::stop_token stop) = 0;

    // Back to where it began, so that every run is the same work.
    virtual void restart() = 0;
};

} // namespace assay::coordination
